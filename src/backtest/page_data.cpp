#include <nlohmann/json.hpp>

#include "backtest/write.hpp"

namespace regulars::backtest {

namespace {

using Json = nlohmann::ordered_json;

Json title_json(const programme::Title& title, const std::string& name) {
    const std::string& en = title.en.empty() ? name : title.en;
    return {{"en", en}, {"zh", title.zh.empty() ? en : title.zh}};
}

Json months_json(const Report& report) {
    Json months = Json::array();
    for (const MonthFigures& month : report.months) {
        const YearMonthDay parts = parts_of(month.first_day);
        months.push_back({{"year", parts.year},
                          {"month", parts.month},
                          {"members", month.tier_members},
                          {"moves", month.tier_moves},
                          {"costs", month.costs_minor},
                          {"sales", month.sales_minor},
                          {"issued", month.points_issued},
                          {"reversed", month.points_reversed},
                          {"redeemed", month.points_redeemed},
                          {"expired", month.points_expired},
                          {"outstanding", month.points_outstanding}});
    }
    return months;
}

Json report_json(const Report& report) {
    Json tiers = Json::array();
    for (const TierFigures& tier : report.tiers)
        tiers.push_back({{"name", tier.name},
                         {"title", title_json(tier.title, tier.name)},
                         {"members", tier.members},
                         {"sales", tier.sales_minor},
                         {"costs", tier.costs_minor}});
    Json costs = Json::array();
    for (const BenefitCost& cost : report.costs) costs.push_back({{"code", cost.code}, {"minor", cost.minor}});
    Json coupons = Json::array();
    for (const CouponFigures& coupon : report.coupons)
        coupons.push_back({{"title", title_json(coupon.title, coupon.name)},
                           {"given", coupon.given},
                           {"used", coupon.used},
                           {"expired", coupon.expired + coupon.revoked},
                           {"inWallets", coupon.in_wallets()},
                           {"cost", coupon.cost_minor}});
    Json activities = Json::array();
    for (const ActivityFigures& activity : report.activities)
        activities.push_back({{"title", title_json(activity.title, activity.code)},
                              {"times", activity.times},
                              {"given", activity.points_given},
                              {"paid", activity.points_paid},
                              {"cost", activity.cost_minor}});
    const OrderCounts& orders = report.orders;
    return {{"programme", report.programme},
            {"title", title_json(report.title, report.programme)},
            {"currency", report.currency},
            {"minorDigits", report.minor_digits},
            {"zone", report.zone},
            {"ordersFile", report.orders_file},
            {"asOf", text_of(report.as_of)},
            {"orders",
             {{"read", orders.read},
              {"applied", orders.applied},
              {"rejected", orders.rejected},
              {"returnsMatched", orders.returns_matched},
              {"returnsUnmatched", orders.returns_unmatched},
              {"returnsSkipped", orders.returns_skipped},
              {"afterUntil", orders.after_until}}},
            {"members", report.members},
            {"tiers", tiers},
            {"points",
             {{"issued", report.points.issued},
              {"reversed", report.points.reversed},
              {"redeemed", report.points.redeemed},
              {"expired", report.points.expired},
              {"pending", report.points.pending},
              {"available", report.points.available},
              {"owed", report.points.owed}}},
            {"coupons", coupons},
            {"activities", activities},
            {"costs", costs},
            {"costsMinor", report.costs_minor},
            {"salesMinor", report.sales_minor},
            {"liabilityMinor", report.liability_minor},
            {"months", months_json(report)},
            {"peakToLast", report.peak_to_last}};
}

Json members_json(const std::vector<Comparison::Member>& members) {
    Json json = Json::array();
    for (const Comparison::Member& member : members)
        json.push_back({{"customer", member.customer},
                        {"baseTier", member.base_tier},
                        {"otherTier", member.other_tier},
                        {"base", member.base_minor},
                        {"other", member.other_minor}});
    return json;
}

Json comparison_json(const Comparison& comparison) {
    Json bins = Json::array();
    for (const Comparison::Bin& bin : comparison.bins)
        bins.push_back({{"from", bin.from_minor == INT64_MIN ? Json() : Json(bin.from_minor)},
                        {"to", bin.to_minor == INT64_MAX ? Json() : Json(bin.to_minor)},
                        {"members", bin.members}});
    return {{"winners", comparison.winners},
            {"losers", comparison.losers},
            {"unchanged", comparison.unchanged},
            {"difference", comparison.difference_minor},
            {"bins", bins},
            {"topWinners", members_json(comparison.top_winners)},
            {"topLosers", members_json(comparison.top_losers)},
            {"tierMembers", comparison.tier_members}};
}

}  // namespace

std::string page_data(const Report& report, const Other& other) {
    const bool compared = other.report != nullptr && other.comparison != nullptr;
    const Json json{{"base", report_json(report)},
                    {"other", compared ? report_json(*other.report) : Json()},
                    {"comparison", compared ? comparison_json(*other.comparison) : Json()}};
    const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    // Inside a script element only "<" could end it; as an escape it means the same.
    std::string safe;
    safe.reserve(text.size());
    for (const char c : text) {
        if (c == '<')
            safe += "\\u003c";
        else
            safe += c;
    }
    return safe;
}

}  // namespace regulars::backtest
