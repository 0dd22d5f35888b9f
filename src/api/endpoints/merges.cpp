// Two members who turn out to be one person: looked at, done, undone. Nothing here ever happens by itself.
#include "api/endpoints/common.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "service/json_fields.hpp"

namespace regulars::api {

namespace {

struct MergeInput {
    MemberId into;
    MemberId from;
    std::string reason;
};

expected<MergeInput, Problem> read_input(const Call& call) {
    const auto into = member_of(call);
    if (!into) return unexpected(into.error());
    MergeInput input{*into, {}, {}};
    std::string from;
    const auto problems = service::JsonFields::read_all(
        call.request.body, limits::body_size_max, [&](service::JsonFields& fields) {
            from = fields.text("from", regulars::limits::id_size_max, service::Need::required);
            input.reason = fields.text("reason", regulars::limits::text_size_max, service::Need::required);
        });
    if (!problems.empty()) return unexpected(problem_of(problems));
    const auto id = member_id_of(from, "from");
    if (!id) return unexpected(id.error());
    input.from = *id;
    return input;
}

Prepared together(const Call& call, MemberId into, MemberId from, engine::Fact first, engine::Fact second) {
    const auto programmes = call.service.programmes();
    const Instant now = call.service.now();
    Prepared prepared;
    prepared.together = true;
    prepared.commands.push_back({into, {now, std::move(first)}});
    prepared.commands.push_back({from, {now, std::move(second)}});
    prepared.render = [programmes](const std::vector<service::Reply>& replies) {
        return render_reply(replies.front(), programmes->current());
    };
    return prepared;
}

expected<Prepared, Problem> merge(const Call& call) {
    auto input = read_input(call);
    if (!input) return unexpected(input.error());
    return together(call, input->into, input->from, engine::MembersMerged{input->from, 0, std::move(input->reason)},
                    engine::MergedInto{input->into});
}

expected<Prepared, Problem> undo_merge(const Call& call) {
    auto input = read_input(call);
    if (!input) return unexpected(input.error());
    return together(call, input->into, input->from, engine::MergeUndone{input->from, input->reason},
                    engine::MergeUndone{input->into, input->reason});
}

void write_why_not(JsonWriter& json, engine::Rejection rejection) {
    json.begin_object();
    json.field("code", engine::code_of(rejection));
    json.field("text", engine::text_of(rejection).sentence);
    json.end_object();
}

Answer preview_merge(const Call& call) {
    const auto into = member_of(call);
    if (!into) return unexpected(into.error());
    const auto from = member_id_of(call.request.parameter("from").value_or(""), "from");
    if (!from) return unexpected(from.error());
    const auto now = call.service.find(*into);
    const auto other = call.service.find(*from);
    if (!now || !other) return unexpected(problem_of(now ? other.error() : now.error()));
    if (!*now) return unexpected(member_not_found(*into));
    if (!*other) return unexpected(member_not_found(*from));
    const auto previewed = call.service.preview_merge(*into, *from);
    if (!previewed) return unexpected(problem_of(previewed.error()));
    if (!*previewed) return unexpected(member_not_found(*from));
    const auto& preview = **previewed;
    const bool possible = preview && preview->orders_of_both.empty();
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.field("possible", possible);
    json.name("why_not");
    if (possible) json.null();
    else write_why_not(json, preview ? engine::Rejection::merge_not_possible : preview.error());
    json.name("orders_of_both");
    write_texts(json, preview ? preview->orders_of_both : std::vector<std::string>());
    json.name("member");
    if (preview) write_member(json, preview->into, call.service.programmes()->current());
    else json.null();
    json.field("tier_before", (*now)->tier);
    json.field("points_brought", (*other)->member.points_available);
    json.field("balance_brought_minor", (*other)->member.balance.total());
    json.count_field("coupons_brought", (*other)->member.coupons.size());
    json.end_object();
    return response;
}

Endpoint merge_endpoint(std::string_view path, Text summary, Text about,
                        expected<Prepared, Problem> (*prepare)(const Call&)) {
    return {.method = Method::post,
            .path = path,
            .group = "Members",
            .scope = Scope::admin,
            .summary = summary,
            .about = about,
            .path_parameters = {member_path_parameter()},
            .input_type = "application/json",
            .input = &schemas::merge_input,
            .input_example = R"({"from":"2","reason":"showed both cards at the till"})",
            .output = &schemas::done,
            .statuses = {201},
            .handler = ByWriter{prepare}};
}

}  // namespace

std::vector<Endpoint> merge_endpoints() {
    return {
        {.method = Method::get,
         .path = "/v1/members/{id}/merge/preview",
         .group = "Members",
         .scope = Scope::read,
         .summary = {"What a merge would bring", "合并预览"},
         .about = {"The same decision as the merge itself, on copies: nothing changes.", "与实际合并相同的计算，不改变任何数据。"},
         .path_parameters = {member_path_parameter()},
         .parameters = {{"from", Type::id, {"The other member.", "另一位会员。"}}},
         .output = &schemas::merge_preview,
         .handler = FromStore{preview_merge}},
        merge_endpoint("/v1/members/{id}/merge", {"Merge another member into this one", "合并会员"},
                       {"Points with their lots, balance, coupons, orders, counts, plans, identities and consents come "
                        "over; the higher tier counts. Neither may have a checkout or a gift under way, nor may both "
                        "have an order of one id. Never done by the system itself.",
                        "积分批次、余额、券、订单、指标、付费会员、身份与同意一并转入，等级取高者。任一方有进行中的预占或赠券、"
                        "或双方有相同订单号时不可合并。系统从不自动合并。"},
                       merge),
        merge_endpoint("/v1/members/{id}/merge/undo", {"Undo the last merge", "撤销合并"},
                       {"As long as nothing has happened to the member since. Both are then as they were before.",
                        "仅在合并后会员未发生任何变化时可撤销，双方恢复原状。"},
                       undo_merge),
    };
}

}  // namespace regulars::api
