// A store that fails when it is told to, around a real one.
#pragma once

#include <memory>
#include <string>

#include "service/store.hpp"

namespace regulars::service {

/// What all faulty stores of the process do; set by the test before it starts a service.
struct Faults {
    /// Fail the n-th call from now on; 0: none.
    static void fail_call(int number, StoreError error);
    /// The next commit is kept, and fails with outcome_unknown all the same.
    static void break_after_commit();
    /// The next sync of what was committed ahead fails; only SQLite has any.
    static void break_sync_once();
    /// The next commits fail with a conflict, this many.
    static void conflict(int commits);
    static void none();
    /// Whether the failure that was asked for has happened.
    [[nodiscard]] static bool happened();
};

/// Opens the store at the URL behind a faulty one.
[[nodiscard]] Stored<std::unique_ptr<Store>> open_faulty(const std::string& url);
/// Puts a faulty store before each that `open_store` opens.
[[nodiscard]] OpenStore faulty(OpenStore open_store);

}  // namespace regulars::service
