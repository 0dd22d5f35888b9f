// The seal: how what tells of a person lies in a database that must not tell it to whoever gets hold of the files. One
// key file makes three keys that say nothing about one another: one seals, one hashes, one gives the key its name.
//
//     sealed = 00 53 01  name(4)  nonce(24)  ciphertext  tag(16)         bytes; no Protocol Buffers document begins so
//     text   = "sealed:" base64url of the same                           no JSON document begins so
//     hashed = name in 8 hex digits ":" base64url of 32 bytes            what people are found by
//
// It is XChaCha20-Poly1305 with a random nonce. The place where a value stands, with whose it is, goes into the tag, so
// that a sealed value put anywhere else does not open. Hashes are keyed BLAKE2b: the same value has the same hash, and
// without the key nobody can try all phone numbers through. Where each is used: store/sealed_columns.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace regulars::store {

inline constexpr std::size_t seal_key_bytes = 32;
/// The secret that everything follows from.
using SealKey = std::array<std::uint8_t, seal_key_bytes>;

/// Where a sealed value stands; it opens nowhere else.
struct SealedPlace {
    std::string_view column;     ///< "events.payload"
    std::uint64_t member = 0;
    std::uint64_t sequence = 0;
    std::string_view key{};      ///< of rows that are found by a text
};

class Seal {
public:
    explicit Seal(const SealKey& key);
    ~Seal();
    Seal(const Seal&) = delete;
    Seal& operator=(const Seal&) = delete;

    /// Eight hex digits that tell one key from another and help nobody to guess it.
    [[nodiscard]] const std::string& name() const { return name_; }

    [[nodiscard]] std::string seal(const SealedPlace& place, std::string_view plain) const;
    /// Nothing when the value is not sealed, or with another key, for another place, or was changed.
    [[nodiscard]] std::optional<std::string> open(const SealedPlace& place, std::string_view sealed) const;
    [[nodiscard]] std::string seal_text(const SealedPlace& place, std::string_view plain) const;
    [[nodiscard]] std::optional<std::string> open_text(const SealedPlace& place, std::string_view text) const;

    /// The same for the same column, kind and value, and for nothing else.
    [[nodiscard]] std::string hashed(std::string_view column, std::string_view kind, std::string_view value) const;

    /// Whether the value was sealed, or hashed, with this key.
    [[nodiscard]] bool made(std::string_view sealed) const;
    [[nodiscard]] bool made_text(std::string_view text) const;

private:
    SealKey sealing_{};
    SealKey hashing_{};
    std::string name_bytes_;
    std::string name_;
};

/// Whether the bytes, or the text, are sealed at all, whatever the key.
[[nodiscard]] bool is_sealed(std::string_view bytes);
[[nodiscard]] bool is_sealed_text(std::string_view text);

}  // namespace regulars::store
