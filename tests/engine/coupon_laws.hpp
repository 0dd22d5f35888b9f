// The laws of coupons. Every coupon of one member is followed through what the outcomes tell, and that is held against
// the member after every step: a coupon is issued once, is in exactly one place, and no limit is passed.
#pragma once

#include <map>
#include <span>
#include <string>

#include "engine/event.hpp"
#include "engine/member.hpp"
#include "engine/outcome.hpp"
#include "law_book.hpp"
#include "programme/programme.hpp"

namespace regulars::model {

class CouponLaws {
public:
    using Orders = std::map<std::string, engine::Order, std::less<>>;

    /// Follows what one step told. `stock` is that of its event; none while time passes.
    void follow(const engine::Outcome& outcome, const programme::Versions& versions,
                std::span<const engine::StockLeft> stock, LawBook& laws);
    /// Coupons came or went with a merge: what is there now is what is followed from here on.
    void begin_anew(const engine::Member& member, const Orders& closed, const programme::Versions& versions);
    /// Holds what was followed against the member and the orders that have left the aggregate.
    void check(const engine::Member& member, const Orders& closed, const programme::Versions& versions,
               LawBook& laws) const;

private:
    struct Fate {
        engine::Coupon issued;
        engine::CouponStatus status = engine::CouponStatus::usable;
        OrderNumber order;
        Money amount;
        Money exposure;
        bool reminded = false;
    };
    struct Had {
        std::int64_t total = 0;
        std::map<LocalDate, std::int64_t> by_day;
    };

    void follow_issue(const engine::CouponChange& change, const programme::Versions& versions, LawBook& laws);
    void follow_change(const engine::CouponChange& change, const programme::Versions& versions, LawBook& laws);
    void follow_reminder(const engine::Notice& notice, LawBook& laws);

    std::map<CouponId, Fate> fates_;
    std::map<std::string, Had> had_;
    std::size_t gaps_ = 0;  ///< numbers that stand for no coupon that is followed
};

}  // namespace regulars::model
