// The writer: one thread that takes what waits, decides it as one batch, commits it, and only then answers.
//
// There is no delay for the sake of larger batches: while one commit is being made, the next batch gathers. When
// another process has saved one of the members first, the whole batch is decided again, a bounded number of times;
// after any other failure nothing was kept, and everybody in the batch is told so.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "service/connection.hpp"
#include "service/draft.hpp"
#include "service/history_holder.hpp"
#include "service/member_cache.hpp"
#include "service/work_queue.hpp"

namespace regulars::service {

/// What has been counted since the start; read by any thread.
struct Counters {
    std::atomic<std::uint64_t> commands_applied{0};
    std::atomic<std::uint64_t> commands_refused{0};
    std::atomic<std::uint64_t> batches{0};
    std::atomic<std::uint64_t> store_failures{0};
    std::atomic<std::uint64_t> due_advanced{0};
};

class Writer {
public:
    /// What the writer works with; all of it outlives the writer.
    struct Surroundings {
        WorkQueue& queue;
        MemberCache& cache;
        HistoryHolder& history;
        Counters& counters;
        std::function<Instant()> clock;
        std::size_t batch_commands_max = 1;
    };
    Writer(Surroundings surroundings, Connection connection);
    /// The queue must be closed: answers what is left in it, then joins.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// For chores only: the writer's own store.
    [[nodiscard]] Connection& connection() { return connection_; }

private:
    struct Pending;

    void run();
    void process(std::vector<Work>& works);
    Stored<void> try_once(std::vector<Pending>& pending);
    Stored<void> find_answers(Store& store, std::vector<Pending>& pending);
    Stored<void> decide(Store& store, Draft& draft, std::vector<Pending>& pending);
    void decide_one(Draft& draft, Pending& pending);
    void answer(std::vector<Pending>& pending);
    void answer_failure(std::vector<Pending>& pending, const StoreFailure& failure);

    Surroundings with_;
    Connection connection_;
    std::optional<MemberId> last_member_;
    std::thread thread_;
};

}  // namespace regulars::service
