// What a database says about its seal, in one row of the table settings:
//
//     (no row)                                not sealed
//     "sealing NAME CHECK"                    it is being sealed with the key of that name, or that broke off
//     "sealed NAME CHECK"                     every personal field is under that key
//     "rotating NAME CHECK NAME CHECK"        from the first key to the second, or that broke off
//
// CHECK is a constant, sealed: only the right key opens it. Throws Failed.
#pragma once

#include "store/connection.hpp"
#include "store/seal.hpp"

#include <cstdint>
#include <string>

namespace regulars::store {

enum class SealState : std::uint8_t { none, sealing, sealed, rotating };

struct SealMark {
    SealState state = SealState::none;
    std::string name;        ///< of the key
    std::string check;
    std::string next_name;   ///< of the one that comes after it, while rotating
    std::string next_check;
};

/// The mark of a state; `next` is the second key of `rotating`, else null.
[[nodiscard]] SealMark mark_of(SealState state, const Seal& seal, const Seal* next = nullptr);
[[nodiscard]] SealMark read_mark(Connection& connection);
/// In a transaction of its own.
void write_mark(Connection& connection, const SealMark& mark);

/// Whether this is the key that the mark names and checks.
[[nodiscard]] bool is_key(const Seal& seal, const std::string& name, const std::string& check);

/// Whether the database may be used with the connection's seal. Fails as sealed, telling what to do, when it is sealed
/// with another key, or not sealed and not empty, or half sealed. True when it is empty and should be sealed first.
[[nodiscard]] bool must_be_sealed_first(Connection& connection);

}  // namespace regulars::store
