// What the endpoints share: targets, pages and the way from a JSON body to one command.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/endpoint.hpp"
#include "api/endpoints/schemas.hpp"
#include "service/event_json.hpp"

namespace regulars::api {

/// "123"; a problem with its place when the text is not a member's id.
[[nodiscard]] expected<MemberId, Problem> member_id_of(std::string_view text, std::string_view parameter);

/// KIND:VALUE. Kinds that begin with "customer" or "openid" have two parts ("customer:web:17850"), all others one; what
/// follows is the value, colons included. It is written as the programme's identities are.
[[nodiscard]] expected<engine::Identity, Problem> identity_of(std::string_view text,
                                                             const programme::IdentityPolicy& policy);

/// The target that a query names by "member" or "identity"; nothing when it names none.
[[nodiscard]] expected<std::optional<service::Target>, Problem> target_of(const Request& request,
                                                                         const programme::IdentityPolicy& policy);

/// The "limit" of a page: 1 to page_size_max.
[[nodiscard]] expected<std::size_t, Problem> page_limit(const Request& request);
/// The "after" of a page of numbers; 0 when it was not given.
[[nodiscard]] expected<std::uint64_t, Problem> page_after(const Request& request);

/// A body that is missing counts as an empty object, for steps that need to say nothing.
[[nodiscard]] std::string_view body_or_empty(const Request& request);

/// The body of a step whose path names what it is about, with that name in it; the body itself must not name it.
[[nodiscard]] std::string body_with(const Request& request, std::string_view name, const std::string& value);

/// One command out of a JSON body, answered by what it did: 201 for something new, 200 for a duplicate, 202 for an
/// event that waits for its order, or a problem.
[[nodiscard]] expected<Prepared, Problem> prepare_event(const Call& call, service::Given given);
/// The same with another body than the request's.
[[nodiscard]] expected<Prepared, Problem> prepare_event(const Call& call, service::Given given, std::string_view body);
/// The same about the member of the request. A member may not say when it happened.
[[nodiscard]] expected<Prepared, Problem> prepare_member_event(const Call& call, std::string_view type);

/// The answer to one command.
[[nodiscard]] std::pair<std::int32_t, std::string> render_reply(const service::Reply& reply,
                                                                const programme::Programme& programme);

/// Whom the request is about: the member whose token it carries, else the one in the path's first part.
[[nodiscard]] expected<MemberId, Problem> member_of(const Call& call);

/// A list of a member's own that is empty may be so because there is no such member; then that is the answer.
[[nodiscard]] std::optional<Problem> nobody(const Call& call, MemberId id, bool list_is_empty);

/// The view of that member, or why there is none.
[[nodiscard]] expected<service::MemberView, Problem> view_of(const Call& call);

/// A part of the body that cannot be taken, at this place.
[[nodiscard]] Problem input_problem(std::string pointer, std::string detail, std::string expected);

[[nodiscard]] Problem member_not_found(const service::Target& target);

// Declarations that many endpoints repeat.
[[nodiscard]] Parameter member_path_parameter();
[[nodiscard]] std::vector<Parameter> page_parameters();
[[nodiscard]] std::vector<Parameter> target_parameters();
/// A command about the member in the path, answered by what it did.
[[nodiscard]] Endpoint member_write(std::string_view path, std::string_view group, Text summary, Text about,
                                    const Schema& input, std::string_view example,
                                    expected<Prepared, Problem> (*prepare)(const Call&));

}  // namespace regulars::api
