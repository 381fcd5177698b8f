# Running the fuzzer's targets (tests/fuzz). Sourced by ./dev.

fuzz_bin=$root/build/clang-asan/bin
fuzz_out=$root/build/fuzz   # TARGET/seeds, TARGET/new (what was found), TARGET/log, TARGET/crash-*

fuzz_targets() { (cd "$fuzz_bin/fuzzers" && ls); }

# fuzz_run TARGET SECONDS: from the corpus of the tree, the seeds, and what earlier runs found.
fuzz_run() {
  local name=$1 seconds=$2 out=$fuzz_out/$1 dict=$root/tests/fuzz/dictionaries/$1.dict
  local -a options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -malloc_limit_mb=128
    -print_final_stats=1 -artifact_prefix="$out/")
  [[ ! -e $dict ]] || options+=(-dict="$dict")
  mkdir -p "$out/seeds" "$out/new"
  "$fuzz_bin/write_seeds" "$name" "$out/seeds" &&
    UBSAN_OPTIONS=print_stacktrace=1 ASAN_SYMBOLIZER_PATH=$(command -v llvm-symbolizer-14) \
      "$fuzz_bin/fuzzers/$name" "${options[@]}" "$out/new" "$out/seeds" "$root/tests/fuzz/corpus/$name" \
      >"$out/log" 2>&1
}

# fuzz_line TARGET STATUS: one line of the table.
fuzz_line() {
  local log=$fuzz_out/$1/log
  awk -v name="$1" -v status="$2" '
    /INFO: Loaded .*counters/ { gsub(/[()]/, ""); edges = $8 }
    / cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") cov = $(i + 1) }
    /^stat::number_of_executed_units/ { runs = $2 }
    /^stat::peak_rss_mb/ { rss = $2 }
    END { printf "%-14s %10d runs %6d edges %5d MiB  %s\n", name, runs, cov, rss, status }' "$log"
}

# fuzz_all SECONDS: every target, one on each core. Fails if any finds something.
fuzz_all() {
  local seconds=$1 name failed=0 all=0
  local -a names
  mapfile -t names < <(fuzz_targets)
  for name in "${names[@]}"; do
    while (($(jobs -rp | wc -l) >= $(nproc))); do wait -n || true; done
    {
      rm -f "$fuzz_out/$name/failed"
      fuzz_run "$name" "$seconds" || touch "$fuzz_out/$name/failed"
    } </dev/null &
  done
  wait
  for name in "${names[@]}"; do
    ((all += 1))
    if [[ -e $fuzz_out/$name/failed ]]; then
      ((failed += 1))
      tail -n 40 "$fuzz_out/$name/log" >&2
      fuzz_line "$name" "FAILED, see build/fuzz/$name"
    else
      fuzz_line "$name" good
    fi
  done
  # As CTest says it, which is what .ci/run counts.
  echo "$((all - failed)) targets good, $failed tests failed out of $all"
  ((failed == 0))
}

# fuzz_keep TARGET: the corpus of the tree anew, few inputs that reach what the old corpus and the runs
# reached and the seeds do not: one for each edge, and of those 40 of all sizes. Inputs with a name of
# their own (a finding) stay.
fuzz_keep() {
  local name=$1 out=$fuzz_out/$1 corpus=$root/tests/fuzz/corpus/$1 file number=0
  local -a all
  rm -rf "$out/kept" && mkdir -p "$out/kept" "$out/seeds" "$out/new" "$corpus"
  "$fuzz_bin/write_seeds" "$name" "$out/seeds"
  cp "$out/seeds/"* "$out/kept/"
  "$fuzz_bin/fuzzers/$name" -set_cover_merge=1 -use_counters=0 "$out/kept" "$corpus" "$out/new" \
    >"$out/log" 2>&1 || return 1
  find "$corpus" -regex '.*/[0-9a-f]*\.bin' -delete
  mapfile -t all < <(cd "$out/kept" && ls -Sr | grep -xE '[0-9a-f]{40}')
  for file in "${all[@]}"; do
    # Of n files those where the whole part of 40*i/n goes up.
    if ((${#all[@]} <= 40 || (number + 1) * 40 / ${#all[@]} > number * 40 / ${#all[@]})); then
      cp "$out/kept/$file" "$corpus/${file:0:12}.bin"
    fi
    ((number += 1))
  done
  say "$name: $(ls "$corpus" | wc -l) inputs, $(du -bs "$corpus" | cut -f 1) bytes"
}
