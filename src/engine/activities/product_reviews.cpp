#include "engine/activities/product_reviews.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "engine/activities/rewards.hpp"

namespace regulars::engine {

namespace {

using programme::ReviewPolicy;

constexpr std::string_view code = "reviews";
constexpr std::int64_t score_max = 5;

// The order if it has settled, be it while time passed up to this event.
const Order* find_settled(const OrderEvent& event, std::string_view order_id) {
    const Order* found = event.context.closed_order;
    for (const Order& order : event.decision.outcome.closed_orders)
        if (order.order_id == order_id) found = &order;
    return found == nullptr || found->status != OrderStatus::settled ? nullptr : found;
}

// Something of the product is still with the member.
bool is_kept(const Order& order, std::string_view product) {
    return std::any_of(order.lines.begin(), order.lines.end(), [&](const OrderLine& line) {
        return line.product == product &&
               (line.quantity_returned < line.quantity || line.amount_returned < line.amount);
    });
}

const ProductReview* find_review(const Order& order, std::string_view product) {
    const auto found = std::find_if(order.reviews.begin(), order.reviews.end(),
                                    [&](const ProductReview& review) { return review.product == product; });
    return found == order.reviews.end() ? nullptr : &*found;
}

ProductReview& review_of(Order& order, const std::string& product) {
    const auto place = std::lower_bound(
        order.reviews.begin(), order.reviews.end(), product,
        [](const ProductReview& review, const std::string& wanted) { return review.product < wanted; });
    if (place != order.reviews.end() && place->product == product) return *place;
    ProductReview review;
    review.product = product;
    return *order.reviews.insert(place, std::move(review));
}

bool is_in_time(const programme::Programme& programme, const Order& order, Instant at) {
    if (!programme.activities.reviews.on || !order.settled_at) return false;
    const LocalDate last_day =
        add_days(programme.zone.date(*order.settled_at), programme.activities.reviews.open_days);
    return at < programme.zone.end_of(last_day);
}

bool is_open_for_review(const Order& order, std::string_view product) {
    const ProductReview* review = find_review(order, product);
    return !product.empty() && is_kept(order, product) &&
           (review == nullptr || review->status == ReviewStatus::written);
}

// Characters, not bytes: every byte of UTF-8 that does not continue one.
std::int64_t characters_of(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
    });
}

// The order has left the aggregate: what has changed of it stands beside it.
void keep(const OrderEvent& event, Order order, const ProductReview& review) {
    auto& outcome = event.decision.outcome;
    outcome.reviews.push_back({order.order_id, review, event.decision.now});
    std::erase_if(outcome.closed_orders, [&](const Order& other) { return other.number == order.number; });
    outcome.closed_orders.push_back(std::move(order));
}

void drop_invitation(Member& member, std::string_view order_id) {
    std::erase_if(member.review_invitations,
                  [&](const ReviewInvitation& invitation) { return invitation.order_id == order_id; });
}

bool is_rewarded(const ProductReview& review) { return !review.points.is_zero() || !review.cashback.is_zero(); }

// Why an approved review brings nothing; null when it does.
const char* missing_for_reward(const Decision& decision, const Order& order, const ProductReview& review) {
    const ReviewPolicy& policy = decision.programme.activities.reviews;
    const auto& products = decision.member.reviewed_products;
    if (!policy.on) return "the programme rewards reviews no more";
    if (review.length < policy.text_min) return "its text is shorter than the programme rewards";
    if (std::binary_search(products.begin(), products.end(), review.product))
        return "the member was rewarded for reviewing this product before";
    if (products.size() >= limits::reviewed_products_max) return "the member was rewarded for as many as may be";
    if (std::count_if(order.reviews.begin(), order.reviews.end(), is_rewarded) >= policy.rewards_per_order)
        return "the order has brought as many rewards as it may";
    return nullptr;
}

void reward(Decision& decision, const Order& order, ProductReview& review) {
    const ReviewPolicy& policy = decision.programme.activities.reviews;
    programme::Reward given = policy.reward;
    if (review.pictures) given.points += policy.points_with_picture;
    give_reward(decision, given, {code, policy.benefit, Cause::product_review, order.number});
    review.points = given.points;
    review.cashback = given.cashback;
    review.programme_version = decision.programme.version;
    auto& products = decision.member.reviewed_products;
    products.insert(std::lower_bound(products.begin(), products.end(), review.product), review.product);
}

void tell_result(Decision& decision, const ProductReview& review) {
    ActivityResult result;
    result.at = decision.now;
    result.activity = code;
    result.what = review.status == ReviewStatus::approved ? "review_approved" : "review_refused";
    result.won = review.product;
    result.number = review.score;
    result.points = review.points;
    result.cost = review.cashback;
    decision.outcome.activity_results.push_back(std::move(result));
}

void take_back(Decision& decision, const Order& order, ProductReview& review) {
    review.status = ReviewStatus::taken_back;
    decision.outcome.reviews.push_back({order.order_id, review, decision.now});
    if (!is_rewarded(review)) return;
    const auto* made_by = decision.versions.find(review.programme_version);
    const std::uint32_t benefit = made_by != nullptr ? made_by->activities.reviews.benefit : 0;
    take_back_reward(decision, {review.points, review.cashback, review.programme_version, true},
                     {code, benefit, Cause::product_review, order.number});
    std::erase(decision.member.reviewed_products, review.product);
}

}  // namespace

std::vector<std::string> open_for_review(const programme::Programme& programme, const Order& order, Instant at) {
    std::vector<std::string> products;
    if (order.status != OrderStatus::settled || !is_in_time(programme, order, at)) return products;
    for (const OrderLine& line : order.lines) {
        const bool is_known = std::find(products.begin(), products.end(), line.product) != products.end();
        if (!is_known && is_open_for_review(order, line.product)) products.push_back(line.product);
    }
    return products;
}

expected<void, Rejection> on_fact(const OrderEvent& event, const ProductReviewed& fact) {
    Decision& decision = event.decision;
    if (fact.score < 1 || fact.score > score_max) return unexpected(Rejection::quantity_out_of_range);
    const Order* found = find_settled(event, fact.order_id);
    if (found == nullptr || !is_in_time(decision.programme, *found, decision.now) ||
        !is_open_for_review(*found, fact.product))
        return unexpected(Rejection::review_not_possible);

    // Nothing can fail from here on.
    Order order = *found;
    ProductReview& review = review_of(order, fact.product);
    review.status = ReviewStatus::written;
    review.score = fact.score;
    review.pictures = !fact.pictures.empty();
    review.length = characters_of(fact.text);
    review.event_sequence = decision.member.event_sequence + 1;
    drop_invitation(decision.member, order.order_id);
    const ProductReview written = review;
    keep(event, std::move(order), written);
    return {};
}

expected<void, Rejection> on_fact(const OrderEvent& event, const ReviewModerated& fact) {
    Decision& decision = event.decision;
    const Order* found = find_settled(event, fact.order_id);
    const ProductReview* known = found == nullptr ? nullptr : find_review(*found, fact.product);
    if (known == nullptr) return unexpected(Rejection::review_not_found);
    const ReviewStatus wanted = fact.approved ? ReviewStatus::approved : ReviewStatus::refused;
    if (known->status == wanted) {
        decision.outcome.duplicate = true;
        return {};
    }
    if (known->status != ReviewStatus::written) return unexpected(Rejection::review_not_found);

    // Nothing can fail from here on.
    Order order = *found;
    ProductReview& review = review_of(order, fact.product);
    const char* missing = fact.approved ? missing_for_reward(decision, order, review) : nullptr;
    review.status = wanted;
    if (missing != nullptr)
        explain(decision, code, [&] { return "the review is not rewarded: " + std::string(missing); });
    else if (fact.approved) reward(decision, order, review);
    tell_result(decision, review);
    const ProductReview decided = review;
    keep(event, std::move(order), decided);
    return {};
}

void invite_to_review(Decision& decision) {
    auto& invitations = decision.member.review_invitations;
    while (!invitations.empty() && invitations.front().at <= decision.now) {
        if (decision.programme.activities.reviews.on)
            decision.outcome.notices.push_back(
                {decision.now, NoticeKind::review_invited, invitations.front().order_id, {}, {}});
        invitations.erase(invitations.begin());
    }
}

// At the same time of day. Of an import that settles a great many orders at once the first are invited to.
void schedule_review(Decision& decision, const Order& order) {
    constexpr std::size_t invitations_max = 200;
    const ReviewPolicy& policy = decision.programme.activities.reviews;
    auto& invitations = decision.member.review_invitations;
    if (!policy.on || invitations.size() >= invitations_max) return;
    const bool has_products = std::any_of(order.lines.begin(), order.lines.end(),
                                          [](const OrderLine& line) { return !line.product.empty(); });
    if (!has_products) return;
    const LocalTime settled = decision.programme.zone.local(decision.now);
    const Instant at = decision.programme.zone.instant({add_days(settled.date, policy.invite_days), settled.ms_of_day});
    const auto later = [](Instant wanted, const ReviewInvitation& other) { return wanted < other.at; };
    invitations.insert(std::upper_bound(invitations.begin(), invitations.end(), at, later), {order.order_id, at});
}

void take_back_reviews(Decision& decision, Order& order) {
    for (ProductReview& review : order.reviews) {
        const bool is_over = review.status == ReviewStatus::refused || review.status == ReviewStatus::taken_back;
        if (!is_over && !is_kept(order, review.product)) take_back(decision, order, review);
    }
    const bool is_empty = std::none_of(order.lines.begin(), order.lines.end(), [&](const OrderLine& line) {
        return is_kept(order, line.product);
    });
    if (is_empty) drop_invitation(decision.member, order.order_id);
}

}  // namespace regulars::engine
