// The writer: takes what waits, decides it as one batch, has it committed, and only then is it answered.
//
// There is no delay for the sake of larger batches: while one is committed, the next gathers. A large batch is
// committed by the committer's thread, while the writer's decides the next, starting from how the one before leaves
// things, and the confirmer's makes durable and answers the one before. Should a commit fail, what was decided after it
// is thrown away and decided anew. When another process has saved one of the members first, a batch is decided again, a
// bounded number of times; after any other failure nothing was kept, and everybody in the batch is told so.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "service/committer.hpp"
#include "service/confirmer.hpp"
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
        std::size_t commands_ahead_min = 1;
        std::int64_t ahead_max_ms = 0;
        std::function<void(const StoreFailure&)> on_failure;
    };
    /// Three connections to the same database.
    struct Connections {
        Connection to_load;
        Connection to_commit;
        Connection to_sync;
    };
    Writer(Surroundings surroundings, Connections connections);
    /// The queue must be closed: answers what is left in it, then joins.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// For chores only: the writer's own store, and the connection that is to know of its failures. Nothing may be
    /// written any more once `failure` is told.
    [[nodiscard]] Stored<Store*> store();
    [[nodiscard]] Connection& connection() { return connection_; }
    /// Why no command is taken any more: the disk did not keep what had been written.
    [[nodiscard]] std::optional<StoreFailure> failure() const { return confirmer_.failure(); }

private:
    struct Pending;
    struct Round;

    void run();
    void take_round(std::shared_ptr<Round> round);
    void land();
    bool decide_ahead(Round& round);
    void commit(Connection& connection, const std::shared_ptr<Round>& round);
    void confirm(Round& round, const Stored<void>& durable);
    void process(Round& round);
    Stored<void> try_once(Round& round);
    Stored<void> decide(Store& store, Round& round);
    Stored<void> find_answers(Store& store, const Draft* before, std::vector<Pending>& pending);
    void decide_one(Draft& draft, Pending& pending);
    [[nodiscard]] bool is_ahead(const Command& command) const;
    std::vector<Reply> replies_to(Draft& draft, const Request& request) const;
    void count(const std::vector<Pending>& pending);
    void answer(std::vector<Pending>& pending);
    void answer_failure(std::vector<Pending>& pending, const StoreFailure& failure);

    Surroundings with_;
    Connection connection_;
    std::optional<MemberId> last_member_;
    std::shared_ptr<Round> ahead_;  ///< being committed, or committed; null: none is
    Confirmer confirmer_;
    Committer committer_;
    std::thread thread_;
};

}  // namespace regulars::service
