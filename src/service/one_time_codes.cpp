#include "service/one_time_codes.hpp"

#include <array>
#include <string_view>
#include <vector>

#include <sodium.h>

#include "base/check.hpp"

namespace regulars::service {

namespace {

constexpr std::int64_t hour_ms = 3'600 * ms_per_second;
constexpr std::int64_t day_ms = 24 * hour_ms;
/// As long as any of the windows.
constexpr std::int64_t kept_ms = day_ms + hour_ms;
constexpr int attempts_max = 5;
constexpr std::size_t hash_bytes = 16;

std::string hex(const unsigned char* bytes, std::size_t size) {
    std::string text(size * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, size);
    text.pop_back();
    return text;
}

std::string hash_of(std::string_view text) {
    std::array<unsigned char, hash_bytes> digest{};
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       nullptr, 0);
    return hex(digest.data(), digest.size());
}

std::string hash_of_code(std::string_view salt, std::string_view code) {
    return hash_of(std::string(salt) + " " + std::string(code));
}

std::string address_subject(const engine::Identity& address) {
    return "to:" + hash_of(address.kind + ":" + address.value);
}
std::string place_subject(std::string_view from) { return "from:" + hash_of(from); }
std::string wrong_subject(std::string_view from) { return "wrong:" + hash_of(from); }
constexpr std::string_view total_subject = "all";

/// The states of these subjects, new ones where there are none.
Stored<std::vector<OneTimeCode>> load(Store& store, const std::vector<std::string>& subjects) {
    const auto found = store.load_one_time_codes(subjects);
    if (!found) return unexpected(found.error());
    std::vector<OneTimeCode> states;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        states.push_back((*found)[i].value_or(OneTimeCode{}));
        states.back().subject = subjects[i];
    }
    return states;
}

bool begins_anew(Instant began_at, std::int64_t length_ms, Instant now) {
    return began_at == instant_min || now.ms - began_at.ms >= length_ms;
}

// Once more when another process was first.
template <class Once>
Stored<CodeVerdict> repeated(Once once) {
    for (int attempt = 1;; ++attempt) {
        auto verdict = once();
        const bool beaten = !verdict && verdict.error().error == StoreError::conflict;
        if (!beaten || attempt == attempts_max) return verdict;
    }
}

Stored<CodeVerdict> ask_once(Store& store, const CodeRequest& request, Instant now) {
    auto states = load(store, {address_subject(request.address), place_subject(request.from),
                               std::string(total_subject)});
    if (!states) return unexpected(states.error());
    const std::array<Pace, 3> paces{codes_to_one_address, codes_from_one_place, codes_in_all};
    for (std::size_t i = 0; i < paces.size(); ++i)
        if (!may_happen((*states)[i], paces[i], now)) return CodeVerdict::too_often;
    const bool new_hour = begins_anew(states->back().hour_began_at, hour_ms, now);
    for (OneTimeCode& state : *states) count_one(state, now);
    OneTimeCode& code = states->front();
    code.purpose = request.purpose;
    code.salt = request.salt;
    code.hash = hash_of_code(request.salt, request.code);
    code.ends_at = Instant{now.ms + code_life_ms};
    code.tries = 0;
    if (const auto saved = store.save_one_time_codes(*states); !saved) return unexpected(saved.error());
    if (!new_hour) return CodeVerdict::granted;
    if (const auto forgotten = store.forget_one_time_codes(Instant{now.ms - kept_ms}); !forgotten)
        return unexpected(forgotten.error());
    return CodeVerdict::granted;
}

Stored<CodeVerdict> try_once(Store& store, const CodeTrial& trial, Instant now) {
    auto states = load(store, {address_subject(trial.address), wrong_subject(trial.from)});
    if (!states) return unexpected(states.error());
    OneTimeCode& code = states->front();
    if (!may_happen(states->back(), wrong_from_one_place, now)) return CodeVerdict::too_often;
    const bool right = is_code(code, trial, now);
    if (right) {
        code.hash.clear();
        states->pop_back();
    } else {
        ++code.tries;
        count_one(states->back(), now);
        // Nobody ever asked for this address: nothing is kept of it.
        if (code.version == 0) states->erase(states->begin());
    }
    if (const auto saved = store.save_one_time_codes(*states); !saved) return unexpected(saved.error());
    return right ? CodeVerdict::granted : CodeVerdict::wrong;
}

}  // namespace

bool may_happen(const OneTimeCode& state, const Pace& pace, Instant now) {
    if (state.asked_at != instant_min && now.ms - state.asked_at.ms < pace.pause_ms) return false;
    const bool hour_is_full = !begins_anew(state.hour_began_at, hour_ms, now) && state.in_hour >= pace.per_hour;
    const bool day_is_full = !begins_anew(state.day_began_at, day_ms, now) && state.in_day >= pace.per_day;
    return !hour_is_full && !day_is_full;
}

void count_one(OneTimeCode& state, Instant now) {
    if (begins_anew(state.hour_began_at, hour_ms, now)) {
        state.hour_began_at = now;
        state.in_hour = 0;
    }
    if (begins_anew(state.day_began_at, day_ms, now)) {
        state.day_began_at = now;
        state.in_day = 0;
    }
    ++state.in_hour;
    ++state.in_day;
    state.asked_at = now;
}

bool is_code(const OneTimeCode& state, const CodeTrial& trial, Instant now) {
    const std::string told = hash_of_code(state.salt, trial.code);
    // Compared even when nothing is out, with something that no code hashes to.
    const std::string kept = state.hash.size() == told.size() ? state.hash : std::string(told.size(), '-');
    const bool same = sodium_memcmp(told.data(), kept.data(), told.size()) == 0;
    return same && now < state.ends_at && state.tries < code_tries_max && state.purpose == trial.purpose;
}

std::string random_digits() {
    check(sodium_init() >= 0, "libsodium starts");
    constexpr std::uint32_t codes = 1'000'000;
    const std::string digits = std::to_string(randombytes_uniform(codes));
    return std::string(6 - digits.size(), '0') + digits;
}

std::string random_salt() {
    check(sodium_init() >= 0, "libsodium starts");
    std::array<unsigned char, hash_bytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return hex(bytes.data(), bytes.size());
}

Stored<CodeVerdict> ask_code(Store& store, const CodeRequest& request, Instant now) {
    return repeated([&] { return ask_once(store, request, now); });
}

Stored<CodeVerdict> try_code(Store& store, const CodeTrial& trial, Instant now) {
    return repeated([&] { return try_once(store, trial, now); });
}

}  // namespace regulars::service
