// From a method and a path to an endpoint: a tree of path segments, made once.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/endpoint.hpp"

namespace regulars::api {

class Router {
public:
    /// `endpoints` outlives the router. Two endpoints with the same method and path are our mistake and abort.
    explicit Router(const std::vector<Endpoint>& endpoints);
    ~Router();
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;

    struct Found {
        const Endpoint* endpoint = nullptr;  ///< null: the path is unknown, or does not take the method
        std::string allow;                   ///< methods of the path, for 405 and OPTIONS; empty: the path is unknown
        bool malformed = false;              ///< the path holds a broken escape or bytes that are not UTF-8
        std::vector<std::string> path_values;
    };
    /// `path` as sent, without the query. HEAD finds what GET finds. A literal segment wins over an open one.
    [[nodiscard]] Found find(Method method, std::string_view path) const;

private:
    struct Node;
    std::unique_ptr<Node> root_;
};

}  // namespace regulars::api
