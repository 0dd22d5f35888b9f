// Places in lists over all members, and bodies that get a part from the path: what several of these endpoints share.
#pragma once

#include <string>
#include <string_view>

#include "api/endpoint.hpp"
#include "api/json_writer.hpp"
#include "service/store.hpp"

namespace regulars::api {

/// The "after" of such a list: what `next` said, or its beginning.
[[nodiscard]] expected<service::MemberTextKey, Problem> place_after(const Request& request);
/// As one text, which nobody but us reads.
[[nodiscard]] std::string place_text(const service::MemberTextKey& key);
/// The field "next"; null for the last page.
void write_next(JsonWriter& json, const std::string& next);

/// An object's text with one field more; it has some already (common.hpp's body_with).
[[nodiscard]] std::string with_field(std::string body, std::string_view name, const std::string& value);
[[nodiscard]] std::string with_flag(std::string body, std::string_view name, bool value);

}  // namespace regulars::api
