// One place where the tree breaks a rule of the house.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <vector>

namespace regulars::tidy {

/// Lines count from 1; 0 means the file as a whole. `rule` is the name to look up in rules.hpp, `advice` what to do.
struct Finding {
    std::string file;
    std::size_t line = 0;
    std::string rule;
    std::string advice;

    friend auto operator<=>(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

}  // namespace regulars::tidy
