// The phases of a member's life. A stage is not kept: it follows from the member and the moment.
#pragma once

#include <cstddef>
#include <optional>

#include "engine/member.hpp"
#include "programme/programme.hpp"

namespace regulars::engine {

/// Index into Programme::stages of the first whose condition holds; nothing where none does.
[[nodiscard]] std::optional<std::size_t> stage_of(const programme::Programme& programme, const Member& member,
                                                  Instant now);

}  // namespace regulars::engine
