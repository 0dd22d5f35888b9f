// One connection: one coroutine on one I/O thread, one request after another, a deadline on every wait.
#pragma once

#include <atomic>
#include <cstddef>
#include <list>

#include "api/dispatch.hpp"
#include "api/mailbox.hpp"

namespace boost::asio {
class io_context;
}

namespace regulars::api {

class Connection;

/// What the connections of one I/O thread share; only that thread touches it, but for `count`.
struct ConnectionGroup {
    Dispatcher& dispatcher;
    std::shared_ptr<Mailbox> mailbox;
    bool log_requests = false;
    bool stopping = false;
    std::list<Connection*> connections;
    std::atomic<std::size_t>* count = nullptr;  ///< of all threads
};

/// Serves an accepted socket, which it owns from now on, until the client or the server ends it. On the I/O thread.
void serve_connection(boost::asio::io_context& io, int socket, ConnectionGroup& group);

/// Closes the connections on which nothing is asked, and lets the others end with their next answer.
void stop_connections(ConnectionGroup& group);
/// Closes them all.
void abort_connections(ConnectionGroup& group);

}  // namespace regulars::api
