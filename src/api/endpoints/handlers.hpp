// Handlers that serve two addresses: the shop's, which names a member, and the member's own, whose token does.
#pragma once

#include "api/endpoint.hpp"

namespace regulars::api {

[[nodiscard]] Answer get_member(const Call& call);
[[nodiscard]] Answer get_entitlements(const Call& call);
[[nodiscard]] Answer get_benefits(const Call& call);
[[nodiscard]] Answer list_coupons(const Call& call);
[[nodiscard]] Answer list_member_notices(const Call& call);
[[nodiscard]] Answer list_ledger(const Call& call);
[[nodiscard]] Answer list_orders(const Call& call);
[[nodiscard]] Answer quote(const Call& call);
[[nodiscard]] Answer list_coupon_templates(const Call& call);
[[nodiscard]] expected<Prepared, Problem> claim_coupon(const Call& call);
/// One command of that type about the activity whose name stands in the path, behind the member where that stands
/// there.
[[nodiscard]] expected<Prepared, Problem> prepare_activity_event(const Call& call, std::string_view type);

}  // namespace regulars::api
