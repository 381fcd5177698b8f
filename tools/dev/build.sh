# Configuring, building and testing a preset. Sourced by ./dev.

# configure PRESET: only when there is no build folder yet or the presets changed; ninja sees the rest. Continuous
# integration begins with no compiler cache, and test programs are half of what there is to compile.
configure() {
  local dir=$root/build/$1
  if [[ ! -e $dir/build.ninja || $root/CMakePresets.json -nt $dir/build.ninja ]]; then
    (cd "$root" && cmake --preset "$1" ${CI:+-DSANDOQ_UNITY_TESTS=ON}) >&2
  fi
}

# build PRESET [TARGET...]: all targets by default, with the output on standard error.
build() {
  local preset=$1
  shift
  configure "$preset"
  cmake --build "$root/build/$preset" ${1+--target "$@"} >&2
}

# build_quietly PRESET TARGET: says so only if it takes long, and shows the log only if it fails.
build_quietly() {
  local log=$root/build/$1.log status=0 watch
  mkdir -p "$root/build"
  { sleep 1 </dev/null >/dev/null 2>&1 && say "building $2 (the log is build/$1.log)"; } &
  watch=$!
  build "$1" "$2" 2>"$log" || status=$?
  kill "$watch" 2>/dev/null || true
  wait "$watch" 2>/dev/null || true
  if ((status)); then
    cat "$log" >&2
    die "building $2 failed"
  fi
}

# run_tests PRESET TIMES [CTEST ARGS]: builds everything, runs CTest; TIMES is yes or no.
run_tests() {
  local preset=$1 times=$2 status=0
  shift 2
  build "$preset"
  local log=$root/build/$preset/ctest.log
  local -a jobs=(-j "$(nproc)")
  UBSAN_OPTIONS=print_stacktrace=1 ASAN_SYMBOLIZER_PATH=$(command -v llvm-symbolizer-14) \
    ctest --test-dir "$root/build/$preset" --output-on-failure --no-tests=error "${jobs[@]}" "$@" |
    tee "$log" || status=1
  if [[ $times == yes ]]; then
    echo "the ten slowest of $preset:"
    sed -nE 's/^ *[0-9]+\/[0-9]+ Test +#[0-9]+: ([^ ]+) .* ([0-9.]+) sec.*/\2 s  \1/p' "$log" |
      sort -rn | head -n 10
  fi
  return "$status"
}
