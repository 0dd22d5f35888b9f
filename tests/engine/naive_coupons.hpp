// A second reading of docs/programme.md, "Coupons" and "Which coupons go together": what a combination of coupons comes
// to, and the best of all, by trying every one of them. Plain numbers and no code of the engine's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace regulars::model {

struct NaiveTemplate {
    std::string kind;                 ///< as the programme writes it
    std::int64_t amount = 0;          ///< of amount_off; the price that is left of exchange and trial
    std::int64_t percent = 0;
    std::optional<std::int64_t> at_most;
    std::int64_t minimum = 0;
    std::string category;             ///< empty: all
    std::string price_kind;           ///< empty: all
    std::string group;
    bool alone = false;
    bool with_tier_price = true;
    std::size_t place = 0;            ///< in the programme's file
};

struct NaiveCouponLine {
    std::int64_t amount = 0;
    std::int64_t quantity = 1;
    std::string category;
    std::string price_kind;
    std::int64_t tier_discount = 0;
};

struct NaiveBasket {
    std::vector<NaiveCouponLine> lines;
    std::int64_t shipping_fee = 0;    ///< that is to be paid without coupons
};

struct NaiveRules {
    std::size_t per_order = 1;
    std::vector<std::string> order;   ///< the kinds as they are applied, all of them
};

/// A combination that the rules allow, and what comes of it.
struct NaivePrice {
    std::vector<std::size_t> used;              ///< of the wallet, as they are applied
    std::map<std::size_t, std::int64_t> amounts;
    std::vector<std::int64_t> lines;            ///< what is left of each
    std::int64_t total = 0;                     ///< with shipping
};

/// `wallet`: templates, in the order in which the coupons lapse. Nothing when these do not go together, or one of them
/// does not reach its minimum or finds nothing to take off. Of one kind, the coupon that alone leaves less to pay is
/// applied first, of equals the one that lapses first.
[[nodiscard]] std::optional<NaivePrice> naive_price(const NaiveRules& rules, const NaiveBasket& basket,
                                                    const std::vector<NaiveTemplate>& wallet,
                                                    const std::vector<std::size_t>& chosen);

/// The cheapest of all combinations without gifts, and of equally cheap ones one with the fewest coupons.
[[nodiscard]] NaivePrice naive_best(const NaiveRules& rules, const NaiveBasket& basket,
                                    const std::vector<NaiveTemplate>& wallet);

}  // namespace regulars::model
