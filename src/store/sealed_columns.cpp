#include "store/sealed_columns.hpp"

#include "store/failure.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace regulars::store {

namespace {

/// Most events are of these kinds. None of them has a text that somebody wrote freely.
constexpr std::array<std::string_view, 11> facts_without_a_person{
    "order_created",   "order_paid",     "order_shipped",   "order_delivered", "order_settled", "order_cancelled",
    "order_refunded", "order_exchanged", "hold_placed",    "hold_released",   "tiers_reviewed"};

[[noreturn]] void fail_to_open(const SealedPlace& place) {
    fail(service::StoreError::corrupt, "a value of " + std::string(place.column) +
                                           " does not open under the seal: it was changed, or belongs elsewhere");
}

std::string opened_or_fail(std::optional<std::string> opened, const SealedPlace& place) {
    if (!opened) fail_to_open(place);
    return std::move(*opened);
}

}  // namespace

Kept kept_bytes(const Seal* seal, const SealedPlace& place, std::string_view bytes) {
    return seal == nullptr ? Kept{bytes} : Kept{bytes, seal->seal(place, bytes)};
}

Kept kept_text(const Seal* seal, const SealedPlace& place, std::string_view text) {
    return seal == nullptr ? Kept{text} : Kept{text, seal->seal_text(place, text)};
}

Kept kept_identity(const Seal* seal, const engine::Identity& identity) {
    const auto& [kind, value] = identity;
    return seal == nullptr ? Kept{value} : Kept{value, seal->hashed("identities.value", kind, value)};
}

Kept kept_subject(const Seal* seal, std::string_view subject) {
    return seal == nullptr ? Kept{subject} : Kept{subject, seal->hashed("one_time_codes.subject", {}, subject)};
}

Kept kept_payload(const Seal* seal, const SealedPlace& place, std::string_view event_name, std::string_view payload) {
    return may_tell_of_a_person(event_name) ? kept_text(seal, place, payload) : Kept{payload};
}

std::string opened_bytes(const Seal* seal, const SealedPlace& place, std::string column) {
    return seal == nullptr ? std::move(column) : opened_or_fail(seal->open(place, column), place);
}

std::string opened_text(const Seal* seal, const SealedPlace& place, std::string column) {
    return seal == nullptr ? std::move(column) : opened_or_fail(seal->open_text(place, column), place);
}

std::string opened_payload(const Seal* seal, const SealedPlace& place, std::string column) {
    return is_sealed_text(column) ? opened_text(seal, place, std::move(column)) : std::move(column);
}

bool may_tell_of_a_person(std::string_view event_name) {
    return std::ranges::find(facts_without_a_person, event_name) == facts_without_a_person.end();
}

}  // namespace regulars::store
