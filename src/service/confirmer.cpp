#include "service/confirmer.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace regulars::service {

namespace {

/// So many batches may wait: enough that a commit does not wait for the sync before it.
constexpr std::size_t waiting_max = 4;

}  // namespace

Confirmer::~Confirmer() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

// Every sync has the deadline that the disk has; without it nothing can be promised to anybody.
void Confirmer::add(std::function<void(const Stored<void>&)> then, bool must_sync) {
    {
        std::unique_lock lock(mutex_);
        check(!stop_, "nothing is added to a confirmer that ends");
        changed_.wait(lock, [&] { return waiting_.size() < waiting_max; });
        waiting_.push_back({std::move(then), must_sync});
    }
    changed_.notify_all();
}

void Confirmer::wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_.empty() && !busy_; });
}

std::optional<StoreFailure> Confirmer::failure() const {
    const std::lock_guard lock(mutex_);
    return failure_;
}

void Confirmer::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return stop_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        const std::vector<Waiting> ready = std::exchange(waiting_, {});
        busy_ = true;
        lock.unlock();
        changed_.notify_all();
        const bool must_sync = failure() || std::ranges::any_of(ready, &Waiting::must_sync);
        const auto durable = must_sync ? make_durable() : Stored<void>();
        for (const Waiting& one : ready) one.then(durable);
        lock.lock();
        busy_ = false;
        changed_.notify_all();
    }
}

// A sync that succeeds after one has failed says nothing of what that one should have kept, nor of what stands on it.
Stored<void> Confirmer::make_durable() {
    if (!failure()) {
        const auto store = connection_.get();
        const auto durable = store ? (*store)->make_durable() : Stored<void>(unexpected(store.error()));
        if (durable) return {};
        const std::lock_guard lock(mutex_);
        failure_ = {StoreError::unavailable,
                    "the disk did not keep what was written last (" + durable.error().detail +
                        "): no command is taken before the service has been started again"};
    }
    return unexpected(StoreFailure{StoreError::outcome_unknown, failure()->detail});
}

}  // namespace regulars::service
