#include "service/event_json.hpp"
#include "service/testing_activity_facts.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/limits.hpp"

namespace regulars::service {
namespace {

const Zone& shanghai() {
    static const Zone zone = *Zone::find("Asia/Shanghai");
    return zone;
}

// --- what a text becomes -----------------------------------------------------------------------------------------

struct Accepted {
    std::string_view json;       ///< what is sent
    std::string_view canonical;  ///< what is stored
};

TEST(event_json, each_type_is_read_and_written_back_in_its_canonical_form) {
    const Accepted rows[] = {
        {R"({"type":"registered","at":"2026-03-01"})", R"({"type":"registered","at":"2026-02-28T16:00:00.000Z"})"},
        {R"({"at":"2026-03-01T08:00:00Z","source":"till","type":"registered","channel":"web"})",
         R"({"type":"registered","at":"2026-03-01T08:00:00.000Z","channel":"web","source":"till"})"},
        {R"({"type":"profile_changed","at":"2026-03-01T08:00+08:00","name":"王小明","birthday":"1990-02-28",
             "attributes":{"size":"M","a\"b":""},"tags":["vip","early"]})",
         R"({"type":"profile_changed","at":"2026-03-01T00:00:00.000Z","name":"王小明","birthday":"1990-02-28",)"
         R"("attributes":{"a\"b":"","size":"M"},"tags":["vip","early"]})"},
        {R"({"type":"profile_changed","at":"2026-03-01","tags":[],"gender":"","region":"CN-31"})",
         R"({"type":"profile_changed","at":"2026-02-28T16:00:00.000Z","gender":"","region":"CN-31","tags":[]})"},
        {R"({"type":"identity_linked","at":"2026-03-01","kind":"email","value":"a@b.example"})",
         R"({"type":"identity_linked","at":"2026-02-28T16:00:00.000Z","kind":"email","value":"a@b.example"})"},
        {R"({"type":"consent_changed","at":"2026-03-01","channel":"sms","purpose":"offers","granted":true})",
         R"({"type":"consent_changed","at":"2026-02-28T16:00:00.000Z","channel":"sms","purpose":"offers",)"
         R"("granted":true})"},
        {R"({"type":"order_created","at":"2026-03-01T10:00","order_id":"A-1",
             "lines":[{"amount_minor":1999},{"amount_minor":0,"quantity":3,"sku":"s","product":"p","category":"c",
                       "price_kind":"special","list_amount_minor":2500,"cost_minor":900}],
             "shipping_fee_minor":500,"gift_card_minor":100,"channel":"app","store":"7",
             "paid_at":"2026-03-01T10:01","shipped_at":"2026-03-02","delivered_at":"2026-03-03"})",
         R"({"type":"order_created","at":"2026-03-01T02:00:00.000Z","order_id":"A-1","lines":[{"amount_minor":1999},)"
         R"({"amount_minor":0,"quantity":3,"sku":"s","product":"p","category":"c","price_kind":"special",)"
         R"("list_amount_minor":2500,"cost_minor":900}],"shipping_fee_minor":500,"gift_card_minor":100,)"
         R"("channel":"app","store":"7","paid_at":"2026-03-01T02:01:00.000Z",)"
         R"("shipped_at":"2026-03-01T16:00:00.000Z","delivered_at":"2026-03-02T16:00:00.000Z"})"},
        {R"({"type":"order_paid","at":"2026-03-01","order_id":"A-1","gift_card_minor":5})",
         R"({"type":"order_paid","at":"2026-02-28T16:00:00.000Z","order_id":"A-1","gift_card_minor":5})"},
        {R"({"type":"order_settled","at":"2026-03-01","order_id":"A\\1\n\u0001"})",
         R"({"type":"order_settled","at":"2026-02-28T16:00:00.000Z","order_id":"A\\1\u000a\u0001"})"},
        {R"({"type":"order_refunded","at":"2026-03-01","order_id":"A-1","refund_id":"R1",
             "lines":[{"line":0},{"line":1,"quantity":2},{"line":2,"amount_minor":7}]})",
         R"({"type":"order_refunded","at":"2026-02-28T16:00:00.000Z","order_id":"A-1","refund_id":"R1",)"
         R"("lines":[{"line":0},{"line":1,"quantity":2},{"line":2,"amount_minor":7}]})"},
        {R"({"type":"order_exchanged","at":"2026-03-01","order_id":"A-1","exchange_id":"X1"})",
         R"({"type":"order_exchanged","at":"2026-02-28T16:00:00.000Z","order_id":"A-1","exchange_id":"X1"})"},
        {R"({"type":"points_adjusted","at":"2026-03-01","points":-5,"reference":"r","reason":"mistake"})",
         R"({"type":"points_adjusted","at":"2026-02-28T16:00:00.000Z","points":-5,"reference":"r",)"
         R"("reason":"mistake"})"},
        {R"({"type":"tier_granted","at":"2026-03-01","tier":"vip","until":"2026-12-31"})",
         R"({"type":"tier_granted","at":"2026-02-28T16:00:00.000Z","tier":"vip","until":"2026-12-31"})"},
        {R"({"type":"tiers_reviewed","at":"2026-03-01","thresholds":[1000,5000]})",
         R"({"type":"tiers_reviewed","at":"2026-02-28T16:00:00.000Z","thresholds":[1000,5000]})"},
        {R"({"type":"balance_topped_up","at":"2026-03-01","amount_minor":10000,"bonus_minor":500,"reference":"t"})",
         R"({"type":"balance_topped_up","at":"2026-02-28T16:00:00.000Z","amount_minor":10000,"bonus_minor":500,)"
         R"("reference":"t"})"},
        {R"({"type":"balance_spent","at":"2026-03-01","amount_minor":1,"reference":"t","order_id":"A-1"})",
         R"({"type":"balance_spent","at":"2026-02-28T16:00:00.000Z","amount_minor":1,"reference":"t",)"
         R"("order_id":"A-1"})"},
    };
    for (const Accepted& row : rows) {
        const auto event = parse_event(row.json, shanghai());
        ASSERT_TRUE(event.has_value()) << row.json << ": " << event.error().front().pointer << " "
                                       << event.error().front().message;
        EXPECT_EQ(to_json(*event), row.canonical);
    }
}

// --- what is refused ---------------------------------------------------------------------------------------------

struct Refused {
    std::string_view json;
    std::string_view problem;  ///< code, pointer and suggestion of the only problem
};

std::string told(const JsonProblem& problem) {
    std::string text = std::string(name_of(problem.code)) + " " + problem.pointer;
    if (!problem.suggestion.empty()) text += " -> " + problem.suggestion;
    return text;
}

TEST(event_json, whatever_is_not_exactly_right_is_refused_with_its_place) {
    const Refused rows[] = {
        {"", "malformed "},
        {"{", "malformed "},
        {"nonsense", "malformed "},
        {"{} trailing", "malformed "},
        {"\"\xff\"", "malformed "},
        {"[]", "wrong_type "},
        {"12", "wrong_type "},
        {R"({"type":"registered"})", "missing_field /at"},
        {R"({"at":"2026-03-01"})", "missing_field /type"},
        {R"({"at":"2026-03-01","type":"order_creatd","order_id":"A"})", "invalid_value /type -> order_created"},
        {R"({"at":"2026-03-01","type":7})", "wrong_type /type"},
        {R"({"at":"2026-03-32","type":"registered"})", "invalid_value /at"},
        {R"({"at":"9999-03-01","type":"registered"})", "invalid_value /at"},
        {R"({"at":1772323200000,"type":"registered"})", "wrong_type /at"},
        {R"({"at":null,"type":"registered"})", "wrong_type /at"},
        {R"({"at":"2026-03-01","type":"registered","chanel":"web"})", "unknown_field /chanel -> channel"},
        {R"({"at":"2026-03-01","type":"registered","a/b~c":1})", "unknown_field /a~1b~0c"},
        {R"({"at":"2026-03-01","type":"registered","channel":"a","channel":"b"})", "repeated_field /channel"},
        {R"({"at":"2026-03-01","type":"registered","channel":null})", "wrong_type /channel"},
        {R"({"at":"2026-03-01","type":"registered","channel":"a\u0000b"})", "invalid_value /channel"},
        {R"({"at":"2026-03-01","type":"order_shipped"})", "missing_field /order_id"},
        {R"({"at":"2026-03-01","type":"order_created","order_id":"A"})", "missing_field /lines"},
        {R"({"at":"2026-03-01","type":"order_created","order_id":"A","lines":{}})", "wrong_type /lines"},
        {R"({"at":"2026-03-01","type":"order_created","order_id":"A","lines":[1]})", "wrong_type /lines/0"},
        {R"({"at":"2026-03-01","type":"order_created","order_id":"A","lines":[{"amount_minor":1},{}]})",
         "missing_field /lines/1/amount_minor"},
        {R"({"at":"2026-03-01","type":"order_created","order_id":"A","lines":[{"amount_minor":19.99}]})",
         "wrong_type /lines/0/amount_minor"},
        {R"({"at":"2026-03-01","type":"order_created","order_id":"A","lines":[{"amount_minor":"1"}]})",
         "wrong_type /lines/0/amount_minor"},
        {R"({"at":"2026-03-01","type":"order_created","order_id":"A","lines":[{"amount_minor":1000000000001}]})",
         "out_of_range /lines/0/amount_minor"},
        {R"({"at":"2026-03-01","type":"order_created","order_id":"A","lines":[{"amount_minor":18446744073709551615}]})",
         "out_of_range /lines/0/amount_minor"},
        {R"({"at":"2026-03-01","type":"order_created","order_id":"A","lines":[{"amount_minor":1,"quantity":0}]})",
         "out_of_range /lines/0/quantity"},
        {R"({"at":"2026-03-01","type":"order_created","order_id":"A","lines":[{"amount_minor":1,"amount":1}]})",
         "unknown_field /lines/0/amount -> "},
        {R"({"at":"2026-03-01","type":"order_refunded","order_id":"A","refund_id":"R","lines":[]})",
         "invalid_value /lines"},
        {R"({"at":"2026-03-01","type":"order_refunded","order_id":"A","refund_id":"R","lines":[{"line":-1}]})",
         "out_of_range /lines/0/line"},
        {R"({"at":"2026-03-01","type":"profile_changed","attributes":{"a":1}})", "wrong_type /attributes/a"},
        {R"({"at":"2026-03-01","type":"profile_changed","attributes":{"a":"1","a":"2"}})",
         "repeated_field /attributes/a"},
        {R"({"at":"2026-03-01","type":"profile_changed","tags":["a",1]})", "wrong_type /tags/1"},
        {R"({"at":"2026-03-01","type":"profile_changed","birthday":"2026-02-29"})", "invalid_value /birthday"},
        {R"({"at":"2026-03-01","type":"consent_changed","channel":"a","purpose":"b","granted":"yes"})",
         "wrong_type /granted"},
        {R"({"at":"2026-03-01","type":"tiers_reviewed","thresholds":[1.5]})", "wrong_type /thresholds/0"},
    };
    for (const Refused& row : rows) {
        const auto event = parse_event(row.json, shanghai());
        ASSERT_FALSE(event.has_value()) << row.json;
        ASSERT_EQ(event.error().size(), 1U) << row.json << ": " << told(event.error().back());
        std::string expected_text(row.problem);
        if (expected_text.ends_with(" -> ")) expected_text.resize(expected_text.size() - 4);
        EXPECT_EQ(told(event.error().front()).substr(0, expected_text.size()), expected_text) << row.json;
    }
}

TEST(event_json, everything_wrong_is_told_at_once_up_to_a_limit) {
    const auto three = parse_event(R"({"type":"order_paid","when":1,"gift_card_minor":"x"})", shanghai());
    ASSERT_FALSE(three.has_value());
    std::vector<std::string> problems;
    for (const JsonProblem& problem : three.error()) problems.push_back(told(problem));
    EXPECT_EQ(problems, (std::vector<std::string>{"missing_field /at", "missing_field /order_id",
                                                  "wrong_type /gift_card_minor", "unknown_field /when"}));
    std::string many = R"({"type":"order_created","at":"2026-03-01","order_id":"A","lines":[{})";
    for (int i = 0; i < 50; ++i) many += ",{}";
    const auto limited = parse_event(many + "]}", shanghai());
    ASSERT_FALSE(limited.has_value());
    EXPECT_EQ(limited.error().size(), json_problems_max);
}

TEST(event_json, sizes_are_limited_to_the_byte) {
    const auto with_id = [](std::size_t size) {
        return R"({"type":"order_paid","at":"2026-03-01","order_id":")" + std::string(size, 'x') + "\"}";
    };
    EXPECT_TRUE(parse_event(with_id(limits::id_size_max), shanghai()).has_value());
    EXPECT_EQ(told(parse_event(with_id(limits::id_size_max + 1), shanghai()).error().front()), "too_large /order_id");
    const auto with_lines = [](std::size_t count) {
        std::string json = R"({"type":"order_created","at":"2026-03-01","order_id":"A","lines":[{"amount_minor":1})";
        for (std::size_t i = 1; i < count; ++i) json += R"(,{"amount_minor":1})";
        return json + "]}";
    };
    EXPECT_TRUE(parse_event(with_lines(limits::order_lines_max), shanghai()).has_value());
    EXPECT_EQ(told(parse_event(with_lines(limits::order_lines_max + 1), shanghai()).error().front()),
              "too_large /lines");
    EXPECT_EQ(told(parse_event(std::string(event_json_size_max + 1, ' '), shanghai()).error().front()), "too_large ");
    const std::string nested = std::string(100, '[') + std::string(100, ']');
    EXPECT_EQ(told(parse_event(nested, shanghai()).error().front()), "too_large ");
    std::string fields = R"({"type":"registered","at":"2026-03-01")";
    for (int i = 0; i < 100; ++i) fields += ",\"f" + std::to_string(i) + "\":1";
    EXPECT_FALSE(parse_event(fields + "}", shanghai()).has_value());
}

// --- what the caller knows already -------------------------------------------------------------------------------

TEST(event_json, what_the_address_says_need_not_be_in_the_text_and_must_not_contradict_it) {
    Given given;
    given.type = "order_paid";
    given.order_id = "A-1";
    given.at = Instant{1000};
    const auto empty = parse_event("{}", shanghai(), given);
    ASSERT_TRUE(empty.has_value());
    EXPECT_EQ(to_json(*empty), R"({"type":"order_paid","at":"1970-01-01T00:00:01.000Z","order_id":"A-1"})");
    EXPECT_TRUE(parse_event(R"({"type":"order_paid","order_id":"A-1"})", shanghai(), given).has_value());
    EXPECT_EQ(parse_event(R"({"at":"2026-03-01T00:00:00Z"})", shanghai(), given)->at.ms, 1'772'323'200'000);
    EXPECT_EQ(told(parse_event(R"({"order_id":"A-2"})", shanghai(), given).error().front()), "invalid_value /order_id");
    EXPECT_EQ(told(parse_event(R"({"type":"registered"})", shanghai(), given).error().front()), "invalid_value /type");
}

TEST(command_json, the_member_is_named_by_id_or_identity_but_not_both) {
    const std::string event = R"("type":"registered","at":"2026-03-01")";
    const auto by_id = parse_command(R"({"member":"123",)" + event + "}", shanghai());
    ASSERT_TRUE(by_id.has_value());
    EXPECT_EQ(std::get<MemberId>(by_id->target), MemberId{123});
    EXPECT_FALSE(by_id->create_member);
    const auto by_identity = parse_command(
        R"({"identity":{"kind":"customer:web","value":"17850"},"create":true,"explain":true,)" + event + "}",
        shanghai());
    ASSERT_TRUE(by_identity.has_value());
    EXPECT_EQ(std::get<engine::Identity>(by_identity->target), (engine::Identity{"customer:web", "17850"}));
    EXPECT_TRUE(by_identity->create_member);
    EXPECT_TRUE(by_identity->explain);

    const Refused rows[] = {
        {R"({)", "missing_field /member"},
        {R"({"member":123,)", "wrong_type /member"},
        {R"({"member":"",)", "invalid_value /member"},
        {R"({"member":"0",)", "invalid_value /member"},
        {R"({"member":"-1",)", "invalid_value /member"},
        {R"({"member":"007",)", "invalid_value /member"},
        {R"({"member":"12x",)", "invalid_value /member"},
        {R"({"member":"99999999999999999999",)", "invalid_value /member"},
        {R"({"member":"1","create":true,)", "invalid_value /create"},
        {R"({"member":"1","identity":{"kind":"a","value":"b"},)", "invalid_value /identity"},
        {R"({"identity":"a:b",)", "wrong_type /identity"},
        {R"({"identity":{"kind":"a"},)", "missing_field /identity/value"},
        {R"({"identity":{"kind":"a","value":"b","x":1},)", "unknown_field /identity/x"},
        {R"({"member":"1","create":1,)", "wrong_type /create"},
    };
    for (const Refused& row : rows) {
        const auto command = parse_command(std::string(row.json) + event + "}", shanghai());
        ASSERT_FALSE(command.has_value()) << row.json;
        ASSERT_EQ(command.error().size(), 1U) << row.json << ": " << told(command.error().back());
        EXPECT_EQ(told(command.error().front()), row.problem) << row.json;
    }
    Given given;
    given.target = MemberId{5};
    EXPECT_EQ(std::get<MemberId>(parse_command("{" + event + "}", shanghai(), given)->target), MemberId{5});
    EXPECT_FALSE(parse_command(R"({"member":"6",)" + event + "}", shanghai(), given).has_value());
}

TEST(basket_json, a_basket_is_lines_for_a_member) {
    const auto basket = parse_basket(
        R"({"member":"7","lines":[{"amount_minor":100,"quantity":2}],"shipping_fee_minor":10,"channel":"web"})");
    ASSERT_TRUE(basket.has_value());
    EXPECT_EQ(std::get<MemberId>(basket->target), MemberId{7});
    EXPECT_EQ(basket->basket.lines.size(), 1U);
    EXPECT_EQ(basket->basket.shipping_fee, Money(10));
    EXPECT_EQ(told(parse_basket(R"({"member":"7"})").error().front()), "missing_field /lines");
    EXPECT_EQ(told(parse_basket(R"({"member":"7","lines":[],"at":1})").error().front()), "unknown_field /at");
}

// --- every event comes back as it was ----------------------------------------------------------------------------

rc::Gen<std::string> any_text() {
    const auto character = rc::gen::element<std::string>("a", "Z", "0", " ", "\"", "\\", "/", "\n", "\x01", "\x7f",
                                                         "é", "王", "😀", "~");
    const auto characters = rc::gen::resize(12, rc::gen::container<std::vector<std::string>>(character));
    return rc::gen::map(characters, [](const auto& parts) {
        std::string text;
        for (const auto& part : parts) text += part;
        return text;
    });
}

Instant any_instant() { return {*rc::gen::inRange<std::int64_t>(-2'208'988'800'000, 7'258'118'400'000)}; }
Money any_amount() { return Money(*rc::gen::inRange<std::int64_t>(0, limits::amount_minor_max + 1)); }

template <class Make>
auto maybe(Make make) -> std::optional<decltype(make())> {
    if (*rc::gen::arbitrary<bool>()) return make();
    return std::nullopt;
}

std::optional<LocalDate> maybe_date() {
    return maybe([] { return LocalDate{*rc::gen::inRange<std::int32_t>(-25'567, 84'006)}; });
}

engine::Line any_line() {
    return {*any_text(), *any_text(), *any_text(), *any_text(), *rc::gen::inRange<std::int64_t>(1, 1000), any_amount(),
            maybe(any_amount), maybe(any_amount), *any_text()};
}

std::vector<engine::ReturnedLine> any_returned() {
    std::vector<engine::ReturnedLine> lines(*rc::gen::inRange<std::size_t>(0, 4));
    for (auto& line : lines)
        line = {*rc::gen::inRange<std::uint32_t>(0, 2000), *rc::gen::inRange<std::int64_t>(0, 100), maybe(any_amount)};
    return lines;
}

engine::ProfileChanged any_profile() {
    engine::ProfileChanged fact;
    fact.name = maybe([] { return *any_text(); });
    fact.gender = maybe([] { return *any_text(); });
    fact.birthday = maybe_date();
    fact.region = maybe([] { return *any_text(); });
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) fact.attributes[*any_text()] = *any_text();
    fact.tags = maybe([] { return *rc::gen::resize(3, rc::gen::container<std::vector<std::string>>(any_text())); });
    return fact;
}

constexpr auto coupons_per_event_max = static_cast<std::int64_t>(limits::coupons_per_event_max);

CouponId any_coupon() { return {*rc::gen::inRange<std::uint32_t>(1, UINT32_MAX)}; }
Points any_points() { return Points(*rc::gen::inRange<std::int64_t>(-limits::points_max, limits::points_max + 1)); }

std::vector<engine::Line> any_lines() {
    std::vector<engine::Line> lines;
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) lines.push_back(any_line());
    return lines;
}

template <class Make>
auto up_to(std::size_t count_max, Make make) {
    std::vector<decltype(make())> made;
    for (auto i = *rc::gen::inRange<std::size_t>(0, count_max + 1); i > 0; --i) made.push_back(make());
    return made;
}

engine::CouponUse any_use() { return {any_coupon(), any_amount()}; }

engine::HoldPlaced any_hold() {
    engine::HoldPlaced fact;
    fact.hold_id = *any_text();
    fact.lines = any_lines();
    fact.shipping_fee = any_amount();
    fact.channel = *any_text();
    fact.store = *any_text();
    fact.coupons = maybe([] { return up_to(limits::coupons_per_order_max, any_coupon); });
    fact.points = any_points();
    fact.balance = any_amount();
    fact.minutes = maybe([] { return *rc::gen::inRange<std::int32_t>(1, limits::hold_minutes_max + 1); });
    return fact;
}

std::vector<engine::StockLeft> any_stock() {
    return up_to(3, [] {
        return engine::StockLeft{*any_text(), *rc::gen::inRange<std::int64_t>(0, coupons_per_event_max + 1)};
    });
}

engine::OrderCreated any_order() {
    engine::OrderCreated fact;
    fact.order_id = *any_text();
    fact.lines = any_lines();
    fact.shipping_fee = any_amount();
    fact.channel = *any_text();
    fact.store = *any_text();
    fact.gift_card = any_amount();
    fact.paid_at = maybe(any_instant);
    fact.shipped_at = maybe(any_instant);
    fact.delivered_at = maybe(any_instant);
    fact.coupons = up_to(limits::coupons_per_order_max, any_use);
    fact.points = any_points();
    fact.balance = any_amount();
    fact.hold_id = *any_text();
    return fact;
}

MemberId any_member() { return {*rc::gen::inRange<std::uint64_t>(1, INT64_MAX)}; }

engine::Fact any_later_fact(std::size_t index) {
    switch (index) {
        case 24: return engine::IdentityUnlinked{*any_text(), *any_text()};
        case 25: return engine::CouponOffered{any_coupon(), *any_text()};
        case 26: return engine::OfferWithdrawn{*any_text()};
        case 27: return engine::CouponPassed{*any_text()};
        case 28:
            return engine::CouponReceived{*any_text(), *any_text(), *rc::gen::inRange<std::uint32_t>(1, 1000),
                                          any_instant(), any_instant(), any_member()};
        case 29:
            return engine::PlanBought{*any_text(), *rc::gen::arbitrary<bool>(), any_amount(), *any_text()};
        case 30:
            return engine::PlanCancelled{*any_text(), *rc::gen::arbitrary<bool>(), *any_text(), *any_text()};
        case 31:
            return engine::BenefitUsed{*any_text(), *any_text(), *any_text(), any_amount(), any_amount()};
        case 32: return engine::ManagerAssigned{*any_text(), *any_text()};
        case 33:
            return engine::MembersMerged{any_member(), *rc::gen::inRange<std::uint64_t>(0, INT64_MAX), *any_text()};
        case 34: return engine::MergedInto{any_member()};
        case 35: return engine::MergeUndone{any_member(), *any_text()};
        case 36: return engine::MemberErased{*any_text()};
        default: return testing::any_activity_fact(index, [] { return *any_text(); });
    }
}

std::optional<engine::Chance> any_chance() {
    return maybe([] {
        return engine::Chance{{*rc::gen::inRange<std::int32_t>(-25'567, 84'006)}, *rc::gen::arbitrary<std::uint64_t>()};
    });
}

engine::Fact any_fact(std::size_t index) {
    switch (index) {
        case 0:
            return engine::Registered{*any_text(), *any_text(), *any_text(), *any_text(), *any_text(), *any_text()};
        case 1: return any_profile();
        case 2: return engine::IdentityLinked{*any_text(), *any_text()};
        case 3: return engine::ConsentChanged{*any_text(), *any_text(), *rc::gen::arbitrary<bool>(), *any_text()};
        case 4: return any_order();
        case 5: return engine::OrderPaid{*any_text(), any_amount()};
        case 6: return engine::OrderShipped{*any_text()};
        case 7: return engine::OrderDelivered{*any_text()};
        case 8: return engine::OrderSettled{*any_text()};
        case 9: return engine::OrderCancelled{*any_text()};
        case 10: return engine::OrderRefunded{*any_text(), *any_text(), any_returned()};
        case 11: return engine::OrderExchanged{*any_text(), *any_text(), any_returned()};
        case 12: return engine::PointsAdjusted{any_points(), *any_text(), *any_text()};
        case 13: return engine::PointsSpent{any_points(), *any_text(), *any_text()};
        case 14: return engine::TierGranted{*any_text(), maybe_date(), *any_text()};
        case 15: return engine::TiersReviewed{*rc::gen::resize(5, rc::gen::arbitrary<std::vector<std::int64_t>>())};
        case 16: return engine::BalanceToppedUp{any_amount(), any_amount(), *any_text()};
        case 17: return engine::BalanceSpent{any_amount(), *any_text(), *any_text()};
        case 18:
            return engine::CouponGranted{*any_text(), *rc::gen::inRange<std::int64_t>(1, coupons_per_event_max + 1),
                                         *any_text(), *any_text()};
        case 19: return engine::CouponClaimed{"c" + *any_text(), *any_text(), *any_text()};
        case 20: return engine::CouponRevoked{any_coupon(), *any_text()};
        case 21: return any_hold();
        case 22: return engine::HoldReleased{*any_text()};
        case 23: return engine::BalanceRefunded{any_amount(), *any_text()};
        default: return any_later_fact(index);
    }
}

RC_GTEST_PROP(event_json, every_event_comes_back_as_it_was, ()) {
    const auto index = *rc::gen::inRange<std::size_t>(0, std::variant_size_v<engine::Fact>);
    const engine::Event event{any_instant(), any_fact(index), any_stock(), *any_text(), any_chance()};
    RC_ASSERT(event.fact.index() == index);
    const std::string json = to_json(event);
    const auto again = parse_event(json, Zone());
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == event);
    RC_ASSERT(to_json(*again) == json);
}

RC_GTEST_PROP(event_json, a_damaged_text_is_read_or_refused_but_never_a_crash, ()) {
    const auto index = *rc::gen::inRange<std::size_t>(0, std::variant_size_v<engine::Fact>);
    std::string json = to_json({any_instant(), any_fact(index), any_stock(), *any_text(), any_chance()});
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
        const auto at = *rc::gen::inRange<std::size_t>(0, json.size());
        const auto kind = *rc::gen::inRange(0, 3);
        if (kind == 0) json.erase(at, 1);
        else if (kind == 1) json.insert(at, 1, *rc::gen::element('"', '{', '}', '[', ',', ':', '\\', '0', '\0'));
        else json.resize(at + 1);
    }
    const auto event = parse_event(json, Zone());
    if (!event) {
        RC_ASSERT(!event.error().empty());
        RC_ASSERT(!event.error().front().message.empty());
    }
}

}  // namespace
}  // namespace regulars::service
