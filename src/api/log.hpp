// The log: one line per event on standard error, as JSON for machines or as text for people. No personal data and no
// secrets: ids of requests, endpoints, statuses and what the database said.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace regulars::api {

enum class LogForm : std::uint8_t { json, text };
enum class LogLevel : std::uint8_t { info, warning, error };

/// Called once at start; before it the log is text.
void set_up_log(LogForm form);

using LogField = std::pair<std::string_view, std::string_view>;

/// `event` is a stable name ("request_failed"); fields are texts.
void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields);

/// Makes sure that everything is written.
void flush_log();

}  // namespace regulars::api
