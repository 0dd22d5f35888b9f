#include "backtest/chance.hpp"

namespace regulars::backtest {

namespace {

constexpr std::uint64_t fixed_seed = 0x5265'6775'6c61'7273;  // "Regulars"

// The finisher of SplitMix64: every bit of the answer depends on every bit of the state.
std::uint64_t mixed(std::uint64_t state) {
    state += 0x9e37'79b9'7f4a'7c15;
    state = (state ^ (state >> 30)) * 0xbf58'476d'1ce4'e5b9;
    state = (state ^ (state >> 27)) * 0x94d0'49bb'1331'11eb;
    return state ^ (state >> 31);
}

std::uint64_t mixed(std::uint64_t state, std::string_view text) {
    for (const char letter : text) state = mixed(state ^ static_cast<unsigned char>(letter));
    return mixed(state ^ text.size());  // so that "ab" and "c" are not "a" and "bc"
}

}  // namespace

std::uint64_t rehearsed_chance(std::string_view customer, std::string_view activity, std::int64_t turn) {
    return mixed(mixed(mixed(fixed_seed, customer), activity) ^ static_cast<std::uint64_t>(turn));
}

}  // namespace regulars::backtest
