// The laws of what pays for orders besides money: quotes add up, what a hold takes is what its end gives back or its
// order uses, what came back of an order is told in full, and an order that came to nothing cost nothing.
#pragma once

#include <map>
#include <set>
#include <string>

#include "coupon_laws.hpp"
#include "engine/event.hpp"
#include "engine/member.hpp"
#include "engine/orders/quote.hpp"
#include "engine/outcome.hpp"
#include "law_book.hpp"
#include "programme/programme.hpp"

namespace regulars::model {

/// One step of a member: an event that was told, or (without one) the passing of time.
struct Passage {
    const programme::Versions& versions;
    const engine::Member& before;
    const engine::Member& after;
    const engine::Outcome& outcome;
    const engine::Event* accepted = nullptr;  ///< null: refused, repeated, parked, or none
};

/// Sums and parts of a quote.
void check_quote(const engine::Quote& quote, Money gift_card, LawBook& laws);

class TenderLaws {
public:
    void follow(const Passage& passage, LawBook& laws);
    void check(const engine::Member& member, const CouponLaws::Orders& closed, const programme::Versions& versions,
               LawBook& laws) const;

private:
    /// What came back of an order so far.
    struct Back {
        Money cash;
        Money balance;
        Points points;
    };

    void follow_costs(const Passage& passage, LawBook& laws);
    void follow_refund(const Passage& passage, const engine::Order& order, LawBook& laws);
    [[nodiscard]] Money cost_of(OrderNumber order, const std::string& code) const;

    std::map<std::uint32_t, std::map<std::string, Money>> costs_;  ///< by order and benefit
    std::map<std::string, Back> back_;
    std::set<std::string> unknown_;  ///< orders some of whose returns had waited: what came back of them was not told
};

}  // namespace regulars::model
