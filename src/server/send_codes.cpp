#include "server/send_codes.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "api/log.hpp"
#include "service/one_time_codes.hpp"

namespace regulars::server {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr std::chrono::seconds send_wait_max{10};
/// Beyond that the other side is not keeping up, and codes would come too late to be of use.
constexpr std::size_t messages_waiting_max = 1'000;
constexpr std::uint64_t answer_size_max = 64 << 10;

std::string json_of(const api::CodeMessage& message) {
    const nlohmann::ordered_json json{{"kind", message.kind},
                                      {"address", message.address},
                                      {"code", message.code},
                                      {"purpose", message.purpose},
                                      {"minutes", service::code_life_ms / (60 * ms_per_second)}};
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

/// One request and its answer, each step of which has its time.
class Exchange {
public:
    Exchange(const HttpTarget& target, const std::string& path, std::string body)
        : request_(http::verb::post, path, 11) {
        request_.set(http::field::host, target.host + ":" + target.port);
        request_.set(http::field::content_type, "application/json");
        request_.body() = std::move(body);
        request_.prepare_payload();
        parser_.body_limit(answer_size_max);
        asio::ip::tcp::resolver resolver(io_);
        const auto places = resolver.resolve(target.host, target.port, error_);
        if (error_) return;
        stream_.expires_after(send_wait_max);
        stream_.async_connect(places, [this](beast::error_code error, const auto&) { connected(error); });
    }

    /// Empty when the message was taken, else what went wrong.
    [[nodiscard]] std::string run() {
        if (!error_) io_.run();
        if (error_) return error_.message();
        const unsigned status = parser_.get().result_int();
        return status >= 200 && status < 300 ? "" : fmt::format("it answered {}", status);
    }

private:
    void connected(beast::error_code error) {
        if ((error_ = error)) return;
        http::async_write(stream_, request_, [this](beast::error_code failed, std::size_t) { written(failed); });
    }
    void written(beast::error_code error) {
        if ((error_ = error)) return;
        http::async_read(stream_, buffer_, parser_, [this](beast::error_code failed, std::size_t) { error_ = failed; });
    }

    asio::io_context io_{1};
    beast::tcp_stream stream_{io_};
    http::request<http::string_body> request_;
    http::response_parser<http::string_body> parser_;
    beast::flat_buffer buffer_;
    beast::error_code error_;
};

class Sender {
public:
    Sender(HttpTarget target, std::string path) : target_(std::move(target)), path_(std::move(path)) {
        thread_ = std::thread([this] { work(); });
    }
    ~Sender() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        came_.notify_all();
        thread_.join();
    }
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;

    void send(api::CodeMessage message) {
        {
            const std::lock_guard lock(mutex_);
            if (waiting_.size() >= messages_waiting_max) return tell("too many messages wait to be sent");
            waiting_.push_back(std::move(message));
        }
        came_.notify_all();
    }

private:
    static void tell(std::string_view detail) {
        api::log_event(api::LogLevel::error, "code_not_sent", {{"detail", detail}});
    }

    void work() {
        std::unique_lock lock(mutex_);
        for (;;) {
            came_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
            if (stopping_) return;
            const api::CodeMessage message = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            const std::string problem = Exchange(target_, path_, json_of(message)).run();
            if (!problem.empty()) tell(problem);
            lock.lock();
        }
    }

    const HttpTarget target_;
    const std::string path_;
    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<api::CodeMessage> waiting_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace

api::SendCode send_codes_to(const HttpTarget& target, std::string path) {
    const auto sender = std::make_shared<Sender>(target, std::move(path));
    return [sender](api::CodeMessage message) { sender->send(std::move(message)); };
}

api::SendCode log_codes() {
    return [](const api::CodeMessage& message) {
        api::log_event(api::LogLevel::info, "one_time_code",
                       {{"kind", message.kind},
                        {"address", message.address},
                        {"code", message.code},
                        {"purpose", message.purpose}});
    };
}

expected<CodeTarget, std::string> parse_code_target(const std::string& url) {
    constexpr std::string_view scheme = "http://";
    const auto slash = url.starts_with(scheme) ? url.find('/', scheme.size()) : std::string::npos;
    const auto place = parse_url(url.substr(0, slash));
    if (!place || url.find_first_of(" \t\r\n") != std::string::npos)
        return unexpected(fmt::format("--send-codes-to {} is not http://HOST:PORT/PATH.", url));
    return CodeTarget{*place, slash == std::string::npos ? "/" : url.substr(slash)};
}

}  // namespace regulars::server
