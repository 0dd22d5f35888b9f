// Streaks against a naive count over the whole past, in zones whose clocks change, with freezes and days made up for.
#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "engine/activities/check_ins.hpp"
#include "engine/activities/common.hpp"
#include "world.hpp"

namespace regulars::model {

namespace {

/// What tests/engine/programmes/check_ins.yaml says of `daily`, counted from all days that there ever were.
class NaiveDays {
public:
    NaiveDays(bool weekends_closed, LocalDate registered)
        : weekends_closed_(weekends_closed), registered_(registered) {}

    bool check_in(LocalDate today) {
        if (is_closed(today) || checked_.contains(today)) return false;
        save_by_freezes(today);
        checked_.insert(today);
        points += 1;
        give_steps(run_until(today), run_until(today) - 1, 0);
        return true;
    }
    bool make_up(LocalDate day, LocalDate today) {
        const LocalDate month = first_of(CalendarUnit::month, today);
        if (month != month_) made_up_ = 0;
        const bool possible = !is_closed(today) && day < today && day.days >= today.days - 5 && day >= registered_ &&
                              !is_closed(day) && !checked_.contains(day) && !frozen_.contains(day) && made_up_ < 2 &&
                              points >= 4;
        if (!possible) return false;
        month_ = month;
        ++made_up_;
        points -= 4;
        const std::int64_t before = run_until(before_of(day));
        const std::int64_t after = run_from(day);
        checked_.insert(day);
        give_steps(before + 1 + after, before, after);
        return true;
    }
    bool buy_freeze(LocalDate today) {
        if (is_closed(today) || freezes >= 2 || points < 6) return false;
        points -= 6;
        ++freezes;
        return true;
    }
    [[nodiscard]] std::int64_t streak() const { return checked_.empty() ? 0 : run_until(*checked_.rbegin()); }

    std::int64_t points = 0;
    std::int64_t freezes = 0;
    std::int64_t mugs = 0;

private:
    [[nodiscard]] bool is_closed(LocalDate day) const { return weekends_closed_ && weekday_of(day) > 5; }
    [[nodiscard]] bool breaks(LocalDate day) const {
        return !checked_.contains(day) && !frozen_.contains(day) && !is_closed(day);
    }
    // The last day before this one on which something could be missed and was not.
    [[nodiscard]] LocalDate before_of(LocalDate day) const {
        do day = add_days(day, -1);
        while (!checked_.contains(day) && !breaks(day));
        return day;
    }
    [[nodiscard]] std::int64_t run_until(LocalDate day) const {
        std::int64_t length = 0;
        for (; !checked_.empty() && *checked_.begin() <= day && !breaks(day); day = add_days(day, -1))
            if (checked_.contains(day)) ++length;
        return length;
    }
    [[nodiscard]] std::int64_t run_from(LocalDate day) const {
        std::int64_t length = 0;
        for (day = add_days(day, 1); !checked_.empty() && day <= *checked_.rbegin() && !breaks(day);
             day = add_days(day, 1))
            if (checked_.contains(day)) ++length;
        return length;
    }
    void save_by_freezes(LocalDate today) {
        if (checked_.empty()) return;
        std::set<LocalDate> missed;
        for (LocalDate day = add_days(*checked_.rbegin(), 1); day < today; day = add_days(day, 1))
            if (breaks(day)) missed.insert(day);
        if (static_cast<std::int64_t>(missed.size()) > freezes) return;
        freezes -= static_cast<std::int64_t>(missed.size());
        frozen_.merge(missed);
    }
    static std::int64_t times(std::int64_t length, std::int64_t step) {
        std::int64_t count = 0;
        for (std::int64_t day = 1; day <= length; ++day) count += (day - 1) % 7 + 1 == step ? 1 : 0;
        return count;
    }
    void give_steps(std::int64_t length, std::int64_t one, std::int64_t other) {
        for (const std::int64_t step : {3, 7}) {
            for (std::int64_t i = times(one, step) + times(other, step); i < times(length, step); ++i) {
                (step == 3 ? points : mugs) += step == 3 ? 10 : 1;
                freezes = std::min<std::int64_t>(2, freezes + 1);
            }
        }
    }

    bool weekends_closed_;
    LocalDate registered_;
    std::set<LocalDate> checked_;
    std::set<LocalDate> frozen_;
    LocalDate month_;
    std::int64_t made_up_ = 0;
};

/// A seeded stream of what a member may do: lives are too long to be shrunk.
class Chances {
public:
    explicit Chances(std::uint64_t seed) : random_(seed) {}

    /// To the next local midnight, a moment before it, or some hours on.
    Instant later(const Zone& zone, Instant now) {
        const Instant midnight = zone.end_of(zone.date(now));
        const std::int64_t kind = pick(4);
        if (kind == 0) return midnight;
        if (kind == 1 && midnight.ms - 1 > now.ms) return Instant{midnight.ms - 1};
        return Instant{now.ms + (1 + pick(40)) * 3'600'000};
    }
    engine::Fact fact(LocalDate today, int number) {
        const std::int64_t kind = pick(10);
        if (kind < 7) return engine::CheckedIn{"daily"};
        if (kind == 7) return engine::FreezeBought{"daily", std::to_string(number)};
        return engine::CheckInMadeUp{"daily", add_days(today, -static_cast<std::int32_t>(pick(7))), {}};
    }

private:
    std::int64_t pick(std::int64_t below) {
        return std::uniform_int_distribution<std::int64_t>(0, below - 1)(random_);
    }
    std::mt19937_64 random_;
};

bool tell(NaiveDays& naive, const engine::Fact& fact, LocalDate today) {
    if (std::holds_alternative<engine::CheckedIn>(fact)) return naive.check_in(today);
    if (std::holds_alternative<engine::FreezeBought>(fact)) return naive.buy_freeze(today);
    return naive.make_up(std::get<engine::CheckInMadeUp>(fact).day, today);
}

void compare_a_life(const std::string& zone_name, bool weekends_closed, std::uint64_t seed) {
    const std::string open = weekends_closed
                                 ? "\n    open: {weekdays: [monday, tuesday, wednesday, thursday, friday]}" : "";
    World world(load_programme("tests/engine/programmes/check_ins.yaml",
                               {{"Europe/Berlin", zone_name}, {"- name: daily\n", "- name: daily" + open + "\n"}}));
    const Zone& zone = world.programme().zone;
    Chances chances(seed);
    Instant now = zone.start_of(*date_of(2026, 2, 1));
    ASSERT_TRUE(world.tell({now, engine::Registered{}}).accepted());
    NaiveDays naive(weekends_closed, zone.date(now));
    for (int i = 0; i < 300; ++i) {
        SCOPED_TRACE(zone_name + ", seed " + std::to_string(seed) + ", step " + std::to_string(i));
        now = chances.later(zone, now);
        const LocalDate today = zone.date(now);
        const engine::Fact fact = chances.fact(today, i);
        ASSERT_EQ(world.tell({now, fact}).accepted(), tell(naive, fact, today)) << engine::name_of(fact);
        const auto* found = engine::find_state(world.member(), "daily");
        const engine::ActivityState state = found != nullptr ? *found : engine::ActivityState();
        ASSERT_EQ(state.streak, naive.streak());
        ASSERT_EQ(state.freezes, naive.freezes);
        ASSERT_EQ(world.member().points_available, Points(naive.points));
        ASSERT_EQ(world.member().balance.cashback, Money(200 * naive.mugs));
        ASSERT_LE(state.days.size(), 100U);
        ASSERT_TRUE(world.broken_laws().empty());
    }
}

TEST(check_ins, streaks_equal_a_naive_count_in_every_zone) {
    for (const char* zone : {"Europe/Berlin", "Asia/Shanghai", "America/St_Johns", "Australia/Lord_Howe"})
        for (const bool weekends_closed : {false, true})
            for (std::uint64_t seed = 1; seed <= 10 && !HasFatalFailure(); ++seed)
                compare_a_life(zone, weekends_closed, seed);
}

// Two who turn out to be one have checked in when either did, as far as the calendar goes back.
TEST(check_ins, streaks_of_two_members_are_those_of_all_their_days) {
    const auto programme = load_programme("tests/engine/programmes/check_ins.yaml", {});
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        World one(programme);
        World other(programme, {2});
        std::set<LocalDate> days;
        LocalDate day = *date_of(2026, 3, 1);
        for (int i = 0; i < 60; ++i, day = add_days(day, 1)) {
            const Instant noon{programme->zone.start_of(day).ms + 12 * 3'600'000};
            for (World* world : {&one, &other}) {
                if (random() % 3 == 0) continue;
                ASSERT_TRUE(world->tell({noon, engine::CheckedIn{"daily"}}).accepted());
                days.insert(day);
            }
        }
        ASSERT_TRUE(one.merge(other, programme->zone.start_of(day)).accepted());
        const engine::ActivityState& state = *engine::find_state(one.member(), "daily");
        EXPECT_EQ(state.days, (std::vector<LocalDate>(days.begin(), days.end())));
        std::int64_t streak = 0;
        const auto& kept = state.kept;
        for (LocalDate at = *days.rbegin(); days.contains(at) || std::binary_search(kept.begin(), kept.end(), at);
             at = add_days(at, -1))
            streak += days.contains(at) ? 1 : 0;
        EXPECT_EQ(state.streak, streak);
        EXPECT_GE(state.best_streak, streak);
        EXPECT_TRUE(one.broken_laws().empty());
    }
}

// Longer than the calendar goes back: the days are forgotten, and the length is not.
TEST(check_ins, a_streak_of_two_years_is_counted_in_full) {
    World world(load_programme("tests/engine/programmes/check_ins.yaml", {}));
    const Zone& zone = world.programme().zone;
    LocalDate day = *date_of(2026, 1, 1);
    for (std::int64_t length = 1; length <= 730; ++length, day = add_days(day, 1)) {
        ASSERT_TRUE(world.tell({Instant{zone.start_of(day).ms + 3'600'000}, engine::CheckedIn{"daily"}}).accepted());
        ASSERT_EQ(engine::find_state(world.member(), "daily")->streak, length);
    }
    EXPECT_EQ(engine::find_state(world.member(), "daily")->days.size(), 100U);
    EXPECT_EQ(world.member().balance.cashback, Money(200 * (730 / 7)));
}

}  // namespace

}  // namespace regulars::model
