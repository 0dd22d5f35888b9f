#include "store/place.hpp"

#include "store/failure.hpp"
#include "store/open.hpp"

#include <string_view>

namespace regulars::store {

Place place_of(const std::string& url) {
    const std::string_view text = url;
    if (text.starts_with("memory:")) return {std::nullopt, url.substr(7)};
    if (text.starts_with("sqlite:") && text.size() > 7) return {Dialect::sqlite, url.substr(7)};
    if (text.starts_with("postgres://") || text.starts_with("postgresql://")) return {Dialect::postgres, url};
    if (text.starts_with("postgres:") && text.size() > 9) return {Dialect::postgres, url.substr(9)};
    fail(service::StoreError::not_found,
         "\"" + redacted(url) + "\" is no database: write sqlite:PATH, postgres:CONNINFO or memory:NAME");
}

}  // namespace regulars::store
