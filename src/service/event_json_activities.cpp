#include "service/event_json_activities.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/id_text.hpp"
#include "base/limits.hpp"
#include "base/nearest.hpp"
#include "service/event_json_facts.hpp"

namespace regulars::service {

namespace {

using Code = JsonProblem::Code;

constexpr std::size_t id_size = limits::id_size_max;
constexpr std::size_t text_size = limits::text_size_max;

constexpr std::array<std::string_view, 6> friend_acts{"registered", "ordered",             "returned",
                                                      "erased",     "registration_counts", "order_counts"};
constexpr std::array<std::string_view, 3> redemption_moves{"shipped", "delivered", "cancelled"};

void write_flag(ObjectWriter& writer, std::string_view field, bool value) {
    writer.name(field);
    writer.out() += value ? "true" : "false";
}

void write_texts(ObjectWriter& writer, std::string_view field, const std::vector<std::string>& texts) {
    write_array(writer, field, texts, [&](const std::string& text) { writer.append_text(text); });
}

// One of the names, as the enumeration's value at that place.
template <class Enum, std::size_t count>
Enum one_of(JsonFields& fields, std::string_view field, const std::array<std::string_view, count>& names) {
    const std::string_view text = fields.text(field, id_size, Need::required);
    for (std::size_t i = 0; i < count; ++i)
        if (names[i] == text) return static_cast<Enum>(i);
    if (text.data() != nullptr)
        fields.problem(field, Code::invalid_value, "this is none of the words that it may be",
                       "the text \"" + std::string(text) + "\"", fmt::format("{}", fmt::join(names, ", ")),
                       nearest(text, names).value_or(""));
    return {};
}

// Links that a page may show; nothing is fetched from them here.
std::vector<std::string> links(JsonFields& fields, std::string_view field) {
    std::vector<std::string> found =
        fields.texts_if(field, limits::pictures_max, text_size).value_or(std::vector<std::string>());
    for (const std::string& link : found)
        if (!link.starts_with("https://") || link.find_first_of(" \"'<>\\") != std::string::npos)
            fields.problem(field, Code::invalid_value, "this is not a link", "the text \"" + link + "\"",
                           "texts that begin with https:// and have no blanks or quotes");
    return found;
}

// What others than the shop can make nothing of.
std::vector<std::string> hashes(JsonFields& fields, std::string_view field) {
    constexpr std::size_t digits_min = 16;
    std::vector<std::string> found =
        fields.texts_if(field, limits::marks_max, id_size).value_or(std::vector<std::string>());
    for (const std::string& hash : found)
        if (hash.size() < digits_min || hash.find_first_not_of("0123456789abcdef") != std::string::npos)
            fields.problem(field, Code::invalid_value, "this is not a hash", "the text \"" + hash + "\"",
                           "16 to 128 hexadecimal digits in small letters");
    return found;
}

std::vector<std::string> texts(JsonFields& fields, std::string_view field, std::size_t count_max,
                               std::size_t size_max) {
    return fields.texts_if(field, count_max, size_max).value_or(std::vector<std::string>());
}

CouponId coupon_id(JsonFields& fields, Need need) {
    const std::string_view text = fields.text("coupon", id_size, need);
    return text.empty() ? CouponId() : coupon_id_of(fields, "coupon", text);
}

}  // namespace

void write_member(ObjectWriter& writer, std::string_view field, MemberId id) {
    writer.text(field, std::to_string(id.value));
}

void write(ObjectWriter& writer, const engine::CheckedIn& fact) {
    writer.text("activity", fact.activity);
}

void write(ObjectWriter& writer, const engine::CheckInMadeUp& fact) {
    writer.text("activity", fact.activity);
    writer.text("day", text_of(fact.day));
    if (fact.coupon.value != 0) writer.text("coupon", std::to_string(fact.coupon.value));
}

void write(ObjectWriter& writer, const engine::FreezeBought& fact) {
    writer.text("activity", fact.activity);
    writer.text("reference", fact.reference);
}

void write(ObjectWriter& writer, const engine::TurnTaken& fact) {
    writer.text("activity", fact.activity);
    writer.text("reference", fact.reference);
}

void write(ObjectWriter& writer, const engine::TurnsGranted& fact) {
    writer.text("activity", fact.activity);
    if (fact.count != 1) writer.integer("count", fact.count);
    writer.text("reference", fact.reference);
    writer.text_if("reason", fact.reason);
}

void write(ObjectWriter& writer, const engine::PiecePassed& fact) {
    writer.text("activity", fact.activity);
    writer.text("piece", fact.piece);
    write_member(writer, "to", fact.to);
    writer.text("reference", fact.reference);
}

void write(ObjectWriter& writer, const engine::PieceReceived& fact) {
    writer.text("activity", fact.activity);
    writer.text("piece", fact.piece);
    write_member(writer, "giver", fact.giver);
    writer.text("reference", fact.reference);
}

void write(ObjectWriter& writer, const engine::QuestionnaireAnswered& fact) {
    writer.text("activity", fact.activity);
    write_array(writer, "answers", fact.answers, [&](const auto& answer) {
        ObjectWriter one(writer.out());
        one.text("question", answer.first);
        one.text("answer", answer.second);
    });
    writer.text_if("order_id", fact.order_id);
}

void write(ObjectWriter& writer, const engine::BehaviourShown& fact) {
    writer.text("activity", fact.activity);
    writer.text_if("subject", fact.subject);
    writer.text("reference", fact.reference);
}

void write(ObjectWriter& writer, const engine::StoreVisited& fact) {
    writer.text("activity", fact.activity);
    writer.text("store", fact.store);
    writer.text("code", fact.code);
}

void write(ObjectWriter& writer, const engine::TrialApplied& fact) {
    writer.text("activity", fact.activity);
}

void write(ObjectWriter& writer, const engine::TrialDecided& fact) {
    writer.text("activity", fact.activity);
    write_flag(writer, "chosen", fact.chosen);
}

void write(ObjectWriter& writer, const engine::TrialReported& fact) {
    writer.text("activity", fact.activity);
    writer.text("text", fact.text);
    if (!fact.pictures.empty()) write_texts(writer, "pictures", fact.pictures);
}

void write(ObjectWriter& writer, const engine::ProductReviewed& fact) {
    writer.text("order_id", fact.order_id);
    writer.text("product", fact.product);
    writer.integer("score", fact.score);
    writer.text_if("text", fact.text);
    if (!fact.pictures.empty()) write_texts(writer, "pictures", fact.pictures);
}

void write(ObjectWriter& writer, const engine::ReviewModerated& fact) {
    writer.text("order_id", fact.order_id);
    writer.text("product", fact.product);
    write_flag(writer, "approved", fact.approved);
    writer.text_if("reason", fact.reason);
}

void write(ObjectWriter& writer, const engine::FriendActed& fact) {
    write_member(writer, "who", fact.who);
    writer.text("what", friend_acts[static_cast<std::size_t>(fact.what)]);
    if (!fact.marks.empty()) write_texts(writer, "marks", fact.marks);
    writer.amount_if("amount_minor", fact.amount);
}

void write(ObjectWriter& writer, const engine::ReferralDecided& fact) {
    write_member(writer, "who", fact.who);
    write_flag(writer, "approved", fact.approved);
    writer.text_if("reason", fact.reason);
}

void write(ObjectWriter& writer, const engine::MarksTold& fact) {
    write_texts(writer, "marks", fact.marks);
}

void write(ObjectWriter& writer, const engine::GoodsRedeemed& fact) {
    writer.text("redemption_id", fact.redemption_id);
    writer.text("item", fact.item);
    if (fact.quantity != 1) writer.integer("quantity", fact.quantity);
    writer.text_if("order_id", fact.order_id);
    if (fact.points) writer.integer("points", fact.points->count());
    if (fact.money) writer.integer("money_minor", fact.money->count());
}

void write(ObjectWriter& writer, const engine::RedemptionMoved& fact) {
    writer.text("redemption_id", fact.redemption_id);
    writer.text("to", redemption_moves[static_cast<std::size_t>(fact.to)]);
    writer.text_if("carrier", fact.carrier);
    writer.text_if("tracking", fact.tracking);
    writer.text_if("reason", fact.reason);
}

void write(ObjectWriter& writer, const engine::GroupOpened& fact) {
    writer.text("group", fact.group);
    writer.text("promotion", fact.promotion);
    writer.text("order_id", fact.order_id);
}

void write(ObjectWriter& writer, const engine::GroupJoined& fact) {
    writer.text("group", fact.group);
    write_member(writer, "leader", fact.leader);
    writer.text("order_id", fact.order_id);
    writer.text("promotion", fact.promotion);
}

void write(ObjectWriter& writer, const engine::GroupSeatTaken& fact) {
    writer.text("group", fact.group);
    write_member(writer, "who", fact.who);
    writer.text("order_id", fact.order_id);
    writer.flag_if("given_up", fact.given_up);
    writer.text_if("promotion", fact.promotion);
}

void write(ObjectWriter& writer, const engine::GroupEnded& fact) {
    writer.text("group", fact.group);
    writer.text("order_id", fact.order_id);
    write_flag(writer, "filled", fact.filled);
}

void write(ObjectWriter& writer, const engine::InvitationAttended& fact) {
    writer.text("coupon", std::to_string(fact.coupon.value));
}

void read(JsonFields& fields, engine::CheckedIn& fact) {
    fact.activity = fields.text("activity", id_size, Need::required);
}

void read(JsonFields& fields, engine::CheckInMadeUp& fact) {
    fact.activity = fields.text("activity", id_size, Need::required);
    if (const auto day = fields.date_if("day")) fact.day = *day;
    else if (!fields.has("day")) fields.missing("day");
    fact.coupon = coupon_id(fields, Need::optional);
}

void read(JsonFields& fields, engine::FreezeBought& fact) {
    fact.activity = fields.text("activity", id_size, Need::required);
    fact.reference = fields.text("reference", id_size, Need::required);
}

void read(JsonFields& fields, engine::TurnTaken& fact) {
    fact.activity = fields.text("activity", id_size, Need::required);
    fact.reference = fields.text("reference", id_size, Need::required);
}

void read(JsonFields& fields, engine::TurnsGranted& fact) {
    fact.activity = fields.text("activity", id_size, Need::required);
    fact.count = fields.integer_if("count", 1, 1'000).value_or(1);
    fact.reference = fields.text("reference", id_size, Need::required);
    fact.reason = fields.text("reason", text_size, Need::optional);
}

void read(JsonFields& fields, engine::PiecePassed& fact) {
    fact.activity = fields.text("activity", id_size, Need::required);
    fact.piece = fields.text("piece", id_size, Need::required);
    fact.to = member_id(fields, "to");
    fact.reference = fields.text("reference", id_size, Need::required);
}

void read(JsonFields& fields, engine::PieceReceived& fact) {
    fact.activity = fields.text("activity", id_size, Need::required);
    fact.piece = fields.text("piece", id_size, Need::required);
    fact.giver = member_id(fields, "giver");
    fact.reference = fields.text("reference", id_size, Need::required);
}

void read(JsonFields& fields, engine::QuestionnaireAnswered& fact) {
    fact.activity = fields.text("activity", id_size, Need::required);
    fields.objects("answers", limits::questions_max, Need::required, [&fact](JsonFields& one) {
        const std::string question(one.text("question", id_size, Need::required));
        const std::string answer(one.text("answer", text_size, Need::required));
        if (!fact.answers.try_emplace(question, answer).second)
            one.problem("question", Code::invalid_value, "this question is answered twice",
                        "the text \"" + question + "\"", "one answer for each question");
    });
    fact.order_id = fields.text("order_id", id_size, Need::optional);
}

void read(JsonFields& fields, engine::BehaviourShown& fact) {
    fact.activity = fields.text("activity", id_size, Need::required);
    fact.subject = fields.text("subject", id_size, Need::optional);
    fact.reference = fields.text("reference", id_size, Need::required);
}

void read(JsonFields& fields, engine::StoreVisited& fact) {
    fact.activity = fields.text("activity", id_size, Need::required);
    fact.store = fields.text("store", id_size, Need::required);
    fact.code = fields.text("code", id_size, Need::required);
}

void read(JsonFields& fields, engine::TrialApplied& fact) {
    fact.activity = fields.text("activity", id_size, Need::required);
}

void read(JsonFields& fields, engine::TrialDecided& fact) {
    fact.activity = fields.text("activity", id_size, Need::required);
    fact.chosen = fields.boolean("chosen", Need::required);
}

void read(JsonFields& fields, engine::TrialReported& fact) {
    fact.activity = fields.text("activity", id_size, Need::required);
    fact.text = fields.text("text", text_size, Need::required);
    fact.pictures = links(fields, "pictures");
}

void read(JsonFields& fields, engine::ProductReviewed& fact) {
    fact.order_id = fields.text("order_id", id_size, Need::required);
    fact.product = fields.text("product", id_size, Need::required);
    fact.score = fields.integer("score", 1, 5);
    fact.text = fields.text("text", text_size, Need::optional);
    fact.pictures = links(fields, "pictures");
}

void read(JsonFields& fields, engine::ReviewModerated& fact) {
    fact.order_id = fields.text("order_id", id_size, Need::required);
    fact.product = fields.text("product", id_size, Need::required);
    fact.approved = fields.boolean("approved", Need::required);
    fact.reason = fields.text("reason", text_size, Need::optional);
}

void read(JsonFields& fields, engine::FriendActed& fact) {
    fact.who = member_id(fields, "who");
    fact.what = one_of<engine::FriendActed::What>(fields, "what", friend_acts);
    fact.marks = texts(fields, "marks", limits::marks_max, id_size);
    fact.amount = Money(fields.integer_if("amount_minor", 0, limits::amount_minor_max).value_or(0));
}

void read(JsonFields& fields, engine::ReferralDecided& fact) {
    fact.who = member_id(fields, "who");
    fact.approved = fields.boolean("approved", Need::required);
    fact.reason = fields.text("reason", text_size, Need::optional);
}

void read(JsonFields& fields, engine::MarksTold& fact) {
    fact.marks = hashes(fields, "marks");
    if (fact.marks.empty() && !fields.has("marks")) fields.missing("marks");
}

void read(JsonFields& fields, engine::GoodsRedeemed& fact) {
    fact.redemption_id = fields.text("redemption_id", id_size, Need::required);
    fact.item = fields.text("item", id_size, Need::required);
    fact.quantity = fields.integer_if("quantity", 1, limits::coupons_per_event_max).value_or(1);
    fact.order_id = fields.text("order_id", id_size, Need::optional);
    if (const auto points = fields.integer_if("points", 0, limits::points_max)) fact.points = Points(*points);
    if (const auto money = fields.integer_if("money_minor", 0, limits::amount_minor_max)) fact.money = Money(*money);
}

void read(JsonFields& fields, engine::RedemptionMoved& fact) {
    fact.redemption_id = fields.text("redemption_id", id_size, Need::required);
    fact.to = one_of<engine::RedemptionMoved::To>(fields, "to", redemption_moves);
    fact.carrier = fields.text("carrier", id_size, Need::optional);
    fact.tracking = fields.text("tracking", id_size, Need::optional);
    fact.reason = fields.text("reason", text_size, Need::optional);
}

void read(JsonFields& fields, engine::GroupOpened& fact) {
    fact.group = fields.text("group", id_size, Need::required);
    fact.promotion = fields.text("promotion", id_size, Need::required);
    fact.order_id = fields.text("order_id", id_size, Need::required);
}

void read(JsonFields& fields, engine::GroupJoined& fact) {
    fact.group = fields.text("group", id_size, Need::required);
    fact.leader = member_id(fields, "leader");
    fact.order_id = fields.text("order_id", id_size, Need::required);
    fact.promotion = fields.text("promotion", id_size, Need::required);
}

void read(JsonFields& fields, engine::GroupSeatTaken& fact) {
    fact.group = fields.text("group", id_size, Need::required);
    fact.who = member_id(fields, "who");
    fact.order_id = fields.text("order_id", id_size, Need::required);
    fact.given_up = fields.boolean("given_up", Need::optional);
    fact.promotion = fields.text("promotion", id_size, Need::optional);
}

void read(JsonFields& fields, engine::GroupEnded& fact) {
    fact.group = fields.text("group", id_size, Need::required);
    fact.order_id = fields.text("order_id", id_size, Need::required);
    fact.filled = fields.boolean("filled", Need::required);
}

void read(JsonFields& fields, engine::InvitationAttended& fact) {
    fact.coupon = coupon_id(fields, Need::required);
}

void write_chance(ObjectWriter& writer, const std::optional<engine::Chance>& chance) {
    if (!chance) return;
    writer.name("chance");
    ObjectWriter one(writer.out());
    one.text("day", text_of(chance->day));
    one.text("number", fmt::format("{:016x}", chance->number));
}

std::optional<engine::Chance> read_chance(JsonFields& outer) {
    std::optional<engine::Chance> chance;
    outer.object_if("chance", [&chance](JsonFields& fields) {
        chance.emplace();
        if (const auto day = fields.date_if("day")) chance->day = *day;
        const std::string_view text = fields.text("number", id_size, Need::required);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), chance->number, 16);
        if (text.size() != 16 || error != std::errc() || end != text.data() + text.size())
            fields.problem("number", Code::invalid_value, "this is not a number by chance",
                           "the text \"" + std::string(text) + "\"", "16 hexadecimal digits");
    });
    return chance;
}

MemberId member_id(JsonFields& fields, std::string_view field) {
    const std::string_view text = fields.text(field, id_size, Need::required);
    if (text.data() == nullptr) return {};  // told already
    if (const auto id = parse_member_id(text); id && text.front() != '0') return *id;
    fields.problem(field, Code::invalid_value, "this is not a member's id", "the text \"" + std::string(text) + "\"",
                   "a text of digits such as \"42\"");
    return {};
}

}  // namespace regulars::service
