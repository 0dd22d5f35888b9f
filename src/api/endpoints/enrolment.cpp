// Enrolment: one-time codes, and the codes that people scan.
#include <algorithm>

#include "api/barcodes.hpp"
#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "api/json_writer.hpp"
#include "base/unique_code.hpp"
#include "service/enrolment_json.hpp"
#include "service/unique_codes.hpp"

namespace regulars::api {

namespace {

void write_code(JsonWriter& json, const service::EnrolmentCode& code) {
    json.begin_object();
    json.field("code", shown_unique_code(code.code));
    json.field("kind", code.kind);
    json.field_if("name", code.name);
    json.field_if("staff", code.staff);
    json.field_if("store", code.store);
    json.field_if("channel", code.channel);
    if (code.member != MemberId()) json.id_field("member", code.member.value);
    json.field("made_at", code.made_at);
    json.end_object();
}

Response code_response(const service::EnrolmentCode& code, int status) {
    Response response;
    response.status = status;
    JsonWriter json(response.body);
    write_code(json, code);
    return response;
}

Answer make_code(const Call& call) {
    auto code = service::parse_enrolment_code(call.request.body);
    if (!code) return unexpected(problem_of(code.error()));
    code->code = service::make_unique_code();
    code->made_at = call.service.now();
    const auto added = call.service.add_enrolment_code(*code);
    if (!added) return unexpected(problem_of(added.error()));
    return code_response(*code, 201);
}

expected<service::EnrolmentCode, Problem> code_of(const Call& call) {
    const auto text = read_unique_code(call.path_value(0));
    const auto found = text ? call.service.find_enrolment_code(*text) : std::optional<service::EnrolmentCode>();
    if (!found) return unexpected(problem_of(found.error()));
    if (*found) return **found;
    return unexpected(problem_of(Fault::enrolment_code_not_found, "There is no such enrolment code."));
}

Answer get_code(const Call& call) {
    const auto code = code_of(call);
    if (!code) return unexpected(code.error());
    return code_response(*code, 200);
}

Answer get_code_svg(const Call& call) {
    const auto code = code_of(call);
    if (!code) return unexpected(code.error());
    const std::string link(call.request.parameter("link").value_or(""));
    auto svg = barcode_svg(link + shown_unique_code(code->code), BarcodeForm::qr);
    if (!svg)
        return unexpected(parameter_problem("link", "this cannot stand in a QR code",
                                            "at most " + std::to_string(barcode_text_size_max) +
                                                " printable ASCII characters, the code included", link));
    return Response{200, "image/svg+xml", std::move(*svg), {}};
}

Answer list_codes(const Call& call) {
    const auto limit = page_limit(call.request);
    if (!limit) return unexpected(limit.error());
    const std::string after(call.request.parameter("after").value_or(""));
    const auto place = after.empty() ? std::optional(std::string()) : read_unique_code(after);
    if (!place)
        return unexpected(parameter_problem("after", "this is not a place in the list", "the 'next' of the page before",
                                            after));
    const auto codes = call.service.list_enrolment_codes({*place, *limit});
    if (!codes) return unexpected(problem_of(codes.error()));
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("codes");
    json.begin_array();
    for (const service::EnrolmentCode& code : *codes) write_code(json, code);
    json.end_array();
    json.name("next");
    if (codes->size() == *limit) json.text(shown_unique_code(codes->back().code));
    else json.null();
    json.end_object();
    return response;
}

// Made when it is first asked for. Two at the same time may make two; both work, and the first is shown from then on.
Answer get_invitation(const Call& call) {
    const MemberId member = call.request.member;
    const auto known = call.service.find_invitation(member);
    if (!known) return unexpected(problem_of(known.error()));
    if (*known) return code_response(**known, 200);
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    service::EnrolmentCode code;
    code.code = service::make_unique_code();
    code.kind = "friend";
    code.member = member;
    code.made_at = call.service.now();
    const auto added = call.service.add_enrolment_code(code);
    if (!added) return unexpected(problem_of(added.error()));
    return code_response(code, 200);
}

Endpoint for_server(std::string_view path, Text summary, Text about, const Schema& input, std::string_view example,
                    const Schema& output, std::vector<int> statuses, ByServer::Page page) {
    return {.method = Method::post,
            .path = path,
            .group = "Enrolment",
            .scope = Scope::enrol,
            .summary = summary,
            .about = about,
            .input_type = "application/json",
            .input = &input,
            .input_example = example,
            .output = &output,
            .statuses = std::move(statuses),
            .handler = ByServer{page}};
}

Parameter code_path_parameter() { return {"code", Type::text, {"The code, however it is written.", "入会码。"}}; }

Endpoint look_at_code(std::string_view path, Text summary, std::string_view output_type, const Schema* output,
                      Answer (*handle)(const Call&)) {
    return {.method = Method::get,
            .path = path,
            .group = "Enrolment",
            .scope = Scope::read,
            .summary = summary,
            .path_parameters = {code_path_parameter()},
            .output_type = output_type,
            .output = output,
            .handler = FromStore{handle}};
}

}  // namespace

std::vector<Endpoint> enrolment_endpoints() {
    Endpoint drawing = look_at_code("/v1/enrolment-codes/{code}/qr.svg", {"The code as a QR drawing", "入会码二维码"},
                                    "image/svg+xml", nullptr, get_code_svg);
    drawing.parameters = {{"link", Type::text, {"Stands before the code: https://shop.example/join?code=",
                                                "码前的链接前缀。"}}};
    return {
        for_server("/v1/enrolment/one-time-codes", {"Send a one-time code", "发送验证码"},
                   {"The answer is the same whether or not somebody is a member. One a minute, five an hour and ten a "
                    "day for each address; then 429.",
                    "无论是否会员，回答相同。同一地址每分钟一次、每小时五次、每天十次，超出返回 429。"},
                   schemas::code_request, R"({"phone":"+8613800138000"})", schemas::code_sent, {202},
                   ByServer::Page::enrolment_code),
        for_server("/v1/enrolment", {"Enrol or sign in with a one-time code", "凭验证码入会或登录"},
                   {"A code works once, for five minutes and five tries. 201: a new member; 200: one who was there.",
                    "验证码仅可用一次，五分钟内有效，最多尝试五次。201 为新会员，200 为已有会员。"},
                   schemas::enrolment_input, R"({"phone":"+8613800138000","code":"123456","channel":"web"})",
                   schemas::enrolled, {201, 200}, ByServer::Page::enrolment),
        {.method = Method::post,
         .path = "/v1/enrolment-codes",
         .group = "Enrolment",
         .scope = Scope::write,
         .summary = {"Make a code to scan", "生成入会码"},
         .about = {"Of a guide, a group's leader, a store or a poster. Who enrols with it came from there.",
                   "用于导购、团长、门店或海报；扫码入会者即归于该来源。"},
         .input_type = "application/json",
         .input = &schemas::scan_code_input,
         .input_example = R"({"kind":"guide","name":"Han Meimei","staff":"S-17","store":"Shanghai-1"})",
         .output = &schemas::scan_code,
         .statuses = {201},
         .handler = FromStore{make_code}},
        {.method = Method::get,
         .path = "/v1/enrolment-codes",
         .group = "Enrolment",
         .scope = Scope::read,
         .summary = {"The codes to scan", "入会码列表"},
         .parameters = page_parameters(),
         .output = &schemas::scan_code_list,
         .handler = FromStore{list_codes}},
        look_at_code("/v1/enrolment-codes/{code}", {"What a code stands for", "查询入会码"}, "application/json",
                     &schemas::scan_code, get_code),
        drawing,
        {.method = Method::get,
         .path = "/v1/me/invitation",
         .group = "Me",
         .scope = Scope::member,
         .summary = {"My code for friends", "我的邀请码"},
         .about = {"Made when it is first asked for. Who enrols with it was invited by me.",
                   "首次查询时生成；凭此入会者由我邀请。"},
         .output = &schemas::scan_code,
         .handler = FromStore{get_invitation}},
    };
}

}  // namespace regulars::api
