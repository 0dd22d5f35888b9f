#include "service/json_fields.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <simdjson.h>

#include "base/check.hpp"
#include "base/nearest.hpp"
#include "service/json_fault.hpp"

namespace regulars::service {

using simdjson::dom::element;
using simdjson::dom::element_type;

struct JsonFields::Content {
    struct Field {
        std::string_view name;
        element value;
        bool asked = false;
    };
    std::array<Field, fields_max> fields;
    std::size_t count = 0;
    std::array<std::string_view, fields_max> known;  ///< asked for, whether there or not
    std::size_t known_count = 0;

    Field* find(std::string_view name) {
        for (std::size_t i = 0; i < count; ++i)
            if (fields[i].name == name) return &fields[i];
        return nullptr;
    }
    const element* ask(std::string_view name) {
        check(known_count < fields_max, "an object is asked for at most so many fields");
        known[known_count++] = name;
        Field* const field = find(name);
        if (field == nullptr) return nullptr;
        field->asked = true;
        return &field->value;
    }
};

std::string JsonPlace::pointer() const {
    std::string text = parent == nullptr ? std::string() : parent->pointer();
    if (parent == nullptr && name.empty()) return text;
    text += '/';
    if (name.empty()) return text + std::to_string(index);
    for (const char c : name.substr(0, 100)) {
        if (c == '~') text += "~0";
        else if (c == '/') text += "~1";
        else text += c;
    }
    return text;
}

namespace {

// "the number 1.5", "the text \"abc\"", cut to a readable length.
std::string describe(element value) {
    constexpr std::size_t shown_max = 40;
    switch (value.type()) {
        case element_type::ARRAY: return "an array";
        case element_type::OBJECT: return "an object";
        case element_type::STRING: {
            std::string_view text = value.get_string().value_unsafe();
            if (text.size() <= shown_max) return "the text \"" + std::string(text) + "\"";
            std::size_t end = shown_max;
            while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
            return "the text \"" + std::string(text.substr(0, end)) + "...\"";
        }
        case element_type::BOOL: return value.get_bool().value_unsafe() ? "true" : "false";
        case element_type::NULL_VALUE: return "null";
        case element_type::INT64:
        case element_type::UINT64:
        case element_type::DOUBLE: return "the number " + simdjson::minify(value);
    }
    check_failed("a JSON value has a type");
}

void not_a_text(ProblemList& problems, const JsonPlace& place, element value) {
    problems.add({JsonProblem::Code::wrong_type, place.pointer(), "this must be a text", describe(value), "text", {}});
}

// Within its size and without U+0000; tells the list where not.
bool text_is_fine(ProblemList& problems, const JsonPlace& place, std::string_view text, std::size_t size_max) {
    if (text.size() > size_max) {
        problems.add({JsonProblem::Code::too_large, place.pointer(), "the text is too long",
                      std::to_string(text.size()) + " bytes", "at most " + std::to_string(size_max) + " bytes", {}});
        return false;
    }
    if (text.find('\0') != std::string_view::npos) {
        problems.add({JsonProblem::Code::invalid_value, place.pointer(), "a text cannot hold the character U+0000",
                      "U+0000", {}, {}});
        return false;
    }
    return true;
}

}  // namespace

JsonProblems JsonFields::read_all(std::string_view json, std::size_t size_max, const Read& read) {
    using Code = JsonProblem::Code;
    const auto only = [](Code code, std::string message, std::string found, std::string allowed) {
        return JsonProblems{{code, {}, std::move(message), std::move(found), std::move(allowed), {}}};
    };
    if (json.size() > size_max)
        return only(Code::too_large, "the text is too large", std::to_string(json.size()) + " bytes",
                    "at most " + std::to_string(size_max) + " bytes");
    // Kept for its buffers only; nothing read from it outlives the call.
    thread_local simdjson::dom::parser parser;
    thread_local const auto prepared = parser.allocate(16 << 10, depth_max);
    if (prepared != simdjson::SUCCESS) return only(Code::too_large, "there is no memory to read the text in", {}, {});
    element root;
    const auto error = parser.parse(json.data(), json.size()).get(root);
    if (error == simdjson::DEPTH_ERROR)
        return only(Code::too_large, "the text is nested too deeply", {}, std::to_string(depth_max) + " levels");
    if (error != simdjson::SUCCESS) {
        const std::string place = place_of_json_fault(json);
        return only(Code::malformed, place.empty() ? "this is not JSON" : "this is not JSON: " + place,
                    simdjson::error_message(error), {});
    }
    ProblemList problems;
    read_object(problems, JsonPlace(), &root, read);
    return problems.take();
}

JsonFields::JsonFields(ProblemList& problems, const JsonPlace& place)
    : problems_(problems), place_(place), content_(std::make_unique<Content>()) {}

JsonFields::~JsonFields() = default;

void JsonFields::read_object(ProblemList& problems, const JsonPlace& place, const void* element_address,
                             const Read& read) {
    const element value = *static_cast<const element*>(element_address);
    simdjson::dom::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) {
        problems.add({JsonProblem::Code::wrong_type, place.pointer(), "this must be an object", describe(value),
                      "an object", {}});
        return;
    }
    JsonFields fields(problems, place);
    Content& content = *fields.content_;
    for (const auto field : object) {
        if (content.count == fields_max) {
            problems.add({JsonProblem::Code::too_large, place.pointer(), "the object has too many fields", {},
                          "at most " + std::to_string(fields_max), {}});
            return;
        }
        if (content.find(field.key) != nullptr)
            fields.problem(field.key, JsonProblem::Code::repeated_field, "the field is there twice");
        content.fields[content.count++] = {field.key, field.value, false};
    }
    fields.readable_ = true;
    read(fields);
    fields.finish();
}

bool JsonFields::has(std::string_view name) { return content_->ask(name) != nullptr; }

std::string JsonFields::found(std::string_view name) const {
    const Content::Field* const field = content_->find(name);
    return field == nullptr ? std::string() : describe(field->value);
}

void JsonFields::missing(std::string_view name) {
    problem(name, JsonProblem::Code::missing_field, "the field is missing");
}

void JsonFields::problem(std::string_view name, JsonProblem::Code code, std::string message, std::string found,
                         std::string allowed, std::string suggestion) {
    problems_.add({code, JsonPlace{&place_, name, 0}.pointer(), std::move(message), std::move(found),
                   std::move(allowed), std::move(suggestion)});
}

void JsonFields::wrong_type(std::string_view name, std::string_view allowed) {
    problem(name, JsonProblem::Code::wrong_type, "the field has the wrong type", found(name), std::string(allowed));
}

std::string_view JsonFields::text(std::string_view name, std::size_t size_max, Need need) {
    const element* const value = content_->ask(name);
    if (value == nullptr) {
        if (need == Need::required) missing(name);
        return {};
    }
    std::string_view text;
    if (value->get_string().get(text) != simdjson::SUCCESS) {
        wrong_type(name, "text");
        return {};
    }
    return text_is_fine(problems_, JsonPlace{&place_, name, 0}, text, size_max) ? text : std::string_view();
}

std::optional<std::string> JsonFields::text_if(std::string_view name, std::size_t size_max) {
    const std::string_view value = text(name, size_max, Need::optional);
    // A view of the parser's text where it is one, be it empty; none at all after a problem.
    return value.data() != nullptr ? std::optional(std::string(value)) : std::nullopt;
}

std::optional<std::int64_t> JsonFields::integer_if(std::string_view name, std::int64_t min, std::int64_t max) {
    const element* const value = content_->ask(name);
    if (value == nullptr) return std::nullopt;
    const auto type = value->type();
    if (type != element_type::INT64 && type != element_type::UINT64) {
        wrong_type(name, "a whole number");
        return std::nullopt;
    }
    std::int64_t number = 0;
    if (value->get_int64().get(number) != simdjson::SUCCESS || number < min || number > max) {
        problem(name, JsonProblem::Code::out_of_range, "the number is out of range", describe(*value),
                std::to_string(min) + " to " + std::to_string(max));
        return std::nullopt;
    }
    return number;
}

std::int64_t JsonFields::integer(std::string_view name, std::int64_t min, std::int64_t max) {
    if (content_->find(name) == nullptr) missing(name);
    return integer_if(name, min, max).value_or(0);
}

bool JsonFields::boolean(std::string_view name, Need need) {
    const element* const value = content_->ask(name);
    bool flag = false;
    if (value == nullptr) {
        if (need == Need::required) missing(name);
    } else if (value->get_bool().get(flag) != simdjson::SUCCESS) {
        wrong_type(name, "true or false");
    }
    return flag;
}

std::optional<Instant> JsonFields::instant_if(std::string_view name, const Zone& zone) {
    const element* const value = content_->ask(name);
    if (value == nullptr) return std::nullopt;
    constexpr std::string_view allowed =
        "an instant from 1900 to 2200 such as \"2026-11-22T13:03:00+08:00\", or local time without an offset";
    std::string_view text;
    if (value->get_string().get(text) != simdjson::SUCCESS) {
        wrong_type(name, allowed);
        return std::nullopt;
    }
    const auto instant = parse_instant(text, zone);
    if (!instant)
        problem(name, JsonProblem::Code::invalid_value, "this is not an instant", describe(*value),
                std::string(allowed));
    return instant;
}

std::optional<LocalDate> JsonFields::date_if(std::string_view name) {
    const element* const value = content_->ask(name);
    if (value == nullptr) return std::nullopt;
    constexpr std::string_view allowed = "a date from 1900 to 2200 such as \"2026-11-22\"";
    std::string_view text;
    if (value->get_string().get(text) != simdjson::SUCCESS) {
        wrong_type(name, allowed);
        return std::nullopt;
    }
    const auto date = parse_date(text);
    if (!date)
        problem(name, JsonProblem::Code::invalid_value, "this is not a date", describe(*value), std::string(allowed));
    return date;
}

bool JsonFields::fits(std::string_view name, std::size_t count, std::size_t count_max) {
    // simdjson counts up to 0xFFFFFF exactly and saturates there, far beyond every limit of ours.
    if (count <= count_max) return true;
    problem(name, JsonProblem::Code::too_large, "there are too many elements", std::to_string(count),
            "at most " + std::to_string(count_max));
    return false;
}

std::optional<std::vector<std::string>> JsonFields::texts_if(std::string_view name, std::size_t count_max,
                                                             std::size_t size_max) {
    const element* const value = content_->ask(name);
    if (value == nullptr) return std::nullopt;
    simdjson::dom::array elements;
    if (value->get_array().get(elements) != simdjson::SUCCESS) {
        wrong_type(name, "an array of texts");
        return std::nullopt;
    }
    if (!fits(name, elements.size(), count_max)) return std::nullopt;
    const JsonPlace place{&place_, name, 0};
    std::vector<std::string> texts;
    for (const element one : elements) {
        const JsonPlace at{&place, {}, texts.size()};
        std::string_view text;
        if (one.get_string().get(text) != simdjson::SUCCESS)
            not_a_text(problems_, at, one);
        else
            static_cast<void>(text_is_fine(problems_, at, text, size_max));
        texts.emplace_back(text);
    }
    return texts;
}

std::map<std::string, std::string> JsonFields::text_map(std::string_view name, std::size_t count_max,
                                                        std::size_t name_size_max, std::size_t size_max) {
    std::map<std::string, std::string> texts;
    const element* const value = content_->ask(name);
    if (value == nullptr) return texts;
    simdjson::dom::object object;
    if (value->get_object().get(object) != simdjson::SUCCESS) {
        wrong_type(name, "an object of texts");
        return texts;
    }
    if (!fits(name, object.size(), count_max)) return texts;
    const JsonPlace place{&place_, name, 0};
    for (const auto field : object) {
        const JsonPlace at{&place, field.key, 0};
        std::string_view text;
        if (field.value.get_string().get(text) != simdjson::SUCCESS)
            not_a_text(problems_, at, field.value);
        else if (text_is_fine(problems_, at, field.key, name_size_max) &&
                 text_is_fine(problems_, at, text, size_max) && !texts.emplace(field.key, text).second)
            problems_.add({JsonProblem::Code::repeated_field, at.pointer(), "the field is there twice", {}, {}, {}});
    }
    return texts;
}

std::vector<std::int64_t> JsonFields::integers(std::string_view name, std::size_t count_max) {
    std::vector<std::int64_t> numbers;
    const element* const value = content_->ask(name);
    if (value == nullptr) {
        missing(name);
        return numbers;
    }
    simdjson::dom::array elements;
    if (value->get_array().get(elements) != simdjson::SUCCESS) {
        wrong_type(name, "an array of whole numbers");
        return numbers;
    }
    if (!fits(name, elements.size(), count_max)) return numbers;
    const JsonPlace place{&place_, name, 0};
    for (const element one : elements) {
        std::int64_t number = 0;
        if (one.get_int64().get(number) != simdjson::SUCCESS)
            problems_.add({JsonProblem::Code::wrong_type, JsonPlace{&place, {}, numbers.size()}.pointer(),
                           "this must be a whole number", describe(one), "a whole number", {}});
        numbers.push_back(number);
    }
    return numbers;
}

bool JsonFields::object_if(std::string_view name, const Read& read) {
    const element* const value = content_->ask(name);
    if (value == nullptr) return false;
    read_object(problems_, JsonPlace{&place_, name, 0}, value, read);
    return true;
}

std::optional<std::size_t> JsonFields::objects(std::string_view name, std::size_t count_max, Need need,
                                               const Read& read) {
    const element* const value = content_->ask(name);
    if (value == nullptr) {
        if (need == Need::required) missing(name);
        return std::nullopt;
    }
    simdjson::dom::array elements;
    if (value->get_array().get(elements) != simdjson::SUCCESS) {
        wrong_type(name, "an array of objects");
        return std::nullopt;
    }
    if (!fits(name, elements.size(), count_max)) return std::nullopt;
    const JsonPlace place{&place_, name, 0};
    std::size_t count = 0;
    for (const element one : elements) read_object(problems_, JsonPlace{&place, {}, count++}, &one, read);
    return count;
}

void JsonFields::finish() {
    if (!readable_) return;
    const std::span<const std::string_view> known(content_->known.data(), content_->known_count);
    for (std::size_t i = 0; i < content_->count; ++i) {
        const Content::Field& field = content_->fields[i];
        if (field.asked) continue;
        // A repeated field has been told of already; its second appearance is not asked for either.
        if (std::find(known.begin(), known.end(), field.name) != known.end()) continue;
        std::string allowed;
        for (std::size_t k = 0; k < known.size(); ++k) {
            // Some are asked for more than once.
            const auto before = known.first(k);
            if (std::find(before.begin(), before.end(), known[k]) != before.end()) continue;
            allowed += (allowed.empty() ? "" : ", ") + std::string(known[k]);
        }
        problem(field.name, JsonProblem::Code::unknown_field, "there is no such field", {}, std::move(allowed),
                nearest(field.name, known).value_or(""));
    }
}

}  // namespace regulars::service
