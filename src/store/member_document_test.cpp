#include "store/member_document.hpp"

#include "store/random_member.hpp"
#include "store/testing_first_version.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include "member_document.pb.h"

namespace regulars::store {
namespace {

RC_GTEST_PROP(member_document, gives_back_every_member_and_the_same_bytes, ()) {
    const auto member = *random_member();
    const auto bytes = encode(member);
    const auto decoded = decode_member(bytes);
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(*decoded == member);
    RC_ASSERT(encode(*decoded) == bytes);
}

RC_GTEST_PROP(member_document, gives_back_every_order_and_the_same_bytes, ()) {
    const auto order = *random_order();
    const auto bytes = encode(order);
    const auto decoded = decode_order(bytes);
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(*decoded == order);
    RC_ASSERT(encode(*decoded) == bytes);
}

RC_GTEST_PROP(member_document, gives_back_every_waiting_event, ()) {
    engine::Member member;
    member.parked = {*random_event()};
    const auto decoded = decode_member(encode(member));
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(*decoded == member);
}

RC_GTEST_PROP(member_document, refuses_or_reads_damaged_bytes_but_never_pretends, ()) {
    auto bytes = encode(*random_member());
    RC_PRE(!bytes.empty());
    const auto place = *rc::gen::inRange<std::size_t>(0, bytes.size());
    bytes[place] = static_cast<char>(bytes[place] ^ *rc::gen::inRange(1, 256));
    const auto decoded = decode_member(bytes);
    if (!decoded) RC_ASSERT(decoded.error().error == service::StoreError::corrupt);
}

/// What the first version wrote is read as it was, and written again without a byte more.
TEST(member_document, of_the_first_version_reads_and_writes_as_before) {
    struct Case {
        std::string bytes;
        engine::Member member;
    };
    engine::Member fresh;
    fresh.id = {1};
    for (const auto& [bytes, member] : {Case{bytes_of(member_document_of_first_version), member_of_first_version()},
                                        Case{bytes_of(new_member_document_of_first_version), fresh}}) {
        const auto decoded = decode_member(bytes);
        ASSERT_TRUE(decoded.has_value());
        EXPECT_EQ(*decoded, member);
        EXPECT_EQ(encode(member), bytes);
    }
    const auto order = decode_order(bytes_of(order_document_of_first_version));
    ASSERT_TRUE(order.has_value());
    EXPECT_EQ(*order, order_of_first_version());
    EXPECT_EQ(encode(*order), bytes_of(order_document_of_first_version));
}

TEST(member_document, of_the_first_version_has_no_coupons_and_nothing_reserved) {
    const auto member = decode_member(bytes_of(member_document_of_first_version)).value();
    EXPECT_TRUE(member.coupons.empty());
    EXPECT_TRUE(member.coupon_counts.empty());
    EXPECT_TRUE(member.holds.empty());
    EXPECT_EQ(member.next_grants_at, instant_max);
    EXPECT_EQ(member.next_birthday_at, instant_max);
    EXPECT_EQ(member.birthday_year, 0);
    EXPECT_EQ(member.open_orders.at(0).tenders, engine::Tenders());
    EXPECT_TRUE(member.parked.at(0).stock.empty());
}

TEST(member_document, of_a_new_member_is_small) {
    engine::Member member;
    member.id = {1};
    EXPECT_LT(encode(member).size(), 32u);
}

TEST(member_document, keeps_every_byte_of_a_text) {
    engine::Member member;
    member.profile.name = std::string("a\0b\xff\xfe", 5);
    member.profile.attributes["\xe4\xbc\x9a\xe5\x91\x98"] = std::string("\0", 1);
    const auto decoded = decode_member(encode(member));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(*decoded, member);
}

TEST(member_document, keeps_the_ends_of_time_apart_from_nothing) {
    engine::Order order;
    order.paid_at = Instant{0};
    order.settles_at = Instant{0};
    order.points_spent = {{Points(1), Instant{0}, 1}, {Points(2), instant_max, 1}};
    const auto decoded = decode_order(encode(order));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(*decoded, order);
}

TEST(member_document, keeps_a_coupon_that_never_lapses_apart_from_one_that_did_at_once) {
    engine::Member member;
    member.coupons = {{{1}, "welcome", 1, {5}, {5}, instant_max, instant_max}, {{2}, "tea", 1, {5}, {5}, {0}, {0}}};
    member.next_grants_at = Instant{0};
    member.next_birthday_at = Instant{0};
    const auto decoded = decode_member(encode(member));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(*decoded, member);
}

TEST(member_document, keeps_tenders_of_points_worth_alone) {
    engine::Order order;
    order.tenders.points_worth = Money(1);
    EXPECT_EQ(decode_order(encode(order)).value(), order);
    engine::Member member;
    member.holds.resize(2);
    member.holds[1].tenders = order.tenders;
    EXPECT_EQ(decode_member(encode(member)).value(), member);
}

TEST(member_document, keeps_no_coupons_apart_from_the_best_ones) {
    engine::HoldPlaced best;
    engine::HoldPlaced none;
    none.coupons.emplace();
    none.minutes = 0;
    engine::Member member;
    member.parked = {{{1}, best}, {{2}, none}};
    EXPECT_EQ(decode_member(encode(member)).value(), member);
}

TEST(member_document, is_the_same_after_a_very_large_one) {
    engine::Member large;
    large.references.assign(10'000, "a reference of some length");
    const auto small = encode(engine::Member{});
    EXPECT_EQ(decode_member(encode(large)).value(), large);
    EXPECT_EQ(encode(engine::Member{}), small);
}

struct Refusal {
    const char* what;
    stored::Member message;
};

std::vector<Refusal> refusals() {
    std::vector<Refusal> rows(7);
    rows[0].what = "an order status that nobody knows";
    rows[0].message.add_open_orders()->set_status(static_cast<stored::OrderStatus>(99));
    rows[1].what = "a tier above 255";
    rows[1].message.mutable_tier()->set_rank(256);
    rows[2].what = "a price kind above 255";
    rows[2].message.add_open_orders()->add_lines()->set_price_kind(256);
    rows[3].what = "an event without a fact";
    rows[3].message.add_parked()->set_at(1);
    rows[4].what = "an attribute twice";
    for (int time = 0; time < 2; ++time) rows[4].message.mutable_profile()->add_attributes()->set_name("size");
    rows[5].what = "attributes out of order";
    for (const auto* name : {"b", "a"}) rows[5].message.mutable_profile()->add_attributes()->set_name(name);
    rows[6].what = "a day without its totals";
    rows[6].message.mutable_history()->add_day(1);
    return rows;
}

TEST(member_document, refuses_what_this_version_does_not_know) {
    for (const auto& [what, message] : refusals()) {
        const auto decoded = decode_member(message.SerializeAsString());
        ASSERT_FALSE(decoded.has_value()) << what;
        EXPECT_EQ(decoded.error().error, service::StoreError::corrupt) << what;
    }
}

/// A field with a number that is not in use, as a newer version may write it.
const std::string later_field = "\xf8\x3f\x01";

std::string with_later_field(stored::Member& outer, google::protobuf::Message& inner) {
    inner.ParseFromString(inner.SerializeAsString() + later_field);
    return outer.SerializeAsString();
}

TEST(member_document, refuses_a_field_of_a_later_version_at_every_depth) {
    std::vector<std::string> documents;
    const auto add = [&](auto inner_of) {
        stored::Member message;
        documents.push_back(with_later_field(message, inner_of(message)));
    };
    using Message = stored::Member;
    add([](Message & message) -> auto& { return message; });
    add([](Message & message) -> auto& { return *message.mutable_profile(); });
    add([](Message & message) -> auto& { return *message.mutable_profile()->add_attributes(); });
    add([](Message & message) -> auto& { return *message.add_identities(); });
    add([](Message & message) -> auto& { return *message.add_consents(); });
    add([](Message & message) -> auto& { return *message.mutable_tier(); });
    add([](Message & message) -> auto& { return *message.mutable_lifetime(); });
    add([](Message & message) -> auto& { return *message.mutable_period(); });
    add([](Message & message) -> auto& { return *message.mutable_history(); });
    add([](Message & message) -> auto& { return *message.add_lots(); });
    add([](Message & message) -> auto& { return *message.mutable_balance(); });
    add([](Message & message) -> auto& { return *message.add_open_orders(); });
    add([](Message & message) -> auto& { return *message.add_open_orders()->add_lines(); });
    add([](Message & message) -> auto& { return *message.add_open_orders()->add_points_spent(); });
    add([](Message & message) -> auto& { return *message.add_open_orders()->add_costs(); });
    add([](Message & message) -> auto& { return *message.add_open_orders()->mutable_tenders(); });
    add([](Message & message) -> auto& { return *message.add_open_orders()->mutable_tenders()->mutable_balance(); });
    add([](Message & message) -> auto& { return *message.add_open_orders()->mutable_tenders()->add_points(); });
    add([](Message & message) -> auto& { return *message.add_open_orders()->mutable_tenders()->add_coupons(); });
    add([](Message & message) -> auto& { return *message.add_coupons(); });
    add([](Message & message) -> auto& { return *message.add_coupon_counts(); });
    add([](Message & message) -> auto& { return *message.add_holds(); });
    add([](Message & message) -> auto& { return *message.add_holds()->mutable_tenders(); });
    add([](Message & message) -> auto& {
        return *message.add_holds()->mutable_tenders()->add_coupons()->mutable_coupon();
    });
    add([](Message & message) -> auto& { return *message.add_renewals(); });
    add([](Message & message) -> auto& { return *message.add_parked(); });
    add([](Message & message) -> auto& { return *message.add_parked()->mutable_registered(); });
    add([](Message & message) -> auto& { return *message.add_parked()->mutable_order_created()->add_lines(); });
    add([](Message & message) -> auto& { return *message.add_parked()->mutable_order_refunded()->add_lines(); });
    add([](Message & message) -> auto& { return *message.add_parked()->mutable_profile_changed()->mutable_tags(); });
    add([](Message & message) -> auto& { return *message.add_parked()->mutable_tier_granted(); });
    add([](Message & message) -> auto& { return *message.add_parked()->mutable_order_created()->add_coupons(); });
    add([](Message & message) -> auto& { return *message.add_parked()->mutable_coupon_granted(); });
    add([](Message & message) -> auto& { return *message.add_parked()->mutable_coupon_claimed(); });
    add([](Message & message) -> auto& { return *message.add_parked()->mutable_coupon_revoked(); });
    add([](Message & message) -> auto& { return *message.add_parked()->mutable_hold_placed(); });
    add([](Message & message) -> auto& { return *message.add_parked()->mutable_hold_placed()->mutable_coupons(); });
    add([](Message & message) -> auto& { return *message.add_parked()->mutable_hold_placed()->add_lines(); });
    add([](Message & message) -> auto& { return *message.add_parked()->mutable_hold_released(); });
    add([](Message & message) -> auto& {
        message.add_parked()->mutable_registered();
        return *message.mutable_parked(0)->add_stock();
    });
    for (std::size_t index = 0; index < documents.size(); ++index) {
        const auto decoded = decode_member(documents[index]);
        ASSERT_FALSE(decoded.has_value()) << "document " << index;
        EXPECT_EQ(decoded.error().error, service::StoreError::corrupt) << "document " << index;
    }
}

TEST(member_document, refuses_bytes_that_are_no_document) {
    for (const std::string bytes : {"x", "not a document", "\xff\xff\xff\xff"})
        EXPECT_FALSE(decode_member(bytes).has_value()) << bytes;
    engine::Order order;
    order.flags = {"not_payable_to_affiliates"};
    auto cut = encode(order);
    cut.pop_back();
    EXPECT_FALSE(decode_order(cut).has_value());
}

}  // namespace
}  // namespace regulars::store
