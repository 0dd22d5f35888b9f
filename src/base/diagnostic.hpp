// One thing that is wrong in a text that a person wrote, told so that they can mend it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace regulars {

/// Lines and columns count from 1; 0 where there is no place. `path` is the place in the document
/// ("tiers[1].discount.rate"); `found`, `allowed` and `suggestion` may be empty.
struct Diagnostic {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::string path;
    std::string message;
    std::string found;
    std::string allowed;
    std::string suggestion;

    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

/// "FILE:LINE:COLUMN: PATH: message: found X, allowed Y; did you mean Z?", parts that are empty left out.
[[nodiscard]] std::string text_of(const Diagnostic& diagnostic);

}  // namespace regulars
