// A copy of a database that is in use. SQL has no word for this, so it goes through SQLite's own interface.
#pragma once

#include "store/connection.hpp"

#include <string>

namespace regulars::store {

/// Copies the state of this moment into a new file; others go on reading and writing. The file appears under its name
/// only when it is whole. Fails with conflict when there is a file of that name, with not_found where the database
/// cannot do this (PostgreSQL has tools of its own).
void back_up(Connection& connection, const std::string& path);

}  // namespace regulars::store
