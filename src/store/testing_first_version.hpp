// What the first version of Regulars wrote, for tests that later versions still read it: documents as its code made
// them, byte for byte, and the values that they stand for.
#pragma once

#include "engine/member.hpp"
#include "store/statement.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regulars::store {

/// The bytes that pairs of hexadecimal digits stand for.
inline std::string bytes_of(std::string_view digits) {
    return bytes_of_hex("\\x" + std::string(digits));
}

/// A value in every part of an order that the first version knew.
inline engine::Order order_of_first_version() {
    engine::Order order;
    order.order_id = "2024-1";
    order.number = {3};
    order.status = engine::OrderStatus::paid;
    order.programme_version = 2;
    order.ordered_at = {1'700'000'000'000};
    order.paid_at = Instant{1'700'000'000'001};
    order.shipped_at = Instant{1'700'000'000'002};
    order.delivered_at = Instant{1'700'000'000'003};
    order.settles_at = {1'700'600'000'000};
    order.tier = 1;
    order.lines.resize(1);
    order.lines[0].sku = "A-1";
    order.lines[0].product = "A";
    order.lines[0].category = "tea";
    order.lines[0].price_kind = 1;
    order.lines[0].quantity = 2;
    order.lines[0].quantity_returned = 1;
    order.lines[0].amount = Money(19'900);
    order.lines[0].list_amount = Money(20'000);
    order.lines[0].cost = Money(0);
    order.lines[0].amount_returned = Money(9'950);
    order.lines[0].points_scaled = 1'990;
    order.lines[0].growth_scaled = 199;
    order.lines[0].earns_cashback = true;
    order.shipping_fee = Money(800);
    order.gift_card = Money(100);
    order.channel = "web";
    order.store = "S1";
    order.points_scale = 10;
    order.growth_scale = 100;
    order.points = Points(99);
    order.growth = Growth(1);
    order.cashback = Money(50);
    order.cashback_returned = Money(25);
    order.counted = Money(9'950);
    order.counting_epoch = 1;
    order.lot = {4};
    order.points_spent = {{Points(20), {1'710'000'000'000}, 1}, {Points(5), instant_max, 2}};
    order.costs = {{1, false, Money(300), Money(150)}};
    order.refund_ids = {"R1"};
    order.flags = {"gift"};
    return order;
}

/// Two events that wait for their orders, one with lines.
inline std::vector<engine::Event> parked_of_first_version() {
    engine::OrderCreated created;
    created.order_id = "2024-2";
    created.lines.resize(1);
    created.lines[0].sku = "B-1";
    created.lines[0].amount = Money(500);
    created.channel = "web";
    created.gift_card = Money(50);
    created.paid_at = Instant{1'700'000'000'004};
    engine::OrderRefunded refunded;
    refunded.order_id = "2024-9";
    refunded.refund_id = "R2";
    refunded.lines = {{0, 1, Money(7)}};
    return {{{1'700'000'000'005}, created}, {{1'700'000'000'006}, refunded}};
}

/// A value in every part of a member that the first version knew.
inline engine::Member member_of_first_version() {
    engine::Member member;
    member.id = {7};
    member.registered_at = {1'690'000'000'000};
    member.advanced_to = {1'700'000'000'010};
    member.event_sequence = 12;
    member.ledger_sequence = 9;
    member.last_order_number = 3;
    member.last_lot_id = 4;
    member.profile.name = "\xe9\x99\x88\xe6\x99\xa8";
    member.profile.gender = "female";
    member.profile.region = "CN-31";
    member.profile.birthday = LocalDate{7'000};
    member.profile.attributes = {{"size", "M"}};
    member.profile.tags = {"staff"};
    member.identities = {{"phone", "+8613800000000"}};
    member.consents = {{"sms", "marketing", true, {1'690'000'000'001}, "form"}};
    member.tier = {1, {1'695'000'000'000}, {20'000}, {1'730'000'000'000}, true, {1'710'000'000'000}};
    member.lifetime = {Money(50'000), Growth(500), Points(900), 2};
    member.period = {Money(20'000), Growth(200), Points(300), 1};
    member.counting_epoch = 1;
    member.history = {{{19'600}, {Money(20'000), Growth(200), Points(300), 1}}};
    member.last_order_at = {1'700'000'000'000};
    member.lots = {{{4}, Points(30), {1'700'000'000'000}, {1'720'000'000'000}, 2, {3}}};
    member.points_available = Points(30);
    member.points_owed = Points(2);
    member.renewals = {{{3}, {1'720'000'000'000}}};
    member.rolling_expires_at = {1'720'000'000'000};
    member.cap_day = {19'600};
    member.cap_day_points = Points(11);
    member.cap_month_points = Points(22);
    member.balance = {Money(100), Money(20), Money(3)};
    member.open_orders = {order_of_first_version()};
    member.parked = parked_of_first_version();
    member.references = {"top-up-1"};
    return member;
}

/// The document of `member_of_first_version`, in hexadecimal digits.
inline constexpr std::string_view member_document_of_first_version =
    "0807108088e6de9731188ad095ffbc31200c280930033804422c0a06e99988e699a8120666656d616c651a05434e2d333120b06d2a090a04"
    "73697a6512014d320573746166664a170a0570686f6e65120e2b38363133383030303030303030521f0a03736d7312096d61726b6574696e"
    "671801208188e6de97312a04666f726d5a1d08011080ecfdaeaa3118c0b8022080a8a4e0ac322801308098c59fe231620c08a08d0610e807"
    "18880e20046a0c08c0b80210900318d804200270017a150a03a0b2021203c0b8021a0290032202d8042a0102800180d095ffbc318a011608"
    "04103c1880d095ffbc312080e0f4bf87322802300390013c980104a2010908031080e0f4bf8732a80180e0f4bf8732b001a0b202b80116c0"
    "012cca010708c80110281806d201b9010a06323032342d311003180120022880d095ffbc313081d095ffbc313882d095ffbc314083d095ff"
    "bc314880dca29dbf31580162290a03412d311201411a0374656120012804300238f8b60240c0b802480050bc9b01588c1f608e03680168c0"
    "0c70c8017a0377656282010253318801149001c8019801c601a00102a80164b00132b801bc9b01c00101c80104d2010b0828108098c59fe2"
    "311801d20104080a1802da0108080118d80420ac02e201025231ea010467696674da012b0885d095ffbc3132220a06323032342d32120a0a"
    "03422d31280230e807220377656230643884d095ffbc31da011b0886d095ffbc3162120a06323032342d39120252321a041002180ee20108"
    "746f702d75702d31";

/// The document of `order_of_first_version`, in hexadecimal digits.
inline constexpr std::string_view order_document_of_first_version =
    "0a06323032342d311003180120022880d095ffbc313081d095ffbc313882d095ffbc314083d095ffbc314880dca29dbf31580162290a0341"
    "2d311201411a0374656120012804300238f8b60240c0b802480050bc9b01588c1f608e03680168c00c70c8017a0377656282010253318801"
    "149001c8019801c601a00102a80164b00132b801bc9b01c00101c80104d2010b0828108098c59fe2311801d20104080a1802da0108080118"
    "d80420ac02e201025231ea010467696674";

/// The document of a member of whom only the number is known, 1, in hexadecimal digits.
inline constexpr std::string_view new_member_document_of_first_version = "080142005a0062006a00ca0100";

}  // namespace regulars::store
