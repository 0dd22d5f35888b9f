// Reading JSON exactly: every field of an object is asked for by name and type, and what was not asked for is a
// problem. The parser behind it is known to json_fields.cpp alone.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/event_json.hpp"

namespace regulars::service {

/// Where a value stands, as a chain up to the whole; made into text only when there is a problem to tell.
struct JsonPlace {
    const JsonPlace* parent = nullptr;
    std::string_view name;  ///< of a field
    std::size_t index = 0;  ///< of an element, where the name is empty

    [[nodiscard]] std::string pointer() const;
};

/// Collects problems up to json_problems_max.
class ProblemList {
public:
    void add(JsonProblem problem) {
        if (problems_.size() < json_problems_max) problems_.push_back(std::move(problem));
    }
    [[nodiscard]] JsonProblems take() { return std::move(problems_); }

private:
    JsonProblems problems_;
};

enum class Need : std::uint8_t { required, optional };

/// One object's fields. Getters give a neutral value where there is a problem, which they have told to the list.
class JsonFields {
public:
    /// Reads the fields of an object; `finish` is called afterwards.
    using Read = std::function<void(JsonFields&)>;

    static constexpr std::size_t fields_max = 32;

    ~JsonFields();
    JsonFields(const JsonFields&) = delete;
    JsonFields& operator=(const JsonFields&) = delete;

    /// The text lives as long as the reading of the whole.
    [[nodiscard]] std::string_view text(std::string_view name, std::size_t size_max, Need need);
    [[nodiscard]] std::optional<std::string> text_if(std::string_view name, std::size_t size_max);
    [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t min, std::int64_t max);
    [[nodiscard]] std::optional<std::int64_t> integer_if(std::string_view name, std::int64_t min, std::int64_t max);
    [[nodiscard]] bool boolean(std::string_view name, Need need);
    [[nodiscard]] std::optional<Instant> instant_if(std::string_view name, const Zone& zone);
    [[nodiscard]] std::optional<LocalDate> date_if(std::string_view name);
    [[nodiscard]] std::optional<std::vector<std::string>> texts_if(std::string_view name, std::size_t count_max,
                                                                   std::size_t size_max);
    /// An object of texts; empty where it is not there.
    [[nodiscard]] std::map<std::string, std::string> text_map(std::string_view name, std::size_t count_max,
                                                              std::size_t name_size_max, std::size_t size_max);
    [[nodiscard]] std::vector<std::int64_t> integers(std::string_view name, std::size_t count_max);
    /// Reads the object of that name; false when it is not there.
    bool object_if(std::string_view name, const Read& read);
    /// Reads each object of an array; how many there are, nothing when there is no such array.
    std::optional<std::size_t> objects(std::string_view name, std::size_t count_max, Need need, const Read& read);

    /// Whether there is such a field; counts as asked for.
    [[nodiscard]] bool has(std::string_view name);
    /// What stands there, for a message: "the number 1.5"; empty when it is not there.
    [[nodiscard]] std::string found(std::string_view name) const;
    void missing(std::string_view name);
    void problem(std::string_view name, JsonProblem::Code code, std::string message, std::string found = {},
                 std::string allowed = {}, std::string suggestion = {});
    /// Lets the fields that nobody asked for pass: there is a problem already that makes them unreadable.
    void ignore_rest() { readable_ = false; }

    /// Reads a whole text whose root is an object: what is wrong with it, empty when nothing is. Nesting goes
    /// `depth_max` deep.
    static JsonProblems read_all(std::string_view json, std::size_t size_max, const Read& read);
    static constexpr std::size_t depth_max = 16;

private:
    struct Content;  // the fields, in the parser's terms
    JsonFields(ProblemList& problems, const JsonPlace& place);
    static void read_object(ProblemList& problems, const JsonPlace& place, const void* element, const Read& read);
    void wrong_type(std::string_view name, std::string_view allowed);
    bool fits(std::string_view name, std::size_t count, std::size_t count_max);
    void finish();

    ProblemList& problems_;
    const JsonPlace& place_;
    std::unique_ptr<Content> content_;
    bool readable_ = false;
};

}  // namespace regulars::service
