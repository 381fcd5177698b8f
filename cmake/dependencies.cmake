# Everything from outside is a Debian package; nothing is downloaded. The list of packages is in
# tools/dev/packages.sh.
include_guard(GLOBAL)

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(tl-expected REQUIRED)                             # tl::expected
find_package(Boost 1.74 REQUIRED)                              # Boost::headers: multiprecision; in tests an oracle, too
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)   # PkgConfig::sodium
if(SANDOQ_EXECUTOR STREQUAL tbb AND SANDOQ_CTIME STREQUAL off)
  find_package(TBB REQUIRED)                                   # TBB::tbb
endif()
if(SANDOQ_INTEGER_GROUPS OR SANDOQ_BUILD_TESTS)
  pkg_check_modules(gmp REQUIRED IMPORTED_TARGET gmp)          # PkgConfig::gmp; in tests an oracle, too
endif()
if(SANDOQ_BUILD_TOOLS OR SANDOQ_BUILD_TESTS OR SANDOQ_BUILD_BENCH)
  find_package(CLI11 REQUIRED)                                 # CLI11::CLI11
  find_package(fmt REQUIRED)                                   # fmt::fmt
  find_package(nlohmann_json REQUIRED)                         # nlohmann_json::nlohmann_json
endif()
if(SANDOQ_BUILD_TOOLS OR SANDOQ_BUILD_TESTS)
  find_package(ZLIB REQUIRED)                                  # ZLIB::ZLIB
  pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)   # PkgConfig::utf8proc
endif()
if(SANDOQ_BUILD_TESTS)
  find_package(GTest REQUIRED)                                 # GTest::gtest_main
  find_package(Protobuf REQUIRED)                              # protobuf::libprotobuf, an oracle in tests
endif()
if(SANDOQ_INTEGER_GROUPS AND (SANDOQ_BUILD_BENCH OR SANDOQ_BUILD_TESTS))
  pkg_check_modules(libcrypto REQUIRED IMPORTED_TARGET libcrypto)   # PkgConfig::libcrypto: OpenSSL, a baseline and SHA3
endif()
if(SANDOQ_BUILD_BENCH)
  find_package(benchmark REQUIRED)                             # benchmark::benchmark_main
endif()

# What a library links, the users of an installed sandoq must find again (cmake/install.cmake):
# sandoq_external(TARGET find "line of sandoq-config.cmake" [requires "modules of pkg-config"] [libs "flags"]).
# PkgConfig::x needs no line here.
function(sandoq_external target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "find;requires;libs" "")
  foreach(how find requires libs)
    set_property(GLOBAL PROPERTY "SANDOQ_EXTERNAL_${target}_${how}" "${arg_${how}}")
  endforeach()
endfunction()

sandoq_external(tl::expected find "find_dependency(tl-expected)")
sandoq_external(Threads::Threads find "find_dependency(Threads)" libs -pthread)
sandoq_external(TBB::tbb find "find_dependency(TBB)" requires tbb)

# Tests and tools run the distribution's Python, whatever else lies in PATH.
find_program(SANDOQ_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(SANDOQ_PYTHON python3)
