#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "booth_folder.hpp"
#include "running_election.hpp"
#include "sandoq/ballot/device_secret.hpp"
#include "sandoq/core/result.hpp"

/// \file
/// What every step of a device begins with: where the device stands, and whether that will do.
namespace sandoq::tool {

/// Where a device stands; nothing once it is closed.
[[nodiscard]] std::optional<device_stage> stage_of(const booth_state& state);

/// What the device must do before, in words.
[[nodiscard]] tl::unexpected<error> wrong_stage(const booth_state& state, std::string_view wanted);

/// The bulletin must be of the election that the device was enrolled for.
[[nodiscard]] result<void> check_election(const booth_folder& folder,
                                          const running_election& election);

/// "4-1", by node and number: part of the names of a device's files.
[[nodiscard]] std::string place_stem(const device_place& place);

}  // namespace sandoq::tool
