#include "service/redaction.hpp"

namespace regulars::service {

namespace {

// Readers of events expect a value; this one says why there is none.
constexpr std::string_view erased = "erased";

void take_out(engine::Registered& fact) {
    fact.staff.clear();
    fact.code.clear();
    fact.inviter.clear();
}
void take_out(engine::ProfileChanged& fact) { fact = {}; }
void take_out(engine::IdentityLinked& fact) { fact.value = erased; }
void take_out(engine::IdentityUnlinked& fact) { fact.value = erased; }
void take_out(engine::ConsentChanged& fact) { fact.source.clear(); }
// Why it was erased is told after the person is gone, by who answers for it.
void take_out(engine::MemberErased&) {}

// Free text may say anything.
template <class Fact>
void take_out(Fact& fact) {
    if constexpr (requires { fact.reason; }) fact.reason.clear();
    if constexpr (requires { fact.text; }) fact.text.clear();
    if constexpr (requires { fact.pictures; }) fact.pictures.clear();
    if constexpr (requires { fact.marks; }) fact.marks.clear();
    if constexpr (requires { fact.answers; })
        for (auto& [question, answer] : fact.answers) answer = erased;
}

}  // namespace

bool take_out_person(engine::Event& event) {
    const engine::Event before = event;
    std::visit([](auto& fact) { take_out(fact); }, event.fact);
    return event != before;
}

bool take_out_marks(engine::Event& event, MemberId who) {
    auto* acted = std::get_if<engine::FriendActed>(&event.fact);
    if (acted == nullptr || acted->who != who || acted->marks.empty()) return false;
    acted->marks.clear();
    return true;
}

}  // namespace regulars::service
