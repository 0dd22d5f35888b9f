// What lists of what there is begin with: the programme, what is left of what members share, and the day; and for one
// member, as they stand.
#pragma once

#include <vector>

#include "api/endpoint.hpp"
#include "api/json_writer.hpp"
#include "engine/decision.hpp"
#include "programme/programme.hpp"
#include "service/store.hpp"

namespace regulars::api {

/// What the terms of something are told by.
struct Terms {
    const programme::Programme& programme;
    const std::vector<service::CouponStock>& stocks;
    LocalDate today;
};

/// An object whose fields `write` tells.
[[nodiscard]] Answer answer_with_terms(const Call& call, void (*write)(JsonWriter&, const Terms&));

/// The same about the member of the request: who and when, and the points that can be spent, stand before.
[[nodiscard]] Answer answer_for_member(const Call& call,
                                       void (*write)(JsonWriter&, const Terms&, const engine::Decision&));

}  // namespace regulars::api
