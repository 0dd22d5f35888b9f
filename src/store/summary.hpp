// What the plain columns beside the documents say: the same in every store.
#pragma once

#include "service/store.hpp"

namespace regulars::store {

[[nodiscard]] service::MemberSummary summary_of(const service::MemberWrite& write);
/// `amount_minor` is what was paid for the lines when they were ordered.
[[nodiscard]] service::OrderSummary summary_of(const engine::Order& order);
/// It has ended when it is used, expired or revoked.
[[nodiscard]] service::CouponSummary summary_of(const engine::CouponChange& change);

[[nodiscard]] Money amount_of(const engine::Order& order);
[[nodiscard]] Money amount_returned_of(const engine::Order& order);

}  // namespace regulars::store
