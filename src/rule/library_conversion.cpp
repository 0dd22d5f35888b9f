// int(), double(), string(), bool() and dyn().
#include <charconv>
#include <cmath>

#include <fast_float/fast_float.h>

#include "rule/library.hpp"
#include "rule/quote.hpp"
#include "rule/time_text.hpp"

namespace regulars::rule {

namespace {

constexpr Value bad_conversion() {
    return Value::error(ErrorCode::bad_conversion);
}

Value int_of_real(double number) {
    constexpr double two_to_63 = 9223372036854775808.0;
    // NaN fails both comparisons.
    const bool inside = number > -two_to_63 && number < two_to_63;
    return inside ? Value::integer(static_cast<std::int64_t>(number)) : Value::error(ErrorCode::overflow);
}

Value int_of_text(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem == std::errc::result_out_of_range) return Value::error(ErrorCode::overflow);
    return problem == std::errc() && end == text.data() + text.size() ? Value::integer(number) : bad_conversion();
}

Value to_int(Arguments arguments, CallContext&) {
    const Value from = arguments[0];
    if (from.is(Kind::integer)) return from;
    if (from.is(Kind::real)) return int_of_real(from.as_real());
    if (from.is(Kind::text)) return int_of_text(from.as_text());
    if (!from.is(Kind::timestamp)) return Value::error(ErrorCode::wrong_kind);
    // Whole seconds since 1970, rounded down also before it.
    const std::int64_t ms = from.count();
    return Value::integer(ms / ms_per_second - (ms % ms_per_second < 0 ? 1 : 0));
}

Value to_double(Arguments arguments, CallContext&) {
    const Value from = arguments[0];
    if (from.is(Kind::real)) return from;
    if (from.is(Kind::integer)) return Value::real(static_cast<double>(from.as_integer()));
    if (!from.is(Kind::text)) return Value::error(ErrorCode::wrong_kind);
    const std::string_view text = from.as_text();
    double number = 0;
    const auto [end, problem] = fast_float::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size() ? Value::real(number) : bad_conversion();
}

Value to_bool(Arguments arguments, CallContext&) {
    if (arguments[0].is(Kind::boolean)) return arguments[0];
    if (!arguments[0].is(Kind::text)) return Value::error(ErrorCode::wrong_kind);
    const std::string_view text = arguments[0].as_text();
    for (const std::string_view yes : {"1", "t", "T", "true", "TRUE", "True"})
        if (text == yes) return Value::boolean(true);
    for (const std::string_view no : {"0", "f", "F", "false", "FALSE", "False"})
        if (text == no) return Value::boolean(false);
    return bad_conversion();
}

// 1.0 is shown as "1": a literal needs its point, a text does not.
std::string text_of_real(double number) {
    std::string text = real_literal(number);
    if (text.ends_with(".0")) text.erase(text.size() - 2);
    return text;
}

Value to_string(Arguments arguments, CallContext& context) {
    const Value from = arguments[0];
    Workspace& workspace = context.workspace;
    switch (from.kind()) {
        case Kind::text:
            return from;
        case Kind::boolean:
            return Value::text(from.as_boolean() ? "true" : "false");
        case Kind::integer:
            return workspace.text(std::to_string(from.as_integer()));
        case Kind::real:
            return workspace.text(text_of_real(from.as_real()));
        case Kind::duration:
            return workspace.text(duration_text(from.as_duration_ms()));
        case Kind::timestamp:
            if (!in_range(from.as_timestamp())) return Value::error(ErrorCode::overflow);
            return workspace.text(timestamp_text(from.as_timestamp()));
        case Kind::null:
        case Kind::list:
        case Kind::map:
        case Kind::missing:
        case Kind::error:
            break;
    }
    return Value::error(ErrorCode::wrong_kind);
}

Value dyn(Arguments arguments, CallContext&) {
    return arguments[0];
}

}  // namespace

Implementation conversion_implementation(FunctionId id) {
    switch (id) {
        case FunctionId::to_int:
            return to_int;
        case FunctionId::to_double:
            return to_double;
        case FunctionId::to_string:
            return to_string;
        case FunctionId::to_bool:
            return to_bool;
        case FunctionId::dyn:
            return dyn;
        default:
            return nullptr;
    }
}

}  // namespace regulars::rule
