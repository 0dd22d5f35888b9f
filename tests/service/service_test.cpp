#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "programme/parse.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

class ServiceOn : public testing::TestWithParam<contract::Backend> {
protected:
    Shop shop{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(stores, ServiceOn, testing::ValuesIn(contract::backends()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

TEST_P(ServiceOn, an_identity_that_nobody_has_gets_a_member_whose_events_tell_the_whole_story) {
    const auto service = shop.start();
    EXPECT_EQ(tell(*service, order("17850", "2026-01-05T10:00", "A-1", 10'000)), "member 1 event 1 normal 0+200");
    EXPECT_EQ(tell(*service, order("17851", "2026-01-05T11:00", "A-1", 5'000)), "member 2 event 1 normal 0+100");
    EXPECT_EQ(tell(*service, order("17850", "2026-01-06T10:00", "A-2", 150)), "member 1 event 3 normal 0+203");
    const auto events = service->list_events(MemberId{1}, {0, 10});
    ASSERT_TRUE(events.has_value());
    ASSERT_EQ(events->size(), 3U);
    EXPECT_EQ((*events)[0].name, "order_created");
    EXPECT_EQ((*events)[0].order_id, "A-1");
    EXPECT_EQ((*events)[1].payload, R"({"type":"identity_linked","at":"2026-01-05T02:00:00.000Z",)"
                                    R"("kind":"customer:web","value":"17850"})");
    EXPECT_EQ((*events)[2].applied_at, local("2026-01-06T10:00"));
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(ServiceOn, refusals_say_why_and_leave_nothing_behind) {
    const auto service = shop.start();
    static_cast<void>(tell(*service, order("1", "2026-01-05", "A-1", 10'000)));
    const std::string before = shop.contents();
    Command nobody = order("2", "2026-01-05", "B-1", 100);
    nobody.create_member = false;
    Command by_id = order("2", "2026-01-05", "B-1", 100);
    by_id.target = MemberId{77};
    Command no_name = order("", "2026-01-05", "B-1", 100);
    const struct {
        Command command;
        std::string reason;
    } rows[] = {
        {nobody, "member_not_found"},
        {by_id, "member_not_found"},
        {no_name, "id_missing"},
        {order(std::string(200, 'x'), "2026-01-05", "B-1", 100), "text_too_long"},
        {order("3", "2026-01-05", "", 100), "id_missing"},
        {order("1", "2026-01-05", "A-1", 20'000), "order_conflict"},
        {order("1", "2026-01-05", "A-1", 10'000), "member 1 duplicate"},
        // Time has passed for the member before this is refused; it must not have.
        {command("1", "2029-12-31", engine::PointsSpent{Points(1'000'000), "r", ""}), "not_enough_points"},
        {order("1", "2029-12-31", "A-9", -1), "amount_out_of_range"},
    };
    for (const auto& row : rows) EXPECT_EQ(tell(*service, row.command), row.reason);
    EXPECT_EQ(shop.contents(), before);
    // Together in one batch, between accepted ones, they leave as little.
    std::vector<Command> all;
    for (const auto& row : rows) all.push_back(row.command);
    all.insert(all.begin() + 4, order("1", "2026-01-07", "A-2", 100));
    all.push_back(order("1", "2026-01-08", "A-3", 100));
    static_cast<void>(ask(*service, all));
    EXPECT_EQ(service->list_events(MemberId{1}, {0, 100})->size(), 4U);
    EXPECT_EQ(service->list_members({MemberId(), 10})->size(), 1U);
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(ServiceOn, one_member_many_times_in_one_request_is_the_same_as_one_after_another) {
    std::vector<Command> commands;
    for (int i = 0; i < 100; ++i) {
        const std::string day = "2026-0" + std::to_string(1 + i / 20) + "-" + (i % 20 < 9 ? "0" : "") +
                                std::to_string(1 + i % 20);
        const std::string number = std::to_string(i);
        const std::string earlier = "A-" + std::to_string(i - 30);
        if (i % 5 == 1) commands.push_back(command("1", day, engine::PointsSpent{Points(150), "s" + number, ""}));
        else if (i % 5 == 3) commands.push_back(command("1", day, engine::OrderRefunded{earlier, "r", {}}));
        else commands.push_back(order("1", day, "A-" + number, 10'000 + i));
    }
    const auto together = shop.start();
    const Answered at_once = ask(*together, commands);
    Shop other(GetParam());
    const auto apart = other.start();
    std::string told_apart;
    for (const Command& one : commands) told_apart += tell(*apart, one) + "\n";
    EXPECT_EQ(at_once.body, told_apart);
    EXPECT_NE(at_once.body.find("not_enough_points"), std::string::npos);
    EXPECT_NE(at_once.body.find("parked"), std::string::npos);
    EXPECT_EQ(shop.contents(), other.contents());
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(ServiceOn, a_key_gives_its_answer_again_and_refuses_other_input) {
    auto service = shop.start();
    const std::vector<Command> first{order("1", "2026-01-05", "A-1", 10'000), order("1", "2026-01-05", "", 1)};
    const Answered answered = ask(*service, first, "key-1", "aa");
    EXPECT_EQ(answered.body, "member 1 event 1 normal 0+200\nid_missing\n");
    EXPECT_FALSE(answered.replayed);
    for (int round = 0; round < 2; ++round) {
        const Answered again = ask(*service, first, "key-1", "aa");
        EXPECT_EQ(again.body, answered.body);
        EXPECT_EQ(again.status, 200);
        EXPECT_TRUE(again.replayed);
        const Answered conflict = ask(*service, {order("1", "2026-01-05", "A-2", 1)}, "key-1", "bb");
        EXPECT_EQ(conflict.body, "key_conflict\n");
        EXPECT_FALSE(conflict.replayed);
        service = shop.start();  // also by a service that starts anew
    }
    EXPECT_EQ(ask(*service, {order("9", "2026-01-05", "", 1)}, "key-2", "cc").body, "id_missing\n");
    EXPECT_TRUE(ask(*service, {order("9", "2026-01-05", "", 1)}, "key-2", "cc").replayed) << "refusals are answers too";
    EXPECT_EQ(service->list_events(MemberId{1}, {0, 10})->size(), 2U);
}

// Holds the writer inside a request's rendering, so that what is submitted meanwhile gathers into one batch.
class HeldWriter {
public:
    explicit HeldWriter(Service& service) {
        Request request;
        request.render = [this](const std::vector<Reply>&) {
            inside_.set_value();
            released_.get_future().wait();
            return std::pair<std::int32_t, std::string>();
        };
        EXPECT_TRUE(service.submit(request));
        inside_.get_future().wait();
    }
    void release() { released_.set_value(); }

private:
    std::promise<void> inside_;
    std::promise<void> released_;
};

TEST_P(ServiceOn, one_key_twice_in_one_batch_is_decided_once) {
    const auto service = shop.start();
    HeldWriter held(*service);
    std::vector<std::future<Answered>> answers;
    for (int i = 0; i < 6; ++i) {
        const std::string hash = i == 3 ? "other" : "same";
        answers.push_back(std::async(std::launch::async, [&service, hash] {
            return ask(*service, {order("1", "2026-01-05", "A-1", 10'000)}, "key", hash);
        }));
        EXPECT_TRUE(eventually([&] { return service->statistics().queue_depth == static_cast<std::uint64_t>(i) + 1; }));
    }
    held.release();
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const Answered answered = answers[i].get();
        EXPECT_EQ(answered.body, i == 3 ? "key_conflict\n" : "member 1 event 1 normal 0+200\n");
        EXPECT_EQ(answered.replayed, i != 0 && i != 3);
    }
    EXPECT_EQ(service->statistics().batches, 2U);
    EXPECT_EQ(service->list_events(MemberId{1}, {0, 10})->size(), 2U);
}

TEST_P(ServiceOn, a_full_queue_refuses_and_takes_again_when_it_has_room) {
    ServiceOptions options = shop.options();
    options.queue_commands_max = 3;
    const auto service = shop.start(std::move(options));
    HeldWriter held(*service);
    std::atomic<int> answered = 0;
    const auto submit = [&](int number) {
        Request request;
        request.commands = {order("1", "2026-01-05", "A-" + std::to_string(number), 100)};
        request.answer = [&](std::int32_t, const std::string&, bool) { ++answered; };
        return service->submit(request);
    };
    EXPECT_TRUE(submit(1));
    EXPECT_TRUE(submit(2));
    EXPECT_TRUE(submit(3));
    EXPECT_FALSE(submit(4));
    held.release();
    EXPECT_TRUE(eventually([&] { return answered == 3; }));
    EXPECT_TRUE(submit(4));
    service->drain();
    EXPECT_EQ(answered, 4);
}

TEST_P(ServiceOn, draining_answers_everything_accepted_and_takes_nothing_more) {
    const auto service = shop.start();
    std::atomic<int> answered = 0;
    int accepted = 0;
    for (int i = 0; i < 200; ++i) {
        Request request;
        request.commands = {order(std::to_string(i % 20), "2026-01-05", "A-" + std::to_string(i), 100)};
        request.answer = [&](std::int32_t, const std::string&, bool) { ++answered; };
        accepted += service->submit(request) ? 1 : 0;
    }
    service->drain();
    EXPECT_EQ(answered, accepted);
    Request late;
    EXPECT_FALSE(service->submit(late));
    EXPECT_FALSE(service->accepts());
    EXPECT_EQ(service->statistics().commands_applied, 200U);
    EXPECT_TRUE(service->find(customer("7")).value().has_value()) << "reading goes on";
}

TEST_P(ServiceOn, an_identity_belongs_to_one_member) {
    const auto service = shop.start();
    static_cast<void>(tell(*service, order("1", "2026-01-05", "A-1", 100)));
    static_cast<void>(tell(*service, order("2", "2026-01-05", "A-1", 100)));
    const auto link = [](std::string_view who, std::string value) {
        return command(who, "2026-01-06", engine::IdentityLinked{"card", std::move(value)});
    };
    const Answered together = ask(*service, {link("1", "c1"), link("2", "c1"), link("1", "c1"), link("3", "c1"),
                                             link("3", "c3"), order("3", "2026-01-06", "A-1", 100)});
    EXPECT_EQ(together.body,
              "member 1 event 3 normal 0+2\nidentity_taken\nmember 1 duplicate\nidentity_taken\n"
              "member 3 event 1 normal 0+0\nmember 3 event 3 normal 0+2\n");
    EXPECT_EQ(tell(*service, link("2", "c3")), "identity_taken");
    const auto found = service->find(engine::Identity{"card", "c1"});
    ASSERT_TRUE(found.has_value() && found->has_value());
    EXPECT_EQ((*found)->member.id, MemberId{1});
    EXPECT_FALSE(service->find(engine::Identity{"card", "c2"}).value().has_value());
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(ServiceOn, reading_shows_the_present_without_writing_it) {
    const auto service = shop.start();
    static_cast<void>(tell(*service, order("1", "2026-01-05", "A-1", 300'000)));
    const std::string before = shop.contents();
    shop.set_clock("2026-02-10");
    const auto view = service->find(customer("1"));
    ASSERT_TRUE(view.has_value() && view->has_value());
    EXPECT_EQ((*view)->tier, "vip");
    EXPECT_EQ((*view)->member.points_available, Points(6'000));
    EXPECT_EQ((*view)->points_pending, Points(0));
    EXPECT_EQ((*view)->member.advanced_to, local("2026-02-10"));
    engine::Basket basket;
    basket.lines.resize(1);
    basket.lines[0].amount = Money(10'000);
    const auto quote = service->quote(customer("1"), basket);
    ASSERT_TRUE(quote.has_value() && quote->has_value() && (*quote)->has_value());
    EXPECT_EQ((**quote)->tier, "vip");
    EXPECT_EQ((**quote)->discount, Money(200));
    EXPECT_FALSE(service->quote(customer("nobody"), basket).value().has_value());
    basket.lines.clear();
    EXPECT_EQ(service->quote(customer("1"), basket).value().value().error(), engine::Rejection::no_lines);
    EXPECT_EQ(shop.contents(), before);
    EXPECT_EQ(service->find_order(MemberId{1}, "A-1").value()->status, engine::OrderStatus::paid);
    EXPECT_FALSE(service->find_order(MemberId{1}, "A-2").value().has_value());
    EXPECT_FALSE(service->find_order(MemberId{2}, "A-1").value().has_value());
    EXPECT_TRUE(service->ready().has_value());
}

TEST_P(ServiceOn, an_order_that_left_the_aggregate_is_handed_back_for_its_refund) {
    auto service = shop.start();
    static_cast<void>(tell(*service, order("1", "2026-01-05", "A-1", 10'000)));
    static_cast<void>(tell(*service, order("1", "2026-03-05", "A-2", 10'000)));
    EXPECT_EQ(service->find_order(MemberId{1}, "A-1").value()->status, engine::OrderStatus::settled);
    service = shop.start();
    const Answered answered = ask(
        *service, {command("1", "2026-03-06", engine::OrderRefunded{"A-1", "r1", {}}),
                   command("1", "2026-03-06", engine::OrderRefunded{"A-1", "r1", {}}),
                   command("1", "2026-03-06", engine::OrderRefunded{"A-1", "r2", {}}),
                   order("1", "2026-01-05", "A-1", 10'000),
                   // Settles on the way to its refund, within one command.
                   command("1", "2026-05-06", engine::OrderRefunded{"A-2", "r1", {}})});
    EXPECT_EQ(answered.body,
              "member 1 event 4 normal 0+200\nmember 1 duplicate\norder_closed\nmember 1 duplicate\n"
              "member 1 event 5 normal 0+0\n");
    EXPECT_EQ(service->find_order(MemberId{1}, "A-1").value()->status, engine::OrderStatus::returned);
    EXPECT_EQ(service->find_order(MemberId{1}, "A-2").value()->status, engine::OrderStatus::returned);
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(ServiceOn, a_small_cache_changes_nothing_but_the_number_of_members_held) {
    ServiceOptions small = shop.options();
    small.cache_members_max = 16;
    const auto service = shop.start(std::move(small));
    for (int round = 0; round < 3; ++round) {
        std::vector<Command> commands;
        for (int i = 0; i < 100; ++i)
            commands.push_back(order(std::to_string(i), "2026-0" + std::to_string(1 + round * 2) + "-05",
                                     "A-" + std::to_string(round), 10'000));
        const Answered answered = ask(*service, commands);
        for (const Reply& reply : answered.replies) EXPECT_TRUE(reply.has_value());
        EXPECT_LE(service->statistics().members_cached, 16U);
    }
    EXPECT_EQ(service->list_members({MemberId(), 500})->size(), 100U);
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(ServiceOn, the_scheduler_brings_due_members_to_the_present) {
    ServiceOptions options = shop.options();
    options.scheduler = true;
    const auto service = shop.start(std::move(options));
    std::vector<Command> commands;
    for (int i = 0; i < 20; ++i) commands.push_back(order(std::to_string(i), "2026-01-05", "A-1", 300'000));
    static_cast<void>(ask(*service, commands));
    shop.set_clock("2026-02-10");
    EXPECT_TRUE(eventually([&] { return service->statistics().due_advanced == 20; }));
    for (const MemberSummary& summary : must(service->list_members({MemberId(), 100}))) {
        EXPECT_EQ(summary.tier, "vip");
        EXPECT_EQ(summary.points_available, 6'000);
    }
    shop.set_clock("2029-02-10");
    EXPECT_TRUE(eventually([&] { return service->statistics().due_advanced >= 40; }));
    // The rows of the passing of time stand beside those of the last event.
    EXPECT_EQ(tell(*service, order("3", "2029-02-11", "A-2", 100)), "member 4 event 3 normal 0+2");
    service->drain();
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(ServiceOn, a_new_programme_version_decides_from_its_activation_on) {
    const auto service = shop.start();
    static_cast<void>(
        ask(*service, {order("1", "2026-01-05", "A-1", 300'000), order("2", "2026-01-05", "A-1", 300'000)}));
    shop.set_clock("2026-03-01");
    const auto version = [](std::uint32_t number) {
        return std::make_shared<const programme::Programme>(*programme::parse(edited_programme(number), "edited"));
    };
    EXPECT_TRUE(service->activate(version(2)).has_value());
    EXPECT_EQ(service->activate(version(2)).error().error, StoreError::conflict);
    EXPECT_EQ(service->programmes()->current().version, 2U);
    EXPECT_EQ(tell(*service, order("1", "2026-03-02", "A-2", 100)), "member 1 event 3 vip 6000+3");
    EXPECT_EQ(service->list_events(MemberId{1}, {2, 1})->front().programme_version, 2U);
    // What was due before the activation was done under the version of that time, also when it is done later.
    const auto again = shop.start();
    EXPECT_EQ(tell(*again, order("2", "2026-03-02", "A-2", 100)), "member 2 event 3 vip 6000+3");
    const auto ledger = again->list_ledger(MemberId{2}, {0, 10});
    ASSERT_EQ(ledger->size(), 1U);
    EXPECT_EQ(ledger->front().entry.programme_version, 1U);
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(ServiceOn, a_version_that_another_process_activated_is_noticed_by_the_first_member_that_knows_of_it) {
    const auto one = shop.start();
    const auto other = shop.start();
    static_cast<void>(tell(*other, order("2", "2026-01-05", "A-1", 100)));
    shop.set_clock("2026-01-06");
    const auto edited = programme::parse(edited_programme(2), "edited");
    EXPECT_TRUE(one->activate(std::make_shared<const programme::Programme>(*edited)).has_value());
    EXPECT_EQ(tell(*one, order("1", "2026-01-07", "A-1", 100)), "member 2 event 1 normal 0+2");
    EXPECT_EQ(other->programmes()->current().version, 1U);
    EXPECT_EQ(tell(*other, order("1", "2026-01-08", "A-2", 100)), "member 2 event 3 normal 0+4");
    EXPECT_EQ(other->programmes()->current().version, 2U);
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(ServiceOn, reasons_are_given_when_asked_for) {
    const auto service = shop.start();
    Command asked = order("1", "2026-01-05", "A-1", 10'000);
    asked.explain = true;
    const Answered answered = ask(*service, {asked, order("1", "2026-01-06", "A-2", 10'000)});
    EXPECT_FALSE(answered.replies[0]->reasons.empty());
    EXPECT_TRUE(answered.replies[1]->reasons.empty());
}

TEST_P(ServiceOn, many_submitters_at_once_are_each_answered_once_and_nothing_is_lost) {
    ServiceOptions options = shop.options();
    options.scheduler = true;
    const auto service = shop.start(std::move(options));
    constexpr int submitters = 6;
    constexpr int requests = 25;
    std::atomic<int> applied = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < submitters; ++number)
        threads.emplace_back([&, number] {
            for (int i = 0; i < requests; ++i) {
                const std::string id = std::to_string(number) + "-" + std::to_string(i);
                const std::string shared = std::to_string(i % 7);
                const Answered answered =
                    ask(*service, {order(shared, "2026-01-05", id, 100), order(id, "2026-01-05", id, 100)});
                for (const Reply& reply : answered.replies) applied += reply && !reply->duplicate ? 1 : 0;
                static_cast<void>(service->find(customer(std::to_string(i % 7))));
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(applied, submitters * requests * 2);
    EXPECT_EQ(service->list_members({MemberId(), 500})->size(), 7U + submitters * requests);
    service->drain();
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(ServiceOn, a_new_member_never_gets_the_id_of_one_that_another_process_has_made) {
    const auto service = shop.start();
    const auto other = shop.start();
    EXPECT_EQ(tell(*service, order("1", "2026-01-05", "A", 100)), "member 1 event 1 normal 0+2");
    EXPECT_EQ(tell(*other, order("2", "2026-01-05", "B", 100)), "member 2 event 1 normal 0+2");
    const Answered answered = ask(*service, {order("2", "2026-01-06", "C", 100), order("3", "2026-01-06", "D", 100)});
    EXPECT_EQ(answered.body, "member 2 event 3 normal 0+4\nmember 3 event 1 normal 0+2\n");
    Command nobody = order("4", "2026-01-07", "E", 100);
    nobody.target = MemberId{4};
    Command far = nobody;
    far.target = MemberId{1ULL << 60U};
    EXPECT_EQ(ask(*service, {nobody, far, order("4", "2026-01-07", "F", 100)}).body,
              "member_not_found\nmember_not_found\nmember 4 event 1 normal 0+2\n");
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(ServiceOn, two_services_on_one_database_do_not_lose_each_others_work) {
    constexpr int requests = 20;
    std::vector<std::thread> threads;
    std::atomic<int> applied = 0;
    for (int number = 0; number < 2; ++number)
        threads.emplace_back([&, number] {
            const auto service = shop.start();
            for (int i = 0; i < requests; ++i) {
                const std::string id = std::to_string(number) + "-" + std::to_string(i);
                // Under contention a batch may be given up after its retries; the caller then asks again.
                const bool done = eventually([&] {
                    const Answered answered =
                        ask(*service, {order("1", "2026-01-05", id, 100), order(id, "2026-01-05", id, 100)});
                    return answered.body.find("store_failed") == std::string::npos;
                });
                applied += done ? 1 : 0;
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(applied, 2 * requests);
    const auto store = shop.open();
    const engine::Identity identity{"customer:web", "1"};
    const auto id = (*store->find_identities(std::span(&identity, 1)))[0];
    ASSERT_TRUE(id.has_value());
    EXPECT_EQ(store->list_events(*id, {0, 500})->size(), 2U * requests + 1);
    EXPECT_EQ(store->list_members({MemberId(), 500})->size(), 2U * requests + 1);
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST(service, does_not_start_without_a_programme_or_a_database) {
    const contract::Database database(contract::Backend::memory);
    ServiceOptions options;
    options.store_url = database.url();
    options.open_store = [](const std::string&) -> Stored<std::unique_ptr<Store>> {
        return unexpected(StoreFailure{StoreError::unavailable, "gone"});
    };
    options.clock = [] { return Instant(); };
    EXPECT_EQ(Service::start(options).error().error, StoreError::unavailable);
}

}  // namespace
}  // namespace regulars::service
