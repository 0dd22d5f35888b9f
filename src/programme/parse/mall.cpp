#include <algorithm>
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr std::size_t windows_max = 50;

std::string read_item_name(Context& context, const Section& section, const MallPolicy& known) {
    const auto place = section.require("name", "the name by which members ask for it and costs show it");
    const auto name = place ? read_name(context.reader, *place) : std::nullopt;
    if (!name) return {};
    if (known.find(*name) != nullptr)
        context.reader.complain(*place, {"two items have one name", "another name"});
    else
        claim_code(context, *place, *name, "mall item");
    return *name;
}

PriceKind read_price_kind(Context& context, const Place& place) {
    const auto& kinds = context.price_kinds;
    const auto found = std::find(kinds.begin(), kinds.end(), place.node->text);
    if (place.is_text() && found != kinds.end()) return static_cast<PriceKind>(found - kinds.begin());
    context.reader.complain(
        place, {"there is no such price kind", listed(kinds), nearest(place.node->text, kinds).value_or("")});
    return 0;
}

void read_goods(Context& context, const Place& place, MallItem& item) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::mall_goods);
    item.kind = MallItem::Kind::goods;
    if (const auto product = section.require("product", "the shop's number of the product"))
        item.product = read_text(reader, *product, limits::id_size_max).value_or("");
    if (const auto category = section.find("category"))
        item.category = read_text(reader, *category, limits::id_size_max).value_or("");
    if (const auto kind = section.find("price_kind")) item.price_kind = read_price_kind(context, *kind);
    if (const auto cost = section.find("cost"))
        item.cost = read_money(reader, *cost, context.minor_digits).value_or(Money());
}

void read_coupon(Reader& reader, const Place& place, const CouponPolicy& coupons, MallItem& item) {
    item.kind = MallItem::Kind::coupon;
    item.cancellable = false;
    const CouponTemplate* coupon = place.is_text() ? coupons.find(place.node->text) : nullptr;
    if (coupon != nullptr) {
        item.coupon = static_cast<std::uint32_t>(coupon - coupons.templates.data());
        return;
    }
    std::vector<std::string> names;
    for (const CouponTemplate& one : coupons.templates) names.push_back(one.name);
    reader.complain(place, {"there is no such coupon", names.empty() ? "a name under coupons.templates" : listed(names),
                            nearest(place.node->text, names).value_or("")});
}

MallPrice read_price(Context& context, const Place& place, const MallItem& item) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::mall_price);
    MallPrice price;
    if (const auto points = section.require("points", "a whole number, 1 or more"))
        price.points = Points(read_integer(reader, *points, 1, limits::points_max).value_or(1));
    const auto money = section.find("money");
    if (!money) return price;
    price.money = read_money(reader, *money, context.minor_digits).value_or(Money());
    if (price.money > Money(limits::amount_minor_max))
        reader.complain(*money, {"this is more than an order may come to", "a smaller amount"});
    if (item.kind == MallItem::Kind::coupon)
        reader.complain(*money, {"coupons are bought with points alone", "points without money"});
    return price;
}

MallWindow read_window(Context& context, const Place& place, const MallItem& item) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::mall_window);
    MallWindow window;
    const auto name = section.require("name", "a name such as friday");
    if (name) window.name = read_name(reader, *name).value_or("");
    const auto has_it = [&](const MallWindow& other) { return !window.name.empty() && other.name == window.name; };
    if (std::any_of(item.windows.begin(), item.windows.end(), has_it))
        reader.complain(*name, {"two windows of one item have one name", "another name"});
    window.title = read_title_or(section, window.name);
    const auto open = section.find("open");
    const auto who = section.find("who");
    if (open) window.opening = read_opening(reader, *open);
    if (who) window.who = read_who(context, *who);
    if (!open && !who && place.is_mapping())
        reader.complain(place, {"this window is always open for everybody", "open or who, or the item's own price"});
    if (const auto price = section.require("price", "what a piece costs in it, such as {points: 500}"))
        window.price = read_price(context, *price, item);
    if (const auto stock = section.find("stock")) window.stock = read_shared_stock(reader, *stock);
    return window;
}

void read_prices(Context& context, const Section& section, MallItem& item) {
    Reader& reader = context.reader;
    if (const auto only = section.find("only_in_windows"))
        item.only_in_windows = read_boolean(reader, *only).value_or(false);
    if (const auto windows = section.find("windows")) {
        for (const Place& place : items_of(reader, *windows, windows_max))
            item.windows.push_back(read_window(context, place, item));
        if (windows->is_list() && windows->node->items.empty())
            reader.complain(*windows, {"the list is empty", "at least one window"});
    }
    const auto price = section.find("price");
    if (price) item.price = read_price(context, *price, item);
    if (price && item.only_in_windows)
        reader.complain(*price, {"it has no price beside those of its windows", "no price, or no only_in_windows"});
    if (item.only_in_windows && !section.find("windows"))
        reader.complain(*section.find("only_in_windows"), {"it is never on sale: it has no windows", "windows"});
    if (!price && !item.only_in_windows && section.place().is_mapping())
        reader.complain(section.place(), {"the key price is missing", "such as {points: 500}, or only_in_windows"});
}

MallItem read_item(Context& context, const Place& place, const CouponPolicy& coupons, const MallPolicy& known) {
    static constexpr std::string_view kinds[] = {"goods", "coupon"};
    Reader& reader = context.reader;
    const Section section(reader, place, keys::mall_item);
    MallItem item;
    item.name = read_item_name(context, section, known);
    item.title = read_title_or(section, item.name);
    const auto kind = section.only_one_of(kinds);
    if (kind && *kind == "goods") read_goods(context, *section.find("goods"), item);
    if (kind && *kind == "coupon") read_coupon(reader, *section.find("coupon"), coupons, item);
    if (const auto cancellable = section.find("cancellable")) {
        if (item.kind == MallItem::Kind::coupon)
            reader.complain(*cancellable, {"a coupon is in the wallet at once: nothing is cancelled", "nothing here"});
        else
            item.cancellable = read_boolean(reader, *cancellable).value_or(true);
    }
    read_prices(context, section, item);
    if (const auto who = section.find("who")) item.who = read_who(context, *who);
    if (const auto open = section.find("open")) item.opening = read_opening(reader, *open);
    if (const auto limit = section.find("limit")) item.limit = read_member_limit(reader, *limit);
    if (const auto stock = section.find("stock")) item.stock = read_shared_stock(reader, *stock);
    return item;
}

}  // namespace

MallPolicy read_mall(Context& context, const Place& place, const CouponPolicy& coupons) {
    MallPolicy mall;
    for (const Place& item : items_of(context.reader, place, limits::mall_items_max))
        mall.items.push_back(read_item(context, item, coupons, mall));
    return mall;
}

}  // namespace regulars::programme
