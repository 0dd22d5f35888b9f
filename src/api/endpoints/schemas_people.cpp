// Gifts between members, two members who are one, and what belongs to a person.
#include "api/endpoints/schemas.hpp"

namespace regulars::api::schemas {

namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto nullable = Need::nullable;

constexpr Text why_text{"Kept with the event; at most 1,000 bytes.", "随事件保存，至多 1000 字节。"};

constexpr Field gift_input_fields[]{
    {"secret", Type::text, required, {"What the giver's phone was shown.", "赠送人手机上显示的口令。"}},
};

constexpr Field gift_fields[]{
    {"coupon", Type::id, required, {"The coupon that is offered.", "所赠的券。"}},
    {"secret", Type::text, required, {"Shown this once; who tells it first gets the coupon.", "仅显示一次；先出示者得券。"}},
    {"ends_at", Type::instant, required, {"When it comes back, if nobody takes it.", "无人领取时退回的时间。"}},
};

constexpr Field merge_input_fields[]{
    {"from", Type::id, required, {"The other member, who is over then.", "被并入的会员，合并后不再使用。"}},
    {"reason", Type::text, required, why_text},
};

constexpr Field preview_fields[]{
    {"possible", Type::boolean, required, {"The two can be merged now.", "现在可以合并。"}},
    {"why_not", Type::object, nullable, {"Null where it is possible.", "可以合并时为 null。"}, &reason},
    {"orders_of_both", Type::texts, required, {"Order ids that both have: one of them must be cleared up first.",
                                               "双方都有的订单号，须先处理。"}},
    {"member", Type::object, nullable, {"The survivor as they would be.", "合并后的会员。"}, &member},
    {"tier_before", Type::text, required, {"The survivor's tier now.", "合并前等级。"}},
    {"points_brought", Type::integer, required, {"What the other has.", "对方的可用积分。"}},
    {"balance_brought_minor", Type::integer, required, {"What the other has.", "对方的余额。"}},
    {"coupons_brought", Type::integer, required, {"What the other has.", "对方的券数。"}},
};

constexpr Field erase_fields[]{
    {"reason", Type::text, required, {"Kept with the event: do not name the person here.", "随事件保存，请勿写入个人信息。"}},
};

constexpr Field acquisition_fields[]{
    {"channel", Type::text, optional, {"Channel.", "渠道。"}}, {"source", Type::text, optional, {"Source.", "来源。"}},
    {"store", Type::text, optional, {"Store.", "门店。"}},     {"staff", Type::text, optional, {"Staff.", "员工。"}},
    {"code", Type::text, optional, {"Scanned code.", "所扫的码。"}},
    {"inviter", Type::text, optional, {"Who invited them.", "邀请人。"}},
};
constexpr Schema export_acquisition{"ExportedAcquisition", {"Where the member came from.", "会员来源。"},
                                    acquisition_fields};

constexpr Field plan_fields[]{
    {"plan", Type::text, required, {"The plan.", "付费会员计划。"}},
    {"since", Type::instant, required, {"Held since.", "起始时间。"}},
    {"ends_at", Type::instant, required, {"Paid until.", "到期时间。"}},
    {"trial", Type::boolean, required, {"A trial.", "试用。"}},
    {"paid_minor", Type::integer, required, {"Paid for it.", "已付金额。"}},
};
constexpr Schema export_plan{"ExportedPlan", {"A plan that is held.", "持有的付费会员。"}, plan_fields};

constexpr Field export_fields[]{
    {"exported_at", Type::instant, required, {"When.", "导出时间。"}},
    {"member", Type::object, required, {"The member.", "会员。"}, &member},
    {"acquisition", Type::object, required, {"Where they came from.", "来源。"}, &export_acquisition},
    {"plans", Type::objects, required, {"Plans that are held.", "付费会员。"}, &export_plan},
    {"orders", Type::objects, required, {"All orders.", "全部订单。"}, &order},
    {"coupons", Type::object, required, {"All coupons.", "全部券。"}, &coupon_list},
    {"ledger", Type::object, required, {"The whole ledger.", "全部账目。"}, &ledger},
    {"events", Type::object, required, {"All that was told of the member.", "全部事件。"}, &event_list},
};

}  // namespace

const Schema gift_input{"GiftInput", {"A gift is taken.", "领取赠券。"}, gift_input_fields};
const Schema gift{"Gift", {"A coupon that is offered to a friend.", "赠出的券。"}, gift_fields};
const Schema merge_input{"MergeInput", {"Two members are one.", "两位会员为同一人。"}, merge_input_fields};
const Schema merge_preview{"MergePreview", {"What a merge would bring.", "合并预览。"}, preview_fields};
const Schema erase_input{"EraseInput", {"Personal data goes.", "删除个人信息。"}, erase_fields};
const Schema member_export{"MemberExport", {"All that is kept about a member.", "会员的全部数据。"}, export_fields};

}  // namespace regulars::api::schemas
