#include "tidy/checks.hpp"

#include <algorithm>

namespace regulars::tidy {

Findings check_all(const SourceFiles& all) {
    Findings findings = check_dead_headers(all);
    const auto add = [&findings](Findings more) { findings.insert(findings.end(), more.begin(), more.end()); };
    for (const SourceFile& file : all) {
        add(check_layout(file));
        add(check_names(file));
        add(check_includes(file, all));
        add(check_function_length(file));
    }
    std::sort(findings.begin(), findings.end());
    return findings;
}

}  // namespace regulars::tidy
