#include "api/endpoints/schemas.hpp"

namespace regulars::api::schemas {

namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto nullable = Need::nullable;

constexpr Text next_text{"The 'after' of the next page; null at the end.", "下一页的 after；末页为 null。"};
constexpr Text tier_text{"Tier's name.", "等级名称。"};
constexpr Text available_text{"Points that may be spent now.", "现在可用积分。"};
constexpr Text pending_text{"Points that come when open orders settle.", "待结算积分。"};

constexpr Field ledger_entry_fields[]{
    {"sequence", Type::id, required, {"Within the member, without gaps.", "会员内连续序号。"}},
    {"event_sequence", Type::id, optional, {"The event that it happened with or after.", "所随事件的序号。"}},
    {"at", Type::instant, required, {"When it takes effect.", "生效时间。"}},
    {"from", Type::text, required, {"Account that gives.", "转出账户。"}},
    {"to", Type::text, required, {"Account that takes.", "转入账户。"}},
    {"amount", Type::integer, required, {"Points or minor units, positive.", "积分或最小货币单位，恒为正。"}},
    {"cause", Type::text, required, {"Why.", "原因。"}},
    {"order_number", Type::integer, optional, {"The member's how-manieth order.", "会员的第几个订单。"}},
    {"lot", Type::integer, optional, {"The lot of points.", "积分批次。"}},
    {"programme_version", Type::integer, required, {"Whose rules made it.", "所依据的计划版本。"}},
};
constexpr Schema ledger_entry{"LedgerEntry", {"Moves an amount between two accounts.", "一笔账户间的转移。"},
                              ledger_entry_fields};

constexpr Field tier_change_fields[]{
    {"at", Type::instant, required, {"When.", "时间。"}},
    {"from", Type::text, required, {"Tier before.", "原等级。"}},
    {"to", Type::text, required, {"Tier after.", "新等级。"}},
    {"reason", Type::text, required, {"qualified, period_end, review, granted, renewed.", "变化原因。"}},
};
constexpr Schema tier_change{"TierChange", {"A change of tier, or a new period of it.", "等级变化或续期。"},
                             tier_change_fields};

constexpr Field reason_fields[]{
    {"code", Type::text, required, {"Rule or benefit.", "规则或权益代码。"}},
    {"text", Type::text, required, {"One sentence.", "一句说明。"}},
};

constexpr Field done_fields[]{
    {"member", Type::id, required, {"The member's id.", "会员编号。"}},
    {"sequence", Type::id, nullable, {"The event's number within the member; null for a duplicate.",
                                      "会员内事件序号；重复时为 null。"}},
    {"created_member", Type::boolean, required, {"The member is new.", "新建了会员。"}},
    {"duplicate", Type::boolean, required, {"Known already: nothing changed.", "已知事件，未作改变。"}},
    {"parked", Type::boolean, required, {"Waits for its order.", "等待其订单。"}},
    {"tier", Type::text, required, tier_text},
    {"points_available", Type::integer, required, available_text},
    {"points_pending", Type::integer, required, pending_text},
    {"manager", Type::text, optional, {"When one was assigned: who it is.", "指定专属管家时：管家是谁。"}},
    {"ledger", Type::objects, required, {"What was booked, passing time included.", "入账明细（含随时间到期者）。"},
     &ledger_entry},
    {"tier_changes", Type::objects, required, {"In order.", "依次的等级变化。"}, &tier_change},
    {"coupons", Type::objects, optional, {"Coupons that changed, in order.", "依次变化的券。"}, &coupon_change},
    {"plan_changes", Type::objects, optional, {"Plans that changed, in order.", "依次变化的付费方案。"}, &plan_change},
    {"activity_results", Type::objects, optional, {"What activities have brought, in order.", "依次的活动结果。"},
     &activity_result},
    {"refund", Type::object, optional, {"What goes back to the member on a return.", "退货时退给会员的部分。"},
     &refund_parts},
    {"quote", Type::object, optional, {"The prices of a hold.", "预占的价格。"}, &quote},
    {"reasons", Type::objects, optional, {"When asked for by explain.", "要求说明时给出。"}, &reason},
};

constexpr Field tier_state_fields[]{
    {"name", Type::text, required, tier_text},
    {"rank", Type::integer, required, {"0 is the base.", "0 为基础等级。"}},
    {"since", Type::instant, nullable, {"Held since.", "起始时间。"}},
    {"period_ends_at", Type::instant, nullable, {"Exclusive; null: no period runs.", "周期结束（不含）；无周期为 null。"}},
    {"in_grace", Type::boolean, required, {"The period failed; grace runs.", "处于宽限期。"}},
};
constexpr Schema tier_state{"TierState", {"The tier held.", "当前等级。"}, tier_state_fields};

constexpr Field lot_fields[]{
    {"points", Type::integer, required, {"Left in the lot.", "批次剩余积分。"}},
    {"earned_at", Type::instant, required, {"When it came.", "获得时间。"}},
    {"expires_at", Type::instant, nullable, {"Exclusive; null: never.", "失效时间（不含）；永久为 null。"}},
};
constexpr Schema lot{"Lot", {"Points that lapse together.", "同时失效的积分。"}, lot_fields};

constexpr Field points_fields[]{
    {"available", Type::integer, required, available_text},
    {"pending", Type::integer, required, pending_text},
    {"owed", Type::integer, required, {"Taken from the next grants.", "将从后续积分中扣除。"}},
    {"lots", Type::objects, required, {"The next to lapse first, at most 100.", "先失效者在前，至多 100 批。"}, &lot},
};
constexpr Schema points{"Points", {"The member's points.", "会员积分。"}, points_fields};

constexpr Field balance_fields[]{
    {"topped_up_minor", Type::integer, required, {"Paid in.", "充值。"}},
    {"bonus_minor", Type::integer, required, {"Given on top.", "赠送。"}},
    {"cashback_minor", Type::integer, required, {"From orders.", "返现。"}},
    {"total_minor", Type::integer, required, {"All purses.", "合计。"}},
};
constexpr Schema balance{"Balance", {"Money in the account, by purse.", "储值余额。"}, balance_fields};

constexpr Field totals_fields[]{
    {"spend_minor", Type::integer, required, {"Counted at settlement.", "结算计入的消费。"}},
    {"orders", Type::integer, required, {"Settled.", "已结算订单数。"}},
    {"growth", Type::integer, required, {"Growth.", "成长值。"}},
    {"points", Type::integer, required, {"Granted by orders.", "订单所得积分。"}},
};
constexpr Schema totals{"Totals", {"What settled orders brought.", "已结算订单的累计。"}, totals_fields};

constexpr Field consent_fields[]{
    {"channel", Type::text, required, {"Channel.", "渠道。"}},
    {"purpose", Type::text, required, {"Purpose.", "用途。"}},
    {"granted", Type::boolean, required, {"Given.", "已同意。"}},
    {"at", Type::instant, required, {"Since.", "时间。"}},
    {"source", Type::text, optional, {"Where the member said so.", "来源。"}},
};

constexpr Field member_fields[]{
    {"id", Type::id, required, {"The member's id.", "会员编号。"}},
    {"version", Type::id, required, {"Rises with every change.", "每次变化递增。"}},
    {"registered_at", Type::instant, nullable, {"When.", "注册时间。"}},
    {"as_of", Type::instant, required, {"The present that this shows.", "数据所示的时间。"}},
    {"identities", Type::objects, required, {"All of them.", "全部身份。"}, &identity},
    {"profile", Type::object, required, {"What is known of the person.", "会员资料。"}, &profile},
    {"consents", Type::objects, required, {"Given and withdrawn.", "同意与撤回。"}, &consent},
    {"acquisition", Type::object, required, {"Where the member came from.", "会员来源。"}, &acquisition},
    {"tier", Type::object, nullable, {"The tier held; null: merged into another.", "当前等级；已并入他人则为 null。"}, &tier_state},
    {"points", Type::object, required, {"Points.", "积分。"}, &points},
    {"balance", Type::object, required, {"Money in the account.", "余额。"}, &balance},
    {"lifetime", Type::object, required, {"Since registration.", "注册以来。"}, &totals},
    {"period", Type::object, required, {"Since period counters restarted.", "本周期内。"}, &totals},
    {"coupons", Type::integer, required, {"Coupons that can be used or will be.", "可用及待用的券数。"}},
    {"holds", Type::texts, required, {"Ids of checkouts under way.", "进行中的预占号。"}},
    {"open_orders", Type::texts, required, {"Ids of orders that have not settled.", "未结算订单号。"}},
    {"parked_events", Type::integer, required, {"Events that wait for their orders.", "等待订单的事件数。"}},
    {"last_order_at", Type::instant, nullable, {"The latest order.", "最近下单时间。"}},
    {"merged_into", Type::id, optional, {"The member that this one turned out to be; use that one.", "已并入的会员，请改用该会员。"}},
    {"erased", Type::boolean, optional, {"Nothing personal is kept any more.", "个人信息已删除。"}},
    {"stage", Type::text, nullable, {"By behaviour; null: the programme has no stages.", "生命周期阶段；null 为未定义。"}},
    {"manager", Type::text, optional, {"Who looks after the member.", "专属管家。"}},
};

constexpr Field summary_fields[]{
    {"id", Type::id, required, {"The member's id.", "会员编号。"}},
    {"tier", Type::text, required, tier_text},
    {"growth", Type::integer, required, {"Growth.", "成长值。"}},
    {"points_available", Type::integer, required, available_text},
    {"points_pending", Type::integer, required, pending_text},
    {"balance_minor", Type::integer, required, {"All purses.", "余额合计。"}},
    {"orders", Type::integer, required, {"Settled.", "已结算订单数。"}},
    {"spend_minor", Type::integer, required, {"Settled.", "已结算消费。"}},
    {"last_order_at", Type::instant, nullable, {"The latest order.", "最近下单时间。"}},
    {"registered_at", Type::instant, nullable, {"When.", "注册时间。"}},
};
constexpr Schema summary{"MemberSummary", {"As of the member's last change.", "截至最近一次变化。"}, summary_fields};

constexpr Field member_list_fields[]{
    {"members", Type::objects, required, {"By id.", "按编号排列。"}, &summary},
    {"next", Type::id, nullable, next_text},
};

constexpr Field order_line_fields[]{
    {"line", Type::integer, required, {"Index, from 0.", "序号，从 0 起。"}},
    {"sku", Type::text, optional, {"Stock keeping unit.", "库存单位编码。"}},
    {"product", Type::text, optional, {"Product id.", "商品编号。"}},
    {"price_kind", Type::text, required, {"Price kind.", "价格类型。"}},
    {"quantity", Type::integer, required, {"Ordered.", "数量。"}},
    {"quantity_returned", Type::integer, required, {"Came back.", "已退数量。"}},
    {"amount_minor", Type::integer, required, {"Paid.", "实付金额。"}},
    {"amount_returned_minor", Type::integer, required, {"Came back.", "已退金额。"}},
    {"promotion", Type::text, optional, {"At whose price it was sold.", "所享活动价。"}},
};
constexpr Schema order_line{"OrderLine", {"A line as it stands.", "订单行现状。"}, order_line_fields};

constexpr Field order_fields[]{
    {"order_id", Type::text, required, {"The shop's order id.", "店铺订单号。"}},
    {"number", Type::integer, required, {"The member's how-manieth.", "会员的第几个订单。"}},
    {"status", Type::text, required, {"created, paid, settled, cancelled, returned.", "状态。"}},
    {"ordered_at", Type::instant, required, {"When.", "下单时间。"}},
    {"paid_at", Type::instant, nullable, {"When.", "支付时间。"}},
    {"shipped_at", Type::instant, nullable, {"When.", "发货时间。"}},
    {"delivered_at", Type::instant, nullable, {"When.", "签收时间。"}},
    {"settles_at", Type::instant, nullable, {"When it will count; null: not known yet.", "将结算的时间；未知为 null。"}},
    {"settled_at", Type::instant, nullable, {"When it counted.", "结算时间。"}},
    {"tier", Type::text, required, {"Held when it was paid.", "支付时的等级。"}},
    {"lines", Type::objects, required, {"As they stand.", "订单行。"}, &order_line},
    {"shipping_fee_minor", Type::integer, required, {"Paid for shipping.", "运费。"}},
    {"gift_card_minor", Type::integer, required, {"Paid by gift card.", "礼品卡支付。"}},
    {"channel", Type::text, optional, {"Sales channel.", "销售渠道。"}},
    {"store", Type::text, optional, {"Store.", "门店。"}},
    {"points", Type::integer, required, {"Pending, then granted, less what went back.", "待结算或已得积分，已扣退回。"}},
    {"growth", Type::integer, required, {"Growth.", "成长值。"}},
    {"cashback_minor", Type::integer, required, {"Cashback.", "返现。"}},
    {"points_spent", Type::integer, required, {"Spent on this order.", "本单使用的积分。"}},
    {"by_points_minor", Type::integer, required, {"What points paid of the lines.", "积分抵扣的金额。"}},
    {"balance_minor", Type::integer, required, {"Paid from the account.", "余额支付。"}},
    {"coupons", Type::objects, required, {"Coupons used on it.", "使用的券。"}, &coupon_use},
    {"flags", Type::texts, required, {"Marks by the member's tier.", "等级所加标记。"}},
    {"group", Type::text, optional, {"The group that it was bought in.", "所属拼团。"}},
    {"waits_for_group", Type::boolean, required,
     {"It does not settle before others have joined.", "等待成团，成团前不结算。"}},
    {"programme_version", Type::integer, required, {"Whose rules it was paid under.", "所依据的计划版本。"}},
};

constexpr Field order_summary_fields[]{
    {"order_id", Type::text, required, {"The shop's order id.", "店铺订单号。"}},
    {"status", Type::text, required, {"created, paid, settled, cancelled, returned.", "状态。"}},
    {"ordered_at", Type::instant, required, {"When.", "下单时间。"}},
    {"settled_at", Type::instant, nullable, {"When it counted.", "结算时间。"}},
    {"amount_minor", Type::integer, required, {"All lines.", "金额合计。"}},
    {"points", Type::integer, required, {"Pending or granted.", "待结算或已得积分。"}},
    {"cashback_minor", Type::integer, required, {"Cashback.", "返现。"}},
};
constexpr Schema order_summary{"OrderSummary", {"An order in a list.", "列表中的订单。"}, order_summary_fields};

constexpr Field order_list_fields[]{
    {"orders", Type::objects, required, {"By order id.", "按订单号排列。"}, &order_summary},
    {"next", Type::text, nullable, next_text},
};

constexpr Field ledger_fields[]{
    {"entries", Type::objects, required, {"By sequence.", "按序号排列。"}, &ledger_entry},
    {"next", Type::id, nullable, next_text},
};

constexpr Field event_fields[]{
    {"sequence", Type::id, required, {"Within the member.", "会员内序号。"}},
    {"at", Type::instant, required, {"When it happened.", "发生时间。"}},
    {"applied_at", Type::instant, required, {"The member's present then.", "生效时会员的时间。"}},
    {"recorded_at", Type::instant, required, {"By the service's clock.", "记录时间。"}},
    {"name", Type::text, required, {"order_created ...", "事件类型。"}},
    {"programme_version", Type::integer, required, {"In force then.", "当时的计划版本。"}},
    {"event", Type::object, required, {"As it was taken.", "事件原文。"}, &event_input},
};
constexpr Schema event{"StoredEvent", {"An accepted event.", "已接受的事件。"}, event_fields};

constexpr Field event_list_fields[]{
    {"events", Type::objects, required, {"By sequence.", "按序号排列。"}, &event},
    {"next", Type::id, nullable, next_text},
};

constexpr Field threshold_fields[]{
    {"counter", Type::text, required, {"In the programme.", "计划中的计数器。"}},
    {"metric", Type::text, required, {"spend, growth, orders, points.", "指标。"}},
    {"need", Type::integer, required, {"Minor units for spend.", "所需；消费以最小货币单位计。"}},
    {"have", Type::integer, required, {"Now.", "现有。"}},
    {"missing", Type::integer, required, {"Still to come.", "尚差。"}},
};
constexpr Schema threshold{"Threshold", {"One thing to reach.", "一项门槛。"}, threshold_fields};

constexpr Field next_tier_fields[]{
    {"tier", Type::text, required, tier_text},
    {"thresholds", Type::objects, required, {"All must be reached.", "须全部达到。"}, &threshold},
    {"by_rule", Type::boolean, required, {"A condition must hold too.", "另须满足条件。"}},
};
constexpr Schema next_tier{"NextTier", {"The way up.", "升级进度。"}, next_tier_fields};

constexpr Field entitlements_fields[]{
    {"member", Type::id, required, {"The member's id.", "会员编号。"}},
    {"as_of", Type::instant, required, {"The present that this shows.", "数据所示的时间。"}},
    {"currency", Type::text, required, {"ISO 4217.", "货币。"}},
    {"tier", Type::object, required, {"The tier held.", "当前等级。"}, &tier_state},
    {"benefits", Type::objects, required, {"What may be claimed now.", "现在可享权益。"}, &benefit},
    {"next_tier", Type::object, nullable, {"Null at the top, and where tiers are granted only.", "已到顶或仅由授予时为 null。"},
     &next_tier},
    {"points", Type::object, required, {"Points.", "积分。"}, &points},
    {"points_worth_minor", Type::integer, required, {"What the available points are worth.", "可用积分折合金额。"}},
    {"balance", Type::object, required, {"Money in the account.", "余额。"}, &balance},
};

constexpr Field programme_tier_fields[]{
    {"name", Type::text, required, {"Name.", "名称。"}},
    {"title", Type::text, optional, {"English.", "英文标题。"}},
    {"title_zh", Type::text, optional, {"Chinese.", "中文标题。"}},
    {"points_multiplier", Type::text, required, {"An exact fraction.", "积分倍数（精确分数）。"}},
};
constexpr Schema programme_tier{"ProgrammeTier", {"A rung of the ladder.", "一个等级。"}, programme_tier_fields};

constexpr Field programme_fields[]{
    {"name", Type::text, required, {"Name.", "名称。"}},
    {"version", Type::integer, required, {"Version in force.", "当前版本。"}},
    {"currency", Type::text, required, {"ISO 4217.", "货币。"}},
    {"minor_digits", Type::integer, required, {"Digits of the minor unit.", "最小单位位数。"}},
    {"time_zone", Type::text, required, {"IANA name.", "时区。"}},
    {"now", Type::instant, required, {"The service's present.", "服务当前时间。"}},
    {"price_kinds", Type::texts, required, {"The first is the default.", "第一个为默认。"}},
    {"tiers", Type::objects, required, {"Base first.", "基础等级在前。"}, &programme_tier},
    {"description", Type::text, required, {"What it does, in lines for a person.", "可读的说明。"}},
    {"source", Type::text, required, {"The programme file.", "计划文件原文。"}},
};

constexpr Field report_fields[]{
    {"valid", Type::boolean, required, {"True: else there are errors.", "通过为 true，否则返回错误。"}},
    {"name", Type::text, required, {"Name.", "名称。"}},
    {"version", Type::integer, required, {"Version.", "版本。"}},
    {"description", Type::text, required, {"What it does, in lines for a person.", "可读的说明。"}},
};

constexpr Field status_fields[]{{"status", Type::text, required, {"up or ready.", "状态。"}}};

constexpr Field error_fields[]{
    {"pointer", Type::text, required, {"JSON Pointer, parameter, or place in the file.", "出错位置。"}},
    {"detail", Type::text, required, {"What is wrong.", "错误说明。"}},
    {"expected", Type::text, optional, {"What is allowed.", "允许的值。"}},
    {"found", Type::text, optional, {"What was there.", "实际的值。"}},
    {"suggestion", Type::text, optional, {"The nearest right word.", "最接近的正确写法。"}},
};
constexpr Schema error{"InputError", {"One thing that is wrong.", "一处错误。"}, error_fields};

constexpr Field problem_fields[]{
    {"type", Type::text, required, {"Where the code is explained.", "代码说明的地址。"}},
    {"title", Type::text, required, {"What kind of problem.", "问题类型。"}},
    {"status", Type::integer, required, {"HTTP status.", "HTTP 状态码。"}},
    {"code", Type::text, required, {"Stable, for programs.", "稳定代码，供程序判断。"}},
    {"detail", Type::text, required, {"What happened.", "发生了什么。"}},
    {"expected", Type::text, optional, {"What was expected.", "期望。"}},
    {"found", Type::text, optional, {"What was found.", "实际。"}},
    {"what_to_do", Type::text, required, {"What to do.", "应当如何处理。"}},
    {"errors", Type::objects, optional, {"Each place that is wrong.", "各处错误。"}, &error},
};

}  // namespace

const Schema reason{"Reason", {"Why it came out so.", "结果的原因。"}, reason_fields};
const Schema consent{"Consent", {"A consent.", "同意。"}, consent_fields};
const Schema done{"Done", {"What an event did.", "事件的结果。"}, done_fields};
const Schema member{"Member", {"A member at the service's present.", "会员现状。"}, member_fields};
const Schema member_list{"MemberList", {"A page of members.", "会员列表页。"}, member_list_fields};
const Schema order{"Order", {"An order as it stands.", "订单现状。"}, order_fields};
const Schema order_list{"OrderList", {"A page of orders.", "订单列表页。"}, order_list_fields};
const Schema ledger{"Ledger", {"A page of the ledger.", "账目列表页。"}, ledger_fields};
const Schema event_list{"EventList", {"A page of events.", "事件列表页。"}, event_list_fields};
const Schema entitlements{"Entitlements", {"What a member may claim now.", "会员现在可享的权益。"}, entitlements_fields};
const Schema programme{"Programme", {"The programme in force.", "现行计划。"}, programme_fields};
const Schema programme_report{"ProgrammeReport", {"A programme that is valid.", "通过检查的计划。"}, report_fields};
const Schema status{"Status", {"How the server is.", "服务状态。"}, status_fields};
const Schema problem{"Problem", {"RFC 9457.", "RFC 9457 错误文档。"}, problem_fields};

}  // namespace regulars::api::schemas
