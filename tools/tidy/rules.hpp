// The rules of the house as tables. To add a rule, add a row; to allow an exception, name the file and the reason.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace regulars::tidy {

using Names = std::span<const std::string_view>;

// --- Layers: who may include whom (ARCHITECTURE.md) ------------------------------------------------------------

struct Layer {
    std::string_view name;
    /// The pure ring knows no clock, no chance, no thread, no file and no network.
    bool pure = false;
    /// What it may include besides itself.
    Names may_include;
};

inline constexpr std::array<std::string_view, 1> below_rule = {"base"};
inline constexpr std::array<std::string_view, 2> below_programme = {"base", "rule"};
inline constexpr std::array<std::string_view, 3> below_engine = {"base", "rule", "programme"};
inline constexpr std::array<std::string_view, 4> below_backtest = {"base", "rule", "programme", "engine"};
inline constexpr std::array<std::string_view, 5> below_service = {"base", "rule", "programme", "engine", "backtest"};
inline constexpr std::array<std::string_view, 6> service_and_below = {"base",   "rule",     "programme",
                                                                      "engine", "backtest", "service"};
inline constexpr std::array<std::string_view, 8> all_but_server = {"base",     "rule",    "programme", "engine",
                                                                   "backtest", "service", "store",     "api"};

inline constexpr std::array layers = {
    Layer{"base", true, {}},
    Layer{"rule", true, below_rule},
    Layer{"programme", true, below_programme},
    Layer{"engine", true, below_engine},
    Layer{"backtest", true, below_backtest},
    Layer{"service", false, below_service},
    Layer{"store", false, service_and_below},
    Layer{"api", false, service_and_below},
    Layer{"server", false, all_but_server},
};

/// A folder inside a layer. What lies in the layer's own folder may be included by all of its rooms, and includes none
/// of them (exceptions below).
struct Room {
    /// "engine/orders".
    std::string_view path;
    /// Rooms that it may include besides itself.
    Names may_include;
};

inline constexpr std::array<std::string_view, 1> below_activities = {"engine/holdings"};
inline constexpr std::array<std::string_view, 2> below_friends = {"engine/holdings", "engine/activities"};
inline constexpr std::array<std::string_view, 2> below_pricing = below_friends;
inline constexpr std::array<std::string_view, 4> below_orders = {"engine/holdings", "engine/activities",
                                                                 "engine/friends", "engine/pricing"};
inline constexpr std::array<std::string_view, 5> below_people = {"engine/holdings", "engine/activities",
                                                                 "engine/friends", "engine/pricing", "engine/orders"};

inline constexpr std::array rooms = {
    Room{"programme/parse", {}},           Room{"programme/describe", {}},
    Room{"engine/holdings", {}},           Room{"engine/activities", below_activities},
    Room{"engine/friends", below_friends}, Room{"engine/pricing", below_pricing},
    Room{"engine/orders", below_orders},   Room{"engine/people", below_people},
};

/// Nothing in src may include what is made to test it.
inline constexpr std::array<std::string_view, 5> never_included_by_src = {"tests", "bench", "sim", "fuzz", "tools"};

// --- Headers and names that are banned ------------------------------------------------------------------------

enum class Where { pure_ring, own_headers };

/// A file or folder that may break one ban, and why.
struct Exception {
    std::string_view ban;
    std::string_view path_prefix;
    std::string_view reason;
};

struct HeaderBan {
    /// A header, or with a slash at its end all headers of a folder.
    std::string_view target;
    Where where = Where::pure_ring;
    std::string_view advice;
};

inline constexpr std::string_view time_advice = "time is an argument: take an Instant";
inline constexpr std::string_view thread_advice = "the pure ring runs on its caller's thread; service has threads";
inline constexpr std::string_view files_advice = "take text or a stream from the caller";
inline constexpr std::string_view outer_advice = "belongs to the outer layers";
inline constexpr std::string_view heavy_advice = "heavy header: only .cpp files of this layer may see it";

inline constexpr std::array header_bans = {
    HeaderBan{"chrono", Where::pure_ring, time_advice},
    HeaderBan{"ctime", Where::pure_ring, time_advice},
    HeaderBan{"time.h", Where::pure_ring, time_advice},
    HeaderBan{"sys/time.h", Where::pure_ring, time_advice},
    HeaderBan{"random", Where::pure_ring, "chance is an argument: take a seed from the event"},
    HeaderBan{"thread", Where::pure_ring, thread_advice},
    HeaderBan{"mutex", Where::pure_ring, thread_advice},
    HeaderBan{"shared_mutex", Where::pure_ring, thread_advice},
    HeaderBan{"condition_variable", Where::pure_ring, thread_advice},
    HeaderBan{"future", Where::pure_ring, thread_advice},
    HeaderBan{"iostream", Where::pure_ring, "return a value or a Diagnostic; printing belongs to server"},
    HeaderBan{"fstream", Where::pure_ring, files_advice},
    HeaderBan{"filesystem", Where::pure_ring, files_advice},
    HeaderBan{"locale", Where::pure_ring, "no locale may reach a result"},
    HeaderBan{"spdlog/", Where::pure_ring, "return a value; logging belongs to service and above"},
    HeaderBan{"boost/", Where::pure_ring, outer_advice},
    HeaderBan{"soci/", Where::pure_ring, outer_advice},
    HeaderBan{"sqlite3.h", Where::pure_ring, outer_advice},
    HeaderBan{"libpq-fe.h", Where::pure_ring, outer_advice},
    HeaderBan{"postgresql/", Where::pure_ring, outer_advice},
    HeaderBan{"openssl/", Where::pure_ring, outer_advice},
    HeaderBan{"curl/", Where::pure_ring, outer_advice},
    HeaderBan{"sys/socket.h", Where::pure_ring, outer_advice},
    HeaderBan{"google/protobuf/", Where::pure_ring, "stored shapes belong to store"},
    HeaderBan{"boost/", Where::own_headers, heavy_advice},
    HeaderBan{"nlohmann/", Where::own_headers, heavy_advice},
    HeaderBan{"yaml-cpp/", Where::own_headers, heavy_advice},
    HeaderBan{"soci/", Where::own_headers, heavy_advice},
    HeaderBan{"simdjson.h", Where::own_headers, heavy_advice},
    HeaderBan{"google/protobuf/", Where::own_headers, heavy_advice},
    HeaderBan{"prometheus/", Where::own_headers, heavy_advice},
    HeaderBan{"spdlog/", Where::own_headers, heavy_advice},
    HeaderBan{"CLI/", Where::own_headers, heavy_advice},
    HeaderBan{"date/", Where::own_headers, heavy_advice},
    HeaderBan{"regex", Where::own_headers, heavy_advice},
};

struct NameBan {
    /// A whole identifier in the code of the pure ring.
    std::string_view name;
    /// Banned only where this follows it ("(" for a call); empty: everywhere.
    std::string_view followed_by;
    std::string_view advice;
};

inline constexpr std::array name_bans = {
    NameBan{"system_clock", "", time_advice},
    NameBan{"steady_clock", "", time_advice},
    NameBan{"high_resolution_clock", "", time_advice},
    NameBan{"time", "(nullptr", time_advice},
    NameBan{"time", "(NULL", time_advice},
    NameBan{"time", "(0", time_advice},
    NameBan{"gettimeofday", "", time_advice},
    NameBan{"clock_gettime", "", time_advice},
    NameBan{"localtime", "", "use Zone"},
    NameBan{"gmtime", "", "use Zone"},
    NameBan{"mktime", "", "use Zone"},
    NameBan{"rand", "(", "chance is an argument: take a seed from the event"},
    NameBan{"srand", "", "chance is an argument: take a seed from the event"},
    NameBan{"random_device", "", "chance is an argument: take a seed from the event"},
    NameBan{"getenv", "", "settings are read by server and given as values"},
    NameBan{"setlocale", "", "no locale may reach a result"},
};

inline constexpr std::array exceptions = {
    Exception{"rooms", "src/engine/decide.cpp", "hands every fact to the room that decides it"},
    Exception{"rooms", "src/engine/advance.cpp", "hands what falls due to the room that does it"},
    Exception{"fstream", "src/backtest/", "reads order files and writes reports; the engine below it stays pure"},
    Exception{"filesystem", "src/backtest/", "reads order files and writes reports; the engine below it stays pure"},
    Exception{"chrono", "src/backtest/", "measures how long the engine took; no result depends on it"},
    Exception{"steady_clock", "src/backtest/", "measures how long the engine took; no result depends on it"},
};

// --- Words: one noun for one thing (the glossary in ARCHITECTURE.md) -------------------------------------------

struct WordBan {
    /// One word inside a name, in lower case: "level" is found in tier_level and TierLevel.
    std::string_view word;
    std::string_view advice;
    /// Prefixes of paths under src where the word has its other, right meaning.
    Names allowed_in;
};

inline constexpr std::array<std::string_view, 1> program_is_compiled_rule = {"src/rule/"};
inline constexpr std::array<std::string_view, 3> level_is_nesting_or_logging = {"src/rule/", "src/server/", "src/api/"};
/// The shop's own number of a person is an identity; the files of a backtest name it so.
inline constexpr std::array<std::string_view, 2> customer_is_an_identity = {"src/backtest/", "src/server/"};

inline constexpr std::array word_bans = {
    WordBan{"program", "write programme (British), so that it is never a computer program", program_is_compiled_rule},
    WordBan{"level", "write tier", level_is_nesting_or_logging},
    WordBan{"customer", "write member; the shop's own number is an identity", customer_is_an_identity},
    WordBan{"voucher", "write coupon", {}},
    WordBan{"user", "write member or operator", {}},
};

// --- Sizes -----------------------------------------------------------------------------------------------------

inline constexpr std::size_t file_lines_max = 500;
inline constexpr std::size_t function_lines_max = 70;
inline constexpr std::size_t line_characters_max = 120;  // as in .clang-format

// --- Looking up ------------------------------------------------------------------------------------------------

/// Null when there is no such layer.
[[nodiscard]] const Layer* layer_named(std::string_view name);
/// The room of src that a file lies in; null when it lies in none.
[[nodiscard]] const Room* room_of(std::string_view path_in_src);
/// Whether the file at `path` may break the ban on `ban`.
[[nodiscard]] bool is_excepted(std::string_view ban, std::string_view path);

}  // namespace regulars::tidy
