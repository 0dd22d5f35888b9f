#include "api/log.hpp"

#include <atomic>
#include <string>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "api/json_writer.hpp"

namespace regulars::api {

namespace {

std::atomic<LogForm> log_form{LogForm::text};

spdlog::logger& logger() {
    static const auto made = [] {
        auto fresh = spdlog::stderr_logger_mt("regulars");
        fresh->set_pattern("%v");
        return fresh;
    }();
    return *made;
}

std::string_view name_of(LogLevel level) {
    switch (level) {
        case LogLevel::info: return "info";
        case LogLevel::warning: return "warning";
        case LogLevel::error: return "error";
    }
    return {};
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
    switch (level) {
        case LogLevel::info: return spdlog::level::info;
        case LogLevel::warning: return spdlog::level::warn;
        case LogLevel::error: return spdlog::level::err;
    }
    return spdlog::level::off;
}

std::string present() {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return text_of(Instant{std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()});
}

std::string json_line(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    std::string line;
    JsonWriter json(line);
    json.begin_object();
    json.field("time", present());
    json.field("level", name_of(level));
    json.field("event", event);
    for (const auto& [name, value] : fields) json.field(name, value);
    json.end_object();
    return line;
}

std::string text_line(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    std::string line = present();
    line += ' ';
    line += name_of(level);
    line += ' ';
    line += event;
    for (const auto& [name, value] : fields) {
        line += ' ';
        line += name;
        line += '=';
        append_json_text(line, value);
    }
    return line;
}

}  // namespace

void set_up_log(LogForm form) {
    log_form = form;
}

void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    const bool as_json = log_form.load() == LogForm::json;
    logger().log(spdlog_level(level), as_json ? json_line(level, event, fields) : text_line(level, event, fields));
}

void flush_log() {
    logger().flush();
}

}  // namespace regulars::api
