// From a checked header to an answer: finds the endpoint, asks for the key, negotiates types, runs the handler where it
// belongs (here, on a worker, or behind the writer) and hands the answer back exactly once.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "api/endpoint.hpp"
#include "api/enrolment.hpp"
#include "api/guesses.hpp"
#include "api/keys.hpp"
#include "api/metrics.hpp"
#include "api/router.hpp"
#include "api/workers.hpp"

namespace regulars::api {

struct DispatchOptions {
    /// Nobody needs a key. Only for a server that listens on loopback; then the Host header must name loopback too, so
    /// that no web page reaches it under another name.
    bool open = false;
    std::size_t workers = 2;
    /// Sends one-time codes; empty: there are none.
    SendCode send_code{};
    /// Whether the last address in X-Forwarded-For is the client's: a proxy of the shop's own stands before the server.
    bool trust_forwarded_for = false;
};

class Dispatcher {
public:
    /// `service` outlives the dispatcher.
    Dispatcher(service::Service& service, KeyRing keys, DispatchOptions options);
    ~Dispatcher();
    Dispatcher(const Dispatcher&) = delete;
    Dispatcher& operator=(const Dispatcher&) = delete;

    /// The parts of a header that only the gate looks at.
    struct Credentials {
        std::string_view authorization;
        std::string_view host;
        bool content_encoded = false;
        std::string_view forwarded_for{};
        std::string_view peer{};  ///< the connection's other end
    };
    /// What may be said before the body is read: the endpoint, or the answer that ends the request. `request` gets its
    /// path values and query.
    struct Gate {
        const Endpoint* endpoint = nullptr;
        Response refusal;
    };
    [[nodiscard]] Gate open(Request& request, const Credentials& credentials) const;

    /// Answers one request with its body. Either the answer is returned, or `later` is called with it once, from
    /// another thread.
    using Later = std::function<void(Response)>;
    [[nodiscard]] std::optional<Response> handle(const Endpoint& endpoint, std::shared_ptr<const Request> request,
                                                 Later later);

    /// A new set of keys; takes effect with the next request.
    void set_keys(KeyRing keys);
    /// Not ready any more: /readyz says so.
    void set_stopping() { stopping_ = true; }

    [[nodiscard]] const std::vector<Endpoint>& endpoints() const { return endpoints_; }
    [[nodiscard]] Metrics& metrics() { return metrics_; }
    [[nodiscard]] service::Service& service() { return service_; }

private:
    /// Also fills in who asks.
    [[nodiscard]] std::optional<Problem> key_problem(Scope scope, const Credentials& credentials,
                                                     Request& request) const;
    [[nodiscard]] std::optional<Problem> token_problem(std::string_view token, Request& request) const;
    /// What signs the tokens of a key; nothing when the key is not known any more.
    [[nodiscard]] std::optional<std::string> signing_secret(std::string_view key_id) const;
    [[nodiscard]] Answer make_token(const Request& request);
    /// "token" and "ends_at", signed for the key that asks; false when it is not known any more.
    [[nodiscard]] bool write_token(JsonWriter& json, const Request& request, MemberId member,
                                   std::int64_t minutes) const;
    [[nodiscard]] std::string client_of(const Credentials& credentials) const;
    [[nodiscard]] Response at_once_for(const AtOnce& at_once, const Request& request);
    [[nodiscard]] std::optional<Response> submit(const ByWriter& by_writer, const Request& request, Later later);
    [[nodiscard]] std::optional<Response> submit_from_worker(const ByWriter& by_writer,
                                                             std::shared_ptr<const Request> request, Later later);
    [[nodiscard]] std::optional<Response> later_from_worker(std::function<Answer(const Request&)> answer,
                                                            std::shared_ptr<const Request> request, Later later);
    [[nodiscard]] Answer page(ByServer::Page page, const Request& request);

    service::Service& service_;
    DispatchOptions options_;
    std::vector<Endpoint> endpoints_;
    Router router_;
    Metrics metrics_;
    mutable std::mutex keys_mutex_;
    std::shared_ptr<const KeyRing> keys_;
    std::string open_secret_;  ///< signs tokens where no keys are needed; of this process
    std::shared_ptr<Guesses> guesses_ = std::make_shared<Guesses>();
    Enrolment enrolment_;
    std::atomic<bool> stopping_{false};
    Workers workers_;  ///< last: its threads use the rest
};

}  // namespace regulars::api
