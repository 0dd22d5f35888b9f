#include "base/id_text.hpp"

#include <charconv>

namespace regulars {

std::optional<MemberId> parse_member_id(std::string_view text) {
    MemberId id;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
    const bool is_number = error == std::errc() && end == text.data() + text.size();
    return is_number && id.value >= 1 && id.value <= member_id_max ? std::optional(id) : std::nullopt;
}

}  // namespace regulars
