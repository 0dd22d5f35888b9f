// What comes in about enrolment, as JSON into values. What each field means is told in docs/integrator.md.
//
//   code request     {phone or email, purpose?}                      purpose: "enrol" (when left out) or "sign_in"
//   enrolment        {phone or email, code, purpose?, scan?, channel?, source?, store?, staff?, name?}
//   enrolment code   {kind, name?, staff?, store?, channel?}         kind: "guide", "leader", "store" or "poster"
#pragma once

#include <string>
#include <string_view>

#include "service/event_json.hpp"
#include "service/store.hpp"

namespace regulars::service {

/// Somebody shows that a phone or an e-mail address is theirs, or is about to.
struct Enrolling {
    engine::Identity address;
    std::string purpose = "enrol";
    std::string code;
    std::string scan;              ///< the code that was scanned
    engine::Registered told;
    std::optional<std::string> name;
};

[[nodiscard]] expected<Enrolling, JsonProblems> parse_code_request(std::string_view json,
                                                                   const programme::IdentityPolicy& policy);
[[nodiscard]] expected<Enrolling, JsonProblems> parse_enrolment(std::string_view json,
                                                                const programme::IdentityPolicy& policy);
/// Without the code itself and its time.
[[nodiscard]] expected<EnrolmentCode, JsonProblems> parse_enrolment_code(std::string_view json);

}  // namespace regulars::service
