#include "service/work_queue.hpp"

#include <algorithm>
#include <utility>

namespace regulars::service {

// An empty request still has to be answered, so it weighs one.
std::size_t WorkQueue::weight(const Work& work) {
    if (const auto* request = std::get_if<Request>(&work)) return std::max<std::size_t>(request->commands.size(), 1);
    if (const auto* advance = std::get_if<Advance>(&work)) return std::max<std::size_t>(advance->members.size(), 1);
    return 1;
}

// Nobody's work may come between what it reads and what it writes, in the same transaction.
bool WorkQueue::goes_alone(const Work& work) {
    const auto* request = std::get_if<Request>(&work);
    return std::holds_alternative<Chore>(work) || (request != nullptr && request->together);
}

bool WorkQueue::push(Request& request) {
    const std::size_t commands = std::max<std::size_t>(request.commands.size(), 1);
    {
        const std::lock_guard lock(mutex_);
        if (closed_ || (commands_ > 0 && commands_ + commands > commands_max_)) return false;
        commands_ += commands;
        waiting_.emplace_back(std::move(request));
    }
    came_.notify_one();
    return true;
}

bool WorkQueue::push(Work& work) {
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return false;
        commands_ += weight(work);
        waiting_.push_back(std::move(work));
    }
    came_.notify_one();
    return true;
}

std::vector<Work> WorkQueue::take(std::size_t commands_max, std::chrono::milliseconds wait_max) {
    std::vector<Work> taken;
    std::unique_lock lock(mutex_);
    if (!came_.wait_for(lock, wait_max, [&] { return !waiting_.empty() || closed_; })) return taken;
    if (waiting_.empty()) return taken;
    ++taken_;
    std::size_t commands = 0;
    while (!waiting_.empty()) {
        const bool alone = goes_alone(waiting_.front());
        const std::size_t next = weight(waiting_.front());
        if (!taken.empty() && (alone || commands + next > commands_max)) break;
        commands += next;
        taken.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
        if (alone) break;
    }
    commands_ -= commands;
    return taken;
}

void WorkQueue::done() {
    {
        const std::lock_guard lock(mutex_);
        if (--taken_ > 0 || !waiting_.empty()) return;
    }
    idle_.notify_all();
}

void WorkQueue::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    came_.notify_all();
}

void WorkQueue::wait_until_idle() {
    std::unique_lock lock(mutex_);
    // The bound only makes a lost wake-up harmless: the writer answers everything, be it with a failure.
    while (!idle_.wait_for(lock, std::chrono::seconds(1), [&] { return waiting_.empty() && taken_ == 0; })) {
    }
}

bool WorkQueue::closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
}

std::size_t WorkQueue::depth() const {
    const std::lock_guard lock(mutex_);
    return commands_;
}

}  // namespace regulars::service
