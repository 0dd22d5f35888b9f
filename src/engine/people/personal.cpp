#include "engine/people/personal.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>

#include "engine/friends/referrals.hpp"
#include "engine/holdings/grants.hpp"

namespace regulars::engine {

namespace {

expected<void, Rejection> duplicate(Decision& decision) {
    decision.outcome.duplicate = true;
    return {};
}

bool is_value_of(const programme::Attribute& attribute, const std::string& value) {
    using Kind = programme::Attribute::Kind;
    switch (attribute.kind) {
        case Kind::text: return true;
        case Kind::yes_no: return value == "yes" || value == "no";
        case Kind::date: return parse_date(value).has_value();
        case Kind::choice:
            return std::find(attribute.choices.begin(), attribute.choices.end(), value) != attribute.choices.end();
        case Kind::integer: break;
    }
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    const bool whole = error == std::errc() && end == value.data() + value.size();
    return whole && attribute.least <= number && number <= attribute.most;
}

// Removing (the empty text) is always possible: a new version of the programme may know an attribute no more.
bool are_valid(const programme::ProfilePolicy& policy, const std::map<std::string, std::string>& attributes) {
    if (policy.attributes.empty()) return true;
    return std::all_of(attributes.begin(), attributes.end(), [&](const auto& entry) {
        const programme::Attribute* attribute = policy.find(entry.first);
        return entry.second.empty() || (attribute != nullptr && is_value_of(*attribute, entry.second));
    });
}

}  // namespace

// The member was registered by this very event or by an earlier one; registering again says nothing new, unless nobody
// has told yet where the member came from. That is kept once and for all.
expected<void, Rejection> on_fact(Decision& decision, const Registered& fact) {
    Member& member = decision.member;
    const Acquisition told{fact.channel, fact.source, fact.store, fact.staff, fact.code, fact.inviter};
    const bool tells = member.acquisition == Acquisition() && told != Acquisition();
    if (member.event_sequence > 0 && !tells) return duplicate(decision);
    if (tells) {
        member.acquisition = told;
        tell_of_registration(decision, fact);
    }
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const ProfileChanged& fact) {
    Profile profile = decision.member.profile;
    const auto& policy = decision.programme.profile;
    const bool changes_birthday = fact.birthday && profile.birthday && *fact.birthday != *profile.birthday;
    if (changes_birthday && policy.birthday_changes && decision.member.birthday_changes >= *policy.birthday_changes)
        return unexpected(Rejection::birthday_fixed);
    if (!are_valid(policy, fact.attributes)) return unexpected(Rejection::attribute_not_valid);

    if (fact.name) profile.name = *fact.name;
    if (fact.gender) profile.gender = *fact.gender;
    if (fact.birthday) profile.birthday = *fact.birthday;
    if (fact.region) profile.region = *fact.region;
    for (const auto& [key, value] : fact.attributes) {
        if (value.empty())
            profile.attributes.erase(key);
        else
            profile.attributes[key] = value;
    }
    if (fact.tags) {
        profile.tags = *fact.tags;
        std::sort(profile.tags.begin(), profile.tags.end());
        profile.tags.erase(std::unique(profile.tags.begin(), profile.tags.end()), profile.tags.end());
    }
    // The event that registers a member is kept even if it tells no more than that.
    if (profile == decision.member.profile && decision.member.event_sequence > 0) return duplicate(decision);
    decision.member.profile = std::move(profile);
    if (changes_birthday) ++decision.member.birthday_changes;
    give_profile_grants(decision);
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const IdentityLinked& fact) {
    auto& identities = decision.member.identities;
    const Identity identity{fact.kind, fact.value};
    const auto place = std::lower_bound(identities.begin(), identities.end(), identity);
    if (place != identities.end() && *place == identity) return duplicate(decision);
    identities.insert(place, identity);
    give_profile_grants(decision);
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const ConsentChanged& fact) {
    auto& consents = decision.member.consents;
    const auto same = std::find_if(consents.begin(), consents.end(), [&](const Consent& consent) {
        return consent.channel == fact.channel && consent.purpose == fact.purpose;
    });
    const Consent consent{fact.channel, fact.purpose, fact.granted, decision.now, fact.source};
    if (same == consents.end())
        consents.push_back(consent);
    else
        *same = consent;
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const IdentityUnlinked& fact) {
    auto& identities = decision.member.identities;
    const auto place = std::find(identities.begin(), identities.end(), Identity{fact.kind, fact.value});
    if (place == identities.end()) return unexpected(Rejection::identity_not_found);
    identities.erase(place);
    return {};
}

// What a member has done with the shop stays, so that the ledger does; who it was goes.
expected<void, Rejection> on_fact(Decision& decision, const MemberErased&) {
    Member& member = decision.member;
    if (member.erased) return duplicate(decision);
    member.erased = true;
    member.profile = {};
    member.identities.clear();
    for (Consent& consent : member.consents) consent.source.clear();
    member.acquisition.staff.clear();
    member.acquisition.code.clear();
    member.acquisition.inviter.clear();
    member.manager.clear();
    forget_friends(decision);
    return {};
}

}  // namespace regulars::engine
