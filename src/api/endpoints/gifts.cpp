// Coupons that members pass on to friends: one gets a secret, tells it to the other, who takes the coupon with it. Only
// a hash of the secret is kept.
#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "api/endpoints/common.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "api/input_hash.hpp"
#include "service/json_fields.hpp"

namespace regulars::api {

namespace {

constexpr std::size_t secret_size = 16;
constexpr std::int64_t ms_per_hour = 3'600'000;

// Many times longer than can be guessed, so a plain hash will do.
std::string new_secret() {
    constexpr auto base64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::array<unsigned char, secret_size> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::string text(sodium_base64_encoded_len(bytes.size(), base64), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), base64);
    text.pop_back();
    return text;
}

std::string gift_of(std::string_view secret) { return input_hash_of({"gift", secret}); }

expected<CouponId, Problem> coupon_of(const Call& call) {
    const std::string& text = call.path_value(0);
    CouponId id;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
    if (!text.empty() && error == std::errc() && end == text.data() + text.size() && id.value != 0) return id;
    return unexpected(parameter_problem("id", "this is not a coupon's id", "a whole number from 1 on", text));
}

std::pair<std::int32_t, std::string> render_offer(const service::Reply& reply, const programme::Versions& versions,
                                                  const std::string& secret) {
    if (!reply) return render_reply(reply, versions.current());
    const auto offered = std::find_if(reply->coupons.begin(), reply->coupons.end(), [](const auto& change) {
        return change.status == engine::CouponStatus::offered;
    });
    if (offered == reply->coupons.end()) return render_reply(reply, versions.current());
    const auto* made_by = versions.find(offered->coupon.programme_version);
    const auto* terms = made_by == nullptr ? nullptr : made_by->coupons.find(offered->coupon.name);
    const std::int64_t hours = terms == nullptr ? 0 : terms->gift_hours.value_or(0);
    std::string body;
    JsonWriter json(body);
    json.begin_object();
    json.id_field("coupon", offered->coupon.id.value);
    json.field("secret", secret);
    json.field("ends_at", std::min(Instant{offered->at.ms + hours * ms_per_hour}, offered->coupon.expires_at));
    json.end_object();
    return {201, std::move(body)};
}

expected<Prepared, Problem> offer(const Call& call) {
    const auto coupon = coupon_of(call);
    if (!coupon) return unexpected(coupon.error());
    const auto programmes = call.service.programmes();
    std::string secret = new_secret();
    Prepared prepared;
    prepared.commands.push_back(
        {call.request.member, {call.service.now(), engine::CouponOffered{*coupon, gift_of(secret)}}});
    prepared.render = [programmes, secret = std::move(secret)](const std::vector<service::Reply>& replies) {
        return render_offer(replies.front(), *programmes, secret);
    };
    return prepared;
}

Problem no_gift() { return problem_of(engine::Rejection::gift_not_found); }

expected<Prepared, Problem> withdraw(const Call& call) {
    const auto coupon = coupon_of(call);
    if (!coupon) return unexpected(coupon.error());
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    const auto& offers = view->member.offers;
    const auto found = std::find_if(offers.begin(), offers.end(),
                                    [&](const engine::Offer& one) { return one.coupon.id == *coupon; });
    if (found == offers.end()) return unexpected(problem_of(engine::Rejection::coupon_not_found));
    const auto programmes = call.service.programmes();
    Prepared prepared;
    prepared.commands.push_back({call.request.member, {call.service.now(), engine::OfferWithdrawn{found->gift}}});
    prepared.render = [programmes](const std::vector<service::Reply>& replies) {
        return render_reply(replies.front(), programmes->current());
    };
    return prepared;
}

// The giver's half and the friend's: what the coupon is stands with the giver, and does not change until it is taken.
expected<Prepared, Problem> take(const Call& call) {
    std::string secret;
    const auto problems = service::JsonFields::read_all(
        call.request.body, limits::body_size_max, [&](service::JsonFields& fields) {
            secret = fields.text("secret", regulars::limits::id_size_max, service::Need::required);
        });
    if (!problems.empty()) return unexpected(problem_of(problems));
    const std::string gift = gift_of(secret);
    const auto giver = call.service.find_giver(gift);
    if (!giver) return unexpected(problem_of(giver.error()));
    if (!*giver) return unexpected(no_gift());
    const auto found = call.service.find(**giver);
    if (!found) return unexpected(problem_of(found.error()));
    if (!*found) return unexpected(no_gift());
    const auto& offers = (*found)->member.offers;
    const auto offered = std::find_if(offers.begin(), offers.end(),
                                      [&](const engine::Offer& one) { return one.gift == gift; });
    if (offered == offers.end()) return unexpected(no_gift());
    if (**giver == call.request.member) return unexpected(problem_of(engine::Rejection::coupon_not_giftable));
    const engine::Coupon& coupon = offered->coupon;
    const Instant now = call.service.now();
    const auto programmes = call.service.programmes();
    Prepared prepared;
    prepared.together = true;
    prepared.commands.push_back({**giver, {now, engine::CouponPassed{gift}}});
    prepared.commands.push_back(
        {call.request.member,
         {now, engine::CouponReceived{gift, coupon.name, coupon.programme_version, coupon.usable_from,
                                      coupon.expires_at, **giver}}});
    prepared.render = [programmes](const std::vector<service::Reply>& replies) {
        return render_reply(replies.back(), programmes->current());
    };
    return prepared;
}

Parameter coupon_path_parameter() {
    return {"id", Type::id, {"The coupon's id, as in the list of coupons.", "券编号，见券列表。"}};
}

}  // namespace

std::vector<Endpoint> gift_endpoints() {
    return {
        {.method = Method::post,
         .path = "/v1/me/coupons/{id}/gift",
         .group = "Me",
         .scope = Scope::member,
         .summary = {"Offer a coupon to a friend", "赠送一张券"},
         .about = {"The answer holds a secret for the friend. The coupon is out of the wallet until the friend takes "
                   "it, the offer is withdrawn, or its time is over: then it comes back.",
                   "返回供好友领取的口令。在好友领取、撤回或超时退回之前，该券不在券包中。"},
         .path_parameters = {coupon_path_parameter()},
         .output = &schemas::gift,
         .statuses = {201},
         .handler = ByWriter{offer}},
        {.method = Method::post,
         .path = "/v1/me/coupons/{id}/gift/withdrawal",
         .group = "Me",
         .scope = Scope::member,
         .summary = {"Take an offered coupon back", "撤回赠送"},
         .path_parameters = {coupon_path_parameter()},
         .output = &schemas::done,
         .statuses = {201},
         .handler = ByWriter{withdraw, true}},
        {.method = Method::post,
         .path = "/v1/me/gifts",
         .group = "Me",
         .scope = Scope::member,
         .summary = {"Take a friend's coupon", "领取好友赠券"},
         .about = {"A wrong secret counts as a wrong code: after ten in an hour 429 until the hour is over.",
                   "口令错误计入错误次数；一小时内错十次后返回 429，直至该小时结束。"},
         .input_type = "application/json",
         .input = &schemas::gift_input,
         .input_example = R"({"secret":"ZmVJbhT2pLk0cQ6uX1yRqA"})",
         .output = &schemas::done,
         .statuses = {201},
         .handler = ByWriter{take, true}},
    };
}

}  // namespace regulars::api
