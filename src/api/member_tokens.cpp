#include "api/member_tokens.hpp"

#include <sodium.h>

#include <array>
#include <charconv>

namespace regulars::api {

namespace {

constexpr std::size_t token_size_max = 160;
constexpr auto base64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

using Mac = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

Mac mac_of(std::string_view text, std::string_view secret) {
    Mac mac{};
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    crypto_auth_hmacsha256_final(&state, mac.data());
    return mac;
}

std::string mac_text(std::string_view body, std::string_view secret) {
    const Mac mac = mac_of(body, secret);
    std::string text(sodium_base64_encoded_len(mac.size(), base64), '\0');
    sodium_bin2base64(text.data(), text.size(), mac.data(), mac.size(), base64);
    text.pop_back();
    return text;
}

// The next part up to a "_"; the rest stays in `text`.
std::string_view next_part(std::string_view& text) {
    const auto end = std::min(text.find('_'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number > 0;
}

// Where the signature begins: it may hold "_" itself, so the parts before it are counted.
std::size_t body_size(std::string_view text) {
    std::size_t at = 0;
    for (int part = 0; part < 4 && at != std::string_view::npos; ++part) at = text.find('_', at) + 1;
    return at;
}

}  // namespace

std::string sign(const MemberToken& token, std::string_view secret) {
    std::string body = std::string(member_token_prefix) + token.key_id + "_" + std::to_string(token.member.value) +
                       "_" + std::to_string(token.ends_at.ms / ms_per_second) + "_";
    return body + mac_text(body, secret);
}

std::optional<MemberToken> read_token(std::string_view text) {
    if (text.size() > token_size_max || !text.starts_with(member_token_prefix)) return std::nullopt;
    text.remove_prefix(member_token_prefix.size());
    MemberToken token;
    token.key_id = next_part(text);
    std::int64_t seconds = 0;
    if (!read_number(next_part(text), token.member.value) || !read_number(next_part(text), seconds))
        return std::nullopt;
    if (seconds > instant_max.ms / ms_per_second || text.empty()) return std::nullopt;
    token.ends_at = Instant{seconds * ms_per_second};
    return token;
}

bool is_signed(std::string_view text, std::string_view secret) {
    const std::size_t size = body_size(text);
    const std::string mac = mac_text(text.substr(0, size), secret);
    const std::string_view given = text.substr(size);
    return given.size() == mac.size() && sodium_memcmp(given.data(), mac.data(), mac.size()) == 0;
}

}  // namespace regulars::api
