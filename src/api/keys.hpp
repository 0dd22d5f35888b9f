// API keys. A key is shown once, when it is made; kept is a hash of it. A key is 256 random bits, so a fast hash is
// enough, and comparison takes the same time whatever is wrong.
//
//   key     = "rg_" id "_" secret        id: 12 hex digits; secret: 32 bytes in base64url without padding
//   stored  = [{"id","name","scope","hash","created_at"}]   as the setting "api_keys"; hash: SHA-256 of the key, hex
//
// A key for enrolment has a "token_secret" besides, which nobody is ever shown: as many know the key, what it hashes to
// cannot sign members' tokens.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/endpoint.hpp"
#include "base/time.hpp"

namespace regulars::api {

/// The setting that holds the keys.
inline constexpr std::string_view api_keys_setting = "api_keys";

struct ApiKey {
    std::string id;
    std::string name;
    Scope scope = Scope::read;
    std::string hash;
    Instant created_at;
    std::string token_secret{};  ///< hex; for enrol only
    friend bool operator==(const ApiKey&, const ApiKey&) = default;
};

struct NewApiKey {
    ApiKey key;
    std::string text;  ///< to be shown once
};

[[nodiscard]] NewApiKey make_api_key(std::string name, Scope scope, Instant now);

/// "enrol", "read", "write" or "admin".
[[nodiscard]] std::optional<Scope> scope_of(std::string_view name);

class KeyRing {
public:
    KeyRing() = default;
    explicit KeyRing(std::vector<ApiKey> keys) : keys_(std::move(keys)) {}
    /// Reads the stored form; nothing when it cannot be read.
    static std::optional<KeyRing> parse(std::string_view json);
    [[nodiscard]] std::string text() const;

    [[nodiscard]] const std::vector<ApiKey>& keys() const { return keys_; }
    void add(ApiKey key) { keys_.push_back(std::move(key)); }
    /// By id; false when there is none.
    bool remove(std::string_view id);
    /// By id, or null.
    [[nodiscard]] const ApiKey* find_id(std::string_view id) const;
    /// The key that `text` is, or null.
    [[nodiscard]] const ApiKey* find(std::string_view text) const;

private:
    std::vector<ApiKey> keys_;
};

}  // namespace regulars::api
