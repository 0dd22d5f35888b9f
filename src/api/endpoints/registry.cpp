#include "api/endpoints/registry.hpp"

#include <iterator>
#include <utility>

namespace regulars::api {

std::vector<Endpoint> all_endpoints() {
    std::vector<Endpoint> all;
    for (const auto family : {member_endpoints, member_change_endpoints, order_endpoints, order_step_endpoints,
                              account_endpoints, history_endpoints, quote_endpoints, coupon_endpoints,
                              entitlement_endpoints, benefit_endpoints, me_endpoints, programme_endpoints,
                              event_endpoints, server_endpoints}) {
        auto endpoints = family();
        all.insert(all.end(), std::make_move_iterator(endpoints.begin()), std::make_move_iterator(endpoints.end()));
    }
    return all;
}

}  // namespace regulars::api
