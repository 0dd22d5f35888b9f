#include "service/enrolment_json.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/limits.hpp"
#include "service/identities.hpp"
#include "service/json_fields.hpp"

namespace regulars::service {

namespace {

using Code = JsonProblem::Code;

constexpr std::size_t id_size = limits::id_size_max;
constexpr std::size_t enrolment_json_size_max = 16 << 10;

template <class Value, class Fill>
expected<Value, JsonProblems> parse(std::string_view json, Fill fill) {
    Value value;
    JsonProblems problems =
        JsonFields::read_all(json, enrolment_json_size_max, [&](JsonFields& fields) { fill(fields, value); });
    if (!problems.empty()) return unexpected(std::move(problems));
    return value;
}

engine::Identity read_address(JsonFields& fields, const programme::IdentityPolicy& policy) {
    const auto phone = fields.text_if("phone", id_size);
    const auto email = fields.text_if("email", id_size);
    if (!phone && !email) fields.missing("phone");
    if (phone && email)
        fields.problem("email", Code::invalid_value, "two addresses are named", {}, "either \"phone\" or \"email\"");
    engine::Identity address{phone ? "phone" : "email", phone ? *phone : email.value_or("")};
    if (!phone && !email) return address;
    if (const auto problem = normalise(address, policy))
        fields.problem(address.kind, Code::invalid_value, problem->message, fields.found(address.kind),
                       problem->allowed);
    return address;
}

std::string read_word(JsonFields& fields, std::string_view name, std::span<const std::string_view> words, Need need) {
    const std::string_view text = fields.text(name, id_size, need);
    if (text.empty() || std::find(words.begin(), words.end(), text) != words.end()) return std::string(text);
    std::string allowed;
    for (const std::string_view word : words) allowed += (allowed.empty() ? "" : ", ") + std::string(word);
    fields.problem(name, Code::invalid_value, "this is not one of its values", fields.found(name), allowed);
    return {};
}

void read_purpose(JsonFields& fields, Enrolling& enrolling) {
    static constexpr std::array<std::string_view, 2> purposes{"enrol", "sign_in"};
    const std::string purpose = read_word(fields, "purpose", purposes, Need::optional);
    if (!purpose.empty()) enrolling.purpose = purpose;
}

}  // namespace

expected<Enrolling, JsonProblems> parse_code_request(std::string_view json, const programme::IdentityPolicy& policy) {
    return parse<Enrolling>(json, [&](JsonFields& fields, Enrolling& enrolling) {
        enrolling.address = read_address(fields, policy);
        read_purpose(fields, enrolling);
    });
}

expected<Enrolling, JsonProblems> parse_enrolment(std::string_view json, const programme::IdentityPolicy& policy) {
    return parse<Enrolling>(json, [&](JsonFields& fields, Enrolling& enrolling) {
        enrolling.address = read_address(fields, policy);
        read_purpose(fields, enrolling);
        enrolling.code = fields.text("code", id_size, Need::required);
        enrolling.scan = fields.text("scan", id_size, Need::optional);
        enrolling.told.channel = fields.text("channel", id_size, Need::optional);
        enrolling.told.source = fields.text("source", id_size, Need::optional);
        enrolling.told.store = fields.text("store", id_size, Need::optional);
        enrolling.told.staff = fields.text("staff", id_size, Need::optional);
        enrolling.name = fields.text_if("name", limits::text_size_max);
    });
}

expected<EnrolmentCode, JsonProblems> parse_enrolment_code(std::string_view json) {
    return parse<EnrolmentCode>(json, [](JsonFields& fields, EnrolmentCode& code) {
        static constexpr std::array<std::string_view, 4> kinds{"guide", "leader", "store", "poster"};
        code.kind = read_word(fields, "kind", kinds, Need::required);
        code.name = fields.text("name", id_size, Need::optional);
        code.staff = fields.text("staff", id_size, Need::optional);
        code.store = fields.text("store", id_size, Need::optional);
        code.channel = fields.text("channel", id_size, Need::optional);
    });
}

}  // namespace regulars::service
