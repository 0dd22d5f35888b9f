// The unique codes and partners' codes of a database in memory, by the rules that the SQL stores keep.
#pragma once

#include "service/store.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace regulars::store {

class MemoryCodes {
public:
    /// With its batch's status as it is now.
    [[nodiscard]] std::optional<service::UniqueCode> find(const std::string& hash) const;
    [[nodiscard]] std::optional<service::PartnerPool> find_pool(const std::string& name) const;
    [[nodiscard]] std::vector<service::CodeBatch> batches() const;
    [[nodiscard]] std::vector<service::PartnerPool> pools() const;
    /// Empty: the coupon has none.
    [[nodiscard]] std::string partner_code_of(MemberId member, CouponId coupon) const;

    [[nodiscard]] bool add_batch(const service::CodeBatch& batch);
    [[nodiscard]] bool add(const service::CodeBatch& batch, std::span<const std::string> hashes);
    [[nodiscard]] bool save_batch(const service::CodeBatch& batch);
    [[nodiscard]] std::int64_t add_to_pool(const std::string& pool, std::span<const std::string> codes);

    [[nodiscard]] std::optional<service::StoreFailure> conflict_in(const service::Batch& batch) const;
    /// What has no conflict.
    void write(const service::Batch& batch);

private:
    struct Pool {
        service::PartnerPool state;
        std::vector<std::string> codes;               ///< by position
        std::vector<std::optional<service::PartnerUse>> uses;
    };
    std::map<std::string, service::CodeBatch> batches_;
    std::map<std::string, service::UniqueCode> codes_;
    std::map<std::string, Pool> pools_;
    std::map<std::pair<MemberId, CouponId>, std::string> given_;
};

}  // namespace regulars::store
