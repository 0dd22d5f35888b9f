#include "service/unique_codes.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "base/check.hpp"
#include "base/unique_code.hpp"

namespace regulars::service {

namespace {

constexpr std::size_t hash_size = 16;
constexpr std::uint8_t digit_bits = 31;

void prepare_sodium() {
    static const bool ready = sodium_init() >= 0;
    check(ready, "the cryptographic library starts");
}

// The hash of the unique code that a claim tells; nothing for other facts and for texts that are none.
std::optional<std::string> told_hash(const engine::Fact& fact) {
    const auto* claim = std::get_if<engine::CouponClaimed>(&fact);
    if (claim == nullptr || claim->code.empty()) return std::nullopt;
    const auto code = read_unique_code(claim->code);
    if (!code) return std::nullopt;
    return hash_of_code(*code);
}

}  // namespace

std::string make_unique_code() {
    prepare_sodium();
    std::array<std::uint8_t, unique_code_digits> digits{};
    randombytes_buf(digits.data(), digits.size());
    for (std::uint8_t& digit : digits) digit &= digit_bits;
    return unique_code_of(digits);
}

std::string hash_of_code(std::string_view code) {
    prepare_sodium();
    std::string hash(hash_size, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                       reinterpret_cast<const unsigned char*>(code.data()), code.size(), nullptr, 0);
    return hash;
}

Stored<void> UniqueCodes::load(Store& store, const programme::CouponPolicy& coupons,
                               std::span<const Command* const> commands, const UniqueCodes* before) {
    const bool known_here = std::ranges::any_of(coupons.templates, [](const programme::CouponTemplate& terms) {
        return terms.claim && terms.claim->unique_codes;
    });
    if (!known_here) return {};
    std::vector<std::string> hashes;
    for (const Command* command : commands) {
        auto hash = told_hash(command->event.fact);
        if (!hash || coupons.find_code(std::get<engine::CouponClaimed>(command->event.fact).code) != nullptr) continue;
        if (codes_.try_emplace(*hash).second) hashes.push_back(std::move(*hash));
    }
    if (hashes.empty()) return {};
    const auto found = store.load_codes(hashes);
    if (!found) return unexpected(found.error());
    check_equal(found->size(), hashes.size(), "storage answers for every code");
    for (std::size_t i = 0; i < hashes.size(); ++i)
        if ((*found)[i]) codes_[hashes[i]] = *(*found)[i];
        else codes_.erase(hashes[i]);
    if (before == nullptr) return {};
    for (const CodeUse& use : before->uses_)
        if (const auto known = codes_.find(use.hash); known != codes_.end()) known->second.member = use.member;
    return {};
}

std::string UniqueCodes::redeemed_by(const engine::Fact& fact) const {
    if (codes_.empty()) return {};
    const auto hash = told_hash(fact);
    const auto found = hash ? codes_.find(*hash) : codes_.end();
    if (found == codes_.end() || !found->second.works()) return {};
    const auto& claim = std::get<engine::CouponClaimed>(fact);
    return claim.coupon.empty() || claim.coupon == found->second.coupon ? found->second.coupon : std::string();
}

void UniqueCodes::take(const engine::Event& event, const engine::Outcome& outcome, MemberId member) {
    if (event.redeems.empty()) return;
    const auto hash = told_hash(event.fact);
    const auto found = hash ? codes_.find(*hash) : codes_.end();
    check(found != codes_.end() && found->second.works(), "an event redeems a code that is known to work");
    // What the member was given for registering comes before.
    const engine::CouponChange* issued = nullptr;
    for (const engine::CouponChange& change : outcome.coupon_changes)
        if (change.issued && change.coupon.name == event.redeems) issued = &change;
    // A coupon of that name which asks for no code has let the code be.
    if (issued == nullptr) return;
    found->second.member = member;
    found->second.issued = issued->coupon.id;
    uses_.push_back({found->first, member, issued->coupon.id, issued->at});
}

}  // namespace regulars::service
