// Moves what SQLite has committed from its log into the database file, beside the writers instead of inside a commit:
// left to itself, SQLite does this at the end of every commit that finds the log long, and that one waits for it.
#pragma once

#include <memory>
#include <string>

namespace regulars::store {

class Checkpointer {
public:
    /// The one of that file in this process, made when it is first asked for and gone with its last user.
    static std::shared_ptr<Checkpointer> of(const std::string& path);

    explicit Checkpointer(const std::string& path);
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    /// From now on commits of this connection (a sqlite3*) are followed here, and it does no checkpoints of its own. It
    /// must be closed before the checkpointer is given up.
    void watch(void* sqlite_handle);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace regulars::store
