#include "service/committer.hpp"

#include "base/check.hpp"

namespace regulars::service {

Committer::~Committer() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Committer::begin(std::function<void(Connection&)> job) {
    {
        const std::lock_guard lock(mutex_);
        check(!job_ && !stop_, "one commit is made at a time");
        job_ = std::move(job);
    }
    changed_.notify_all();
}

// Every step of a commit has its own deadline in the database.
void Committer::wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !job_; });
}

void Committer::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return stop_ || job_; });
        if (!job_) return;
        const std::function<void(Connection&)> job = job_;
        lock.unlock();
        job(connection_);
        lock.lock();
        job_ = nullptr;
        changed_.notify_all();
    }
}

}  // namespace regulars::service
