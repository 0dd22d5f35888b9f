#include "shop.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <sstream>
#include <thread>

#include "programme/parse.hpp"
#include "service/event_json.hpp"
#include "service/programme_history.hpp"
#include "store/member_document.hpp"
#include "store/open.hpp"

namespace regulars::service {

namespace {

constexpr std::chrono::seconds answer_wait{120};

std::string read_text(std::string_view path) {
    std::ifstream file{std::string(path)};
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

const Zone& zone() {
    static const Zone shanghai = *Zone::find("Asia/Shanghai");
    return shanghai;
}

}  // namespace

std::string told(const Reply& reply) {
    if (!reply) {
        if (const auto* rejection = std::get_if<engine::Rejection>(&reply.error().reason))
            return std::string(engine::code_of(*rejection));
        return std::string(code_of(std::get<Refusal>(reply.error().reason)));
    }
    std::string text = "member " + std::to_string(reply->member.value);
    if (reply->duplicate) return text + " duplicate";
    text += (reply->parked ? " parked " : " event ") + std::to_string(reply->sequence) + " " + reply->tier;
    return text + " " + std::to_string(reply->points_available.count()) + "+" +
           std::to_string(reply->points_pending.count());
}

Shop::Shop(contract::Backend backend, std::string_view programme)
    : database_(backend), keeper_(database_.open()),
      clock_(std::make_shared<std::atomic<std::int64_t>>(local("2026-01-01").ms)) {
    const std::string source = read_text(programme);
    const auto parsed = programme::parse(source, programme);
    EXPECT_TRUE(parsed.has_value());
    EXPECT_TRUE(open()->add_programme({parsed->version, parsed->name, source, now()}).has_value());
}

ServiceOptions Shop::options() const {
    ServiceOptions options;
    options.store_url = database_.url();
    options.open_store = database_.opener();
    options.clock = [clock = clock_] { return Instant{clock->load()}; };
    options.scheduler = false;
    return options;
}

std::unique_ptr<Service> Shop::start(ServiceOptions options) const {
    auto service = Service::start(std::move(options));
    if (!service) {
        ADD_FAILURE() << "the service does not start: " << service.error().detail;
        std::abort();
    }
    return std::move(*service);
}

std::unique_ptr<Service> Shop::start() const { return start(options()); }

void Shop::set_clock(std::string_view local_time) { clock_->store(local(local_time).ms); }

std::string Shop::replay_differences() const {
    ReplayOptions options;
    options.encode = [](const engine::Member& member) { return store::encode(member); };
    const auto report = replay(*open(), options);
    if (!report) return report.error().detail;
    std::string text;
    for (const ReplayDifference& difference : report->differences)
        text += "member " + std::to_string(difference.member.value) + ": " + difference.field + ": " +
                difference.detail + "\n";
    return text;
}

std::string Shop::contents() const {
    const auto store = open();
    std::string text;
    for (const MemberSummary& summary : must(store->list_members({MemberId(), 10'000}))) {
        const MemberId id = summary.member;
        const auto stored = must(store->load_members(std::span(&id, 1)));
        text += "member " + std::to_string(id.value) + " " + store::encode(stored[0]->member);
        for (const EventRow& row : must(store->list_events(id, {0, 10'000})))
            text += "\nevent " + std::to_string(row.sequence) + " " + row.payload + " " + text_of(row.applied_at);
        for (const LedgerRow& row : must(store->list_ledger(id, {0, 10'000})))
            text += "\nentry " + std::to_string(row.entry.sequence) + " of " + std::to_string(row.event_sequence) +
                    ": " + std::to_string(row.entry.amount);
        for (const OrderSummary& row : must(store->list_orders(id, {"", 10'000})))
            text += "\norder " + row.order_id + " " + row.status + " " + std::to_string(row.points);
        for (const CouponSummary& row : must(store->list_coupons(id, {0, 10'000})))
            text += "\ncoupon " + std::to_string(row.coupon.value) + " " + row.name + " " + row.status + " " +
                    std::to_string(row.amount_minor) + row.partner_code;
        for (const NoticeRow& row : must(store->list_member_notices(id, instant_min, {{}, 10'000})))
            text += "\nnotice " + std::string(engine::name_of(row.notice.kind)) + " " + row.notice.subject + " " +
                    text_of(row.notice.at);
        text += "\n";
    }
    const auto history = must(ProgrammeHistory::from_rows(must(store->programmes())));
    for (const auto& stock : must(store->load_stocks(history->shared_stocks())))
        if (stock)
            text += "stock " + stock->coupon + " " + std::to_string(stock->issued) + " " +
                    std::to_string(stock->issued_on_day) + " " + std::to_string(stock->exposure.count()) + "\n";
    return text;
}

std::string edited_programme(std::uint32_t version, std::string_view path) {
    std::string text = read_text(path);
    const auto replace = [&](const std::string& from, const std::string& to) {
        const auto at = text.find(from);
        if (at == std::string::npos) ADD_FAILURE() << "the programme has no " << from;
        else text.replace(at, from.size(), to);
    };
    replace("version: 1", "version: " + std::to_string(version));
    return text;
}

static std::future<Answered> submit_request(Service& service, Request request) {
    const auto replies = std::make_shared<std::vector<Reply>>();
    const auto promise = std::make_shared<std::promise<Answered>>();
    auto answered = promise->get_future();
    request.render = [replies](const std::vector<Reply>& made) {
        *replies = made;
        std::string body;
        for (const Reply& reply : made) body += told(reply) + "\n";
        return std::pair<std::int32_t, std::string>(200, body);
    };
    request.answer = [replies, promise](std::int32_t status, std::string body, bool replayed) {
        promise->set_value({*replies, status, std::move(body), replayed});
    };
    if (!service.submit(request)) {
        ADD_FAILURE() << "the queue is full";
        promise->set_value({});
    }
    return answered;
}

std::future<Answered> submit(Service& service, std::vector<Command> commands, std::string key,
                             std::string input_hash) {
    Request request;
    request.commands = std::move(commands);
    request.key = std::move(key);
    request.input_hash = std::move(input_hash);
    return submit_request(service, std::move(request));
}

Answered wait_for(std::future<Answered> answer) {
    if (answer.wait_for(answer_wait) != std::future_status::ready) {
        ADD_FAILURE() << "no answer came";
        return {};
    }
    return answer.get();
}

Answered ask(Service& service, std::vector<Command> commands, std::string key, std::string input_hash) {
    return wait_for(submit(service, std::move(commands), std::move(key), std::move(input_hash)));
}

Answered ask_together(Service& service, std::vector<Command> commands, std::string key) {
    Request request;
    request.commands = std::move(commands);
    request.together = true;
    request.key = std::move(key);
    request.input_hash = "h";
    return wait_for(submit_request(service, std::move(request)));
}

std::string tell(Service& service, Command command) {
    const Answered answered = ask(service, {std::move(command)});
    return answered.body.empty() ? "nothing" : answered.body.substr(0, answered.body.size() - 1);
}

bool eventually(const std::function<bool()>& holds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

Instant local(std::string_view text) {
    const auto instant = parse_instant(text, zone());
    if (!instant) ADD_FAILURE() << "not an instant: " << text;
    return instant.value_or(Instant());
}

Target customer(std::string_view who) { return engine::Identity{"customer:web", std::string(who)}; }

Command command(std::string_view who, std::string_view at, engine::Fact fact) {
    return {customer(who), {local(at), std::move(fact)}, true, false};
}

Command order(std::string_view who, std::string_view at, std::string_view order_id, std::int64_t amount_minor) {
    engine::OrderCreated fact;
    fact.order_id = order_id;
    fact.lines.resize(1);
    fact.lines[0].product = "shirt";
    fact.lines[0].amount = Money(amount_minor);
    fact.paid_at = local(at);
    fact.shipped_at = local(at);
    return command(who, at, std::move(fact));
}

}  // namespace regulars::service
