#include <cmath>
#include <nlohmann/json.hpp>

#include "backtest/write.hpp"

namespace regulars::backtest {

namespace {

using Json = nlohmann::ordered_json;

double rounded(double value) {
    return std::round(value * 1e6) / 1e6;
}

Json orders_json(const Report& report) {
    const OrderCounts& orders = report.orders;
    Json json{{"read", orders.read},
              {"applied", orders.applied},
              {"rejected", orders.rejected},
              {"returns_matched", orders.returns_matched},
              {"returns_unmatched", orders.returns_unmatched},
              {"returns_skipped", orders.returns_skipped},
              {"after_until", orders.after_until},
              {"lines", orders.lines},
              {"reject_reasons", Json::object()},
              {"rejects_file", report.rejects_file.empty() ? Json() : Json(report.rejects_file)}};
    for (const auto& [reason, count] : report.reject_reasons) json["reject_reasons"][reason] = count;
    return json;
}

// A share of `whole` as a number with six digits; null where there is nothing to share.
Json share(std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return {};
    return rounded(static_cast<double>(part) / static_cast<double>(whole));
}

Json coupons_json(const Report& report) {
    Json json = Json::object();
    for (const CouponFigures& coupon : report.coupons)
        json[coupon.name] = {{"given", coupon.given},     {"used", coupon.used},
                             {"expired", coupon.expired}, {"revoked", coupon.revoked},
                             {"in_wallets", coupon.in_wallets()}, {"cost_minor", coupon.cost_minor}};
    return json;
}

Json activities_json(const Report& report) {
    Json json = Json::object();
    for (const ActivityFigures& activity : report.activities)
        json[activity.code] = {{"times", activity.times},
                               {"points_given", activity.points_given},
                               {"points_paid", activity.points_paid},
                               {"cost_minor", activity.cost_minor}};
    return json;
}

Json figures_json(const Report& report) {
    Json tiers = Json::object();
    Json tier_figures = Json::object();
    for (const TierFigures& tier : report.tiers) {
        tiers[tier.name] = tier.members;
        tier_figures[tier.name] = {{"sales_minor", tier.sales_minor},
                                   {"costs_minor", tier.costs_minor},
                                   {"cost_share_of_sales", share(tier.costs_minor, tier.sales_minor)}};
    }
    Json costs = Json::object();
    for (const BenefitCost& cost : report.costs) costs[cost.code] = cost.minor;
    const PointTotals& points = report.points;
    return {{"programme", report.programme},
            {"currency", report.currency},
            {"as_of", text_of(report.as_of)},
            {"orders", orders_json(report)},
            {"members", report.members},
            {"tiers", tiers},
            {"points",
             {{"issued", points.issued},
              {"reversed", points.reversed},
              {"redeemed", points.redeemed},
              {"expired", points.expired},
              {"pending", points.pending},
              {"available", points.available},
              {"owed", points.owed}}},
            {"coupons", coupons_json(report)},
            {"activities", activities_json(report)},
            {"facts",
             {{"read", report.facts.read},
              {"applied", report.facts.applied},
              {"rejected", report.facts.rejected},
              {"after_until", report.facts.after_until},
              {"rejects_file", report.facts_rejects_file.empty() ? Json() : Json(report.facts_rejects_file)}}},
            {"costs", costs},
            {"sales_minor", report.sales_minor},
            {"cost_share_of_sales", static_cast<double>(report.cost_share_millionths) / 1e6},
            {"tier_figures", tier_figures},
            {"balance_minor", report.balance_minor},
            {"liability_minor", report.liability_minor},
            {"seconds", rounded(report.seconds)},
            {"orders_per_second", report.orders_per_second}};
}

}  // namespace

std::string write_json(const Report& report, const Other& other) {
    Json json = figures_json(report);
    if (other.report != nullptr && other.comparison != nullptr) {
        const Comparison& comparison = *other.comparison;
        json["compare"] = figures_json(*other.report);
        json["compare"]["winners"] = comparison.winners;
        json["compare"]["losers"] = comparison.losers;
        json["compare"]["unchanged"] = comparison.unchanged;
        json["compare"]["difference_minor"] = comparison.difference_minor;
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace regulars::backtest
