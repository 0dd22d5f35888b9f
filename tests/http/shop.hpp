// A shop behind a real server: a memory database with a programme (vancl where nothing else is said), a clock that only
// the test moves, and a server on a free port.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "api/http_server.hpp"
#include "api/keys.hpp"
#include "service/service.hpp"

namespace regulars::api {

struct ShopOptions {
    bool open = true;
    std::string_view programme = "programmes/vancl.yaml";
    std::vector<ApiKey> keys = {};
    std::size_t queue_commands_max = 100'000;
    /// Stands between the service and the database; empty: nothing does.
    service::OpenStore open_store = nullptr;
    bool scheduler = false;
    SendCode send_code = {};
    bool trust_forwarded_for = false;
};

class Shop {
public:
    static constexpr std::string_view vancl = "programmes/vancl.yaml";
    /// Has coupons, and a checkout that takes points.
    static constexpr std::string_view checkout = "tests/service/checkout.yaml";

    explicit Shop(const ShopOptions& options = {});
    ~Shop();
    Shop(const Shop&) = delete;
    Shop& operator=(const Shop&) = delete;

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] HttpServer& server() { return *server_; }
    [[nodiscard]] service::Service& service() { return *service_; }
    [[nodiscard]] service::Store& store() { return *store_; }
    void set_clock(std::string_view local_time);
    void set_keys(std::vector<ApiKey> keys);

private:
    std::string url_;
    std::unique_ptr<service::Store> store_;  ///< keeps the memory database alive
    std::atomic<std::int64_t> now_ms_;
    std::unique_ptr<service::Service> service_;
    std::unique_ptr<HttpServer> server_;
};

/// The text of a programme file.
[[nodiscard]] std::string read_programme(std::string_view path);

/// An order of one line, paid, for a member that is made if need be.
[[nodiscard]] std::string order_body(const std::string& customer, const std::string& order_id,
                                     std::int64_t amount_minor, const std::string& at = "2026-03-01T10:00:00");

}  // namespace regulars::api
