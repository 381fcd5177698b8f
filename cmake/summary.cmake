# What this build is, in four lines.
include_guard(GLOBAL)

get_property(libraries GLOBAL PROPERTY SANDOQ_LIBRARIES)
list(JOIN libraries " " libraries)
string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
message(STATUS "sandoq ${PROJECT_VERSION}: ${libraries}")
message(STATUS "  compiler    ${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}, ${CMAKE_CXX_FLAGS_${type}}, cache: ${SANDOQ_CCACHE}")
message(STATUS "  checks      invariants ${SANDOQ_INVARIANTS}, sanitizers '${SANDOQ_SANITIZE}', ctime ${SANDOQ_CTIME}")
message(STATUS "  with        tests ${SANDOQ_BUILD_TESTS}, bench ${SANDOQ_BUILD_BENCH}, tools ${SANDOQ_BUILD_TOOLS}")
