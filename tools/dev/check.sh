# What ./dev check runs: attacks that must be rejected, faults that the suite must notice, changed bytes,
# installing, a large election, fuzzing. Sourced by ./dev.

check_out=$root/build/check
fuzz_seconds=60   # of all targets together, on each core

# Parts say what they ran by a line of their log: "ran: ...".
ran() { printf 'ran: %s\n' "$*"; }

# gtest_numbers FILE...: "N tests, M changes", from GoogleTest's reports.
gtest_numbers() {
  "$(python)" - "$@" <<'END_PYTHON'
import json, sys
tests = changes = 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as stream:
        for suite in json.load(stream)["testsuites"]:
            for case in suite["testsuite"]:
                if case["status"] == "RUN":
                    tests += 1
                    changes += int(case.get("changed", 0))
print(f"{tests} tests" + (f", {changes} changes" if changes else ""))
END_PYTHON
}

# gtest PROGRAM [FILTER]: runs a test program of the release build.
gtest() {
  local report=$check_out/$1.json
  rm -f "$report"
  "$root/build/release/bin/$1" --gtest_brief=1 --gtest_filter="${2-*}" --gtest_output="json:$report"
}

# All stored vectors, and the faults that are planted in records made on the way, by both verifiers.
check_corpus() {
  build release must_reject negative &&
    gtest must_reject && gtest negative '-Changed*' &&
    SANDOQ_EVERY=1 "$(python)" -B "$root/spec/reference/tests/test_corpus.py" &&
    ran "$(vectors_stored) vectors by both verifiers, $(gtest_numbers "$check_out/negative.json") besides"
}

vectors_stored() {
  "$(python)" -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["vectors"]))' \
    "$root/spec/90-verification/corpus/corpus.json"
}

# Every byte of a record, and every field of every kind of item.
check_changed() {
  build release negative changed_fields &&
    gtest negative 'Changed*' && gtest changed_fields &&
    ran "$(gtest_numbers "$check_out"/{negative,changed_fields}.json)"
}

# check_planted ARGS: of tests/planted/run.py.
check_planted() {
  local status=0
  "$(python)" "$root/tests/planted/run.py" "$@" || status=1
  [[ ! -e $root/build/planted/table.txt ]] || ran "$(tail -n 1 "$root/build/planted/table.txt")"
  return "$status"
}

check_install() {
  build release &&
    ctest --test-dir "$root/build/release" -R '^install$' --output-on-failure --no-tests=error &&
    ran "two programs built and run outside the tree"
}

shorayari_voters=3000
shorayari_sample=100   # ballots whose proofs the reference verifies; all else it does for all of them

# check_shorayari QUICK: Tehran's neighbourhood councils, their counts beside a plain count, both verifiers.
# The reference takes minutes, most of them for the 12,382 counts; with --quick it is left out, and said so.
check_shorayari() {
  local quick=$1 out=$check_out/shorayari.record tool=$root/build/release/bin/sandoq
  local -a election=(--profile shorayari --voters "$shorayari_voters") compare=("$(python)" "$root/tools/demo/compare.py")
  local judged="the first verifier alone"
  build release sandoq && rm -rf "$out" "$out.html" &&
    "$tool" drill "${election[@]}" --out "$out" &&
    "$tool" oracle "${election[@]}" --json >"$check_out/oracle.json" &&
    "$tool" verify "$out" --json >"$check_out/first.json" &&
    "${compare[@]}" accepted "$check_out/first.json" &&
    "${compare[@]}" counts "$check_out/oracle.json" "$check_out/first.json" || return 1
  if [[ $quick == no ]]; then
    judged="both verifiers, in Python the proofs of $shorayari_sample"
    "$(python)" -B "$root/spec/reference/verify.py" "$out" --json --sample "$shorayari_sample" \
      >"$check_out/second.json" &&
      "${compare[@]}" accepted "$check_out/second.json" &&
      "${compare[@]}" verdicts "$check_out/first.json" "$check_out/second.json" || return 1
  fi
  ran "$shorayari_voters ballots, $judged"
}

check_fuzz() {
  local targets log=$check_out/fuzz.txt
  build clang-asan fuzz write_seeds || return 1
  targets=$(fuzz_targets | wc -l)
  local each=$(((fuzz_seconds * $(nproc) + targets - 1) / targets))
  fuzz_all "$each" | tee "$log" || return 1
  ran "$(awk '$3 == "runs" { n += $2 } END { printf "%d inputs", n }' "$log") of $targets targets, $each s each"
}

check_rows=()

# check_part NAME COMMAND...: runs one part into its own log, and keeps its line of the table.
check_part() {
  local name=$1 start=$SECONDS log=$check_out/$1.log result=good numbers
  shift
  say "check: $name (the log is build/check/$name.log)"
  # In a process of its own, where a part may leave by `die`.
  if ! ("$@") >"$log" 2>&1; then
    result=FAILED
    tail -n 40 "$log" >&2
  fi
  numbers=$(sed -n 's/^ran: //p' "$log" | tail -n 1)
  check_rows+=("$(printf '%-9s %-62s %5d s  %s' "$name" "${numbers:--}" $((SECONDS - start)) "$result")")
  [[ $result == good ]]
}

# check_all QUICK: every part, whatever the others say; one table.
check_all() {
  local quick=$1 status=0
  local -a planted=()
  [[ $quick == no ]] || planted=(--sample 12)
  mkdir -p "$check_out"
  check_part corpus check_corpus || status=1
  check_part planted check_planted "${planted[@]}" || status=1
  check_part changed check_changed || status=1
  check_part install check_install || status=1
  check_part shorayari check_shorayari "$quick" || status=1
  check_part fuzz check_fuzz || status=1
  printf '%-9s %-62s %7s  %s\n' part 'what ran' time result
  printf '%s\n' "${check_rows[@]}"
  return "$status"
}
