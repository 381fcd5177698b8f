# Which Debian packages each kind of work needs, and how they get here. Sourced by ./dev.

packages_build=(
  g++ cmake ninja-build pkg-config ccache python3
  libsodium-dev libexpected-dev libtbb-dev libprotobuf-dev protobuf-compiler
  libcli11-dev libfmt-dev nlohmann-json3-dev libutf8proc-dev zlib1g-dev
  libgtest-dev libgmp-dev libboost-dev libbenchmark-dev libssl-dev)
packages_clang=(clang-14 libclang-rt-14-dev llvm-14)
packages_valgrind=(valgrind)
packages_peers=(belenios-tool)   # what ./dev bench compare runs beside ours
packages_tuned_gmp=(dpkg-dev m4 make)   # what ./dev bench compare --tuned-gmp unpacks and builds with
packages_format=(clang-format-14)
packages_tidy=(clang-tidy-14)
packages_docs=(doxygen)
# Libraries of another architecture stand beside this machine's; the compiler runs here.
packages_aarch64=(
  g++-aarch64-linux-gnu qemu-user
  libsodium-dev:arm64 libgmp-dev:arm64 libprotobuf-dev:arm64 libgtest-dev:arm64 libssl-dev:arm64
  libfmt-dev:arm64 libutf8proc-dev:arm64 zlib1g-dev:arm64)

# need KIND...: installs what is missing of these kinds, and says what it installs.
need() {
  if ! command -v dpkg-query >/dev/null; then
    say "this is not Debian or Ubuntu: install what tools/dev/packages.sh names by hand"
    return 0
  fi
  local -a wanted=() missing=()
  local kind package
  for kind in "$@"; do
    local -n list=packages_$kind
    wanted+=("${list[@]}")
  done
  local installed native
  native=$(dpkg --print-architecture)
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}:${Architecture}\n' "${wanted[@]}" 2>/dev/null |
    sed -nE "s/^installed (.*):($native|all)$/ \1 /p; s/^installed (.*)$/ \1 /p") || true
  for package in "${wanted[@]}"; do
    [[ $installed == *" $package "* ]] || missing+=("$package")
  done
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

install_packages() {
  local -a as_root=(env DEBIAN_FRONTEND=noninteractive)
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      die "missing packages: $*. Install them as root (apt-get install $*), or install sudo."
    as_root=(sudo "${as_root[@]}")
  fi
  say "installing missing packages: $*"
  if [[ " $* " == *:arm64\ * && $(dpkg --print-foreign-architectures) != *arm64* ]]; then
    "${as_root[@]}" dpkg --add-architecture arm64
  fi
  # A fresh machine has no package index, an old one names versions that are gone.
  "${as_root[@]}" apt-get update >&2 || say "apt-get update failed; trying with the index as it is"
  "${as_root[@]}" apt-get install -y --no-install-recommends "$@" >&2 ||
    die "apt-get could not install: $*"
}

# The distribution's Python, whatever else lies in PATH.
python() {
  if [[ -x /usr/bin/python3 ]]; then echo /usr/bin/python3; else command -v python3; fi
}
