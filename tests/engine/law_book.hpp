// Where broken laws are written down.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace regulars::model {

class LawBook {
public:
    void hold(bool law, std::string_view words) {
        if (!law) broken_.emplace_back(words);
    }
    /// Every law broken so far, in words; empty when all is well.
    [[nodiscard]] const std::vector<std::string>& broken() const { return broken_; }

private:
    std::vector<std::string> broken_;
};

}  // namespace regulars::model
