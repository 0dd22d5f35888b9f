// The facts of an event, one reader each.
#include "service/event_json_facts.hpp"

#include <array>
#include <charconv>
#include <concepts>
#include <utility>

#include "base/limits.hpp"
#include "base/nearest.hpp"
#include "service/event_json_activities.hpp"
#include "service/identities.hpp"

namespace regulars::service {

namespace {

using Code = JsonProblem::Code;

constexpr std::size_t id_size = limits::id_size_max;
constexpr std::size_t text_size = limits::text_size_max;

// What every reader of a fact needs beside the fields.
struct Reading {
    const Zone& zone;
    const Given& given;
};

// Signs are the engine's business: it says why an amount may not be negative.
Money amount(JsonFields& fields, std::string_view name) {
    return Money(fields.integer(name, -limits::amount_minor_max, limits::amount_minor_max));
}

Points points(JsonFields& fields) {
    return Points(fields.integer("points", -limits::points_max, limits::points_max));
}

// A value that the caller may know already: from the text, else as given; both must agree.
std::string known_text(JsonFields& fields, std::string_view name, std::string_view given, std::size_t size_max) {
    const std::string_view text = fields.text(name, size_max, given.empty() ? Need::required : Need::optional);
    if (given.empty()) return std::string(text);
    if (!text.empty() && text != given)
        fields.problem(name, Code::invalid_value, "this contradicts the request's address",
                       "the text \"" + std::string(text) + "\"", std::string(given));
    return std::string(given);
}

std::string order_id(JsonFields& fields, const Reading& reading) {
    return known_text(fields, "order_id", reading.given.order_id, id_size);
}

void read(JsonFields& fields, const Reading&, engine::Registered& fact) {
    fact.channel = fields.text("channel", id_size, Need::optional);
    fact.source = fields.text("source", id_size, Need::optional);
    fact.store = fields.text("store", id_size, Need::optional);
    fact.staff = fields.text("staff", id_size, Need::optional);
    fact.code = fields.text("code", id_size, Need::optional);
    fact.inviter = fields.text("inviter", id_size, Need::optional);
}

void read(JsonFields& fields, const Reading&, engine::ProfileChanged& fact) {
    fact.name = fields.text_if("name", text_size);
    fact.gender = fields.text_if("gender", text_size);
    fact.birthday = fields.date_if("birthday");
    fact.region = fields.text_if("region", text_size);
    fact.attributes = fields.text_map("attributes", limits::attributes_max, id_size, text_size);
    fact.tags = fields.texts_if("tags", limits::attributes_max, id_size);
}

void read(JsonFields& fields, const Reading& reading, engine::IdentityLinked& fact) {
    engine::Identity identity = read_identity(fields, reading.given);
    fact.kind = std::move(identity.kind);
    fact.value = std::move(identity.value);
}

void read(JsonFields& fields, const Reading&, engine::ConsentChanged& fact) {
    fact.channel = fields.text("channel", id_size, Need::required);
    fact.purpose = fields.text("purpose", id_size, Need::required);
    fact.granted = fields.boolean("granted", Need::required);
    fact.source = fields.text("source", id_size, Need::optional);
}

// A coupon's number within its member, as text like every id.
CouponId coupon_id(JsonFields& fields) {
    const std::string_view text = fields.text("coupon", id_size, Need::required);
    return text.data() == nullptr ? CouponId() : coupon_id_of(fields, "coupon", text);  // null: told already
}

std::vector<engine::CouponUse> coupon_uses(JsonFields& outer) {
    std::vector<engine::CouponUse> uses;
    outer.objects("coupons", limits::coupons_per_order_max, Need::optional, [&uses](JsonFields& fields) {
        engine::CouponUse& use = uses.emplace_back();
        use.coupon = coupon_id(fields);
        use.amount = amount(fields, "amount_minor");
    });
    return uses;
}

void read(JsonFields& fields, const Reading& reading, engine::OrderCreated& fact) {
    fact.order_id = order_id(fields, reading);
    fact.lines = order_lines(fields);
    fact.shipping_fee = amount_if(fields, "shipping_fee_minor").value_or(Money());
    fact.gift_card = amount_if(fields, "gift_card_minor").value_or(Money());
    fact.channel = fields.text("channel", id_size, Need::optional);
    fact.store = fields.text("store", id_size, Need::optional);
    fact.paid_at = fields.instant_if("paid_at", reading.zone);
    fact.shipped_at = fields.instant_if("shipped_at", reading.zone);
    fact.delivered_at = fields.instant_if("delivered_at", reading.zone);
    fact.coupons = coupon_uses(fields);
    fact.points = points_if(fields);
    fact.balance = amount_if(fields, "balance_minor").value_or(Money());
    fact.hold_id = fields.text("hold_id", id_size, Need::optional);
}

void read(JsonFields& fields, const Reading& reading, engine::OrderPaid& fact) {
    fact.order_id = order_id(fields, reading);
    fact.gift_card = amount_if(fields, "gift_card_minor").value_or(Money());
}

template <class Fact>
concept OnlyOrder = std::same_as<Fact, engine::OrderShipped> || std::same_as<Fact, engine::OrderDelivered> ||
                    std::same_as<Fact, engine::OrderSettled> || std::same_as<Fact, engine::OrderCancelled>;

template <OnlyOrder Fact>
void read(JsonFields& fields, const Reading& reading, Fact& fact) {
    fact.order_id = order_id(fields, reading);
}

std::vector<engine::ReturnedLine> returned_lines(JsonFields& outer) {
    std::vector<engine::ReturnedLine> lines;
    const auto count = outer.objects("lines", limits::order_lines_max, Need::optional, [&lines](JsonFields& fields) {
        engine::ReturnedLine& line = lines.emplace_back();
        line.line = static_cast<std::uint32_t>(fields.integer("line", 0, limits::order_lines_max - 1));
        line.quantity = fields.integer_if("quantity", 1, limits::quantity_max).value_or(0);
        line.amount = amount_if(fields, "amount_minor");
    });
    // No lines mean the whole order; an empty list is more likely a mistake of the sender than that.
    if (count == 0)
        outer.problem("lines", Code::invalid_value, "the list of returned lines is empty", "an empty array",
                      "at least one line, or no such field for the whole order");
    return lines;
}

void read(JsonFields& fields, const Reading& reading, engine::OrderRefunded& fact) {
    fact.order_id = order_id(fields, reading);
    fact.refund_id = fields.text("refund_id", id_size, Need::required);
    fact.lines = returned_lines(fields);
}

void read(JsonFields& fields, const Reading& reading, engine::OrderExchanged& fact) {
    fact.order_id = order_id(fields, reading);
    fact.exchange_id = fields.text("exchange_id", id_size, Need::required);
    fact.lines = returned_lines(fields);
}

void read(JsonFields& fields, const Reading&, engine::PointsAdjusted& fact) {
    fact.points = points(fields);
    fact.reference = fields.text("reference", id_size, Need::required);
    fact.reason = fields.text("reason", text_size, Need::optional);
}

void read(JsonFields& fields, const Reading&, engine::PointsSpent& fact) {
    fact.points = points(fields);
    fact.reference = fields.text("reference", id_size, Need::required);
    fact.order_id = fields.text("order_id", id_size, Need::optional);
}

void read(JsonFields& fields, const Reading&, engine::TierGranted& fact) {
    fact.tier = fields.text("tier", id_size, Need::required);
    fact.until = fields.date_if("until");
    fact.reason = fields.text("reason", text_size, Need::optional);
}

void read(JsonFields& fields, const Reading&, engine::TiersReviewed& fact) {
    fact.thresholds = fields.integers("thresholds", limits::tiers_max);
}

void read(JsonFields& fields, const Reading&, engine::BalanceToppedUp& fact) {
    fact.amount = amount(fields, "amount_minor");
    fact.bonus = amount_if(fields, "bonus_minor").value_or(Money());
    fact.reference = fields.text("reference", id_size, Need::required);
}

void read(JsonFields& fields, const Reading&, engine::BalanceSpent& fact) {
    fact.amount = amount(fields, "amount_minor");
    fact.reference = fields.text("reference", id_size, Need::required);
    fact.order_id = fields.text("order_id", id_size, Need::optional);
}

void read(JsonFields& fields, const Reading&, engine::CouponGranted& fact) {
    fact.coupon = fields.text("coupon", id_size, Need::required);
    fact.count = fields.integer_if("count", 1, limits::coupons_per_event_max).value_or(1);
    fact.reference = fields.text("reference", id_size, Need::required);
    fact.reason = fields.text("reason", text_size, Need::optional);
}

void read(JsonFields& fields, const Reading&, engine::CouponClaimed& fact) {
    fact.coupon = fields.text("coupon", id_size, Need::optional);
    fact.code = fields.text("code", id_size, Need::optional);
    fact.reference = fields.text("reference", id_size, Need::required);
    if (fact.coupon.empty() && fact.code.empty() && !fields.has("coupon") && !fields.has("code"))
        fields.missing("coupon");
}

void read(JsonFields& fields, const Reading&, engine::CouponRevoked& fact) {
    fact.coupon = coupon_id(fields);
    fact.reason = fields.text("reason", text_size, Need::optional);
}

void read(JsonFields& fields, const Reading&, engine::HoldPlaced& fact) {
    fact.hold_id = fields.text("hold_id", id_size, Need::required);
    fact.lines = order_lines(fields);
    fact.shipping_fee = amount_if(fields, "shipping_fee_minor").value_or(Money());
    fact.channel = fields.text("channel", id_size, Need::optional);
    fact.store = fields.text("store", id_size, Need::optional);
    fact.coupons = coupon_ids(fields);
    fact.points = points_if(fields);
    fact.balance = amount_if(fields, "balance_minor").value_or(Money());
    if (const auto minutes = fields.integer_if("minutes", 1, limits::hold_minutes_max))
        fact.minutes = static_cast<std::int32_t>(*minutes);
}

void read(JsonFields& fields, const Reading&, engine::HoldReleased& fact) {
    fact.hold_id = fields.text("hold_id", id_size, Need::required);
}

void read(JsonFields& fields, const Reading&, engine::BalanceRefunded& fact) {
    fact.amount = amount(fields, "amount_minor");
    fact.reference = fields.text("reference", id_size, Need::required);
}

void read(JsonFields& fields, const Reading&, engine::IdentityUnlinked& fact) {
    fact.kind = fields.text("kind", id_size, Need::required);
    fact.value = fields.text("value", id_size, Need::required);
}

void read(JsonFields& fields, const Reading&, engine::CouponOffered& fact) {
    fact.coupon = coupon_id(fields);
    fact.gift = fields.text("gift", id_size, Need::required);
}

void read(JsonFields& fields, const Reading&, engine::OfferWithdrawn& fact) {
    fact.gift = fields.text("gift", id_size, Need::required);
}

void read(JsonFields& fields, const Reading&, engine::CouponPassed& fact) {
    fact.gift = fields.text("gift", id_size, Need::required);
}

void read(JsonFields& fields, const Reading& reading, engine::CouponReceived& fact) {
    fact.gift = fields.text("gift", id_size, Need::required);
    fact.coupon = fields.text("coupon", id_size, Need::required);
    fact.programme_version = static_cast<std::uint32_t>(fields.integer("programme_version", 1, 1'000'000'000));
    if (const auto from = fields.instant_if("usable_from", reading.zone)) fact.usable_from = *from;
    else fields.missing("usable_from");
    fact.expires_at = fields.instant_if("expires_at", reading.zone).value_or(instant_max);
    fact.giver = member_id(fields, "giver");
}

void read(JsonFields& fields, const Reading&, engine::PlanBought& fact) {
    fact.plan = fields.text("plan", id_size, Need::required);
    fact.trial = fields.boolean("trial", Need::optional);
    fact.paid = amount_if(fields, "paid_minor");
    fact.reference = fields.text("reference", id_size, Need::required);
}

void read(JsonFields& fields, const Reading&, engine::PlanCancelled& fact) {
    fact.plan = fields.text("plan", id_size, Need::required);
    fact.at_once = fields.boolean("at_once", Need::optional);
    fact.reference = fields.text("reference", id_size, Need::required);
    fact.reason = fields.text("reason", text_size, Need::optional);
}

void read(JsonFields& fields, const Reading&, engine::BenefitUsed& fact) {
    fact.benefit = fields.text("benefit", id_size, Need::required);
    fact.reference = fields.text("reference", id_size, Need::required);
    fact.order_id = fields.text("order_id", id_size, Need::optional);
    fact.amount = amount_if(fields, "amount_minor").value_or(Money());
    fact.cost = amount_if(fields, "cost_minor");
}

void read(JsonFields& fields, const Reading&, engine::ManagerAssigned& fact) {
    fact.staff = fields.text("staff", id_size, Need::optional);
    fact.reason = fields.text("reason", text_size, Need::optional);
}

void read(JsonFields& fields, const Reading&, engine::MembersMerged& fact) {
    fact.from = member_id(fields, "from");
    fact.from_sequence = static_cast<std::uint64_t>(fields.integer("from_sequence", 0, INT64_MAX));
    fact.reason = fields.text("reason", text_size, Need::optional);
}

void read(JsonFields& fields, const Reading&, engine::MergedInto& fact) { fact.into = member_id(fields, "into"); }

void read(JsonFields& fields, const Reading&, engine::MergeUndone& fact) {
    fact.other = member_id(fields, "other");
    fact.reason = fields.text("reason", text_size, Need::optional);
}

void read(JsonFields& fields, const Reading&, engine::MemberErased& fact) {
    fact.reason = fields.text("reason", text_size, Need::optional);
}

// Those that have a file of their own and need nothing but the fields.
template <class Fact>
    requires requires(JsonFields& fields, Fact& fact) { regulars::service::read(fields, fact); }
void read(JsonFields& fields, const Reading&, Fact& fact) {
    regulars::service::read(fields, fact);
}

// One row per fact: its name and how to read it, in the variant's order.
struct Type {
    std::string_view name;
    void (*read)(JsonFields&, const Reading&, engine::Fact&);
};

template <std::size_t index>
void read_as(JsonFields& fields, const Reading& reading, engine::Fact& fact) {
    read(fields, reading, fact.emplace<index>());
}

template <std::size_t... index>
std::array<Type, sizeof...(index)> make_types(std::index_sequence<index...>) {
    return {Type{engine::name_of(engine::Fact(std::in_place_index<index>)), &read_as<index>}...};
}

const Type* find_type(JsonFields& fields, std::string_view name) {
    static const auto types = make_types(std::make_index_sequence<std::variant_size_v<engine::Fact>>());
    for (const Type& type : types)
        if (type.name == name) return &type;
    std::array<std::string_view, std::variant_size_v<engine::Fact>> names;
    std::string allowed;
    for (std::size_t i = 0; i < names.size(); ++i) {
        names[i] = types[i].name;
        allowed += (i == 0 ? "" : ", ") + std::string(names[i]);
    }
    fields.problem("type", Code::invalid_value, "there is no such type of event",
                   "the text \"" + std::string(name) + "\"", std::move(allowed), nearest(name, names).value_or(""));
    return nullptr;
}

}  // namespace

CouponId coupon_id_of(JsonFields& fields, std::string_view field, std::string_view text) {
    CouponId id;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
    if (error == std::errc() && end == text.data() + text.size() && text.front() != '0') return id;
    fields.problem(field, Code::invalid_value, "this is not a coupon's id", "the text \"" + std::string(text) + "\"",
                   "a text of digits such as \"7\", as the list of coupons shows it");
    return {};
}

std::optional<Money> amount_if(JsonFields& fields, std::string_view name) {
    const auto value = fields.integer_if(name, -limits::amount_minor_max, limits::amount_minor_max);
    if (!value) return std::nullopt;
    return Money(*value);
}

std::vector<engine::Line> order_lines(JsonFields& outer) {
    std::vector<engine::Line> lines;
    outer.objects("lines", limits::order_lines_max, Need::required, [&lines](JsonFields& fields) {
        engine::Line& line = lines.emplace_back();
        line.amount = amount(fields, "amount_minor");
        line.quantity = fields.integer_if("quantity", 1, limits::quantity_max).value_or(1);
        line.sku = fields.text("sku", id_size, Need::optional);
        line.product = fields.text("product", id_size, Need::optional);
        line.category = fields.text("category", id_size, Need::optional);
        line.price_kind = fields.text("price_kind", id_size, Need::optional);
        line.list_amount = amount_if(fields, "list_amount_minor");
        line.cost = amount_if(fields, "cost_minor");
        line.promotion = fields.text("promotion", id_size, Need::optional);
    });
    return lines;
}

std::optional<std::vector<CouponId>> coupon_ids(JsonFields& fields) {
    const auto texts = fields.texts_if("coupons", limits::coupons_per_order_max, id_size);
    if (!texts) return std::nullopt;
    std::vector<CouponId> ids;
    for (const std::string& text : *texts) ids.push_back(coupon_id_of(fields, "coupons", text));
    return ids;
}

Points points_if(JsonFields& fields) {
    return Points(fields.integer_if("points", -limits::points_max, limits::points_max).value_or(0));
}

std::vector<engine::StockLeft> stock_left(JsonFields& outer) {
    std::vector<engine::StockLeft> stock;
    outer.objects("stock", limits::coupon_templates_max, Need::optional, [&stock](JsonFields& fields) {
        engine::StockLeft& left = stock.emplace_back();
        left.coupon = fields.text("coupon", id_size, Need::required);
        left.left = fields.integer("left", 0, static_cast<std::int64_t>(limits::coupons_per_event_max));
    });
    return stock;
}

engine::Identity read_identity(JsonFields& fields, const Given& given) {
    engine::Identity identity;
    identity.kind = fields.text("kind", id_size, Need::required);
    identity.value = fields.text("value", id_size, Need::required);
    if (given.identities == nullptr || identity.value.empty()) return identity;
    if (const auto problem = normalise(identity, *given.identities))
        fields.problem("value", Code::invalid_value, problem->message, fields.found("value"), problem->allowed);
    return identity;
}

engine::Event read_event(JsonFields& fields, const Zone& zone, const Given& given) {
    const Reading reading{zone, given};
    engine::Event event;
    const std::string name = known_text(fields, "type", reading.given.type, id_size);
    const auto at = given.now_only ? std::nullopt : fields.instant_if("at", reading.zone);
    if (!at && !reading.given.at && !fields.has("at")) fields.missing("at");
    event.at = at.value_or(reading.given.at.value_or(Instant()));
    const Type* const type = name.empty() ? nullptr : find_type(fields, name);
    if (type == nullptr) fields.ignore_rest();
    else type->read(fields, reading, event.fact);
    return event;
}

}  // namespace regulars::service
