#include "service/import.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

namespace regulars::service {

namespace {

constexpr std::chrono::milliseconds look_again{50};

// What the writer's answers have brought so far. Shared with requests under way, which outlive an import that gave up.
struct Progress {
    std::mutex mutex;
    std::condition_variable answered;
    ImportReport report;
    std::uint64_t commands_answered = 0;
    std::size_t requests_under_way = 0;
};

std::string code(const Refused& refused) {
    if (const auto* rejection = std::get_if<engine::Rejection>(&refused.reason))
        return std::string(engine::code_of(*rejection));
    return std::string(code_of(std::get<Refusal>(refused.reason)));
}

void count(ImportReport& report, std::uint64_t place, const Reply& reply) {
    if (reply) {
        report.applied += reply->duplicate || reply->parked ? 0U : 1U;
        report.duplicates += reply->duplicate ? 1U : 0U;
        report.parked += reply->parked ? 1U : 0U;
        return;
    }
    ++report.refused;
    ++report.refused_by_code[code(reply.error())];
    if (report.refusals.size() < ImportReport::refusals_kept_max) report.refusals.push_back({place, reply.error()});
    if (reply.error().store && !report.failure) report.failure = reply.error().store;
}

Request make_request(std::vector<Command> commands, std::uint64_t first, const std::shared_ptr<Progress>& progress) {
    Request request;
    request.commands = std::move(commands);
    // Rendering may happen again after a failure; only the last one's replies count.
    const auto replies = std::make_shared<std::vector<Reply>>();
    request.render = [replies](const std::vector<Reply>& made) {
        *replies = made;
        return std::pair<std::int32_t, std::string>();
    };
    request.answer = [replies, progress, first](std::int32_t, const std::string&, bool) {
        {
            const std::lock_guard lock(progress->mutex);
            std::uint64_t place = first;
            for (const Reply& reply : *replies) count(progress->report, place++, reply);
            progress->commands_answered += replies->size();
            --progress->requests_under_way;
        }
        progress->answered.notify_all();
    };
    return request;
}

}  // namespace

ImportReport import_commands(Service& service, const NextCommand& next, const ImportOptions& options,
                             const std::function<void(std::uint64_t answered)>& progress) {
    const auto shared = std::make_shared<Progress>();
    const auto wait_until = [&](auto ready) {
        std::unique_lock lock(shared->mutex);
        while (!shared->answered.wait_for(lock, look_again, ready)) {
        }
        const std::uint64_t answered = shared->commands_answered;
        const bool go_on = !shared->report.failure;
        lock.unlock();
        if (progress) progress(answered);
        return go_on;
    };
    const auto submit = [&](std::vector<Command> commands, std::uint64_t first) {
        Request request = make_request(std::move(commands), first, shared);
        if (!wait_until([&] { return shared->requests_under_way < options.requests_ahead; })) return false;
        for (;;) {
            {
                const std::lock_guard lock(shared->mutex);
                ++shared->requests_under_way;
            }
            if (service.submit(request)) return true;
            std::unique_lock lock(shared->mutex);
            const std::size_t others = --shared->requests_under_way;
            // Full of other people's commands: wait a little. With nothing of ours under way it may also be stopping.
            shared->answered.wait_for(lock, look_again, [&] { return shared->requests_under_way < others; });
            if (!service.accepts()) {
                shared->report.failure = StoreFailure{StoreError::unavailable, "the service is stopping"};
                return false;
            }
        }
    };

    std::vector<Command> commands;
    std::uint64_t read = 0;
    bool go_on = true;
    while (go_on) {
        auto command = next();
        if (command) {
            commands.push_back(std::move(*command));
            ++read;
        }
        if (commands.size() == options.commands_per_request || (!command && !commands.empty())) {
            const std::uint64_t first = read - commands.size();
            go_on = submit(std::exchange(commands, {}), first);
        }
        go_on = go_on && command.has_value();
    }
    static_cast<void>(wait_until([&] { return shared->requests_under_way == 0; }));
    const std::lock_guard lock(shared->mutex);
    ImportReport report = shared->report;
    report.read = read;
    return report;
}

}  // namespace regulars::service
