#include "service/service.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <utility>

#include "base/check.hpp"
#include "programme/succession.hpp"
#include "service/coupon_stocks.hpp"
#include "service/history_holder.hpp"
#include "service/member_cache.hpp"
#include "service/old_notices.hpp"
#include "service/one_time_codes.hpp"
#include "service/reader_pool.hpp"
#include "service/scheduler.hpp"
#include "service/work_queue.hpp"
#include "service/writer.hpp"

namespace regulars::service {

namespace {

constexpr std::size_t reader_connections = 4;
constexpr std::chrono::seconds activation_wait_max{30};
constexpr std::chrono::seconds chore_wait_max{10};

}  // namespace

struct Service::Parts {
    explicit Parts(const ServiceOptions& options)
        : clock(options.clock), queue(options.queue_commands_max), cache(options.cache_members_max),
          readers(options.open_store, options.store_url, reader_connections), old_notices(options.notices_kept_ms) {}

    using Held = std::shared_ptr<const HeldMember>;

    Stored<std::optional<MemberId>> resolve(const Target& target);
    Stored<std::optional<Held>> load(MemberId id);
    Stored<std::optional<Held>> load(const Target& target);
    Stored<std::uint32_t> last_version(const HeldMember& held, const ProgrammeHistory& history);
    Stored<std::vector<engine::StockLeft>> promotions_left(const programme::Programme& programme, Instant at);
    /// Runs `write(Store&)` on the writer's own store, between two batches, and waits for it.
    template <class Result>
    Stored<Result> between_batches(std::function<Stored<Result>(Store&)> write);

    std::function<Instant()> clock;
    WorkQueue queue;
    MemberCache cache;
    HistoryHolder history;
    Counters counters;
    ReaderPool readers;
    OldNotices old_notices;  ///< the scheduler's
    // The threads come last, so that they end before anything they use.
    std::unique_ptr<Writer> writer;
    std::unique_ptr<Scheduler> scheduler;
};

Stored<std::unique_ptr<Service>> Service::start(ServiceOptions options) {
    check(options.open_store != nullptr && options.clock != nullptr, "a service has a store and a clock");
    auto parts = std::make_unique<Parts>(options);
    Connection connection(options.open_store, options.store_url);
    const auto store = connection.get();
    if (!store) return unexpected(store.error());
    const auto rows = (*store)->programmes();
    if (!rows) return unexpected(rows.error());
    auto history = ProgrammeHistory::from_rows(*rows);
    if (!history) return unexpected(std::move(history.error()));
    parts->history.set(std::move(*history));
    const Instant now = options.clock();
    if (auto made = parts->cache.chance.provide(**store, parts->history.get()->current(), now); !made)
        return unexpected(std::move(made.error()));
    parts->writer = std::make_unique<Writer>(
        Writer::Surroundings{parts->queue, parts->cache, parts->history, parts->counters, options.clock,
                             options.batch_commands_max, options.commands_ahead_min, options.ahead_max_ms,
                             options.on_failure},
        Writer::Connections{std::move(connection), Connection(options.open_store, options.store_url),
                            Connection(options.open_store, options.store_url)});
    if (options.scheduler)
        parts->scheduler = std::make_unique<Scheduler>(
            parts->queue, Connection(options.open_store, options.store_url), options.clock,
            // A version that another process has activated is noticed here, or by the first member that knows of it.
            [parts = parts.get()](Store& own_store) {
                const auto news = parts->history.refresh(own_store);
                if (news && *news)
                    static_cast<void>(
                        parts->cache.chance.provide(own_store, parts->history.get()->current(), parts->clock()));
                parts->old_notices.forget_some(own_store, parts->clock());
            });
    return std::unique_ptr<Service>(new Service(std::move(parts)));
}

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Service::~Service() {
    parts_->scheduler.reset();
    parts_->queue.close();
    parts_->writer.reset();
}

bool Service::submit(Request& request) { return parts_->queue.push(request); }

bool Service::accepts() const { return !parts_->queue.closed(); }

void Service::drain() {
    parts_->queue.close();
    parts_->queue.wait_until_idle();
}

Instant Service::now() const { return parts_->clock(); }

std::shared_ptr<const programme::Versions> Service::programmes() const { return parts_->history.get()->versions(); }

// On the writer's own store, between two batches: no batch is decided half under the old version.
expected<void, StoreFailure> Service::activate(std::shared_ptr<const programme::Programme> programme) {
    check(!programme->source.empty(), "a programme that is to be kept has its text");
    const auto answer = std::make_shared<std::promise<Stored<void>>>();
    auto activated = answer->get_future();
    Parts* const parts = parts_.get();
    Work work = Chore{[parts, answer, programme = std::move(programme)] {
        const auto history = parts->history.get();
        if (programme->version <= history->current_version()) {
            const std::string current = std::to_string(history->current_version());
            answer->set_value(unexpected(
                StoreFailure{StoreError::conflict, "the version must be higher than the current one, " + current}));
            return;
        }
        if (const auto problem = programme::succession_problem(history->current(), *programme))
            return answer->set_value(unexpected(StoreFailure{StoreError::conflict, *problem}));
        const auto store = parts->writer->store();
        if (!store) return answer->set_value(unexpected(store.error()));
        const Instant now = parts->clock();
        auto added = parts->cache.chance.provide(**store, *programme, now);
        if (added) added = (*store)->add_programme({programme->version, programme->name, programme->source, now});
        if (added) parts->history.set(history->with(programme, now));
        else parts->writer->connection().note(added.error());
        answer->set_value(std::move(added));
    }};
    if (!parts_->queue.push(work)) return unexpected(StoreFailure{StoreError::unavailable, "the service is stopping"});
    if (activated.wait_for(activation_wait_max) != std::future_status::ready)
        return unexpected(StoreFailure{StoreError::outcome_unknown, "the activation has not been confirmed in time"});
    return activated.get();
}

template <class Result>
Stored<Result> Service::Parts::between_batches(std::function<Stored<Result>(Store&)> write) {
    const auto answer = std::make_shared<std::promise<Stored<Result>>>();
    auto written = answer->get_future();
    Work work = Chore{[this, answer, write = std::move(write)] {
        const auto store = writer->store();
        if (!store) return answer->set_value(unexpected(store.error()));
        auto result = write(**store);
        if (!result) writer->connection().note(result.error());
        answer->set_value(std::move(result));
    }};
    if (!queue.push(work)) return unexpected(StoreFailure{StoreError::unavailable, "the service is stopping"});
    if (written.wait_for(chore_wait_max) != std::future_status::ready)
        return unexpected(StoreFailure{StoreError::outcome_unknown, "it has not been confirmed in time"});
    return written.get();
}

Stored<CodeVerdict> Service::ask_code(const CodeRequest& request) {
    return parts_->between_batches<CodeVerdict>(
        [request, at = now()](Store& store) { return service::ask_code(store, request, at); });
}

Stored<CodeVerdict> Service::try_code(const CodeTrial& trial) {
    return parts_->between_batches<CodeVerdict>(
        [trial, at = now()](Store& store) { return service::try_code(store, trial, at); });
}

Stored<void> Service::add_enrolment_code(const EnrolmentCode& code) {
    return parts_->between_batches<void>([code](Store& store) { return store.add_enrolment_code(code); });
}

Stored<std::optional<EnrolmentCode>> Service::find_enrolment_code(const std::string& code) {
    return parts_->readers.run([&](Store& store) { return store.find_enrolment_code(code); });
}

Stored<std::optional<EnrolmentCode>> Service::find_invitation(MemberId member) {
    return parts_->readers.run([&](Store& store) { return store.find_invitation(member); });
}

Stored<std::vector<EnrolmentCode>> Service::list_enrolment_codes(Page<std::string> page) {
    return parts_->readers.run([&](Store& store) { return store.list_enrolment_codes(page); });
}

Stored<std::optional<MemberId>> Service::Parts::resolve(const Target& target) {
    if (const auto* id = std::get_if<MemberId>(&target)) return *id;
    const auto& identity = std::get<engine::Identity>(target);
    if (const auto known = cache.identities.find(identity)) return known;
    auto found = readers.run([&](Store& store) { return store.find_identities(std::span(&identity, 1)); });
    if (!found) return unexpected(std::move(found.error()));
    if (found->front()) cache.identities.put(identity, *found->front());
    return found->front();
}

Stored<std::optional<Service::Parts::Held>> Service::Parts::load(MemberId id) {
    if (auto held = cache.members.find(id)) return held;
    auto loaded = readers.run([&](Store& store) { return store.load_members(std::span(&id, 1)); });
    if (!loaded) return unexpected(std::move(loaded.error()));
    if (!loaded->front()) return std::optional<Held>();
    auto& stored = *loaded->front();
    auto held = std::make_shared<const HeldMember>(HeldMember{std::move(stored.member), stored.version, 0});
    cache.put_loaded(held);
    return std::optional<Held>(std::move(held));
}

Stored<std::optional<Service::Parts::Held>> Service::Parts::load(const Target& target) {
    const auto id = resolve(target);
    if (!id) return unexpected(id.error());
    if (!*id) return std::optional<Held>();
    auto held = load(**id);
    const auto* identity = std::get_if<engine::Identity>(&target);
    if (identity == nullptr || !held || !*held) return held;
    const auto& own = (**held)->member.identities;
    if (std::binary_search(own.begin(), own.end(), *identity)) return held;
    // The cache may have been filled just before the identity went to another member.
    cache.identities.erase(*identity);
    const auto again = resolve(target);
    if (!again) return unexpected(again.error());
    if (!*again) return std::optional<Held>();
    return load(**again);
}

// The programme version of the member's last event, where letting time pass depends on it.
Stored<std::uint32_t> Service::Parts::last_version(const HeldMember& held, const ProgrammeHistory& in_force) {
    if (held.last_version != 0 || !in_force.needs_last_version(held.member)) return held.last_version;
    const auto rows = readers.run([&](Store& store) {
        return store.list_events(held.member.id, {held.member.event_sequence - 1, 1});
    });
    if (!rows) return unexpected(rows.error());
    if (rows->empty()) return unexpected(StoreFailure{StoreError::corrupt, "a member's last event is missing"});
    return rows->front().programme_version;
}

Stored<std::optional<MemberView>> Service::find(const Target& target) {
    const auto held = parts_->load(target);
    if (!held) return unexpected(held.error());
    if (!*held) return std::optional<MemberView>();
    const auto history = parts_->history.get();
    const auto last_version = parts_->last_version(***held, *history);
    if (!last_version) return unexpected(last_version.error());
    MemberView view;
    view.member = (**held)->member;
    view.version = (**held)->version;
    engine::Outcome unused;
    history->advance({view.member, *last_version, history->current_version()}, now(), unused);
    view.tier = history->tier_name(view.member.tier.rank);
    view.points_pending = engine::points_pending(view.member);
    return std::optional<MemberView>(std::move(view));
}

// What is left at promotions' prices; of those with a stock only.
Stored<std::vector<engine::StockLeft>> Service::Parts::promotions_left(const programme::Programme& programme,
                                                                       Instant at) {
    std::vector<std::string> names;
    std::vector<const programme::Stock*> terms;
    for (const programme::Promotion& promotion : programme.promotions.promotions) {
        if (!promotion.stock.limited()) continue;
        names.push_back(programme::stock_of_promotion(promotion.name));
        terms.push_back(&promotion.stock);
    }
    std::vector<engine::StockLeft> left;
    if (names.empty()) return left;
    const auto stored = readers.run([&](Store& store) { return store.load_stocks(names); });
    if (!stored) return unexpected(stored.error());
    const LocalDate today = programme.zone.date(at);
    for (std::size_t i = 0; i < names.size(); ++i)
        left.push_back({names[i], left_of(*terms[i], (*stored)[i].value_or(CouponStock{}), today)});
    return left;
}

Stored<std::optional<expected<engine::Quote, engine::Rejection>>> Service::quote(const Target& target,
                                                                                const engine::Basket& basket) {
    using Quoted = std::optional<expected<engine::Quote, engine::Rejection>>;
    const auto held = parts_->load(target);
    if (!held) return unexpected(held.error());
    if (!*held) return Quoted();
    const auto history = parts_->history.get();
    const engine::Member& member = (**held)->member;
    const Instant at = now();
    // Whether a promotion has pieces left is read at once; what a hold or an order gets is decided when it comes.
    const auto left = parts_->promotions_left(history->current(), at);
    if (!left) return unexpected(left.error());
    if (!history->needs_last_version(member))
        return Quoted(engine::quote(*history->versions(), member, basket, at, &*left));
    const auto last_version = parts_->last_version(***held, *history);
    if (!last_version) return unexpected(last_version.error());
    engine::Member present = member;
    engine::Outcome unused;
    history->advance({present, *last_version, history->current_version()}, at, unused);
    return Quoted(engine::quote(*history->versions(), present, basket, at, &*left));
}

Stored<std::vector<MemberSummary>> Service::list_members(Page<MemberId> page) {
    return parts_->readers.run([&](Store& store) { return store.list_members(page); });
}

Stored<std::vector<EventRow>> Service::list_events(MemberId member, Page<std::uint64_t> page) {
    return parts_->readers.run([&](Store& store) { return store.list_events(member, page); });
}

Stored<std::vector<LedgerRow>> Service::list_ledger(MemberId member, Page<std::uint64_t> page) {
    return parts_->readers.run([&](Store& store) { return store.list_ledger(member, page); });
}

Stored<std::vector<OrderSummary>> Service::list_orders(MemberId member, Page<std::string> page) {
    return parts_->readers.run([&](Store& store) { return store.list_orders(member, page); });
}

Stored<std::vector<CouponSummary>> Service::list_coupons(MemberId member, Page<std::uint32_t> page) {
    return parts_->readers.run([&](Store& store) { return store.list_coupons(member, page); });
}

Stored<std::vector<ManagerLoad>> Service::managers() {
    const auto counted = stocks();
    if (!counted) return unexpected(counted.error());
    const auto versions = programmes();
    std::vector<ManagerLoad> loads;
    for (const auto& benefit : versions->current().member_benefits)
        for (const std::string& staff : benefit.staff) {
            if (std::ranges::find(loads, staff, &ManagerLoad::staff) != loads.end()) continue;
            const auto count = std::ranges::find(*counted, stock_of_manager(staff), &CouponStock::coupon);
            loads.push_back({staff, count == counted->end() ? 0 : count->issued});
        }
    return loads;
}

Stored<std::vector<CouponStock>> Service::stocks() {
    const auto history = parts_->history.get();
    const auto& names = history->shared_stocks();
    auto stored = parts_->readers.run([&](Store& store) { return store.load_stocks(names); });
    if (!stored) return unexpected(std::move(stored.error()));
    std::vector<CouponStock> stocks;
    for (std::size_t i = 0; i < names.size(); ++i) {
        stocks.push_back((*stored)[i].value_or(CouponStock{}));
        stocks.back().coupon = names[i];
    }
    return stocks;
}

Stored<std::vector<PartnerPool>> Service::pools() {
    const auto history = parts_->history.get();
    std::vector<std::string> names;
    for (const programme::CouponTemplate& terms : history->current().coupons.templates)
        if (terms.kind == programme::CouponTemplate::Kind::partner) names.push_back(terms.pool);
    if (names.empty()) return std::vector<PartnerPool>();
    auto stored = parts_->readers.run([&](Store& store) { return store.load_pools(names); });
    if (!stored) return unexpected(std::move(stored.error()));
    std::vector<PartnerPool> pools;
    for (std::size_t i = 0; i < names.size(); ++i) {
        pools.push_back((*stored)[i].value_or(PartnerPool{}));
        pools.back().name = names[i];
    }
    return pools;
}

Stored<std::vector<NoticeRow>> Service::list_notices(Page<NoticeKey> page) {
    const Instant until{now().ms - notice_delay_ms};
    return parts_->readers.run([&](Store& store) { return store.list_notices(until, page); });
}

Stored<std::vector<NoticeRow>> Service::list_member_notices(MemberId member, Instant since, Page<NoticeKey> page) {
    return parts_->readers.run([&](Store& store) { return store.list_member_notices(member, since, page); });
}

// An open order stands in its aggregate, any other on its own.
Stored<std::optional<engine::Order>> Service::find_order(MemberId member, const std::string& order_id) {
    const auto held = parts_->load(member);
    if (!held) return unexpected(held.error());
    if (!*held) return std::optional<engine::Order>();
    for (const engine::Order& order : (**held)->member.open_orders)
        if (order.order_id == order_id) return std::optional(order);
    const OrderKey key{member, order_id};
    auto found = parts_->readers.run([&](Store& store) { return store.load_closed_orders(std::span(&key, 1)); });
    if (!found) return unexpected(std::move(found.error()));
    return std::move(found->front());
}

Stored<std::vector<std::optional<engine::Order>>> Service::closed_orders(MemberId member,
                                                                         std::span<const std::string> order_ids) {
    std::vector<OrderKey> keys;
    for (const std::string& order_id : order_ids) keys.push_back({member, order_id});
    return parts_->readers.run([&](Store& store) { return store.load_closed_orders(keys); });
}

Stored<std::optional<MemberId>> Service::find_giver(const std::string& gift) {
    return parts_->readers.run([&](Store& store) { return store.find_giver(gift); });
}

Stored<std::vector<ActivityResultRow>> Service::list_results(MemberId member, const std::string& activity,
                                                             Page<ResultKey> page) {
    return parts_->readers.run([&](Store& store) { return store.list_results(member, activity, page); });
}

Stored<std::vector<RedemptionRow>> Service::list_redemptions(MemberId member, Page<std::string> page) {
    return parts_->readers.run([&](Store& store) { return store.list_redemptions(member, page); });
}

Stored<std::vector<RedemptionRow>> Service::list_all_redemptions(engine::RedemptionStatus status,
                                                                 Page<MemberTextKey> page) {
    return parts_->readers.run([&](Store& store) { return store.list_all_redemptions(status, page); });
}

Stored<std::vector<ReviewRow>> Service::list_reviews(engine::ReviewStatus status, Page<MemberTextKey> page) {
    return parts_->readers.run([&](Store& store) { return store.list_reviews(status, page); });
}

Stored<std::vector<FriendRow>> Service::list_friends(engine::FriendStatus status, Page<MemberTextKey> page) {
    return parts_->readers.run([&](Store& store) { return store.list_friends(status, page); });
}

Stored<std::vector<TrialRow>> Service::list_applicants(const std::string& activity, bool by_number,
                                                       std::size_t limit) {
    return parts_->readers.run([&](Store& store) { return store.list_applicants(activity, by_number, limit); });
}

Stored<std::int64_t> Service::count_trials(const std::string& activity, engine::TrialStatus status) {
    return parts_->readers.run([&](Store& store) { return store.count_trials(activity, status); });
}

Stored<std::vector<GivenAnswerRow>> Service::list_given_answers(const std::string& activity,
                                                                const std::string& question,
                                                                Page<GivenAnswerKey> page) {
    return parts_->readers.run([&](Store& store) { return store.list_given_answers(activity, question, page); });
}

Stored<std::vector<AnswerCountRow>> Service::answer_counts(const std::string& activity) {
    return parts_->readers.run([&](Store& store) { return store.answer_counts(activity); });
}

Stored<FairChance::Chains> Service::seeds_of(const std::string& activity) {
    auto known = parts_->cache.chance.chains_of(activity);
    if (!known.empty()) return known;
    // Another process may have made them.
    const auto loaded = parts_->readers.run([&](Store& store) { return parts_->cache.chance.load(store); });
    if (!loaded) return unexpected(loaded.error());
    return parts_->cache.chance.chains_of(activity);
}

Stored<std::optional<GroupRow>> Service::find_group(const std::string& group) {
    return parts_->readers.run([&](Store& store) { return store.find_group(group); });
}

Stored<std::vector<GroupRow>> Service::list_open_groups(const std::string& promotion, Page<std::string> page) {
    return parts_->readers.run([&](Store& store) { return store.list_open_groups(promotion, page); });
}

Stored<void> Service::ready() {
    if (auto failure = parts_->writer->failure()) return unexpected(std::move(*failure));
    return parts_->readers.run([](Store& store) { return store.ping(); });
}

Statistics Service::statistics() const {
    const Counters& counters = parts_->counters;
    Statistics statistics;
    statistics.commands_applied = counters.commands_applied.load(std::memory_order_relaxed);
    statistics.commands_refused = counters.commands_refused.load(std::memory_order_relaxed);
    statistics.batches = counters.batches.load(std::memory_order_relaxed);
    statistics.store_failures = counters.store_failures.load(std::memory_order_relaxed);
    statistics.due_advanced = counters.due_advanced.load(std::memory_order_relaxed);
    statistics.members_cached = parts_->cache.members.size();
    statistics.queue_depth = parts_->queue.depth();
    return statistics;
}

}  // namespace regulars::service
