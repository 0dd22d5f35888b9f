// What happened to members beside their orders: the file of --facts.
//
//   customer_id,at,what,name[,count][,amount][,order_id]
//
//   coupon_granted     name of a template or pack, `count` of it (1)
//   coupon_used        name of a template; `amount` that it took off, else what it would take off by its terms
//   plan_bought        name of a plan
//   benefit_used       name of a benefit; `amount` for an instant refund
//   balance_topped_up  `amount`
//   check_in, turn (of a draw or a collection), behaviour, questionnaire, store_visit
//                      name of the activity; `order_id` for a questionnaire that is about orders
//   redemption         name of an item of the points mall, `count` of it (1)
//   product_review     name of the product, and `order_id`: a review that the shop has approved
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "backtest/csv.hpp"
#include "backtest/order_table.hpp"
#include "backtest/rejects.hpp"
#include "base/expected.hpp"
#include "programme/programme.hpp"

namespace regulars::backtest {

struct MemberFact {
    enum class What : std::uint8_t {
        coupon_granted, coupon_used, plan_bought, benefit_used, balance_topped_up, check_in, turn, behaviour,
        questionnaire, store_visit, redemption, product_review
    };
    std::uint64_t line = 0;
    std::uint32_t customer = 0;
    std::uint32_t name = TextPool::none;  ///< in the table's texts
    std::uint32_t order = TextPool::none; ///< the same: an order's id
    Instant at;
    std::int64_t amount = Row::unknown;   ///< minor units
    std::uint32_t count = 1;
    What what = What::coupon_granted;
};

/// "coupon_granted", as it stands in the file.
[[nodiscard]] std::string_view name_of(MemberFact::What what);

struct MemberFacts {
    std::vector<MemberFact> facts;        ///< by customer, then time, then line
    std::uint64_t rows_read = 0;
    Instant first_at = instant_max;

    [[nodiscard]] bool empty() const { return facts.empty(); }
    [[nodiscard]] std::span<const MemberFact> of(std::uint32_t customer) const;
};

/// Reads the whole file. Customers without an order become members too. Rows that cannot be used go to `rejects`; the
/// error is a sentence about the file as a whole: it cannot be read, or lacks a column.
[[nodiscard]] expected<MemberFacts, std::string> load_member_facts(ReadChunk read,
                                                                   const programme::Programme& programme,
                                                                   OrderTable& table, Rejects& rejects);

}  // namespace regulars::backtest
