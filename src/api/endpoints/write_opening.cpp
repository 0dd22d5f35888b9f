// When and for whom something of the programme is, as the JSON that schemas::opening and schemas::who promise.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/endpoints/write.hpp"
#include "service/coupon_stocks.hpp"

namespace regulars::api {

namespace {

constexpr std::array<std::string_view, 7> weekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};

std::string time_text(std::int32_t minutes) { return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60); }

std::string day_text(const programme::MonthDay& day) {
    return day.month == 0 ? std::to_string(day.day) : fmt::format("{:02}-{:02}", day.month, day.day);
}

template <class Named>
void write_names(JsonWriter& json, std::string_view name, std::uint32_t mask, const std::vector<Named>& all) {
    json.name(name);
    json.begin_array();
    for (std::size_t i = 0; i < all.size(); ++i)
        if ((mask >> i & 1U) != 0) json.text(all[i].name);
    json.end_array();
}

}  // namespace

void write_opening(JsonWriter& json, const programme::Opening& opening) {
    using Birthday = programme::Opening::Birthday;
    json.begin_object();
    json.name("dates");
    json.begin_array();
    for (const programme::DateRange& dates : opening.dates) {
        json.begin_object();
        json.field("first", text_of(dates.first));
        json.field("last", text_of(dates.last));
        json.end_object();
    }
    json.end_array();
    json.name("weekdays");
    json.begin_array();
    for (std::size_t i = 0; i < weekdays.size(); ++i)
        if ((static_cast<unsigned>(opening.weekdays) >> i & 1U) != 0) json.text(weekdays[i]);
    json.end_array();
    json.name("member_days");
    json.begin_array();
    for (const programme::MonthDay& day : opening.member_days) json.text(day_text(day));
    json.end_array();
    if (opening.times) {
        json.field("from", time_text(opening.times->first));
        json.field("until", time_text(opening.times->last));
    }
    if (opening.birthday != Birthday::any)
        json.field("birthday", opening.birthday == Birthday::day ? "day" : "month");
    json.end_object();
}

void write_who(JsonWriter& json, const programme::Who& who, const programme::Programme& programme) {
    json.begin_object();
    write_names(json, "tiers", who.tiers, programme.tiers);
    if (who.plans != 0) write_names(json, "plans", who.plans, programme.plans.plans);
    if (who.stages != ~0U) write_names(json, "stages", who.stages, programme.stages);
    json.field("registered", who.registered);
    if (who.when) json.field("when", who.when->text());
    json.end_object();
}

std::optional<std::int64_t> stock_left(const programme::Stock& terms, const std::string& name,
                                       const std::vector<service::CouponStock>& stocks, LocalDate today) {
    const auto stock = std::find_if(stocks.begin(), stocks.end(),
                                    [&](const service::CouponStock& one) { return one.coupon == name; });
    if (!terms.limited() || stock == stocks.end()) return std::nullopt;
    return service::left_of(terms, *stock, today);
}

void write_stock_left(JsonWriter& json, const programme::Stock& terms, const std::string& name,
                      const std::vector<service::CouponStock>& stocks, LocalDate today) {
    const auto left = stock_left(terms, name, stocks, today);
    json.name("left");
    if (left) json.integer(*left);
    else json.null();
}

}  // namespace regulars::api
