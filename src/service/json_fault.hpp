// Where a text is not JSON. The parser that reads every request is fast and does not say; this one is asked afterwards.
#pragma once

#include <string>
#include <string_view>

namespace regulars::service {

/// "line 2, column 14"; empty where it cannot be told. Columns count bytes from 1.
[[nodiscard]] std::string place_of_json_fault(std::string_view json);

}  // namespace regulars::service
