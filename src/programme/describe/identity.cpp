#include <fmt/format.h>

#include "programme/describe/parts.hpp"
#include "programme/money_text.hpp"

namespace regulars::programme {

namespace {

std::string joined(const std::vector<std::string>& texts) {
    std::string text;
    for (const std::string& one : texts) text += (text.empty() ? "" : ", ") + one;
    return text;
}

std::string times_text(const DayTimes& times) {
    constexpr std::int32_t hour = 60;
    return fmt::format("{:02}:{:02} to {:02}:{:02}", times.first / hour, times.first % hour, times.last / hour,
                       times.last % hour);
}

std::string invitation_text(const Programme& programme, const CardInvitation& invitation) {
    std::string text =
        fmt::format("  first payment of {} or more", money_text(invitation.at_least, programme.minor_digits));
    if (!invitation.channels.empty()) text += " in " + joined(invitation.channels);
    if (invitation.dates)
        text += fmt::format(", {} to {}", text_of(invitation.dates->first), text_of(invitation.dates->last));
    if (invitation.times) text += ", " + times_text(*invitation.times);
    if (invitation.when) text += ", when " + std::string(invitation.when->text());
    return text + fmt::format(": asked to claim a card ({})\n", invitation.title.en);
}

std::string attribute_text(const Attribute& attribute) {
    switch (attribute.kind) {
        case Attribute::Kind::text: return "a text";
        case Attribute::Kind::choice: return joined(attribute.choices);
        case Attribute::Kind::date: return "a date";
        case Attribute::Kind::yes_no: return "yes or no";
        case Attribute::Kind::integer: break;
    }
    const std::string least = attribute.least == INT64_MIN ? "" : fmt::format(" from {}", attribute.least);
    const std::string most = attribute.most == INT64_MAX ? "" : fmt::format(" to {}", attribute.most);
    return "a whole number" + least + most;
}

}  // namespace

void describe_identity(const Programme& programme, std::string& text) {
    const IdentityPolicy& identity = programme.identity;
    auto out = std::back_inserter(text);
    if (!identity.country.empty() || identity.cards || !identity.invitations.empty()) text += "Identities\n";
    if (!identity.country.empty()) fmt::format_to(out, "  phones without a country code: {}\n", identity.country);
    if (identity.cards)
        fmt::format_to(out, "  cards: {} digits{}\n", identity.cards->digits,
                       identity.cards->prefix.empty() ? "" : ", beginning with " + identity.cards->prefix);
    for (const CardInvitation& invitation : identity.invitations) text += invitation_text(programme, invitation);
    const ProfilePolicy& profile = programme.profile;
    if (!profile.attributes.empty() || profile.birthday_changes) text += "Profile\n";
    if (profile.birthday_changes)
        fmt::format_to(out, "  the birthday may be changed {} times\n", *profile.birthday_changes);
    for (const Attribute& attribute : profile.attributes)
        fmt::format_to(out, "  {}: {}\n", attribute.name, attribute_text(attribute));
}

}  // namespace regulars::programme
