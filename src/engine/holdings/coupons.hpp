// The member's wallet: coupons given, claimed, revoked, lapsed and reminded of.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// Coupons of one template that are to be given together.
struct CouponGift {
    const programme::CouponTemplate* terms = nullptr;
    std::int64_t count = 1;
    const programme::Validity* valid = nullptr;  ///< instead of the template's; null: the template's
};

/// Why they cannot be given, all of them, now; nothing when they can.
[[nodiscard]] std::optional<Rejection> check_gifts(const Decision& decision, std::span<const CouponGift> gifts);
/// Gives what check_gifts allows.
void give_coupons(Decision& decision, std::span<const CouponGift> gifts);

/// Why the member cannot have one that another member gives away; nothing when they can.
[[nodiscard]] std::optional<Rejection> check_receipt(const Decision& decision, const programme::CouponTemplate& terms);
/// Puts one that another member gave away into the wallet; it gets its number here and counts for this member's limits.
void receive_coupon(Decision& decision, const programme::CouponTemplate& terms, Coupon coupon);

/// The terms of a coupon: those of the version that gave it. Null when that version is not known.
[[nodiscard]] const programme::CouponTemplate* terms_of(const programme::Versions& versions, const Coupon& coupon);

/// Whether its tiers and its condition let the member take it, or be given it by a grant.
[[nodiscard]] bool is_for_member(const Decision& decision, const programme::CouponTemplate& terms);

/// The coupon in the wallet, or null.
[[nodiscard]] const Coupon* find_coupon(const Member& member, CouponId id);
/// Takes a coupon that is there out of the wallet.
[[nodiscard]] Coupon take_coupon(Member& member, CouponId id);
/// Into the wallet, with the expiry it has; one that has lapsed meanwhile lapses in the same instant, with no reminder.
void put_coupon(Decision& decision, Coupon coupon);

/// Tells how a coupon stands from now on. `exposure`: by how much that changes what its template may cost.
void coupon_changed(Decision& decision, const Coupon& coupon, CouponStatus status, Money exposure,
                    OrderNumber order = {}, Money amount = {});
/// What an unused coupon may cost at most; 0 where its template has no budget.
[[nodiscard]] Money exposure_of(const programme::Versions& versions, const Coupon& coupon);

/// Under this name it is counted who has come to the event that an invitation is for.
[[nodiscard]] std::string stock_of_attendance(std::string_view coupon);

/// Everything that has expired by now lapses.
void expire_coupons(Decision& decision);
/// Tells of every coupon whose reminder is due.
void remind_of_coupons(Decision& decision);

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const CouponGranted& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const CouponClaimed& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const CouponRevoked& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const InvitationAttended& fact);

}  // namespace regulars::engine
