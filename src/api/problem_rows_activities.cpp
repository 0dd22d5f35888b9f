// What the API answers when something about activities, the points mall or promotions is refused.
#include "api/problem_rows.hpp"
#include "base/check.hpp"

namespace regulars::api {

namespace {

// About the points mall, promotions and groups.
ProblemRow price_row(engine::Rejection rejection) {
    using engine::Rejection;
    switch (rejection) {
        case Rejection::unknown_goods:
            return rejection_row(422, "The mall has no such item", "Use one of GET /v1/mall.");
        case Rejection::goods_not_on_sale:
            return rejection_row(409, "The item is not on sale now", "GET /v1/mall says when and for whom it is.");
        case Rejection::goods_sold_out:
            return rejection_row(409, "Nothing is left of it", "GET /v1/mall says what is left.");
        case Rejection::goods_limit_reached:
            return rejection_row(409, "The member has had as many as one may", "Nothing more can be had.");
        case Rejection::goods_price_differs:
            return rejection_row(409, "The price is another one now", "GET /v1/me/mall tells the price that holds.");
        case Rejection::order_id_needed:
            return rejection_row(422, "An order id is needed, or is too much",
                                 "Send order_id exactly where the item costs money.");
        case Rejection::redemption_not_found:
            return rejection_row(409, "There is no such redemption under way",
                                 "GET /v1/members/{id}/redemptions lists them.");
        case Rejection::redemption_not_movable:
            return rejection_row(409, "The redemption cannot go on like that",
                                 "GET /v1/members/{id}/redemptions tells how it stands.");
        case Rejection::unknown_promotion:
            return rejection_row(422, "The programme has no such promotion", "Use one of GET /v1/promotions.");
        case Rejection::promotion_not_valid:
            return rejection_row(409, "The promotion does not hold here", "POST /v1/quotes tells which prices do.");
        case Rejection::promotion_sold_out:
            return rejection_row(409, "Nothing is left at that price", "POST /v1/quotes tells what it costs now.");
        case Rejection::promotion_limit_reached:
            return rejection_row(409, "The member has had as many at that price as one may",
                                 "POST /v1/quotes tells what it costs otherwise.");
        case Rejection::group_not_possible:
            return rejection_row(409, "No group can be bought in with this order",
                                 "Pay an order with a line of the group's promotion first.");
        case Rejection::group_not_found:
            return rejection_row(404, "There is no such group any more", "Open one, or join another.");
        case Rejection::group_full: return rejection_row(409, "The group is full", "Open another one.");
        default: check_failed("every reason has its row");
    }
}

}  // namespace

ProblemRow activity_row(engine::Rejection rejection) {
    using engine::Rejection;
    switch (rejection) {
        case Rejection::unknown_activity:
            return rejection_row(422, "The programme has no such activity", "Use one of GET /v1/activities.");
        case Rejection::activity_not_open:
            return rejection_row(409, "The activity is not open now", "GET /v1/activities says when it is.");
        case Rejection::activity_not_for_member:
            return rejection_row(409, "The activity is not for this member",
                                 "GET /v1/activities says for whom it is.");
        case Rejection::activity_limit_reached:
            return rejection_row(409, "The member has done this as often as one may",
                                 "Try again another day, if the activity goes on.");
        case Rejection::already_checked_in:
            return rejection_row(409, "The member has checked in for that day", "Come back tomorrow.");
        case Rejection::day_not_to_be_made_up:
            return rejection_row(409, "That day cannot be made up for", "The member's calendar says which days can.");
        case Rejection::too_many_freezes:
            return rejection_row(409, "No more freezes can be bought", "Use those that there are.");
        case Rejection::no_turns_left:
            return rejection_row(409, "The member has no turn left", "The activity says how turns are got.");
        case Rejection::chance_missing:
            return rejection_row(500, "The chance is missing", "The operator should look at the log.");
        case Rejection::piece_not_held:
            return rejection_row(409, "The member has no such piece to give",
                                 "The member's activities say which pieces there are.");
        case Rejection::answers_not_valid:
            return rejection_row(422, "The answers do not fit the questions",
                                 "GET /v1/activities lists what each question allows.");
        case Rejection::already_answered:
            return rejection_row(409, "The member has answered this already", "Nothing more is to be done.");
        case Rejection::order_not_to_be_answered:
            return rejection_row(409, "The order cannot be told about",
                                 "Wait until it is settled, or choose a later one.");
        case Rejection::store_code_wrong:
            return rejection_row(422, "The code is not valid", "Scan the code that hangs in the store.");
        case Rejection::trial_not_open:
            return rejection_row(409, "This cannot happen to the trial now",
                                 "The member's activities say how it stands.");
        case Rejection::trial_full: return rejection_row(409, "All pieces are given", "Nothing more can be chosen.");
        case Rejection::review_not_possible:
            return rejection_row(409, "This product of the order cannot be reviewed",
                                 "Review what is on a settled order.");
        case Rejection::review_not_found:
            return rejection_row(409, "There is no such review to be looked at",
                                 "GET /v1/reviews lists those that wait.");
        case Rejection::friend_not_found:
            return rejection_row(409, "There is no such friend to decide about",
                                 "GET /v1/referrals lists those that wait.");
        case Rejection::friend_not_possible:
            return rejection_row(409, "This one cannot be the member's friend", "Nothing is to be done.");
        default: return price_row(rejection);
    }
}

}  // namespace regulars::api
