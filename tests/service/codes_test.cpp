// Codes that work once, and partners' codes: each goes to one member, however many want it, through however many
// services, and whatever fails on the way.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <set>
#include <thread>

#include "audit.hpp"
#include "faulty_store.hpp"
#include "service/code_batches.hpp"
#include "service/unique_codes.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

constexpr std::string_view day = "2026-01-01T10:00";

Command claim(const std::string& who, std::string code, std::string reference, std::string coupon = {}) {
    return command(who, day, engine::CouponClaimed{std::move(coupon), std::move(code), std::move(reference)});
}

Command ticket(const std::string& who, std::string reference) {
    return command(who, day, engine::CouponClaimed{"ticket", "", std::move(reference)});
}

std::vector<std::string> make(Store& store, const std::string& name, std::size_t count,
                              const std::string& coupon = "letter20") {
    CodeBatch batch;
    batch.name = name;
    batch.coupon = coupon;
    std::vector<std::string> codes;
    const auto take = [&](std::span<const std::string> part) {
        codes.insert(codes.end(), part.begin(), part.end());
        return true;
    };
    EXPECT_TRUE(must(make_codes(store, batch, count, {take, [] { return true; }})));
    return codes;
}

void import(Store& store, const std::string& pool, int count) {
    std::vector<std::string> codes;
    for (int number = 0; number < count; ++number) codes.push_back(pool + "-" + std::to_string(number));
    EXPECT_EQ(must(import_partner_codes(store, pool, codes, {})), count);
}

std::string ask_until_kept(Service& service, const Command& one) {
    std::string answer;
    EXPECT_TRUE(eventually([&] {
        answer = tell(service, one);
        return answer != "store_failed" && answer != "outcome_unknown";
    }));
    return answer;
}

std::string codes_of(Store& store, std::uint64_t member) {
    std::string text;
    for (const CouponSummary& row : must(store.list_coupons({member}, {0, 1'000})))
        if (!row.partner_code.empty()) text += row.partner_code + " ";
    return text;
}

class Codes : public testing::TestWithParam<contract::Backend> {
protected:
    Shop shop{GetParam(), Shop::codes};

    ~Codes() override { Faults::none(); }
    void expect_sound() const {
        EXPECT_EQ(audit(*shop.open()), "");
        EXPECT_EQ(shop.replay_differences(), "");
    }
    [[nodiscard]] std::vector<std::unique_ptr<Service>> start_two(std::size_t cache_members_max = 0) const {
        std::vector<std::unique_ptr<Service>> services;
        for (int i = 0; i < 2; ++i) {
            ServiceOptions options = shop.options();
            options.cache_members_max = cache_members_max;
            services.push_back(shop.start(std::move(options)));
        }
        return services;
    }
};

INSTANTIATE_TEST_SUITE_P(stores, Codes, testing::ValuesIn(contract::backends()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

// --- codes that work once --------------------------------------------------------------------------------------------

TEST_P(Codes, a_code_is_taken_once_and_told_again_by_its_reference_only) {
    const auto codes = make(*shop.open(), "spring", 3);
    const auto service = shop.start();
    EXPECT_EQ(tell(*service, claim("1", codes[0], "a")), "member 1 event 1 normal 0+0");
    EXPECT_EQ(tell(*service, claim("1", codes[0], "a")), "member 1 duplicate");
    EXPECT_EQ(tell(*service, claim("1", codes[0], "b")), "code_not_valid") << "their own, but taken";
    EXPECT_EQ(tell(*service, claim("2", codes[0], "a")), "code_not_valid");
    EXPECT_EQ(tell(*service, claim("2", codes[1], "a", "letter20")), "member 2 event 1 normal 0+0");
    EXPECT_EQ(tell(*service, claim("2", codes[2], "b", "dear_letter")), "code_not_valid") << "for another coupon";
    EXPECT_EQ(tell(*service, claim("2", codes[2], "b", "free")), "member 2 event 3 normal 0+0") << "asks for none";
    EXPECT_EQ(tell(*service, claim("2", codes[2], "c")), "member 2 event 4 normal 0+0");
    EXPECT_EQ(shop.open()->code_batches()->at(0).taken, 3);
    expect_sound();
}

TEST_P(Codes, a_code_is_read_however_it_is_typed) {
    const auto codes = make(*shop.open(), "spring", 1);
    std::string typed;
    for (const char letter : codes[0]) {
        typed += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        typed += ' ';
    }
    EXPECT_EQ(tell(*shop.start(), claim("1", typed, "a")), "member 1 event 1 normal 0+0");
    expect_sound();
}

TEST_P(Codes, what_the_sender_says_of_a_code_counts_for_nothing) {
    const auto service = shop.start();
    Command forged = claim("1", "0000000000000", "a");
    forged.event.redeems = "letter20";
    EXPECT_EQ(tell(*service, forged), "code_not_valid");
    EXPECT_EQ(must(shop.open()->list_members({})).size(), 0u);
}

TEST_P(Codes, a_mistyped_code_is_refused_without_the_database) {
    ServiceOptions options = shop.options();
    options.open_store = &open_faulty;
    const auto service = shop.start(std::move(options));
    EXPECT_EQ(tell(*service, command("1", day, engine::Registered{})), "member 1 event 1 normal 0+0");
    // The first call is for the pools in one case, for the code in the other.
    Faults::fail_call(2, StoreError::unavailable);
    EXPECT_EQ(tell(*service, claim("1", "0000000000001", "a")), "code_not_valid");
    EXPECT_FALSE(Faults::happened());
    EXPECT_EQ(tell(*service, claim("1", "0000000000012", "a")), "store_failed") << "well typed: it has to be looked up";
}

TEST_P(Codes, one_batch_gives_a_code_to_the_first_who_tells_it) {
    const auto codes = make(*shop.open(), "spring", 1);
    const auto service = shop.start();
    const Answered answered = ask(*service, {claim("1", codes[0], "a"), claim("2", codes[0], "a"),
                                             claim("1", codes[0], "a"), claim("3", codes[0], "a", "letter20")});
    EXPECT_EQ(answered.body, "member 1 event 1 normal 0+0\ncode_not_valid\nmember 1 duplicate\ncode_not_valid\n");
    expect_sound();
}

TEST_P(Codes, a_refused_claim_leaves_the_code_unused) {
    const auto codes = make(*shop.open(), "spring", 1, "dear_letter");
    const auto service = shop.start();
    EXPECT_EQ(tell(*service, command("1", day, engine::Registered{})), "member 1 event 1 normal 0+0");
    EXPECT_EQ(tell(*service, claim("1", codes[0], "a")), "not_enough_points");
    EXPECT_EQ(tell(*service, command("1", day, engine::PointsAdjusted{Points(100), "p", ""})),
              "member 1 event 3 normal 100+0");
    EXPECT_EQ(tell(*service, claim("1", codes[0], "a")), "member 1 event 4 normal 0+0");
    expect_sound();
}

TEST_P(Codes, withdrawn_codes_and_unfinished_ones_answer_as_unknown_ones) {
    const auto store = shop.open();
    const auto codes = make(*store, "spring", 2);
    const auto service = shop.start();
    EXPECT_EQ(tell(*service, claim("1", codes[0], "a")), "member 1 event 1 normal 0+0");
    EXPECT_EQ(must(withdraw_codes(*store, "spring")).taken, 1);
    EXPECT_EQ(tell(*service, claim("2", codes[1], "a")), "code_not_valid");
    EXPECT_EQ(withdraw_codes(*store, "summer").error().error, StoreError::not_found);
    std::vector<std::string> lost;
    const auto take = [&](std::span<const std::string> part) {
        lost.insert(lost.end(), part.begin(), part.end());
        return true;
    };
    CodeBatch batch;
    batch.name = "broken";
    batch.coupon = "letter20";
    EXPECT_FALSE(must(make_codes(*store, batch, 3, {take, [] { return false; }}))) << "the disk was full";
    ASSERT_EQ(lost.size(), 3u);
    EXPECT_EQ(tell(*service, claim("2", lost[0], "a")), "code_not_valid");
    EXPECT_EQ(make_codes(*store, batch, 3, {take, [] { return true; }}).error().error, StoreError::conflict);
    expect_sound();
}

TEST_P(Codes, many_codes_are_all_different) {
    const auto codes = make(*shop.open(), "spring", 12'000);
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 12'000u);
    const auto batches = must(shop.open()->code_batches());
    EXPECT_EQ(batches.at(0).made, 12'000);
    EXPECT_EQ(batches.at(0).status, CodeBatchStatus::ready);
}

TEST_P(Codes, two_services_give_each_code_to_one_of_those_who_tell_it) {
    constexpr int codes_count = 40;
    const auto codes = make(*shop.open(), "spring", codes_count);
    const auto services = start_two();
    std::atomic<int> given = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (std::size_t number = 0; number < 8; ++number)
        threads.emplace_back([&, number] {
            for (const std::string& code : codes) {
                const Command one = claim(std::to_string(number), code, code);
                const std::string answer = ask_until_kept(*services[number % 2], one);
                if (answer.find(" event ") != std::string::npos) ++given;
                else if (answer == "code_not_valid") ++refused;
                else ADD_FAILURE() << answer;
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(given, codes_count);
    EXPECT_EQ(refused, 7 * codes_count);
    EXPECT_EQ(shop.open()->code_batches()->at(0).taken, codes_count);
    expect_sound();
}

// --- partners' codes -------------------------------------------------------------------------------------------------

TEST_P(Codes, a_partners_codes_go_out_in_the_order_of_the_import) {
    const auto store = shop.open();
    import(*store, "spa", 1);
    const auto service = shop.start();
    EXPECT_EQ(tell(*service, ticket("1", "a")), "coupon_sold_out") << "nothing is imported";
    import(*store, "cinema", 3);
    EXPECT_EQ(tell(*service, ticket("1", "a")), "member 1 event 1 normal 0+0") << "noticed at once";
    EXPECT_EQ(codes_of(*store, 1), "spa-0 cinema-0 ") << "one came with registration";
    EXPECT_EQ(tell(*service, ticket("2", "a")), "member 2 event 1 normal 0+0");
    EXPECT_EQ(codes_of(*store, 2), "cinema-1 ") << "the other pool is empty";
    EXPECT_EQ(tell(*service, command("2", day, engine::CouponGranted{"evening", 1, "g", ""})), "coupon_sold_out");
    EXPECT_EQ(tell(*service, command("2", day, engine::CouponGranted{"ticket", 1, "g", ""})),
              "member 2 event 3 normal 0+0");
    EXPECT_EQ(tell(*service, ticket("3", "a")), "coupon_sold_out");
    const auto pools = must(service->pools());
    ASSERT_EQ(pools.size(), 2u);
    EXPECT_EQ(pools[0].name, "cinema");
    EXPECT_EQ(pools[0].left(), 0);
    expect_sound();
}

TEST_P(Codes, a_code_that_was_given_is_not_given_again_when_its_coupon_is_revoked) {
    const auto store = shop.open();
    import(*store, "cinema", 1);
    const auto service = shop.start();
    EXPECT_EQ(tell(*service, ticket("1", "a")), "member 1 event 1 normal 0+0");
    EXPECT_EQ(tell(*service, command("1", day, engine::CouponRevoked{CouponId{1}, ""})), "member 1 event 3 normal 0+0");
    EXPECT_EQ(tell(*service, ticket("2", "a")), "coupon_sold_out") << "the first member has seen it";
    EXPECT_EQ(codes_of(*store, 1), "cinema-0 ");
    expect_sound();
}

TEST_P(Codes, two_services_give_out_a_pool_once_while_more_is_imported) {
    const auto store = shop.open();
    import(*store, "cinema", 10);
    for (const std::size_t cache_members_max : {std::size_t{0}, std::size_t{1'000}}) {
        const auto services = start_two(cache_members_max);
        std::atomic<int> given = 0;
        std::vector<std::thread> threads;
        for (int number = 0; number < 8; ++number)
            threads.emplace_back([&, number] {
                for (int i = 0; i < 5; ++i) {
                    const std::string who = std::to_string(cache_members_max) + "-" + std::to_string(number);
                    const std::string answer =
                        ask_until_kept(*services[static_cast<std::size_t>(number) % 2], ticket(who, std::to_string(i)));
                    if (answer.find(" event ") != std::string::npos) ++given;
                    else EXPECT_EQ(answer, "coupon_sold_out");
                }
            });
        for (std::thread& thread : threads) thread.join();
        EXPECT_EQ(given, 10);
        const std::vector<std::string> more = [&] {
            std::vector<std::string> codes;
            for (int number = 10; number < 20; ++number) codes.push_back("cinema-" + std::to_string(number));
            return codes;
        }();
        if (cache_members_max == 0) {
            EXPECT_EQ(must(import_partner_codes(*store, "cinema", more, {})), 10);
        }
    }
    expect_sound();
}

// Two commands that happen together or not at all.
std::string together(Service& service, std::vector<Command> commands) {
    auto answer = std::make_shared<std::promise<std::string>>();
    auto answered = answer->get_future();
    Request request;
    request.commands = std::move(commands);
    request.together = true;
    request.render = [](const std::vector<Reply>& replies) {
        std::string body;
        for (const Reply& reply : replies) body += (reply ? "done " : told(reply));
        return std::pair<std::int32_t, std::string>(200, body);
    };
    request.answer = [answer](std::int32_t, std::string body, bool) { answer->set_value(std::move(body)); };
    EXPECT_TRUE(service.submit(request));
    return answered.get();
}

TEST_P(Codes, a_partners_code_follows_its_coupon_into_a_merge_and_out_of_it) {
    const auto store = shop.open();
    import(*store, "cinema", 4);
    const auto service = shop.start();
    const Instant at = local(day);
    EXPECT_EQ(tell(*service, ticket("1", "a")), "member 1 event 1 normal 0+0");
    EXPECT_EQ(tell(*service, ticket("2", "a")), "member 2 event 1 normal 0+0");
    EXPECT_EQ(tell(*service, ticket("2", "b")), "member 2 event 3 normal 0+0");
    EXPECT_EQ(together(*service, {{MemberId{1}, {at, engine::MembersMerged{{2}, 0, ""}}},
                                  {MemberId{2}, {at, engine::MergedInto{{1}}}}}),
              "done done ");
    EXPECT_EQ(codes_of(*store, 1), "cinema-0 cinema-1 cinema-2 ");
    EXPECT_EQ(codes_of(*store, 2), "");
    expect_sound();
    EXPECT_EQ(together(*service, {{MemberId{1}, {at, engine::MergeUndone{{2}, ""}}},
                                  {MemberId{2}, {at, engine::MergeUndone{{1}, ""}}}}),
              "done done ");
    EXPECT_EQ(codes_of(*store, 1), "cinema-0 ");
    EXPECT_EQ(codes_of(*store, 2), "cinema-1 cinema-2 ");
    EXPECT_EQ(tell(*service, ticket("2", "c")), "member 2 event 6 normal 0+0");
    EXPECT_EQ(codes_of(*store, 2), "cinema-1 cinema-2 cinema-3 ");
    expect_sound();
}

// --- what fails on the way -------------------------------------------------------------------------------------------

TEST_P(Codes, whichever_call_fails_no_code_is_lost_and_asking_again_gets_there) {
    bool failed = true;
    int call = 0;
    std::string goal;
    for (call = 0; failed; ++call) {
        ASSERT_LT(call, 100) << "the story has an end";
        const std::string where = "after a failure of call " + std::to_string(call);
        const Shop own(GetParam(), Shop::codes);
        const auto codes = make(*own.open(), "spring", 3);
        import(*own.open(), "cinema", 3);
        import(*own.open(), "spa", 1);
        ServiceOptions options = own.options();
        options.open_store = &open_faulty;
        options.cache_members_max = call % 3 == 0 ? 100 : 0;
        const auto service = own.start(std::move(options));
        const std::vector<std::vector<Command>> story{
            {claim("1", codes[0], "a"), claim("2", codes[0], "a"), ticket("2", "b")},
            {ticket("1", "b"), claim("2", codes[1], "c"), ticket("3", "a")},
            {claim("3", codes[2], "c"), ticket("1", "c")},
        };
        if (call > 0) Faults::fail_call(call, call % 2 == 0 ? StoreError::locked : StoreError::unavailable);
        int number = 0;
        std::string bodies;
        for (const auto& commands : story) {
            const std::string key = "key" + std::to_string(++number);
            const std::string before = own.contents();
            std::string body = ask(*service, commands, key, "h").body;
            if (body.find("store_failed") != std::string::npos) {
                EXPECT_EQ(own.contents(), before) << where;
                body = ask(*service, commands, key, "h").body;
            }
            bodies += body;
        }
        failed = call == 0 || Faults::happened();
        Faults::none();
        if (call == 0) goal = bodies;
        EXPECT_EQ(bodies, goal) << where;
        EXPECT_EQ(own.open()->code_batches()->at(0).taken, 3) << where;
        EXPECT_EQ(audit(*own.open()), "") << where;
        EXPECT_EQ(own.replay_differences(), "") << where;
    }
    EXPECT_GT(call, 10) << "the story makes several calls";
}

TEST_P(Codes, batches_decided_ahead_give_each_code_once) {
    constexpr int asks = 60;
    const auto store = shop.open();
    const auto codes = make(*store, "spring", asks / 3);
    import(*store, "cinema", asks / 4);
    for (const int conflicts : {0, 3}) {
        ServiceOptions options = shop.options();
        options.open_store = &open_faulty;
        options.batch_commands_max = 4;
        options.commands_ahead_min = 1;
        const auto service = shop.start(std::move(options));
        Faults::conflict(conflicts);
        std::vector<std::future<Answered>> answers;
        for (int number = 0; number < asks; ++number) {
            const std::string who = std::to_string(number % 5);
            const std::string reference = std::to_string(number) + "-" + std::to_string(conflicts);
            answers.push_back(submit(*service, {claim(who, codes[static_cast<std::size_t>(number / 3)], reference),
                                                ticket(who, "t" + reference)}));
        }
        int letters = 0;
        int tickets = 0;
        for (auto& answer : answers) {
            const Answered answered = wait_for(std::move(answer));
            letters += answered.replies[0].has_value() ? 1 : 0;
            tickets += answered.replies[1].has_value() ? 1 : 0;
        }
        Faults::none();
        EXPECT_EQ(letters, conflicts == 0 ? asks / 3 : 0);
        EXPECT_EQ(tickets, conflicts == 0 ? asks / 4 : 0);
        expect_sound();
    }
}

TEST_P(Codes, a_break_at_commit_gives_the_code_once) {
    const auto codes = make(*shop.open(), "spring", 1);
    ServiceOptions options = shop.options();
    options.open_store = &open_faulty;
    const auto service = shop.start(std::move(options));
    Faults::break_after_commit();
    EXPECT_EQ(tell(*service, claim("1", codes[0], "a")), "outcome_unknown");
    EXPECT_EQ(tell(*service, claim("2", codes[0], "a")), "code_not_valid");
    EXPECT_EQ(tell(*service, claim("1", codes[0], "a")), "member 1 duplicate");
    expect_sound();
}

// --- notices ---------------------------------------------------------------------------------------------------------

std::string kinds_of(const std::vector<NoticeRow>& rows) {
    std::string text;
    for (const NoticeRow& row : rows)
        text += std::to_string(row.member.value) + " " + std::string(engine::name_of(row.notice.kind)) + " " +
                row.notice.subject + "; ";
    return text;
}

TEST_P(Codes, notices_are_told_once_whoever_lets_time_pass) {
    const auto store = shop.open();
    const auto service = shop.start();
    const auto take = [&](const char* who, const char* at) {
        return tell(*service, command(who, at, engine::CouponClaimed{"short", "", "s"}));
    };
    EXPECT_EQ(take("1", "2026-01-01T10:00"), "member 1 event 1 normal 0+0");
    EXPECT_EQ(take("2", "2026-01-01T11:00"), "member 2 event 1 normal 0+0");
    shop.set_clock("2026-01-02T10:30");
    EXPECT_EQ(kinds_of(must(service->list_notices({}))), "") << "nobody has looked";
    // Refused, so nothing is kept of the time that has passed, either.
    EXPECT_EQ(tell(*service, command("1", "2026-01-02T10:30", engine::CouponClaimed{"gone", "", "x"})),
              "unknown_coupon");
    EXPECT_EQ(tell(*service, command("1", "2026-01-02T10:30", engine::PointsAdjusted{Points(1), "p", ""})),
              "member 1 event 3 normal 1+0");
    EXPECT_EQ(kinds_of(must(service->list_notices({}))), "") << "it may not be the first of its time yet";
    shop.set_clock("2026-01-02T10:30:10");
    const auto first = must(service->list_notices({}));
    EXPECT_EQ(kinds_of(first), "1 coupon_lapses short; ");
    EXPECT_EQ(first.at(0).event_sequence, 3u);
    EXPECT_EQ(first.at(0).notice.at, local("2026-01-02T10:00"));
    EXPECT_EQ(first.at(0).recorded_at, local("2026-01-02T10:30"));
    EXPECT_EQ(kinds_of(must(service->list_member_notices({1}, instant_min, {}))), kinds_of(first));
    shop.set_clock("2026-01-02T12:00");
    ServiceOptions options = shop.options();
    options.scheduler = true;
    const auto with_scheduler = shop.start(std::move(options));
    const auto both = [&] { return kinds_of(must(store->list_notices(instant_max, {}))); };
    EXPECT_TRUE(eventually([&] { return both() == "1 coupon_lapses short; 2 coupon_lapses short; "; })) << both();
    expect_sound();
    EXPECT_EQ(both(), "1 coupon_lapses short; 2 coupon_lapses short; ") << "a replay tells nobody again";
    shop.set_clock("2026-01-02T12:01");
    EXPECT_EQ(kinds_of(must(service->list_notices({first.at(0).key(), 10}))), "2 coupon_lapses short; ");
}

// --- the auditor itself ----------------------------------------------------------------------------------------------

TEST_P(Codes, the_auditor_finds_codes_that_were_tampered_with) {
    const auto store = shop.open();
    const auto codes = make(*store, "spring", 2);
    import(*store, "cinema", 3);
    const auto service = shop.start();
    EXPECT_EQ(tell(*service, claim("1", codes[0], "a")), "member 1 event 1 normal 0+0");
    EXPECT_EQ(tell(*service, ticket("1", "b")), "member 1 event 3 normal 0+0");
    expect_sound();
    const std::string hash = hash_of_code(codes[1]);
    PartnerPool pool = must(store->pools()).at(0);
    Batch batch;
    batch.code_uses = {{hash, {1}, {9}, shop.now()}};
    pool.given = 2;
    batch.pools = {pool};
    ASSERT_TRUE(store->commit(batch).has_value());
    EXPECT_EQ(audit(*store), "letter20: codes taken 2, not 1\ncinema: codes given 2, not 1\n");
}

}  // namespace
}  // namespace regulars::service
