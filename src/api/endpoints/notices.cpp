// Notices: what the shop's systems are to tell members, in the order of recording, and what one member was to be told.
#include <algorithm>
#include <array>

#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/places.hpp"
#include "api/endpoints/registry.hpp"
#include "api/json_writer.hpp"

namespace regulars::api {

namespace {

using service::NoticeKey;

constexpr std::int64_t days_told = 90;
constexpr std::int64_t ms_per_day = 86'400'000;
constexpr std::size_t cursor_parts = 5;

// A place in the list as one text. Nobody but us reads what it says.
std::string cursor_of(const NoticeKey& key) {
    return std::to_string(key.recorded_at.ms) + "." + std::to_string(key.member.value) + "." +
           std::to_string(key.event_sequence) + "." + std::to_string(key.happened_at.ms) + "." +
           std::to_string(key.index);
}

std::optional<NoticeKey> read_cursor(std::string_view text) {
    std::array<std::int64_t, cursor_parts> parts{};
    if (!read_place(text, parts)) return std::nullopt;
    const auto& [recorded_at, member, sequence, happened_at, index] = parts;
    if (member < 0 || sequence < 0 || index < 0 || index > UINT32_MAX) return std::nullopt;
    return NoticeKey{Instant{recorded_at}, MemberId{static_cast<std::uint64_t>(member)},
                     static_cast<std::uint64_t>(sequence), Instant{happened_at}, static_cast<std::uint32_t>(index)};
}

expected<service::Page<NoticeKey>, Problem> page_of(const Call& call) {
    const auto limit = page_limit(call.request);
    if (!limit) return unexpected(limit.error());
    const auto text = call.request.parameter("after");
    const auto after = text ? read_cursor(*text) : NoticeKey{};
    if (!after)
        return unexpected(parameter_problem("after", "this is not a place in the list",
                                            "the 'next' of the answer before", *text));
    return service::Page<NoticeKey>{*after, *limit};
}

void write_notice(JsonWriter& json, const service::NoticeRow& row, const programme::Programme& programme) {
    const engine::Notice& notice = row.notice;
    json.begin_object();
    json.id_field("member", row.member.value);
    json.field("kind", engine::name_of(notice.kind));
    json.field("subject", notice.subject);
    if (const auto* terms = notice.coupon == CouponId() ? nullptr : programme.coupons.find(notice.subject)) {
        json.field_if("title", terms->title.en);
        json.field_if("title_zh", terms->title.zh);
    }
    if (notice.coupon != CouponId()) json.id_field("coupon", notice.coupon.value);
    if (notice.order != OrderNumber()) json.count_field("order_number", notice.order.value);
    json.field("at", notice.at);
    json.field("recorded_at", row.recorded_at);
    json.end_object();
}

Response list_of(const Call& call, const std::vector<service::NoticeRow>& rows, const std::string& next) {
    const auto programmes = call.service.programmes();
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("notices");
    json.begin_array();
    for (const service::NoticeRow& row : rows) write_notice(json, row, programmes->current());
    json.end_array();
    write_next(json, next);
    json.end_object();
    return response;
}

Answer list_notices(const Call& call) {
    const auto page = page_of(call);
    if (!page) return unexpected(page.error());
    const auto rows = call.service.list_notices(*page);
    if (!rows) return unexpected(problem_of(rows.error()));
    const auto given = call.request.parameter("after");
    const std::string here = given ? std::string(*given) : std::string();
    return list_of(call, *rows, rows->empty() ? here : cursor_of(rows->back().key()));
}

}  // namespace

Answer list_member_notices(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    const auto page = page_of(call);
    if (!page) return unexpected(page.error());
    const Instant since{call.service.now().ms - days_told * ms_per_day};
    auto rows = call.service.list_member_notices(*id, since, *page);
    if (!rows) return unexpected(problem_of(rows.error()));
    if (const auto problem = nobody(call, *id, rows->empty())) return unexpected(*problem);
    const bool full = rows->size() == page->limit;
    const std::string next = full ? cursor_of(rows->back().key()) : std::string();
    // What the shop is to do, and whom it looks at, is not the member's business.
    if (call.request.member != MemberId())
        std::erase_if(*rows, [](const auto& row) {
            return row.notice.kind == engine::NoticeKind::manager_wanted ||
                   row.notice.kind == engine::NoticeKind::friend_suspicious;
        });
    return list_of(call, *rows, next);
}

std::vector<Endpoint> notice_endpoints() {
    return {
        {.method = Method::get,
         .path = "/v1/notices",
         .group = "Notices",
         .scope = Scope::read,
         .summary = {"Whom to tell what", "待通知事项"},
         .about = {"Of all members, in the order in which they were recorded: read with 'after', tell people, keep "
                   "'next', ask again. A notice comes ten seconds after it was recorded, so that none is passed by; "
                   "after a break-off the same ones may be read again.",
                   "全部会员的通知，按记录顺序。以 after 续读，逐一通知，保存 next，再次读取。"
                   "通知在记录十秒后给出，以免遗漏；中断后可能重复读到。"},
         .parameters = page_parameters(),
         .output = &schemas::notice_list,
         .handler = FromStore{list_notices}},
        {.method = Method::get,
         .path = "/v1/members/{id}/notices",
         .group = "Notices",
         .scope = Scope::read,
         .summary = {"A member's notices of the last 90 days", "会员近 90 天的通知"},
         .path_parameters = {member_path_parameter()},
         .parameters = page_parameters(),
         .output = &schemas::member_notice_list,
         .handler = FromStore{list_member_notices}},
    };
}

}  // namespace regulars::api
