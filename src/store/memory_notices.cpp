#include "store/memory_notices.hpp"

#include <algorithm>
#include <tuple>

namespace regulars::store {

namespace {

auto place_of(const service::NoticeKey& key) {
    return std::tuple(key.event_sequence, key.happened_at, key.index);
}

service::NoticeKey table_key_of(const service::NoticeRow& row) {
    service::NoticeKey key = row.key();
    key.recorded_at = {};
    return key;
}

}  // namespace

std::vector<service::NoticeRow> MemoryNotices::list(Instant until,
                                                    const service::Page<service::NoticeKey>& page) const {
    std::vector<service::NoticeRow> rows;
    for (auto it = rows_.upper_bound(page.after);
         it != rows_.end() && it->first.recorded_at <= until && rows.size() < page.limit; ++it)
        rows.push_back(it->second);
    return rows;
}

std::vector<service::NoticeRow> MemoryNotices::list_of(MemberId member, Instant since,
                                                       const service::Page<service::NoticeKey>& page) const {
    std::vector<service::NoticeRow> rows;
    for (const auto& [key, row] : rows_)
        if (key.member == member && row.notice.at >= since && place_of(key) > place_of(page.after)) rows.push_back(row);
    std::ranges::sort(rows, {}, [](const auto& row) { return place_of(row.key()); });
    if (rows.size() > page.limit) rows.resize(page.limit);
    return rows;
}

bool MemoryNotices::are_new(const std::vector<service::NoticeRow>& rows) const {
    std::set<service::NoticeKey> seen;
    return std::ranges::all_of(rows, [&](const auto& row) {
        const auto key = table_key_of(row);
        return !table_keys_.contains(key) && seen.insert(key).second;
    });
}

void MemoryNotices::add(const std::vector<service::NoticeRow>& rows) {
    for (const auto& row : rows) {
        rows_.emplace(row.key(), row);
        table_keys_.insert(table_key_of(row));
    }
}

std::int64_t MemoryNotices::forget(Instant before, std::size_t limit) {
    std::int64_t removed = 0;
    while (!rows_.empty() && rows_.begin()->first.recorded_at < before && static_cast<std::size_t>(removed) < limit) {
        table_keys_.erase(table_key_of(rows_.begin()->second));
        rows_.erase(rows_.begin());
        ++removed;
    }
    return removed;
}

}  // namespace regulars::store
