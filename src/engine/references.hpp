// References make a fact happen once: a member remembers those of its last facts.
#pragma once

#include <string>
#include <string_view>

#include "engine/event.hpp"
#include "engine/member.hpp"

namespace regulars::engine {

/// Whether a fact of this kind with this reference is known. A shop may well pay one order with points and with balance
/// under one number, so each kind has its own.
[[nodiscard]] bool is_known(const Member& member, std::string_view kind, std::string_view reference);
void remember(Member& member, std::string_view kind, std::string_view reference);

/// Takes over what another member remembers, as older than its own.
void remember_all(Member& member, const std::vector<std::string>& older);

template <class Fact>
[[nodiscard]] bool is_known(const Member& member, const Fact& fact) {
    return is_known(member, name_of(engine::Fact(fact)), fact.reference);
}

template <class Fact>
void remember(Member& member, const Fact& fact) {
    remember(member, name_of(engine::Fact(fact)), fact.reference);
}

}  // namespace regulars::engine
