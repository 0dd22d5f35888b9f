#include "service/code_batches.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "service/unique_codes.hpp"

namespace regulars::service {

namespace {

/// Small enough that a service which shares the database never waits long for one of these transactions.
constexpr std::size_t part_size = 5'000;
/// Coupons of a pool that are given while more are imported get in each other's way.
constexpr int attempts_max = 20;

struct NewCode {
    std::string hash;
    std::string code;
};

// In the order of their hashes, in which the database takes them fastest; each once.
std::vector<NewCode> choose_codes(std::size_t count) {
    std::vector<NewCode> codes;
    codes.reserve(count);
    const auto by_hash = [](const NewCode& a, const NewCode& b) { return a.hash < b.hash; };
    const auto same = [](const NewCode& a, const NewCode& b) { return a.hash == b.hash; };
    while (codes.size() < count) {
        while (codes.size() < count) {
            std::string code = make_unique_code();
            codes.push_back({hash_of_code(code), std::move(code)});
        }
        std::sort(codes.begin(), codes.end(), by_hash);
        codes.erase(std::unique(codes.begin(), codes.end(), same), codes.end());
    }
    return codes;
}

// One part, stored. A code that exists already, which is as likely as winning a lottery twice, is replaced by another.
Stored<std::vector<std::string>> store_part(Store& store, const CodeBatch& batch, std::span<const NewCode> part) {
    std::vector<std::string> hashes;
    std::vector<std::string> codes;
    for (const NewCode& one : part) {
        hashes.push_back(one.hash);
        codes.push_back(one.code);
    }
    for (int attempt = 1;; ++attempt) {
        auto added = store.add_codes(batch, hashes);
        if (added) return codes;
        if (added.error().error != StoreError::conflict || attempt == attempts_max)
            return unexpected(std::move(added.error()));
        const auto known = store.load_codes(hashes);
        if (!known) return unexpected(known.error());
        for (std::size_t i = 0; i < hashes.size(); ++i) {
            if (!(*known)[i]) continue;
            codes[i] = make_unique_code();
            hashes[i] = hash_of_code(codes[i]);
        }
    }
}

}  // namespace

Stored<bool> make_codes(Store& store, CodeBatch batch, std::size_t count, const CodeTaker& taker) {
    check(count >= 1 && count <= codes_per_batch_max, "a batch has a size that fits");
    batch.status = CodeBatchStatus::making;
    batch.made = 0;
    if (auto added = store.add_code_batch(batch); !added) return unexpected(std::move(added.error()));
    const std::vector<NewCode> codes = choose_codes(count);
    for (std::size_t first = 0; first < codes.size(); first += part_size) {
        const auto part = std::span(codes).subspan(first, std::min(part_size, codes.size() - first));
        const auto stored = store_part(store, batch, part);
        if (!stored) return unexpected(stored.error());
        if (!taker.take(*stored)) return false;
    }
    if (!taker.keep()) return false;
    batch.status = CodeBatchStatus::ready;
    batch.made = static_cast<std::int64_t>(count);
    if (auto saved = store.save_code_batch(batch); !saved) return unexpected(std::move(saved.error()));
    return true;
}

Stored<CodeBatch> withdraw_codes(Store& store, const std::string& name) {
    auto batches = store.code_batches();
    if (!batches) return unexpected(std::move(batches.error()));
    const auto found = std::ranges::find(*batches, name, &CodeBatch::name);
    if (found == batches->end())
        return unexpected(StoreFailure{StoreError::not_found, "there is no batch of codes of that name"});
    found->status = CodeBatchStatus::withdrawn;
    if (auto saved = store.save_code_batch(*found); !saved) return unexpected(std::move(saved.error()));
    return std::move(*found);
}

Stored<std::int64_t> import_partner_codes(Store& store, const std::string& pool, std::span<const std::string> codes,
                                          const std::function<void(std::size_t done)>& progress) {
    std::int64_t imported = 0;
    for (std::size_t first = 0; first < codes.size(); first += part_size) {
        const auto part = codes.subspan(first, std::min(part_size, codes.size() - first));
        auto added = store.add_partner_codes(pool, part);
        const auto collided = [&added] { return !added && added.error().error == StoreError::conflict; };
        for (int attempt = 1; collided() && attempt < attempts_max; ++attempt)
            added = store.add_partner_codes(pool, part);
        if (!added) return unexpected(std::move(added.error()));
        imported += *added;
        if (progress) progress(first + part.size());
    }
    return imported;
}

}  // namespace regulars::service
