// API keys: made here, shown once, kept as hashes in the database. A running server notices changes within seconds.
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "api/keys.hpp"
#include "api/limits.hpp"
#include "api/text.hpp"
#include "server/database.hpp"
#include "server/subcommands.hpp"
#include "server/terminal.hpp"

namespace regulars::server {

namespace {

constexpr std::size_t name_size_max = 100;

struct KeyOptions {
    DatabasePlace db;
    std::string name;
    std::string scope = "read";
    std::string id;
    bool json = false;
};

std::optional<api::KeyRing> load_ring(service::Store& store, const std::string& url) {
    const auto stored = store.setting(api::api_keys_setting);
    if (!stored) {
        print_error(sentence_of(stored.error(), url));
        return std::nullopt;
    }
    if (!*stored) return api::KeyRing();
    auto ring = api::KeyRing::parse(**stored);
    if (!ring) print_error("the stored API keys cannot be read: the setting 'api_keys' is damaged.");
    return ring;
}

bool save_ring(service::Store& store, const api::KeyRing& ring, const std::string& url) {
    const auto saved = store.set_setting(api::api_keys_setting, ring.text());
    if (!saved) print_error(sentence_of(saved.error(), url));
    return saved.has_value();
}

nlohmann::ordered_json json_of(const api::ApiKey& key) {
    return {{"id", key.id},
            {"name", key.name},
            {"scope", std::string(api::name_of(key.scope))},
            {"created_at", text_of(key.created_at)}};
}

int create(const KeyOptions& options) {
    const auto scope = api::scope_of(options.scope);
    const bool fits = !options.name.empty() && options.name.size() <= name_size_max && api::is_utf8(options.name);
    if (!scope || !fits) {
        print_error(fmt::format("--name must be a text of 1 to {} bytes.", name_size_max));
        return exit_usage;
    }
    const auto store = open_or_explain(options.db);
    if (store == nullptr) return exit_failed;
    auto ring = load_ring(*store, options.db.url);
    if (!ring) return exit_failed;
    if (ring->keys().size() >= api::limits::api_keys_max) {
        print_error(fmt::format("there are {} keys already: revoke some first.", ring->keys().size()));
        return exit_failed;
    }
    const api::NewApiKey made = api::make_api_key(options.name, *scope, make_clock(std::nullopt)());
    ring->add(made.key);
    if (!save_ring(*store, *ring, options.db.url)) return exit_failed;
    if (options.json) {
        auto document = json_of(made.key);
        document["key"] = made.text;
        fmt::print("{}\n", document.dump(2));
        return exit_done;
    }
    fmt::print("{}\n", made.text);
    fmt::print(stderr, "This is the only time the key is shown. Send it as 'Authorization: Bearer KEY'.\n"
                       "Its id, for 'regulars key revoke', is {}.\n", made.key.id);
    return exit_done;
}

int list(const KeyOptions& options) {
    const auto store = open_or_explain(options.db);
    const auto ring = store == nullptr ? std::nullopt : load_ring(*store, options.db.url);
    if (!ring) return exit_failed;
    if (options.json) {
        auto document = nlohmann::ordered_json::array();
        for (const api::ApiKey& key : ring->keys()) document.push_back(json_of(key));
        fmt::print("{}\n", document.dump(2));
        return exit_done;
    }
    for (const api::ApiKey& key : ring->keys())
        fmt::print("{}  {:5}  {}  {}\n", key.id, api::name_of(key.scope), text_of(key.created_at), key.name);
    if (ring->keys().empty()) fmt::print(stderr, "There is no key yet; 'regulars key create' makes one.\n");
    return exit_done;
}

int revoke(const KeyOptions& options) {
    const auto store = open_or_explain(options.db);
    auto ring = store == nullptr ? std::nullopt : load_ring(*store, options.db.url);
    if (!ring) return exit_failed;
    if (!ring->remove(options.id)) {
        print_error(fmt::format("there is no key with the id {}: 'regulars key list' shows them.", options.id));
        return exit_failed;
    }
    if (!save_ring(*store, *ring, options.db.url)) return exit_failed;
    fmt::print("Key {} is revoked; a running server refuses it within {} seconds.\n", options.id,
               api::limits::keys_refresh.count());
    return exit_done;
}

}  // namespace

void add_key(CLI::App& app, Run& run) {
    auto options = std::make_shared<KeyOptions>();
    CLI::App* const command = app.add_subcommand("key", "API keys of a database");
    command->require_subcommand(1);
    command->footer("Example:\n  regulars key create --db sqlite:shop.db --name web-shop --scope write");
    const auto add = [&](const char* name, const char* about, int (*action)(const KeyOptions&)) {
        CLI::App* const made = command->add_subcommand(name, about);
        add_database(*made, options->db)->required();
        made->callback([options, action, &run] { run = [options, action] { return action(*options); }; });
        return made;
    };
    CLI::App* const made = add("create", "Make a key and show it once", create);
    made->add_option("--name", options->name, "Whose key it is, for people")->required();
    made->add_option("--scope", options->scope, "What it may do; each includes the ones before it")
        ->check(CLI::IsMember({"enrol", "read", "write", "admin"}))
        ->required();
    made->add_flag("--json", options->json, "The key as JSON");
    add("list", "Show the keys that there are", list)->add_flag("--json", options->json, "The keys as JSON");
    add("revoke", "Take a key back", revoke)->add_option("--id", options->id, "The key's id")->required();
}

}  // namespace regulars::server
