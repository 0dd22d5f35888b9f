#include "base/check.hpp"
#include "service/service.hpp"

namespace regulars::service {

std::string_view code_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::queue_full: return "queue_full";
        case Refusal::stopping: return "stopping";
        case Refusal::member_not_found: return "member_not_found";
        case Refusal::identity_taken: return "identity_taken";
        case Refusal::key_conflict: return "key_conflict";
        case Refusal::store_failed: return "store_failed";
        case Refusal::outcome_unknown: return "outcome_unknown";
        case Refusal::ahead_of_clock: return "ahead_of_clock";
    }
    check_failed("a refusal has a code");
}

}  // namespace regulars::service
