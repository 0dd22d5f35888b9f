// The few pages for people: where to begin, the documentation, and what the codes mean. Everything comes out of the
// binary; nothing is fetched from elsewhere.
#pragma once

#include "api/http.hpp"

namespace regulars::api {

[[nodiscard]] Response landing_page(bool chinese);
[[nodiscard]] Response docs_page(bool chinese);
[[nodiscard]] Response docs_script();
[[nodiscard]] Response docs_style();
[[nodiscard]] Response problems_page();

}  // namespace regulars::api
