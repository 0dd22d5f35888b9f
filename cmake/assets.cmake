# regulars_embed(TARGET NAME FILE): carries a file inside a target, so that the binary needs nothing beside it.
#   regulars_embed(regulars_backtest echarts web/node_modules/echarts/dist/echarts.min.js)
# gives the target's sources  #include "assets/echarts.hpp"  with  std::string_view regulars::assets::echarts().
# FILE is relative to the project. The bytes come in through the assembler (.incbin): megabytes cost no compile time.
include_guard(GLOBAL)

function(regulars_embed target name file)
    set(path ${PROJECT_SOURCE_DIR}/${file})
    if(NOT EXISTS ${path})
        if(file MATCHES "^web/node_modules/")
            message(FATAL_ERROR "${file} is not there. Install the browser libraries first:  npm ci --prefix web")
        endif()
        message(FATAL_ERROR "${file} is not there, but ${target} carries it as ${name}.")
    endif()
    set(header ${CMAKE_BINARY_DIR}/generated/assets/${name}.hpp)
    set(source ${CMAKE_BINARY_DIR}/generated/assets/${name}.cpp)
    file(CONFIGURE OUTPUT ${header} @ONLY CONTENT [=[
// Generated from @file@.
#pragma once

#include <string_view>

namespace regulars::assets {

[[nodiscard]] std::string_view @name@();

}  // namespace regulars::assets
]=])
    file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [=[
// Generated from @file@.
#include "assets/@name@.hpp"

asm(R"(
.pushsection .rodata
.balign 16
.global regulars_asset_@name@_begin
regulars_asset_@name@_begin:
.incbin "@path@"
.global regulars_asset_@name@_end
regulars_asset_@name@_end:
.byte 0
.popsection
)");

extern "C" const char regulars_asset_@name@_begin[];
extern "C" const char regulars_asset_@name@_end[];

namespace regulars::assets {

std::string_view @name@() {
    return {regulars_asset_@name@_begin, regulars_asset_@name@_end};
}

}  // namespace regulars::assets
]=])
    set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${path} SKIP_UNITY_BUILD_INCLUSION ON)
    target_sources(${target} PRIVATE ${source})
    target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/generated)
endfunction()
