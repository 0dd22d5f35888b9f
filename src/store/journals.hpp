// Events and the ledger are journals: rows are only added, and are asked for by member, in the order of their sequence,
// which counts from 1 and leaves none out. On PostgreSQL an index finds them. On SQLite an index would be the dearest
// part of an order, since nearly every new row is another page of it (docs/decisions/0020); there the rows lie in the
// order in which they came, and their places are noted with their member, whose page is written anyway.
//
// Everything here is for SQLite, and inside a transaction that the caller holds. It throws Failed.
#pragma once

#include "service/store.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace regulars::store {

enum class Journal : std::uint8_t { events, ledger };

/// A row of a journal as others know it.
struct JournalKey {
    MemberId member;
    std::uint64_t sequence = 0;
    friend bool operator==(const JournalKey&, const JournalKey&) = default;
};

/// Where it lies.
struct JournalPlace {
    std::uint64_t sequence = 0;
    std::int64_t place = 0;
};

/// The place of the last row of all.
[[nodiscard]] std::int64_t last_place(Connection& connection, Journal journal);

/// Notes with their members that these rows were added, in this order, to a journal whose last place was `last`. Fails
/// as a conflict unless each member is there and has just the rows before these.
void note_places(Connection& connection, Journal journal, std::int64_t last, std::vector<JournalKey> added);

/// The places of a member's rows after that sequence: at most `limit`, in order.
[[nodiscard]] std::vector<JournalPlace> places_after(Connection& connection, Journal journal, MemberId member,
                                                     std::uint64_t after, std::size_t limit);

}  // namespace regulars::store
