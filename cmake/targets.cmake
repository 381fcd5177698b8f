# The functions by which every folder declares what it builds. Bare names in DEPS are layers of this
# project (`group` is sandoq::group); names with `::` are taken as they stand.
include_guard(GLOBAL)

set(sandoq_secret_half "_(secret|prove)$")

# Adds those of the given folders that have a CMakeLists.txt. (GLOB rather than EXISTS, so that a build
# folder notices when one appears.)
function(sandoq_folders)
  foreach(folder IN LISTS ARGN)
    file(GLOB found CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/CMakeLists.txt")
    if(found)
      add_subdirectory("${PROJECT_SOURCE_DIR}/${folder}" "${PROJECT_BINARY_DIR}/${folder}")
    endif()
  endforeach()
endfunction()

function(sandoq_link target scope)
  foreach(dep IN LISTS ARGN)
    if(NOT dep MATCHES "::")
      set(dep "sandoq::${dep}")
    endif()
    target_link_libraries(${target} ${scope} ${dep})
  endforeach()
endfunction()

# sandoq_library(NAME SOURCES a.cpp ... [DEPS ...] [PRIVATE_DEPS ...])
#
# One static library, sandoq::NAME. A layer is `NAME` (public half: all a verifier may link) and, where
# it has code that handles secrets, `NAME_secret` or `NAME_prove`, which may depend on NAME but never
# the reverse. Without SOURCES the library has headers only.
function(sandoq_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPS;PRIVATE_DEPS")
  set(target sandoq_${name})
  if(NOT name MATCHES "${sandoq_secret_half}")
    foreach(dep IN LISTS arg_DEPS arg_PRIVATE_DEPS)
      if(dep MATCHES "${sandoq_secret_half}")
        message(FATAL_ERROR "the public half '${name}' may not link '${dep}'")
      endif()
    endforeach()
  endif()
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    if(NOT SANDOQ_CTIME STREQUAL off)
      set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)   # only what its tests link
    endif()
    sandoq_warnings(${target})
    set(scope PUBLIC)
    sandoq_link(${target} PRIVATE ${arg_PRIVATE_DEPS})
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(sandoq::${name} ALIAS ${target})
  target_compile_features(${target} ${scope} cxx_std_20)
  target_include_directories(${target} ${scope} "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>")
  if(arg_SOURCES)
    # Private headers are included from the root of the tree: "lib/...", "proofs/...".
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
  endif()
  sandoq_link(${target} ${scope} ${arg_DEPS})
  set_property(GLOBAL APPEND PROPERTY SANDOQ_LIBRARIES ${name})
  # For cmake/install.cmake, which follows them.
  set_property(GLOBAL PROPERTY SANDOQ_DEPS_OF_${name} "${arg_DEPS}")
  set_property(GLOBAL PROPERTY SANDOQ_PRIVATE_DEPS_OF_${name} "${arg_PRIVATE_DEPS}")
endfunction()

function(sandoq_executable target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPS")
  add_executable(${target} ${arg_SOURCES})
  sandoq_warnings(${target})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}")
  sandoq_link(${target} PRIVATE ${arg_DEPS})
endfunction()

# sandoq_test(NAME SOURCES a_test.cpp ... [DEPS ...] [OPTIMISED])
#
# A GoogleTest executable and one CTest entry of the same name. One entry an executable, because a
# process for each case costs more than most cases. OPTIMISED: with the flags of the preset, for
# tests that calculate for long or that look at what the optimiser leaves of a header.
function(sandoq_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "OPTIMISED" "" "SOURCES;DEPS")
  sandoq_executable(${name} SOURCES ${arg_SOURCES} DEPS ${arg_DEPS} GTest::gtest_main)
  if(NOT arg_OPTIMISED)
    target_compile_options(${name} PRIVATE ${sandoq_test_optimisation})
  endif()
  if(SANDOQ_UNITY_TESTS)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 16)
  endif()
  target_link_libraries(${name} PRIVATE source_dir)
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES TIMEOUT ${sandoq_test_timeout})
endfunction()

# sandoq_bench(NAME SOURCES a_bench.cpp ... [DEPS ...])
#
# A Google Benchmark executable, build/<preset>/bin/NAME; `./dev bench` runs all of them.
function(sandoq_bench name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPS")
  sandoq_executable(${name} SOURCES ${arg_SOURCES} DEPS ${arg_DEPS} benchmark::benchmark_main)
  if(NOT TARGET benches)
    add_custom_target(benches)
  endif()
  add_dependencies(benches ${name})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin/bench")
endfunction()

# sandoq_compile_fail(NAME SOURCE a.cpp MATCHES regex [DEPS ...])
#
# Two CTest entries for one file: as it stands it must compile; with SANDOQ_MISUSE defined the compiler
# must refuse it with a message that matches, so that a typing error does not pass for a refusal.
function(sandoq_compile_fail name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "SOURCE;MATCHES" "DEPS")
  # Never built: it only gathers the include folders and definitions of DEPS.
  add_library(${name} OBJECT EXCLUDE_FROM_ALL ${arg_SOURCE})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}")
  sandoq_link(${name} PRIVATE ${arg_DEPS})
  set(includes "$<TARGET_PROPERTY:${name},INCLUDE_DIRECTORIES>")
  set(definitions "$<TARGET_PROPERTY:${name},COMPILE_DEFINITIONS>")
  set(compile ${CMAKE_CXX_COMPILER} -std=c++20 -fsyntax-only
    "$<$<BOOL:${includes}>:-I$<JOIN:${includes},$<SEMICOLON>-I>>"
    "$<$<BOOL:${definitions}>:-D$<JOIN:${definitions},$<SEMICOLON>-D>>")
  set(file "${CMAKE_CURRENT_SOURCE_DIR}/${arg_SOURCE}")
  add_test(NAME ${name}_accepted COMMAND ${compile} "${file}" COMMAND_EXPAND_LISTS)
  add_test(NAME ${name}_refused COMMAND ${compile} -DSANDOQ_MISUSE "${file}" COMMAND_EXPAND_LISTS)
  set_tests_properties(${name}_refused PROPERTIES PASS_REGULAR_EXPRESSION "error: [^\n]*${arg_MATCHES}")
endfunction()

# sandoq_ctime_test(NAME SOURCES a_ctime.cpp ... [DEPS ...] [LEAKS])
#
# A plain program (no GoogleTest: MSan wants every object instrumented) that poisons its secrets and
# runs under valgrind or MSan. It must leave with 0. With LEAKS it is a test of the test: it branches
# on a secret on purpose, and passes only if the checker reports exactly that.
function(sandoq_ctime_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "LEAKS" "" "SOURCES;DEPS")
  sandoq_executable(${name} SOURCES ${arg_SOURCES} DEPS ${arg_DEPS})
  if(SANDOQ_CTIME STREQUAL valgrind)
    find_program(SANDOQ_VALGRIND valgrind REQUIRED)
    set(command ${SANDOQ_VALGRIND} --quiet --error-exitcode=99 --track-origins=yes $<TARGET_FILE:${name}>)
    set(report "Conditional jump or move depends on uninitialised|Use of uninitialised value")
  else()
    set(command $<TARGET_FILE:${name}>)
    set(report "MemorySanitizer: use-of-uninitialized-value")
  endif()
  add_test(NAME ${name} COMMAND ${command})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600)
  if(arg_LEAKS)
    set_tests_properties(${name} PROPERTIES PASS_REGULAR_EXPRESSION "${report}")
  endif()
endfunction()
