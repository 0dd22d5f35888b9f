// Members and orders as bytes: how they lie in the database. The format is member_document.proto, which also says how
// it may change. Equal values give equal bytes, so two histories can be compared by comparing documents.
#pragma once

#include "engine/member.hpp"
#include "service/store.hpp"

#include <string>
#include <string_view>

namespace regulars::store {

/// The bytes of a member; they may hold any byte.
[[nodiscard]] std::string encode(const engine::Member& member);
/// The bytes of an order.
[[nodiscard]] std::string encode(const engine::Order& order);
[[nodiscard]] std::string encode(const service::Snapshot& snapshot);
[[nodiscard]] std::string encode(const engine::Redemption& redemption);
[[nodiscard]] std::string encode(const engine::Group& group);
[[nodiscard]] std::string encode(const engine::Friend& who);

/// The member that `encode` made the bytes of. Bytes that are damaged, or hold a field, an enumerator or a value that
/// this version does not know, are StoreError::corrupt: nothing is dropped silently.
[[nodiscard]] service::Stored<engine::Member> decode_member(std::string_view bytes);
/// The order that `encode` made the bytes of; refused like a member's.
[[nodiscard]] service::Stored<engine::Order> decode_order(std::string_view bytes);
[[nodiscard]] service::Stored<service::Snapshot> decode_snapshot(std::string_view bytes);
[[nodiscard]] service::Stored<engine::Redemption> decode_redemption(std::string_view bytes);
[[nodiscard]] service::Stored<engine::Group> decode_group(std::string_view bytes);
[[nodiscard]] service::Stored<engine::Friend> decode_friend(std::string_view bytes);

}  // namespace regulars::store
