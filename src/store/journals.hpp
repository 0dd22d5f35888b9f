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
#include <string>
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

/// The rows that one transaction adds to a journal, by member. Nothing at all on PostgreSQL.
class NewPlaces {
public:
    struct OfMember {
        MemberId member;
        std::uint64_t before = 0;  ///< the sequence of the member's last row before these
        std::uint64_t last = 0;
        std::string places;        ///< each after a comma
        bool noted = false;
    };

    /// They are going to be added in this order, and nothing else before. Fails as a conflict when a member's are not
    /// one after another.
    NewPlaces(Connection& connection, Journal journal, const std::vector<JournalKey>& added);

    /// Those of a member, which the caller notes together with the member; null: there are none.
    const OfMember* take(MemberId member);
    /// Notes those that nobody has taken, after the rows and the members have been written. Fails as a conflict unless
    /// each member is there and had just the rows before these.
    void note();

private:
    Connection& connection_;
    Journal journal_;
    std::vector<OfMember> members_;  ///< by id
};

/// The places of a member's rows after that sequence: at most `limit`, in order.
[[nodiscard]] std::vector<JournalPlace> places_after(Connection& connection, Journal journal, MemberId member,
                                                     std::uint64_t after, std::size_t limit);

}  // namespace regulars::store
