// The parts that the documents share: values to protobuf messages and back. Private to the files that encode.
//
// Writing takes every value apart with a structured binding, so that a field added to the engine's values and forgotten
// here does not compile. Reading answers false for whatever this version does not know.
#pragma once

#include "engine/event.hpp"
#include "engine/member.hpp"

#include <google/protobuf/message.h>
#include <google/protobuf/unknown_field_set.h>
#include "member_document.pb.h"

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace regulars::stored {

template <class Message>
[[nodiscard]] bool nothing_unknown(const Message& message) {
    return message.GetReflection()->GetUnknownFields(message).empty();
}

/// Sets an optional field unless the instant is the one that "absent" stands for.
template <class Message>
void write_instant(Message& message, void (Message::*set)(std::int64_t), Instant instant, Instant absent) {
    if (instant != absent) (message.*set)(instant.ms);
}

template <class Message>
void write_instant(Message& message, void (Message::*set)(std::int64_t), std::optional<Instant> instant) {
    if (instant) (message.*set)(instant->ms);
}

template <class Message>
[[nodiscard]] Instant instant_or(const Message& from, bool (Message::*has)() const,
                                 std::int64_t (Message::*get)() const, Instant absent) {
    return (from.*has)() ? Instant{(from.*get)()} : absent;
}

template <class Message>
[[nodiscard]] std::optional<Instant> maybe_instant(const Message& from, bool (Message::*has)() const,
                                                   std::int64_t (Message::*get)() const) {
    if (!(from.*has)()) return std::nullopt;
    return Instant{(from.*get)()};
}

[[nodiscard]] inline std::optional<Money> maybe_money(bool there, std::int64_t minor) {
    if (!there) return std::nullopt;
    return Money(minor);
}

/// False when the number does not fit the smaller type.
template <class Small>
[[nodiscard]] bool narrow(std::uint32_t wide, Small& small) {
    if (wide > std::numeric_limits<Small>::max()) return false;
    small = static_cast<Small>(wide);
    return true;
}

template <class Repeated>
void write_texts(const std::vector<std::string>& texts, Repeated& to) {
    to.Reserve(static_cast<int>(texts.size()));
    for (const auto& text : texts) *to.Add() = text;
}

template <class Repeated>
[[nodiscard]] std::vector<std::string> read_texts(const Repeated& from) {
    return {from.begin(), from.end()};
}

/// Appends each value of a list as a message of its own.
template <class Values, class Repeated>
void write_list(const Values& values, Repeated& to) {
    to.Reserve(static_cast<int>(values.size()));
    for (const auto& value : values) write(value, *to.Add());
}

template <class Repeated, class Value>
[[nodiscard]] bool read_list(const Repeated& from, std::vector<Value>& values) {
    values.resize(static_cast<std::size_t>(from.size()));
    for (int index = 0; index < from.size(); ++index)
        if (!read(from.Get(index), values[static_cast<std::size_t>(index)])) return false;
    return true;
}

template <class Repeated>
void write_attributes(const std::map<std::string, std::string>& attributes, Repeated& to) {
    for (const auto& [name, value] : attributes) {
        auto& attribute = *to.Add();
        attribute.set_name(name);
        attribute.set_value(value);
    }
}

/// False for a name that comes twice or out of order: no such document was ever written.
template <class Repeated>
[[nodiscard]] bool read_attributes(const Repeated& from, std::map<std::string, std::string>& attributes) {
    for (const auto& attribute : from) {
        if (!nothing_unknown(attribute)) return false;
        if (!attributes.empty() && attributes.rbegin()->first >= attribute.name()) return false;
        attributes.emplace_hint(attributes.end(), attribute.name(), attribute.value());
    }
    return true;
}

/// What orders and holds have in common, and coupons (tender_document.cpp).
void write(const engine::SpentLot& lot, SpentLot& to);
[[nodiscard]] bool read(const SpentLot& from, engine::SpentLot& lot);
void write(const engine::Balance& balance, Balance& to);
[[nodiscard]] bool read(const Balance& from, engine::Balance& balance);
void write(const engine::Coupon& coupon, Coupon& to);
[[nodiscard]] bool read(const Coupon& from, engine::Coupon& coupon);
void write(const engine::Tenders& tenders, Tenders& to);
[[nodiscard]] bool read(const Tenders& from, engine::Tenders& tenders);
/// Paid plans, and what lifts a member's tier (plan_document.cpp).
void write(const engine::HeldPlan& held, HeldPlan& to);
[[nodiscard]] bool read(const HeldPlan& from, engine::HeldPlan& held);
void write(const engine::TierLift& lift, TierLift& to);
[[nodiscard]] bool read(const TierLift& from, engine::TierLift& lift);
/// What members do beside buying (activity_document.cpp).
void write(const engine::ActivityState& value, ActivityState& to);
[[nodiscard]] bool read(const ActivityState& from, engine::ActivityState& value);
void write(const engine::ProductReview& value, ProductReview& to);
[[nodiscard]] bool read(const ProductReview& from, engine::ProductReview& value);
void write(const engine::ReviewInvitation& value, ReviewInvitation& to);
[[nodiscard]] bool read(const ReviewInvitation& from, engine::ReviewInvitation& value);
void write(const engine::Friend& value, Friend& to);
[[nodiscard]] bool read(const Friend& from, engine::Friend& value);
void write(const engine::Brought& value, Brought& to);
[[nodiscard]] bool read(const Brought& from, engine::Brought& value);
void write(const engine::NamedCount& value, NamedCount& to);
[[nodiscard]] bool read(const NamedCount& from, engine::NamedCount& value);
void write(const engine::Redemption& value, Redemption& to);
[[nodiscard]] bool read(const Redemption& from, engine::Redemption& value);
void write(const engine::Group& value, Group& to);
[[nodiscard]] bool read(const Group& from, engine::Group& value);
/// Orders (order_document.cpp) and events that wait for theirs (event_document.cpp).
void write(const engine::Order& order, Order& to);
[[nodiscard]] bool read(const Order& from, engine::Order& order);
void write(const engine::Event& event, Event& to);
[[nodiscard]] bool read(const Event& from, engine::Event& event);

}  // namespace regulars::stored
