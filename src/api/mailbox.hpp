// How answers from other threads reach a connection: each I/O thread has one mailbox, and a full one wakes it once,
// however many answers the writer puts in after a commit.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "api/http.hpp"

namespace regulars::api {

/// Where one answer is awaited. Only the I/O thread that waits touches it.
struct AnswerSlot {
    std::optional<Response> response;
    std::function<void()> wake;  ///< empty once nobody waits any more
};

class Mailbox {
public:
    /// `wake_thread` makes the I/O thread call `hand_out` soon; it is called from any thread.
    explicit Mailbox(std::function<void()> wake_thread) : wake_thread_(std::move(wake_thread)) {}

    /// From any thread.
    void deliver(std::shared_ptr<AnswerSlot> slot, Response response) {
        const std::lock_guard lock(mutex_);
        if (closed_) return;
        letters_.emplace_back(std::move(slot), std::move(response));
        if (letters_.size() == 1) wake_thread_();
    }

    /// From now on letters are thrown away. The mailbox itself lives as long as somebody may still deliver.
    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        letters_.clear();
    }

    /// On the I/O thread.
    void hand_out() {
        {
            const std::lock_guard lock(mutex_);
            open_.swap(letters_);
        }
        for (auto& [slot, response] : open_) {
            slot->response = std::move(response);
            if (slot->wake) slot->wake();
        }
        open_.clear();
    }

private:
    using Letter = std::pair<std::shared_ptr<AnswerSlot>, Response>;

    std::function<void()> wake_thread_;
    std::mutex mutex_;
    std::vector<Letter> letters_;
    std::vector<Letter> open_;
    bool closed_ = false;
};

}  // namespace regulars::api
