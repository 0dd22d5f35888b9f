#include "store/seal.hpp"

#include "base/check.hpp"

#include <sodium.h>

#include <algorithm>

namespace regulars::store {

namespace {

constexpr std::string_view beginning("\0S\1", 3);
constexpr std::size_t name_size = 4;
constexpr std::size_t head_size = beginning.size() + name_size;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::string_view text_beginning = "sealed:";
constexpr auto base64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

/// Numbers of the keys that follow from the one in the file; they never change.
enum class Purpose : std::uint64_t { sealing = 1, hashing = 2, name = 3 };
constexpr const char* derivation_context = "Regulars";
static_assert(crypto_kdf_CONTEXTBYTES == 8 && crypto_kdf_KEYBYTES == seal_key_bytes);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == seal_key_bytes);

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

SealKey derived(const SealKey& key, Purpose purpose) {
    SealKey result{};
    crypto_kdf_derive_from_key(result.data(), result.size(), static_cast<std::uint64_t>(purpose), derivation_context,
                               key.data());
    return result;
}

void append_number(std::string& to, std::uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) to += static_cast<char>(static_cast<unsigned char>(value >> shift));
}

// With its length before it, so that no two lists of parts give the same bytes.
void append_part(std::string& to, std::string_view part) {
    append_number(to, part.size());
    to += part;
}

std::string bound_to(const SealedPlace& place, std::string_view head) {
    std::string text;
    text.reserve(head.size() + place.column.size() + place.key.size() + 32);
    text += head;
    append_part(text, place.column);
    append_number(text, place.member);
    append_number(text, place.sequence);
    append_part(text, place.key);
    return text;
}

std::string base64_of(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), base64), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), base64);
    text.pop_back();
    return text;
}

std::optional<std::string> bytes_of_base64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(bytes_of(bytes), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr, base64) !=
        0)
        return std::nullopt;
    bytes.resize(size);
    return bytes;
}

}  // namespace

Seal::Seal(const SealKey& key) {
    check(sodium_init() >= 0, "libsodium starts");
    sealing_ = derived(key, Purpose::sealing);
    hashing_ = derived(key, Purpose::hashing);
    const SealKey named = derived(key, Purpose::name);
    name_bytes_.assign(named.begin(), named.begin() + name_size);
    name_.resize(name_size * 2 + 1);
    sodium_bin2hex(name_.data(), name_.size(), bytes_of(name_bytes_), name_size);
    name_.pop_back();
}

Seal::~Seal() {
    sodium_memzero(sealing_.data(), sealing_.size());
    sodium_memzero(hashing_.data(), hashing_.size());
}

std::string Seal::seal(const SealedPlace& place, std::string_view plain) const {
    std::string sealed;
    sealed.reserve(head_size + nonce_size + plain.size() + tag_size);
    sealed.append(beginning).append(name_bytes_);
    const std::string bound = bound_to(place, sealed);
    sealed.resize(head_size + nonce_size + plain.size() + tag_size);
    unsigned char* const nonce = bytes_of(sealed) + head_size;
    randombytes_buf(nonce, nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_size, nullptr, bytes_of(plain), plain.size(),
                                               bytes_of(bound), bound.size(), nullptr, nonce, sealing_.data());
    return sealed;
}

std::optional<std::string> Seal::open(const SealedPlace& place, std::string_view sealed) const {
    if (!made(sealed) || sealed.size() < head_size + nonce_size + tag_size) return std::nullopt;
    const std::string bound = bound_to(place, sealed.substr(0, head_size));
    const std::string_view nonce = sealed.substr(head_size, nonce_size);
    const std::string_view body = sealed.substr(head_size + nonce_size);
    std::string plain(body.size() - tag_size, '\0');
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes_of(plain), nullptr, nullptr, bytes_of(body), body.size(), bytes_of(bound), bound.size(), bytes_of(nonce),
        sealing_.data());
    return opened == 0 ? std::optional(std::move(plain)) : std::nullopt;
}

std::string Seal::seal_text(const SealedPlace& place, std::string_view plain) const {
    return std::string(text_beginning) + base64_of(seal(place, plain));
}

std::optional<std::string> Seal::open_text(const SealedPlace& place, std::string_view text) const {
    if (!is_sealed_text(text)) return std::nullopt;
    const auto sealed = bytes_of_base64(text.substr(text_beginning.size()));
    return sealed ? open(place, *sealed) : std::nullopt;
}

std::string Seal::hashed(std::string_view column, std::string_view kind, std::string_view value) const {
    std::string input;
    append_part(input, column);
    append_part(input, kind);
    append_part(input, value);
    std::string digest(crypto_generichash_BYTES, '\0');
    crypto_generichash(bytes_of(digest), digest.size(), bytes_of(input), input.size(), hashing_.data(),
                       hashing_.size());
    return name_ + ":" + base64_of(digest);
}

bool Seal::made(std::string_view sealed) const {
    return is_sealed(sealed) && sealed.substr(beginning.size()).starts_with(name_bytes_);
}

bool Seal::made_text(std::string_view text) const {
    if (!is_sealed_text(text)) return false;
    const auto sealed = bytes_of_base64(text.substr(text_beginning.size()));
    return sealed && made(*sealed);
}

bool is_sealed(std::string_view bytes) {
    return bytes.starts_with(beginning);
}

bool is_sealed_text(std::string_view text) {
    return text.starts_with(text_beginning);
}

}  // namespace regulars::store
