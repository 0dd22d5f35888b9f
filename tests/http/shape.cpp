#include "shape.hpp"

#include <algorithm>
#include <stdexcept>

#include <gtest/gtest.h>

#include "api/endpoints/registry.hpp"
#include "base/time.hpp"

namespace regulars::api {

namespace {

using Json = nlohmann::json;

bool is_id(const Json& value) {
    return value.is_string() && !value.get<std::string>().empty() &&
           value.get<std::string>().find_first_not_of("0123456789") == std::string::npos;
}

bool is_texts(const Json& value) {
    return value.is_array() && std::ranges::all_of(value, [](const Json& item) { return item.is_string(); });
}

void look_at(const Json& value, const Field& field, const std::string& place, std::vector<std::string>& wrong) {
    const auto add = [&](bool fine) {
        if (!fine) wrong.push_back(place + ": wrong type: " + value.dump());
    };
    const auto descend = [&](const Json& item, const std::string& where) {
        const auto found = disagreements(item, *field.of, where);
        wrong.insert(wrong.end(), found.begin(), found.end());
    };
    switch (field.type) {
        case Type::text: return add(value.is_string());
        case Type::id: return add(is_id(value));
        case Type::integer: return add(value.is_number_integer());
        case Type::number: return add(value.is_number());
        case Type::boolean: return add(value.is_boolean());
        case Type::instant:
            return add(value.is_string() && parse_instant(value.get<std::string>(), Zone()).has_value());
        case Type::date: return add(value.is_string() && parse_date(value.get<std::string>()).has_value());
        case Type::object: return descend(value, place);
        case Type::texts: return add(is_texts(value));
        case Type::objects:
            if (!value.is_array()) return add(false);
            for (std::size_t index = 0; index < value.size(); ++index)
                descend(value[index], place + "/" + std::to_string(index));
            return;
        case Type::map_of_texts:
        case Type::map_of_counts: return add(value.is_object());
    }
}

}  // namespace

std::vector<std::string> disagreements(const Json& value, const Schema& schema, const std::string& place) {
    std::vector<std::string> wrong;
    if (!value.is_object()) return {place + ": not an object: " + value.dump()};
    for (const Field& field : schema.fields) {
        const std::string name(field.name);
        const auto found = value.find(name);
        if (found == value.end()) {
            if (field.need != Need::optional) wrong.push_back(place + "/" + name + ": missing");
            continue;
        }
        if (found->is_null() && field.need == Need::nullable) continue;
        look_at(*found, field, place + "/" + name, wrong);
    }
    if (schema.open) return wrong;
    for (const auto& [name, unused] : value.items()) {
        const bool known = std::ranges::any_of(schema.fields, [&](const Field& field) { return field.name == name; });
        if (!known) wrong.push_back(place + "/" + name + ": not in the schema");
    }
    return wrong;
}

const Endpoint& endpoint_of(Method method, std::string_view path) {
    static const std::vector<Endpoint> all = all_endpoints();
    for (const Endpoint& endpoint : all)
        if (endpoint.method == method && endpoint.path == path) return endpoint;
    throw std::runtime_error("no such endpoint: " + std::string(path));
}

void expect_declared(const Told& told, Method method, std::string_view path) {
    const Endpoint& endpoint = endpoint_of(method, path);
    EXPECT_NE(std::ranges::find(endpoint.statuses, told.status), endpoint.statuses.end())
        << path << ": " << told.status << " " << told.body;
    EXPECT_TRUE(told.header("content-type").starts_with(endpoint.output_type)) << path;
    if (endpoint.output == nullptr) return;
    for (const std::string& wrong : disagreements(told.json(), *endpoint.output)) ADD_FAILURE() << path << wrong;
}

}  // namespace regulars::api
