// Many commands from one source, in its order, through a service in this process: how `regulars import` loads a
// history.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "service/service.hpp"

namespace regulars::service {

/// The next command, in order of time; nothing at the end.
using NextCommand = std::function<std::optional<Command>()>;

struct ImportOptions {
    std::size_t commands_per_request = 500;
    std::size_t requests_ahead = 8;  ///< on their way while the next one is put together
};

struct ImportRefusal {
    std::uint64_t command = 0;  ///< its place in the source, from 0
    Refused refused;
};

struct ImportReport {
    static constexpr std::size_t refusals_kept_max = 1'000;

    std::uint64_t read = 0;
    std::uint64_t applied = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t parked = 0;
    std::uint64_t refused = 0;
    std::map<std::string, std::uint64_t> refused_by_code;
    std::vector<ImportRefusal> refusals;   ///< the first ones
    /// Storage failed and the import stopped; what was applied before is kept. Running it again is safe: what is known
    /// already counts as a duplicate.
    std::optional<StoreFailure> failure;
};

/// Reads to the end or to a failure of storage, and waits until everything is answered. `progress` is called on this
/// thread now and then with the number of commands answered. History has to come before the scheduler lets its time
/// pass: the service should run without one.
[[nodiscard]] ImportReport import_commands(Service& service, const NextCommand& next, const ImportOptions& options,
                                           const std::function<void(std::uint64_t answered)>& progress);

}  // namespace regulars::service
