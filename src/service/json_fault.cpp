#include "service/json_fault.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

namespace regulars::service {

namespace {

// Builds nothing, and needs no stack for what is nested.
struct FaultFinder : nlohmann::json_sax<nlohmann::json> {
    std::optional<std::size_t> bytes_read;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        bytes_read = position;
        return false;
    }
};

}  // namespace

std::string place_of_json_fault(std::string_view json) {
    FaultFinder finder;
    nlohmann::json::sax_parse(json.begin(), json.end(), &finder);
    if (!finder.bytes_read) return {};
    // The last byte that was read is the one that does not fit, or the end of the text.
    const std::size_t fault = std::min(*finder.bytes_read == 0 ? 0 : *finder.bytes_read - 1, json.size());
    const std::string_view before = json.substr(0, fault);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t line_start = lines == 0 ? 0 : before.rfind('\n') + 1;
    return "line " + std::to_string(lines + 1) + ", column " + std::to_string(fault - line_start + 1);
}

}  // namespace regulars::service
