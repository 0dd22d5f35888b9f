// What went wrong in a database, by its codes alone: message texts differ between versions, languages and clusters, and
// may quote what a member typed.
#pragma once

#include "service/store.hpp"

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace regulars::store {

/// Thrown inside this folder, caught where a store's method ends (guarded, below).
struct Failed {
    service::StoreFailure failure;
};

[[noreturn]] inline void fail(service::StoreError error, std::string detail) {
    throw Failed{{error, std::move(detail)}};
}

/// What an (extended) result code of SQLite means.
[[nodiscard]] service::StoreError error_of_sqlite(int result_code);
/// What a SQLSTATE of PostgreSQL means; five letters or digits, or empty when the connection broke.
[[nodiscard]] service::StoreError error_of_sqlstate(std::string_view sqlstate);

/// The same for a code that COMMIT gave, where "I do not know" is one of the answers.
[[nodiscard]] service::StoreError commit_error_of_sqlite(int result_code);
[[nodiscard]] service::StoreError commit_error_of_sqlstate(std::string_view sqlstate);

/// Runs what may throw Failed and gives the result or the failure.
template <class Work>
auto guarded(Work work) -> service::Stored<decltype(work())> {
    try {
        if constexpr (std::is_void_v<decltype(work())>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (Failed& failed) {
        return unexpected(std::move(failed.failure));
    }
}

}  // namespace regulars::store
