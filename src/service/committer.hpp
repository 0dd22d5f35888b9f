// The second thread of the writer: it makes one commit while the writer decides the batch after it. Deciding needs the
// processor and a commit mostly the disk, so that together they take little longer than the longer of the two.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "service/connection.hpp"

namespace regulars::service {

class Committer {
public:
    explicit Committer(Connection connection) : connection_(std::move(connection)), thread_([this] { run(); }) {}
    /// Finishes what it has begun.
    ~Committer();
    Committer(const Committer&) = delete;
    Committer& operator=(const Committer&) = delete;

    /// Begins a job, which gets the committer's own connection. There must be none on its way.
    void begin(std::function<void(Connection&)> job);
    /// Waits until nothing is on its way. What the job did happened before.
    void wait();

private:
    void run();

    Connection connection_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::function<void(Connection&)> job_;  ///< empty: idle
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace regulars::service
