#include "service/fair_chance.hpp"

#include <algorithm>
#include <utility>

#include <sodium.h>

#include "base/check.hpp"
#include "engine/activities/common.hpp"

namespace regulars::service {

namespace {

constexpr std::size_t mark_days = 32;
/// Behind the activity's name, before the number of a chain that comes after the first; no name can have it.
constexpr char chain_separator = '/';

std::string activity_of(const SeedChain& chain) {
    return chain.activity.substr(0, chain.activity.find(chain_separator));
}

// The activity in which the event draws; null: it draws nothing.
const std::string* activity_of(const engine::Fact& fact) {
    if (const auto* applied = std::get_if<engine::TrialApplied>(&fact)) return &applied->activity;
    const auto* taken = std::get_if<engine::TurnTaken>(&fact);
    return taken == nullptr ? nullptr : &taken->activity;
}

std::string turn_of(const engine::Fact& fact, const engine::Member& member, const std::string& activity) {
    if (std::holds_alternative<engine::TrialApplied>(fact)) return "trial";
    const auto* state = engine::find_state(member, activity);
    return std::to_string((state != nullptr ? state->turns_taken : 0) + 1);
}

// The chain of that day. A clock that is behind the one by which the first chain was made gets its first day.
const Seeds* chain_at(const FairChance::Chains& chains, LocalDate day) {
    const Seeds* found = nullptr;
    for (const auto& seeds : chains)
        if (found == nullptr || seeds->chain().first_day <= day) found = seeds.get();
    return found;
}

bool needs_chain(const FairChance::Chains& chains, LocalDate today) {
    return chains.empty() || chains.back()->last_day().days - today.days < chain_days_left_min;
}

Seed random_seed() {
    check(sodium_init() >= 0, "libsodium works");
    Seed seed{};
    randombytes_buf(seed.data(), seed.size());
    return seed;
}

}  // namespace

Seed hash_of(const Seed& seed) {
    Seed hash{};
    crypto_hash_sha256(hash.data(), seed.data(), seed.size());
    return hash;
}

std::string hex_of(const Seed& seed) {
    std::string text(seed.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), seed.data(), seed.size());
    text.pop_back();
    return text;
}

std::optional<Seed> seed_of(std::string_view hex) {
    Seed seed{};
    std::size_t size = 0;
    if (hex.size() != seed.size() * 2 ||
        sodium_hex2bin(seed.data(), seed.size(), hex.data(), hex.size(), nullptr, &size, nullptr) != 0 ||
        size != seed.size())
        return std::nullopt;
    return seed;
}

std::uint64_t chance_number(const Seed& seed, std::string_view activity, MemberId member, std::string_view turn) {
    const std::string text =
        std::string(activity) + "\n" + std::to_string(member.value) + "\n" + std::string(turn);
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256(mac.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), seed.data());
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof(number); ++i) number = number << 8U | mac[i];
    return number;
}

SeedChain make_chain(std::string activity, LocalDate first_day, std::int64_t days, const Seed& last, Instant made_at) {
    Seed anchor = last;
    for (std::int64_t day = 0; day < days; ++day) anchor = hash_of(anchor);
    return {std::move(activity), hex_of(last), hex_of(anchor), first_day, days, made_at};
}

std::optional<Seeds> Seeds::from(SeedChain chain) {
    const auto last = seed_of(chain.root);
    if (!last || chain.days < 1 || chain.days > 100 * chain_days) return std::nullopt;
    Seeds seeds;
    Seed seed = *last;
    for (std::int64_t back = 0; back < chain.days; ++back, seed = hash_of(seed))
        if (static_cast<std::size_t>(back) % mark_days == 0) seeds.marks_.push_back(seed);
    if (hex_of(seed) != chain.anchor) return std::nullopt;
    seeds.chain_ = std::move(chain);
    return seeds;
}

LocalDate Seeds::last_day() const { return add_days(chain_.first_day, static_cast<std::int32_t>(chain_.days - 1)); }

Seed Seeds::of_day(LocalDate day) const {
    check(covers(day), "a chain has a seed of each of its days");
    const auto back = static_cast<std::size_t>(last_day().days - day.days);
    Seed seed = marks_[back / mark_days];
    for (std::size_t step = back % mark_days; step > 0; --step) seed = hash_of(seed);
    return seed;
}

Seed Seeds::commitment_of(LocalDate day) const { return hash_of(of_day(day)); }

bool is_drawn(const programme::Activity& activity) {
    const auto* trial = activity.as<programme::Trial>();
    return activity.as<programme::Draw>() != nullptr || activity.as<programme::Collection>() != nullptr ||
           (trial != nullptr && trial->choose == programme::Trial::Choose::draw);
}

Stored<void> FairChance::load(Store& store) {
    auto stored = store.seed_chains();
    if (!stored) return unexpected(std::move(stored.error()));
    std::map<std::string, Chains> chains;
    for (SeedChain& chain : *stored) {
        std::string activity = activity_of(chain);
        auto seeds = Seeds::from(std::move(chain));
        if (!seeds)
            return unexpected(StoreFailure{StoreError::corrupt, "the stored seeds of " + activity + " are no chain"});
        chains[activity].push_back(std::make_shared<const Seeds>(std::move(*seeds)));
    }
    const auto by_day = [](const auto& a, const auto& b) { return a->chain().first_day < b->chain().first_day; };
    for (auto& [activity, list] : chains) std::sort(list.begin(), list.end(), by_day);
    const std::lock_guard lock(mutex_);
    chains_ = std::move(chains);
    return {};
}

Stored<void> FairChance::provide(Store& store, const programme::Programme& programme, Instant now) {
    const LocalDate today = programme.zone.date(now);
    const auto missing = [&] {
        std::vector<std::string> names;
        for (const programme::Activity& activity : programme.activities.activities)
            if (is_drawn(activity) && needs_chain(chains_of(activity.name), today)) names.push_back(activity.name);
        return names;
    };
    if (missing().empty()) return {};
    if (auto loaded = load(store); !loaded) return loaded;
    const std::vector<std::string> names = missing();
    for (const std::string& name : names) {
        const Chains before = chains_of(name);
        const LocalDate first_day = before.empty() ? today : std::max(today, add_days(before.back()->last_day(), 1));
        const std::string key =
            before.empty() ? name : name + chain_separator + std::to_string(before.size() + 1);
        auto added = store.add_seed_chain(make_chain(key, first_day, chain_days, random_seed(), now));
        if (!added && added.error().error != StoreError::conflict) return added;
    }
    return names.empty() ? Stored<void>() : load(store);
}

FairChance::Chains FairChance::chains_of(const std::string& activity) const {
    const std::lock_guard lock(mutex_);
    const auto found = chains_.find(activity);
    return found == chains_.end() ? Chains() : found->second;
}

std::optional<engine::Chance> FairChance::draw(const engine::Fact& fact, const engine::Member& member,
                                               const Zone& zone, Instant now) const {
    const std::string* const activity = activity_of(fact);
    if (activity == nullptr) return std::nullopt;
    const Chains chains = chains_of(*activity);
    const LocalDate today = zone.date(now);
    const Seeds* seeds = chain_at(chains, today);
    if (seeds == nullptr || today > seeds->last_day()) return std::nullopt;
    const LocalDate day = std::max(today, seeds->chain().first_day);
    const std::string turn = turn_of(fact, member, *activity);
    return engine::Chance{day, chance_number(seeds->of_day(day), *activity, member.id, turn)};
}

bool FairChance::misses(const engine::Fact& fact, const programme::Programme& programme, Instant now) const {
    const std::string* const name = activity_of(fact);
    if (name == nullptr) return false;
    const programme::Activity* activity = programme.activities.find(*name);
    return activity != nullptr && is_drawn(*activity) && needs_chain(chains_of(*name), programme.zone.date(now));
}

}  // namespace regulars::service
