#include "api/keys.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>
#include <sodium.h>

#include "api/limits.hpp"
#include "base/check.hpp"

namespace regulars::api {

namespace {

constexpr std::string_view prefix = "rg_";
constexpr std::size_t id_size = 12;
constexpr std::size_t secret_bytes = 32;

std::string hex(const unsigned char* bytes, std::size_t size) {
    std::string text(size * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, size);
    text.pop_back();
    return text;
}

std::string random_hex(std::size_t digits) {
    std::string bytes(digits / 2, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return hex(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string random_secret() {
    std::array<unsigned char, secret_bytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::string text(sodium_base64_encoded_len(secret_bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.pop_back();
    return text;
}

std::string hash_of(std::string_view text) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
    return hex(digest.data(), digest.size());
}

std::optional<ApiKey> parse_key(const nlohmann::json& item) {
    ApiKey key;
    const auto text = [&item](const char* name) {
        const auto found = item.find(name);
        return found != item.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (!item.is_object()) return std::nullopt;
    const auto scope = scope_of(text("scope"));
    const auto created_at = parse_instant(text("created_at"), Zone());
    key.id = text("id");
    key.name = text("name");
    key.hash = text("hash");
    if (!scope || !created_at || key.id.size() != id_size || key.hash.size() != crypto_hash_sha256_BYTES * 2)
        return std::nullopt;
    key.scope = *scope;
    key.created_at = *created_at;
    key.token_secret = text("token_secret");
    if (key.scope == Scope::enrol && key.token_secret.size() != secret_bytes * 2) return std::nullopt;
    return key;
}

}  // namespace

NewApiKey make_api_key(std::string name, Scope scope, Instant now) {
    check(sodium_init() >= 0, "libsodium starts");
    NewApiKey made;
    made.key.id = random_hex(id_size);
    made.text = std::string(prefix) + made.key.id + "_" + random_secret();
    made.key.name = std::move(name);
    made.key.scope = scope;
    made.key.hash = hash_of(made.text);
    made.key.created_at = now;
    if (scope == Scope::enrol) made.key.token_secret = random_hex(secret_bytes * 2);
    return made;
}

std::optional<Scope> scope_of(std::string_view name) {
    for (const Scope scope : {Scope::enrol, Scope::read, Scope::write, Scope::admin})
        if (name_of(scope) == name) return scope;
    return std::nullopt;
}

std::optional<KeyRing> KeyRing::parse(std::string_view json) {
    const auto document = nlohmann::json::parse(json, nullptr, false);
    if (!document.is_array() || document.size() > limits::api_keys_max) return std::nullopt;
    KeyRing ring;
    for (const auto& item : document) {
        auto key = parse_key(item);
        if (!key) return std::nullopt;
        ring.add(std::move(*key));
    }
    return ring;
}

std::string KeyRing::text() const {
    auto document = nlohmann::json::array();
    for (const ApiKey& key : keys_) {
        document.push_back({{"id", key.id},
                            {"name", key.name},
                            {"scope", std::string(name_of(key.scope))},
                            {"hash", key.hash},
                            {"created_at", text_of(key.created_at)}});
        if (!key.token_secret.empty()) document.back()["token_secret"] = key.token_secret;
    }
    return document.dump();
}

bool KeyRing::remove(std::string_view id) {
    return std::erase_if(keys_, [id](const ApiKey& key) { return key.id == id; }) > 0;
}

const ApiKey* KeyRing::find_id(std::string_view id) const {
    const auto found = std::ranges::find(keys_, id, &ApiKey::id);
    return found == keys_.end() ? nullptr : &*found;
}

const ApiKey* KeyRing::find(std::string_view text) const {
    if (!text.starts_with(prefix) || text.size() < prefix.size() + id_size || text.size() > 128) return nullptr;
    const std::string_view id = text.substr(prefix.size(), id_size);
    const auto found = std::ranges::find(keys_, id, &ApiKey::id);
    const std::string hash = hash_of(text);
    if (found == keys_.end() || found->hash.size() != hash.size()) return nullptr;
    return sodium_memcmp(found->hash.data(), hash.data(), hash.size()) == 0 ? &*found : nullptr;
}

}  // namespace regulars::api
