// Activities as the JSON that schemas_activities.cpp promises.
#pragma once

#include <vector>

#include "api/json_writer.hpp"
#include "engine/decision.hpp"
#include "programme/programme.hpp"
#include "service/store.hpp"

namespace regulars::api {

/// What the terms of an activity are told by.
struct Terms {
    const programme::Programme& programme;
    const std::vector<service::CouponStock>& stocks;
    LocalDate today;
};

/// The fields that say what there is, when and for whom; inside an object.
void write_activity(JsonWriter& json, const programme::Activity& activity, const Terms& terms);

/// The fields that say how the member of the decision stands in it; inside an object.
void write_standing(JsonWriter& json, const programme::Activity& activity, const engine::Decision& decision);

}  // namespace regulars::api
