# Every option of the build, one line of meaning each.
include_guard(GLOBAL)

option(SANDOQ_BUILD_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(SANDOQ_BUILD_BENCH "Build the benchmarks" OFF)
option(SANDOQ_BUILD_TOOLS "Build the command line tool" ${PROJECT_IS_TOP_LEVEL})
option(SANDOQ_INSTALL "Add what cmake --install does" ${PROJECT_IS_TOP_LEVEL})
option(SANDOQ_INTEGER_GROUPS "Build the groups of residues, which need GMP" ON)
option(SANDOQ_INVARIANTS "Check internal representation bounds at run time (test builds)" OFF)
option(SANDOQ_WERROR "Treat warnings of our own code as errors" OFF)

option(SANDOQ_UNITY_TESTS "Compile the files of a test program as one (what continuous integration does)" OFF)
option(SANDOQ_FUZZ "Build the libFuzzer targets of tests/fuzz (clang)" OFF)

set(SANDOQ_SANITIZE "" CACHE STRING "Sanitizers for all code, as in -fsanitize=, for example address,undefined")

set(SANDOQ_EXECUTOR tbb CACHE STRING "Threads behind make_executor: tbb or jthread")
set_property(CACHE SANDOQ_EXECUTOR PROPERTY STRINGS tbb jthread)
if(NOT SANDOQ_EXECUTOR MATCHES "^(tbb|jthread)$")
  message(FATAL_ERROR "SANDOQ_EXECUTOR is '${SANDOQ_EXECUTOR}'; it must be tbb or jthread")
endif()

set(SANDOQ_CTIME off CACHE STRING "Build only the constant-time tests, with secrets poisoned: off, valgrind or msan")
set_property(CACHE SANDOQ_CTIME PROPERTY STRINGS off valgrind msan)
if(NOT SANDOQ_CTIME MATCHES "^(off|valgrind|msan)$")
  message(FATAL_ERROR "SANDOQ_CTIME is '${SANDOQ_CTIME}'; it must be off, valgrind or msan")
endif()
if(SANDOQ_CTIME STREQUAL msan AND NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
  message(FATAL_ERROR "SANDOQ_CTIME=msan needs clang (the preset ctime-msan sets it)")
endif()
if(SANDOQ_FUZZ AND NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
  message(FATAL_ERROR "SANDOQ_FUZZ needs clang (the preset clang-asan sets it)")
endif()
