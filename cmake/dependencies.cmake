# Everything from outside is a Debian package; nothing is downloaded. The list of packages is in
# tools/dev/packages.sh.
include_guard(GLOBAL)

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(tl-expected REQUIRED)                             # tl::expected
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)   # PkgConfig::sodium
find_package(TBB REQUIRED)                                     # TBB::tbb
find_package(Protobuf REQUIRED)                                # protobuf::libprotobuf
if(SANDOQ_BUILD_TOOLS OR SANDOQ_BUILD_TESTS)
  find_package(CLI11 REQUIRED)                                 # CLI11::CLI11
  find_package(fmt REQUIRED)                                   # fmt::fmt
  find_package(nlohmann_json REQUIRED)                         # nlohmann_json::nlohmann_json
  find_package(ZLIB REQUIRED)                                  # ZLIB::ZLIB
  pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)   # PkgConfig::utf8proc
endif()
if(SANDOQ_BUILD_TESTS)
  find_package(GTest REQUIRED)                                 # GTest::gtest_main
  pkg_check_modules(gmp REQUIRED IMPORTED_TARGET gmp)          # PkgConfig::gmp, an oracle in tests
endif()
if(SANDOQ_BUILD_BENCH)
  find_package(benchmark REQUIRED)                             # benchmark::benchmark_main
endif()

# Tests and tools run the distribution's Python, whatever else lies in PATH.
find_program(SANDOQ_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(SANDOQ_PYTHON python3)
