// A peer of the claims benchmark: Redis and one Lua script that looks at the stock and at the member, counts down and
// records. The server is bench/run's own, with appendonly and appendfsync always, so its answers are durable too.
//
//   claims_redis --port 7000 [--connections 64] [--seconds 10] [--members 200000] [--stock 10000000]
#include <hiredis/hiredis.h>

#include "claims_peer.hpp"

namespace regulars::bench {
namespace {

constexpr const char* script =
    "if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then return 0 end "
    "if tonumber(redis.call('GET', KEYS[1])) <= 0 then return 0 end "
    "redis.call('DECR', KEYS[1]) "
    "redis.call('HSET', KEYS[2], ARGV[1], ARGV[2]) "
    "return 1";

// Runs one command and waits.
template <typename... Values>
redisReply* command(redisContext* redis, const char* format, Values... values) {
    auto* reply = static_cast<redisReply*>(redisCommand(redis, format, values...));
    if (reply == nullptr) fail(std::string("redis: ") + redis->errstr);
    if (reply->type == REDIS_REPLY_ERROR) fail(std::string("redis: ") + reply->str);
    return reply;
}

redisContext* connect_to(int port) {
    redisContext* redis = redisConnect("127.0.0.1", port);
    if (redis == nullptr || redis->err != 0) fail("cannot connect to Redis on port " + std::to_string(port));
    return redis;
}

class Client {
public:
    Client(int port, std::string sha) : redis_(connect_to(port)), sha_(std::move(sha)) {}

    [[nodiscard]] int socket() const { return redis_->fd; }

    void claim(std::uint64_t member, const std::string& reference) {
        redisAppendCommand(redis_, "EVALSHA %s 2 stock holders %llu %s", sha_.c_str(),
                           static_cast<unsigned long long>(member), reference.c_str());
        int all_sent = 0;
        while (all_sent == 0)
            if (redisBufferWrite(redis_, &all_sent) != REDIS_OK) fail(std::string("redis: ") + redis_->errstr);
    }

    std::optional<bool> answer() {
        if (redisBufferRead(redis_) != REDIS_OK) fail(std::string("redis: ") + redis_->errstr);
        void* found = nullptr;
        if (redisGetReplyFromReader(redis_, &found) != REDIS_OK) fail(std::string("redis: ") + redis_->errstr);
        if (found == nullptr) return std::nullopt;
        auto* reply = static_cast<redisReply*>(found);
        if (reply->type != REDIS_REPLY_INTEGER) fail("redis: an unexpected answer");
        const bool given = reply->integer == 1;
        freeReplyObject(reply);
        return given;
    }

private:
    redisContext* redis_;  // until the program ends
    std::string sha_;
};

void run(int port, const PeerOptions& options) {
    redisContext* redis = connect_to(port);
    freeReplyObject(command(redis, "FLUSHALL"));
    freeReplyObject(command(redis, "SET stock %llu", static_cast<unsigned long long>(options.stock)));
    redisReply* loaded = command(redis, "SCRIPT LOAD %s", script);
    std::vector<Client> clients;
    for (std::size_t i = 0; i < options.connections; ++i) clients.emplace_back(port, loaded->str);
    freeReplyObject(loaded);
    const std::uint64_t given = measure_claims("redis, Lua script", clients, options);
    redisReply* left = command(redis, "GET stock");
    check_given("left in Redis", options.stock - given, std::strtoull(left->str, nullptr, 10));
    freeReplyObject(left);
    redisReply* holders = command(redis, "HLEN holders");
    check_given("holders in Redis", given, static_cast<std::uint64_t>(holders->integer));
    freeReplyObject(holders);
    redisFree(redis);
}

}  // namespace
}  // namespace regulars::bench

int main(int argc, char** argv) {
    regulars::bench::PeerOptions options;
    int port = 6379;
    CLI::App app{"Claims from a Redis of the benchmark's own; all its keys are removed"};
    app.add_option("--port", port)->required();
    regulars::bench::add_options(app, options);
    CLI11_PARSE(app, argc, argv);
    regulars::bench::run(port, options);
}
