#include "store/checkpointer.hpp"

#include <sqlite3.h>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

namespace regulars::store {

namespace {

/// A log of this many pages (256 MiB) is worth a checkpoint: what a checkpoint costs is mostly its syncs, and a page
/// that changed several times is copied once. Writers go on meanwhile, so the log can grow further.
constexpr int log_pages_soft = 64'000;
/// At this many (512 MiB) the writer copies what is left by itself, after which its next commit begins the log anew. As
/// long as commits follow one another without a pause, nobody else could.
constexpr int log_pages_hard = 128'000;
constexpr int busy_timeout_ms = 1'000;
constexpr std::chrono::seconds rest_wait_max{10};

}  // namespace

struct Checkpointer::State {
    sqlite3* database = nullptr;
    std::mutex mutex;
    std::condition_variable wake;
    std::condition_variable rested;
    int log_pages = 0;  ///< after the latest commit; 0 when nothing is to do
    bool busy = false;
    bool stop = false;
    std::thread thread;

    void work() {
        std::unique_lock lock(mutex);
        while (true) {
            wake.wait(lock, [&] { return stop || log_pages > 0; });
            if (stop) return;
            log_pages = 0;
            busy = true;
            lock.unlock();
            // A checkpoint that fails has lost nothing: the log still holds it all, and the next commit asks again.
            sqlite3_wal_checkpoint_v2(database, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
            lock.lock();
            busy = false;
            rested.notify_all();
        }
    }

    /// Called by SQLite after each commit of a watched connection.
    static int committed(void* state, sqlite3* writer, const char*, int pages) {
        if (pages < log_pages_soft) return SQLITE_OK;
        auto& self = *static_cast<State*>(state);
        {
            std::unique_lock lock(self.mutex);
            if (pages >= log_pages_hard) {
                self.rested.wait_for(lock, rest_wait_max, [&] { return !self.busy; });
                sqlite3_wal_checkpoint_v2(writer, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
                return SQLITE_OK;
            }
            self.log_pages = pages;
        }
        self.wake.notify_one();
        return SQLITE_OK;
    }
};

std::shared_ptr<Checkpointer> Checkpointer::of(const std::string& path) {
    static std::mutex mutex;
    static std::map<std::string, std::weak_ptr<Checkpointer>> all;
    std::error_code error;
    const auto canonical = std::filesystem::weakly_canonical(path, error).string();
    const std::lock_guard lock(mutex);
    auto& known = all[error ? path : canonical];
    auto checkpointer = known.lock();
    if (!checkpointer) known = checkpointer = std::make_shared<Checkpointer>(path);
    return checkpointer;
}

Checkpointer::Checkpointer(const std::string& path) : state_(std::make_unique<State>()) {
    if (sqlite3_open_v2(path.c_str(), &state_->database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) return;
    sqlite3_busy_timeout(state_->database, busy_timeout_ms);
    // Only a connection that has read the file knows of the log; one that has not says "done" and does nothing.
    const char* const begin = "PRAGMA synchronous = FULL; SELECT count(*) FROM sqlite_schema";
    if (sqlite3_exec(state_->database, begin, nullptr, nullptr, nullptr) != SQLITE_OK) return;
    state_->thread = std::thread([state = state_.get()] { state->work(); });
}

Checkpointer::~Checkpointer() {
    if (state_->thread.joinable()) {
        {
            const std::lock_guard lock(state_->mutex);
            state_->stop = true;
        }
        state_->wake.notify_one();
        state_->thread.join();
    }
    sqlite3_close(state_->database);
}

void Checkpointer::watch(void* sqlite_handle) {
    // Without a thread (the file cannot be opened for writing) the connection keeps SQLite's own habit.
    if (state_->thread.joinable())
        sqlite3_wal_hook(static_cast<sqlite3*>(sqlite_handle), &State::committed, state_.get());
}

}  // namespace regulars::store
