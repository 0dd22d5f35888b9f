// Where a URL points: the one reading of it for everything in this folder.
#pragma once

#include "store/statement.hpp"

#include <optional>
#include <string>

namespace regulars::store {

struct Place {
    std::optional<Dialect> dialect;  ///< none: memory
    std::string target;              ///< a path, a connection string, or a name
};

/// Throws Failed (not_found) when the URL is none of those that open.hpp names.
[[nodiscard]] Place place_of(const std::string& url);

}  // namespace regulars::store
