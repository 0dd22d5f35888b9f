// What a backtest knows of members beside their orders, and what it assumes.
#pragma once

#include "backtest/member_facts.hpp"
#include "backtest/rejects.hpp"

namespace regulars::backtest {

/// Which coupons the rehearsed orders use, beside those that the file of facts tells.
enum class CouponUse : std::uint8_t {
    told,  ///< none
    best,  ///< the best combination that the wallet allows: what coupons cost at most
};

struct FactSetting {
    const MemberFacts* facts = nullptr;  ///< null: nothing is told
    Rejects* rejects = nullptr;          ///< of that file; null: what the engine refuses is only counted
    CouponUse use = CouponUse::told;
};

}  // namespace regulars::backtest
