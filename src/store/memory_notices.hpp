// The notices of a database in memory, by the rules that the SQL stores keep.
#pragma once

#include "service/store.hpp"

#include <map>
#include <set>
#include <vector>

namespace regulars::store {

class MemoryNotices {
public:
    [[nodiscard]] std::vector<service::NoticeRow> list(Instant until,
                                                       const service::Page<service::NoticeKey>& page) const;
    [[nodiscard]] std::vector<service::NoticeRow> list_of(MemberId member, Instant since,
                                                          const service::Page<service::NoticeKey>& page) const;
    /// Whether none of them is there already, or stands twice among them.
    [[nodiscard]] bool are_new(const std::vector<service::NoticeRow>& rows) const;
    void add(const std::vector<service::NoticeRow>& rows);
    /// How many were removed.
    std::int64_t forget(Instant before, std::size_t limit);

private:
    std::map<service::NoticeKey, service::NoticeRow> rows_;
    std::set<service::NoticeKey> table_keys_;  ///< without the time of recording, which is no part of the tables' key
};

}  // namespace regulars::store
