// What the memory database keeps of gifts and snapshots, and how it moves identities. Private to memory_store.cpp,
// which guards it.
#pragma once

#include "service/store.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace regulars::store {

class MemoryPeople {
public:
    using Identities = std::map<engine::Identity, MemberId>;

    [[nodiscard]] std::optional<MemberId> giver_of(const std::string& gift) const;
    [[nodiscard]] std::optional<service::Snapshot> snapshot_of(MemberId member) const;

    /// Whether each identity that moves is whose it was thought to be; it may be new in this very batch.
    [[nodiscard]] static bool identities_as_found(const service::Batch& batch, const Identities& identities);
    /// Whether no gift is there already.
    [[nodiscard]] bool all_new(const service::Batch& batch) const;
    void write(const service::Batch& batch, Identities& identities);

private:
    std::map<std::string, MemberId> gifts_;
    std::map<std::uint64_t, service::Snapshot> snapshots_;
};

}  // namespace regulars::store
