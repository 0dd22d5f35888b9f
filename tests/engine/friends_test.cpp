// Laws of reviews and friends under random histories: what the ledger has given is what stands with those who count,
// nothing is given twice, and what goes back goes back to the last point and cent.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <iterator>
#include <map>
#include <numeric>
#include <set>

#include "engine/activities/common.hpp"
#include "engine/friends/referrals.hpp"
#include "world.hpp"

namespace regulars::model {
namespace {

constexpr std::string_view programme_path = "tests/engine/programmes/friends.yaml";
constexpr std::uint64_t friends_count = 5;

/// What a cause has brought and taken again, over all that was booked.
struct Books {
    std::int64_t points = 0;
    std::int64_t cashback = 0;
    std::int64_t cost = 0;

    void add(const engine::Outcome& outcome, engine::Cause cause, std::string_view code,
             const programme::Programme& programme) {
        using engine::Account;
        for (const engine::LedgerEntry& entry : outcome.ledger) {
            if (entry.cause != cause) continue;
            if (entry.from == Account::points_issued) points += entry.amount;
            if (entry.to == Account::points_reversed) points -= entry.amount;
            if (entry.to == Account::balance_cashback) cashback += entry.amount;
            if (entry.from == Account::balance_cashback) cashback -= entry.amount;
        }
        for (const engine::Cost& one : outcome.costs)
            if (programme.benefits[one.benefit] == code) cost += one.amount.count();
    }
};

/// One who brings friends, and these; what follows for one from another happens to them.
class Circle {
public:
    explicit Circle(std::shared_ptr<const programme::Programme> programme) {
        for (std::uint64_t id = 1; id <= 1 + friends_count; ++id) worlds_.try_emplace(id, programme, MemberId{id});
    }
    Answer tell(std::uint64_t id, engine::Fact fact) {
        now_ = next();
        Answer answer = worlds_.at(id).tell({now_, std::move(fact)});
        keep(id, answer.outcome);
        return answer;
    }
    /// When what is told next happens.
    [[nodiscard]] Instant next() const { return {now_.ms + 60'000}; }
    void pass_day() { now_.ms += 86'400'000; }
    World& world(std::uint64_t id) { return worlds_.at(id); }
    [[nodiscard]] const Books& books(std::uint64_t id) { return books_[id]; }

private:
    void keep(std::uint64_t id, const engine::Outcome& outcome) {
        World& world = worlds_.at(id);
        books_[id].add(outcome, engine::Cause::referral, "referral", world.programme());
        for (const engine::FollowUp& next : outcome.follow_ups) {
            const auto other = worlds_.find(next.member.value);
            if (other == worlds_.end() || other->second.member().registered_at == instant_min) continue;
            const Answer answer = other->second.tell({next.at, next.fact});
            keep(next.member.value, answer.outcome);
        }
    }

    std::map<std::uint64_t, World> worlds_;
    std::map<std::uint64_t, Books> books_;
    Instant now_{1'767'600'000'000};  // 2026-01-05T08:00:00Z
};

engine::OrderCreated paid_order(const std::string& id, std::int64_t amount, Instant at) {
    engine::OrderCreated order;
    order.order_id = id;
    engine::Line line;
    line.product = "mug";
    line.amount = Money(amount);
    order.lines = {line};
    order.paid_at = at;
    return order;
}

std::string mark() { return "00000000000000" + std::to_string(*rc::gen::inRange(10, 14)); }

/// One random thing; whoever it cannot happen to refuses it.
void step(Circle& circle, int number) {
    const auto who = *rc::gen::inRange<std::uint64_t>(2, 2 + friends_count);
    const std::string order_id = "O" + std::to_string(number);
    switch (*rc::gen::inRange(0, 9)) {
        case 0: case 1: circle.tell(who, engine::Registered{"web", "friend", "", "", "", "1"}); return;
        case 2: case 3: {
            const auto amount = *rc::gen::inRange<std::int64_t>(10'00, 40'00);
            circle.tell(who, paid_order(order_id, amount, circle.next()));
            return;
        }
        case 4: {
            const auto& orders = circle.world(who).closed_orders();
            if (orders.empty()) return;
            circle.tell(who, engine::OrderRefunded{orders.begin()->first, "R" + std::to_string(number), {}});
            return;
        }
        case 5: circle.tell(who, engine::MarksTold{{mark()}}); return;
        case 6: circle.tell(1, engine::MarksTold{{mark()}}); return;
        case 7: circle.tell(1, engine::ReferralDecided{{who}, *rc::gen::arbitrary<bool>(), ""}); return;
        case 8: circle.pass_day(); return;
    }
}

std::int64_t check_inviter(Circle& circle) {
    const engine::Member& member = circle.world(1).member();
    Books expected;
    std::int64_t rewarded = 0;
    std::set<std::uint64_t> known;
    for (const engine::Friend& one : member.friends) {
        RC_ASSERT(known.insert(one.member.value).second);
        const bool counts = one.status == engine::FriendStatus::rewarded;
        rewarded += counts ? 1 : 0;
        // By the programme: 10 for registering, 100 and 2.00 for the order, nothing while people look.
        RC_ASSERT(one.points.count() <= 110);
        RC_ASSERT(one.order_points == Points(counts ? 100 : 0));
        RC_ASSERT(one.cashback == Money(counts ? 200 : 0));
        if (one.status == engine::FriendStatus::refused) RC_ASSERT(one.points.is_zero());
        if (!one.counted) RC_ASSERT(one.points.is_zero());
        expected.points += one.points.count();
        expected.cashback += one.cashback.count();
    }
    RC_ASSERT(rewarded == member.friends_ordered);
    RC_ASSERT(rewarded <= 3);
    if (const auto* state = engine::find_state(member, engine::referral_code))
        for (const std::string& name : state->steps) expected.points += name == "1" ? 7 : 500;
    RC_ASSERT(circle.books(1).points == expected.points);
    RC_ASSERT(circle.books(1).cashback == expected.cashback);
    RC_ASSERT(circle.books(1).cost == expected.cashback);
    RC_ASSERT(circle.world(1).broken_laws().empty());
    return rewarded;
}

void check_friend(Circle& circle, std::uint64_t id) {
    const engine::Brought& brought = circle.world(id).member().brought;
    const std::int64_t welcome = brought.registration_counts ? 15 : 0;
    RC_ASSERT(circle.books(id).points == welcome + brought.points.count());
    RC_ASSERT(circle.books(id).cashback == brought.cashback.count());
    RC_ASSERT(circle.books(id).cost == brought.cashback.count());
    if (brought.points > Points()) RC_ASSERT(brought.order_counts && brought.order != 0);
    RC_ASSERT(circle.world(id).broken_laws().empty());
}

TEST(friends, what_was_given_is_what_stands_with_those_who_count) {
    const auto programme = load_programme(std::string(programme_path), {});
    std::int64_t rewarded = 0;
    EXPECT_TRUE(rc::check([&] {
        Circle circle(programme);
        circle.tell(1, engine::Registered{});
        for (int number = 0; number < 40; ++number) {
            step(circle, number);
            rewarded += check_inviter(circle);
            for (std::uint64_t id = 2; id < 2 + friends_count; ++id) check_friend(circle, id);
        }
    }));
    EXPECT_GT(rewarded, 100) << "random histories come so far";
}

/// One random thing of a member who buys, reviews and brings back.
Answer review_step(World& world, int number, Instant at) {
    const std::string product(1, static_cast<char>('a' + *rc::gen::inRange(0, 4)));
    const auto& known = world.closed_orders();
    const std::string order_id =
        known.empty() ? "none" : std::next(known.begin(), *rc::gen::inRange<long>(0, std::ssize(known)))->first;
    switch (*rc::gen::inRange(0, 6)) {
        case 0: {
            engine::OrderCreated order = paid_order("O" + std::to_string(number), 10'00, at);
            for (int more = *rc::gen::inRange(0, 4); more > 0; --more) {
                order.lines.push_back(order.lines.front());
                order.lines.back().product = std::string(1, static_cast<char>('a' + *rc::gen::inRange(0, 4)));
                order.lines.back().quantity = *rc::gen::inRange(1, 4);
            }
            return world.tell({at, order});
        }
        case 1: case 2: {
            const auto text = std::string(*rc::gen::inRange<std::size_t>(5, 20), 'x');
            std::vector<std::string> pictures;
            if (*rc::gen::arbitrary<bool>()) pictures.emplace_back("https://example.com/1.jpg");
            return world.tell({at, engine::ProductReviewed{order_id, product, 5, text, pictures}});
        }
        case 3: case 4:
            return world.tell({at, engine::ReviewModerated{order_id, product, *rc::gen::inRange(0, 4) != 0, ""}});
        default: {
            const auto line = *rc::gen::inRange<std::uint32_t>(0, 4);
            return world.tell({at, engine::OrderRefunded{order_id, "R" + std::to_string(number), {{line, 1, {}}}}});
        }
    }
}

std::size_t check_reviews(const World& world, const Books& books) {
    Books expected;
    std::set<std::string> products;
    for (const auto& [order_id, order] : world.closed_orders()) {
        std::int64_t rewarded = 0;
        for (const engine::ProductReview& review : order.reviews) {
            if (review.status != engine::ReviewStatus::approved || review.points.is_zero()) continue;
            RC_ASSERT(products.insert(review.product).second);
            RC_ASSERT(review.length >= 10);
            RC_ASSERT(review.points == Points(review.pictures ? 30 : 20));
            ++rewarded;
            expected.points += review.points.count();
            expected.cashback += review.cashback.count();
        }
        RC_ASSERT(rewarded <= 2);
    }
    const auto& known = world.member().reviewed_products;
    RC_ASSERT(std::set<std::string>(known.begin(), known.end()) == products);
    RC_ASSERT(books.points == expected.points);
    RC_ASSERT(books.cashback == expected.cashback);
    RC_ASSERT(books.cost == expected.cashback);
    RC_ASSERT(world.broken_laws().empty());
    return products.size();
}

TEST(reviews, what_was_given_is_what_stands_with_what_is_kept) {
    const auto programme = load_programme(std::string(programme_path), {});
    std::size_t rewarded = 0;
    EXPECT_TRUE(rc::check([&] {
        World world(programme);
        Books books;
        Instant at{1'767'600'000'000};
        for (int number = 0; number < 60; ++number) {
            at.ms += *rc::gen::inRange<std::int64_t>(1, 12) * 3'600'000;
            const Answer answer = review_step(world, number, at);
            books.add(answer.outcome, engine::Cause::product_review, "reviews", *programme);
            rewarded += check_reviews(world, books);
        }
    }));
    EXPECT_GT(rewarded, 100U) << "random histories come so far";
}

}  // namespace
}  // namespace regulars::model
