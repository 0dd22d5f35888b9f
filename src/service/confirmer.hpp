// The third thread of the writer: what has been committed ahead is made durable here, and only then answered, while the
// next batch is already being committed. One sync of the disk does for all that wait for it.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "service/connection.hpp"

namespace regulars::service {

class Confirmer {
public:
    explicit Confirmer(Connection connection) : connection_(std::move(connection)), thread_([this] { run(); }) {}
    /// Finishes what it has.
    ~Confirmer();
    Confirmer(const Confirmer&) = delete;
    Confirmer& operator=(const Confirmer&) = delete;

    /// Once all is durable that has been committed by now, `then` is called on the confirmer's thread, after those that
    /// were added before. `must_sync`: something may not be durable yet. Waits while too much waits already.
    void add(std::function<void(const Stored<void>& durable)> then, bool must_sync);
    /// Waits until nothing waits. Every `then` has returned.
    void wait();
    /// Why the disk did not keep what had been committed. After that nobody can tell what it will keep, so nothing more
    /// may be committed by this process.
    [[nodiscard]] std::optional<StoreFailure> failure() const;

private:
    struct Waiting {
        std::function<void(const Stored<void>&)> then;
        bool must_sync = false;
    };

    void run();
    Stored<void> make_durable();

    Connection connection_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Waiting> waiting_;
    bool busy_ = false;
    bool stop_ = false;
    std::optional<StoreFailure> failure_;
    std::thread thread_;
};

}  // namespace regulars::service
