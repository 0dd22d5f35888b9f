#include "service/history_holder.hpp"

#include <algorithm>

namespace regulars::service {

Stored<bool> HistoryHolder::refresh(Store& store) {
    const auto rows = store.programmes();
    if (!rows) return unexpected(rows.error());
    const auto known = get();
    const bool news =
        std::any_of(rows->begin(), rows->end(), [&](const ProgrammeRow& row) { return !known->knows(row.version); });
    if (!news) return false;
    auto history = ProgrammeHistory::from_rows(*rows);
    if (!history) return unexpected(std::move(history.error()));
    set(std::move(*history));
    return true;
}

}  // namespace regulars::service
