// Sums, products, comparisons. Whole numbers never wrap and never mix with doubles.
#include <algorithm>
#include <cmath>

#include "rule/library.hpp"
#include "rule/time_text.hpp"

namespace regulars::rule {

namespace {

constexpr Value wrong_kind() {
    return Value::error(ErrorCode::wrong_kind);
}
constexpr Value overflow() {
    return Value::error(ErrorCode::overflow);
}

bool both(Arguments arguments, Kind kind) {
    return arguments[0].is(kind) && arguments[1].is(kind);
}

Value timestamp_within(std::int64_t ms, bool overflows) {
    return overflows || !in_range(Instant{ms}) ? overflow() : Value::timestamp({ms});
}
Value duration_within(std::int64_t ms, bool overflows) {
    return overflows || ms > duration_ms_max || ms < -duration_ms_max ? overflow() : Value::duration_ms(ms);
}

Value joined_texts(std::string_view left, std::string_view right, Workspace& workspace) {
    const std::span<char> room = workspace.take_text(left.size() + right.size());
    if (room.data() == nullptr) return Value::error(ErrorCode::too_large);
    right.copy(room.data() + left.copy(room.data(), left.size()), right.size());
    return Value::text({room.data(), room.size()});
}

Value joined_lists(const List& left, const List& right, Workspace& workspace) {
    const std::span<Value> room = workspace.take_values(left.items.size() + right.items.size());
    if (room.data() == nullptr) return Value::error(ErrorCode::too_large);
    std::ranges::copy(right.items, std::ranges::copy(left.items, room.begin()).out);
    return workspace.list(room);
}

Value add(Arguments arguments, CallContext& context) {
    const auto [left, right] = std::pair(arguments[0], arguments[1]);
    std::int64_t sum = 0;
    const bool overflows = __builtin_add_overflow(left.count(), right.count(), &sum);
    if (both(arguments, Kind::integer)) return overflows ? overflow() : Value::integer(sum);
    if (both(arguments, Kind::real)) return Value::real(left.as_real() + right.as_real());
    if (both(arguments, Kind::text)) return joined_texts(left.as_text(), right.as_text(), context.workspace);
    if (both(arguments, Kind::list)) return joined_lists(left.as_list(), right.as_list(), context.workspace);
    if (both(arguments, Kind::duration)) return duration_within(sum, overflows);
    const bool later = left.is(Kind::timestamp) && right.is(Kind::duration);
    const bool turned = left.is(Kind::duration) && right.is(Kind::timestamp);
    return later || turned ? timestamp_within(sum, overflows) : wrong_kind();
}

Value subtract(Arguments arguments, CallContext&) {
    const auto [left, right] = std::pair(arguments[0], arguments[1]);
    std::int64_t difference = 0;
    const bool overflows = __builtin_sub_overflow(left.count(), right.count(), &difference);
    if (both(arguments, Kind::integer)) return overflows ? overflow() : Value::integer(difference);
    if (both(arguments, Kind::real)) return Value::real(left.as_real() - right.as_real());
    if (both(arguments, Kind::timestamp) || both(arguments, Kind::duration))
        return duration_within(difference, overflows);
    if (left.is(Kind::timestamp) && right.is(Kind::duration)) return timestamp_within(difference, overflows);
    return wrong_kind();
}

Value multiply(Arguments arguments, CallContext&) {
    if (both(arguments, Kind::real)) return Value::real(arguments[0].as_real() * arguments[1].as_real());
    if (!both(arguments, Kind::integer)) return wrong_kind();
    std::int64_t product = 0;
    const bool overflows = __builtin_mul_overflow(arguments[0].as_integer(), arguments[1].as_integer(), &product);
    return overflows ? overflow() : Value::integer(product);
}

// What makes a division of whole numbers impossible; null when nothing does.
Value division_problem(Arguments arguments) {
    if (!both(arguments, Kind::integer)) return wrong_kind();
    if (arguments[1].as_integer() == 0) return Value::error(ErrorCode::division_by_zero);
    if (arguments[0].as_integer() == INT64_MIN && arguments[1].as_integer() == -1) return overflow();
    return Value::null();
}

Value divide(Arguments arguments, CallContext&) {
    // IEEE 754: by zero it is an infinity or NaN.
    if (both(arguments, Kind::real)) return Value::real(arguments[0].as_real() / arguments[1].as_real());
    const Value problem = division_problem(arguments);
    return problem.is_error() ? problem : Value::integer(arguments[0].as_integer() / arguments[1].as_integer());
}

Value modulo(Arguments arguments, CallContext&) {
    const Value problem = division_problem(arguments);
    return problem.is_error() ? problem : Value::integer(arguments[0].as_integer() % arguments[1].as_integer());
}

Value negate(Arguments arguments, CallContext&) {
    if (arguments[0].is(Kind::real)) return Value::real(-arguments[0].as_real());
    if (!arguments[0].is(Kind::integer)) return wrong_kind();
    const std::int64_t number = arguments[0].as_integer();
    return number == INT64_MIN ? overflow() : Value::integer(-number);
}

Value math_abs(Arguments arguments, CallContext& context) {
    if (arguments[0].is(Kind::real)) return Value::real(std::fabs(arguments[0].as_real()));
    if (arguments[0].is(Kind::integer) && arguments[0].as_integer() >= 0) return arguments[0];
    return negate(arguments, context);
}

template <bool least>
Value extreme(Arguments arguments, CallContext&) {
    if (arguments.size() == 1 && arguments[0].is(Kind::list)) arguments = arguments[0].as_list().items;
    if (arguments.empty()) return Value::error(ErrorCode::index_out_of_range);
    Value best = arguments[0];
    for (const Value& candidate : arguments) {
        if (!candidate.is(Kind::integer) && !candidate.is(Kind::real)) return wrong_kind();
        if (order_of(candidate, best) == (least ? Order::less : Order::greater)) best = candidate;
    }
    return best;
}

Value logical_not(Arguments arguments, CallContext&) {
    return arguments[0].is(Kind::boolean) ? Value::boolean(!arguments[0].as_boolean()) : wrong_kind();
}

template <OrderSet accepted>
Value comparison(Arguments arguments, CallContext&) {
    return compare(accepted, arguments[0], arguments[1]);
}

}  // namespace

Value compare(OrderSet accepted, Value left, Value right) {
    if (accepted == order_equal) return Value::boolean(equal(left, right));
    if (accepted == order_not_equal) return Value::boolean(!equal(left, right));
    switch (order_of(left, right)) {
        case Order::less:
            return Value::boolean((accepted & order_less) != 0);
        case Order::equal:
            return Value::boolean((accepted & order_equal) != 0);
        case Order::greater:
            return Value::boolean((accepted & order_greater) != 0);
        case Order::unordered:
            return Value::boolean(false);
        case Order::incomparable:
            break;
    }
    return wrong_kind();
}

Implementation arithmetic_implementation(FunctionId id) {
    switch (id) {
        case FunctionId::logical_not:
            return logical_not;
        case FunctionId::equal:
            return comparison<order_equal>;
        case FunctionId::not_equal:
            return comparison<order_not_equal>;
        case FunctionId::less:
            return comparison<order_less>;
        case FunctionId::less_equal:
            return comparison<order_less | order_equal>;
        case FunctionId::greater:
            return comparison<order_greater>;
        case FunctionId::greater_equal:
            return comparison<order_greater | order_equal>;
        case FunctionId::add:
            return add;
        case FunctionId::subtract:
            return subtract;
        case FunctionId::multiply:
            return multiply;
        case FunctionId::divide:
            return divide;
        case FunctionId::modulo:
            return modulo;
        case FunctionId::negate:
            return negate;
        case FunctionId::math_least:
            return extreme<true>;
        case FunctionId::math_greatest:
            return extreme<false>;
        case FunctionId::math_abs:
            return math_abs;
        default:
            return nullptr;
    }
}

}  // namespace regulars::rule
