#include <date/tz.h>

#include <algorithm>

#include "base/check.hpp"
#include "base/time.hpp"

namespace regulars {

namespace {

std::int64_t floor_days(std::int64_t ms) {
    return ms >= 0 ? ms / ms_per_day : -((ms_per_day - 1 - ms) / ms_per_day);
}

}  // namespace

Zone::Zone() {
    static const auto utc = std::make_shared<const Rules>(Rules{"UTC", {{INT64_MIN, 0}}});
    rules_ = utc;
}

Zone::Zone(std::shared_ptr<const Rules> rules) : rules_(std::move(rules)) {}

std::optional<Zone> Zone::find(std::string_view name) {
    const date::time_zone* found = nullptr;
    try {
        found = date::locate_zone(std::string(name));
    } catch (const std::exception&) {
        return std::nullopt;
    }
    Rules rules{std::string(name), {}};
    const date::sys_seconds start = date::sys_days{date::year{1899} / 12 / 1};
    const date::sys_seconds stop = date::sys_days{date::year{2201} / 2 / 1};
    for (date::sys_seconds at = start; at < stop;) {
        const date::sys_info info = found->get_info(at);
        const std::int64_t offset = info.offset.count() * ms_per_second;
        const std::int64_t from = rules.offsets.empty() ? INT64_MIN : at.time_since_epoch().count() * ms_per_second;
        if (rules.offsets.empty() || rules.offsets.back().offset_ms != offset) rules.offsets.push_back({from, offset});
        at = info.end;
    }
    return Zone(std::make_shared<const Rules>(std::move(rules)));
}

std::vector<std::string> Zone::names() {
    std::vector<std::string> names;
    for (const auto& zone : date::get_tzdb().zones) names.push_back(zone.name());
    return names;
}

const std::string& Zone::name() const { return rules_->name; }

std::vector<Zone::Rules::Offset>::const_iterator Zone::last_at(std::int64_t ms) const {
    const auto after =
        std::upper_bound(rules_->offsets.begin(), rules_->offsets.end(), ms,
                         [](std::int64_t at, const Rules::Offset& offset) { return at < offset.from_ms; });
    return std::prev(after);
}

std::int64_t Zone::offset_ms(Instant instant) const {
    const auto& last = rules_->offsets.back();
    return instant.ms >= last.from_ms ? last.offset_ms : last_at(instant.ms)->offset_ms;
}

LocalTime Zone::local(Instant instant) const {
    const std::int64_t ms = instant.ms + offset_ms(instant);
    const std::int64_t days = floor_days(ms);
    return {{static_cast<std::int32_t>(days)}, ms - days * ms_per_day};
}

Instant Zone::instant(LocalTime time) const {
    const std::int64_t wall_ms = time.date.days * ms_per_day + time.ms_of_day;
    const auto& offsets = rules_->offsets;
    if (wall_ms - offsets.back().offset_ms >= offsets.back().from_ms + ms_per_day)
        return {wall_ms - offsets.back().offset_ms};
    // The first offset under which this wall time has been reached before the offset ends: the earlier one where a
    // time exists twice. A time that no offset shows lies in a gap: the change itself is meant. No offset is larger
    // than a day, so the search starts at the one that holds a day before.
    auto offset = last_at(wall_ms - ms_per_day);
    while (std::next(offset) != offsets.end() && wall_ms - offset->offset_ms >= std::next(offset)->from_ms) ++offset;
    const std::int64_t candidate = wall_ms - offset->offset_ms;
    return {offset == offsets.begin() ? candidate : std::max(candidate, offset->from_ms)};
}

}  // namespace regulars
