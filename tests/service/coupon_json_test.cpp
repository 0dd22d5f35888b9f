// What the JSON of coupons, holds and tenders takes, how it is written back, and what it refuses where.
#include <gtest/gtest.h>

#include "service/event_json.hpp"

namespace regulars::service {
namespace {

const Zone& shanghai() {
    static const Zone zone = *Zone::find("Asia/Shanghai");
    return zone;
}

struct Accepted {
    std::string_view json;       ///< what is sent
    std::string_view canonical;  ///< what is stored
};

struct Refused {
    std::string_view json;     ///< the fields that matter
    std::string_view problem;  ///< code and pointer of the only problem
};

std::string told(const JsonProblem& problem) { return std::string(name_of(problem.code)) + " " + problem.pointer; }

TEST(coupon_json, coupons_holds_and_tenders_are_read_and_written_back_in_their_canonical_form) {
    const Accepted rows[] = {
        {R"({"type":"coupon_granted","at":"2026-03-01","reason":"sorry","reference":"g","count":1,"coupon":"ten"})",
         R"({"type":"coupon_granted","at":"2026-02-28T16:00:00.000Z","coupon":"ten","reference":"g",)"
         R"("reason":"sorry"})"},
        {R"({"type":"coupon_granted","at":"2026-03-01","coupon":"ten","count":100,"reference":"g"})",
         R"({"type":"coupon_granted","at":"2026-02-28T16:00:00.000Z","coupon":"ten","count":100,"reference":"g"})"},
        {R"({"type":"coupon_claimed","at":"2026-03-01","coupon":"ten","reference":"c"})",
         R"({"type":"coupon_claimed","at":"2026-02-28T16:00:00.000Z","coupon":"ten","reference":"c"})"},
        {R"({"type":"coupon_claimed","at":"2026-03-01","code":"save20","coupon":"","reference":"c",
             "stock":[{"left":3,"coupon":"ten"}]})",
         R"({"type":"coupon_claimed","at":"2026-02-28T16:00:00.000Z","code":"save20","reference":"c",)"
         R"("stock":[{"coupon":"ten","left":3}]})"},
        {R"({"type":"coupon_revoked","at":"2026-03-01","coupon":"4294967295","reason":"mistake"})",
         R"({"type":"coupon_revoked","at":"2026-02-28T16:00:00.000Z","coupon":"4294967295","reason":"mistake"})"},
        {R"({"type":"order_created","at":"2026-03-01","order_id":"A","lines":[{"amount_minor":1}],"balance_minor":7,
             "points":100,"coupons":[{"amount_minor":5,"coupon":"2"},{"coupon":"1","amount_minor":0}]})",
         R"({"type":"order_created","at":"2026-02-28T16:00:00.000Z","order_id":"A","lines":[{"amount_minor":1}],)"
         R"("coupons":[{"coupon":"2","amount_minor":5},{"coupon":"1","amount_minor":0}],"points":100,)"
         R"("balance_minor":7})"},
        {R"({"type":"order_created","at":"2026-03-01","order_id":"A","lines":[{"amount_minor":1}],"coupons":[],
             "points":0,"hold_id":"H"})",
         R"({"type":"order_created","at":"2026-02-28T16:00:00.000Z","order_id":"A","lines":[{"amount_minor":1}],)"
         R"("hold_id":"H"})"},
        // No such field is the best that there is, an empty list is none.
        {R"({"type":"hold_placed","at":"2026-03-01","hold_id":"H","lines":[],"coupons":[],"minutes":10080})",
         R"({"type":"hold_placed","at":"2026-02-28T16:00:00.000Z","hold_id":"H","lines":[],"coupons":[],)"
         R"("minutes":10080})"},
        {R"({"type":"hold_placed","at":"2026-03-01","minutes":1,"balance_minor":9,"points":100,"coupons":["3","1"],
             "store":"7","channel":"app","shipping_fee_minor":8,"lines":[{"amount_minor":1}],"hold_id":"H"})",
         R"({"type":"hold_placed","at":"2026-02-28T16:00:00.000Z","hold_id":"H","lines":[{"amount_minor":1}],)"
         R"("shipping_fee_minor":8,"channel":"app","store":"7","coupons":["3","1"],"points":100,"balance_minor":9,)"
         R"("minutes":1})"},
        {R"({"type":"hold_released","at":"2026-03-01","hold_id":"H"})",
         R"({"type":"hold_released","at":"2026-02-28T16:00:00.000Z","hold_id":"H"})"},
        {R"({"type":"balance_refunded","at":"2026-03-01","reference":"r","amount_minor":100})",
         R"({"type":"balance_refunded","at":"2026-02-28T16:00:00.000Z","amount_minor":100,"reference":"r"})"},
    };
    for (const Accepted& row : rows) {
        const auto event = parse_event(row.json, shanghai());
        ASSERT_TRUE(event.has_value()) << row.json << ": " << event.error().front().pointer << " "
                                       << event.error().front().message;
        EXPECT_EQ(to_json(*event), row.canonical);
    }
}

TEST(coupon_json, coupons_and_holds_that_cannot_be_are_refused_with_their_place) {
    const Refused rows[] = {
        {R"("type":"coupon_granted","reference":"g")", "missing_field /coupon"},
        {R"("type":"coupon_granted","coupon":"ten")", "missing_field /reference"},
        {R"("type":"coupon_granted","coupon":"ten","reference":"g","count":0)", "out_of_range /count"},
        {R"("type":"coupon_granted","coupon":"ten","reference":"g","count":101)", "out_of_range /count"},
        {R"("type":"coupon_granted","coupon":"ten","reference":"g","count":"2")", "wrong_type /count"},
        {R"("type":"coupon_granted","coupon":7,"reference":"g")", "wrong_type /coupon"},
        {R"("type":"coupon_granted","coupon":"ten","reference":"g","code":"X")", "unknown_field /code"},
        {R"("type":"coupon_claimed","reference":"c")", "missing_field /coupon"},
        {R"("type":"coupon_claimed","coupon":"ten")", "missing_field /reference"},
        {R"("type":"coupon_claimed","code":20,"reference":"c")", "wrong_type /code"},
        {R"("type":"coupon_revoked")", "missing_field /coupon"},
        {R"("type":"coupon_revoked","coupon":7)", "wrong_type /coupon"},
        {R"("type":"coupon_revoked","coupon":"")", "invalid_value /coupon"},
        {R"("type":"coupon_revoked","coupon":"0")", "invalid_value /coupon"},
        {R"("type":"coupon_revoked","coupon":"x")", "invalid_value /coupon"},
        {R"("type":"coupon_revoked","coupon":"7x")", "invalid_value /coupon"},
        {R"("type":"coupon_revoked","coupon":" 7")", "invalid_value /coupon"},
        {R"("type":"coupon_revoked","coupon":"-1")", "invalid_value /coupon"},
        {R"("type":"coupon_revoked","coupon":"4294967296")", "invalid_value /coupon"},
        {R"("type":"hold_placed","lines":[])", "missing_field /hold_id"},
        {R"("type":"hold_placed","hold_id":"H")", "missing_field /lines"},
        {R"("type":"hold_placed","hold_id":"H","lines":[],"minutes":0)", "out_of_range /minutes"},
        {R"("type":"hold_placed","hold_id":"H","lines":[],"minutes":10081)", "out_of_range /minutes"},
        {R"("type":"hold_placed","hold_id":"H","lines":[],"minutes":1.5)", "wrong_type /minutes"},
        {R"("type":"hold_placed","hold_id":"H","lines":[],"coupons":"1")", "wrong_type /coupons"},
        {R"("type":"hold_placed","hold_id":"H","lines":[],"coupons":["0"])", "invalid_value /coupons"},
        {R"("type":"hold_placed","hold_id":"H","lines":[],"coupons":["1","x"])", "invalid_value /coupons"},
        {R"("type":"hold_placed","hold_id":"H","lines":[],"coupons":["1","2","3","4","5","6"])", "too_large /coupons"},
        {R"("type":"hold_placed","hold_id":"H","lines":[],"points":1.5)", "wrong_type /points"},
        {R"("type":"hold_placed","hold_id":"H","lines":[],"balance_minor":1000000000001)",
         "out_of_range /balance_minor"},
        {R"("type":"hold_placed","hold_id":"H","lines":[],"code":"SAVE20")", "unknown_field /code"},
        {R"("type":"hold_released")", "missing_field /hold_id"},
        {R"("type":"balance_refunded","reference":"r")", "missing_field /amount_minor"},
        {R"("type":"balance_refunded","amount_minor":1)", "missing_field /reference"},
        {R"("type":"order_created","order_id":"A","lines":[],"coupons":[{"amount_minor":1}])",
         "missing_field /coupons/0/coupon"},
        {R"("type":"order_created","order_id":"A","lines":[],"coupons":[{"coupon":"1"}])",
         "missing_field /coupons/0/amount_minor"},
        {R"("type":"order_created","order_id":"A","lines":[],"coupons":[{"coupon":"0","amount_minor":1}])",
         "invalid_value /coupons/0/coupon"},
        {R"("type":"order_created","order_id":"A","lines":[],"coupons":[{"coupon":"","amount_minor":1}])",
         "invalid_value /coupons/0/coupon"},
        {R"("type":"order_created","order_id":"A","lines":[],"coupons":["1"])", "wrong_type /coupons/0"},
        {R"("type":"order_created","order_id":"A","lines":[],"coupons":[{},{},{},{},{},{}])", "too_large /coupons"},
        {R"("type":"hold_released","hold_id":"H","stock":[{"coupon":"ten"}])", "missing_field /stock/0/left"},
        {R"("type":"hold_released","hold_id":"H","stock":[{"coupon":"ten","left":-1}])", "out_of_range /stock/0/left"},
        {R"("type":"hold_released","hold_id":"H","stock":[{"coupon":"ten","left":101}])",
         "out_of_range /stock/0/left"},
    };
    for (const Refused& row : rows) {
        const auto event = parse_event(R"({"at":"2026-03-01",)" + std::string(row.json) + "}", shanghai());
        ASSERT_FALSE(event.has_value()) << row.json;
        ASSERT_EQ(event.error().size(), 1U) << row.json << ": " << told(event.error().back());
        EXPECT_EQ(told(event.error().front()), row.problem) << row.json;
    }
}

TEST(coupon_json, what_is_left_of_a_coupon_is_not_for_the_sender_to_say) {
    const std::string event = R"("type":"coupon_claimed","at":"2026-03-01","coupon":"ten","reference":"c")";
    EXPECT_TRUE(parse_command(R"({"member":"1",)" + event + "}", shanghai()).has_value());
    for (const char* stock : {"[]", R"([{"coupon":"ten","left":5}])", "null"}) {
        const std::string with_stock = event + R"(,"stock":)" + stock + "}";
        const auto command = parse_command(R"({"member":"1",)" + with_stock, shanghai());
        ASSERT_FALSE(command.has_value()) << stock;
        ASSERT_EQ(command.error().size(), 1U) << stock;
        EXPECT_EQ(told(command.error().front()), "unknown_field /stock") << stock;
    }
}

TEST(coupon_json, coupons_of_a_basket_are_the_best_or_those_that_are_named) {
    const auto basket = parse_basket(R"({"member":"7","lines":[],"coupons":["2","1"],"code":"SAVE20","points":100,
                                         "balance_minor":5})");
    ASSERT_TRUE(basket.has_value());
    EXPECT_EQ(basket->basket.coupons, (std::vector<CouponId>{{2}, {1}}));
    EXPECT_EQ(basket->basket.code, "SAVE20");
    EXPECT_EQ(basket->basket.points, Points(100));
    EXPECT_EQ(basket->basket.balance, Money(5));
    const auto most = parse_basket(R"({"member":"7","lines":[],"most_points":true,"most_balance":true})");
    ASSERT_TRUE(most.has_value());
    EXPECT_EQ(most->basket.coupons, std::nullopt);
    EXPECT_TRUE(most->basket.most_points && most->basket.most_balance);
    const Refused rows[] = {
        {R"("coupons":["0"])", "invalid_value /coupons"},
        {R"("coupons":[1])", "wrong_type /coupons/0"},
        {R"("coupons":["1","2","3","4","5","6"])", "too_large /coupons"},
        {R"("code":7)", "wrong_type /code"},
        {R"("most_points":"yes")", "wrong_type /most_points"},
        {R"("most_balance":1)", "wrong_type /most_balance"},
        {R"("balance_minor":0.5)", "wrong_type /balance_minor"},
        {R"("hold_id":"H")", "unknown_field /hold_id"},
    };
    for (const Refused& row : rows) {
        const auto refused = parse_basket(R"({"member":"7","lines":[],)" + std::string(row.json) + "}");
        ASSERT_FALSE(refused.has_value()) << row.json;
        EXPECT_EQ(told(refused.error().front()), row.problem) << row.json;
    }
}

}  // namespace
}  // namespace regulars::service
