# cmake --install: two packages, each one archive with its headers and what find_package and pkg-config need.
#
#   component  archive            target           holds
#   verify     libsandoq-verify   sandoq::verify   what the layer `verify` links: public halves only
#   sandoq     libsandoq          sandoq::sandoq   all other layers; rests on verify
#   tool                                           bin/sandoq
#
# All of it follows from the calls of sandoq_library(). Why two archives, and why static:
# docs/adr/0005-two-installed-packages.md
include_guard(GLOBAL)

if(NOT SANDOQ_INSTALL)
  return()
endif()

# Sanitizers and invariants change what headers mean; the constant-time build leaves most of the library out.
if(SANDOQ_SANITIZE OR SANDOQ_INVARIANTS OR NOT SANDOQ_CTIME STREQUAL off)
  install(CODE "message(FATAL_ERROR \"this build is for tests; install the one of the preset release\")" ALL_COMPONENTS)
  return()
endif()

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# Headers by which one could name a secret, a prover or a random source, and those of integer groups, which no verifier of
# a record needs. They belong to package sandoq, all others to verify; tests/install notices one that is missing here,
# since the verifier's headers must do without it.
set(sandoq_other_header
  "(_prove|_secret)\\.hpp$|/(secret|secret_[a-z]+|random_source|system_random|integer_[a-z]+)\\.hpp$")

# sandoq_link_closure(OUT LAYER): the layer and all layers that it links.
function(sandoq_link_closure out layer)
  set(found "")
  set(queue ${layer})
  while(queue)
    list(POP_FRONT queue next)
    if(NOT next IN_LIST found)
      list(APPEND found ${next})
      get_property(deps GLOBAL PROPERTY SANDOQ_DEPS_OF_${next})
      get_property(private_deps GLOBAL PROPERTY SANDOQ_PRIVATE_DEPS_OF_${next})
      list(APPEND queue ${deps} ${private_deps})
      list(FILTER queue EXCLUDE REGEX "::")
    endif()
  endwhile()
  set(${out} "${found}" PARENT_SCOPE)
endfunction()

# sandoq_archive(PACKAGE FILE LAYERS...): one static library of all their objects. EXTERNALS of the target are the
# libraries of others that they link.
function(sandoq_archive package file)
  set(target sandoq_package_${package})
  add_library(${target} STATIC)
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX OUTPUT_NAME ${file} EXPORT_NAME ${package})
  target_compile_features(${target} INTERFACE cxx_std_20)
  target_include_directories(${target} INTERFACE "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
  foreach(layer IN LISTS ARGN)
    get_target_property(type sandoq_${layer} TYPE)
    if(type STREQUAL STATIC_LIBRARY)
      target_sources(${target} PRIVATE $<TARGET_OBJECTS:sandoq_${layer}>)
    endif()
    get_property(deps GLOBAL PROPERTY SANDOQ_DEPS_OF_${layer})
    get_property(private_deps GLOBAL PROPERTY SANDOQ_PRIVATE_DEPS_OF_${layer})
    list(FILTER deps INCLUDE REGEX "::")
    list(FILTER private_deps INCLUDE REGEX "::")
    target_link_libraries(${target} PUBLIC ${deps} PRIVATE ${private_deps})
    set_property(TARGET ${target} APPEND PROPERTY EXTERNALS ${deps} ${private_deps})
  endforeach()
endfunction()

# sandoq_describe_externals(PACKAGE): sets PACKAGE_find, the lines by which sandoq-config.cmake finds what the archive
# links, and PACKAGE_requires and PACKAGE_libs, the same for pkg-config.
function(sandoq_describe_externals package)
  get_target_property(externals sandoq_package_${package} EXTERNALS)
  list(REMOVE_DUPLICATES externals)
  set(all_find "")
  set(all_requires "")
  set(all_libs "")
  foreach(target IN LISTS externals)
    if(target MATCHES "^PkgConfig::(.+)$")
      set(requires "${${CMAKE_MATCH_1}_MODULE_NAME}")
      set(find "sandoq_find_module(${CMAKE_MATCH_1} ${requires})")
      set(libs "")
    else()
      foreach(how find requires libs)
        get_property(${how} GLOBAL PROPERTY "SANDOQ_EXTERNAL_${target}_${how}")
      endforeach()
      if(NOT find)
        message(FATAL_ERROR "a library links ${target}: cmake/dependencies.cmake must say how its users find that")
      endif()
    endif()
    list(APPEND all_find "${find}")
    list(APPEND all_requires ${requires})
    list(APPEND all_libs ${libs})
  endforeach()
  list(JOIN all_find "\n  " all_find)
  list(JOIN all_libs " " all_libs)
  set(${package}_find "${all_find}" PARENT_SCOPE)
  set(${package}_requires "${all_requires}" PARENT_SCOPE)
  set(${package}_libs "${all_libs}" PARENT_SCOPE)
endfunction()

# sandoq_install_package(PACKAGE FILE DESCRIPTION REQUIRES LIBS): archive, export and FILE.pc.
function(sandoq_install_package package file description requires libs)
  install(TARGETS sandoq_package_${package} EXPORT sandoq-${package}-targets
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT ${package})
  install(EXPORT sandoq-${package}-targets NAMESPACE sandoq:: COMPONENT ${package}
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/sandoq")
  list(JOIN requires ", " requires)
  # Relative to where the file lies, so that an installed tree may be moved.
  file(RELATIVE_PATH up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/package.pc.in" "${PROJECT_BINARY_DIR}/${file}.pc" @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/${file}.pc" COMPONENT ${package}
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endfunction()

get_property(sandoq_layers GLOBAL PROPERTY SANDOQ_LIBRARIES)
sandoq_link_closure(verify_layers verify)
set(other_layers ${sandoq_layers})
list(REMOVE_ITEM other_layers ${verify_layers})

sandoq_archive(verify sandoq-verify ${verify_layers})
sandoq_archive(sandoq sandoq ${other_layers})
target_link_libraries(sandoq_package_sandoq PUBLIC sandoq_package_verify)
sandoq_describe_externals(verify)
sandoq_describe_externals(sandoq)

sandoq_install_package(verify sandoq-verify "The verifier of sandoq's election records: no secrets, no provers"
  "${verify_requires}" "${verify_libs}")
sandoq_install_package(sandoq sandoq "${PROJECT_DESCRIPTION}"
  "sandoq-verify = ${PROJECT_VERSION};${sandoq_requires}" "${sandoq_libs}")

# The two differ only in the pattern; FILES_MATCHING cannot say "all but".
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/" COMPONENT verify DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  REGEX "${sandoq_other_header}" EXCLUDE)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/" COMPONENT sandoq DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  FILES_MATCHING REGEX "${sandoq_other_header}")

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/sandoq-config.cmake.in"
  "${PROJECT_BINARY_DIR}/sandoq-config.cmake" INSTALL_DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/sandoq"
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/sandoq-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/sandoq-config.cmake" "${PROJECT_BINARY_DIR}/sandoq-config-version.cmake"
  COMPONENT verify DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/sandoq")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" COMPONENT verify DESTINATION "${CMAKE_INSTALL_DOCDIR}")
