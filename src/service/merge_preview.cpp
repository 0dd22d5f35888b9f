// What a merge would bring: the same decision as the writer makes, on copies.
#include <algorithm>
#include <utility>

#include "service/service.hpp"

namespace regulars::service {

namespace {

constexpr std::size_t page_size = 500;

Stored<std::vector<std::string>> order_ids_of(Service& service, MemberId id) {
    std::vector<std::string> ids;
    for (std::string after;;) {
        const auto rows = service.list_orders(id, {after, page_size});
        if (!rows) return unexpected(rows.error());
        for (const OrderSummary& row : *rows) ids.push_back(row.order_id);
        if (rows->size() < page_size) return ids;
        after = ids.back();
    }
}

}  // namespace

Stored<std::optional<expected<MergePreview, engine::Rejection>>> Service::preview_merge(MemberId into, MemberId from) {
    using Previewed = std::optional<expected<MergePreview, engine::Rejection>>;
    auto survivor = find(into);
    if (!survivor) return unexpected(std::move(survivor.error()));
    auto other = find(from);
    if (!other) return unexpected(std::move(other.error()));
    if (!*survivor || !*other) return Previewed();
    const auto ids = order_ids_of(*this, into);
    if (!ids) return unexpected(ids.error());
    const auto others = order_ids_of(*this, from);
    if (!others) return unexpected(others.error());

    MergePreview preview{std::move(**survivor), std::move((*other)->member), {}, {}, {}};
    std::set_intersection(ids->begin(), ids->end(), others->begin(), others->end(),
                          std::back_inserter(preview.orders_of_both));
    const auto versions = programmes();
    const Instant at = std::max(preview.into.member.advanced_to, preview.from.advanced_to);
    engine::Outcome outcome;
    engine::advance(*versions, preview.from, at, outcome);
    outcome.clear();
    const engine::Event event{at, engine::MembersMerged{from, preview.from.event_sequence, {}}};
    const auto decided = engine::decide(*versions, preview.into.member, event, {nullptr, &preview.from}, outcome);
    if (!decided) return Previewed(unexpected(decided.error()));
    preview.into.tier = versions->current().tiers[preview.into.member.tier.rank].name;
    preview.into.points_pending = engine::points_pending(preview.into.member);
    preview.ledger = std::move(outcome.ledger);
    preview.tier_changes = std::move(outcome.tier_changes);
    return Previewed(std::move(preview));
}

}  // namespace regulars::service
