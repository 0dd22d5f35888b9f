// Enrolment, cards, and what members tell of themselves.
#include "api/endpoints/schemas.hpp"

namespace regulars::api::schemas {

namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto nullable = Need::nullable;

constexpr Text phone_text{"The phone number; or an e-mail address.", "手机号；也可改用邮箱。"};
constexpr Text email_text{"The e-mail address, instead of a phone number.", "邮箱地址，可代替手机号。"};
constexpr Text purpose_text{"enrol (when left out) or sign_in: a code works for what it was asked for.",
                            "enrol（默认）或 sign_in；验证码仅用于所申请的用途。"};
constexpr Text channel_text{"Where the member came from.", "来源渠道。"};
constexpr Text store_text{"Store.", "门店。"};
constexpr Text staff_text{"Whose code it is.", "所属员工。"};

constexpr Field code_request_fields[]{
    {"phone", Type::text, optional, phone_text},
    {"email", Type::text, optional, email_text},
    {"purpose", Type::text, optional, purpose_text},
};

constexpr Field code_sent_fields[]{
    {"digits", Type::integer, required, {"How many digits a code has.", "验证码位数。"}},
    {"minutes", Type::integer, required, {"How long it works.", "有效分钟数。"}},
};

constexpr Field enrolment_fields[]{
    {"phone", Type::text, optional, phone_text},
    {"email", Type::text, optional, email_text},
    {"code", Type::text, required, {"The six digits that were sent.", "收到的六位验证码。"}},
    {"purpose", Type::text, optional, purpose_text},
    {"scan", Type::text, optional,
     {"The code that was scanned: of a guide, leader, store, poster or friend. One that is not known changes nothing.",
      "所扫的码：导购、团长、门店、海报或好友；未知的码不产生影响。"}},
    {"channel", Type::text, optional, channel_text},
    {"source", Type::text, optional, {"What brought the member, in the shop's words.", "来源（店铺自定）。"}},
    {"store", Type::text, optional, store_text},
    {"staff", Type::text, optional, {"Who brought the member.", "引荐员工。"}},
    {"name", Type::text, optional, {"The member's name.", "姓名。"}},
};

constexpr Field enrolled_fields[]{
    {"member", Type::id, required, {"The member's id.", "会员编号。"}},
    {"created_member", Type::boolean, required, {"The member is new.", "新建了会员。"}},
    {"token", Type::text, required, {"For the addresses under /v1/me.", "用于 /v1/me 的令牌。"}},
    {"ends_at", Type::instant, required, {"Until then it works.", "令牌失效时间。"}},
};

constexpr Field scan_code_input_fields[]{
    {"kind", Type::text, required, {"guide, leader, store or poster.", "导购、团长、门店或海报。"}},
    {"name", Type::text, optional, {"For people.", "名称。"}},
    {"staff", Type::text, optional, staff_text},
    {"store", Type::text, optional, store_text},
    {"channel", Type::text, optional, channel_text},
};

constexpr Field scan_code_fields[]{
    {"code", Type::text, required, {"What is scanned.", "被扫的码。"}},
    {"kind", Type::text, required, {"guide, leader, store, poster or friend.", "导购、团长、门店、海报或好友。"}},
    {"name", Type::text, optional, scan_code_input_fields[1].about},
    {"staff", Type::text, optional, staff_text},
    {"store", Type::text, optional, store_text},
    {"channel", Type::text, optional, channel_text},
    {"member", Type::id, optional, {"The friend whose code it is.", "所属好友会员。"}},
    {"made_at", Type::instant, required, {"When it was made.", "生成时间。"}},
};

constexpr Field scan_code_list_fields[]{
    {"codes", Type::objects, required, {"By code; friends' are not among them.", "按码排序，不含好友码。"}, &scan_code},
    {"next", Type::text, nullable, {"The 'after' of the next page; null at the end.", "下一页的 after；末页为 null。"}},
};

constexpr Field card_fields[]{
    {"card", Type::text, required, {"The card's number, the last a check digit.", "会员卡号，末位为校验位。"}},
};

constexpr Field unlink_fields[]{
    {"kind", Type::text, required, {"As the member's identities list it.", "与会员身份列表一致。"}},
    {"value", Type::text, required, {"As the member's identities list it.", "与会员身份列表一致。"}},
    {"at", Type::instant, optional, {"When it happened; now when left out.", "发生时间；不填即为现在。"}},
    {"explain", Type::boolean, optional, {"Answer with the reasons.", "在结果中说明原因。"}},
};

constexpr Field my_profile_fields[]{
    {"name", Type::text, optional, {"Name.", "姓名。"}},
    {"gender", Type::text, optional, {"Gender.", "性别。"}},
    {"birthday", Type::date, optional, {"Date of birth.", "生日。"}},
    {"region", Type::text, optional, {"Region.", "地区。"}},
    {"attributes", Type::map_of_texts, optional,
     {"Further attributes; an empty text removes one.", "其他属性；空文本即删除。"}},
    {"explain", Type::boolean, optional, {"Answer with the reasons.", "在结果中说明原因。"}},
};

constexpr Field my_consent_fields[]{
    {"channel", Type::text, required, {"sms, email, app ...", "短信、邮件、应用等。"}},
    {"purpose", Type::text, required, {"marketing, service ...", "营销、服务等。"}},
    {"granted", Type::boolean, required, {"Given or withdrawn.", "同意或撤回。"}},
    {"source", Type::text, optional, {"Where the member said so.", "同意的来源。"}},
    {"explain", Type::boolean, optional, {"Answer with the reasons.", "在结果中说明原因。"}},
};

constexpr Field acquisition_fields[]{
    {"channel", Type::text, optional, channel_text},
    {"source", Type::text, optional, {"guide, leader, store, poster, friend, or the shop's own word.", "来源。"}},
    {"store", Type::text, optional, store_text},
    {"staff", Type::text, optional, {"Whose code was scanned.", "引荐员工。"}},
    {"code", Type::text, optional, {"The code that was scanned.", "所扫的码。"}},
    {"inviter", Type::text, optional, {"The friend whose code it was.", "邀请人会员编号。"}},
};

}  // namespace

const Schema code_request{"CodeRequest", {"Who wants a one-time code.", "申请验证码。"}, code_request_fields};
const Schema code_sent{"CodeSent", {"The same answer whoever asks.", "无论是否会员，回答相同。"}, code_sent_fields};
const Schema enrolment_input{"EnrolmentInput", {"Somebody tells the code that they were sent.", "提交收到的验证码。"},
                             enrolment_fields};
const Schema enrolled{"Enrolled", {"The member, and a token for their phone.", "会员及其手机令牌。"}, enrolled_fields};
const Schema scan_code_input{"EnrolmentCodeInput", {"A code to print and scan.", "待印制的入会码。"},
                             scan_code_input_fields};
const Schema scan_code{"EnrolmentCode", {"A code that people scan to enrol.", "入会码。"}, scan_code_fields};
const Schema scan_code_list{"EnrolmentCodeList", {"A page of them.", "入会码列表页。"}, scan_code_list_fields};
const Schema card{"Card", {"A membership card.", "会员卡。"}, card_fields};
const Schema unlink_input{"UnlinkInput", {"An identity that is to go.", "待解除的身份。"}, unlink_fields};
const Schema my_profile_input{"MyProfileInput", {"What I tell of myself; the rest stays as it is.", "我的资料；未填部分不变。"},
                              my_profile_fields};
const Schema my_consent_input{"MyConsentInput", {"What I agree to, or no longer.", "我的同意或撤回。"}, my_consent_fields};
const Schema acquisition{"Acquisition", {"Where the member came from; never overwritten.", "会员来源，不会被覆盖。"},
                         acquisition_fields};

}  // namespace regulars::api::schemas
