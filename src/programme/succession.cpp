#include "programme/succession.hpp"

namespace regulars::programme {

std::optional<std::string> succession_problem(const Programme& current, const Programme& next) {
    if (next.currency != current.currency)
        return "the currency stays " + current.currency + ": what members hold is counted in it";
    if (next.zone.name() != current.zone.name())
        return "the time zone stays " + current.zone.name() + ": periods and expiries end with its days";
    for (std::size_t rank = 0; rank < current.tiers.size(); ++rank)
        if (rank >= next.tiers.size() || next.tiers[rank].name != current.tiers[rank].name)
            return "tier " + current.tiers[rank].name +
                   " must keep its place: members stand on it; add new tiers above";
    for (std::size_t place = 0; place < current.price_kinds.size(); ++place)
        if (place >= next.price_kinds.size() || next.price_kinds[place] != current.price_kinds[place])
            return "price kind " + current.price_kinds[place] +
                   " must keep its place: orders refer to it; add new ones last";
    for (const Plan& plan : current.plans.plans)
        if (next.plans.find(plan.name) == nullptr)
            return "plan " + plan.name + " must stay: members hold it; write 'when: false' to sell it no more";
    for (const Activity& activity : current.activities.activities) {
        const Activity* kept = next.activities.find(activity.name);
        const bool changes_kind = kept != nullptr && kept->terms.index() != activity.terms.index();
        if (changes_kind && activity.as<Trial>() == nullptr)
            return "activity " + activity.name +
                   " must stay of its kind: members stand in it; give the new one a name of its own";
        if (activity.as<Trial>() == nullptr) continue;
        if (kept == nullptr || kept->as<Trial>() == nullptr)
            return "trial " + activity.name +
                   " must stay: members who have applied wait to be decided about; close it by its dates";
    }
    return std::nullopt;
}

}  // namespace regulars::programme
