// Many at once want the same few coupons, or spend one wallet twice. What is given out is never more than there is, and
// whoever was told that they have something has it. An auditor looks at the tables afterwards.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <set>
#include <thread>

#include "audit.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

constexpr std::string_view day = "2026-03-02T10:00";
constexpr std::string_view until_then = "2026-03-02T09:00";

Command claim(const std::string& who, std::string coupon, std::string reference, std::string_view at = day) {
    return command(who, at, engine::CouponClaimed{std::move(coupon), "", std::move(reference)});
}

bool is_kept(const std::string& answer) { return answer != "store_failed" && answer != "outcome_unknown"; }

// Under contention of two services a batch may be given up after its retries; the caller then asks again.
std::string ask_until_kept(Service& service, const Command& one) {
    std::string answer;
    EXPECT_TRUE(eventually([&] { return is_kept(answer = tell(service, one)); }));
    return answer;
}

std::int64_t issued(Store& store, const std::string& coupon) {
    const auto stocks = must(store.load_stocks(std::span(&coupon, 1)));
    return stocks[0] ? stocks[0]->issued : 0;
}

std::size_t held_of(Store& store, MemberId member, std::string_view coupon) {
    std::size_t count = 0;
    for (const CouponSummary& row : must(store.list_coupons(member, {0, 1'000}))) count += row.name == coupon ? 1U : 0U;
    return count;
}

class CouponRace : public testing::TestWithParam<contract::Backend> {
protected:
    Shop shop{GetParam(), Shop::checkout};

    void SetUp() override { shop.set_clock(day); }
    /// Services on one database, as so many processes would be.
    [[nodiscard]] std::vector<std::unique_ptr<Service>> start(std::size_t count, std::size_t cache_members_max) const {
        std::vector<std::unique_ptr<Service>> services;
        for (std::size_t i = 0; i < count; ++i) {
            ServiceOptions options = shop.options();
            options.cache_members_max = cache_members_max;
            options.commands_ahead_min = 8;
            services.push_back(shop.start(std::move(options)));
        }
        return services;
    }
    /// `work` on so many threads at once, each with its number.
    static void on_threads(int count, const std::function<void(int)>& work) {
        std::vector<std::thread> threads;
        for (int number = 0; number < count; ++number) threads.emplace_back(work, number);
        for (std::thread& thread : threads) thread.join();
    }
    void expect_sound() const {
        EXPECT_EQ(audit(*shop.open()), "");
        EXPECT_EQ(shop.replay_differences(), "");
    }
};

INSTANTIATE_TEST_SUITE_P(stores, CouponRace, testing::ValuesIn(contract::backends()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

// Every member asks several times, with the same and with other references, through several threads.
struct Rush {
    int threads = 64;
    int members = 1'000;
    int claims_each = 3;
};

struct Given {
    std::atomic<int> given{0};
    std::atomic<int> repeated{0};
    std::atomic<int> limited{0};
    std::atomic<int> sold_out{0};
    std::atomic<int> other{0};
};

void rush(const std::vector<std::unique_ptr<Service>>& services, const Rush& rush, Given& given, int number) {
    std::mt19937_64 random(static_cast<std::uint64_t>(number) + 1);
    std::vector<int> order;
    for (int i = number; i < rush.members * rush.claims_each; i += rush.threads) order.push_back(i);
    std::shuffle(order.begin(), order.end(), random);
    for (const int i : order) {
        const std::string who = std::to_string(i % rush.members);
        // Two of three claims of a member have the same reference.
        const std::string reference = i / rush.members % 3 == 2 ? "again" : "once";
        Service& service = *services[random() % services.size()];
        const std::string told = ask_until_kept(service, claim(who, "rare", reference));
        if (told.find(" event ") != std::string::npos) ++given.given;
        else if (told.find(" duplicate") != std::string::npos) ++given.repeated;
        else if (told == "coupon_limit_reached") ++given.limited;
        else if (told == "coupon_sold_out") ++given.sold_out;
        else ++given.other;
    }
}

TEST_P(CouponRace, a_hundred_coupons_go_to_a_hundred_members_however_many_ask) {
    const auto services = start(1, 1'000'000);
    Given given;
    const Rush size;
    on_threads(size.threads, [&](int number) { rush(services, size, given, number); });
    EXPECT_EQ(given.given, 100);
    EXPECT_EQ(given.other, 0);
    EXPECT_EQ(given.given + given.repeated + given.limited + given.sold_out, size.members * size.claims_each);
    const auto store = shop.open();
    EXPECT_EQ(issued(*store, "rare"), 100);
    EXPECT_EQ(issued(*store, "starter"), 60) << "a hundred registered, sixty were greeted";
    EXPECT_EQ(store->list_members({MemberId(), 2'000})->size(), 100U) << "who was refused was not registered either";
    for (const MemberSummary& member : must(store->list_members({MemberId(), 2'000})))
        EXPECT_EQ(held_of(*store, member.member, "rare"), 1U) << member.member.value;
    expect_sound();
}

TEST_P(CouponRace, two_services_on_one_database_give_out_no_more_than_one_would) {
    for (const std::size_t cache_members_max : {std::size_t{0}, std::size_t{1'000}}) {
        SCOPED_TRACE("cache of " + std::to_string(cache_members_max));
        const Shop own(GetParam(), Shop::checkout);
        std::vector<std::unique_ptr<Service>> services;
        for (int i = 0; i < 2; ++i) {
            ServiceOptions options = own.options();
            options.cache_members_max = cache_members_max;
            services.push_back(own.start(std::move(options)));
        }
        Given given;
        const Rush size{16, 200, 3};
        on_threads(size.threads, [&](int number) { rush(services, size, given, number); });
        EXPECT_EQ(given.given, 100);
        EXPECT_EQ(given.other, 0);
        const auto store = own.open();
        EXPECT_EQ(issued(*store, "rare"), 100);
        EXPECT_EQ(issued(*store, "starter"), 60);
        EXPECT_EQ(audit(*store), "");
        EXPECT_EQ(own.replay_differences(), "");
    }
}

TEST_P(CouponRace, a_day_and_a_budget_are_not_exceeded_either) {
    const auto services = start(2, 0);
    std::atomic<int> today = 0;
    std::atomic<int> dear = 0;
    on_threads(12, [&](int number) {
        for (int i = 0; i < 4; ++i) {
            const std::string who = std::to_string(number % 4);
            const std::string reference = std::to_string(number) + "-" + std::to_string(i);
            Service& service = *services[static_cast<std::size_t>(number) % 2];
            // Three a day: those that come late for a day that is over get what is left of the day after it.
            const std::string_view at = i % 2 == 0 ? day : "2026-03-03T10:00";
            today += ask_until_kept(service, claim(who, "today", reference, at)).find(" event ") != std::string::npos;
            dear += ask_until_kept(service, claim(who, "dear", reference)).find(" event ") != std::string::npos;
        }
    });
    EXPECT_GE(today, 3);
    EXPECT_LE(today, 6);
    EXPECT_EQ(dear, 5) << "five of 20.00 are what a budget of 100.00 has";
    expect_sound();
}

// --- one wallet ------------------------------------------------------------------------------------------------------

// A checkout tries to spend the only coupon, all points and most of the balance: at once, or by a hold that becomes an
// order, is released, or is left to its time.
class Checkout {
public:
    Checkout(Service& service, int number)
        : service_(service), number_(std::to_string(number)), random_(static_cast<std::uint64_t>(number)) {}

    void run() {
        for (int i = 0; i < 3; ++i) {
            const std::string id = number_ + "-" + std::to_string(i);
            if (random_() % 2 == 0) pay_at_once(id);
            else pay_by_hold(id);
        }
    }

private:
    std::string tell_kept(engine::Fact fact) {
        return ask_until_kept(service_, command("1", day, std::move(fact)));
    }
    bool is_done(const std::string& answer) {
        const bool done = answer.find(" event ") != std::string::npos;
        static const std::set<std::string> expected{"coupon_not_found", "not_enough_points", "not_enough_balance",
                                                    "hold_not_found", "too_many_holds"};
        EXPECT_TRUE(done || expected.contains(answer)) << answer;
        return done;
    }
    engine::OrderCreated order_of(const std::string& id, std::int64_t amount_minor) const {
        engine::OrderCreated fact;
        fact.order_id = id;
        fact.lines.resize(1);
        fact.lines[0].amount = Money(amount_minor);
        return fact;
    }
    void pay_at_once(const std::string& id) {
        engine::OrderCreated fact = order_of(id, 90'00);
        const auto what = random_() % 3;
        if (what == 0) fact.coupons = {{CouponId{1}, Money(10'00)}};
        if (what <= 1) fact.points = Points(500);
        if (what == 2) fact.balance = Money(20'00);
        is_done(tell_kept(std::move(fact)));
    }
    void pay_by_hold(const std::string& id) {
        engine::HoldPlaced fact;
        fact.hold_id = "H" + id;
        fact.lines = order_of(id, 100'00).lines;
        const bool with_coupon = random_() % 2 == 0;
        fact.coupons.emplace();
        if (with_coupon) fact.coupons->push_back(CouponId{1});
        fact.points = Points(random_() % 2 == 0 ? 500 : 0);
        fact.balance = Money(random_() % 2 == 0 ? 20'00 : 0);
        if (!is_done(tell_kept(std::move(fact)))) return;
        const auto next = random_() % 4;
        if (next == 0) return;
        if (next == 1) {
            EXPECT_TRUE(is_done(tell_kept(engine::HoldReleased{"H" + id})));
            return;
        }
        engine::OrderCreated order = order_of(id, with_coupon ? 90'00 : 100'00);
        order.hold_id = "H" + id;
        EXPECT_TRUE(is_done(tell_kept(std::move(order))));
    }

    Service& service_;
    std::string number_;
    std::mt19937_64 random_;
};

void race_for_one_wallet(const Shop& shop, const std::vector<std::unique_ptr<Service>>& services, int threads) {
    Service& first = *services.front();
    static_cast<void>(tell(first, command("1", until_then, engine::Registered{})));
    static_cast<void>(tell(first, command("1", until_then, engine::CouponRevoked{CouponId{2}, ""})));
    static_cast<void>(tell(first, command("1", until_then, engine::PointsAdjusted{Points(500), "gift", ""})));
    static_cast<void>(tell(first, command("1", until_then, engine::BalanceToppedUp{Money(30'00), Money(3'00), "t"})));
    std::vector<std::thread> running;
    for (int number = 0; number < threads; ++number)
        running.emplace_back([&, number] {
            Checkout(*services[static_cast<std::size_t>(number) % services.size()], number).run();
        });
    for (std::thread& thread : running) thread.join();
    const auto store = shop.open();
    const MemberId id{1};
    const engine::Member member = must(store->load_members(std::span(&id, 1)))[0]->member;
    Points points = member.points_available;
    Money balance = member.balance.total();
    std::size_t coupons = member.coupons.size();
    const auto count = [&](const engine::Tenders& tenders) {
        for (const engine::SpentLot& lot : tenders.points) points += lot.points;
        balance += tenders.balance.total();
        coupons += tenders.coupons.size();
    };
    for (const engine::Hold& hold : member.holds) count(hold.tenders);
    for (const engine::Order& order : member.open_orders) count(order.tenders);
    EXPECT_EQ(points, Points(500));
    EXPECT_EQ(balance, Money(33'00));
    EXPECT_EQ(coupons, 1U);
    EXPECT_GT(member.open_orders.size(), 0U);
    EXPECT_EQ(audit(*store), "");
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(CouponRace, a_wallet_is_spent_once_however_many_checkouts_race_for_it) {
    race_for_one_wallet(shop, start(1, 1'000), 64);
}

TEST_P(CouponRace, a_wallet_is_spent_once_by_two_services) { race_for_one_wallet(shop, start(2, 0), 12); }

TEST_P(CouponRace, what_nobody_came_back_for_is_free_again_when_its_time_is_over) {
    const auto service = shop.start();
    engine::HoldPlaced hold;
    hold.hold_id = "H";
    hold.lines.resize(1);
    hold.lines[0].amount = Money(100'00);
    EXPECT_EQ(tell(*service, command("1", day, engine::Registered{})), "member 1 event 1 normal 0+0");
    EXPECT_EQ(tell(*service, command("1", day, hold)), "member 1 event 3 normal 0+0");
    const auto store = shop.open();
    EXPECT_EQ(store->list_coupons({1}, {0, 10})->front().status, "held");
    const auto due = must(store->due_members(local("2026-03-02T10:30"), 10));
    EXPECT_EQ(due, std::vector<MemberId>{MemberId{1}});
    EXPECT_TRUE(must(store->due_members(local("2026-03-02T10:29:59"), 10)).empty());
    EXPECT_EQ(tell(*service, command("1", "2026-03-02T10:30", engine::HoldReleased{"H"})), "member 1 duplicate");
    ServiceOptions options = shop.options();
    options.scheduler = true;
    shop.set_clock("2026-03-02T10:30");
    const auto with_scheduler = shop.start(std::move(options));
    EXPECT_TRUE(eventually([&] { return store->list_coupons({1}, {0, 10})->front().status == "usable"; }));
    expect_sound();
}

// --- the auditor itself ----------------------------------------------------------------------------------------------

// A canary: what there is to find, the auditor finds.
TEST_P(CouponRace, the_auditor_finds_what_was_tampered_with) {
    {
        const auto service = shop.start();
        static_cast<void>(tell(*service, claim("1", "last", "c")));
        engine::HoldPlaced hold;
        hold.hold_id = "H";
        hold.lines.resize(1);
        hold.lines[0].amount = Money(100'00);
        hold.coupons = std::vector<CouponId>{{3}};
        EXPECT_EQ(tell(*service, command("1", day, hold)), "member 1 event 3 normal 0+0");
    }
    const auto store = shop.open();
    EXPECT_EQ(audit(*store), "");
    const MemberId id{1};
    const auto stored = *must(store->load_members(std::span(&id, 1)))[0];
    engine::Member changed = stored.member;
    changed.coupons.push_back(changed.holds[0].tenders.coupons[0].coupon);
    changed.points_available = Points(5);
    const std::string name = "last";
    CouponStock stock = *must(store->load_stocks(std::span(&name, 1)))[0];
    stock.issued = 3;
    Batch batch;
    batch.members = {{&changed, stored.version, "normal", false}};
    batch.stocks = {stock};
    ASSERT_TRUE(store->commit(batch).has_value());
    EXPECT_EQ(audit(*store), "member 1: points by the ledger 0, not 5\nmember 1: coupon 3 is in two places\n"
                             "member 1: coupon 3 is held, not usable\nlast: issued 3, not 1\n"
                             "last: more than there are\n");
}

}  // namespace
}  // namespace regulars::service
