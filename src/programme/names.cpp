#include "programme/names.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "base/check.hpp"

namespace regulars::programme {

namespace {

struct FixedName {
    Slot slot;
    std::string_view path;
    rule::Type type;
    std::string_view en;
    std::string_view zh;
};

constexpr rule::Type whole = rule::Type::integer();
constexpr rule::Type text = rule::Type::text();

constexpr std::array fixed_names{
    FixedName{Slot::member_tier, "member.tier", text, "Name of the tier the member holds", "会员当前等级的名称"},
    FixedName{Slot::member_tier_rank, "member.tier_rank", whole, "Rank of the tier held, 0 for the base",
              "会员当前等级的序号,0 为基础等级"},
    FixedName{Slot::member_growth, "member.growth", whole, "Growth gathered so far", "累计成长值"},
    FixedName{Slot::member_points, "member.points", whole, "Points that can be spent now", "当前可用积分"},
    FixedName{Slot::member_balance, "member.balance", whole, "Money in the account in all purses, in minor units",
              "储值账户总余额(最小货币单位)"},
    FixedName{Slot::member_orders, "member.orders", whole, "How many orders have ever counted", "累计交易成功的订单数"},
    FixedName{Slot::member_spend, "member.spend", whole, "What all counted orders came to, in minor units",
              "累计消费金额(最小货币单位)"},
    FixedName{Slot::member_tenure_days, "member.tenure_days", whole, "Days since registration", "注册至今的天数"},
    FixedName{Slot::member_registered_at, "member.registered_at", rule::Type::timestamp(), "When the member registered",
              "注册时间"},
    FixedName{Slot::member_birth_month, "member.birth_month", whole, "Month of birth, 1 to 12, if known",
              "出生月份(1 至 12),未知则缺失"},
    FixedName{Slot::member_birth_day, "member.birth_day", whole, "Day of the month of birth, if known",
              "出生日(每月几日),未知则缺失"},
    FixedName{Slot::member_gender, "member.gender", text, "Gender as the shop records it, if known", "性别,未知则缺失"},
    FixedName{Slot::member_region, "member.region", text, "Region where the member lives, if known",
              "所在地区,未知则缺失"},
    FixedName{Slot::member_tags, "member.tags", rule::Type::list(text), "Marks that the shop has put on the member",
              "商家给会员打的标签"},
    FixedName{Slot::member_attributes, "member.attributes", rule::Type::map(text),
              "Further facts about the member by name", "会员的其他属性"},
    FixedName{Slot::member_plans, "member.plans", rule::Type::list(text), "Names of the paid plans the member holds",
              "会员持有的付费会员计划"},
    FixedName{Slot::member_stage, "member.stage", text, "Name of the stage the member is in, if the programme has any",
              "会员所处的生命周期阶段,未定义则缺失"},
    FixedName{Slot::member_last_order_at, "member.last_order_at", rule::Type::timestamp(),
              "When the member last ordered, if ever", "最近一次下单时间,没有则缺失"},
    FixedName{Slot::order_amount, "order.amount", whole, "What all lines of the order cost, in minor units",
              "订单商品总金额(最小货币单位)"},
    FixedName{Slot::order_list_amount, "order.list_amount", whole,
              "What the lines would cost without reductions, in minor units", "订单商品原价总额(最小货币单位)"},
    FixedName{Slot::order_shipping_fee, "order.shipping_fee", whole, "Shipping fee of the order, in minor units",
              "订单运费(最小货币单位)"},
    FixedName{Slot::order_lines, "order.lines", whole, "How many lines the order has", "订单的商品行数"},
    FixedName{Slot::order_quantity, "order.quantity", whole, "How many pieces are in the order", "订单的商品总件数"},
    FixedName{Slot::order_channel, "order.channel", text, "Channel through which the order came, if known",
              "下单渠道,未知则缺失"},
    FixedName{Slot::order_store, "order.store", text, "Store in which the order was placed, if known",
              "下单门店,未知则缺失"},
    FixedName{Slot::line_sku, "line.sku", text, "SKU of the line, if known", "商品行的 SKU,未知则缺失"},
    FixedName{Slot::line_product, "line.product", text, "Product of the line, if known", "商品行的商品编号,未知则缺失"},
    FixedName{Slot::line_category, "line.category", text, "Category of the line's product, if known",
              "商品行的类目,未知则缺失"},
    FixedName{Slot::line_price_kind, "line.price_kind", text, "Kind of price that the line was sold at",
              "商品行的价格类型"},
    FixedName{Slot::line_tender, "line.tender", text, "How this part of the line was paid: gift_card or other",
              "该部分金额的支付方式:gift_card 或 other"},
    FixedName{Slot::line_quantity, "line.quantity", whole, "Pieces in the line", "商品行的件数"},
    FixedName{Slot::line_unit_price, "line.unit_price", whole, "Price of one piece, in minor units",
              "商品单价(最小货币单位)"},
    FixedName{Slot::line_amount, "line.amount", whole, "What is paid for the line, in minor units",
              "商品行实付金额(最小货币单位)"},
    FixedName{Slot::line_list_amount, "line.list_amount", whole,
              "What the line would cost without reductions, in minor units", "商品行原价金额(最小货币单位)"},
    FixedName{Slot::line_cost, "line.cost", whole, "What the line costs the shop in minor units, if known",
              "商品行的进货成本(最小货币单位),未知则缺失"},
    FixedName{Slot::now, "now", rule::Type::timestamp(), "When this is decided", "判定的时刻"},
};

static_assert(fixed_names.size() == static_cast<std::size_t>(Slot::counters), "every slot has a name");

// What a counter counts, over which stretch of time, for the sentence in the catalogue.
std::pair<std::string, std::string> sentence_of(const Counter& counter) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> metrics{{
        {"Spend that counted, in minor units,", "计入的消费金额(最小货币单位)"},
        {"Growth gathered", "获得的成长值"},
        {"Orders that counted", "交易成功的订单数"},
        {"Points granted", "获得的积分"},
    }};
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> units{{
        {"calendar month", "自然月"},
        {"calendar quarter", "自然季度"},
        {"calendar half-year", "自然半年"},
        {"calendar year", "自然年"},
    }};
    const auto [en, zh] = metrics[static_cast<std::size_t>(counter.metric)];
    const std::string length = std::to_string(counter.window.length);
    const auto sentence = [&](const std::string& when_en, const std::string& when_zh) {
        return std::pair(std::string(en) + " " + when_en, when_zh + std::string(zh));
    };
    switch (counter.window.kind) {
        case WindowKind::lifetime:
            return sentence("since registration", "注册以来");
        case WindowKind::period:
            return sentence("in the running tier period", "本等级周期内");
        case WindowKind::rolling_days:
            return sentence("in the last " + length + " days", "最近 " + length + " 天");
        case WindowKind::rolling_months:
            return sentence("in the last " + length + " months", "最近 " + length + " 个月");
        case WindowKind::anniversary:
            return sentence("since the last anniversary of registration", "最近一个入会周年以来");
        case WindowKind::calendar:
            break;
    }
    check(counter.window.unit >= CalendarUnit::month, "a calendar window has months or longer");
    const auto& unit =
        units[static_cast<std::size_t>(counter.window.unit) - static_cast<std::size_t>(CalendarUnit::month)];
    return sentence("in the last " + length + " units (" + std::string(unit.first) + "), the running one included",
                    "最近 " + length + " 个" + std::string(unit.second) + "(含当前)");
}

}  // namespace

rule::Schema names(const std::vector<Counter>& counters, const std::vector<std::string>& tier_names,
                   const std::vector<std::string>& price_kinds, const std::vector<std::string>& stage_names) {
    rule::Schema schema;
    for (const FixedName& name : fixed_names) {
        std::vector<std::string> choices;
        if (name.slot == Slot::member_tier) choices = tier_names;
        if (name.slot == Slot::member_stage) choices = stage_names;
        if (name.slot == Slot::line_price_kind) choices = price_kinds;
        if (name.slot == Slot::line_tender) choices = {"gift_card", "other"};
        const std::uint16_t slot = schema.add(
            {std::string(name.path), name.type, std::string(name.en), std::string(name.zh), std::move(choices)});
        check_equal(slot, static_cast<std::uint16_t>(name.slot), "names stand in the order of their slots");
    }
    for (const Counter& counter : counters) {
        auto [en, zh] = sentence_of(counter);
        schema.add({"member." + counter.name, whole, std::move(en), std::move(zh), {}});
    }
    return schema;
}

}  // namespace regulars::programme
