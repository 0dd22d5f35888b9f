// All endpoints, family by family; each family is declared in its own file.
#pragma once

#include <vector>

#include "api/endpoint.hpp"

namespace regulars::api {

[[nodiscard]] std::vector<Endpoint> member_endpoints();
[[nodiscard]] std::vector<Endpoint> member_change_endpoints();
[[nodiscard]] std::vector<Endpoint> order_endpoints();
[[nodiscard]] std::vector<Endpoint> order_step_endpoints();
[[nodiscard]] std::vector<Endpoint> account_endpoints();
[[nodiscard]] std::vector<Endpoint> history_endpoints();
[[nodiscard]] std::vector<Endpoint> quote_endpoints();
[[nodiscard]] std::vector<Endpoint> coupon_endpoints();
[[nodiscard]] std::vector<Endpoint> entitlement_endpoints();
[[nodiscard]] std::vector<Endpoint> benefit_endpoints();
[[nodiscard]] std::vector<Endpoint> member_benefit_endpoints();
[[nodiscard]] std::vector<Endpoint> plan_endpoints();
[[nodiscard]] std::vector<Endpoint> notice_endpoints();
[[nodiscard]] std::vector<Endpoint> merge_endpoints();
[[nodiscard]] std::vector<Endpoint> personal_data_endpoints();
[[nodiscard]] std::vector<Endpoint> enrolment_endpoints();
[[nodiscard]] std::vector<Endpoint> card_endpoints();
[[nodiscard]] std::vector<Endpoint> me_endpoints();
[[nodiscard]] std::vector<Endpoint> gift_endpoints();
[[nodiscard]] std::vector<Endpoint> product_review_endpoints();
[[nodiscard]] std::vector<Endpoint> friend_endpoints();
[[nodiscard]] std::vector<Endpoint> trial_endpoints();
[[nodiscard]] std::vector<Endpoint> mall_endpoints();
[[nodiscard]] std::vector<Endpoint> promotion_endpoints();
[[nodiscard]] std::vector<Endpoint> group_endpoints();
[[nodiscard]] std::vector<Endpoint> redemption_endpoints();
[[nodiscard]] std::vector<Endpoint> activity_endpoints();
[[nodiscard]] std::vector<Endpoint> check_in_endpoints();
[[nodiscard]] std::vector<Endpoint> answer_endpoints();
[[nodiscard]] std::vector<Endpoint> turn_endpoints();
[[nodiscard]] std::vector<Endpoint> chance_endpoints();
[[nodiscard]] std::vector<Endpoint> programme_endpoints();
[[nodiscard]] std::vector<Endpoint> event_endpoints();
[[nodiscard]] std::vector<Endpoint> server_endpoints();

/// In the order of the documentation.
[[nodiscard]] std::vector<Endpoint> all_endpoints();

}  // namespace regulars::api
