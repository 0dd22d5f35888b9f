#include "store/document_parts.hpp"

namespace regulars::stored {

void write(const engine::NamedCount& value, NamedCount& to) {
    const auto& [name, total, day, on_day] = value;
    to.set_name(name);
    to.set_total(total);
    to.set_day(day.days);
    to.set_on_day(on_day);
}

void write(const engine::ActivityState& value, ActivityState& to) {
    const auto& [name, total, day, on_day, days, kept, streak_before, streak, best_streak, freezes, make_up_month,
                 made_up, turns, free_day, free_taken, turns_taken, since_rare, had, kinds_had, steps, subjects, trial,
                 trial_number, report_until, trial_spent] = value;
    to.set_name(name);
    to.set_total(total);
    to.set_day(day.days);
    to.set_on_day(on_day);
    for (const LocalDate one : days) to.add_days(one.days);
    for (const LocalDate one : kept) to.add_kept(one.days);
    to.set_streak_before(streak_before);
    to.set_streak(streak);
    to.set_best_streak(best_streak);
    to.set_freezes(freezes);
    to.set_make_up_month(make_up_month.days);
    to.set_made_up(made_up);
    to.set_turns(turns);
    to.set_free_day(free_day.days);
    to.set_free_taken(free_taken);
    to.set_turns_taken(turns_taken);
    to.set_since_rare(since_rare);
    write_list(had, *to.mutable_had());
    write_texts(kinds_had, *to.mutable_kinds_had());
    write_texts(steps, *to.mutable_steps());
    write_texts(subjects, *to.mutable_subjects());
    to.set_trial(static_cast<std::uint32_t>(trial));
    to.set_trial_number(trial_number);
    write_instant(to, &ActivityState::set_report_until, report_until, instant_max);
    write_list(trial_spent, *to.mutable_trial_spent());
}

void write(const engine::ProductReview& value, ProductReview& to) {
    const auto& [product, status, score, pictures, length, points, cashback, programme_version, event_sequence] =
        value;
    to.set_product(product);
    to.set_status(static_cast<std::uint32_t>(status));
    to.set_score(score);
    to.set_pictures(pictures);
    to.set_length(length);
    to.set_points(points.count());
    to.set_cashback(cashback.count());
    to.set_programme_version(programme_version);
    to.set_event_sequence(event_sequence);
}

void write(const engine::ReviewInvitation& value, ReviewInvitation& to) {
    const auto& [order_id, at] = value;
    to.set_order_id(order_id);
    to.set_at(at.ms);
}

void write(const engine::Friend& value, Friend& to) {
    const auto& [member, at, status, counted, has_ordered, points, cashback, order_points, order_cashback,
                 programme_version, marks] = value;
    to.set_member(member.value);
    to.set_at(at.ms);
    to.set_status(static_cast<std::uint32_t>(status));
    to.set_counted(counted);
    to.set_has_ordered(has_ordered);
    to.set_points(points.count());
    to.set_cashback(cashback.count());
    to.set_order_points(order_points.count());
    to.set_order_cashback(order_cashback.count());
    to.set_programme_version(programme_version);
    write_texts(marks, *to.mutable_marks());
}

void write(const engine::Brought& value, Brought& to) {
    const auto& [by, ordered, order, known_as, registration_counts, order_counts, points, cashback,
                 programme_version] = value;
    to.set_by(by.value);
    to.set_ordered(ordered);
    to.set_order(order);
    to.set_known_as(known_as.value);
    to.set_registration_counts(registration_counts);
    to.set_order_counts(order_counts);
    to.set_points(points.count());
    to.set_cashback(cashback.count());
    to.set_programme_version(programme_version);
}

void write(const engine::Redemption& value, Redemption& to) {
    const auto& [redemption_id, item, window, quantity, points, money, order_id, programme_version, at, status,
                 carrier, tracking, spent] = value;
    to.set_redemption_id(redemption_id);
    to.set_item(item);
    to.set_window(window);
    to.set_quantity(quantity);
    to.set_points(points.count());
    to.set_money(money.count());
    to.set_order_id(order_id);
    to.set_programme_version(programme_version);
    to.set_at(at.ms);
    to.set_status(static_cast<std::uint32_t>(status));
    to.set_carrier(carrier);
    to.set_tracking(tracking);
    write_list(spent, *to.mutable_spent());
}

static void write(const engine::GroupSeat& value, GroupSeat& to) {
    const auto& [member, order_id] = value;
    to.set_member(member.value);
    to.set_order_id(order_id);
}

void write(const engine::Group& value, Group& to) {
    const auto& [group, promotion, programme_version, size, ends_at, status, seats] = value;
    to.set_group(group);
    to.set_promotion(promotion);
    to.set_programme_version(programme_version);
    to.set_size(size);
    to.set_ends_at(ends_at.ms);
    to.set_status(static_cast<std::uint32_t>(status));
    write_list(seats, *to.mutable_seats());
}

// A value of an enumeration whose last one is `last`.
template <class Enum>
static bool read_choice(std::uint32_t number, Enum last, Enum& value) {
    value = static_cast<Enum>(number);
    return number <= static_cast<std::uint32_t>(last);
}

bool read(const NamedCount& from, engine::NamedCount& value) {
    value.name = from.name();
    value.total = from.total();
    value.day = {from.day()};
    value.on_day = from.on_day();
    return nothing_unknown(from);
}

bool read(const ActivityState& from, engine::ActivityState& value) {
    value.name = from.name();
    value.total = from.total();
    value.day = {from.day()};
    value.on_day = from.on_day();
    for (const std::int32_t day : from.days()) value.days.push_back({day});
    for (const std::int32_t day : from.kept()) value.kept.push_back({day});
    value.streak_before = from.streak_before();
    value.streak = from.streak();
    value.best_streak = from.best_streak();
    value.freezes = from.freezes();
    value.make_up_month = {from.make_up_month()};
    value.made_up = from.made_up();
    value.turns = from.turns();
    value.free_day = {from.free_day()};
    value.free_taken = from.free_taken();
    value.turns_taken = from.turns_taken();
    value.since_rare = from.since_rare();
    value.kinds_had = read_texts(from.kinds_had());
    value.steps = read_texts(from.steps());
    value.subjects = read_texts(from.subjects());
    value.trial_number = from.trial_number();
    value.report_until = instant_or(from, &ActivityState::has_report_until, &ActivityState::report_until, instant_max);
    return nothing_unknown(from) &&
           read_list(from.had(), value.had) &&
           read_list(from.trial_spent(), value.trial_spent) &&
           read_choice(from.trial(), engine::TrialStatus::overdue, value.trial);
}

bool read(const ProductReview& from, engine::ProductReview& value) {
    value.product = from.product();
    value.score = from.score();
    value.pictures = from.pictures();
    value.length = from.length();
    value.points = Points(from.points());
    value.cashback = Money(from.cashback());
    value.programme_version = from.programme_version();
    value.event_sequence = from.event_sequence();
    return nothing_unknown(from) && read_choice(from.status(), engine::ReviewStatus::taken_back, value.status);
}

bool read(const ReviewInvitation& from, engine::ReviewInvitation& value) {
    value.order_id = from.order_id();
    value.at = {from.at()};
    return nothing_unknown(from);
}

bool read(const Friend& from, engine::Friend& value) {
    value.member = {from.member()};
    value.at = {from.at()};
    value.counted = from.counted();
    value.has_ordered = from.has_ordered();
    value.points = Points(from.points());
    value.cashback = Money(from.cashback());
    value.order_points = Points(from.order_points());
    value.order_cashback = Money(from.order_cashback());
    value.programme_version = from.programme_version();
    value.marks = read_texts(from.marks());
    return nothing_unknown(from) && read_choice(from.status(), engine::FriendStatus::returned, value.status);
}

bool read(const Brought& from, engine::Brought& value) {
    value.by = {from.by()};
    value.ordered = from.ordered();
    value.order = from.order();
    value.known_as = {from.known_as()};
    value.registration_counts = from.registration_counts();
    value.order_counts = from.order_counts();
    value.points = Points(from.points());
    value.cashback = Money(from.cashback());
    value.programme_version = from.programme_version();
    return nothing_unknown(from);
}

bool read(const Redemption& from, engine::Redemption& value) {
    value.redemption_id = from.redemption_id();
    value.item = from.item();
    value.window = from.window();
    value.quantity = from.quantity();
    value.points = Points(from.points());
    value.money = Money(from.money());
    value.order_id = from.order_id();
    value.programme_version = from.programme_version();
    value.at = {from.at()};
    value.carrier = from.carrier();
    value.tracking = from.tracking();
    return nothing_unknown(from) &&
           read_choice(from.status(), engine::RedemptionStatus::passed, value.status) &&
           read_list(from.spent(), value.spent);
}

static bool read(const GroupSeat& from, engine::GroupSeat& value) {
    value.member = {from.member()};
    value.order_id = from.order_id();
    return nothing_unknown(from);
}

bool read(const Group& from, engine::Group& value) {
    value.group = from.group();
    value.promotion = from.promotion();
    value.programme_version = from.programme_version();
    value.size = from.size();
    value.ends_at = {from.ends_at()};
    return nothing_unknown(from) &&
           read_choice(from.status(), engine::GroupStatus::failed, value.status) &&
           read_list(from.seats(), value.seats);
}

}  // namespace regulars::stored
