// Activities as the JSON that schemas_activities.cpp promises.
#pragma once

#include <string_view>

#include "api/endpoints/terms.hpp"

namespace regulars::api {

/// The fields that say what there is, when and for whom; inside an object.
void write_activity(JsonWriter& json, const programme::Activity& activity, const Terms& terms);

/// The fields that say how the member of the decision stands in it; inside an object.
void write_standing(JsonWriter& json, const programme::Activity& activity, const engine::Decision& decision);

/// "choice", as the programme file says it.
[[nodiscard]] std::string_view name_of(programme::Question::Kind kind);

}  // namespace regulars::api
