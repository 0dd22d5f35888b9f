// The facts that rules read, as a frame of values: filled for a member, an order and each of its lines in turn, and
// only where some rule of the programme looks.
#pragma once

#include <array>
#include <vector>

#include "engine/event.hpp"
#include "engine/member.hpp"
#include "programme/names.hpp"
#include "programme/programme.hpp"
#include "rule/rule.hpp"

namespace regulars::engine {

/// An order or a basket, as rules see it.
struct OrderFacts {
    std::span<const Line> lines;
    Money shipping_fee;
    const std::string& channel;
    const std::string& store;
};

class Facts {
public:
    Facts(const programme::Programme& programme, const Member& member, Instant now, LocalDate today);
    Facts(const Facts&) = delete;
    Facts& operator=(const Facts&) = delete;

    void set_order(const OrderFacts& order);
    void set_line(const Line& line, programme::PriceKind price_kind);
    void set_tender(programme::Tender tender);

    /// False when the rule's condition fails to evaluate or is missing something.
    [[nodiscard]] bool holds(const rule::Rule& rule) const;
    /// The whole number that the rule gives; nothing when it fails, is missing something or gives anything else.
    [[nodiscard]] std::optional<std::int64_t> whole_number(const rule::Rule& rule) const;
    /// Index of the first of the programme's stages whose condition holds; nothing where none does.
    [[nodiscard]] std::optional<std::size_t> stage() const;

    [[nodiscard]] const Member& member() const { return member_; }

private:
    [[nodiscard]] bool used(programme::Slot slot) const;
    void set(programme::Slot slot, rule::Value value);
    void set_text(programme::Slot slot, std::string_view text);
    void set_member(const Member& member, Instant now, LocalDate today);
    void set_profile(const Member& member);

    const programme::Programme& programme_;
    const Member& member_;
    std::array<rule::Value, 64> values_;
    std::vector<rule::Value> tags_;
    std::vector<rule::Value> plans_;
    std::vector<rule::MapEntry> attributes_;
    std::optional<rule::List> tag_list_;
    std::optional<rule::List> plan_list_;
    std::optional<rule::Map> attribute_map_;
};

}  // namespace regulars::engine
