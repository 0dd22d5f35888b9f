#include "service/writer.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "base/check.hpp"

namespace regulars::service {

namespace {

// Two processes that keep writing the same members get in each other's way at most this often per batch.
constexpr int attempts_max = 8;
constexpr std::chrono::milliseconds wait_max{200};

std::vector<Reply> all_refused(std::size_t count, Refusal refusal, const std::optional<StoreFailure>& failure) {
    return std::vector<Reply>(count, Reply(unexpected(Refused{refusal, failure})));
}

}  // namespace

// A request or an advance, and what has become of it in the current attempt.
struct Writer::Pending {
    enum class State : std::uint8_t { undecided, decided, stored_answer, same_key };
    Request* request = nullptr;  ///< null: an advance
    Advance* advance = nullptr;
    State state = State::undecided;
    std::vector<Reply> replies;
    std::int32_t status = 0;
    std::string body;
    std::size_t first = 0;        ///< same_key: whose answer is given
    std::size_t advanced = 0;

    void render() {
        if (!request->render) return;
        auto [rendered_status, rendered_body] = request->render(replies);
        status = rendered_status;
        body = std::move(rendered_body);
    }
};

// A batch on its way.
struct Writer::Round {
    explicit Round(std::vector<Work> taken) : works(std::move(taken)) { start(); }

    /// As if nothing had been decided yet.
    void start() {
        batch = nullptr;
        draft.reset();
        failure.reset();
        pending.clear();
        pending.resize(works.size());
        for (std::size_t i = 0; i < works.size(); ++i) {
            pending[i].request = std::get_if<Request>(&works[i]);
            pending[i].advance = std::get_if<Advance>(&works[i]);
        }
    }

    [[nodiscard]] std::size_t commands() const {
        std::size_t count = 0;
        for (const Pending& one : pending)
            count += one.request != nullptr ? one.request->commands.size() : one.advance->members.size();
        return count;
    }

    /// What goes together reads what the batch before it has written.
    [[nodiscard]] bool goes_alone() const {
        return pending.front().request != nullptr && pending.front().request->together;
    }

    std::vector<Work> works;
    std::vector<Pending> pending;
    std::unique_ptr<Draft> draft;
    const Batch* batch = nullptr;  ///< of the draft
    std::optional<StoreFailure> failure;
};

Writer::Writer(Surroundings surroundings, Connections connections)
    : with_(std::move(surroundings)),
      connection_(std::move(connections.to_load)),
      confirmer_(std::move(connections.to_sync)),
      committer_(std::move(connections.to_commit)),
      thread_([this] { run(); }) {}

Writer::~Writer() {
    check(with_.queue.closed(), "the queue is closed before the writer ends");
    thread_.join();
}

void Writer::run() {
    for (;;) {
        std::vector<Work> works = with_.queue.take(with_.batch_commands_max, wait_max);
        if (works.empty()) {
            land();
            if (with_.queue.closed()) return;
        } else if (const auto* chore = std::get_if<Chore>(&works.front())) {
            land();
            confirmer_.wait();
            chore->run();
            with_.queue.done();
        } else {
            take_round(std::make_shared<Round>(std::move(works)));
        }
    }
}

void Writer::take_round(std::shared_ptr<Round> round) {
    if (round->goes_alone() || round->commands() < with_.commands_ahead_min) {
        land();
        return process(*round);
    }
    const bool decided = decide_ahead(*round);
    const bool stands = ahead_ == nullptr || (committer_.wait(), !ahead_->failure);
    land();
    if (!decided || !stands) return process(*round);
    ahead_ = round;
    last_member_ = round->draft->last_member();
    committer_.begin([this, round = std::move(round)](Connection& connection) { commit(connection, round); });
}

// What is being committed is committed when this returns, or has been done again, whatever came of it.
void Writer::land() {
    if (ahead_ == nullptr) return;
    committer_.wait();
    const auto round = std::move(ahead_);
    ahead_ = nullptr;
    if (!round->failure) return;
    last_member_.reset();
    const StoreError error = round->failure->error;
    if (error == StoreError::conflict || error == StoreError::outcome_unknown) round->draft->forget();
    if (error == StoreError::conflict) return process(*round);
    answer_failure(round->pending, *round->failure);
    with_.queue.done();
}

// False when it has to be decided again, alone: something could not be loaded, or is newer than what is known here.
bool Writer::decide_ahead(Round& round) {
    const auto store = connection_.get();
    return store && decide(**store, round);
}

// On the committer's thread. A round that fails is left to the writer.
void Writer::commit(Connection& connection, const std::shared_ptr<Round>& round) {
    const auto failure = confirmer_.failure();
    const auto store = failure ? Stored<Store*>(unexpected(*failure)) : connection.get();
    Stored<bool> committed = store ? Stored<bool>(false) : Stored<bool>(unexpected(store.error()));
    if (committed && round->batch != nullptr) committed = (*store)->commit_ahead(*round->batch);
    if (!committed) {
        connection.note(committed.error());
        round->failure = std::move(committed.error());
        return;
    }
    round->draft->publish();
    with_.counters.batches.fetch_add(1, std::memory_order_relaxed);
    confirmer_.add([this, round](const Stored<void>& durable) { confirm(*round, durable); }, *committed);
}

// On the confirmer's thread.
void Writer::confirm(Round& round, const Stored<void>& durable) {
    if (durable)
        answer(round.pending);
    else
        answer_failure(round.pending, durable.error());
    with_.queue.done();
}

// A batch by itself, from the beginning to the answers, with nothing on its way before it. Nor must it be answered, not
// even from what is stored, before that on which it stands is durable.
void Writer::process(Round& round) {
    confirmer_.wait();
    for (int attempt = 1;; ++attempt) {
        round.start();
        const auto committed = try_once(round);
        if (committed) {
            answer(round.pending);
            break;
        }
        connection_.note(committed.error());
        last_member_.reset();
        if (committed.error().error == StoreError::conflict && attempt < attempts_max) continue;
        answer_failure(round.pending, committed.error());
        break;
    }
    with_.queue.done();
}

Stored<Store*> Writer::store() {
    if (auto failure = confirmer_.failure()) return unexpected(std::move(*failure));
    return connection_.get();
}

Stored<void> Writer::try_once(Round& round) {
    const auto own = store();
    if (!own) return unexpected(own.error());
    auto committed = decide(**own, round);
    if (committed && round.batch != nullptr) committed = (*own)->commit(*round.batch);
    if (!committed) {
        const StoreError error = committed.error().error;
        if (error == StoreError::conflict || error == StoreError::outcome_unknown) round.draft->forget();
        return committed;
    }
    round.draft->publish();
    last_member_ = round.draft->last_member();
    with_.counters.batches.fetch_add(1, std::memory_order_relaxed);
    return {};
}

// A key that has an answer, or that an earlier request of this batch uses, is not decided again.
Stored<void> Writer::find_answers(Store& store, const Draft* before, std::vector<Pending>& pending) {
    std::vector<std::string> keys;
    std::vector<std::size_t> owners;
    std::unordered_map<std::string_view, std::size_t> first_with;
    const auto refuse = [](Pending& one) {
        one.replies = all_refused(one.request->commands.size(), Refusal::key_conflict, std::nullopt);
        one.render();
        one.state = Pending::State::decided;
    };
    for (std::size_t i = 0; i < pending.size(); ++i) {
        Pending& one = pending[i];
        if (one.request == nullptr || one.request->key.empty()) continue;
        const auto [first, added] = first_with.try_emplace(one.request->key, i);
        if (added) {
            keys.push_back(one.request->key);
            owners.push_back(i);
        } else {
            one.state = Pending::State::same_key;
            one.first = first->second;
        }
    }
    if (keys.empty()) return {};
    auto answers = store.find_answers(keys);
    if (!answers) return unexpected(std::move(answers.error()));
    check_equal(answers->size(), keys.size(), "storage answers for every key");
    for (std::size_t k = 0; before != nullptr && k < keys.size(); ++k)
        if (const Answer* kept = before->answer_for(keys[k])) (*answers)[k] = *kept;
    for (std::size_t k = 0; k < keys.size(); ++k) {
        if (!(*answers)[k]) continue;
        Answer& stored = *(*answers)[k];
        Pending& one = pending[owners[k]];
        one.state = Pending::State::stored_answer;
        one.status = stored.status;
        one.body = std::move(stored.body);
        if (stored.input_hash != one.request->input_hash) refuse(one);
        // A later request with this key is compared with what is stored, not with this one.
        for (Pending& other : pending)
            if (other.state == Pending::State::same_key && other.first == owners[k]) {
                other.state = Pending::State::stored_answer;
                other.status = stored.status;
                other.body = one.state == Pending::State::stored_answer ? one.body : stored.body;
                if (stored.input_hash != other.request->input_hash) refuse(other);
            }
    }
    for (Pending& one : pending)
        if (one.state == Pending::State::same_key &&
            one.request->input_hash != pending[one.first].request->input_hash)
            refuse(one);
    return {};
}

Stored<void> Writer::decide(Store& store, Round& round) {
    const Draft* const before = ahead_ != nullptr ? ahead_->draft.get() : nullptr;
    round.draft = std::make_unique<Draft>(with_.history.get(), with_.cache, with_.clock(), before);
    if (auto found = find_answers(store, before, round.pending); !found) return found;
    std::vector<const Command*> commands;
    std::vector<MemberId> advances;
    for (const Pending& one : round.pending) {
        if (one.advance != nullptr) {
            const auto& members = one.advance->members;
            advances.insert(advances.end(), members.begin(), members.end());
        } else if (one.state == Pending::State::undecided) {
            for (const Command& command : one.request->commands) commands.push_back(&command);
        }
    }
    if (auto loaded = round.draft->load(store, commands, advances, last_member_); !loaded) return loaded;
    if (round.draft->meets_unknown_version()) {
        if (const auto refreshed = with_.history.refresh(store); !refreshed) return unexpected(refreshed.error());
        return unexpected(StoreFailure{StoreError::conflict, "another process uses a newer version of the programme"});
    }
    for (Pending& one : round.pending) decide_one(*round.draft, one);
    const Batch& batch = round.draft->rows();
    round.batch = batch.members.empty() && batch.answers.empty() ? nullptr : &batch;
    return {};
}

// A member never goes back in time, so a slip of the year must not reach one.
bool Writer::is_ahead(const Command& command) const {
    return with_.ahead_max_ms > 0 && command.event.at.ms > with_.clock().ms + with_.ahead_max_ms;
}

std::vector<Reply> Writer::replies_to(Draft& draft, const Request& request) const {
    const auto& commands = request.commands;
    const auto ahead = [this](const Command& command) { return is_ahead(command); };
    if ((request.together || request.all_or_nothing) && std::ranges::any_of(commands, ahead))
        return all_refused(commands.size(), Refusal::ahead_of_clock, std::nullopt);
    if (request.together) return draft.apply_together(commands);
    const auto obstacle = request.all_or_nothing ? draft.obstacle(commands) : std::nullopt;
    std::vector<Reply> replies;
    replies.reserve(commands.size());
    for (const Command& command : commands) {
        if (ahead(command))
            replies.push_back(unexpected(Refused{Refusal::ahead_of_clock, std::nullopt}));
        else
            replies.push_back(obstacle ? Reply(unexpected(*obstacle)) : draft.apply(command));
    }
    return replies;
}

void Writer::decide_one(Draft& draft, Pending& pending) {
    if (pending.advance != nullptr) {
        for (const MemberId id : pending.advance->members) pending.advanced += draft.advance(id) ? 1U : 0U;
        return;
    }
    if (pending.state != Pending::State::undecided) return;
    const Request& request = *pending.request;
    pending.replies = replies_to(draft, request);
    pending.render();
    pending.state = Pending::State::decided;
    if (!request.key.empty())
        draft.keep_answer({request.key, request.input_hash, pending.status, pending.body, with_.clock()});
}

// Counted first: who has an answer finds it in the figures.
void Writer::count(const std::vector<Pending>& pending) {
    std::uint64_t applied = 0;
    std::uint64_t refused = 0;
    std::uint64_t advanced = 0;
    for (const Pending& one : pending) {
        advanced += one.advanced;
        for (const Reply& reply : one.replies) {
            applied += reply && !reply->duplicate ? 1U : 0U;
            refused += reply ? 0U : 1U;
        }
    }
    with_.counters.commands_applied.fetch_add(applied, std::memory_order_relaxed);
    with_.counters.commands_refused.fetch_add(refused, std::memory_order_relaxed);
    with_.counters.due_advanced.fetch_add(advanced, std::memory_order_relaxed);
}

void Writer::answer(std::vector<Pending>& pending) {
    count(pending);
    // Those that give another's answer come first, while it is still there.
    for (Pending& one : pending)
        if (one.state == Pending::State::same_key && one.request->answer)
            one.request->answer(pending[one.first].status, pending[one.first].body, true);
    for (Pending& one : pending) {
        if (one.advance != nullptr) {
            if (one.advance->done) one.advance->done(one.advanced);
            continue;
        }
        if (one.state == Pending::State::same_key || !one.request->answer) continue;
        one.request->answer(one.status, std::move(one.body), one.state == Pending::State::stored_answer);
    }
}

void Writer::answer_failure(std::vector<Pending>& pending, const StoreFailure& failure) {
    with_.counters.store_failures.fetch_add(1, std::memory_order_relaxed);
    if (with_.on_failure) with_.on_failure(failure);
    const Refusal refusal =
        failure.error == StoreError::outcome_unknown ? Refusal::outcome_unknown : Refusal::store_failed;
    for (Pending& one : pending) {
        if (one.advance != nullptr) {
            if (one.advance->done) one.advance->done(0);
            continue;
        }
        one.replies = all_refused(one.request->commands.size(), refusal, failure);
        one.render();
        with_.counters.commands_refused.fetch_add(one.replies.size(), std::memory_order_relaxed);
        if (one.request->answer) one.request->answer(one.status, std::move(one.body), false);
    }
}

}  // namespace regulars::service
