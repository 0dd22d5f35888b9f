// Which set of argument types of a function fits the arguments given.
#pragma once

#include <span>

#include "rule/functions.hpp"

namespace regulars::rule {

/// `fits` false: no overload takes these arguments. Where several fit because an argument is dynamic and they differ in
/// what they give, the result is dynamic.
struct Resolution {
    bool fits;
    Type result;
};

[[nodiscard]] Resolution resolve(const Function& function, std::span<const Type> arguments);

}  // namespace regulars::rule
