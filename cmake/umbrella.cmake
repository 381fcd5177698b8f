# Targets that only gather others: sandoq::election (L5 and L6) and sandoq::sandoq (all layers).
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
list(FILTER election INCLUDE REGEX "^(ballot|threshold|tally)(_|$)")
sandoq_umbrella(election ${election})
sandoq_umbrella(sandoq ${all})
