#include "store/memory_codes.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace regulars::store {

using service::CodeBatch;
using service::PartnerPool;
using service::StoreError;
using service::StoreFailure;
using service::UniqueCode;

std::optional<UniqueCode> MemoryCodes::find(const std::string& hash) const {
    const auto found = codes_.find(hash);
    if (found == codes_.end()) return std::nullopt;
    UniqueCode code = found->second;
    code.status = batches_.at(code.batch).status;
    return code;
}

std::optional<PartnerPool> MemoryCodes::find_pool(const std::string& name) const {
    const auto found = pools_.find(name);
    if (found == pools_.end()) return std::nullopt;
    return found->second.state;
}

std::vector<CodeBatch> MemoryCodes::batches() const {
    std::vector<CodeBatch> batches;
    for (const auto& [name, batch] : batches_) {
        batches.push_back(batch);
        batches.back().taken = std::ranges::count_if(codes_, [&](const auto& entry) {
            return entry.second.batch == name && entry.second.member != MemberId();
        });
    }
    std::ranges::sort(batches, {}, [](const CodeBatch& batch) { return std::tuple(batch.made_at, batch.name); });
    return batches;
}

std::vector<PartnerPool> MemoryCodes::pools() const {
    std::vector<PartnerPool> pools;
    for (const auto& [name, pool] : pools_) pools.push_back(pool.state);
    return pools;
}

std::string MemoryCodes::partner_code_of(MemberId member, CouponId coupon) const {
    const auto found = given_.find({member, coupon});
    return found == given_.end() ? std::string() : found->second;
}

bool MemoryCodes::add_batch(const CodeBatch& batch) { return batches_.emplace(batch.name, batch).second; }

bool MemoryCodes::add(const CodeBatch& batch, std::span<const std::string> hashes) {
    const std::set<std::string> all(hashes.begin(), hashes.end());
    const bool fresh = all.size() == hashes.size() &&
                       std::ranges::none_of(hashes, [&](const auto& hash) { return codes_.contains(hash); });
    if (!fresh) return false;
    for (const auto& hash : hashes) codes_[hash] = UniqueCode{hash, batch.coupon, batch.name, batch.status, {}, {}};
    return true;
}

bool MemoryCodes::save_batch(const CodeBatch& batch) {
    const auto found = batches_.find(batch.name);
    if (found == batches_.end()) return false;
    found->second.status = batch.status;
    found->second.made = batch.made;
    return true;
}

std::int64_t MemoryCodes::add_to_pool(const std::string& pool, std::span<const std::string> codes) {
    const auto known = pools_.find(pool);
    std::set<std::string> had;
    if (known != pools_.end()) had.insert(known->second.codes.begin(), known->second.codes.end());
    std::vector<std::string> fresh;
    for (const auto& code : codes)
        if (had.insert(code).second) fresh.push_back(code);
    if (fresh.empty()) return 0;
    Pool& target = pools_[pool];
    target.state.name = pool;
    target.codes.insert(target.codes.end(), fresh.begin(), fresh.end());
    target.uses.resize(target.codes.size());
    target.state.imported = static_cast<std::int64_t>(target.codes.size());
    ++target.state.version;
    return static_cast<std::int64_t>(fresh.size());
}

std::optional<StoreFailure> MemoryCodes::conflict_in(const service::Batch& batch) const {
    const auto conflict = [](const char* detail) { return StoreFailure{StoreError::conflict, detail}; };
    std::set<std::string> seen;
    for (const auto& use : batch.code_uses) {
        const auto code = find(use.hash);
        if (!code || !code->works() || !seen.insert(use.hash).second)
            return conflict("a unique code was taken by somebody else");
    }
    for (const auto& pool : batch.pools)
        if (find_pool(pool.name).value_or(PartnerPool{}).version != pool.version)
            return conflict("a pool of partners' codes was changed by somebody else");
    for (const auto& use : batch.partner_uses) {
        const auto pool = pools_.find(use.pool);
        const bool is_free = pool != pools_.end() && use.position >= 1 &&
                             use.position <= static_cast<std::int64_t>(pool->second.codes.size()) &&
                             !pool->second.uses[static_cast<std::size_t>(use.position - 1)];
        if (!is_free) return conflict("a partner's code was given by somebody else");
    }
    return std::nullopt;
}

void MemoryCodes::write(const service::Batch& batch) {
    for (const auto& use : batch.code_uses) {
        codes_[use.hash].member = use.member;
        codes_[use.hash].issued = use.issued;
    }
    for (const auto& pool : batch.pools) {
        pools_[pool.name].state = pool;
        ++pools_[pool.name].state.version;
    }
    for (const auto& use : batch.partner_uses) {
        Pool& pool = pools_[use.pool];
        const auto index = static_cast<std::size_t>(use.position - 1);
        pool.uses[index] = use;
        given_[{use.member, use.issued}] = pool.codes[index];
    }
    for (const auto& move : batch.partner_moves) {
        auto code = given_.extract({move.from, move.coupon});
        if (code.empty()) continue;
        code.key() = {move.to, move.becomes};
        given_.insert(std::move(code));
    }
}

}  // namespace regulars::store
