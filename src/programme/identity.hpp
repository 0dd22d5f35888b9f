// How members are known, what is kept about them, and who is invited to become one. See docs/programme.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/quantity.hpp"
#include "programme/terms.hpp"

namespace regulars::programme {

/// Membership card numbers: `prefix`, digits of the shop's own, and a check digit (Luhn, ISO/IEC 7812-1 annex B).
struct CardNumbers {
    std::string prefix;        ///< digits; may be empty
    std::int32_t digits = 13;  ///< of the whole number, prefix and check digit included
};

/// An attribute that members may have.
/// - text. - choice: one of `choices`. - integer: from `least` to `most`. - date. - yes_no: "yes" or "no".
struct Attribute {
    enum class Kind : std::uint8_t { text, choice, integer, date, yes_no };
    std::string name;
    Title title;
    Kind kind = Kind::text;
    std::vector<std::string> choices;
    std::int64_t least = INT64_MIN;
    std::int64_t most = INT64_MAX;
};

struct ProfilePolicy {
    std::vector<Attribute> attributes;             ///< empty: any name, any text
    std::optional<std::int32_t> birthday_changes;  ///< after it is first told; nothing: as often as one likes
    [[nodiscard]] const Attribute* find(std::string_view name) const;
};

/// Who is asked to become a member at the first payment of somebody who is not yet one ("card after payment").
struct CardInvitation {
    std::string code;
    Title title;
    Money at_least;                                ///< the order must come to this
    std::vector<std::string> channels;             ///< sorted; empty: all
    std::optional<DateRange> dates;
    std::optional<DayTimes> times;
    std::optional<rule::Rule> when;                ///< reads member and order
};

struct IdentityPolicy {
    std::string country;                           ///< ISO 3166: of phone numbers without a country code; may be empty
    std::optional<CardNumbers> cards;
    std::vector<CardInvitation> invitations;       ///< the first that fits is sent
};

/// A phase of a member's life, by behaviour; the first whose condition holds is the member's.
struct Stage {
    std::string name;
    Title title;
    std::optional<rule::Rule> when;                ///< reads the member; nothing: everybody else
};

}  // namespace regulars::programme
