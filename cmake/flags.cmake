# Language level, optimisation, sanitizers, warnings, compiler cache.
include_guard(GLOBAL)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")

# -O2 rather than CMake's -O3: faster to build, and what distributions ship. -g1 has lines and functions, which is what
# a stack trace needs; variables would cost half as much build time again.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
if(SANDOQ_SANITIZE)
  set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")   # a sanitizer's report names lines too
else()
  set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g")
endif()

if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(SANDOQ_CCACHE ccache)
  mark_as_advanced(SANDOQ_CCACHE)
  if(SANDOQ_CCACHE)
    # Relative to the tree, so that a second clone finds what the first one compiled.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
      "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${SANDOQ_CCACHE}")
  endif()
endif()

# These change the meaning of headers or need every object, so they hold for the whole tree.
if(SANDOQ_SANITIZE)
  add_compile_options("-fsanitize=${SANDOQ_SANITIZE}" -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options("-fsanitize=${SANDOQ_SANITIZE}")
endif()
if(SANDOQ_INVARIANTS)
  add_compile_definitions(SANDOQ_INVARIANTS=1 _GLIBCXX_ASSERTIONS)
endif()
if(SANDOQ_CTIME STREQUAL valgrind)
  add_compile_definitions(SANDOQ_CTIME_VALGRIND=1)
elseif(SANDOQ_CTIME STREQUAL msan)
  add_compile_definitions(SANDOQ_CTIME_MSAN=1)
  add_compile_options(-fsanitize=memory -fsanitize-memory-track-origins -fno-omit-frame-pointer)
  add_link_options(-fsanitize=memory)
endif()

# Half of a build from nothing is test code. It is compiled to be ready soon, under sanitizers without optimisation at
# all, while what it tests keeps the flags of its preset.
if(SANDOQ_SANITIZE)
  set(sandoq_test_optimisation -O0)
else()
  set(sandoq_test_optimisation -O1)
endif()

# Seconds after which a test hangs rather than works; under an emulator everything takes five to ten times as long.
if(CMAKE_CROSSCOMPILING)
  set(sandoq_test_timeout 3000)
else()
  set(sandoq_test_timeout 600)
endif()

# Warnings of our own code; third-party headers come in as system headers. A unity build sees as one text what nobody
# reads as one: there a name of one file would shadow that of another, and what is local to a file would seem to be
# declared in a header.
set(sandoq_in_unity "$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>")
function(sandoq_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic $<$<NOT:${sandoq_in_unity}>:-Wshadow> -Wconversion
    $<$<AND:${sandoq_in_unity},$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage> $<$<BOOL:${SANDOQ_WERROR}>:-Werror>)
endfunction()
