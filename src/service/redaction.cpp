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
}

}  // namespace

bool take_out_person(engine::Event& event) {
    const engine::Event before = event;
    std::visit([](auto& fact) { take_out(fact); }, event.fact);
    return event != before;
}

}  // namespace regulars::service
