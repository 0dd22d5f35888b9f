#include "store/member_document.hpp"

#include "store/document_parts.hpp"

namespace regulars::stored {

// --- writing -----------------------------------------------------------------------------------------------------

static void write(const engine::Lot& lot, Lot& to) {
    const auto& [id, left, earned_at, expires_at, programme_version, order] = lot;
    to.set_id(id.value);
    to.set_left(left.count());
    to.set_earned_at(earned_at.ms);
    write_instant(to, &Lot::set_expires_at, expires_at, instant_max);
    to.set_programme_version(programme_version);
    to.set_order(order.value);
}

static void write(const engine::Renewal& renewal, Renewal& to) {
    const auto& [order, expires_at] = renewal;
    to.set_order(order.value);
    to.set_expires_at(expires_at.ms);
}

static void write(const engine::Totals& totals, Totals& to) {
    const auto& [spend, growth, points, orders] = totals;
    to.set_spend(spend.count());
    to.set_growth(growth.count());
    to.set_points(points.count());
    to.set_orders(orders);
}

static void write(const std::vector<engine::DayTotals>& history, History& to) {
    const auto count = static_cast<int>(history.size());
    to.mutable_day()->Reserve(count);
    to.mutable_spend()->Reserve(count);
    to.mutable_growth()->Reserve(count);
    to.mutable_points()->Reserve(count);
    to.mutable_orders()->Reserve(count);
    for (const auto& [day, totals] : history) {
        const auto& [spend, growth, points, orders] = totals;
        to.add_day(day.days);
        to.add_spend(spend.count());
        to.add_growth(growth.count());
        to.add_points(points.count());
        to.add_orders(orders);
    }
}

static void write(const engine::TierState& state, TierState& to) {
    const auto& [rank, since, period_last_day, period_ends_at, in_grace, next_review_at] = state;
    to.set_rank(rank);
    to.set_since(since.ms);
    to.set_period_last_day(period_last_day.days);
    write_instant(to, &TierState::set_period_ends_at, period_ends_at, instant_max);
    to.set_in_grace(in_grace);
    write_instant(to, &TierState::set_next_review_at, next_review_at, instant_max);
}

static void write(const engine::Profile& profile, Profile& to) {
    const auto& [name, gender, region, birthday, attributes, tags] = profile;
    to.set_name(name);
    to.set_gender(gender);
    to.set_region(region);
    if (birthday) to.set_birthday(birthday->days);
    write_attributes(attributes, *to.mutable_attributes());
    write_texts(tags, *to.mutable_tags());
}

static void write(const engine::Consent& consent, Consent& to) {
    const auto& [channel, purpose, granted, at, source] = consent;
    to.set_channel(channel);
    to.set_purpose(purpose);
    to.set_granted(granted);
    to.set_at(at.ms);
    to.set_source(source);
}

static void write(const engine::Identity& identity, Identity& to) {
    const auto& [kind, value] = identity;
    to.set_kind(kind);
    to.set_value(value);
}

static void write(const engine::CouponCount& count, CouponCount& to) {
    const auto& [name, total, day, on_day] = count;
    to.set_name(name);
    to.set_total(total);
    to.set_day(day.days);
    to.set_on_day(on_day);
}

static void write(const engine::Hold& hold, Hold& to) {
    const auto& [hold_id, expires_at, amount, shipping_fee, tenders, pieces] = hold;
    to.set_hold_id(hold_id);
    to.set_expires_at(expires_at.ms);
    to.set_amount(amount.count());
    to.set_shipping_fee(shipping_fee.count());
    if (tenders != engine::Tenders()) write(tenders, *to.mutable_tenders());
    write_list(pieces, *to.mutable_pieces());
}

static void write(const engine::Offer& offer, Offer& to) {
    const auto& [gift, coupon, expires_at] = offer;
    to.set_gift(gift);
    write(coupon, *to.mutable_coupon());
    to.set_expires_at(expires_at.ms);
}

static void write(const engine::BenefitCount& count, BenefitCount& to) {
    const auto& [name, unit, used] = count;
    to.set_name(name);
    to.set_unit(unit.days);
    to.set_used(used);
}

static void write(const engine::Merge& merge, Merge& to) {
    const auto& [from, event_sequence, ledger_sequence, last_coupon_id] = merge;
    to.set_from(from.value);
    to.set_event_sequence(event_sequence);
    to.set_ledger_sequence(ledger_sequence);
    to.set_last_coupon_id(last_coupon_id);
}

static void write(const engine::Acquisition& acquisition, Acquisition& to) {
    const auto& [channel, source, store, staff, code, inviter] = acquisition;
    to.set_channel(channel);
    to.set_source(source);
    to.set_store(store);
    to.set_staff(staff);
    to.set_code(code);
    to.set_inviter(inviter);
}

/// What the member has done beside buying.
static void write_activities(const engine::Member& member, Member& to) {
    write_list(member.activities, *to.mutable_activities());
    write_texts(member.reviewed_products, *to.mutable_reviewed_products());
    write_list(member.review_invitations, *to.mutable_review_invitations());
    write_texts(member.marks, *to.mutable_marks());
    write_list(member.friends, *to.mutable_friends());
    to.set_friends_ordered(member.friends_ordered);
    if (member.brought != engine::Brought()) write(member.brought, *to.mutable_brought());
    write_list(member.mall_counts, *to.mutable_mall_counts());
    write_list(member.redemptions, *to.mutable_redemptions());
    write_list(member.promotion_counts, *to.mutable_promotion_counts());
    write_list(member.groups, *to.mutable_groups());
}

static void write(const engine::Member& member, Member& to) {
    const auto& [id, registered_at, advanced_to, event_sequence, ledger_sequence, last_order_number, last_lot_id,
                 profile, identities, consents, acquisition, birthday_changes, invited_at, manager, merged_into,
                 last_merge, erased, tier, own_tier, lifts, lifetime, period, counting_epoch, history,
                 last_order_at, lots, points_available, points_owed, renewals, rolling_expires_at, cap_day,
                 cap_day_points, cap_month_points, balance, balance_expires_at, coupons, coupon_counts,
                 last_coupon_id, holds, next_grants_at, next_birthday_at, birthday_year, birthday_month_year,
                 had_first_order, anniversary_year, next_anniversary_at, given_once, offers, plans, tried_plans,
                 benefit_counts, activities, reviewed_products, review_invitations, marks, friends, friends_ordered,
                 brought, mall_counts, redemptions, promotion_counts, groups, open_orders, parked, references] = member;
    to.set_id(id.value);
    write_instant(to, &Member::set_registered_at, registered_at, instant_min);
    write_instant(to, &Member::set_advanced_to, advanced_to, instant_min);
    to.set_event_sequence(event_sequence);
    to.set_ledger_sequence(ledger_sequence);
    to.set_last_order_number(last_order_number);
    to.set_last_lot_id(last_lot_id);
    write(profile, *to.mutable_profile());
    write_list(identities, *to.mutable_identities());
    write_list(consents, *to.mutable_consents());
    write(tier, *to.mutable_tier());
    if (own_tier != engine::TierState()) write(own_tier, *to.mutable_own_tier());
    write_list(lifts, *to.mutable_lifts());
    write(lifetime, *to.mutable_lifetime());
    write(period, *to.mutable_period());
    to.set_counting_epoch(counting_epoch);
    if (!history.empty()) write(history, *to.mutable_history());
    write_instant(to, &Member::set_last_order_at, last_order_at, instant_min);
    write_list(lots, *to.mutable_lots());
    to.set_points_available(points_available.count());
    to.set_points_owed(points_owed.count());
    write_list(renewals, *to.mutable_renewals());
    write_instant(to, &Member::set_rolling_expires_at, rolling_expires_at, instant_max);
    to.set_cap_day(cap_day.days);
    to.set_cap_day_points(cap_day_points.count());
    to.set_cap_month_points(cap_month_points.count());
    write(balance, *to.mutable_balance());
    write_list(coupons, *to.mutable_coupons());
    write_list(coupon_counts, *to.mutable_coupon_counts());
    to.set_last_coupon_id(last_coupon_id);
    write_list(holds, *to.mutable_holds());
    write_instant(to, &Member::set_next_grants_at, next_grants_at, instant_max);
    write_instant(to, &Member::set_next_birthday_at, next_birthday_at, instant_max);
    write_instant(to, &Member::set_balance_expires_at, balance_expires_at, instant_max);
    to.set_birthday_year(birthday_year);
    to.set_birthday_month_year(birthday_month_year);
    to.set_had_first_order(had_first_order);
    write_list(open_orders, *to.mutable_open_orders());
    write_list(parked, *to.mutable_parked());
    write_texts(references, *to.mutable_references());
    if (acquisition != engine::Acquisition()) write(acquisition, *to.mutable_acquisition());
    to.set_birthday_changes(birthday_changes);
    write_instant(to, &Member::set_invited_at, invited_at, instant_min);
    to.set_manager(manager);
    to.set_merged_into(merged_into.value);
    if (last_merge) write(*last_merge, *to.mutable_last_merge());
    to.set_erased(erased);
    to.set_anniversary_year(anniversary_year);
    write_instant(to, &Member::set_next_anniversary_at, next_anniversary_at, instant_max);
    write_texts(given_once, *to.mutable_given_once());
    write_list(offers, *to.mutable_offers());
    write_list(plans, *to.mutable_plans());
    write_texts(tried_plans, *to.mutable_tried_plans());
    write_list(benefit_counts, *to.mutable_benefit_counts());
    write_activities(member, to);
}

// --- reading -----------------------------------------------------------------------------------------------------

static bool read(const Lot& from, engine::Lot& lot) {
    lot = {.id = {from.id()},
           .left = Points(from.left()),
           .earned_at = {from.earned_at()},
           .expires_at = instant_or(from, &Lot::has_expires_at, &Lot::expires_at, instant_max),
           .programme_version = from.programme_version(),
           .order = {from.order()}};
    return nothing_unknown(from);
}

static bool read(const Renewal& from, engine::Renewal& renewal) {
    renewal = {{from.order()}, {from.expires_at()}};
    return nothing_unknown(from);
}

static bool read(const Totals& from, engine::Totals& totals) {
    totals = {Money(from.spend()), Growth(from.growth()), Points(from.points()), from.orders()};
    return nothing_unknown(from);
}

static bool read(const History& from, std::vector<engine::DayTotals>& history) {
    const int count = from.day_size();
    if (from.spend_size() != count || from.growth_size() != count || from.points_size() != count ||
        from.orders_size() != count)
        return false;
    history.resize(static_cast<std::size_t>(count));
    for (int index = 0; index < count; ++index)
        history[static_cast<std::size_t>(index)] = {
            {from.day(index)},
            {Money(from.spend(index)), Growth(from.growth(index)), Points(from.points(index)), from.orders(index)}};
    return nothing_unknown(from);
}

static bool read(const TierState& from, engine::TierState& state) {
    using Stored = TierState;
    state.since = {from.since()};
    state.period_last_day = {from.period_last_day()};
    state.period_ends_at = instant_or(from, &Stored::has_period_ends_at, &Stored::period_ends_at, instant_max);
    state.in_grace = from.in_grace();
    state.next_review_at = instant_or(from, &Stored::has_next_review_at, &Stored::next_review_at, instant_max);
    return nothing_unknown(from) && narrow(from.rank(), state.rank);
}

static bool read(const Profile& from, engine::Profile& profile) {
    profile.name = from.name();
    profile.gender = from.gender();
    profile.region = from.region();
    if (from.has_birthday()) profile.birthday = LocalDate{from.birthday()};
    profile.tags = read_texts(from.tags());
    return nothing_unknown(from) && read_attributes(from.attributes(), profile.attributes);
}

static bool read(const Consent& from, engine::Consent& consent) {
    consent = {from.channel(), from.purpose(), from.granted(), {from.at()}, from.source()};
    return nothing_unknown(from);
}

static bool read(const Identity& from, engine::Identity& identity) {
    identity = {from.kind(), from.value()};
    return nothing_unknown(from);
}

static bool read(const CouponCount& from, engine::CouponCount& count) {
    count = {.name = from.name(), .total = from.total(), .day = {from.day()}, .on_day = from.on_day()};
    return nothing_unknown(from);
}

static bool read(const Hold& from, engine::Hold& hold) {
    hold.hold_id = from.hold_id();
    hold.expires_at = {from.expires_at()};
    hold.amount = Money(from.amount());
    hold.shipping_fee = Money(from.shipping_fee());
    return nothing_unknown(from) && read(from.tenders(), hold.tenders) && read_list(from.pieces(), hold.pieces);
}

static bool read(const Offer& from, engine::Offer& offer) {
    offer.gift = from.gift();
    offer.expires_at = {from.expires_at()};
    return nothing_unknown(from) && read(from.coupon(), offer.coupon);
}

static bool read(const BenefitCount& from, engine::BenefitCount& count) {
    count = {.name = from.name(), .unit = {from.unit()}, .used = from.used()};
    return nothing_unknown(from);
}

static bool read(const Merge& from, std::optional<engine::Merge>& merge) {
    merge = engine::Merge{{from.from()}, from.event_sequence(), from.ledger_sequence(), from.last_coupon_id()};
    return nothing_unknown(from);
}

static bool read(const Acquisition& from, engine::Acquisition& acquisition) {
    acquisition = {from.channel(), from.source(), from.store(), from.staff(), from.code(), from.inviter()};
    return nothing_unknown(from);
}

/// Where the member came from, and what became of them.
static bool read_person(const Member& from, engine::Member& member) {
    member.birthday_changes = from.birthday_changes();
    member.invited_at = instant_or(from, &Member::has_invited_at, &Member::invited_at, instant_min);
    member.manager = from.manager();
    member.merged_into = {from.merged_into()};
    member.erased = from.erased();
    return read(from.profile(), member.profile) && read_list(from.identities(), member.identities) &&
           read_list(from.consents(), member.consents) && read(from.acquisition(), member.acquisition) &&
           (!from.has_last_merge() || read(from.last_merge(), member.last_merge));
}

/// Paid plans, benefits with a limit, and what is given on occasions.
static bool read_benefits(const Member& from, engine::Member& member) {
    member.anniversary_year = from.anniversary_year();
    member.next_anniversary_at =
        instant_or(from, &Member::has_next_anniversary_at, &Member::next_anniversary_at, instant_max);
    member.given_once = read_texts(from.given_once());
    member.tried_plans = read_texts(from.tried_plans());
    return read_list(from.plans(), member.plans) && read_list(from.benefit_counts(), member.benefit_counts);
}

/// What the member has done beside buying.
static bool read_activities(const Member& from, engine::Member& member) {
    member.reviewed_products = read_texts(from.reviewed_products());
    member.marks = read_texts(from.marks());
    member.friends_ordered = from.friends_ordered();
    return read_list(from.activities(), member.activities) &&
           read_list(from.review_invitations(), member.review_invitations) &&
           read_list(from.friends(), member.friends) && (!from.has_brought() || read(from.brought(), member.brought)) &&
           read_list(from.mall_counts(), member.mall_counts) && read_list(from.redemptions(), member.redemptions) &&
           read_list(from.promotion_counts(), member.promotion_counts) && read_list(from.groups(), member.groups);
}

/// Coupons, what is reserved, and what the member is given without asking.
static bool read_wallet(const Member& from, engine::Member& member) {
    using Stored = Member;
    member.last_coupon_id = from.last_coupon_id();
    member.next_grants_at = instant_or(from, &Stored::has_next_grants_at, &Stored::next_grants_at, instant_max);
    member.balance_expires_at =
        instant_or(from, &Stored::has_balance_expires_at, &Stored::balance_expires_at, instant_max);
    member.next_birthday_at = instant_or(from, &Stored::has_next_birthday_at, &Stored::next_birthday_at, instant_max);
    member.birthday_year = from.birthday_year();
    member.birthday_month_year = from.birthday_month_year();
    member.had_first_order = from.had_first_order();
    return read_list(from.coupons(), member.coupons) && read_list(from.coupon_counts(), member.coupon_counts) &&
           read_list(from.holds(), member.holds) && read_list(from.offers(), member.offers);
}

static bool read(const Member& from, engine::Member& member) {
    using Stored = Member;
    if (!nothing_unknown(from)) return false;
    member.id = {from.id()};
    member.registered_at = instant_or(from, &Stored::has_registered_at, &Stored::registered_at, instant_min);
    member.advanced_to = instant_or(from, &Stored::has_advanced_to, &Stored::advanced_to, instant_min);
    member.event_sequence = from.event_sequence();
    member.ledger_sequence = from.ledger_sequence();
    member.last_order_number = from.last_order_number();
    member.last_lot_id = from.last_lot_id();
    member.counting_epoch = from.counting_epoch();
    member.last_order_at = instant_or(from, &Stored::has_last_order_at, &Stored::last_order_at, instant_min);
    member.points_available = Points(from.points_available());
    member.points_owed = Points(from.points_owed());
    member.rolling_expires_at =
        instant_or(from, &Stored::has_rolling_expires_at, &Stored::rolling_expires_at, instant_max);
    member.cap_day = {from.cap_day()};
    member.cap_day_points = Points(from.cap_day_points());
    member.cap_month_points = Points(from.cap_month_points());
    member.references = read_texts(from.references());
    return read_person(from, member) && read_benefits(from, member) && read_activities(from, member) &&
           read(from.tier(), member.tier) &&
           (!from.has_own_tier() || read(from.own_tier(), member.own_tier)) && read_list(from.lifts(), member.lifts) &&
           read(from.lifetime(), member.lifetime) && read(from.period(), member.period) &&
           read(from.history(), member.history) && read_list(from.lots(), member.lots) &&
           read_list(from.renewals(), member.renewals) && read(from.balance(), member.balance) &&
           read_wallet(from, member) && read_list(from.open_orders(), member.open_orders) &&
           read_list(from.parked(), member.parked);
}

static void write(const service::Snapshot& snapshot, Snapshot& to) {
    const auto& [member, closed_orders, programme_version] = snapshot;
    write(member, *to.mutable_member());
    write_list(closed_orders, *to.mutable_closed_orders());
    to.set_programme_version(programme_version);
}

static bool read(const Snapshot& from, service::Snapshot& snapshot) {
    snapshot.programme_version = from.programme_version();
    return nothing_unknown(from) && read(from.member(), snapshot.member) &&
           read_list(from.closed_orders(), snapshot.closed_orders);
}

}  // namespace regulars::stored

namespace regulars::store {

namespace {

// Messages are kept and cleared rather than made anew: a cleared message keeps its memory, and making one costs more
// than filling it. One that has grown large is given up, so that no thread holds its largest member for ever.
constexpr std::size_t kept_size_max = 64 * 1024;

template <class Value, class Message>
std::string encode_with(const Value& value, Message& message) {
    message.Clear();
    write(value, message);
    std::string bytes;
    message.SerializeToString(&bytes);
    if (bytes.size() > kept_size_max) message = Message();
    return bytes;
}

template <class Value, class Message>
service::Stored<Value> decode_with(std::string_view bytes, Message& message, const char* what) {
    Value value;
    const bool good = message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) && read(message, value);
    if (bytes.size() > kept_size_max) message = Message();
    if (good) return value;
    return unexpected(service::StoreFailure{
        service::StoreError::corrupt,
        std::string("the document of ") + what + " is damaged, or was written by a newer version of Regulars"});
}

}  // namespace

std::string encode(const engine::Member& member) {
    thread_local stored::Member message;
    return encode_with(member, message);
}

std::string encode(const engine::Order& order) {
    thread_local stored::Order message;
    return encode_with(order, message);
}

std::string encode(const service::Snapshot& snapshot) {
    stored::Snapshot message;
    return encode_with(snapshot, message);
}

std::string encode(const engine::Redemption& redemption) {
    stored::Redemption message;
    return encode_with(redemption, message);
}

std::string encode(const engine::Group& group) {
    stored::Group message;
    return encode_with(group, message);
}

std::string encode(const engine::Friend& who) {
    stored::Friend message;
    return encode_with(who, message);
}

service::Stored<engine::Member> decode_member(std::string_view bytes) {
    thread_local stored::Member message;
    return decode_with<engine::Member>(bytes, message, "a member");
}

service::Stored<engine::Order> decode_order(std::string_view bytes) {
    thread_local stored::Order message;
    return decode_with<engine::Order>(bytes, message, "an order");
}

service::Stored<service::Snapshot> decode_snapshot(std::string_view bytes) {
    stored::Snapshot message;
    return decode_with<service::Snapshot>(bytes, message, "a snapshot of a member");
}

service::Stored<engine::Redemption> decode_redemption(std::string_view bytes) {
    stored::Redemption message;
    return decode_with<engine::Redemption>(bytes, message, "a redemption");
}

service::Stored<engine::Group> decode_group(std::string_view bytes) {
    stored::Group message;
    return decode_with<engine::Group>(bytes, message, "a group");
}

service::Stored<engine::Friend> decode_friend(std::string_view bytes) {
    stored::Friend message;
    return decode_with<engine::Friend>(bytes, message, "a friend");
}

}  // namespace regulars::store
