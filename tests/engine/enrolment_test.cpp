// Where members came from, what is kept about them and who is invited, against the plainest second reading.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "world.hpp"

namespace regulars::model {

namespace {

constexpr std::int64_t ms_per_hour = 3'600'000;

std::shared_ptr<const programme::Programme> shop() {
    static const auto programme = load_programme("tests/engine/programmes/enrolment.yaml", {});
    return programme;
}

engine::Registered registered() {
    engine::Registered fact;
    for (std::string* part : {&fact.channel, &fact.source, &fact.store, &fact.staff, &fact.code, &fact.inviter})
        *part = *rc::gen::element<std::string>("", "", "a", "b");
    return fact;
}

engine::ProfileChanged profile() {
    engine::ProfileChanged fact;
    const std::int32_t day = *rc::gen::inRange(0, 6);
    if (day > 0) fact.birthday = date_of(1990, 1, day);
    if (*rc::gen::arbitrary<bool>()) fact.name = *rc::gen::element<std::string>("", "Li");
    if (*rc::gen::arbitrary<bool>())
        fact.attributes["occupation"] = *rc::gen::element<std::string>("", "doctor", "teacher", "pilot");
    return fact;
}

engine::OrderCreated paid_order(std::size_t step, Instant at) {
    engine::OrderCreated order;
    order.order_id = "A" + std::to_string(step);
    const std::int64_t lines = *rc::gen::inRange<std::int64_t>(1, 4);
    for (std::int64_t i = 0; i < lines; ++i)
        order.lines.push_back({"", "", "", "", 1, Money(*rc::gen::element<std::int64_t>(1, 4'999, 10'000)), {}, {}});
    order.channel = *rc::gen::element<std::string>("", "web", "mini_program");
    order.paid_at = at;
    return order;
}

RC_GTEST_PROP(enrolment, the_first_that_tells_where_a_member_came_from_is_kept, ()) {
    World world(shop());
    Instant at = *parse_instant("2026-01-05 09:30", shop()->zone);
    std::optional<engine::Registered> first;
    const auto steps = *rc::gen::inRange<std::size_t>(1, 12);
    for (std::size_t step = 0; step < steps; ++step) {
        at.ms += ms_per_hour;
        if (*rc::gen::inRange(0, 3) == 0) {
            RC_ASSERT(world.tell({at, paid_order(step, at)}).accepted());
            continue;
        }
        const engine::Registered fact = registered();
        static_cast<void>(world.tell({at, fact}));
        if (!first && fact != engine::Registered{}) first = fact;
    }
    const engine::Acquisition& kept = world.member().acquisition;
    const engine::Registered told = first.value_or(engine::Registered{});
    RC_ASSERT((engine::Registered{kept.channel, kept.source, kept.store, kept.staff, kept.code, kept.inviter}) == told);
}

RC_GTEST_PROP(enrolment, a_birthday_changes_once_and_a_complete_profile_is_rewarded_once, ()) {
    World world(shop());
    Instant at = *parse_instant("2026-01-05 09:30", shop()->zone);
    std::vector<LocalDate> birthdays;
    bool was_complete = false;
    const auto steps = *rc::gen::inRange<std::size_t>(1, 40);
    for (std::size_t step = 0; step < steps; ++step) {
        at.ms += ms_per_hour;
        if (*rc::gen::inRange(0, 4) == 0) {
            const std::string phone = "+861380013800" + std::to_string(*rc::gen::inRange(0, 3));
            engine::Fact fact = engine::IdentityLinked{"phone", phone};
            if (*rc::gen::arbitrary<bool>()) fact = engine::IdentityUnlinked{"phone", phone};
            static_cast<void>(world.tell({at, fact}));
        } else {
            const engine::ProfileChanged fact = profile();
            const bool is_change = fact.birthday && (birthdays.empty() || birthdays.back() != *fact.birthday);
            const auto answer = world.tell({at, fact});
            const bool too_often = is_change && birthdays.size() == 2;
            const auto job = fact.attributes.find("occupation");
            const bool no_job = job != fact.attributes.end() && job->second == "pilot";
            RC_ASSERT(answer.rejection.has_value() == (too_often || no_job));
            if (answer.rejection)
                RC_ASSERT(*answer.rejection == (too_often ? engine::Rejection::birthday_fixed
                                                          : engine::Rejection::attribute_not_valid));
            else if (is_change) birthdays.push_back(*fact.birthday);
        }
        const engine::Member& member = world.member();
        const bool has_phone = std::ranges::count(member.identities, "phone", &engine::Identity::kind) > 0;
        was_complete = was_complete || (has_phone && !member.profile.name.empty() && member.profile.birthday &&
                                        member.profile.attributes.contains("occupation"));
        RC_ASSERT(member.points_available.count() == (was_complete ? 50 : 0));
        RC_ASSERT(member.coupons.size() <= 1U);
    }
}

// Each condition read off the programme by hand.
bool is_invited(const engine::OrderCreated& order, const LocalTime& time) {
    constexpr std::int64_t hours = 3'600'000;
    std::int64_t amount = 0;
    for (const engine::Line& line : order.lines) amount += line.amount.count();
    const bool at_night = time.ms_of_day >= 22 * hours || time.ms_of_day < 6 * hours;
    if (order.channel == "mini_program" && at_night) return true;
    const YearMonthDay day = parts_of(time.date);
    if (amount >= 10'000 && day.year == 2026 && day.month == 3) return true;
    return order.lines.size() >= 3;
}

RC_GTEST_PROP(enrolment, a_card_is_offered_at_the_first_payment_or_never, ()) {
    World world(shop());
    Instant at = *parse_instant("2026-02-27 09:30", shop()->zone);
    std::set<std::string> standing;
    bool was_invited = false;
    bool has_phone = false;
    const auto steps = *rc::gen::inRange<std::size_t>(1, 15);
    for (std::size_t step = 0; step < steps; ++step) {
        at.ms += *rc::gen::inRange<std::int64_t>(1, 40) * ms_per_hour / 2;
        const int what = *rc::gen::inRange(0, 6);
        if (what == 0) {
            const std::string kind = *rc::gen::element<std::string>("phone", "customer:web", "openid:wx");
            has_phone = has_phone || kind == "phone";
            static_cast<void>(world.tell({at, engine::IdentityLinked{kind, "x"}}));
        } else if (what <= 2 && !standing.empty()) {
            RC_ASSERT(world.tell({at, engine::OrderCancelled{*standing.begin()}}).accepted());
            standing.erase(standing.begin());
        } else {
            const engine::OrderCreated order = paid_order(step, at);
            const auto answer = world.tell({at, order});
            RC_ASSERT(answer.accepted());
            const bool invited = std::ranges::any_of(answer.outcome.notices, [](const engine::Notice& notice) {
                return notice.kind == engine::NoticeKind::card_invitation;
            });
            const bool expected = !was_invited && !has_phone && standing.empty() &&
                                  is_invited(order, shop()->zone.local(at));
            RC_ASSERT(invited == expected);
            was_invited = was_invited || invited;
            standing.insert(order.order_id);
        }
    }
}

}  // namespace

}  // namespace regulars::model
