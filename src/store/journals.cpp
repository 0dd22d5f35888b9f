#include "store/journals.hpp"

#include "store/failure.hpp"
#include "store/sql/journals.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

namespace regulars::store {

namespace {

/// After about so many rows their places leave the member, who would otherwise grow with every order.
constexpr std::uint64_t places_with_member = 32;

struct Statements {
    std::string_view name;
    const Statement& last;
    const Statement& note;
    const Statement& keep;
    const Statement& forget;
    const Statement& latest;
};

const Statements& statements_of(Journal journal) {
    static constexpr Statements events{"events",
                                       sql::last_event_place,
                                       sql::note_event_places,
                                       sql::keep_event_places,
                                       sql::forget_event_places,
                                       sql::latest_event_places};
    static constexpr Statements ledger{"ledger",
                                       sql::last_ledger_place,
                                       sql::note_ledger_places,
                                       sql::keep_ledger_places,
                                       sql::forget_ledger_places,
                                       sql::latest_ledger_places};
    return journal == Journal::events ? events : ledger;
}

std::vector<std::int64_t> places_in(std::string_view text) {
    std::vector<std::int64_t> places;
    while (!text.empty()) {
        std::int64_t place = 0;
        const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), place);
        if (text.front() != ',' || error != std::errc())
            fail(service::StoreError::corrupt, "what is noted of the places of a member's rows cannot be read");
        places.push_back(place);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    }
    return places;
}

/// Adds those of a list that ends with the sequence `last`.
void add_after(std::vector<JournalPlace>& result, std::uint64_t after, std::size_t limit, std::uint64_t last,
               std::string_view text) {
    const auto places = places_in(text);
    if (places.size() > last) fail(service::StoreError::corrupt, "more places are noted than a member has rows");
    std::uint64_t sequence = last - places.size();
    for (const auto place : places)
        if (++sequence > after && result.size() < limit) result.push_back({sequence, place});
}

/// The place of the last row of all.
std::int64_t last_place(Connection& connection, Journal journal) {
    const auto& statement = statements_of(journal).last;
    std::int64_t last = 0;
    connection.rows(statement);
    connection.read(statement, [&](const Row& row) { last = row.integer(0); });
    return last;
}

}  // namespace

NewPlaces::NewPlaces(Connection& connection, Journal journal, const std::vector<JournalKey>& added)
    : connection_(connection), journal_(journal) {
    if (connection.dialect() != Dialect::sqlite || added.empty()) return;
    std::int64_t place = last_place(connection, journal);
    std::vector<std::pair<JournalKey, std::int64_t>> rows;
    rows.reserve(added.size());
    for (const auto& key : added) rows.emplace_back(key, ++place);
    std::ranges::sort(rows, {}, [](const auto& row) { return std::pair(row.first.member, row.first.sequence); });
    for (const auto& [key, at] : rows) {
        if (members_.empty() || members_.back().member != key.member)
            members_.push_back({key.member, key.sequence - 1, key.sequence - 1, {}, false});
        OfMember& member = members_.back();
        if (key.sequence != member.last + 1)
            fail(service::StoreError::conflict, "two rows of a member's journal have one sequence, or one is left out");
        member.last = key.sequence;
        member.places.append(",").append(std::to_string(at));
    }
}

const NewPlaces::OfMember* NewPlaces::take(MemberId member) {
    const auto found = std::ranges::lower_bound(members_, member, {}, &OfMember::member);
    if (found == members_.end() || found->member != member) return nullptr;
    found->noted = true;
    return &*found;
}

void NewPlaces::note() {
    if (members_.empty()) return;
    const auto& statements = statements_of(journal_);
    auto rows = connection_.rows(statements.note);
    auto kept = connection_.rows(statements.keep);
    auto forgotten = connection_.rows(statements.forget);
    std::int64_t expected = 0;
    for (const auto& member : members_) {
        if (!member.noted) {
            rows.text(member.places).number(member.last).number(member.member.value).number(member.before);
            ++expected;
        }
        if (member.last / places_with_member == member.before / places_with_member) continue;
        kept.number(member.member.value);
        forgotten.number(member.member.value);
    }
    if (connection_.write(statements.note) != expected)
        fail(service::StoreError::conflict, "somebody else has added to the journal of a member");
    connection_.write(statements.keep);
    connection_.write(statements.forget);
}

std::vector<JournalPlace> places_after(Connection& connection, Journal journal, MemberId member, std::uint64_t after,
                                       std::size_t limit) {
    const auto& statements = statements_of(journal);
    std::vector<JournalPlace> places;
    const auto page = static_cast<std::int64_t>(std::min<std::size_t>(limit / places_with_member, 100) + 1);
    for (std::int64_t seen = page; seen == page && places.size() < limit;) {
        seen = 0;
        auto rows = connection.rows(sql::older_places);
        rows.number(member.value).text(statements.name).number(after).integer(page);
        connection.read(sql::older_places, [&](const Row& row) {
            ++seen;
            add_after(places, after, limit, row.number(0), row.text(1));
            after = row.number(0);
        });
    }
    if (places.size() >= limit) return places;
    connection.rows(statements.latest).number(member.value);
    connection.read(statements.latest,
                    [&](const Row& row) { add_after(places, after, limit, row.number(0), row.text(1)); });
    return places;
}

}  // namespace regulars::store
