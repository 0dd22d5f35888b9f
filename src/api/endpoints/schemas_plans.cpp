// Paid plans: what goes in and comes out.
#include "api/endpoints/schemas.hpp"

namespace regulars::api::schemas {

namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto nullable = Need::nullable;

constexpr Text reference_text{"Makes it happen once.", "凭据，保证只生效一次。"};
constexpr Text at_text{"When; now when left out.", "发生时间，默认现在。"};
constexpr Text explain_text{"Ask for the reasons in the answer.", "在应答中给出原因。"};
constexpr Text plan_text{"The plan's name.", "付费方案代码。"};

constexpr Field trial_fields[]{
    {"period", Type::text, required, {"ISO 8601: P14D.", "ISO 8601 时长，如 P14D。"}},
    {"price_minor", Type::integer, required, {"What it costs.", "试用价。"}},
};
constexpr Schema trial{"PlanTrial", {"Once, for who never had the plan.", "仅限从未开通者一次。"}, trial_fields};

constexpr Field plan_benefit_fields[]{
    {"kind", Type::text, required,
     {"discount, free_shipping, cashback, points_multiplier, order_flag.", "类型：折扣、免邮、返现、积分倍数、订单标记。"}},
    {"code", Type::text, required, {"In the programme.", "计划中的代码。"}},
    {"title", Type::text, optional, {"For people.", "名称。"}},
    {"title_zh", Type::text, optional, {"In Chinese.", "中文名称。"}},
    {"rate", Type::text, optional, {"The exact share or factor.", "精确比例或倍数。"}},
};
constexpr Schema plan_benefit{"PlanBenefit", {"What a plan gives on orders.", "方案在订单上的权益。"}, plan_benefit_fields};

constexpr Field plan_fields[]{
    {"name", Type::text, required, plan_text},
    {"title", Type::text, optional, {"For people.", "名称。"}},
    {"title_zh", Type::text, optional, {"In Chinese.", "中文名称。"}},
    {"price_minor", Type::integer, required, {"Of one period.", "每周期价格。"}},
    {"period", Type::text, required, {"ISO 8601: P1M, P1Y.", "ISO 8601 时长，如 P1M、P1Y。"}},
    {"trial", Type::object, nullable, {"Null: there is none.", "试用；无则为 null。"}, &trial},
    {"grace_days", Type::integer, required, {"It goes on so long, waiting to be renewed.", "到期后等待续费的宽限天数。"}},
    {"refund", Type::text, required,
     {"When given up at once: none, unused_days, less_saved.", "立即终止时退款：不退、按未用天数、未用天数并扣除已省。"}},
    {"full_refund_days", Type::integer, required, {"All comes back so long, if it saved nothing.", "未产生节省时可全额退款的天数。"}},
    {"tiers", Type::texts, required, {"Who may buy it.", "可购买的等级。"}},
    {"when", Type::text, optional, {"Who may buy it: a rule.", "可购买的条件。"}},
    {"tier", Type::text, optional, {"That is held while it runs.", "期间持有的等级。"}},
    {"with_tier", Type::text, required,
     {"What counts where the tier gives the same: better, both.", "与等级同类权益并存时：取优或叠加。"}},
    {"benefits", Type::objects, required, {"What it gives on orders.", "订单权益。"}, &plan_benefit},
};
constexpr Schema plan{"Plan", {"A paid plan.", "付费方案。"}, plan_fields};

constexpr Field plan_list_fields[]{
    {"plans", Type::objects, required, {"In the programme's order.", "按计划中的顺序。"}, &plan},
};

constexpr Field held_fields[]{
    {"plan", Type::text, required, plan_text},
    {"title", Type::text, optional, {"For people.", "名称。"}},
    {"title_zh", Type::text, optional, {"In Chinese.", "中文名称。"}},
    {"since", Type::instant, required, {"Held without a break since.", "连续持有起始时间。"}},
    {"last_day", Type::date, required, {"The last day of all that is paid.", "已付期限的最后一天。"}},
    {"period_began_at", Type::instant, required, {"The running period.", "当前周期开始。"}},
    {"period_ends_at", Type::instant, required, {"Exclusive; of the grace, if that runs.", "当前周期（或宽限期）结束（不含）。"}},
    {"trial", Type::boolean, required, {"The running period is a trial.", "当前为试用。"}},
    {"cancelled", Type::boolean, required, {"It is not to be renewed.", "已取消续费。"}},
    {"in_grace", Type::boolean, required, {"It is over and waits to be renewed.", "处于宽限期。"}},
    {"paid_minor", Type::integer, required, {"For what runs and is to come.", "当前及后续周期已付金额。"}},
    {"saved_minor", Type::integer, required, {"By its benefits in the running period.", "本周期已省。"}},
    {"saved_ever_minor", Type::integer, required, {"Since it is held without a break.", "连续持有以来已省。"}},
    {"comes_back_minor", Type::integer, required, {"If it were given up at once, now.", "此刻立即终止可退金额。"}},
};
constexpr Schema held{"HeldPlan", {"A plan that a member holds.", "会员持有的付费方案。"}, held_fields};

constexpr Field held_list_fields[]{
    {"member", Type::id, required, {"The member's id.", "会员编号。"}},
    {"as_of", Type::instant, required, {"The present that this shows.", "数据所示的时间。"}},
    {"plans", Type::objects, required, {"By name.", "按代码排序。"}, &held},
};

constexpr Field change_fields[]{
    {"at", Type::instant, required, {"When.", "时间。"}},
    {"plan", Type::text, required, plan_text},
    {"kind", Type::text, required, {"bought, trial, renewed, cancelled, ended.", "开通、试用、续费、取消、到期。"}},
    {"amount_minor", Type::integer, required, {"Paid, or (cancelled) to be paid back.", "已付金额；取消时为应退金额。"}},
    {"last_day", Type::date, required, {"Of all that is paid, then.", "此后已付期限的最后一天。"}},
};

constexpr Field purchase_fields[]{
    {"plan", Type::text, required, plan_text},
    {"trial", Type::boolean, optional, {"Its trial. Default: false.", "是否试用，默认否。"}},
    {"paid_minor", Type::integer, optional, {"Must be its price; left out: taken as paid.", "须等于价格；不填视为已付。"}},
    {"reference", Type::text, required, reference_text},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field cancel_fields[]{
    {"at_once", Type::boolean, optional, {"Else to the end of what is paid.", "是否立即终止；默认用至期满。"}},
    {"reference", Type::text, required, reference_text},
    {"reason", Type::text, optional, {"Why.", "原因。"}},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field my_cancel_fields[]{
    {"reference", Type::text, required, reference_text},
    {"reason", Type::text, optional, {"Why.", "原因。"}},
    {"explain", Type::boolean, optional, explain_text},
};

}  // namespace

const Schema plan_list{"PlanList", {"The plans that are sold.", "在售付费方案。"}, plan_list_fields};
const Schema held_plan_list{"HeldPlanList", {"The plans that are held.", "持有的付费方案。"}, held_list_fields};
const Schema plan_change{"PlanChange", {"What became of a plan.", "付费方案变化。"}, change_fields};
const Schema plan_purchase_input{"PlanPurchaseInput", {"A plan is bought.", "开通付费方案。"}, purchase_fields};
const Schema plan_cancel_input{"PlanCancelInput", {"A plan is given up.", "取消付费方案。"}, cancel_fields};
const Schema my_plan_cancel_input{"MyPlanCancelInput", {"I give a plan up.", "我要取消续费。"}, my_cancel_fields};

}  // namespace regulars::api::schemas
