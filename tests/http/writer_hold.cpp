#include "writer_hold.hpp"

namespace regulars::api {

WriterHold::WriterHold(service::Service& service) {
    const auto held = std::make_shared<std::promise<void>>();
    const auto answered = std::make_shared<std::promise<void>>();
    answered_ = answered->get_future().share();
    const std::shared_future<void> let_go = released_.get_future().share();
    const auto told = std::make_shared<bool>(false);
    service::Request request;
    // Somebody who is not there: the writer looks, refuses, and is held while it renders the refusal.
    request.commands.push_back({MemberId{UINT64_MAX >> 1}, {Instant{0}, engine::Registered{}}, false, false});
    request.render = [held, let_go, told](const std::vector<service::Reply>&) {
        if (!std::exchange(*told, true)) held->set_value();
        let_go.wait();
        return std::pair<std::int32_t, std::string>(200, "");
    };
    request.answer = [answered](std::int32_t, const std::string&, bool) { answered->set_value(); };
    if (!service.submit(request)) {
        held->set_value();
        answered->set_value();
    }
    held->get_future().wait();
}

void WriterHold::release() {
    if (is_released_) return;
    is_released_ = true;
    released_.set_value();
    answered_.wait();
}

}  // namespace regulars::api
