// Which columns are sealed, and what they hold for a value: the one place that knows. In a database without a seal they
// hold the value itself. Throws Failed.
//
//     members.document, snapshots.document                      whole: what tells of a person lies all over them
//     friends.document, redemptions.document                    devices and addresses; where parcels are
//     events.payload                                            unless the fact tells of an order or a checkout only
//     questionnaire_answers.answer                              what a person thinks, and is
//     answers.input_hash, answers.body                          a hash without a key is soon tried through
//     identities.value, one_time_codes.subject                  hashed with the key: they are looked up
//     one_time_codes.code_hash
//     settings.value of "api_keys"                              tokens of members are signed with what is in it
//     seed_chains.root                                          what chance will decide
#pragma once

#include "engine/member.hpp"
#include "store/connection.hpp"
#include "store/seal.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace regulars::store {

[[nodiscard]] inline SealedPlace document_place(MemberId member) {
    return {.column = "members.document", .member = member.value};
}
[[nodiscard]] inline SealedPlace snapshot_place(MemberId member, std::uint64_t event_sequence) {
    return {.column = "snapshots.document", .member = member.value, .sequence = event_sequence};
}
[[nodiscard]] inline SealedPlace payload_place(MemberId member, std::uint64_t sequence) {
    return {.column = "events.payload", .member = member.value, .sequence = sequence};
}
[[nodiscard]] inline SealedPlace input_hash_place(std::string_view key) {
    return {.column = "answers.input_hash", .key = key};
}
[[nodiscard]] inline SealedPlace body_place(std::string_view key) {
    return {.column = "answers.body", .key = key};
}
[[nodiscard]] inline SealedPlace friend_place(MemberId member) {
    return {.column = "friends.document", .member = member.value};
}
[[nodiscard]] inline SealedPlace redemption_place(MemberId member) {
    return {.column = "redemptions.document", .member = member.value};
}
[[nodiscard]] inline SealedPlace given_answer_place(MemberId member, std::uint64_t event_sequence,
                                                    std::string_view question) {
    return {.column = "questionnaire_answers.answer", .member = member.value, .sequence = event_sequence,
            .key = question};
}
[[nodiscard]] inline SealedPlace seed_place(std::string_view activity) {
    return {.column = "seed_chains.root", .key = activity};
}
[[nodiscard]] inline SealedPlace setting_place(std::string_view name) {
    return {.column = "settings.value", .key = name};
}
[[nodiscard]] inline SealedPlace code_hash_place(std::string_view subject) {
    return {.column = "one_time_codes.code_hash", .key = subject};
}

/// What a column holds: without a seal the value as it was given, which must outlive this.
struct Kept {
    std::string_view plain;
    std::string sealed{};
    operator std::string_view() const { return sealed.empty() ? plain : sealed; }  // NOLINT: it stands for the text
};

// `seal` is null where there is none.
[[nodiscard]] Kept kept_bytes(const Seal* seal, const SealedPlace& place, std::string_view bytes);
[[nodiscard]] Kept kept_text(const Seal* seal, const SealedPlace& place, std::string_view text);
[[nodiscard]] Kept kept_identity(const Seal* seal, const engine::Identity& identity);
[[nodiscard]] Kept kept_subject(const Seal* seal, std::string_view subject);
/// Sealed when a fact of that name may tell of a person.
[[nodiscard]] Kept kept_payload(const Seal* seal, const SealedPlace& place, std::string_view event_name,
                                std::string_view payload);

// What the column stands for; fails as corrupt when it does not open.
[[nodiscard]] std::string opened_bytes(const Seal* seal, const SealedPlace& place, std::string column);
[[nodiscard]] std::string opened_text(const Seal* seal, const SealedPlace& place, std::string column);
/// One that is not sealed stands for itself.
[[nodiscard]] std::string opened_payload(const Seal* seal, const SealedPlace& place, std::string column);

/// The setting that is sealed.
inline constexpr std::string_view sealed_setting = "api_keys";

/// Whether a fact of that name may tell of a person. A name that nobody knows does.
[[nodiscard]] bool may_tell_of_a_person(std::string_view event_name);

}  // namespace regulars::store
