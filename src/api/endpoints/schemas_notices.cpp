// Notices: what comes out.
#include "api/endpoints/schemas.hpp"

namespace regulars::api::schemas {

namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto nullable = Need::nullable;

constexpr Field notice_fields[]{
    {"member", Type::id, required, {"Whom it is about.", "相关会员编号。"}},
    {"kind", Type::text, required,
     {"coupon_lapses, plan_ends, plan_ended, card_invitation, manager_wanted, gift_returned.",
      "类型：券将过期、付费会员将到期、付费会员已到期、领卡邀请、待分配专属顾问、赠券退回。"}},
    {"subject", Type::text, required,
     {"The coupon's, plan's, invitation's or benefit's name in the programme.", "计划中券、付费方案、邀请或权益的名称。"}},
    {"title", Type::text, optional, {"For people, where it is a coupon.", "券的名称（若为券）。"}},
    {"title_zh", Type::text, optional, {"In Chinese.", "中文名称。"}},
    {"coupon", Type::id, optional, {"The coupon's id in the member's wallet.", "券在会员券包中的编号。"}},
    {"order_number", Type::integer, optional, {"The member's how-manieth order.", "会员的第几个订单。"}},
    {"at", Type::instant, required, {"When it fell due.", "发生时间。"}},
    {"recorded_at", Type::instant, required, {"By the service's clock.", "记录时间。"}},
};
constexpr Schema notice{"Notice", {"Somebody should be told.", "一条待通知事项。"}, notice_fields};

constexpr Field notice_list_fields[]{
    {"notices", Type::objects, required, {"In the order of recording.", "按记录顺序。"}, &notice},
    {"next", Type::text, nullable,
     {"Where to go on, now or later: always there but before the first notice of all.",
      "下次读取的起点，可立即或稍后使用；仅在尚无任何通知时为 null。"}},
};

constexpr Field member_notice_list_fields[]{
    {"notices", Type::objects, required, {"The oldest first.", "由旧到新。"}, &notice},
    {"next", Type::text, nullable, {"The 'after' of the next page; null at the end.", "下一页的 after；末页为 null。"}},
};

}  // namespace

const Schema notice_list{"NoticeList", {"Notices of all members.", "全部会员的通知。"}, notice_list_fields};
const Schema member_notice_list{"MemberNoticeList", {"A member's notices.", "会员的通知。"}, member_notice_list_fields};

}  // namespace regulars::api::schemas
