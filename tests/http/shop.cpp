#include "shop.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "programme/parse.hpp"
#include "store/open.hpp"

namespace regulars::api {

namespace {

Instant instant_of(std::string_view local_time) {
    const auto zone = Zone::find("Asia/Shanghai");
    const auto instant = parse_instant(local_time, *zone);
    if (!instant) throw std::runtime_error("not an instant: " + std::string(local_time));
    return *instant;
}

template <class Value, class Error>
Value must(expected<Value, Error> result, const char* what) {
    if (!result) throw std::runtime_error(what);
    return std::move(*result);
}

std::string fresh_url() {
    static std::atomic<int> count{0};
    return "memory:http_test_" + std::to_string(++count);
}

}  // namespace

std::string read_programme(std::string_view path) {
    std::ifstream file{std::string(path)};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string order_body(const std::string& customer, const std::string& order_id, std::int64_t amount_minor,
                       const std::string& at) {
    const nlohmann::json body{{"identity", {{"kind", "customer:web"}, {"value", customer}}},
                              {"create", true},
                              {"order_id", order_id},
                              {"at", at},
                              {"paid_at", at},
                              {"lines", {{{"sku", "S-1"}, {"quantity", 1}, {"amount_minor", amount_minor}}}}};
    return body.dump();
}

Shop::Shop(const ShopOptions& options)
    : url_(fresh_url()),
      store_(must(store::open_store(url_), "the memory database opens")),
      now_ms_(instant_of("2026-06-01T12:00:00").ms) {
    const auto programme =
        must(programme::parse(read_programme(options.programme), options.programme), "the programme compiles");
    if (!store_->add_programme({programme.version, programme.name, programme.source, instant_of("2020-01-01")}))
        throw std::runtime_error("the programme is kept");
    set_keys(options.keys);
    service::ServiceOptions service_options;
    service_options.store_url = url_;
    service_options.open_store = options.open_store == nullptr ? store::open_store : options.open_store;
    service_options.clock = [this] { return Instant{now_ms_.load()}; };
    service_options.queue_commands_max = options.queue_commands_max;
    service_options.scheduler = options.scheduler;
    service_ = must(service::Service::start(std::move(service_options)), "the service starts");
    ServerOptions server_options;
    server_options.port = 0;
    server_options.open = options.open;
    server_options.send_code = options.send_code;
    server_options.trust_forwarded_for = options.trust_forwarded_for;
    server_options.load_keys = [this] { return store_->setting(api_keys_setting); };
    auto server = HttpServer::start(std::move(server_options), *service_);
    if (!server) throw std::runtime_error(server.error());
    server_ = std::move(*server);
}

Shop::~Shop() {
    server_->stop();
    service_->drain();
}

void Shop::set_clock(std::string_view local_time) {
    now_ms_ = instant_of(local_time).ms;
}

void Shop::set_keys(std::vector<ApiKey> keys) {
    if (!store_->set_setting(api_keys_setting, KeyRing(std::move(keys)).text()))
        throw std::runtime_error("the keys are kept");
}

}  // namespace regulars::api
