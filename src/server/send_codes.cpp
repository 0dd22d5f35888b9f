#include "server/send_codes.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
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
constexpr std::chrono::milliseconds first_pause{500};
constexpr std::chrono::milliseconds longest_pause{30'000};
constexpr std::chrono::milliseconds code_life{service::code_life_ms};
constexpr std::uint64_t answer_size_max = 64 << 10;

std::string json_of(const api::CodeMessage& message) {
    const nlohmann::ordered_json json{{"kind", message.kind},
                                      {"address", message.address},
                                      {"code", message.code},
                                      {"purpose", message.purpose},
                                      {"minutes", service::code_life_ms / (60 * ms_per_second)}};
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

struct Attempt {
    std::string problem{};   ///< empty: the message was taken
    bool worth_again = false;
};

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

    [[nodiscard]] Attempt run() {
        if (!error_) io_.run();
        if (error_) return {error_.message(), true};
        const unsigned status = parser_.get().result_int();
        if (status >= 200 && status < 300) return {};
        // What the other side calls a mistake of ours is one the next time too.
        const bool mistake = status >= 400 && status < 500 && status != 408 && status != 429;
        return {fmt::format("it answered {}", status), !mistake};
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
            // The new code is the one that works; the old one would only come in its way.
            std::erase_if(waiting_, [&](const auto& entry) {
                const api::CodeMessage& other = entry.second.message;
                return other.kind == message.kind && other.address == message.address;
            });
            if (waiting_.size() >= messages_waiting_max) return tell("too many messages wait to be sent");
            const auto now = Clock::now();
            waiting_.emplace(now, Waiting{std::move(message), now + code_life});
        }
        came_.notify_all();
    }

private:
    using Clock = std::chrono::steady_clock;

    struct Waiting {
        api::CodeMessage message;
        Clock::time_point ends_at;                 ///< of no use any more
        std::chrono::milliseconds pause = first_pause;
    };

    static void tell(std::string_view detail) {
        api::log_event(api::LogLevel::error, "code_not_sent", {{"detail", detail}});
    }

    void work() {
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            if (waiting_.empty()) {
                came_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
                continue;
            }
            const auto due = waiting_.begin()->first;
            if (due > Clock::now()) {
                came_.wait_until(lock, due);
                continue;
            }
            Waiting next = std::move(waiting_.begin()->second);
            waiting_.erase(waiting_.begin());
            lock.unlock();
            const Attempt attempt = Exchange(target_, path_, json_of(next.message)).run();
            lock.lock();
            if (!attempt.problem.empty()) try_later(std::move(next), attempt);
        }
    }

    /// With the lock held.
    void try_later(Waiting waiting, const Attempt& attempt) {
        const auto at = Clock::now() + waiting.pause;
        if (!attempt.worth_again || at >= waiting.ends_at || superseded(waiting.message)) return tell(attempt.problem);
        if (waiting_.size() >= messages_waiting_max) return tell("too many messages wait to be sent");
        api::log_event(api::LogLevel::warning, "code_not_sent_yet", {{"detail", attempt.problem}});
        waiting.pause = std::min(waiting.pause * 2, longest_pause);
        waiting_.emplace(at, std::move(waiting));
    }

    /// Whether a newer code for the address came while this one was on its way.
    [[nodiscard]] bool superseded(const api::CodeMessage& message) const {
        return std::any_of(waiting_.begin(), waiting_.end(), [&](const auto& entry) {
            const api::CodeMessage& other = entry.second.message;
            return other.kind == message.kind && other.address == message.address;
        });
    }

    const HttpTarget target_;
    const std::string path_;
    std::mutex mutex_;
    std::condition_variable came_;
    std::multimap<Clock::time_point, Waiting> waiting_;  ///< by when each is to be tried next
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
