// The shapes of everything that goes in and out, by name. Inputs of events are those of service/event_json.hpp, told
// here for the documentation; a test holds the two against each other.
#pragma once

#include "api/schema.hpp"

namespace regulars::api::schemas {

// Parts.
extern const Schema identity;
extern const Schema line;
extern const Schema returned_line;
extern const Schema profile;
extern const Schema consent;
extern const Schema reason;
extern const Schema benefit;
extern const Schema coupon_use;
extern const Schema coupon_change;
extern const Schema plan_change;
extern const Schema refund_parts;

// Inputs.
extern const Schema new_member;
extern const Schema profile_input;
extern const Schema identity_input;
extern const Schema consent_input;
extern const Schema order_input;
extern const Schema payment_input;
extern const Schema step_input;
extern const Schema refund_input;
extern const Schema exchange_input;
extern const Schema points_input;
extern const Schema points_spend_input;
extern const Schema tier_input;
extern const Schema top_up_input;
extern const Schema balance_spend_input;
extern const Schema balance_refund_input;
extern const Schema coupon_grant_input;
extern const Schema coupon_claim_input;
extern const Schema coupon_revoke_input;
extern const Schema benefit_use_input;
extern const Schema manager_input;
extern const Schema plan_purchase_input;
extern const Schema plan_cancel_input;
extern const Schema my_plan_cancel_input;
extern const Schema hold_input;
extern const Schema hold_release_input;
extern const Schema code_request;
extern const Schema enrolment_input;
extern const Schema scan_code_input;
extern const Schema unlink_input;
extern const Schema my_profile_input;
extern const Schema my_consent_input;
extern const Schema token_input;
extern const Schema gift_input;
extern const Schema merge_input;
extern const Schema erase_input;
extern const Schema my_claim_input;
extern const Schema my_basket_input;
extern const Schema event_input;
extern const Schema basket_input;

// Outputs.
extern const Schema done;
extern const Schema member;
extern const Schema member_list;
extern const Schema order;
extern const Schema order_list;
extern const Schema ledger;
extern const Schema event_list;
extern const Schema quote;
extern const Schema coupon_list;
extern const Schema notice_list;
extern const Schema member_notice_list;
extern const Schema code_sent;
extern const Schema enrolled;
extern const Schema scan_code;
extern const Schema scan_code_list;
extern const Schema card;
extern const Schema acquisition;
extern const Schema token;
extern const Schema gift;
extern const Schema merge_preview;
extern const Schema member_export;
extern const Schema coupon_template_list;
extern const Schema entitlements;
extern const Schema benefits;
extern const Schema manager_list;
extern const Schema plan_list;
extern const Schema held_plan_list;
extern const Schema programme;
extern const Schema programme_report;
extern const Schema status;
extern const Schema problem;

}  // namespace regulars::api::schemas
