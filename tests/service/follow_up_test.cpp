// What happens to one member because of another: both in one commit, whichever call of the database fails, in order
// with all else, by the passing of time too; and each member can be made again from their own events alone.
#include <gtest/gtest.h>

#include <algorithm>

#include "faulty_store.hpp"
#include "service/reconcile.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

constexpr std::string_view programme_path = "tests/engine/programmes/friends.yaml";
constexpr std::string_view day = "2026-02-01T10:00";

Command about(std::uint64_t member, engine::Fact fact, std::string_view at = day) {
    return {MemberId{member}, {local(at), std::move(fact)}};
}

Command registered(std::string_view who, std::uint64_t inviter, std::string_view at) {
    engine::Registered fact;
    if (inviter != 0) fact = {"web", "friend", "", "", "", std::to_string(inviter)};
    Command command = service::command(who, at, fact);
    command.create_member = true;
    return command;
}

Command paid(std::string_view who, std::string_view at, std::string_view order_id, std::int64_t amount_minor) {
    return order(who, at, order_id, amount_minor);
}

engine::Member member_of(const Shop& shop, std::uint64_t number) {
    const MemberId id{number};
    return must(shop.open()->load_members(std::span(&id, 1)))[0]->member;
}

std::vector<std::string> names_of_events(Service& service, std::uint64_t member) {
    std::vector<std::string> names;
    for (const EventRow& row : must(service.list_events({member}, {0, 100}))) names.push_back(row.name);
    return names;
}

std::string books(const Shop& shop) {
    const auto report = must(reconcile(*shop.open(), *Zone::find("Europe/Berlin"), [](std::uint64_t) {}));
    std::string text = report.sums_to_zero() ? "" : "the ledger does not sum to zero\n";
    for (const ReconcileDifference& difference : report.differences)
        text += "member " + std::to_string(difference.member.value) + " differs\n";
    return text;
}

class FollowUp : public testing::TestWithParam<contract::Backend> {
protected:
    ~FollowUp() override { Faults::none(); }
    void SetUp() override { shop_.set_clock(day); }

    Shop shop_{GetParam(), programme_path};
};

INSTANTIATE_TEST_SUITE_P(stores, FollowUp, testing::ValuesIn(contract::backends()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

TEST_P(FollowUp, a_friend_who_registers_and_orders_is_told_to_who_brought_them_and_back) {
    const auto service = shop_.start();
    static_cast<void>(ask(*service, {registered("a", 0, "2026-01-01T10:00")}));
    // The answer tells what the member has after all of it.
    EXPECT_EQ(tell(*service, registered("b", 1, "2026-01-05T10:00")), "member 2 event 1 member 15+0");
    EXPECT_EQ(tell(*service, paid("b", "2026-01-10T10:00", "A", 25'00)), "member 2 event 4 member 80+0");
    const engine::Member one = member_of(shop_, 1);
    EXPECT_EQ(one.points_available, Points(117));
    EXPECT_EQ(one.friends_ordered, 1);
    EXPECT_EQ(names_of_events(*service, 1).size(), 4U);  // registered, identity_linked, and twice what the friend did
    EXPECT_EQ(std::ranges::count(names_of_events(*service, 2), "friend_acted"), 2);
    EXPECT_EQ(tell(*service, command("b", "2026-01-12T10:00", engine::OrderRefunded{"A", "R", {}})),
              "member 2 event 6 member 15+0");
    EXPECT_EQ(member_of(shop_, 1).points_available, Points(17));
    EXPECT_EQ(shop_.replay_differences(), "");
    EXPECT_EQ(books(shop_), "");
}

TEST_P(FollowUp, several_of_one_batch_stand_on_one_another) {
    const auto service = shop_.start();
    const auto answered = ask(*service, {registered("a", 0, "2026-01-01T10:00"), registered("b", 1, "2026-01-05T10:00"),
                                         registered("c", 2, "2026-01-05T10:00"),
                                         paid("c", "2026-01-06T10:00", "C", 30'00),
                                         paid("b", "2026-01-06T10:00", "B", 30'00),
                                         about(1, engine::PointsSpent{Points(200), "S", ""}),
                                         about(2, engine::PointsSpent{Points(203), "S", ""})});
    EXPECT_EQ(answered.replies.at(5).has_value(), false) << "who brought b has 117 points, and nothing was lost";
    EXPECT_EQ(answered.replies.at(6).has_value(), false);
    EXPECT_EQ(member_of(shop_, 1).points_available, Points(117));
    EXPECT_EQ(member_of(shop_, 2).points_available, Points(15 + 10 + 107 + 30 + 40));
    EXPECT_EQ(shop_.replay_differences(), "");
}

TEST_P(FollowUp, one_who_is_not_there_or_refuses_leaves_the_event_as_it_is) {
    const auto service = shop_.start();
    EXPECT_EQ(tell(*service, registered("a", 77, "2026-01-01T10:00")), "member 1 event 1 member 0+0");
    EXPECT_EQ(tell(*service, registered("b", 1, "2026-01-01T10:00")), "member 2 event 1 member 15+0");
    static_cast<void>(ask(*service, {about(1, engine::MarksTold{{"00000000000000aa"}})}));
    EXPECT_EQ(tell(*service, paid("a", "2026-01-02T10:00", "A", 50'00)), "member 1 event 5 member 60+0");
    // Told alone by somebody outside it is refused.
    EXPECT_EQ(tell(*service, about(1, engine::FriendActed{{9}, engine::FriendActed::What::registered, {}, {}})),
              "friend_not_possible");
    EXPECT_EQ(shop_.replay_differences(), "");
}

TEST_P(FollowUp, a_refused_event_takes_nothing_of_it_along) {
    const auto service = shop_.start();
    static_cast<void>(ask(*service, {registered("a", 0, "2026-01-01T10:00"), registered("b", 1, "2026-01-02T10:00")}));
    const std::string before = shop_.contents();
    EXPECT_EQ(tell(*service, command("b", "2026-01-03T10:00", engine::OrderRefunded{"none", "R", {}})).substr(0, 8),
              "member 2") << "it waits for its order";
    EXPECT_EQ(tell(*service, about(1, engine::ReferralDecided{{2}, true, ""})), "friend_not_found");
    EXPECT_EQ(tell(*service, about(2, engine::PointsSpent{Points(5'000), "S", ""})), "not_enough_points");
    EXPECT_EQ(member_of(shop_, 1).points_available, Points(10));
    EXPECT_EQ(shop_.replay_differences(), "");
}

TEST_P(FollowUp, what_people_decide_is_told_to_the_friend) {
    const auto service = shop_.start();
    static_cast<void>(ask(*service, {registered("a", 0, "2026-01-01T10:00"),
                                     about(1, engine::MarksTold{{"00000000000000aa"}}, "2026-01-01T10:00")}));
    static_cast<void>(ask(*service, {registered("b", 0, "2026-01-05T10:00")}));
    static_cast<void>(ask(*service, {about(2, engine::MarksTold{{"00000000000000aa"}}, "2026-01-05T10:00")}));
    engine::Registered late{"web", "friend", "", "", "", "1"};
    static_cast<void>(ask(*service, {about(2, late, "2026-01-05T11:00")}));
    EXPECT_EQ(member_of(shop_, 1).friends.size(), 1U);
    EXPECT_EQ(must(service->list_friends(engine::FriendStatus::suspicious, {{}, 10})).size(), 1U);
    EXPECT_EQ(member_of(shop_, 2).points_available, Points(0));
    EXPECT_EQ(tell(*service, about(1, engine::ReferralDecided{{2}, true, "two sisters"})),
              "member 1 event 5 member 10+0");
    EXPECT_EQ(member_of(shop_, 2).points_available, Points(15));
    EXPECT_TRUE(must(service->list_friends(engine::FriendStatus::suspicious, {{}, 10})).empty());
    EXPECT_EQ(shop_.replay_differences(), "");
}

TEST_P(FollowUp, whichever_call_fails_both_members_have_it_or_neither) {
    for (int call = 1; call < 16; ++call) {
        const Shop shop(GetParam(), programme_path);
        ServiceOptions options = shop.options();
        options.open_store = &open_faulty;
        const auto service = shop.start(std::move(options));
        static_cast<void>(ask(*service, {registered("a", 0, "2026-01-01T10:00")}));
        Faults::fail_call(call, call % 2 == 0 ? StoreError::locked : StoreError::unavailable);
        static_cast<void>(ask(*service, {registered("b", 1, "2026-01-05T10:00")}, "key", "h"));
        Faults::none();
        static_cast<void>(ask(*service, {registered("b", 1, "2026-01-05T10:00")}, "key", "h"));
        EXPECT_EQ(member_of(shop, 1).points_available, Points(10)) << call;
        EXPECT_EQ(member_of(shop, 2).points_available, Points(15)) << call;
        EXPECT_EQ(shop.replay_differences(), "") << call;
    }
}

TEST_P(FollowUp, by_the_passing_of_time_too) {
    const auto quiet = shop_.start();
    static_cast<void>(ask(*quiet, {registered("a", 0, "2026-01-01T10:00"), registered("b", 1, "2026-01-02T10:00")}));
    // Paid in ten days: then it settles.
    engine::OrderCreated fact;
    fact.order_id = "A";
    engine::Line line;
    line.amount = Money(30'00);
    fact.lines = {line};
    fact.paid_at = local("2026-02-11T10:00");
    shop_.set_clock("2026-01-30T10:00");
    static_cast<void>(ask(*quiet, {command("b", "2026-01-30T10:00", fact)}));
    EXPECT_EQ(member_of(shop_, 1).friends_ordered, 0);
    shop_.set_clock("2026-02-12T10:00");
    ServiceOptions options = shop_.options();
    options.scheduler = true;
    const auto service = shop_.start(std::move(options));
    EXPECT_TRUE(eventually([&] { return member_of(shop_, 1).friends_ordered == 1; }));
    EXPECT_EQ(member_of(shop_, 2).points_available, Points(15 + 30 + 40));
    EXPECT_EQ(shop_.replay_differences(), "");
}

// Three inviters with friends who register, order, bring back and tell marks, several in each batch.
std::vector<Answered> a_crowd(Service& service) {
    std::vector<std::future<Answered>> answers;
    for (const char* inviter : {"1", "2", "3"})
        answers.push_back(submit(service, {registered(inviter, 0, "2026-01-01T10:00")}));
    for (int number = 0; number < 90; ++number) {
        const std::string who = "f" + std::to_string(number % 30);
        const std::string id = std::to_string(number);
        std::vector<Command> commands{registered(who, 1U + static_cast<std::uint64_t>(number % 3), "2026-01-02T10:00")};
        if (number % 4 == 1) commands.push_back(paid(who, "2026-01-03T10:00", "O" + id, 15'00 + number * 50));
        if (number % 7 == 6)
            commands.push_back(command(who, "2026-01-04T10:00",
                                       engine::OrderRefunded{"O" + std::to_string(number - 30), "R" + id, {}}));
        if (number % 5 == 4)
            commands.push_back(command(who, "2026-01-02T11:00",
                                       engine::MarksTold{{"00000000000000a" + std::to_string(number % 3)}}));
        answers.push_back(submit(service, std::move(commands)));
    }
    std::vector<Answered> answered;
    for (auto& answer : answers) answered.push_back(wait_for(std::move(answer)));
    return answered;
}

std::unique_ptr<Service> start_with_small_batches(const Shop& shop, std::size_t commands_ahead_min) {
    ServiceOptions options = shop.options();
    options.open_store = &open_faulty;
    options.batch_commands_max = 4;
    options.commands_ahead_min = commands_ahead_min;
    return shop.start(std::move(options));
}

TEST_P(FollowUp, decided_ahead_comes_to_the_same) {
    const Shop patient(GetParam(), programme_path);
    std::vector<Answered> expected;
    {
        const auto service = start_with_small_batches(patient, SIZE_MAX);
        expected = a_crowd(*service);
    }
    const auto service = start_with_small_batches(shop_, 1);
    shop_.set_clock("2026-01-01");
    const std::vector<Answered> found = a_crowd(*service);
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(found[i].body, expected[i].body) << i;
    EXPECT_EQ(shop_.contents(), patient.contents());
    EXPECT_EQ(shop_.replay_differences(), "");
    EXPECT_EQ(books(shop_), "");
}

TEST_P(FollowUp, conflicts_are_decided_again_with_all_that_follows) {
    const Shop flawless(GetParam(), programme_path);
    {
        const auto service = start_with_small_batches(flawless, 1);
        static_cast<void>(a_crowd(*service));
    }
    const auto service = start_with_small_batches(shop_, 1);
    shop_.set_clock("2026-01-01");
    Faults::conflict(5);
    static_cast<void>(a_crowd(*service));
    Faults::none();
    EXPECT_EQ(shop_.contents(), flawless.contents());
    EXPECT_EQ(shop_.replay_differences(), "");
}

std::int32_t together(Service& service, std::vector<Command> commands) {
    auto promise = std::make_shared<std::promise<std::int32_t>>();
    auto answer = promise->get_future();
    Request request;
    request.commands = std::move(commands);
    request.together = true;
    request.render = [](const std::vector<Reply>& replies) {
        return std::pair<std::int32_t, std::string>(replies[0].has_value() ? 201 : 409, "");
    };
    request.answer = [promise](std::int32_t status, const std::string&, bool) { promise->set_value(status); };
    EXPECT_TRUE(service.submit(request));
    return answer.get();
}

std::int32_t merged(Service& service, std::uint64_t into, std::uint64_t from) {
    return together(service,
                    {about(into, engine::MembersMerged{{from}, 0, "same"}), about(from, engine::MergedInto{{into}})});
}

TEST_P(FollowUp, goes_to_the_one_into_whom_somebody_was_merged) {
    const auto service = shop_.start();
    static_cast<void>(ask(*service, {registered("a", 0, "2026-01-01T10:00"), registered("b", 1, "2026-01-02T10:00"),
                                     registered("x", 0, "2026-01-02T10:00"), registered("y", 0, "2026-01-02T10:00")}));
    EXPECT_EQ(merged(*service, 3, 1), 201) << "who brought b is x now";
    EXPECT_EQ(merged(*service, 4, 2), 201) << "and b is y";
    static_cast<void>(ask(*service, {paid("y", "2026-02-01T11:00", "Y", 30'00)}));
    EXPECT_EQ(member_of(shop_, 4).brought.known_as, MemberId{2});
    EXPECT_EQ(member_of(shop_, 3).friends_ordered, 1);
    EXPECT_EQ(member_of(shop_, 3).points_available, Points(10 + 107));
    EXPECT_EQ(member_of(shop_, 4).points_available, Points(15 + 30 + 40));
    EXPECT_EQ(shop_.replay_differences(), "");
    EXPECT_EQ(books(shop_), "");
}

TEST_P(FollowUp, a_review_that_waits_goes_along_with_a_merge_and_back) {
    const auto service = shop_.start();
    static_cast<void>(ask(*service, {registered("a", 0, "2026-01-01T10:00"), registered("b", 0, "2026-01-02T10:00")}));
    engine::OrderCreated bought;
    bought.order_id = "A";
    bought.paid_at = local("2026-01-20T10:00");
    bought.lines.emplace_back().product = "mug";
    bought.lines.back().amount = Money(10'00);
    static_cast<void>(ask(*service, {command("b", "2026-01-20T10:00", bought)}));
    static_cast<void>(ask(*service, {about(2, engine::ProductReviewed{"A", "mug", 5, "It keeps tea warm.", {}})}));
    const auto waiting = [&] { return must(service->list_reviews(engine::ReviewStatus::written, {{}, 10})); };
    ASSERT_EQ(waiting().size(), 1U);
    const ReviewRow before = waiting()[0];
    EXPECT_EQ(merged(*service, 1, 2), 201);
    ASSERT_EQ(waiting().size(), 1U);
    EXPECT_EQ(waiting()[0].member, MemberId{1});
    EXPECT_EQ(together(*service, {about(1, engine::MergeUndone{{2}, "no"}), about(2, engine::MergeUndone{{1}, "no"})}),
              201);
    ASSERT_EQ(waiting().size(), 1U);
    EXPECT_EQ(waiting()[0].member, before.member);
    EXPECT_EQ(waiting()[0].event_sequence, before.event_sequence);
    EXPECT_EQ(merged(*service, 1, 2), 201);
    EXPECT_EQ(tell(*service, about(1, engine::ReviewModerated{"A", "mug", true, ""})).substr(0, 8), "member 1");
    EXPECT_TRUE(waiting().empty());
    EXPECT_EQ(shop_.replay_differences(), "");
    EXPECT_EQ(books(shop_), "");
}

TEST_P(FollowUp, what_tells_a_friend_from_others_is_erased_with_them_everywhere) {
    const auto service = shop_.start();
    static_cast<void>(ask(*service, {registered("a", 0, "2026-01-01T10:00"), registered("b", 0, "2026-01-01T10:00"),
                                     about(2, engine::MarksTold{{"00000000000000bb"}}, "2026-01-01T11:00"),
                                     about(2, engine::Registered{"web", "", "", "", "", "1"}, "2026-01-01T12:00")}));
    ASSERT_EQ(member_of(shop_, 1).friends.at(0).marks.size(), 1U);
    EXPECT_EQ(together(*service, {about(2, engine::MemberErased{"by letter"})}), 201);
    EXPECT_TRUE(member_of(shop_, 1).friends.at(0).marks.empty());
    for (const std::uint64_t id : {1U, 2U})
        for (const EventRow& row : must(service->list_events({id}, {0, 100})))
            EXPECT_EQ(row.payload.find("00000000000000bb"), std::string::npos) << row.payload;
    EXPECT_EQ(shop_.contents().find("00000000000000bb"), std::string::npos);
    EXPECT_EQ(shop_.replay_differences(), "");
    // And it goes on from there.
    static_cast<void>(ask(*service, {about(1, engine::PointsAdjusted{Points(5), "x", ""})}));
    EXPECT_EQ(shop_.replay_differences(), "");
}

}  // namespace
}  // namespace regulars::service
