// Tokens for members' phones: what a member may ask about themselves, for some minutes, without the shop's key.
//
//   token = "rm_" key-id "_" member-id "_" end "_" mac     end: seconds since 1970; mac: HMAC-SHA256, base64url
//
// A token is signed with the stored hash of the API key that asked for it: nothing more has to be kept, and revoking
// that key ends all its tokens. Whoever holds a token can act as this member and as nobody else.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace regulars::api {

inline constexpr std::string_view member_token_prefix = "rm_";
inline constexpr std::int64_t token_minutes_max = 60 * 24 * 30;
inline constexpr std::int64_t token_minutes_default = 60;

struct MemberToken {
    std::string key_id;
    MemberId member;
    Instant ends_at;   ///< whole seconds
};

/// `secret` is the signing key's.
[[nodiscard]] std::string sign(const MemberToken& token, std::string_view secret);

/// What the token says, not whether that is true; nothing when the text is not of this form.
[[nodiscard]] std::optional<MemberToken> read_token(std::string_view text);

/// Whether this secret signed the text; takes the same time whatever is wrong.
[[nodiscard]] bool is_signed(std::string_view text, std::string_view secret);

}  // namespace regulars::api
