#include "api/openapi.hpp"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "api/endpoints/schemas.hpp"
#include "api/problem.hpp"

namespace regulars::api {

namespace {

using Json = nlohmann::ordered_json;

/// Writes one language; collects the schemas that it meets.
class DocumentWriter {
public:
    explicit DocumentWriter(bool chinese) : chinese_(chinese) {}

    Json document(const std::vector<Endpoint>& endpoints);

private:
    [[nodiscard]] std::string text(const Text& text) const { return std::string(chinese_ ? text.zh : text.en); }
    Json reference(const Schema& schema);
    Json type_of(Type type, const Schema* of);
    Json properties_of(const Schema& schema);
    Json schema_of(const Schema& schema);
    Json parameter_of(const Parameter& parameter, std::string_view place);
    Json operation_of(const Endpoint& endpoint);
    Json responses_of(const Endpoint& endpoint);
    Json body_of(const Endpoint& endpoint);
    Json problem_response();

    bool chinese_;
    std::map<std::string, Json> schemas_;
};

std::string operation_id_of(const Endpoint& endpoint) {
    std::string id(name_of(endpoint.method));
    std::ranges::transform(id, id.begin(), [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    for (const char c : endpoint.path) {
        if (c == '/' || c == '-' || c == '.') {
            if (id.back() != '_') id += '_';
        } else if (c != '{' && c != '}') {
            id += c;
        }
    }
    return id;
}

std::string phrase(int status) {
    return std::string(phrase_of(status));
}

Json DocumentWriter::reference(const Schema& schema) {
    const std::string name(schema.name);
    if (!schemas_.contains(name)) {
        schemas_.emplace(name, nullptr);
        schemas_[name] = schema_of(schema);
    }
    return {{"$ref", "#/components/schemas/" + name}};
}

Json DocumentWriter::type_of(Type type, const Schema* of) {
    switch (type) {
        case Type::text: return {{"type", "string"}};
        case Type::id: return {{"type", "string"}, {"pattern", "^[0-9]{1,19}$"}};
        case Type::integer: return {{"type", "integer"}, {"format", "int64"}};
        case Type::number: return {{"type", "number"}};
        case Type::boolean: return {{"type", "boolean"}};
        case Type::instant: return {{"type", "string"}, {"format", "date-time"}};
        case Type::date: return {{"type", "string"}, {"format", "date"}};
        case Type::object: return reference(*of);
        case Type::texts: return {{"type", "array"}, {"items", {{"type", "string"}}}};
        case Type::objects: return {{"type", "array"}, {"items", reference(*of)}};
        case Type::map_of_texts: return {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
        case Type::map_of_counts: return {{"type", "object"}, {"additionalProperties", {{"type", "integer"}}}};
    }
    return {};
}

Json DocumentWriter::properties_of(const Schema& schema) {
    Json properties = Json::object();
    for (const Field& field : schema.fields) {
        Json property = type_of(field.type, field.of);
        if (field.need == Need::nullable) {
            if (property.contains("$ref")) {
                property = {{"oneOf", Json::array({property, Json{{"type", "null"}}})}};
            } else {
                property["type"] = Json::array({property["type"], "null"});
            }
        }
        property["description"] = text(field.about);
        properties[std::string(field.name)] = std::move(property);
    }
    return properties;
}

Json DocumentWriter::schema_of(const Schema& schema) {
    Json result{{"type", "object"}, {"description", text(schema.about)}};
    Json required = Json::array();
    for (const Field& field : schema.fields)
        if (field.need != Need::optional) required.push_back(std::string(field.name));
    if (!required.empty()) result["required"] = std::move(required);
    result["properties"] = properties_of(schema);
    result["additionalProperties"] = schema.open;
    return result;
}

Json DocumentWriter::parameter_of(const Parameter& parameter, std::string_view place) {
    Json result{{"name", std::string(parameter.name)}, {"in", std::string(place)}};
    if (place == "path") result["required"] = true;
    result["description"] = text(parameter.about);
    result["schema"] = type_of(parameter.type, nullptr);
    return result;
}

Json DocumentWriter::problem_response() {
    return {{"description", chinese_ ? "RFC 9457 错误文档。" : "What went wrong, as an RFC 9457 problem."},
            {"content", {{std::string(problem_media_type), {{"schema", reference(schemas::problem)}}}}}};
}

Json DocumentWriter::responses_of(const Endpoint& endpoint) {
    Json responses = Json::object();
    for (const int status : endpoint.statuses) {
        Json media = Json::object();
        if (endpoint.output != nullptr) media["schema"] = reference(*endpoint.output);
        responses[std::to_string(status)] = {{"description", phrase(status)},
                                             {"content", {{std::string(endpoint.output_type), std::move(media)}}}};
    }
    responses["default"] = problem_response();
    return responses;
}

Json DocumentWriter::body_of(const Endpoint& endpoint) {
    Json media = Json::object();
    const bool json = endpoint.input_type == "application/json";
    if (endpoint.input != nullptr && json) media["schema"] = reference(*endpoint.input);
    if (!json) media["schema"] = {{"type", "string"}};
    if (!endpoint.input_example.empty())
        media["example"] = json ? Json::parse(endpoint.input_example) : Json(std::string(endpoint.input_example));
    return {{"required", endpoint.input_required}, {"content", {{std::string(endpoint.input_type), std::move(media)}}}};
}

Json DocumentWriter::operation_of(const Endpoint& endpoint) {
    Json operation{{"operationId", operation_id_of(endpoint)},
                   {"tags", Json::array({std::string(endpoint.group)})},
                   {"summary", text(endpoint.summary)}};
    if (!endpoint.about.en.empty()) operation["description"] = text(endpoint.about);
    Json parameters = Json::array();
    for (const Parameter& parameter : endpoint.path_parameters) parameters.push_back(parameter_of(parameter, "path"));
    for (const Parameter& parameter : endpoint.parameters) parameters.push_back(parameter_of(parameter, "query"));
    if (endpoint.method == Method::post)
        parameters.push_back({{"$ref", "#/components/parameters/IdempotencyKey"}});
    if (!parameters.empty()) operation["parameters"] = std::move(parameters);
    if (!endpoint.input_type.empty()) operation["requestBody"] = body_of(endpoint);
    operation["responses"] = responses_of(endpoint);
    if (endpoint.scope == Scope::member)
        operation["security"] = Json::array({{{"token", Json::array()}}});
    else if (endpoint.scope != Scope::none)
        operation["security"] = Json::array({{{"key", Json::array({std::string(name_of(endpoint.scope))})}}});
    return operation;
}

Json DocumentWriter::document(const std::vector<Endpoint>& endpoints) {
    Json paths = Json::object();
    for (const Endpoint& endpoint : endpoints) {
        const std::string method = endpoint.method == Method::post ? "post" : "get";
        paths[std::string(endpoint.path)][method] = operation_of(endpoint);
    }
    Json document{{"openapi", "3.1.0"}};
    document["info"] = {{"title", "Regulars"},
                        {"version", "1"},
                        {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}},
                        {"description", chinese_ ? "商店会员系统。金额以最小货币单位的整数表示；时间为 RFC 3339。"
                                                 : "The membership system of a shop. Amounts are whole numbers of the "
                                                   "currency's minor unit; times are RFC 3339."}};
    document["servers"] = Json::array({{{"url", "/"}}});
    document["paths"] = std::move(paths);
    Json schemas = Json::object();
    for (auto& [name, schema] : schemas_) schemas[name] = std::move(schema);
    document["components"]["schemas"] = std::move(schemas);
    document["components"]["parameters"]["IdempotencyKey"] = {
        {"name", "Idempotency-Key"},
        {"in", "header"},
        {"description", chinese_ ? "相同的键与相同内容返回已存的结果；内容不同则为 409。"
                                 : "The same key with the same body gives the stored answer (Idempotency-Replayed: "
                                   "true), with another body 409. Without effect where nothing is changed."},
        {"schema", {{"type", "string"}, {"maxLength", limits::key_size_max}}}};
    document["components"]["securitySchemes"]["key"] = {{"type", "http"}, {"scheme", "bearer"}};
    document["components"]["securitySchemes"]["token"] = {{"type", "http"}, {"scheme", "bearer"}};
    return document;
}

}  // namespace

std::string openapi_document(const std::vector<Endpoint>& endpoints, bool chinese) {
    return DocumentWriter(chinese).document(endpoints).dump();
}

std::string openapi_yaml(const std::vector<Endpoint>& endpoints) {
    return "# Generated from the endpoints' declarations by 'regulars openapi'; JSON is YAML.\n" +
           DocumentWriter(false).document(endpoints).dump(2) + "\n";
}

}  // namespace regulars::api
