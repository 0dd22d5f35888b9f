// JSON into events and commands. The text is parsed as a whole first (syntax, UTF-8, nesting), then read field by
// field.
#include "service/event_json.hpp"

#include <utility>

#include "base/check.hpp"
#include "base/id_text.hpp"
#include "base/limits.hpp"
#include "service/event_json_activities.hpp"
#include "service/event_json_facts.hpp"
#include "service/json_fields.hpp"

namespace regulars::service {

std::string_view name_of(JsonProblem::Code code) {
    using Code = JsonProblem::Code;
    switch (code) {
        case Code::malformed: return "malformed";
        case Code::too_large: return "too_large";
        case Code::wrong_type: return "wrong_type";
        case Code::missing_field: return "missing_field";
        case Code::unknown_field: return "unknown_field";
        case Code::repeated_field: return "repeated_field";
        case Code::out_of_range: return "out_of_range";
        case Code::invalid_value: return "invalid_value";
    }
    check_failed("a JSON problem has a code");
}

namespace {

using Code = JsonProblem::Code;

constexpr std::size_t id_size = limits::id_size_max;

std::optional<MemberId> member_id(JsonFields& fields) {
    const auto text = fields.text_if("member", id_size);
    if (!text) return std::nullopt;
    if (const auto id = parse_member_id(*text); id && text->front() != '0') return id;
    fields.problem("member", Code::invalid_value, "this is not a member's id", fields.found("member"),
                   "a text of digits such as \"123\"");
    return std::nullopt;
}

std::optional<engine::Identity> identity(JsonFields& outer, const Given& given) {
    engine::Identity identity;
    const bool there =
        outer.object_if("identity", [&](JsonFields& fields) { identity = read_identity(fields, given); });
    return there ? std::optional(std::move(identity)) : std::nullopt;
}

Target read_target(JsonFields& fields, const Given& given) {
    const bool told_member = fields.has("member");
    const auto by_id = member_id(fields);
    const auto by_identity = identity(fields, given);
    if (told_member && by_identity)
        fields.problem("identity", Code::invalid_value, "a member is named twice", {},
                       "either \"member\" or \"identity\"");
    const Target target = by_identity ? Target(*by_identity) : Target(by_id.value_or(MemberId()));
    if (!given.target) {
        if (!told_member && !by_identity) fields.missing("member");
        return target;
    }
    if ((by_id || by_identity) && target != *given.target)
        fields.problem(by_identity ? "identity" : "member", Code::invalid_value,
                       "this contradicts the request's address");
    return *given.target;
}

// Whatever is wrong anywhere makes the whole a failure.
template <class Value, class Fill>
expected<Value, JsonProblems> parse(std::string_view json, Fill fill) {
    Value value;
    JsonProblems problems =
        JsonFields::read_all(json, event_json_size_max, [&](JsonFields& fields) { fill(fields, value); });
    if (!problems.empty()) return unexpected(std::move(problems));
    return value;
}

// Halves of something that two members share, what changes more than the member, and what carries an id that is made
// here, because it must be one among all members.
bool only_service_tells(const engine::Fact& fact) {
    return std::holds_alternative<engine::CouponOffered>(fact) ||
           std::holds_alternative<engine::OfferWithdrawn>(fact) ||
           std::holds_alternative<engine::CouponPassed>(fact) || std::holds_alternative<engine::CouponReceived>(fact) ||
           std::holds_alternative<engine::MembersMerged>(fact) || std::holds_alternative<engine::MergedInto>(fact) ||
           std::holds_alternative<engine::MergeUndone>(fact) || std::holds_alternative<engine::MemberErased>(fact) ||
           std::holds_alternative<engine::PiecePassed>(fact) || std::holds_alternative<engine::PieceReceived>(fact) ||
           std::holds_alternative<engine::FriendActed>(fact) || std::holds_alternative<engine::GroupOpened>(fact) ||
           std::holds_alternative<engine::GroupJoined>(fact) ||
           std::holds_alternative<engine::GroupSeatTaken>(fact) || std::holds_alternative<engine::GroupEnded>(fact);
}

}  // namespace

expected<engine::Event, JsonProblems> parse_event(std::string_view json, const Zone& zone, const Given& given) {
    return parse<engine::Event>(json, [&](JsonFields& fields, engine::Event& event) {
        event = read_event(fields, zone, given);
        event.stock = stock_left(fields);
        event.redeems = fields.text("redeems", limits::id_size_max, Need::optional);
        event.chance = read_chance(fields);
    });
}

expected<Command, JsonProblems> parse_command(std::string_view json, const Zone& zone, const Given& given) {
    return parse<Command>(json, [&](JsonFields& fields, Command& command) {
        command.target = read_target(fields, given);
        command.create_member = fields.boolean("create", Need::optional);
        command.explain = fields.boolean("explain", Need::optional);
        if (command.create_member && std::holds_alternative<MemberId>(command.target) && !given.target)
            fields.problem("create", Code::invalid_value, "only an identity can be created", "true",
                           "\"identity\" beside it");
        command.event = read_event(fields, zone, given);
        command.at_left_out = given.now_only || !fields.has("at");
        if (only_service_tells(command.event.fact))
            fields.problem("type", Code::invalid_value, "nobody but the service tells this",
                           "the text \"" + std::string(engine::name_of(command.event.fact)) + "\"",
                           "the address that does it: gifts, merges and erasure have one each");
    });
}

expected<std::int64_t, JsonProblems> parse_minutes(std::string_view json, std::int64_t otherwise, std::int64_t most) {
    return parse<std::int64_t>(json, [&](JsonFields& fields, std::int64_t& minutes) {
        minutes = fields.integer_if("minutes", 1, most).value_or(otherwise);
    });
}

expected<BasketFor, JsonProblems> parse_basket(std::string_view json, const Given& given) {
    return parse<BasketFor>(json, [&](JsonFields& fields, BasketFor& result) {
        result.target = read_target(fields, given);
        result.basket.lines = order_lines(fields);
        result.basket.shipping_fee = amount_if(fields, "shipping_fee_minor").value_or(Money());
        result.basket.gift_card = amount_if(fields, "gift_card_minor").value_or(Money());
        result.basket.channel = fields.text("channel", id_size, Need::optional);
        result.basket.store = fields.text("store", id_size, Need::optional);
        result.basket.coupons = coupon_ids(fields);
        result.basket.code = fields.text("code", id_size, Need::optional);
        result.basket.points = points_if(fields);
        result.basket.most_points = fields.boolean("most_points", Need::optional);
        result.basket.balance = amount_if(fields, "balance_minor").value_or(Money());
        result.basket.most_balance = fields.boolean("most_balance", Need::optional);
    });
}

}  // namespace regulars::service
