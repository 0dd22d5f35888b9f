// Places in lists, and bodies that get a part from the path: what several of these endpoints share.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/endpoint.hpp"
#include "api/json_writer.hpp"
#include "service/store.hpp"

namespace regulars::api {

/// A page of a list over all members, from what `next` said or from its beginning.
[[nodiscard]] expected<service::Page<service::MemberTextKey>, Problem> page_over_members(const Request& request);
/// As one text, which nobody but us reads.
[[nodiscard]] std::string place_text(const service::MemberTextKey& key);
/// The field "next"; null for the last page.
void write_next(JsonWriter& json, const std::string& next);

/// Which of these names the query gives as "status", the first where it gives none. `things` are what has them.
[[nodiscard]] expected<std::size_t, Problem> status_index(const Request& request,
                                                          std::span<const std::string_view> names,
                                                          std::string_view things);

/// What a list over all members of what is in one state is asked for.
template <class Status>
struct InState {
    Status status;
    service::Page<service::MemberTextKey> page;
};

/// The state and the page that a query asks for; the first of `statuses` where it names none.
template <class Status, std::size_t count>
expected<InState<Status>, Problem> read_in_state(const Request& request, const std::array<Status, count>& statuses,
                                                 std::string_view things) {
    std::vector<std::string_view> names;
    for (const Status status : statuses) names.push_back(engine::name_of(status));
    const auto index = status_index(request, names, things);
    if (!index) return unexpected(index.error());
    auto page = page_over_members(request);
    if (!page) return unexpected(std::move(page.error()));
    return InState<Status>{statuses[*index], std::move(*page)};
}

/// A place that is whole numbers with dots between, such as "17.0", as `next` told it.
[[nodiscard]] bool read_place(std::string_view text, std::span<std::int64_t> numbers);
[[nodiscard]] Problem place_problem(std::string_view text);

/// An object's text with one field more; it has some already (common.hpp's body_with).
[[nodiscard]] std::string with_field(std::string body, std::string_view name, const std::string& value);
[[nodiscard]] std::string with_flag(std::string body, std::string_view name, bool value);

}  // namespace regulars::api
