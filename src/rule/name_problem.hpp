// The sentences for names, functions and arguments that are not known, with the nearest right word.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "rule/functions.hpp"
#include "rule/schema.hpp"
#include "rule/source.hpp"

namespace regulars::rule {

/// `variables` are the names that enclosing macros give.
void report_unknown_name(std::string_view path, std::uint32_t offset, const Schema& schema,
                         std::span<const std::string> variables, Problems& problems);
void report_unknown_function(std::string_view name, bool as_member, std::uint32_t offset, Problems& problems);
void report_wrong_arguments(const Function& function, std::span<const Type> arguments, std::uint32_t offset,
                            Problems& problems);
void report_unknown_choice(const Name& name, std::string_view text, std::uint32_t offset, Problems& problems);
void report_unknown_zone(std::string_view zone, std::uint32_t offset, Problems& problems);

}  // namespace regulars::rule
