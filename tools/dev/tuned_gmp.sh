# GMP built for this machine's CPU from Debian's source package, one more baseline of ./dev bench compare
# --tuned-gmp; Debian's own runs on every CPU of its architecture. Sourced by ./dev.

tuned_gmp=$root/build/tuned-gmp   # libgmp.so and the log; while it is built, source and apt's lists, too

# build_tuned_gmp: once. Apt reads the sources of this machine's own archives into a folder of the build, so that nothing
# of the system changes but the packages that unpack and build.
build_tuned_gmp() {
  [[ ! -e $tuned_gmp/libgmp.so ]] || return 0
  command -v apt-get >/dev/null ||
    die "--tuned-gmp gets GMP's source from Debian's archive by apt-get, which is not here"
  need build tuned_gmp
  rm -rf "$tuned_gmp"
  mkdir -p "$tuned_gmp"/{sources.d,lists/partial,cache/archives/partial,source,build}
  say "building GMP for this CPU in build/tuned-gmp (once; about a minute)"
  tuned_gmp_source >"$tuned_gmp/log" 2>&1 || tuned_gmp_failed "Debian's source package of gmp could not be had"
  tuned_gmp_make >>"$tuned_gmp/log" 2>&1 || tuned_gmp_failed "GMP could not be built"
  rm -rf "$tuned_gmp"/{sources.d,sources.list,lists,cache,source,build}
}

tuned_gmp_failed() {
  tail -n 15 "$tuned_gmp/log" >&2
  die "$1; the end of build/tuned-gmp/log is above. Without --tuned-gmp its rows are n/a"
}

# The archives of this machine, of which the source packages are wanted: both forms that apt knows.
tuned_gmp_source() {
  local file
  touch "$tuned_gmp/sources.list"
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [[ ! -e $file ]] || sed -n 's/^deb /deb-src /p' "$file" >>"$tuned_gmp/sources.list"
  done
  for file in /etc/apt/sources.list.d/*.sources; do
    [[ ! -e $file ]] || sed 's/^Types:.*/Types: deb-src/' "$file" >"$tuned_gmp/sources.d/${file##*/}"
  done
  local -a options=(-o Dir::Etc::SourceList="$tuned_gmp/sources.list" -o Dir::Etc::SourceParts="$tuned_gmp/sources.d"
    -o Dir::State::Lists="$tuned_gmp/lists" -o Dir::Cache="$tuned_gmp/cache" -o APT::Sandbox::User="$(id -un)")
  apt-get "${options[@]}" update || true   # an archive without sources does no harm if another has them
  (cd "$tuned_gmp/source" && apt-get "${options[@]}" source gmp)
}

# The CPU as GMP's configure names it. It knows none that are younger than it: those take what is the best for
# the last one of their maker that it knows.
tuned_gmp_cpu() {
  local known
  known=$("$1/config.guess")
  if [[ $known == x86_64-* ]] && grep -qm 1 '^flags.* adx' /proc/cpuinfo; then
    if grep -qm 1 AuthenticAMD /proc/cpuinfo; then known=zen3-${known#*-}; else known=skylake-${known#*-}; fi
  fi
  echo "$known"
}

tuned_gmp_make() {
  local source cpu
  source=$(echo "$tuned_gmp"/source/gmp-*/)
  cpu=$(tuned_gmp_cpu "$source") || return
  # Debian's source has no documentation, and its build makes the makefiles anew without it.
  mkdir -p "$source/doc"
  echo 'all:' >"$source/doc/Makefile.in"
  cd "$tuned_gmp/build" || return
  "$source/configure" --build="$cpu" --enable-shared --disable-static CFLAGS="-O2 -march=native" &&
    make -j "$(nproc)" && cp -L .libs/libgmp.so "$tuned_gmp/libgmp.so"
}
