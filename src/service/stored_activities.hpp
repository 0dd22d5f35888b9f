// Rows about what members do beside buying: part of service/store.hpp, which is what others include.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "engine/outcome.hpp"

namespace regulars::service {

/// What doing something in an activity has brought.
struct ActivityResultRow {
    MemberId member;
    std::uint64_t event_sequence = 0;
    std::uint32_t index = 0;          ///< among this member's results with that event
    engine::ActivityResult result;
    friend bool operator==(const ActivityResultRow&, const ActivityResultRow&) = default;
};

/// Where a result stands among those of its member.
struct ResultKey {
    std::uint64_t event_sequence = 0;
    std::uint32_t index = 0;
    friend auto operator<=>(const ResultKey&, const ResultKey&) = default;
};

/// Something of a member as it stands now, for lists over all members.
struct RedemptionRow {
    MemberId member;
    engine::Redemption redemption;
    friend bool operator==(const RedemptionRow&, const RedemptionRow&) = default;
};
struct GroupRow {
    MemberId leader;
    engine::GroupChange change;
    friend bool operator==(const GroupRow&, const GroupRow&) = default;
};
struct ReviewRow {
    MemberId member;
    std::uint64_t event_sequence = 0;  ///< of the event that tells its text
    engine::ReviewChange change;
    friend bool operator==(const ReviewRow&, const ReviewRow&) = default;
};
struct FriendRow {
    MemberId member;                  ///< who brought them
    engine::FriendChange change;
    friend bool operator==(const FriendRow&, const FriendRow&) = default;
};
struct TrialRow {
    MemberId member;
    engine::TrialChange change;
    friend bool operator==(const TrialRow&, const TrialRow&) = default;
};
/// Where a row of such a list stands: by member, then by a text within the member.
struct MemberTextKey {
    MemberId member;
    std::string text;                 ///< redemption id; order id and product; friend's id
    friend auto operator<=>(const MemberTextKey&, const MemberTextKey&) = default;
};

/// An answer that a member gave to one question of a questionnaire.
struct GivenAnswerRow {
    MemberId member;
    std::uint64_t event_sequence = 0;
    std::string question;
    std::string activity;
    std::string order_id;             ///< that it is about; empty: the questionnaire is not about orders
    Instant at;
    std::string answer;               ///< as it was told: several choices with a line end between them
    friend bool operator==(const GivenAnswerRow&, const GivenAnswerRow&) = default;
};
/// Where an answer stands among those to its question, the newest first. All of them come after the one of no value.
struct GivenAnswerKey {
    Instant at = instant_max;
    MemberId member;
    std::uint64_t event_sequence = 0;
    friend auto operator<=>(const GivenAnswerKey&, const GivenAnswerKey&) = default;
};
/// How often something was answered. Without a question it is about the questionnaire as a whole, without an answer
/// about the question as a whole; else about one choice or one score. To write one is to add it to what is there.
struct AnswerCountRow {
    std::string activity;
    std::string question;
    std::string answer;
    std::int64_t times = 0;
    std::int64_t left_out = 0;        ///< of a question: how often the questionnaire was answered without it
    std::int64_t members = 0;         ///< of a questionnaire: how many members have answered it, once or more
    friend bool operator==(const AnswerCountRow&, const AnswerCountRow&) = default;
};

/// The seeds of an activity's chance, one for each local day from `first_day` on: the seed of a day hashes to that of
/// the day before, and that of the first day to the anchor, which is published before anything is drawn.
struct SeedChain {
    std::string activity;
    std::string root;                 ///< the last day's seed, from which all others follow; hex; secret
    std::string anchor;               ///< hex
    LocalDate first_day;
    std::int64_t days = 0;
    Instant made_at;
    friend bool operator==(const SeedChain&, const SeedChain&) = default;
};

}  // namespace regulars::service
