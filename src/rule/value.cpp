#include "rule/value.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "rule/quote.hpp"

namespace regulars::rule {

std::string_view sentence(ErrorCode code) {
    switch (code) {
        case ErrorCode::overflow:
            return "a number or time left its range";
        case ErrorCode::division_by_zero:
            return "division by zero";
        case ErrorCode::no_such_key:
            return "the map has no such key";
        case ErrorCode::repeated_key:
            return "the map names a key twice";
        case ErrorCode::index_out_of_range:
            return "the index is out of range";
        case ErrorCode::wrong_kind:
            return "the operation does not know values of this kind";
        case ErrorCode::bad_conversion:
            return "the value cannot be converted";
        case ErrorCode::unknown_zone:
            return "the time zone is unknown";
        case ErrorCode::too_large:
            return "the texts and lists made are too large";
        case ErrorCode::too_long:
            return "the evaluation takes too many steps";
    }
    check_failed("every error code has a sentence");
}

Map::Map(std::span<const MapEntry> entries) : entries_(entries) {
    for (std::size_t i = 1; i < entries.size(); ++i)
        check(entries[i - 1].key < entries[i].key, "the keys of a map ascend and are distinct");
}

const Value* Map::find(std::string_view key) const {
    const auto at = std::lower_bound(entries_.begin(), entries_.end(), key,
                                     [](const MapEntry& entry, std::string_view wanted) { return entry.key < wanted; });
    return at != entries_.end() && at->key == key ? &at->value : nullptr;
}

namespace {

template <class Number>
Order order_of_same(Number left, Number right) {
    if (left < right) return Order::less;
    if (left > right) return Order::greater;
    return left == right ? Order::equal : Order::unordered;
}

// Exact: the whole number is never rounded to a double.
Order order_of_mixed(std::int64_t left, double right) {
    constexpr double two_to_63 = 9223372036854775808.0;
    if (std::isnan(right)) return Order::unordered;
    if (right >= two_to_63) return Order::less;
    if (right < -two_to_63) return Order::greater;
    const auto whole = static_cast<std::int64_t>(right);
    if (left != whole) return left < whole ? Order::less : Order::greater;
    return order_of_same(0.0, right - static_cast<double>(whole));
}

Order reversed(Order order) {
    if (order == Order::less) return Order::greater;
    return order == Order::greater ? Order::less : order;
}

}  // namespace

Order order_of(Value left, Value right) {
    if (left.is(Kind::integer) && right.is(Kind::real)) return order_of_mixed(left.as_integer(), right.as_real());
    if (left.is(Kind::real) && right.is(Kind::integer))
        return reversed(order_of_mixed(right.as_integer(), left.as_real()));
    if (left.kind() != right.kind()) return Order::incomparable;
    switch (left.kind()) {
        case Kind::boolean:
        case Kind::integer:
        case Kind::timestamp:
        case Kind::duration:
            return order_of_same(left.count(), right.count());
        case Kind::real:
            return order_of_same(left.as_real(), right.as_real());
        case Kind::text:
            return order_of_same(left.as_text().compare(right.as_text()), 0);
        case Kind::null:
        case Kind::list:
        case Kind::map:
        case Kind::missing:
        case Kind::error:
            break;
    }
    return Order::incomparable;
}

namespace {

template <class Same>
bool equal_containers(Value left, Value right, Same same) {
    if (left.is(Kind::list)) return std::ranges::equal(left.as_list().items, right.as_list().items, same);
    return std::ranges::equal(
        left.as_map().entries(), right.as_map().entries(),
        [&](const MapEntry& a, const MapEntry& b) { return a.key == b.key && same(a.value, b.value); });
}

}  // namespace

bool equal(Value left, Value right) {
    if (left.kind() == right.kind()) {
        if (left.is(Kind::null)) return true;
        if (left.is(Kind::list) || left.is(Kind::map)) return equal_containers(left, right, equal);
    }
    return order_of(left, right) == Order::equal;
}

bool identical(Value left, Value right) {
    if (left.kind() != right.kind()) return false;
    switch (left.kind()) {
        case Kind::null:
        case Kind::missing:
            return true;
        case Kind::error:
            return left.error_code() == right.error_code();
        case Kind::real:
            return std::isnan(left.as_real())
                       ? std::isnan(right.as_real())
                       : std::bit_cast<std::uint64_t>(left.as_real()) == std::bit_cast<std::uint64_t>(right.as_real());
        case Kind::list:
        case Kind::map:
            return equal_containers(left, right, identical);
        case Kind::boolean:
        case Kind::integer:
        case Kind::text:
        case Kind::timestamp:
        case Kind::duration:
            break;
    }
    return equal(left, right);
}

namespace {

std::string text_of_list(const List& list) {
    std::string text = "[";
    for (const Value& item : list.items) text += (text.size() > 1 ? ", " : "") + text_of(item);
    return text + "]";
}

std::string text_of_map(const Map& map) {
    std::string text = "{";
    for (const MapEntry& entry : map.entries())
        text += (text.size() > 1 ? ", " : "") + quoted(entry.key) + ": " + text_of(entry.value);
    return text + "}";
}

}  // namespace

std::string text_of(Value value) {
    switch (value.kind()) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return value.as_boolean() ? "true" : "false";
        case Kind::integer:
            return std::to_string(value.as_integer());
        case Kind::real:
            return real_literal(value.as_real());
        case Kind::text:
            return quoted(value.as_text());
        case Kind::timestamp:
            return "timestamp(" + std::to_string(value.count()) + " ms)";
        case Kind::duration:
            return "duration(" + std::to_string(value.count()) + " ms)";
        case Kind::list:
            return text_of_list(value.as_list());
        case Kind::map:
            return text_of_map(value.as_map());
        case Kind::missing:
            return "missing";
        case Kind::error:
            return "error: " + std::string(sentence(value.error_code()));
    }
    check_failed("every kind has a text");
}

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return "bool";
        case Kind::integer:
            return "int";
        case Kind::real:
            return "double";
        case Kind::text:
            return "string";
        case Kind::timestamp:
            return "timestamp";
        case Kind::duration:
            return "duration";
        case Kind::list:
            return "list";
        case Kind::map:
            return "map";
        case Kind::missing:
            return "missing";
        case Kind::error:
            return "error";
    }
    check_failed("every kind has a name");
}

}  // namespace regulars::rule
