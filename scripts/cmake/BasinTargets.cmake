# Helpers for the three kinds of target:
#   basin_library(<name> SOURCES … [PUBLIC dep…] [PRIVATE dep…] [CALLS] [APART source…])   -> basin::<name>
#   basin_program(<name> SOURCES … [PRIVATE dep…])
#   basin_test(<name> SOURCES … [PRIVATE dep…] [LABELS label…] [APART])    -> every TEST in it becomes a ctest with those labels
# A release compiles eight sources of a target at once (CMAKE_UNITY_BUILD), and headers are read once for the eight; APART ones, whose local
# names are those of their neighbours, by themselves.
# Includes are written from the top of the repository: #include "models/fixed/network.hpp".

find_program(BASIN_CCACHE ccache)
if(BASIN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${BASIN_CCACHE})
endif()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(BASIN_GENERATED_DIR ${PROJECT_BINARY_DIR}/gen)

# LEVEL: of optimisation in a release.
function(basin_configure target)
  cmake_parse_arguments(arg "" "LEVEL" "" ${ARGN})
  if(NOT arg_LEVEL)
    set(arg_LEVEL 3)
  endif()
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_compile_options(${target} PRIVATE "SHELL:-include ${PROJECT_SOURCE_DIR}/models/design/eigen_checks.hpp")
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Werror)
  if(CMAKE_UNITY_BUILD)   # what is local to a source is not to its neighbours
    target_compile_options(${target} PRIVATE -Wshadow=local $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  else()
    target_compile_options(${target} PRIVATE -Wshadow)
  endif()
  # GCC 12 reports "literal" + std::string as an overlapping copy (GCC bug 105651).
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(${target} PRIVATE -O${arg_LEVEL})
  endif()
  if(BASIN_COVERAGE)
    target_compile_options(${target} PRIVATE -O1 --coverage -fprofile-update=atomic)
    target_link_options(${target} PUBLIC --coverage)
  endif()
  if(BASIN_SANITIZE)
    target_compile_options(${target} PRIVATE -O1 -fsanitize=address,undefined -fno-sanitize-recover=all
                                             -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
endfunction()

# CALLS: it only calls others for what takes time, and is compiled the faster for it; so are tests.
function(basin_library name)
  cmake_parse_arguments(arg "CALLS" "" "SOURCES;PUBLIC;PRIVATE;APART" ${ARGN})
  add_library(basin_${name} STATIC ${arg_SOURCES})
  add_library(basin::${name} ALIAS basin_${name})
  set_source_files_properties(${arg_APART} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  if(arg_CALLS)
    basin_configure(basin_${name} LEVEL 2)
  else()
    basin_configure(basin_${name})
  endif()
  target_link_libraries(basin_${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
endfunction()

function(basin_program name)
  cmake_parse_arguments(arg "" "" "SOURCES;PRIVATE" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  basin_configure(${name})
  target_link_libraries(${name} PRIVATE ${arg_PRIVATE})
endfunction()

# LONG: a GoogleTest filter; the tests that it matches have the label `long` too.
function(basin_test name)
  cmake_parse_arguments(arg "APART" "TIMEOUT;LONG" "SOURCES;PRIVATE;LABELS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  if(NOT arg_LABELS)
    set(arg_LABELS unit)   # an empty list of labels would take the word after it, TIMEOUT, for one
  endif()
  add_executable(test_${name} ${arg_SOURCES})
  basin_configure(test_${name} LEVEL 2)
  if(arg_APART)
    set_target_properties(test_${name} PROPERTIES UNITY_BUILD OFF)
  endif()
  target_compile_definitions(test_${name} PRIVATE BASIN_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
                                                  BASIN_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(test_${name} PRIVATE ${arg_PRIVATE} GTest::gtest_main)
  if(arg_LONG)
    basin_discover(${name} "${arg_LONG}" "${arg_LABELS};long" ${arg_TIMEOUT})
    basin_discover(${name} "-${arg_LONG}" "${arg_LABELS}" ${arg_TIMEOUT})
  else()
    basin_discover(${name} "" "${arg_LABELS}" ${arg_TIMEOUT})
  endif()
endfunction()

function(basin_discover name filter labels timeout)
  # Several labels are one property: the backslashes survive the four times that CMake splits the list.
  string(REPLACE ";" "\\\\\\\\\\\\\\\\;" labels "${labels}")
  gtest_discover_tests(test_${name} TEST_PREFIX "${name}." TEST_FILTER "${filter}" DISCOVERY_TIMEOUT 60
                       PROPERTIES LABELS "${labels}" TIMEOUT ${timeout})
endfunction()
