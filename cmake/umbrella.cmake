# Targets that only gather others, sandoq::election (L5 and L6) and sandoq::sandoq (all layers), and the
# list of the public halves.
include_guard(GLOBAL)

function(sandoq_umbrella name)
  add_library(sandoq_${name} INTERFACE)
  add_library(sandoq::${name} ALIAS sandoq_${name})
  foreach(layer IN LISTS ARGN)
    target_link_libraries(sandoq_${name} INTERFACE sandoq::${layer})
  endforeach()
endfunction()

get_property(all GLOBAL PROPERTY SANDOQ_LIBRARIES)
set(election ${all})
list(FILTER election INCLUDE REGEX "^(ballot|threshold|mixnet|tally|rules)(_|$)")
sandoq_umbrella(election ${election})
sandoq_umbrella(sandoq ${all})

# The archives that tools/lint/verify_symbols.py reads.
set(archives "")
foreach(layer IN LISTS all)
  get_target_property(type sandoq_${layer} TYPE)
  if(NOT layer MATCHES "${sandoq_secret_half}" AND type STREQUAL STATIC_LIBRARY)
    string(APPEND archives "$<TARGET_FILE:sandoq_${layer}>\n")
  endif()
endforeach()
file(GENERATE OUTPUT "${PROJECT_BINARY_DIR}/public_libraries.txt" CONTENT "${archives}")
