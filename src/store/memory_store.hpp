// A database in memory: for trials, demonstrations and tests. It keeps the port's promises in the plainest way there
// is, and so is also the measure that the SQL stores are held against.
#pragma once

#include "service/store.hpp"

#include <memory>
#include <string>

namespace regulars::store {

/// A handle on the memory database of that name. All handles of one name share it, in any thread; it is gone with the
/// last handle. backup() is not_found: there is no file.
[[nodiscard]] std::unique_ptr<service::Store> open_memory_store(const std::string& name);

}  // namespace regulars::store
