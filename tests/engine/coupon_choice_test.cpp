// The best combination of coupons by the engine against the naive one, which tries them all. A failing case prints its
// seed; run it again with RC_PARAMS="seed=...", or more cases with RC_PARAMS="max_success=2000".
#include "naive_coupons.hpp"
#include "tender_laws.hpp"

#include <algorithm>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/check.hpp"
#include "engine/engine.hpp"
#include "engine/orders/quote.hpp"
#include "programme/parse.hpp"

namespace regulars::model {

namespace {

constexpr Instant now{1'700'000'000'000};

/// A checkout, told to the engine and to its second reading.
struct Case {
    NaiveRules rules;
    std::int64_t tier_percent = 0;              ///< off lines of price kind regular
    std::vector<NaiveTemplate> templates;
    std::vector<std::size_t> wallet;            ///< a template each, in the order in which they lapse
    NaiveBasket basket;

    [[nodiscard]] std::vector<NaiveTemplate> coupons() const {
        std::vector<NaiveTemplate> all;
        for (const std::size_t index : wallet) {
            all.push_back(templates[index]);
            all.back().place = index;
        }
        return all;
    }
};

std::string major(std::int64_t minor) {
    const std::string cents = std::to_string(minor % 100);
    return std::to_string(minor / 100) + '.' + std::string(2 - cents.size(), '0') + cents;
}

std::string yaml_of(const NaiveTemplate& coupon, std::size_t index) {
    std::string text = "    - {name: c" + std::to_string(index);
    if (coupon.kind == "amount_off") text += ", amount_off: " + major(coupon.amount);
    else if (coupon.kind == "percent_off") text += ", percent_off: " + std::to_string(coupon.percent) + '%';
    else if (coupon.kind == "gift") text += ", gift: p1";
    else if (coupon.kind == "free_shipping") text += ", free_shipping: true";
    else text += ", " + coupon.kind + ": {price: " + major(coupon.amount) + '}';
    if (coupon.at_most) text += ", at_most: " + major(*coupon.at_most);
    if (coupon.minimum > 0) text += ", minimum: " + major(coupon.minimum);
    std::string lines = coupon.category.empty() ? "" : "categories: [" + coupon.category + ']';
    if (!coupon.price_kind.empty())
        lines += std::string(lines.empty() ? "" : ", ") + "price_kinds: [" + coupon.price_kind + ']';
    if (!lines.empty()) text += ", for: {" + lines + '}';
    if (!coupon.group.empty()) text += ", group: " + coupon.group;
    if (coupon.alone) text += ", alone: true";
    if (!coupon.with_tier_price) text += ", with_tier_price: false";
    return text + "}\n";
}

std::string yaml_of(const Case& one) {
    std::string text = "name: choice\nversion: 1\ncurrency: EUR\ntime_zone: UTC\nprice_kinds: [regular, sale]\n";
    text += "tiers:\n  ladder:\n    - name: member\n";
    if (one.tier_percent > 0)
        text += "      discounts: [{code: price, rate: " + std::to_string(one.tier_percent) +
                "%, for: {price_kinds: [regular]}}]\n";
    text += "coupons:\n  templates:\n";
    for (std::size_t i = 0; i < one.templates.size(); ++i) text += yaml_of(one.templates[i], i);
    text += "  stacking: {per_order: " + std::to_string(one.rules.per_order) + ", order: [";
    for (const std::string& kind : one.rules.order) text += (&kind == &one.rules.order[0] ? "" : ", ") + kind;
    return text + "]}\n";
}

programme::Versions versions_of(const Case& one) {
    auto parsed = programme::parse(yaml_of(one), "choice.yaml");
    if (!parsed) check_failed("a random programme does not compile: " + text_of(parsed.error().front()));
    programme::Versions versions;
    versions.add(std::make_shared<const programme::Programme>(std::move(*parsed)));
    return versions;
}

engine::Member member_of(const Case& one) {
    engine::Member member = engine::new_member(MemberId{1});
    member.registered_at = member.advanced_to = now;
    for (const std::size_t index : one.wallet) {
        engine::Coupon coupon;
        coupon.id = {++member.last_coupon_id};
        coupon.name = "c" + std::to_string(index);
        coupon.programme_version = 1;
        coupon.granted_at = coupon.usable_from = now;
        coupon.expires_at = Instant{now.ms + coupon.id.value / 2 * 1000 + 1000};
        member.coupons.push_back(coupon);
    }
    return member;
}

engine::Basket basket_of(const Case& one) {
    engine::Basket basket;
    for (const NaiveCouponLine& line : one.basket.lines) {
        engine::Line& told = basket.lines.emplace_back();
        told.amount = Money(line.amount);
        told.quantity = line.quantity;
        told.category = line.category;
        told.price_kind = line.price_kind;
    }
    basket.shipping_fee = Money(one.basket.shipping_fee);
    return basket;
}

engine::Quote quote_of(const Case& one, const engine::Basket& basket) {
    const auto quote = engine::price(versions_of(one), member_of(one), basket, now);
    check(quote.has_value(), "a random basket is priced");
    LawBook laws;
    check_quote(*quote, Money(), laws);
    if (!laws.broken().empty()) check_failed(laws.broken().front());
    return *quote;
}
engine::Quote quote_of(const Case& one) { return quote_of(one, basket_of(one)); }

/// Those that the quote uses, as indexes into the wallet: its ids count from 1.
std::vector<std::size_t> used_of(const engine::Quote& quote) {
    std::vector<std::size_t> used;
    for (const engine::QuotedCoupon& coupon : quote.coupons)
        if (coupon.used) used.push_back(coupon.id.value - 1);
    return used;
}

// --- random cases --------------------------------------------------------------------------------------------------

/// A minimum of its own, or one that is just reached or missed: with or without tier prices, of all lines or of a few.
std::int64_t any_minimum(const NaiveBasket& basket) {
    std::int64_t sum = 0;
    const std::string category = *rc::gen::element<std::string>("", "a", "b");
    const bool discounted = *rc::gen::arbitrary<bool>();
    for (const NaiveCouponLine& line : basket.lines)
        if (category.empty() || line.category == category) sum += line.amount - (discounted ? line.tier_discount : 0);
    const std::int64_t near = std::max<std::int64_t>(0, sum - *rc::gen::inRange<std::int64_t>(-2, 3));
    return *rc::gen::element<std::int64_t>(0, 0, near, *rc::gen::inRange<std::int64_t>(1, 6'000));
}

NaiveTemplate any_template(const NaiveBasket& basket, bool with_tier_price) {
    NaiveTemplate coupon;
    coupon.kind = *rc::gen::element<std::string>("amount_off", "amount_off", "percent_off", "percent_off", "exchange",
                                                 "trial", "free_shipping", "gift");
    if (coupon.kind == "amount_off") coupon.amount = *rc::gen::inRange<std::int64_t>(1, 3'000);
    if (coupon.kind == "exchange" || coupon.kind == "trial") coupon.amount = *rc::gen::inRange<std::int64_t>(0, 500);
    if (coupon.kind == "percent_off") {
        coupon.percent = *rc::gen::inRange<std::int64_t>(1, 100);
        if (*rc::gen::arbitrary<bool>()) coupon.at_most = *rc::gen::inRange<std::int64_t>(1, 1'000);
    }
    coupon.minimum = any_minimum(basket);
    coupon.category = *rc::gen::element<std::string>("", "", "a", "b");
    coupon.price_kind = *rc::gen::element<std::string>("", "", "", "regular", "sale");
    coupon.group = *rc::gen::element<std::string>("", "", "", "g", "h");
    coupon.alone = *rc::gen::inRange(0, 8) == 0;
    coupon.with_tier_price = with_tier_price || *rc::gen::inRange(0, 4) != 0;
    return coupon;
}

NaiveBasket any_basket(std::int64_t tier_percent) {
    NaiveBasket basket;
    const int lines = *rc::gen::inRange(1, 6);
    for (int i = 0; i < lines; ++i) {
        NaiveCouponLine line;
        line.amount = *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 20), rc::gen::inRange<std::int64_t>(0, 5'000));
        line.quantity = *rc::gen::inRange<std::int64_t>(1, 4);
        line.category = *rc::gen::element<std::string>("", "a", "b");
        line.price_kind = *rc::gen::element<std::string>("regular", "regular", "sale");
        if (line.price_kind == "regular") line.tier_discount = (line.amount * tier_percent + 50) / 100;
        basket.lines.push_back(line);
    }
    basket.shipping_fee = *rc::gen::element<std::int64_t>(0, 490);
    return basket;
}

Case any_case(int coupons_max) {
    Case one;
    one.rules.per_order = *rc::gen::inRange<std::size_t>(1, 5);
    one.rules.order = {"exchange", "trial", "percent_off", "amount_off", "gift", "free_shipping"};
    std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
    if (*rc::gen::arbitrary<bool>()) std::shuffle(one.rules.order.begin(), one.rules.order.end(), random);
    one.tier_percent = *rc::gen::element<std::int64_t>(0, 10, 15);
    one.basket = any_basket(one.tier_percent);
    const int templates = *rc::gen::inRange(1, 6);
    for (int i = 0; i < templates; ++i) one.templates.push_back(any_template(one.basket, i % 2 == 0));
    const int coupons = *rc::gen::inRange(0, coupons_max + 1);
    for (int i = 0; i < coupons; ++i)
        one.wallet.push_back(*rc::gen::inRange<std::size_t>(0, one.templates.size()));
    return one;
}

Case shown(Case one) {
    RC_LOG(yaml_of(one));
    for (const NaiveCouponLine& line : one.basket.lines)
        RC_LOG("line " + std::to_string(line.amount) + " x" + std::to_string(line.quantity) + ' ' + line.category +
               ' ' + line.price_kind + '\n');
    for (const std::size_t index : one.wallet) RC_LOG("holds c" + std::to_string(index) + '\n');
    RC_LOG("fee " + std::to_string(one.basket.shipping_fee) + '\n');
    return one;
}

void compare_best(const Case& one) {
    const engine::Quote quote = quote_of(one);
    const std::vector<NaiveTemplate> coupons = one.coupons();
    const NaivePrice best = naive_best(one.rules, one.basket, coupons);
    const std::vector<std::size_t> used = used_of(quote);
    RC_ASSERT(quote.exact);
    RC_ASSERT(quote.to_pay.count() == best.total);
    RC_ASSERT(used.size() == best.used.size());
    const auto same = naive_price(one.rules, one.basket, coupons, used);
    RC_ASSERT(same.has_value());
    RC_ASSERT(same->total == best.total);
    for (const std::size_t index : used) {
        RC_ASSERT(quote.coupons[index].amount.count() == same->amounts.at(index));
        // Of coupons that are alike those are used that lapse first.
        for (std::size_t earlier = 0; earlier < index; ++earlier)
            if (one.wallet[earlier] == one.wallet[index]) RC_ASSERT(quote.coupons[earlier].used);
    }
    for (std::size_t i = 0; i < quote.lines.size(); ++i) {
        const engine::QuotedLine& line = quote.lines[i];
        RC_ASSERT((line.amount - line.discount - line.coupon).count() == same->lines[i]);
    }
}

RC_GTEST_PROP(best_coupons, are_those_that_trying_all_finds, ()) { compare_best(shown(any_case(8))); }

// They are named in the order in which they are applied: of one kind, the order in which they are named decides.
RC_GTEST_PROP(best_coupons, chosen_by_hand_cost_the_same, ()) {
    const Case one = shown(any_case(8));
    const engine::Quote best = quote_of(one);
    engine::Basket basket = basket_of(one);
    basket.coupons.emplace();
    const auto same = naive_price(one.rules, one.basket, one.coupons(), used_of(best));
    for (const std::size_t index : same->used) basket.coupons->push_back({static_cast<std::uint32_t>(index + 1)});
    const engine::Quote chosen = quote_of(one, basket);
    RC_ASSERT(chosen.lines == best.lines);
    RC_ASSERT(chosen.to_pay == best.to_pay);
    RC_ASSERT(chosen.shipping_fee == best.shipping_fee);
}

RC_GTEST_PROP(best_coupons, cost_no_more_with_one_more_in_the_wallet, ()) {
    Case one = shown(any_case(8));
    const engine::Quote fewer = quote_of(one);
    one.wallet.push_back(*rc::gen::inRange<std::size_t>(0, one.templates.size()));
    RC_ASSERT(quote_of(one).to_pay <= fewer.to_pay);
}

RC_GTEST_PROP(chosen_coupons, cost_what_the_second_reading_says, ()) {
    const Case one = shown(any_case(6));
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < one.wallet.size(); ++i)
        if (*rc::gen::arbitrary<bool>()) wanted.push_back(i);
    const auto price = naive_price(one.rules, one.basket, one.coupons(), wanted);
    if (!price) return;
    engine::Basket basket = basket_of(one);
    basket.coupons.emplace();
    for (const std::size_t index : price->used) basket.coupons->push_back({static_cast<std::uint32_t>(index + 1)});
    const engine::Quote quote = quote_of(one, basket);
    RC_ASSERT(used_of(quote).size() == price->used.size());
    RC_ASSERT(quote.to_pay.count() == price->total);
}

// --- many coupons --------------------------------------------------------------------------------------------------

Case many_different(std::size_t count, std::size_t per_order) {
    Case one;
    one.rules = {per_order, {"exchange", "trial", "percent_off", "amount_off", "gift", "free_shipping"}};
    for (std::size_t i = 0; i < count; ++i) {
        NaiveTemplate coupon;
        coupon.kind = "amount_off";
        coupon.amount = 100 + static_cast<std::int64_t>(i * 7 % count);
        one.templates.push_back(coupon);
        one.wallet.push_back(i);
    }
    one.basket.lines = {{1'000'00, 1, "", "regular", 0}, {333'33, 2, "a", "sale", 0}};
    return one;
}

TEST(many_coupons, of_a_full_wallet_are_answered_for_and_it_is_said_that_not_all_were_tried) {
    const engine::Quote quote = quote_of(many_different(500, 4));
    EXPECT_FALSE(quote.exact);
    // The promising ones first: the four that take off most are among those tried.
    EXPECT_EQ(quote.coupon_discount, Money(599 + 598 + 597 + 596));
    EXPECT_EQ(used_of(quote).size(), 4U);
}

TEST(many_coupons, that_are_alike_are_no_more_combinations_than_one_of_them) {
    Case one = many_different(1, 4);
    one.wallet.assign(500, 0);
    const engine::Quote quote = quote_of(one);
    EXPECT_TRUE(quote.exact);
    EXPECT_THAT(used_of(quote), testing::ElementsAre(0, 1, 2, 3));
}

TEST(many_coupons, are_exact_as_long_as_all_can_be_tried) {
    EXPECT_TRUE(quote_of(many_different(500, 1)).exact);
    EXPECT_TRUE(quote_of(many_different(199, 2)).exact);   // 199 and 199 * 198 / 2 combinations: under 20,000
    EXPECT_FALSE(quote_of(many_different(200, 2)).exact);  // 20,100 of them
}

RC_GTEST_PROP(many_coupons, that_are_said_to_be_exact_are_the_best, ()) {
    Case one = any_case(40);
    one.rules.per_order = std::min<std::size_t>(one.rules.per_order, 3);
    shown(one);
    const engine::Quote quote = quote_of(one);
    if (!quote.exact) return;
    RC_ASSERT(quote.to_pay.count() == naive_best(one.rules, one.basket, one.coupons()).total);
}

}  // namespace

}  // namespace regulars::model
