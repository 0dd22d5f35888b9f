#include "api/router.hpp"

#include <algorithm>
#include <array>

#include "api/text.hpp"
#include "base/check.hpp"

namespace regulars::api {

struct Router::Node {
    std::vector<std::pair<std::string_view, std::unique_ptr<Node>>> literals;
    std::unique_ptr<Node> open;
    const Endpoint* get = nullptr;
    const Endpoint* post = nullptr;

    Node& child(std::string_view segment) {
        if (segment.starts_with('{')) {
            if (!open) open = std::make_unique<Node>();
            return *open;
        }
        const auto found = std::ranges::find(literals, segment, [](const auto& pair) { return pair.first; });
        if (found != literals.end()) return *found->second;
        return *literals.emplace_back(segment, std::make_unique<Node>()).second;
    }

    [[nodiscard]] const Node* literal(std::string_view segment) const {
        const auto found = std::ranges::find(literals, segment, [](const auto& pair) { return pair.first; });
        return found == literals.end() ? nullptr : found->second.get();
    }

    [[nodiscard]] bool ends_here() const { return get != nullptr || post != nullptr; }
};

namespace {

/// Takes the next segment off `path`, which begins with '/'.
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

std::string allow_of(bool get, bool post) {
    std::string allow;
    if (get) allow = "GET, HEAD, ";
    if (post) allow += "POST, ";
    return allow + "OPTIONS";
}

}  // namespace

std::string_view name_of(Scope scope) {
    switch (scope) {
        case Scope::none: return "none";
        case Scope::member: return "member";
        case Scope::enrol: return "enrol";
        case Scope::read: return "read";
        case Scope::write: return "write";
        case Scope::admin: return "admin";
    }
    return {};
}

Router::Router(const std::vector<Endpoint>& endpoints) : root_(std::make_unique<Node>()) {
    for (const Endpoint& endpoint : endpoints) {
        check(endpoint.method == Method::get || endpoint.method == Method::post, "endpoints answer GET or POST");
        Node* node = root_.get();
        std::string_view path = endpoint.path;
        while (!path.empty()) node = &node->child(take_segment(path));
        const Endpoint*& place = endpoint.method == Method::get ? node->get : node->post;
        check(place == nullptr, "two endpoints with one method and path");
        place = &endpoint;
    }
}

Router::~Router() = default;

Router::Found Router::find(Method method, std::string_view path) const {
    Found found;
    const Node* node = root_.get();
    if (!path.starts_with('/')) return found;
    while (!path.empty()) {
        const std::string_view segment = take_segment(path);
        if (const Node* next = node->literal(segment)) {
            node = next;
            continue;
        }
        if (!node->open || segment.empty()) return found;
        auto value = percent_decoded(segment, false);
        if (!value) {
            found.malformed = true;
            return found;
        }
        found.path_values.push_back(std::move(*value));
        node = node->open.get();
    }
    if (!node->ends_here()) return found;
    found.allow = allow_of(node->get != nullptr, node->post != nullptr);
    if (method == Method::get || method == Method::head) found.endpoint = node->get;
    if (method == Method::post) found.endpoint = node->post;
    return found;
}

}  // namespace regulars::api
