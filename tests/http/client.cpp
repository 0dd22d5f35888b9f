#include "client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace regulars::api {

namespace {

constexpr timeval wait_max{10, 0};

}  // namespace

nlohmann::json Told::json() const {
    return nlohmann::json::parse(body, nullptr, false);
}

std::string Told::code() const {
    const auto document = json();
    return document.is_object() ? document.value("code", std::string()) : std::string();
}

std::string Told::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

std::vector<nlohmann::json> Told::lines() const {
    std::vector<nlohmann::json> lines;
    std::size_t start = 0;
    while (start < body.size()) {
        const auto end = std::min(body.find('\n', start), body.size());
        lines.push_back(nlohmann::json::parse(body.substr(start, end - start), nullptr, false));
        start = end + 1;
    }
    return lines;
}

std::string bytes_of(const Ask& ask) {
    std::string bytes = ask.method + " " + ask.target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    for (const std::string& header : ask.headers) bytes += header + "\r\n";
    if (ask.method == "POST") {
        if (!ask.content_type.empty()) bytes += "Content-Type: " + ask.content_type + "\r\n";
        bytes += "Content-Length: " + std::to_string(ask.body.size()) + "\r\n";
    }
    return bytes + "\r\n" + ask.body;
}

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait_max, sizeof(wait_max));
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &wait_max, sizeof(wait_max));
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    ended_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0;
}

Client::~Client() {
    ::close(socket_);
}

Told Client::ask(const Ask& request) {
    write(bytes_of(request));
    return read(request.method == "HEAD");
}

void Client::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void Client::finish_writing() {
    ::shutdown(socket_, SHUT_WR);
}

bool Client::fill() {
    std::array<char, 16 << 10> part{};
    const auto size = ended_ ? 0 : ::recv(socket_, part.data(), part.size(), 0);
    if (size <= 0) {
        ended_ = ended_ || size == 0 || errno == ECONNRESET;
        return false;
    }
    buffer_.append(part.data(), static_cast<std::size_t>(size));
    return true;
}

std::string Client::take_line() {
    auto end = buffer_.find("\r\n");
    while (end == std::string::npos && fill()) end = buffer_.find("\r\n");
    if (end == std::string::npos) return {};
    std::string line = buffer_.substr(0, end);
    buffer_.erase(0, end + 2);
    return line;
}

std::string Client::take(std::size_t size) {
    while (buffer_.size() < size && fill()) {
    }
    std::string taken = buffer_.substr(0, size);
    buffer_.erase(0, taken.size());
    return taken;
}

Told Client::read(bool without_body) {
    Told told;
    const std::string status_line = take_line();
    if (!status_line.starts_with("HTTP/1.1 ")) return told;
    told.status = std::stoi(status_line.substr(9, 3));
    for (std::string line = take_line(); !line.empty(); line = take_line()) {
        const auto colon = line.find(": ");
        std::string name = line.substr(0, colon);
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        told.headers[name] = line.substr(colon + 2);
    }
    if (without_body || told.status == 204) {
        told.whole = true;
        return told;
    }
    if (told.header("transfer-encoding") != "chunked") {
        const auto size = static_cast<std::size_t>(std::stoul("0" + told.header("content-length")));
        told.body = take(size);
        told.whole = told.body.size() == size;
        return told;
    }
    for (;;) {
        const std::string size_line = take_line();
        if (size_line.empty()) return told;
        const auto size = static_cast<std::size_t>(std::stoul(size_line, nullptr, 16));
        told.body += take(size);
        take_line();
        if (size > 0) continue;
        told.whole = true;
        return told;
    }
}

bool Client::is_ended() {
    buffer_.clear();
    while (fill()) buffer_.clear();
    return ended_;
}

}  // namespace regulars::api
