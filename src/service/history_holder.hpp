// The programme history that is in force, changed seldom and read by everybody.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "service/programme_history.hpp"

namespace regulars::service {

class HistoryHolder {
public:
    [[nodiscard]] std::shared_ptr<const ProgrammeHistory> get() const {
        const std::lock_guard lock(mutex_);
        return history_;
    }
    void set(std::shared_ptr<const ProgrammeHistory> history) {
        const std::lock_guard lock(mutex_);
        history_ = std::move(history);
    }

    /// Takes over versions that the store holds beyond those known: another process has activated them. Whether there
    /// were any.
    Stored<bool> refresh(Store& store);

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const ProgrammeHistory> history_;
};

}  // namespace regulars::service
