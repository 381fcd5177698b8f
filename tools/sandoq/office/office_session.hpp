#pragma once

#include <memory>
#include <string>

#include "bulletin.hpp"
#include "running_election.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// What every command of a running election begins with.
struct office_session {
  std::unique_ptr<executor> workers;
  bulletin board;
  running_election election;

  /// Reads the bulletin and checks its key ceremony.
  [[nodiscard]] static result<office_session> begin(const std::string& directory);
};

}  // namespace sandoq::tool
