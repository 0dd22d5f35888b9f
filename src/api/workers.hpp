// A few threads for what may wait for the database, so that connections never do.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace regulars::api {

class Workers {
public:
    Workers(std::size_t threads, std::size_t waiting_max);
    /// Does what waits, then joins.
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// False, and nothing happens, when too much waits. Tasks must not throw.
    [[nodiscard]] bool run(std::function<void()> task);

private:
    void work();

    std::size_t waiting_max_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> waiting_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace regulars::api
