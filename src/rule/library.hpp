// What the strict functions do. They are given known values only (neither missing nor errors), of any kind, and give a
// value or an error; where the kinds are none that the catalogue lists, wrong_kind.
#pragma once

#include <array>
#include <span>

#include "base/time.hpp"
#include "rule/functions.hpp"
#include "rule/value.hpp"
#include "rule/workspace.hpp"

namespace regulars::rule {

struct CallContext {
    Workspace& workspace;
    const Zone& zone;
};

using Arguments = std::span<const Value>;
using Implementation = Value (*)(Arguments arguments, CallContext& context);

/// Never null for a function that is strict; null for &&, ||, ?:, has and the folds.
[[nodiscard]] Implementation implementation(FunctionId id);

/// What a comparison accepts: a set of the orders less, equal and greater. == and != are the sets that hold across
/// kinds.
using OrderSet = std::uint8_t;
inline constexpr OrderSet order_less = 1;
inline constexpr OrderSet order_equal = 2;
inline constexpr OrderSet order_greater = 4;
inline constexpr OrderSet order_not_equal = order_less | order_greater;

/// Of two known values.
[[nodiscard]] Value compare(OrderSet accepted, Value left, Value right);
/// `item in container` of two known values.
[[nodiscard]] Value is_in(Value item, Value container);

// The parts of the library, one file each. Each knows some of the functions and gives null for the others.
[[nodiscard]] Implementation arithmetic_implementation(FunctionId id);
[[nodiscard]] Implementation container_implementation(FunctionId id);
[[nodiscard]] Implementation text_implementation(FunctionId id);
[[nodiscard]] Implementation time_implementation(FunctionId id);
[[nodiscard]] Implementation conversion_implementation(FunctionId id);

}  // namespace regulars::rule
