// The small random values that members, orders and events are made of: part of random_member.hpp.
#pragma once

#include "engine/member.hpp"

#include <rapidcheck.h>

namespace regulars::store {

inline rc::Gen<std::string> random_text() {
    return rc::gen::oneOf(rc::gen::just(std::string()), rc::gen::just(std::string("\xe4\xbc\x9a\xe5\x91\x98")),
                          rc::gen::string<std::string>());
}

inline rc::Gen<std::vector<std::string>> random_texts() {
    return rc::gen::container<std::vector<std::string>>(random_text());
}

inline rc::Gen<Instant> random_instant() {
    return rc::gen::oneOf(
        rc::gen::just(instant_min), rc::gen::just(instant_max), rc::gen::just(Instant{0}),
        rc::gen::map(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t ms) { return Instant{ms}; }));
}

template <class Quantity>
Quantity some() {
    return Quantity(*rc::gen::arbitrary<std::int64_t>());
}

template <class Value>
std::optional<Value> maybe(const rc::Gen<Value>& gen) {
    return *rc::gen::arbitrary<bool>() ? std::optional<Value>(*gen) : std::nullopt;
}

inline rc::Gen<LocalDate> random_date() {
    return rc::gen::map(rc::gen::arbitrary<std::int32_t>(), [](std::int32_t days) { return LocalDate{days}; });
}

template <class Number>
Number number() {
    return *rc::gen::arbitrary<Number>();
}

inline std::map<std::string, std::string> some_attributes() {
    return *rc::gen::container<std::map<std::string, std::string>>(random_text(), random_text());
}

}  // namespace regulars::store
