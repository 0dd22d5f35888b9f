// Values to rows: what one transaction writes. Throws Failed.
#pragma once

#include "service/store.hpp"
#include "store/connection.hpp"

namespace regulars::store {

/// Writes everything in the batch, inside a transaction that the caller holds. Members and keys that others could write
/// at the same time are written in ascending order, so that two writers never wait for each other in a circle.
void write_batch(Connection& connection, const service::Batch& batch);

}  // namespace regulars::store
