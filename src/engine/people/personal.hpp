// Who a member is: where they came from, profile, identities, consents, and forgetting all that.
#pragma once

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const Registered& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const ProfileChanged& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const IdentityLinked& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const IdentityUnlinked& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const ConsentChanged& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const MemberErased& fact);

}  // namespace regulars::engine
