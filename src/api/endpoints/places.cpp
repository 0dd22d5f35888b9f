#include "api/endpoints/places.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "api/endpoints/common.hpp"

namespace regulars::api {

namespace {

std::string with_json(std::string body, std::string_view name, const std::string& json) {
    const auto brace = body.find('{');
    if (brace != std::string::npos) body.insert(brace + 1, '"' + std::string(name) + "\":" + json + ",");
    return body;
}

// "17.A-1": a member's id and a text within that member.
expected<service::MemberTextKey, Problem> place_after(const Request& request) {
    const std::string_view text = request.parameter("after").value_or("");
    if (text.empty()) return service::MemberTextKey{};
    const auto dot = std::min(text.find('.'), text.size());
    std::array<std::int64_t, 1> member{};
    if (dot == text.size() || !read_place(text.substr(0, dot), member) || member[0] < 0)
        return unexpected(place_problem(text));
    return service::MemberTextKey{MemberId{static_cast<std::uint64_t>(member[0])}, std::string(text.substr(dot + 1))};
}

}  // namespace

expected<service::Page<service::MemberTextKey>, Problem> page_over_members(const Request& request) {
    const auto limit = page_limit(request);
    if (!limit) return unexpected(limit.error());
    auto after = place_after(request);
    if (!after) return unexpected(std::move(after.error()));
    return service::Page<service::MemberTextKey>{std::move(*after), *limit};
}

std::string place_text(const service::MemberTextKey& key) { return std::to_string(key.member.value) + '.' + key.text; }

void write_next(JsonWriter& json, const std::string& next) {
    json.name("next");
    if (next.empty()) json.null();
    else json.text(next);
}

expected<std::size_t, Problem> status_index(const Request& request, std::span<const std::string_view> names,
                                            std::string_view things) {
    const std::string_view text = request.parameter("status").value_or(names.front());
    const auto found = std::ranges::find(names, text);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    const auto all = names.first(names.size() - 1);
    return unexpected(parameter_problem("status", fmt::format("{} have no such status", things),
                                        fmt::format("{} or {}", fmt::join(all, ", "), names.back()), text));
}

bool read_place(std::string_view text, std::span<std::int64_t> numbers) {
    const char* at = text.data();
    const char* const end = at + text.size();
    for (std::int64_t& number : numbers) {
        const bool is_first = &number == &numbers.front();
        if (!is_first && (at == end || *at++ != '.')) return false;
        const auto [stop, error] = std::from_chars(at, end, number);
        if (error != std::errc()) return false;
        at = stop;
    }
    return at == end;
}

Problem place_problem(std::string_view text) {
    return parameter_problem("after", "this is not a place in the list", "the 'next' of the page before", text);
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
