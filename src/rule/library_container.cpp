// Lists and maps: items, keys, sizes.
#include <algorithm>

#include "rule/library.hpp"
#include "rule/utf8.hpp"

namespace regulars::rule {

namespace {

Value index(Arguments arguments, CallContext&) {
    const Value container = arguments[0];
    const Value at = arguments[1];
    if (container.is(Kind::list) && at.is(Kind::integer)) {
        const auto items = container.as_list().items;
        const std::int64_t i = at.as_integer();
        const bool inside = i >= 0 && std::cmp_less(i, items.size());
        return inside ? items[static_cast<std::size_t>(i)] : Value::error(ErrorCode::index_out_of_range);
    }
    if (container.is(Kind::map) && at.is(Kind::text)) {
        const Value* const found = container.as_map().find(at.as_text());
        return found != nullptr ? *found : Value::error(ErrorCode::no_such_key);
    }
    return Value::error(ErrorCode::wrong_kind);
}

Value size(Arguments arguments, CallContext&) {
    const Value of = arguments[0];
    if (of.is(Kind::text)) return Value::integer(static_cast<std::int64_t>(character_count(of.as_text())));
    if (of.is(Kind::list)) return Value::integer(static_cast<std::int64_t>(of.as_list().items.size()));
    if (of.is(Kind::map)) return Value::integer(static_cast<std::int64_t>(of.as_map().entries().size()));
    return Value::error(ErrorCode::wrong_kind);
}

Value in(Arguments arguments, CallContext&) {
    return is_in(arguments[0], arguments[1]);
}

}  // namespace

Value is_in(Value item, Value container) {
    if (container.is(Kind::list))
        return Value::boolean(
            std::ranges::any_of(container.as_list().items, [&](const Value& other) { return equal(item, other); }));
    if (container.is(Kind::map))
        return Value::boolean(item.is(Kind::text) && container.as_map().find(item.as_text()) != nullptr);
    return Value::error(ErrorCode::wrong_kind);
}

Implementation container_implementation(FunctionId id) {
    switch (id) {
        case FunctionId::index:
            return index;
        case FunctionId::size:
            return size;
        case FunctionId::in:
            return in;
        default:
            return nullptr;
    }
}

}  // namespace regulars::rule
