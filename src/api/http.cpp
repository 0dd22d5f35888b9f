#include "api/http.hpp"

#include <algorithm>

#include "api/limits.hpp"
#include "api/text.hpp"

namespace regulars::api {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Takes the part before `separator` off the front.
std::string_view take(std::string_view& text, char separator) {
    const auto end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    return part;
}

/// "q=0", "q=0.0": not acceptable.
bool has_zero_quality(std::string_view parameters) {
    while (!parameters.empty()) {
        const std::string_view parameter = trimmed(take(parameters, ';'));
        if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
        return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
    }
    return false;
}

}  // namespace

std::string_view name_of(Method method) {
    switch (method) {
        case Method::get: return "GET";
        case Method::head: return "HEAD";
        case Method::post: return "POST";
        case Method::options: return "OPTIONS";
        case Method::other: return "other";
    }
    return {};
}

std::optional<std::string_view> Request::parameter(std::string_view parameter_name) const {
    const auto found = std::ranges::find(parameters, parameter_name, [](const auto& pair) { return pair.first; });
    if (found == parameters.end()) return std::nullopt;
    return std::string_view(found->second);
}

std::string_view phrase_of(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 422: return "Unprocessable Content";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 505: return "HTTP Version Not Supported";
        default: return {};
    }
}

bool accepts(std::string_view accept, std::string_view content_type) {
    if (trimmed(accept).empty()) return true;
    const std::string_view type = content_type.substr(0, content_type.find('/'));
    while (!accept.empty()) {
        std::string_view range = trimmed(take(accept, ','));
        const std::string name = media_type_of(take(range, ';'));
        if (has_zero_quality(range)) continue;
        if (name == "*/*" || name == content_type) return true;
        if (name.ends_with("/*") && name.substr(0, name.size() - 2) == type) return true;
    }
    return false;
}

std::string media_type_of(std::string_view content_type) {
    std::string name(trimmed(take(content_type, ';')));
    std::ranges::transform(name, name.begin(), lower);
    return name;
}

std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parameters;
    while (!query.empty()) {
        std::string_view part = take(query, '&');
        if (part.empty()) continue;
        if (parameters.size() == limits::query_parameters_max) return std::nullopt;
        auto name = percent_decoded(take(part, '='), true);
        auto value = percent_decoded(part, true);
        if (!name || !value) return std::nullopt;
        parameters.emplace_back(std::move(*name), std::move(*value));
    }
    return parameters;
}

}  // namespace regulars::api
