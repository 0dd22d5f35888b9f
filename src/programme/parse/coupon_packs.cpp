#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

std::vector<std::string> known_names(const CouponPolicy& policy, bool packs) {
    std::vector<std::string> names;
    for (const CouponTemplate& coupon : policy.templates) names.push_back(coupon.name);
    if (packs)
        for (const CouponPack& pack : policy.packs) names.push_back(pack.name);
    return names;
}

// `packs`: whether a pack may stand there too.
void complain_about_name(Reader& reader, const Place& place, const CouponPolicy& policy, bool packs) {
    if (!packs && place.is_text() && policy.find_pack(place.node->text) != nullptr) {
        reader.complain(place, {"this is a pack: it is given as it is, and in no other pack",
                                "a coupon, or in a grant the name of the pack alone"});
        return;
    }
    const auto names = known_names(policy, packs);
    reader.complain(place, {packs ? "there is no such coupon or pack" : "there is no such coupon",
                            names.empty() ? "a name under coupons.templates" : listed(names),
                            nearest(place.node->text, names).value_or("")});
}

std::uint32_t index_of(const CouponPolicy& policy, const CouponTemplate& coupon) {
    return static_cast<std::uint32_t>(&coupon - policy.templates.data());
}

std::optional<CouponPack::Item> read_item(Reader& reader, const Place& place, const CouponPolicy& policy) {
    const Section section(reader, place, keys::pack_item);
    CouponPack::Item item;
    if (const auto count = section.find("count"))
        item.count =
            static_cast<std::int32_t>(read_integer(reader, *count, 1, limits::coupons_per_event_max).value_or(1));
    if (const auto valid = section.find("valid")) item.valid = read_validity(reader, *valid);
    const auto name = section.require("coupon", "the name of a coupon");
    if (!name) return std::nullopt;
    const CouponTemplate* coupon = name->is_text() ? policy.find(name->node->text) : nullptr;
    if (coupon == nullptr) {
        complain_about_name(reader, *name, policy, false);
        return std::nullopt;
    }
    item.coupon = index_of(policy, *coupon);
    return item;
}

void add_named(Reader& reader, const Place& place, const CouponPolicy& policy, bool packs,
               std::vector<PlacedItem>& items) {
    const std::string& name = place.node->text;
    if (const CouponTemplate* coupon = policy.find(name)) {
        items.push_back({place, {index_of(policy, *coupon), 1, std::nullopt}});
    } else if (const CouponPack* pack = packs ? policy.find_pack(name) : nullptr) {
        for (const CouponPack::Item& item : pack->items) items.push_back({place, item});
    } else {
        complain_about_name(reader, place, policy, packs);
    }
}

void check_count(Reader& reader, const Place& place, const std::vector<PlacedItem>& items) {
    std::int64_t count = 0;
    for (const PlacedItem& one : items) count += one.item.count;
    if (count <= static_cast<std::int64_t>(limits::coupons_per_event_max)) return;
    reader.complain_at(place.node->offset, place.path,
                       {"these are too many coupons at once",
                        "at most " + std::to_string(limits::coupons_per_event_max) + " together"},
                       std::to_string(count) + " coupons");
}

std::vector<PlacedItem> read_items(Reader& reader, const Place& place, const CouponPolicy& policy, bool packs) {
    std::vector<PlacedItem> items;
    for (const Place& one : one_or_more(reader, place, limits::coupons_per_event_max)) {
        if (one.is_text()) {
            add_named(reader, one, policy, packs, items);
        } else if (const auto item = read_item(reader, one, policy)) {
            items.push_back({one, *item});
        }
    }
    if (place.is_list() && place.node->items.empty())
        reader.complain(place, {"the list is empty", "at least one coupon"});
    check_count(reader, place, items);
    return items;
}

std::string read_pack_name(Reader& reader, const Section& section, const CouponPolicy& policy) {
    const auto place = section.require("name", "the name that grants show");
    const auto name = place ? read_name(reader, *place) : std::nullopt;
    if (name && policy.find(*name) != nullptr)
        reader.complain(*place, {"a coupon has this name", "another name"});
    else if (name && policy.find_pack(*name) != nullptr)
        reader.complain(*place, {"two packs have one name", "another name"});
    return name.value_or("");
}

}  // namespace

std::vector<PlacedItem> read_coupon_items(Reader& reader, const Place& place, const CouponPolicy& policy) {
    return read_items(reader, place, policy, true);
}

void read_packs(Reader& reader, const Place& place, CouponPolicy& policy) {
    for (const Place& one : items_of(reader, place, limits::coupon_packs_max)) {
        const Section section(reader, one, keys::pack);
        CouponPack pack;
        pack.name = read_pack_name(reader, section, policy);
        pack.title = read_title_or(section, pack.name);
        if (const auto coupons = section.require("coupons", "such as [welcome10, {coupon: gift, count: 2}]"))
            for (PlacedItem& item : read_items(reader, *coupons, policy, false)) pack.items.push_back(item.item);
        policy.packs.push_back(std::move(pack));
    }
}

}  // namespace regulars::programme
