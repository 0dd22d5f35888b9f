// Where one-time codes go. Regulars speaks to no provider of short messages itself: the shop runs a small service of
// its own beside it that takes each message as an HTTP request and words and sends it.
//
//   POST <path>   {"kind":"phone","address":"+8613800138000","code":"123456","purpose":"enrol","minutes":5}
//
// Any answer of 200 to 299 means that it was taken. One that was not is tried again after half a second, a second, two
// ... half a minute, as long as the code works, unless the answer says that it is wrong (400 to 499, but for 408 and
// 429); a newer code for the address takes its place. So a message may come twice. What was never taken is told in the
// log, without address and code.
#pragma once

#include <memory>
#include <string>

#include "api/enrolment.hpp"
#include "base/expected.hpp"
#include "server/import_http.hpp"

namespace regulars::server {

/// Sends to a program at this address, on a thread of its own, so that nobody's request waits for it.
[[nodiscard]] api::SendCode send_codes_to(const HttpTarget& target, std::string path);

/// Writes codes and addresses to the log: for trying things out.
[[nodiscard]] api::SendCode log_codes();

/// "http://HOST:PORT/PATH"; a sentence when it is none.
struct CodeTarget {
    HttpTarget place;
    std::string path;
};
[[nodiscard]] expected<CodeTarget, std::string> parse_code_target(const std::string& url);

}  // namespace regulars::server
