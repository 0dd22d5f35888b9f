// The tables of problem.hpp. Each reason is one case of a switch without a default: the compiler tells which one lacks
// its row, and the rows are made at compile time, where falling off the end is an error too.
#include "api/problem_rows.hpp"

#include "api/problem.hpp"
#include "base/check.hpp"

#include <algorithm>
#include <array>

namespace regulars::api {

namespace {

// What has to do with sizes, with how much there is to do, and with the server itself.
constexpr ProblemRow make_server_row(Fault fault) {
    switch (fault) {
        case Fault::body_too_large:
            return {413, "body_too_large", "The body is too large",
                    "Send less at once; many events go through POST /v1/bulk, in several requests."};
        case Fault::target_too_long:
            return {414, "target_too_long", "The address is too long", "Shorten the path and the query."};
        case Fault::unsupported_media_type:
            return {415, "unsupported_media_type", "The body has a type that this address does not take",
                    "Send the Content-Type named as expected, not compressed."};
        case Fault::too_many_requests:
            return {429, "too_many_requests", "More waits than can be done", "Try again after Retry-After seconds."};
        case Fault::header_too_large:
            return {431, "header_too_large", "The header is too large", "Send fewer or shorter header fields."};
        case Fault::internal_error:
            return {500, "internal_error", "Something went wrong inside",
                    "Report this with the request id; the log tells more."};
        case Fault::codes_not_sent:
            return {503, "codes_not_sent", "This server sends no one-time codes",
                    "The operator starts it with --send-codes-to, or with --log-codes to try things out."};
        case Fault::too_many_connections:
            return {503, "too_many_connections", "Too many connections", "Use fewer connections, and keep them alive."};
        case Fault::stopping:
            return {503, "stopping", "The server is stopping", "Try again after a moment."};
        case Fault::answer_late:
            return {503, "answer_late", "The answer took too long; the request may still happen",
                    "Ask again with the same Idempotency-Key: it happens once at most."};
        case Fault::version_not_supported:
            return {505, "version_not_supported", "This version of HTTP is not spoken here", "Use HTTP/1.1."};
        default: break;
    }
    check_failed("every reason has its row");
}

constexpr ProblemRow make_row(Fault fault) {
    switch (fault) {
        case Fault::malformed_http:
            return {400, "malformed_http", "The request is not HTTP", "Send a well-formed HTTP/1.1 request."};
        case Fault::malformed_target:
            return {400, "malformed_target", "The address cannot be read",
                    "Percent-encode the path and the query as UTF-8."};
        case Fault::malformed_json:
            return {400, "malformed_json", "The body is not JSON", "Mend the JSON at the place named in the detail."};
        case Fault::invalid_input:
            return {422, "invalid_input", "The input is not valid",
                    "Mend what the errors name; /openapi.json describes every field."};
        case Fault::invalid_programme:
            return {422, "invalid_programme", "The programme has errors",
                    "Mend what the errors name, each with its line; docs/programme.md describes every key."};
        case Fault::one_time_code_not_valid:
            return {422, "one_time_code_not_valid", "The one-time code does not work",
                    "Check its digits, or ask for another: a code works once, for five minutes and five tries."};
        case Fault::unauthorised:
            return {401, "unauthorised", "An API key is needed",
                    "Send 'Authorization: Bearer KEY'; 'regulars key create' makes a key."};
        case Fault::forbidden:
            return {403, "forbidden", "The API key may not do this",
                    "Use a key with the scope named as expected; 'regulars key create --scope' makes one."};
        case Fault::route_not_found:
            return {404, "route_not_found", "There is nothing at this address", "See /docs for what there is."};
        case Fault::member_not_found:
            return {404, "member_not_found", "No such member",
                    "Check the id or identity; POST /v1/members registers a member."};
        case Fault::order_not_found:
            return {404, "order_not_found", "No such order of this member",
                    "Check the order id; GET /v1/members/{id}/orders lists a member's orders."};
        case Fault::card_not_found:
            return {404, "card_not_found", "The member has no card",
                    "POST /v1/members/{id}/card makes one, where the programme has identity.cards."};
        case Fault::enrolment_code_not_found:
            return {404, "enrolment_code_not_found", "No such enrolment code",
                    "Check the code; GET /v1/enrolment-codes lists those that there are."};
        case Fault::method_not_allowed:
            return {405, "method_not_allowed", "This address does not take this method",
                    "Use one of the methods in the Allow header."};
        case Fault::not_acceptable:
            return {406, "not_acceptable", "The answer has no form that the client accepts",
                    "Leave the Accept header out, or accept the type named as found."};
        case Fault::request_timeout:
            return {408, "request_timeout", "The request took too long to arrive", "Send it again, faster."};
        case Fault::programme_version_not_higher:
            return {409, "programme_version_not_higher", "The programme's version is not higher than the current one",
                    "Raise 'version' in the programme file."};
        case Fault::programme_cannot_follow:
            return {409, "programme_cannot_follow", "The programme cannot follow the current one",
                    "Keep what members stand on; the detail names it."};
        case Fault::body_too_large:
        case Fault::target_too_long:
        case Fault::unsupported_media_type:
        case Fault::too_many_requests:
        case Fault::header_too_large:
        case Fault::internal_error:
        case Fault::codes_not_sent:
        case Fault::too_many_connections:
        case Fault::stopping:
        case Fault::answer_late:
        case Fault::version_not_supported:
            return make_server_row(fault);
    }
    check_failed("every reason has its row");
}

constexpr ProblemRow make_row(service::Refusal refusal) {
    using service::Refusal;
    switch (refusal) {
        case Refusal::queue_full:
            return {429, "queue_full", "Too many commands wait for the database",
                    "Try again after Retry-After seconds."};
        case Refusal::stopping: return make_row(Fault::stopping);
        case Refusal::member_not_found: return make_row(Fault::member_not_found);
        case Refusal::identity_taken:
            return {409, "identity_taken", "The identity belongs to another member",
                    "Look the member up by this identity. If both are one person, POST /v1/members/{id}/merge."};
        case Refusal::key_conflict:
            return {409, "key_conflict", "The idempotency key was used with other input",
                    "Use a new Idempotency-Key for other input."};
        case Refusal::store_failed:
            return {503, "store_failed", "The database could not keep this; nothing was kept",
                    "Try again after a moment; the server's log tells the operator more."};
        case Refusal::outcome_unknown:
            return {503, "outcome_unknown", "The database broke while it was keeping this",
                    "Ask again with the same Idempotency-Key: it happens once at most."};
        case Refusal::ahead_of_clock:
            return {422, "ahead_of_clock", "This is dated too far ahead",
                    "Check the year in `at` and the server's clock; the operator's 'serve --ahead DAYS' says how far "
                    "ahead an event may be dated."};
    }
    check_failed("every reason has its row");
}

constexpr ProblemRow make_row(service::StoreError error) {
    using service::StoreError;
    switch (error) {
        case StoreError::conflict:
            return {503, "store_conflict", "Somebody else changed the same data first", "Try again after a moment."};
        case StoreError::locked:
            return {503, "store_locked", "The database is busy", "Try again after a moment."};
        case StoreError::read_only:
            return {503, "store_read_only", "The database can only be read",
                    "The operator must make the database writable."};
        case StoreError::full:
            return {503, "store_full", "The database has no space left", "The operator must make space."};
        case StoreError::unavailable:
            return {503, "store_unavailable", "The database cannot be reached",
                    "Try again after a moment; the server's log tells the operator more."};
        case StoreError::outcome_unknown: return make_row(service::Refusal::outcome_unknown);
        case StoreError::newer_schema:
            return {503, "store_newer", "The database was made by a newer version of Regulars",
                    "The operator must upgrade Regulars."};
        case StoreError::corrupt:
            return {500, "store_corrupt", "A stored value cannot be read",
                    "The operator should run 'regulars replay --verify' and restore a backup."};
        case StoreError::sealed:
            return {503, "store_sealed", "The database is sealed with another key",
                    "The operator must start the service with the key file of the database."};
        case StoreError::not_found:
            return {404, "not_found", "What was asked for is not stored", "Check the id."};
    }
    check_failed("every reason has its row");
}

// About who a member is, two members who are one, and what is passed on.
constexpr ProblemRow person_row(engine::Rejection rejection) {
    using engine::Rejection;
    switch (rejection) {
        case Rejection::member_merged:
            return rejection_row(409, "The member has been merged into another",
                                 "Use the member named by merged_into.");
        case Rejection::member_erased:
            return rejection_row(409, "The member's personal data is erased", "Register the person anew.");
        case Rejection::identity_not_found:
            return rejection_row(409, "The member is not known by this identity",
                                 "GET /v1/members/{id} lists the member's identities.");
        case Rejection::birthday_fixed:
            return rejection_row(409, "The birthday cannot be changed any more",
                                 "See profile.birthday_changes in the programme.");
        case Rejection::attribute_not_valid:
            return rejection_row(422, "The attribute is not valid", "See profile.attributes in the programme.");
        case Rejection::coupon_not_giftable:
            return rejection_row(409, "The coupon cannot be passed on",
                                 "Only coupons whose template says 'pass_on' can, and not to oneself.");
        case Rejection::gift_not_found:
            return rejection_row(409, "There is no such gift", "Ask the giver for another.");
        case Rejection::merge_not_possible:
            return rejection_row(409, "These two members cannot be merged",
                                 "Release their checkouts; a merged or erased member stays as it is.");
        case Rejection::merge_not_undoable:
            return rejection_row(409, "The merge cannot be undone", "Correct the two members by hand.");
        default: return activity_row(rejection);
    }
}

// About paid plans and benefits.
constexpr ProblemRow benefit_row(engine::Rejection rejection) {
    using engine::Rejection;
    switch (rejection) {
        case Rejection::unknown_plan:
            return rejection_row(422, "The programme has no such plan", "GET /v1/plans lists the plans.");
        case Rejection::plan_not_for_member:
            return rejection_row(409, "The plan is not for this member", "See the programme for whom it is.");
        case Rejection::plan_price_differs:
            return rejection_row(422, "That is not the plan's price", "GET /v1/plans tells the price.");
        case Rejection::trial_not_possible:
            return rejection_row(409, "A trial is not possible", "Sell the plan instead.");
        case Rejection::plan_not_held:
            return rejection_row(409, "The member does not hold this plan",
                                 "GET /v1/members/{id}/plans lists those that are held.");
        case Rejection::unknown_benefit:
            return rejection_row(422, "The programme has no such benefit",
                                 "GET /v1/members/{id}/benefits lists the benefits.");
        case Rejection::benefit_not_held:
            return rejection_row(409, "The member does not have this benefit now",
                                 "GET /v1/members/{id}/benefits lists those that hold.");
        case Rejection::benefit_used_up:
            return rejection_row(409, "The benefit is used up for now",
                                 "GET /v1/members/{id}/benefits tells when it can be used again.");
        case Rejection::benefit_out_of_bounds:
            return rejection_row(422, "That is more at once than the benefit allows", "See benefits in the programme.");
        case Rejection::unknown_staff:
            return rejection_row(422, "Nobody of that name is a manager", "See benefits in the programme.");
        case Rejection::goods_not_for_member:
            return rejection_row(409, "Some of these goods are not for this member", "POST /v1/quotes tells which.");
        default: return person_row(rejection);
    }
    check_failed("every reason has its row");
}

constexpr ProblemRow coupon_row(engine::Rejection rejection) {
    using engine::Rejection;
    switch (rejection) {
        case Rejection::unknown_coupon:
            return rejection_row(422, "The programme has no such coupon", "Use one of GET /v1/coupons.");
        case Rejection::code_not_valid:
            return rejection_row(422, "The code is not valid", "Check how it is written.");
        case Rejection::coupon_not_claimable:
            return rejection_row(409, "The coupon cannot be taken", "GET /v1/coupons tells which can.");
        case Rejection::coupon_not_for_member:
            return rejection_row(409, "The coupon is not for this member", "See the programme for whom it is.");
        case Rejection::coupon_sold_out:
            return rejection_row(409, "Nothing is left of the coupon", "GET /v1/coupons tells what is left.");
        case Rejection::coupon_limit_reached:
            return rejection_row(409, "The member has had as many as one may", "Nothing more can be taken.");
        case Rejection::too_many_coupons:
            return rejection_row(409, "The member would hold too many coupons", "Use or revoke some, or give fewer.");
        case Rejection::coupon_not_found:
            return rejection_row(409, "The member holds no such coupon",
                                 "GET /v1/members/{id}/coupons tells how it stands.");
        case Rejection::coupon_not_usable:
            return rejection_row(409, "The coupon cannot be used here", "POST /v1/quotes tells why.");
        case Rejection::coupons_do_not_stack:
            return rejection_row(409, "The coupons do not go together", "POST /v1/quotes tells why.");
        case Rejection::points_not_allowed:
            return rejection_row(409, "So many points cannot pay for this",
                                 "POST /v1/quotes with most_points tells how many can.");
        case Rejection::tenders_over_amount:
            return rejection_row(422, "More would be paid than there is to pay", "Use less points or balance.");
        case Rejection::hold_not_found:
            return rejection_row(409, "There is no such hold", "Place another, or name what the order uses.");
        case Rejection::hold_conflict:
            return rejection_row(409, "The order is not what was held", "Send the lines at the prices of the hold.");
        case Rejection::too_many_holds:
            return rejection_row(409, "The member has too many checkouts under way", "Release some of them.");
        case Rejection::top_up_out_of_bounds:
            return rejection_row(422, "The payment is out of bounds", "See stored_value in the programme.");
        case Rejection::balance_not_refundable:
            return rejection_row(409, "It cannot be paid back", "GET /v1/members/{id} tells what was topped up.");
        default: return benefit_row(rejection);
    }
    check_failed("every reason has its row");
}

constexpr ProblemRow make_row(engine::Rejection rejection) {
    using engine::Rejection;
    constexpr std::string_view mend = "Mend the input.";
    switch (rejection) {
        case Rejection::time_out_of_range: return rejection_row(422, "A time is out of range", mend);
        case Rejection::text_too_long: return rejection_row(422, "A text is too long", mend);
        case Rejection::id_missing: return rejection_row(422, "An id is missing", mend);
        case Rejection::too_many_lines:
            return rejection_row(422, "The order has too many lines", "Split the order.");
        case Rejection::no_lines: return rejection_row(422, "The order has no lines", mend);
        case Rejection::amount_out_of_range: return rejection_row(422, "An amount is out of range", mend);
        case Rejection::quantity_out_of_range: return rejection_row(422, "A quantity is out of range", mend);
        case Rejection::gift_card_over_amount:
            return rejection_row(422, "More is paid by gift card than the order costs", mend);
        case Rejection::unknown_price_kind:
            return rejection_row(422, "The programme has no such price kind",
                                 "Use one of the price kinds of GET /v1/programme.");
        case Rejection::unknown_tier:
            return rejection_row(422, "The programme has no such tier", "Use one of the tiers of GET /v1/programme.");
        case Rejection::unknown_programme_version:
            return rejection_row(500, "A version of the programme is missing",
                                 "The operator should restore the database's programmes.");
        case Rejection::times_out_of_order:
            return rejection_row(422, "The times are out of order", "Order, pay, ship, deliver: in this order.");
        case Rejection::order_conflict:
            return rejection_row(409, "The order is known with other content",
                                 "Use a new order id for another order; refund or exchange to change this one.");
        case Rejection::order_closed:
            return rejection_row(409, "The order is cancelled or wholly returned", "Nothing more can happen to it.");
        case Rejection::order_not_open:
            return rejection_row(409, "The order is not open", "Create the order before something is spent on it.");
        case Rejection::order_not_paid:
            return rejection_row(409, "The order is not paid", "Send the payment first.");
        case Rejection::line_out_of_range:
            return rejection_row(422, "The order has no such line", "Lines count from 0.");
        case Rejection::refund_over_order:
            return rejection_row(422, "More comes back than is left", "GET the order to see what is left.");
        case Rejection::not_enough_points:
            return rejection_row(409, "The member has not enough points",
                                 "GET /v1/members/{id}/entitlements tells how many there are.");
        case Rejection::not_enough_balance:
            return rejection_row(409, "The member has not enough balance",
                                 "GET /v1/members/{id} tells how much there is.");
        case Rejection::too_many_open_orders:
            return rejection_row(409, "The member has too many open orders", "Settle or cancel some of them first.");
        case Rejection::too_many_parked_events:
            return rejection_row(409, "Too many events of the member wait for orders that are not known",
                                 "Send the orders that they are about.");
        case Rejection::thresholds_mismatch:
            return rejection_row(422, "The thresholds do not fit the tiers",
                                 "Give one threshold for each tier above the base, ascending.");
        case Rejection::balance_overflow:
            return rejection_row(422, "The account would hold more than its limit", "Top up less.");
        default: return coupon_row(rejection);
    }
    check_failed("every reason has its row");
}

template <class Reason>
constexpr std::size_t index_of(Reason reason) {
    return static_cast<std::size_t>(reason);
}

template <class Reason, Reason last>
constexpr auto make_table() {
    std::array<ProblemRow, index_of(last) + 1> rows{};
    for (std::size_t index = 0; index < rows.size(); ++index) rows[index] = make_row(static_cast<Reason>(index));
    return rows;
}

constexpr auto fault_rows = make_table<Fault, Fault::version_not_supported>();
constexpr auto refusal_rows = make_table<service::Refusal, service::Refusal::ahead_of_clock>();
constexpr auto store_rows = make_table<service::StoreError, service::StoreError::not_found>();

auto make_rejection_rows() {
    auto rows = make_table<engine::Rejection, engine::last_rejection>();
    for (std::size_t index = 0; index < rows.size(); ++index)
        rows[index].code = engine::code_of(static_cast<engine::Rejection>(index));
    return rows;
}

const auto& rejection_rows() {
    static const auto rows = make_rejection_rows();
    return rows;
}

}  // namespace

const ProblemRow& row_of(Fault fault) {
    return fault_rows[index_of(fault)];
}

const ProblemRow& row_of(service::Refusal refusal) {
    return refusal_rows[index_of(refusal)];
}

const ProblemRow& row_of(service::StoreError error) {
    return store_rows[index_of(error)];
}

const ProblemRow& row_of(engine::Rejection rejection) {
    return rejection_rows()[index_of(rejection)];
}

std::vector<const ProblemRow*> all_problem_rows() {
    std::vector<const ProblemRow*> rows;
    const auto add = [&rows](const auto& table) {
        for (const ProblemRow& row : table) {
            const bool known =
                std::any_of(rows.begin(), rows.end(), [&](const auto* r) { return r->code == row.code; });
            if (!known) rows.push_back(&row);
        }
    };
    add(fault_rows);
    add(refusal_rows);
    add(store_rows);
    add(rejection_rows());
    return rows;
}

}  // namespace regulars::api
