#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "profile_contest.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

struct profile_board {
  std::uint32_t trustees = 0;
  std::uint32_t threshold = 0;
};

/// Areas that are alike, each with contests of its own. Branches, devices and options are those of
/// all `count` areas together, dealt out as evenly as they can be.
struct profile_area {
  std::uint32_t count = 0;
  std::uint32_t branches = 0;
  std::uint32_t devices = 0;
  std::uint32_t of_1000_voters = 0;
  std::vector<profile_contest> contests;
};

/// How large an election is: what `size` predicts from, and whence `drill` has its numbers.
struct election_profile {
  bool shipped = false;  ///< comes with the tool; one of the same name in a file does not
  std::string name;
  label_list title;
  std::uint64_t voters = 0;
  std::uint32_t drill_voters = 0;  ///< of a drill that is not told how many
  std::uint32_t challenged_of_1000 = 0;
  std::uint32_t spoiled_of_1000 = 0;
  std::vector<profile_board> boards;
  std::uint32_t polling_minutes = 0;
  std::uint32_t seconds_a_voter = 0;   ///< in front of a device
  std::uint32_t deadline_minutes = 0;  ///< within which one phase of the count is to be done
  std::vector<std::uint32_t> links_kbit_s;
  std::uint32_t levels_above = 1;           ///< of the tree, the root among them
  std::uint32_t everywhere_of_1000 = 1000;  ///< voters whose ballots have the contests of all areas
  std::vector<profile_contest> everywhere;
  std::vector<profile_area> areas;
};

/// The share of place i of n when a whole is dealt out as evenly as it can be.
[[nodiscard]] constexpr std::uint32_t dealt(std::uint32_t whole, std::uint32_t n, std::uint32_t i) {
  return whole / n + (i < whole % n ? 1 : 0);
}

/// Reads the JSON form, all profiles of the text. \return what is wrong, with its place
/// ("profiles[1].voters"): a number out of its range, an unknown, repeated or missing member, an
/// encoding that there is none of.
[[nodiscard]] result<std::vector<election_profile>> profiles_from_json(std::string_view text);

/// The profiles that come with the tool (tools/sandoq/sizing/profiles.json).
[[nodiscard]] std::string_view shipped_profiles() noexcept;

/// One of them, or else of the file of that path, which must hold exactly one. \return not_found
/// with the names there are, or what the file has wrong.
[[nodiscard]] result<election_profile> find_profile(const std::string& name_or_path);

/// One that comes with the tool. \pre there is one of this name
[[nodiscard]] const election_profile& shipped_profile(std::string_view name);

}  // namespace sandoq::tool
