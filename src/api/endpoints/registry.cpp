#include "api/endpoints/registry.hpp"

#include <iterator>
#include <utility>

namespace regulars::api {

std::vector<Endpoint> all_endpoints() {
    std::vector<Endpoint> all;
    for (const auto family : {member_endpoints, member_change_endpoints, card_endpoints, enrolment_endpoints,
                              order_endpoints, order_step_endpoints, account_endpoints, history_endpoints,
                              quote_endpoints, coupon_endpoints, entitlement_endpoints, benefit_endpoints,
                              member_benefit_endpoints, plan_endpoints, notice_endpoints, merge_endpoints,
                              personal_data_endpoints, me_endpoints, gift_endpoints, programme_endpoints,
                              product_review_endpoints, friend_endpoints, trial_endpoints,
                              mall_endpoints, redemption_endpoints, promotion_endpoints, group_endpoints,
                              activity_endpoints, check_in_endpoints, answer_endpoints, turn_endpoints,
                              chance_endpoints, event_endpoints, server_endpoints}) {
        auto endpoints = family();
        all.insert(all.end(), std::make_move_iterator(endpoints.begin()), std::make_move_iterator(endpoints.end()));
    }
    return all;
}

}  // namespace regulars::api
