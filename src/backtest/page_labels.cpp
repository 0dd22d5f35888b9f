#include "backtest/page.hpp"

namespace regulars::backtest {

std::string_view page_labels() {
    return R"labels({
  en: {
    subtitle: "Backtest of {file}, as of {day} ({zone}). Amounts in {currency}.",
    members: "Members", orders: "Orders", ordersNote: "{read} rows read, {rejected} rejected",
    sales: "Sales", salesNote: "less returns", costs: "Cost of the programme", costsNote: "{share} of sales",
    points: "Points available", pointsNote: "{pending} pending", liability: "Liability",
    liabilityNote: "points at their value, and balances",
    ladder: "Tier ladder", ladderText: "Members on each tier at the end of each month.",
    migration: "Migration between tiers",
    migrationText: "Members that climbed (up) and fell (down) in each month; below, every move.",
    up: "climbed", down: "fell", moves: "Moves from (rows) to (columns)",
    peak: "Highest tier ever (rows) and tier at the end (columns)", month: "Month", total: "Total",
    pointsFlow: "Points",
    pointsFlowText: "Points issued, used, expired and taken back in each month, and what is outstanding.",
    issued: "issued", redeemed: "used", expired: "expired", reversed: "taken back", outstanding: "outstanding",
    costByBenefit: "Cost by benefit", costByBenefitText: "What each benefit cost in each month.",
    benefit: "Benefit", cost: "Cost", share: "Share of sales", tier: "Tier",
    byTier: "Sales and cost by the tier held when the order was paid",
    coupons: "Coupons", couponsText: "What became of them by the last day.", coupon: "Coupon",
    activities: "Activities and the points mall", activitiesText: "What members did and bought with points.",
    activity: "Activity or item", times: "times", pointsGiven: "points given", pointsPaid: "points paid",
    given: "given", usedUp: "used", lapsed: "lapsed", inWallets: "in wallets",
    table: "Show as a table",
    compare: "Who wins and who loses",
    compareText: "What each member got under {other} less what it got under {base}: benefits and the value of points.",
    winners: "Winners", losers: "Losers", unchanged: "Unchanged", difference: "Difference over all members",
    bins: "Members by difference", below: "below {edge}", above: "{edge} and more",
    topWinners: "Largest gains", topLosers: "Largest losses", customer: "Customer", gain: "Gain",
    tierCross: "Tier under {base} (rows) and under {other} (columns)",
    summary: "Side by side", programme: "Programme", pointsIssued: "Points issued", pointsExpired: "Points expired",
    footer: "{applied} orders applied; returns: {matched} rows matched, {unmatched} unmatched, {skipped} skipped; " +
      "{after} rows after the last day."
  },
  zh: {
    subtitle: "{file} 的回测，截至 {day}（{zone}）。金额单位：{currency}。",
    members: "会员", orders: "订单", ordersNote: "读取 {read} 行，拒绝 {rejected} 行",
    sales: "销售额", salesNote: "已减退货", costs: "计划成本", costsNote: "占销售额 {share}",
    points: "可用积分", pointsNote: "待入账 {pending}", liability: "负债",
    liabilityNote: "积分价值与储值余额",
    ladder: "等级阶梯", ladderText: "每月末各等级的会员数。",
    migration: "等级迁移",
    migrationText: "每月升级（向上）和降级（向下）的会员数；下表为全部变动。",
    up: "升级", down: "降级", moves: "从（行）到（列）的变动次数",
    peak: "曾达到的最高等级（行）与期末等级（列）", month: "月份", total: "合计",
    pointsFlow: "积分",
    pointsFlowText: "每月发放、使用、过期、收回的积分，以及月末结余。",
    issued: "发放", redeemed: "使用", expired: "过期", reversed: "收回", outstanding: "结余",
    costByBenefit: "各权益成本", costByBenefitText: "每月各项权益的成本。",
    benefit: "权益", cost: "成本", share: "占销售额", tier: "等级",
    byTier: "按付款时等级划分的销售额与成本",
    coupons: "优惠券", couponsText: "截至最后一天各券的去向。", coupon: "券",
    activities: "活动与积分商城", activitiesText: "会员参与的活动与积分兑换。",
    activity: "活动或兑换品", times: "次数", pointsGiven: "发放积分", pointsPaid: "消耗积分",
    given: "发放", usedUp: "使用", lapsed: "失效", inWallets: "未使用",
    table: "以表格显示",
    compare: "谁受益，谁受损",
    compareText: "每位会员在 {other} 下所得减去在 {base} 下所得：权益与积分价值。",
    winners: "受益", losers: "受损", unchanged: "不变", difference: "全体会员差额",
    bins: "按差额划分的会员数", below: "低于 {edge}", above: "{edge} 及以上",
    topWinners: "受益最多", topLosers: "受损最多", customer: "顾客", gain: "增减",
    tierCross: "{base} 下的等级（行）与 {other} 下的等级（列）",
    summary: "并列比较", programme: "会员计划", pointsIssued: "发放积分", pointsExpired: "过期积分",
    footer: "已应用 {applied} 笔订单；退货：匹配 {matched} 行，未匹配 {unmatched} 行，" +
      "跳过 {skipped} 行；截止日之后 {after} 行。"
  }
})labels";
}

}  // namespace regulars::backtest
