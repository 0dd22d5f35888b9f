#include "engine/holdings/stages.hpp"

#include "engine/facts.hpp"

namespace regulars::engine {

std::optional<std::size_t> stage_of(const programme::Programme& programme, const Member& member, Instant now) {
    if (programme.stages.empty()) return std::nullopt;
    return Facts(programme, member, now, programme.zone.date(now)).stage();
}

}  // namespace regulars::engine
