// How identities are written: whoever types +86 138 0013 8000 and whoever types 13800138000 mean one member. Everything
// that comes from outside passes here once, before it becomes a command or a question; what is stored stays as it is.
//
//   phone             E.164 ("+8613800138000"); without a country code, in the programme's country
//   email             without spaces around it, in small letters
//   card              digits, the last a check digit; spaces and hyphens between them are left out
//   everything else   as it is: customer:<channel>, unionid, openid:<app>, and kinds of the shop's own
#pragma once

#include <optional>
#include <string>

#include "engine/member.hpp"
#include "programme/identity.hpp"

namespace regulars::service {

/// Why an identity's value cannot be one of its kind.
struct IdentityProblem {
    std::string message;
    std::string allowed;
};

/// Writes the value as it is kept. A kind that is left as it is costs a comparison of a few letters.
[[nodiscard]] std::optional<IdentityProblem> normalise(engine::Identity& identity,
                                                       const programme::IdentityPolicy& policy);

}  // namespace regulars::service
