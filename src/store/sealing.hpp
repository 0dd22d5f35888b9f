// Sealing a database that exists, and changing the key of one that is sealed. Everything that sealed_columns.hpp names
// is read, opened with the old key (if there is one) and written under the new one, in pieces, each of which is a
// transaction. Meanwhile nobody else can open the database, and its mark says that it is not finished; whoever breaks
// off, or is killed, runs it again with the same keys, and it goes on with what is left.
#pragma once

#include "service/store.hpp"
#include "store/seal.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace regulars::store {

struct SealChange {
    const Seal* from = nullptr;                      ///< null: it is not sealed yet
    const Seal* to = nullptr;
    std::function<void(std::uint64_t members)> progress{};  ///< may be empty
};

struct SealReport {
    bool was_done = false;           ///< nothing was to do: it is under that key already
    std::uint64_t members = 0;       ///< rewritten now, as all that follow
    std::uint64_t identities = 0;
    std::uint64_t events = 0;
    std::uint64_t answers = 0;
};

/// Fails as `sealed` when the database is under another key than `from`, as `locked` when somebody has it open, with
/// not_found where nothing is at rest (memory).
[[nodiscard]] service::Stored<SealReport> change_seal(const std::string& url, const SealChange& change);

}  // namespace regulars::store
