#include "api/waiting.hpp"

#include <future>
#include <memory>
#include <utility>

namespace regulars::api {

expected<std::vector<service::Reply>, Problem> submit_and_wait(service::Service& service,
                                                               std::vector<service::Command> commands,
                                                               bool all_or_nothing) {
    struct Shared {
        std::vector<service::Reply> replies;
        std::promise<void> done;
    };
    const auto shared = std::make_shared<Shared>();
    auto done = shared->done.get_future();
    service::Request request;
    request.commands = std::move(commands);
    request.all_or_nothing = all_or_nothing;
    // Rendering may happen again after a failure; only the last one's replies count.
    request.render = [shared](const std::vector<service::Reply>& replies) {
        shared->replies = replies;
        return std::pair<std::int32_t, std::string>();
    };
    request.answer = [shared](std::int32_t, const std::string&, bool) { shared->done.set_value(); };
    if (!service.submit(request)) {
        const auto refusal = service.accepts() ? service::Refusal::queue_full : service::Refusal::stopping;
        return unexpected(problem_of(service::Refused{refusal, {}}));
    }
    if (done.wait_for(limits::answer_wait) != std::future_status::ready)
        return unexpected(problem_of(Fault::answer_late, "The database has not confirmed it in time."));
    return shared->replies;
}

}  // namespace regulars::api
