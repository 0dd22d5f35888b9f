// Lets time pass for members for whom something is due, so that tables, lists and messages are up to date without
// anybody asking. Nothing depends on its being punctual: a member is brought to the present by whatever touches it
// next.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "service/connection.hpp"
#include "service/work_queue.hpp"

namespace regulars::service {

class Scheduler {
public:
    /// `each_round` runs on the scheduler's thread before it looks for due members. The queue outlives the scheduler.
    Scheduler(WorkQueue& queue, Connection connection, std::function<Instant()> clock,
              std::function<void(Store&)> each_round);
    ~Scheduler();
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

private:
    void run();
    /// One batch of due members; true when there are probably more.
    bool advance_some();

    WorkQueue& queue_;
    Connection connection_;
    std::function<Instant()> clock_;
    std::function<void(Store&)> each_round_;
    std::mutex mutex_;
    std::condition_variable stop_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace regulars::service
