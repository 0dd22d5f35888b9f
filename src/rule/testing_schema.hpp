// For tests: a schema of every type, and a frame that owns what its values borrow.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "rule/rule.hpp"

namespace regulars::rule::testing {

/// The slots of shop_schema(), in order.
enum Slot : std::uint16_t {
    member_tier,
    member_points,
    member_score,
    member_vip,
    member_birthday,
    member_attributes,
    member_tags,
    order_amount,
    order_amounts,
    order_age,
    line_sku,
    now,
    slot_count
};

inline Schema shop_schema() {
    Schema schema;
    schema.add({"member.tier", Type::text(), "The tier held", "当前等级"});
    schema.add({"member.points", Type::integer(), "Points available", "可用积分"});
    schema.add({"member.score", Type::real(), "How likely the next order is", "再购概率"});
    schema.add({"member.vip", Type::boolean(), "Whether a VIP", "是否 VIP"});
    schema.add({"member.birthday", Type::timestamp(), "The day of birth, if known", "生日"});
    schema.add({"member.attributes", Type::map(Type::dynamic()), "What the shop keeps", "自定义属性"});
    schema.add({"member.tags", Type::list(Type::text()), "Labels", "标签"});
    schema.add({"order.amount", Type::integer(), "What was paid, in minor units", "实付金额"});
    schema.add({"order.amounts", Type::list(Type::integer()), "What each line cost", "各行金额"});
    schema.add({"order.age", Type::duration(), "Time since it was paid", "付款至今"});
    schema.add({"line.sku", Type::text(), "What was bought", "商品编码", {"A-1", "A-2", "B-1"}});
    schema.add({"now", Type::timestamp(), "The event's time", "事件时间"});
    return schema;
}

/// A vip of 120 points, with two tags and the attributes city and visits, who never told a birthday, on 11 November
/// 2024.
class ShopFrame {
public:
    ShopFrame() {
        values.fill(Value::missing());
        values[member_tier] = Value::text("vip");
        values[member_points] = Value::integer(120);
        values[member_score] = Value::real(0.25);
        values[member_vip] = Value::boolean(true);
        values[member_attributes] = Value::map(&attributes_);
        values[member_tags] = Value::list(&tags_);
        values[order_amount] = Value::integer(25'000);
        values[order_amounts] = Value::list(&amounts_);
        values[order_age] = Value::duration_ms(5'400'000);
        values[line_sku] = Value::text("A-1");
        values[now] = Value::timestamp(Instant{1'731'283'200'000});
    }
    ShopFrame(const ShopFrame&) = delete;
    ShopFrame& operator=(const ShopFrame&) = delete;

    std::array<Value, slot_count> values;

private:
    std::array<Value, 2> tag_items_{Value::text("新客"), Value::text("early")};
    std::array<Value, 3> amount_items_{Value::integer(5'000), Value::integer(0), Value::integer(20'000)};
    std::array<MapEntry, 2> entries_{{{"city", Value::text("杭州")}, {"visits", Value::integer(3)}}};
    List tags_{tag_items_};
    List amounts_{amount_items_};
    Map attributes_{entries_};
};

/// What a rule gives for the frame, as people read it; the diagnostics, where it does not compile.
inline std::string told(std::string_view text, std::span<const Value> frame, const CompileOptions& options = {}) {
    const auto rule = compile(text, shop_schema(), Type::dynamic(), options);
    if (!rule) {
        std::string all;
        for (const Diagnostic& diagnostic : rule.error()) all += (all.empty() ? "" : "\n") + text_of(diagnostic);
        return all;
    }
    Workspace workspace;
    return text_of(rule->evaluate(frame, workspace));
}

}  // namespace regulars::rule::testing
