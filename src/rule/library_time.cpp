// Calendar and clock readings. Without a zone they are read in the programme's.
#include <optional>

#include "rule/library.hpp"
#include "rule/time_text.hpp"

namespace regulars::rule {

namespace {

using Field = std::int64_t (*)(LocalTime time);

template <Field field>
Value reading(Arguments arguments, CallContext& context) {
    const bool zoned = arguments.size() == 2;
    if (!arguments[0].is(Kind::timestamp) || (zoned && !arguments[1].is(Kind::text)))
        return Value::error(ErrorCode::wrong_kind);
    const Instant instant = arguments[0].as_timestamp();
    if (!in_range(instant)) return Value::error(ErrorCode::overflow);
    if (!zoned) return Value::integer(field(context.zone.local(instant)));
    const auto time = context.workspace.local(instant, arguments[1].as_text());
    return time ? Value::integer(field(*time)) : Value::error(ErrorCode::unknown_zone);
}

// Of a duration: the whole hours, minutes or seconds in it; of a timestamp, the wall clock's.
template <Field field, std::int64_t unit_ms>
Value clock_reading(Arguments arguments, CallContext& context) {
    if (arguments.size() == 1 && arguments[0].is(Kind::duration))
        return Value::integer(arguments[0].as_duration_ms() / unit_ms);
    return reading<field>(arguments, context);
}

std::int64_t full_year(LocalTime time) {
    return parts_of(time.date).year;
}
std::int64_t month(LocalTime time) {
    return parts_of(time.date).month - 1;
}
std::int64_t date(LocalTime time) {
    return parts_of(time.date).day;
}
std::int64_t day_of_month(LocalTime time) {
    return parts_of(time.date).day - 1;
}
std::int64_t day_of_week(LocalTime time) {
    return weekday_of(time.date) % 7;
}
std::int64_t day_of_year(LocalTime time) {
    return time.date.days - first_of(CalendarUnit::year, time.date).days;
}
std::int64_t hours(LocalTime time) {
    return time.ms_of_day / 3'600'000;
}
std::int64_t minutes(LocalTime time) {
    return time.ms_of_day / 60'000 % 60;
}
std::int64_t seconds(LocalTime time) {
    return time.ms_of_day / 1000 % 60;
}
std::int64_t milliseconds(LocalTime time) {
    return time.ms_of_day % 1000;
}

Value get_milliseconds(Arguments arguments, CallContext& context) {
    if (arguments.size() == 1 && arguments[0].is(Kind::duration))
        return Value::integer(arguments[0].as_duration_ms() % 1000);
    return reading<milliseconds>(arguments, context);
}

Value timestamp(Arguments arguments, CallContext& context) {
    const Value from = arguments[0];
    if (from.is(Kind::timestamp)) return from;
    if (from.is(Kind::integer)) {
        std::int64_t ms = 0;
        const bool overflows = __builtin_mul_overflow(from.as_integer(), ms_per_second, &ms);
        return overflows || !in_range({ms}) ? Value::error(ErrorCode::overflow) : Value::timestamp({ms});
    }
    if (!from.is(Kind::text)) return Value::error(ErrorCode::wrong_kind);
    const auto instant = parse_instant(from.as_text(), context.zone);
    return instant ? Value::timestamp(*instant) : Value::error(ErrorCode::bad_conversion);
}

Value duration(Arguments arguments, CallContext&) {
    if (arguments[0].is(Kind::duration)) return arguments[0];
    if (!arguments[0].is(Kind::text)) return Value::error(ErrorCode::wrong_kind);
    const auto ms = parse_duration_ms(arguments[0].as_text());
    return ms ? Value::duration_ms(*ms) : Value::error(ErrorCode::bad_conversion);
}

}  // namespace

Implementation time_implementation(FunctionId id) {
    switch (id) {
        case FunctionId::timestamp:
            return timestamp;
        case FunctionId::duration:
            return duration;
        case FunctionId::get_full_year:
            return reading<full_year>;
        case FunctionId::get_month:
            return reading<month>;
        case FunctionId::get_date:
            return reading<date>;
        case FunctionId::get_day_of_month:
            return reading<day_of_month>;
        case FunctionId::get_day_of_week:
            return reading<day_of_week>;
        case FunctionId::get_day_of_year:
            return reading<day_of_year>;
        case FunctionId::get_hours:
            return clock_reading<hours, 3'600'000>;
        case FunctionId::get_minutes:
            return clock_reading<minutes, 60'000>;
        case FunctionId::get_seconds:
            return clock_reading<seconds, 1'000>;
        case FunctionId::get_milliseconds:
            return get_milliseconds;
        default:
            return nullptr;
    }
}

}  // namespace regulars::rule
