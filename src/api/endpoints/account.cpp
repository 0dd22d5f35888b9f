// Points, tiers and balance by hand.
#include "api/endpoints/common.hpp"
#include "api/endpoints/registry.hpp"

namespace regulars::api {

namespace {

expected<Prepared, Problem> adjust_points(const Call& call) { return prepare_member_event(call, "points_adjusted"); }
expected<Prepared, Problem> spend_points(const Call& call) { return prepare_member_event(call, "points_spent"); }
expected<Prepared, Problem> grant_tier(const Call& call) { return prepare_member_event(call, "tier_granted"); }
expected<Prepared, Problem> top_up(const Call& call) { return prepare_member_event(call, "balance_topped_up"); }
expected<Prepared, Problem> refund_balance(const Call& call) { return prepare_member_event(call, "balance_refunded"); }
expected<Prepared, Problem> spend_balance(const Call& call) { return prepare_member_event(call, "balance_spent"); }

Endpoint account_endpoint(std::string_view path, Text summary, const Schema& input, std::string_view example,
                          expected<Prepared, Problem> (*prepare)(const Call&)) {
    return member_write(path, "Account", summary, {"The reference makes it happen once.", "凭据保证只生效一次。"}, input,
                        example, prepare);
}

}  // namespace

std::vector<Endpoint> account_endpoints() {
    Endpoint tier = account_endpoint("/v1/members/{id}/tier", {"Grant a tier", "授予等级"}, schemas::tier_input,
                                     R"({"tier":"vip","reason":"friend of the house"})", grant_tier);
    tier.about = {"Without 'until' it runs for the tier's own period.", "不填 until 则按该等级的周期。"};
    Endpoint refund = account_endpoint("/v1/members/{id}/balance/refund", {"Pay back what was paid in", "退还充值"},
                                       schemas::balance_refund_input,
                                       R"({"amount_minor":5000,"reference":"pay-back-1"})", refund_balance);
    refund.about = {"Where the programme allows it. The bonus that came with it is taken back in proportion.",
                    "仅当计划允许。随充值赠送的部分按比例收回。"};
    return {
        account_endpoint("/v1/members/{id}/points", {"Give or take points", "调整积分"}, schemas::points_input,
                         R"({"points":100,"reference":"thank-you-7","reason":"thank you"})", adjust_points),
        account_endpoint("/v1/members/{id}/points/spend", {"Spend points", "使用积分"}, schemas::points_spend_input,
                         R"({"points":50,"reference":"till-3-0815"})", spend_points),
        tier,
        account_endpoint("/v1/members/{id}/balance/top-up", {"Pay into the account", "充值"}, schemas::top_up_input,
                         R"({"amount_minor":10000,"bonus_minor":1000,"reference":"top-up-1"})", top_up),
        account_endpoint("/v1/members/{id}/balance/spend", {"Pay from the account", "使用余额"},
                         schemas::balance_spend_input, R"({"amount_minor":2500,"reference":"till-3-0816"})",
                         spend_balance),
        refund,
    };
}

}  // namespace regulars::api
