// The laws of paid plans. What is paid for each plan of one member is followed through what the outcomes tell, and is
// held against the member after every step.
#pragma once

#include <map>
#include <string>

#include "engine/event.hpp"
#include "engine/member.hpp"
#include "engine/outcome.hpp"
#include "law_book.hpp"
#include "programme/programme.hpp"

namespace regulars::model {

class PlanLaws {
public:
    using Orders = std::map<std::string, engine::Order, std::less<>>;

    /// Follows what one step told; `before` is the member as they were.
    void follow(const engine::Member& before, const engine::Member& after, const engine::Outcome& outcome,
                LawBook& laws);
    /// Holds what was followed against the member and the orders that have left the aggregate. `sold` is what the
    /// account plans_sold holds.
    void check(const engine::Member& member, const Orders& closed, const programme::Versions& versions,
               std::int64_t sold, LawBook& laws) const;

private:
    Money paid_;                          ///< ever, less what came back
    std::map<std::string, Money> taken_;  ///< by plan, since it is held without a break
    bool merged_ = false;                 ///< with another member, whose purchases were not followed
};

}  // namespace regulars::model
