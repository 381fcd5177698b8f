#pragma once

#include <filesystem>
#include <memory>

#include "running_election.hpp"
#include "sandoq/ballot/device_secret.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// What a device knows of its election: manifest and keys, at one place for as long as its folder
/// is open.
struct device_election {
  manifest plan;
  election_context context;
  std::unique_ptr<ballot_prover> prover{};  ///< made when it is needed
};

/// election.pb, as a device is given it.                                               SPEC(85.6)
[[nodiscard]] bytes device_election_file(byte_view canonical_manifest,
                                         const running_election& election);
/// \return as read_private; mismatch if the file holds something else; what is wrong with it.
[[nodiscard]] result<std::unique_ptr<device_election>> read_device_election(
    const std::filesystem::path& file);

}  // namespace sandoq::tool
