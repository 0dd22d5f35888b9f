#include "service/writer.hpp"

#include <chrono>
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

Writer::Writer(Surroundings surroundings, Connection connection)
    : with_(std::move(surroundings)), connection_(std::move(connection)), thread_([this] { run(); }) {}

Writer::~Writer() {
    check(with_.queue.closed(), "the queue is closed before the writer ends");
    thread_.join();
}

void Writer::run() {
    for (;;) {
        std::vector<Work> works = with_.queue.take(with_.batch_commands_max, wait_max);
        if (works.empty()) {
            if (with_.queue.closed()) return;
            continue;
        }
        if (const auto* chore = std::get_if<Chore>(&works.front())) chore->run();
        else process(works);
        works.clear();
        with_.queue.done();
    }
}

void Writer::process(std::vector<Work>& works) {
    std::vector<Pending> pending(works.size());
    for (int attempt = 1;; ++attempt) {
        for (std::size_t i = 0; i < works.size(); ++i) {
            pending[i] = Pending();
            pending[i].request = std::get_if<Request>(&works[i]);
            pending[i].advance = std::get_if<Advance>(&works[i]);
        }
        const auto committed = try_once(pending);
        if (committed) return answer(pending);
        connection_.note(committed.error());
        last_member_.reset();
        if (committed.error().error == StoreError::conflict && attempt < attempts_max) continue;
        return answer_failure(pending, committed.error());
    }
}

Stored<void> Writer::try_once(std::vector<Pending>& pending) {
    const auto store = connection_.get();
    if (!store) return unexpected(store.error());
    if (auto found = find_answers(**store, pending); !found) return found;
    Draft draft(with_.history.get(), with_.cache, with_.clock());
    auto committed = decide(**store, draft, pending);
    if (!committed) {
        const StoreError error = committed.error().error;
        if (error == StoreError::conflict || error == StoreError::outcome_unknown) draft.forget();
        return committed;
    }
    draft.publish();
    last_member_ = draft.last_member();
    with_.counters.batches.fetch_add(1, std::memory_order_relaxed);
    return {};
}

// A key that has an answer, or that an earlier request of this batch uses, is not decided again.
Stored<void> Writer::find_answers(Store& store, std::vector<Pending>& pending) {
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

Stored<void> Writer::decide(Store& store, Draft& draft, std::vector<Pending>& pending) {
    std::vector<const Command*> commands;
    std::vector<MemberId> advances;
    for (const Pending& one : pending) {
        if (one.advance != nullptr) {
            const auto& members = one.advance->members;
            advances.insert(advances.end(), members.begin(), members.end());
        } else if (one.state == Pending::State::undecided) {
            for (const Command& command : one.request->commands) commands.push_back(&command);
        }
    }
    if (auto loaded = draft.load(store, commands, advances, last_member_); !loaded) return loaded;
    if (draft.meets_unknown_version()) {
        if (const auto refreshed = with_.history.refresh(store); !refreshed) return unexpected(refreshed.error());
        return unexpected(StoreFailure{StoreError::conflict, "another process uses a newer version of the programme"});
    }
    for (Pending& one : pending) decide_one(draft, one);
    const Batch& batch = draft.rows();
    const bool nothing_to_write = batch.members.empty() && batch.answers.empty();
    return nothing_to_write ? Stored<void>() : store.commit(batch);
}

void Writer::decide_one(Draft& draft, Pending& pending) {
    if (pending.advance != nullptr) {
        for (const MemberId id : pending.advance->members) pending.advanced += draft.advance(id) ? 1U : 0U;
        return;
    }
    if (pending.state != Pending::State::undecided) return;
    const Request& request = *pending.request;
    const auto obstacle = request.all_or_nothing ? draft.obstacle(request.commands) : std::nullopt;
    pending.replies.reserve(request.commands.size());
    for (const Command& command : request.commands)
        pending.replies.push_back(obstacle ? Reply(unexpected(*obstacle)) : draft.apply(command));
    pending.render();
    pending.state = Pending::State::decided;
    if (!request.key.empty())
        draft.keep_answer({request.key, request.input_hash, pending.status, pending.body, with_.clock()});
}

void Writer::answer(std::vector<Pending>& pending) {
    std::uint64_t applied = 0;
    std::uint64_t refused = 0;
    std::uint64_t advanced = 0;
    // Those that give another's answer come first, while it is still there.
    for (Pending& one : pending)
        if (one.state == Pending::State::same_key && one.request->answer)
            one.request->answer(pending[one.first].status, pending[one.first].body, true);
    for (Pending& one : pending) {
        if (one.advance != nullptr) {
            advanced += one.advanced;
            if (one.advance->done) one.advance->done(one.advanced);
            continue;
        }
        for (const Reply& reply : one.replies) {
            applied += reply && !reply->duplicate ? 1U : 0U;
            refused += reply ? 0U : 1U;
        }
        if (one.state == Pending::State::same_key || !one.request->answer) continue;
        one.request->answer(one.status, std::move(one.body), one.state == Pending::State::stored_answer);
    }
    with_.counters.commands_applied.fetch_add(applied, std::memory_order_relaxed);
    with_.counters.commands_refused.fetch_add(refused, std::memory_order_relaxed);
    with_.counters.due_advanced.fetch_add(advanced, std::memory_order_relaxed);
}

void Writer::answer_failure(std::vector<Pending>& pending, const StoreFailure& failure) {
    with_.counters.store_failures.fetch_add(1, std::memory_order_relaxed);
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
