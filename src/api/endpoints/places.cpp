#include "api/endpoints/places.hpp"

#include <algorithm>
#include <charconv>

namespace regulars::api {

namespace {

std::string with_json(std::string body, std::string_view name, const std::string& json) {
    const auto brace = body.find('{');
    if (brace != std::string::npos) body.insert(brace + 1, '"' + std::string(name) + "\":" + json + ",");
    return body;
}

}  // namespace

// "17.A-1": a member's id and a text within that member.
expected<service::MemberTextKey, Problem> place_after(const Request& request) {
    const std::string_view text = request.parameter("after").value_or("");
    if (text.empty()) return service::MemberTextKey{};
    const auto dot = std::min(text.find('.'), text.size());
    std::uint64_t member = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + dot, member);
    if (dot == text.size() || error != std::errc() || stop != text.data() + dot)
        return unexpected(
            parameter_problem("after", "this is not a place in the list", "the 'next' of the page before", text));
    return service::MemberTextKey{MemberId{member}, std::string(text.substr(dot + 1))};
}

std::string place_text(const service::MemberTextKey& key) { return std::to_string(key.member.value) + '.' + key.text; }

void write_next(JsonWriter& json, const std::string& next) {
    json.name("next");
    if (next.empty()) json.null();
    else json.text(next);
}

std::string with_field(std::string body, std::string_view name, const std::string& value) {
    std::string json;
    append_json_text(json, value);
    return with_json(std::move(body), name, json);
}

std::string with_flag(std::string body, std::string_view name, bool value) {
    return with_json(std::move(body), name, value ? "true" : "false");
}

}  // namespace regulars::api
