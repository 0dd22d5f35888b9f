# One function per kind of target, so that every layer is declared the same way.

# regulars_precompile(TARGET header...): compiles libraries' headers once for a target instead of once for each file.
# That takes about as long as it saves on ten files, so smaller targets go without.
function(regulars_precompile target)
    get_target_property(sources ${target} SOURCES)
    list(LENGTH sources count)
    if(REGULARS_PRECOMPILED AND count GREATER 10)
        target_precompile_headers(${target} PRIVATE ${ARGN})
        # GCC 12 warns of texts in the standard library without reason when they come out of a precompiled header.
        target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow
                               -Wno-stringop-overread)
        if(REGULARS_CCACHE)
            target_compile_options(${target} PRIVATE -fpch-preprocess)
        endif()
    endif()
endfunction()

# regulars_unite(TARGET [APART file...]): compiles a target's files eight at a time, since most of the time goes to what
# they all include and instantiate (docs/decisions/0021-files-compiled-together.md). Files apart are compiled by
# themselves: those whose local names another file has too.
function(regulars_unite target)
    cmake_parse_arguments(UNITE "" "" "APART" ${ARGN})
    if(REGULARS_UNITED)
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
        set_source_files_properties(${UNITE_APART} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
endfunction()

# regulars_layer(NAME [PUBLIC lib...] [PRIVATE lib...])
#   src/NAME/*.cpp becomes the library regulars_NAME; src/NAME/*_test.cpp becomes the test binary NAME_test.
#   What a layer may link is what ARCHITECTURE.md lets it include; tools/tidy checks the includes.
function(regulars_layer name)
    cmake_parse_arguments(LAYER "" "" "PUBLIC;PRIVATE;TEST" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    set(tests ${sources})
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
    list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
    add_library(regulars_${name} STATIC ${sources})
    target_include_directories(regulars_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(regulars_${name} PUBLIC ${LAYER_PUBLIC} PRIVATE regulars_options ${LAYER_PRIVATE})
    regulars_precompile(regulars_${name} ${PROJECT_SOURCE_DIR}/cmake/precompiled.hpp)
    if(tests AND REGULARS_TESTS)
        regulars_test(${name}_test SOURCES ${tests} LINK regulars_${name} ${LAYER_PRIVATE} ${LAYER_TEST})
    endif()
endfunction()

# regulars_test(NAME SOURCES file... LINK lib...): a GoogleTest binary with RapidCheck at hand, known to CTest.
# It runs in the source folder, so that tests open programmes/ and their own data by relative path.
function(regulars_test name)
    cmake_parse_arguments(TEST "" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${TEST_SOURCES})
    target_link_libraries(${name} PRIVATE regulars_options ${TEST_LINK} GTest::gtest GTest::gmock GTest::gtest_main
                          rapidcheck)
    regulars_precompile(${name} ${PROJECT_SOURCE_DIR}/cmake/precompiled_test.hpp)
    set_target_properties(${name} PROPERTIES REGULARS_IS_TEST ON)
    add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(${name} PROPERTIES TIMEOUT 900)
endfunction()
