// What the store leaves open in a sealed database, and what the service takes out of events when a member is erased,
// say the same of what tells of a person.
#include <gtest/gtest.h>

#include <utility>

#include "engine/event.hpp"
#include "service/redaction.hpp"
#include "store/sealed_columns.hpp"

namespace regulars::service {
namespace {

template <class Fact>
bool has_free_text(const Fact&) {
    return requires(Fact fact) { fact.reason; } || requires(Fact fact) { fact.text; } ||
           requires(Fact fact) { fact.marks; } || requires(Fact fact) { fact.value; } ||
           requires(Fact fact) { fact.source; } || requires(Fact fact) { fact.attributes; };
}

template <std::size_t... index>
std::vector<engine::Fact> all_facts(std::index_sequence<index...>) {
    return {engine::Fact(std::in_place_index<index>)...};
}

TEST(sealed_facts, that_stay_open_have_nothing_that_is_taken_out_of_an_erased_members_events) {
    int open = 0;
    for (const auto& fact : all_facts(std::make_index_sequence<std::variant_size_v<engine::Fact>>())) {
        if (store::may_tell_of_a_person(engine::name_of(fact))) continue;
        ++open;
        EXPECT_FALSE(std::visit([](const auto& value) { return has_free_text(value); }, fact)) << engine::name_of(fact);
        engine::Event event{{1}, fact};
        EXPECT_FALSE(take_out_person(event)) << engine::name_of(fact);
    }
    EXPECT_EQ(open, 11) << "and they are facts that there are";
}

}  // namespace
}  // namespace regulars::service
