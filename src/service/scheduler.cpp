#include "service/scheduler.hpp"

#include <chrono>
#include <future>
#include <memory>
#include <utility>

namespace regulars::service {

namespace {

constexpr std::size_t members_per_batch = 500;
constexpr std::chrono::milliseconds pause{500};
constexpr std::chrono::seconds batch_wait_max{60};

}  // namespace

Scheduler::Scheduler(WorkQueue& queue, Connection connection, std::function<Instant()> clock,
                     std::function<void(Store&)> each_round)
    : queue_(queue), connection_(std::move(connection)), clock_(std::move(clock)), each_round_(std::move(each_round)),
      thread_([this] { run(); }) {}

Scheduler::~Scheduler() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stop_.notify_all();
    thread_.join();
}

void Scheduler::run() {
    for (bool more = true;;) {
        std::unique_lock lock(mutex_);
        if (stop_.wait_for(lock, more ? std::chrono::milliseconds(0) : pause, [&] { return stopping_; })) return;
        lock.unlock();
        more = advance_some();
    }
}

bool Scheduler::advance_some() {
    const auto store = connection_.get();
    if (!store) return false;
    each_round_(**store);
    auto due = (*store)->due_members(clock_(), members_per_batch);
    if (!due) {
        connection_.note(due.error());
        return false;
    }
    if (due->empty()) return false;
    const bool full = due->size() == members_per_batch;
    // Shared with the writer, which may answer after this has stopped waiting.
    const auto answer = std::make_shared<std::promise<std::size_t>>();
    auto advanced = answer->get_future();
    Work work = Advance{std::move(*due), [answer](std::size_t count) { answer->set_value(count); }};
    if (!queue_.push(work)) return false;
    if (advanced.wait_for(batch_wait_max) != std::future_status::ready) return false;
    // Without any progress (storage fails, or another process was faster) there is no hurry.
    return advanced.get() > 0 && full;
}

}  // namespace regulars::service
