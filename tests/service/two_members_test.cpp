// What happens to two members at once happens to both or to neither, whichever call of the database fails, and can be
// made again from their events byte for byte; the ledgers of both always sum up.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <thread>

#include "faulty_store.hpp"
#include "programme/parse.hpp"
#include "service/reconcile.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

constexpr std::string_view programme_path = "tests/engine/programmes/two_members.yaml";
constexpr std::string_view day = "2026-02-01T10:00";

Command about(std::uint64_t member, engine::Fact fact, std::string_view at = day) {
    return {MemberId{member}, {local(at), std::move(fact)}};
}

std::vector<Command> merging(std::uint64_t into, std::uint64_t from, std::string_view at = day) {
    return {about(into, engine::MembersMerged{{from}, 0, "same person"}, at),
            about(from, engine::MergedInto{{into}}, at)};
}

std::vector<Command> undoing(std::uint64_t into, std::uint64_t from, std::string_view at = day) {
    return {about(into, engine::MergeUndone{{from}, "not the same"}, at),
            about(from, engine::MergeUndone{{into}, "not the same"}, at)};
}

std::vector<Command> passing(std::uint64_t giver, std::uint64_t friend_of, std::string_view at = day) {
    return {about(giver, engine::CouponPassed{"gift"}, at),
            about(friend_of, engine::CouponReceived{"gift", "treat", 1, local(day), local("2026-03-01"), {giver}}, at)};
}

engine::Member member_of(const Shop& shop, std::uint64_t number) {
    const MemberId id{number};
    return must(shop.open()->load_members(std::span(&id, 1)))[0]->member;
}

std::string books(const Shop& shop) {
    const auto report = must(reconcile(*shop.open(), *Zone::find("Europe/Berlin"), [](std::uint64_t) {}));
    std::string text = report.sums_to_zero() ? "" : "the ledger does not sum to zero\n";
    for (const ReconcileDifference& difference : report.differences)
        text += "member " + std::to_string(difference.member.value) + " differs\n";
    return text;
}

class TwoMembers : public testing::TestWithParam<contract::Backend> {
protected:
    ~TwoMembers() override { Faults::none(); }

    void SetUp() override { shop_.set_clock(day); }
    /// Two members with settled and open orders, coupons and an identity each.
    static void begin(Service& service) {
        for (const char* who : {"1", "2"}) {
            const std::string id = who;
            static_cast<void>(ask(service, {
                order(who, "2026-01-02T10:00", "old-" + id, 6'000),
                command(who, "2026-01-03T10:00", engine::OrderDelivered{"old-" + id}),
                command(who, "2026-01-03T10:00", engine::ProfileChanged{"Name of " + id, {}, {}, {}, {}, {}}),
                command(who, "2026-01-20T10:00", engine::CouponClaimed{"treat", "", "c"}),
                order(who, "2026-01-30T10:00", "new-" + id, 7'000),
            }));
        }
    }

    Shop shop_{GetParam(), programme_path};
};

INSTANTIATE_TEST_SUITE_P(stores, TwoMembers, testing::ValuesIn(contract::backends_and_sealed()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

TEST_P(TwoMembers, a_gift_leaves_one_wallet_and_enters_the_other) {
    const auto service = shop_.start();
    begin(*service);
    EXPECT_EQ(tell(*service, about(1, engine::CouponOffered{{1}, "gift"})), "member 1 event 7 member 60+70");
    EXPECT_EQ(must(service->find_giver("gift")), MemberId{1});
    EXPECT_EQ(must(service->find_giver("other")), std::nullopt);
    EXPECT_EQ(tell(*service, passing(1, 2)[0]), "gift_not_found") << "no half of it happens alone";
    EXPECT_EQ(tell(*service, passing(1, 2)[1]), "gift_not_found");
    EXPECT_EQ(ask_together(*service, passing(1, 1)).body, "coupon_not_giftable\ncoupon_not_giftable\n");
    EXPECT_EQ(ask_together(*service, passing(1, 77)).body, "member_not_found\nmember_not_found\n");
    EXPECT_EQ(ask_together(*service, passing(1, 2)).body,
              "member 1 event 8 member 60+70\nmember 2 event 7 member 60+70\n");
    EXPECT_EQ(ask_together(*service, passing(1, 2)).body, "gift_not_found\ngift_not_found\n");
    EXPECT_EQ(member_of(shop_, 1).coupons.size(), 0U);
    EXPECT_EQ(member_of(shop_, 2).coupons.size(), 2U);
    EXPECT_EQ(shop_.replay_differences(), "");
}

TEST_P(TwoMembers, a_merge_moves_orders_and_identities_and_a_later_return_finds_its_order) {
    const auto service = shop_.start();
    begin(*service);
    const Answered merged = ask_together(*service, merging(1, 2));
    EXPECT_EQ(merged.body, "member 1 event 7 silver 120+140\nmember 2 event 7 member 0+0\n");
    EXPECT_EQ(tell(*service, about(2, engine::PointsAdjusted{Points(1), "x", ""})), "member_merged");
    EXPECT_EQ(must(service->find(customer("2")))->member.id, MemberId{1});
    std::vector<std::string> orders;
    for (const OrderSummary& row : must(service->list_orders({1}, {"", 10}))) orders.push_back(row.order_id);
    EXPECT_EQ(orders, (std::vector<std::string>{"new-1", "new-2", "old-1", "old-2"}));
    EXPECT_TRUE(must(service->list_orders({2}, {"", 10})).empty());
    EXPECT_EQ(tell(*service, command("2", "2026-02-02", engine::OrderRefunded{"old-2", "r", {}})),
              "member 1 event 8 silver 60+140");
    EXPECT_EQ(tell(*service, command("2", "2026-02-02", engine::OrderDelivered{"new-2"})),
              "member 1 event 9 silver 60+140");
    EXPECT_EQ(ask_together(*service, undoing(1, 2)).body, "merge_not_undoable\nmerge_not_undoable\n");
    EXPECT_EQ(shop_.replay_differences(), "");
    EXPECT_EQ(books(shop_), "");
}

TEST_P(TwoMembers, an_undone_merge_leaves_both_as_they_were) {
    const auto service = shop_.start();
    begin(*service);
    engine::Member one = member_of(shop_, 1);
    engine::Member two = member_of(shop_, 2);
    ASSERT_TRUE(ask_together(*service, merging(1, 2)).replies[0].has_value());
    ASSERT_TRUE(ask_together(*service, undoing(1, 2)).replies[0].has_value());
    for (engine::Member* before : {&one, &two}) {
        engine::Member after = member_of(shop_, before->id.value);
        // Its sequences go on, and time has passed.
        for (auto field : {&engine::Member::event_sequence, &engine::Member::ledger_sequence})
            before->*field = after.*field;
        for (auto field : {&engine::Member::last_order_number, &engine::Member::last_lot_id,
                           &engine::Member::last_coupon_id})
            before->*field = after.*field;
        before->advanced_to = after.advanced_to;
        EXPECT_TRUE(*before == after) << before->id.value;
    }
    EXPECT_EQ(must(service->find(customer("2")))->member.id, MemberId{2});
    EXPECT_EQ(must(service->list_orders({1}, {"", 10})).size(), 2U);
    EXPECT_EQ(tell(*service, command("2", "2026-02-02", engine::OrderRefunded{"old-2", "r", {}})),
              "member 2 event 9 member 0+70");
    EXPECT_EQ(shop_.replay_differences(), "");
    EXPECT_EQ(books(shop_), "");
}

TEST_P(TwoMembers, members_who_share_an_order_or_are_one_are_not_merged) {
    const auto service = shop_.start();
    begin(*service);
    static_cast<void>(tell(*service, order("2", "2026-01-31", "old-1", 100)));
    EXPECT_EQ(ask_together(*service, merging(1, 2)).body, "merge_not_possible\nmerge_not_possible\n");
    const auto preview = must(service->preview_merge({1}, {2}));
    ASSERT_TRUE(preview && *preview);
    EXPECT_EQ((*preview)->orders_of_both, std::vector<std::string>{"old-1"});
    EXPECT_EQ(ask_together(*service, merging(1, 1)).body, "merge_not_possible\nmerge_not_possible\n");
    EXPECT_EQ(ask_together(*service, merging(1, 9)).body, "member_not_found\nmember_not_found\n");
    EXPECT_EQ(tell(*service, merging(1, 2)[1]), "merge_not_possible") << "no half of it happens alone";
    EXPECT_EQ(tell(*service, about(1, engine::MemberErased{"alone"})), "merge_not_possible");
}

TEST_P(TwoMembers, what_is_erased_is_gone_from_the_events_and_the_ledger_stays) {
    const auto service = shop_.start();
    begin(*service);
    static_cast<void>(ask_together(*service, merging(2, 1)));
    static_cast<void>(ask_together(*service, undoing(2, 1)));
    static_cast<void>(ask_together(*service, merging(1, 2)));
    const Command adjusted = about(1, engine::PointsAdjusted{Points(5), "x", "for Name of 1"});
    EXPECT_EQ(tell(*service, adjusted), "member 1 event 10 silver 125+140");
    EXPECT_EQ(ask_together(*service, {about(1, engine::MemberErased{"by letter"})}).body,
              "member 1 event 11 silver 125+140\n");
    EXPECT_EQ(ask_together(*service, {about(1, engine::MemberErased{"by letter"})}).body, "member 1 duplicate\n");
    EXPECT_EQ(must(service->find(customer("1"))), std::nullopt);
    EXPECT_EQ(must(service->find(customer("2"))), std::nullopt);
    for (const std::uint64_t id : {1U, 2U})
        for (const EventRow& row : must(service->list_events({id}, {0, 100}))) {
            EXPECT_EQ(row.payload.find("Name of"), std::string::npos) << row.payload;
            const bool names = row.name == "identity_linked" && row.payload.find("erased") == std::string::npos;
            EXPECT_FALSE(names) << row.payload;
        }
    EXPECT_EQ(tell(*service, about(1, engine::OrderRefunded{"old-2", "r", {}})), "member 1 event 12 silver 65+140");
    EXPECT_EQ(tell(*service, about(1, engine::ProfileChanged{"x", {}, {}, {}, {}, {}})), "member_erased");
    EXPECT_EQ(tell(*service, command("2", "2026-02-02", engine::Registered{})), "member 3 event 1 member 0+0")
        << "who comes again is somebody new";
    EXPECT_EQ(shop_.replay_differences(), "");
    EXPECT_EQ(books(shop_), "");
}

TEST_P(TwoMembers, whichever_call_fails_both_halves_happen_or_neither) {
    ServiceOptions options = shop_.options();
    options.open_store = faulty(options.open_store);
    options.cache_members_max = 0;
    const auto service = shop_.start(options);
    Faults::none();
    begin(*service);
    static_cast<void>(tell(*service, about(1, engine::CouponOffered{{1}, "gift"})));
    int number = 0;
    const std::vector<std::vector<Command>> steps{passing(1, 2), merging(1, 2), undoing(1, 2), merging(2, 1),
                                                  {about(2, engine::MemberErased{"letter"})}};
    for (const auto& commands : steps) {
        const std::string key = "key" + std::to_string(++number);
        bool kept = false;
        for (int call = 1; !kept; ++call) {
            ASSERT_LT(call, 60) << key;
            const std::string before = shop_.contents();
            Faults::fail_call(call, call % 2 == 0 ? StoreError::locked : StoreError::unavailable);
            const Answered answered = ask_together(*service, commands, key);
            Faults::none();
            kept = answered.body.find("store_failed") == std::string::npos;
            if (!kept) { EXPECT_EQ(shop_.contents(), before) << key << " call " << call; }
            if (kept) { EXPECT_EQ(answered.body.find("member "), 0U) << key << ": " << answered.body; }
            EXPECT_EQ(shop_.replay_differences(), "") << key << " call " << call;
        }
    }
    EXPECT_EQ(books(shop_), "");
}

TEST_P(TwoMembers, of_two_who_merge_crosswise_one_succeeds) {
    ServiceOptions options = shop_.options();
    options.cache_members_max = 0;
    const auto one = shop_.start(options);
    const auto other = shop_.start(options);
    begin(*one);
    Answered first;
    Answered second;
    std::thread into_one([&] { first = ask_together(*one, merging(1, 2)); });
    std::thread into_two([&] { second = ask_together(*other, merging(2, 1)); });
    into_one.join();
    into_two.join();
    const int done = (first.replies[0] ? 1 : 0) + (second.replies[0] ? 1 : 0);
    EXPECT_EQ(done, 1) << first.body << second.body;
    EXPECT_EQ(shop_.replay_differences(), "");
    EXPECT_EQ(books(shop_), "");
}

// Orders, coupons and returns of a few members who are merged, parted, given gifts and erased at random.
TEST_P(TwoMembers, a_random_past_with_merges_is_rebuilt_and_sums_up) {
    const std::uint64_t seeds = GetParam() == contract::Backend::memory ? 60 : 4;
    int merged = 0;
    int undone = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        SCOPED_TRACE(seed);
        Shop shop(GetParam(), programme_path);
        const auto service = shop.start();
        std::mt19937_64 random(seed);
        const auto pick = [&](std::uint64_t count) { return random() % count; };
        std::int64_t minutes = 0;
        std::pair<std::uint64_t, std::uint64_t> last{1, 2};
        for (int step = 0; step < 160; ++step) {
            minutes += static_cast<std::int64_t>(pick(3'000));
            const std::uint64_t who = 1 + pick(5);
            const std::uint64_t whom = 1 + pick(5);
            const auto now_at = [&] { return Instant{local("2026-01-01T00:00").ms + minutes * 60'000}; };
            const auto at_now = [&](std::vector<Command> commands) {
                for (Command& one : commands) one.event.at = now_at();
                return commands;
            };
            const std::string order_id = "o" + std::to_string(pick(300));
            const auto amount_minor = 1'000 + static_cast<std::int64_t>(pick(9'000));
            Command one = order(std::to_string(who), "2026-01-01", order_id, amount_minor);
            switch (pick(10)) {
                case 0:
                    if (!ask_together(*service, at_now(merging(who, whom))).replies[0]) continue;
                    ++merged;
                    last = {who, whom};
                    if (pick(2) == 0) continue;
                    minutes += static_cast<std::int64_t>(pick(20'000));
                    [[fallthrough]];
                case 1:
                    undone += ask_together(*service, at_now(undoing(last.first, last.second))).replies[0] ? 1 : 0;
                    continue;
                case 2:
                    if (pick(12) != 0) continue;
                    static_cast<void>(ask_together(*service, at_now({about(who, engine::MemberErased{"x"})})));
                    continue;
                case 3: one.event.fact = engine::OrderRefunded{order_id, "r" + std::to_string(step), {}}; break;
                case 4: one.event.fact = engine::OrderDelivered{order_id}; break;
                case 5: one.event.fact = engine::CouponClaimed{"treat", "", std::to_string(step)}; break;
                case 6: one.event.fact = engine::BalanceToppedUp{Money(1'000), {}, std::to_string(step)}; break;
                default: std::get<engine::OrderCreated>(one.event.fact).paid_at = now_at();
                    std::get<engine::OrderCreated>(one.event.fact).shipped_at.reset(); break;
            }
            one.event.at = now_at();
            static_cast<void>(tell(*service, one));
        }
        EXPECT_EQ(shop.replay_differences(), "");
        EXPECT_EQ(books(shop), "");
    }
    EXPECT_GT(merged, 5);
    EXPECT_GT(undone, 2);
}

}  // namespace
}  // namespace regulars::service
