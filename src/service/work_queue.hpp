// What waits for the writer, in order of arrival and bounded by the number of commands.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <variant>
#include <vector>

#include "service/service.hpp"

namespace regulars::service {

/// Members for whom time is to pass; `done` is called once with how many of them something was due for.
struct Advance {
    std::vector<MemberId> members;
    std::function<void(std::size_t advanced)> done;
};

/// Something that the writer does between two batches, on its own store.
struct Chore {
    std::function<void()> run;
};

using Work = std::variant<Request, Advance, Chore>;

class WorkQueue {
public:
    explicit WorkQueue(std::size_t commands_max) : commands_max_(commands_max) {}

    /// False, and `request` untouched, when it would exceed the bound or the queue is closed. A request larger than the
    /// bound is taken when nothing else waits.
    [[nodiscard]] bool push(Request& request);
    /// Work of our own, taken whatever waits; false, and `work` untouched, when the queue is closed.
    [[nodiscard]] bool push(Work& work);

    /// Takes what waits: requests and advances up to `commands_max` commands (at least one), or alone one
    /// chore or one request whose commands go together. Waits at most `wait_max`; empty when nothing came.
    [[nodiscard]] std::vector<Work> take(std::size_t commands_max, std::chrono::milliseconds wait_max);
    /// Says that what one `take` gave has been answered. From any thread.
    void done();

    /// Refuses everything from now on.
    void close();
    /// Waits until what was accepted is answered.
    void wait_until_idle();

    [[nodiscard]] bool closed() const;
    /// Commands that wait.
    [[nodiscard]] std::size_t depth() const;

private:
    static std::size_t weight(const Work& work);
    static bool goes_alone(const Work& work);

    const std::size_t commands_max_;
    mutable std::mutex mutex_;
    std::condition_variable came_;
    std::condition_variable idle_;
    std::deque<Work> waiting_;
    std::size_t commands_ = 0;
    std::size_t taken_ = 0;  ///< calls of `take` that gave something and are not answered yet
    bool closed_ = false;
};

}  // namespace regulars::service
