// The catalogue of everything a rule can call: operators, macros and functions, each describing itself. The checker
// takes its types from here; the API and the console show the same entries, so none of them can know a function that
// another does not.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "rule/type.hpp"

namespace regulars::rule {

/// In the order of the catalogue.
enum class FunctionId : std::uint8_t {
    logical_and,
    logical_or,
    logical_not,
    conditional,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    in,
    add,
    subtract,
    multiply,
    divide,
    modulo,
    negate,
    index,
    has,
    all,
    exists,
    exists_one,
    filter,
    map,
    size,
    contains,
    starts_with,
    ends_with,
    index_of,
    substring,
    replace,
    split,
    join,
    trim,
    lower_ascii,
    upper_ascii,
    math_least,
    math_greatest,
    math_abs,
    timestamp,
    duration,
    get_full_year,
    get_month,
    get_date,
    get_day_of_month,
    get_day_of_week,
    get_day_of_year,
    get_hours,
    get_minutes,
    get_seconds,
    get_milliseconds,
    to_int,
    to_double,
    to_string,
    to_bool,
    dyn,
};
inline constexpr std::size_t function_count = static_cast<std::size_t>(FunctionId::dyn) + 1;

/// How it is written: `a + b`, `!a`, `c ? a : b`, `a[i]`, `f(a)`, `a.f(b)`, `f(a)` or `a.f()`, and the macros, whose
/// arguments are not all evaluated first.
enum class Notation : std::uint8_t { infix, prefix, conditional, index, call, member, call_or_member, macro };

/// The form control that fits the operand which an operator chooses (the last argument).
enum class Control : std::uint8_t { none, text, number, toggle, choice, choices, date_time, duration, condition };

/// One set of argument types and what it gives. For `a.f(b)` the first argument is a.
struct Overload {
    static constexpr std::size_t arguments_max = 4;
    std::array<Type, arguments_max> arguments;
    std::uint8_t count;
    Type result;
};

struct Function {
    FunctionId id;
    /// As it is written in a rule: "+", "startsWith", "math.least".
    std::string_view name;
    Notation notation;
    Control control;
    /// What it says, with {0}, {1}, {2} where the arguments go.
    std::string_view sentence_en;
    std::string_view sentence_zh;
    std::span<const Overload> overloads;
};

/// All of them, by id.
[[nodiscard]] std::span<const Function> functions();
[[nodiscard]] const Function& function(FunctionId id);

/// By the name in `f(a)`, or in `a.f(b)` where `as_member`; nothing when there is none that may be written so.
[[nodiscard]] std::optional<FunctionId> find_function(std::string_view name, bool as_member);

/// "(string, int) -> string".
[[nodiscard]] std::string text_of(const Overload& overload);

}  // namespace regulars::rule
