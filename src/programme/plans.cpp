#include "programme/plans.hpp"

#include <algorithm>

namespace regulars::programme {

const Plan* PlanPolicy::find(std::string_view name) const {
    const auto found = std::find_if(plans.begin(), plans.end(), [&](const Plan& plan) { return plan.name == name; });
    return found == plans.end() ? nullptr : &*found;
}

std::optional<std::size_t> PlanPolicy::index_of(std::string_view name) const {
    const Plan* plan = find(name);
    if (plan == nullptr) return std::nullopt;
    return static_cast<std::size_t>(plan - plans.data());
}

}  // namespace regulars::programme
