#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sandoq/ballot/manifest.hpp"
#include "tools/sandoq/strict_json.hpp"

namespace sandoq::tool {

/// A kind of contest. What `options` counts says who holds it.
struct profile_contest {
  std::uint32_t options = 0;
  std::uint32_t max_choices = 0;
  std::uint32_t seats = 0;
  std::uint32_t alternates = 0;
  contest_encoding encoding = contest_encoding::bit_vector;
  std::uint32_t text_bytes = 0;  ///< room for a write-in; of packed encodings only
  ranking_rule::method_code method = ranking_rule::method_code::irv;  ///< of rankings only
  std::optional<rule> law{};  ///< in place of plurality at large; of contests that are no rankings
  std::uint32_t lists = 0;    ///< lists of as many options each, the last options being independent
  std::uint32_t listed = 0;   ///< options of every list
};

/// Reads one contest of a profile. What is wrong goes on the walk, with its place.
/// \param held  how many contests the options are dealt out to, 1 or more
[[nodiscard]] profile_contest read_profile_contest(json_walk& walk, const json& from,
                                                   const std::string& place, std::uint32_t held);

/// What the contests of a profile have together, which a manifest bounds (spec 50.5).
struct profile_allowance {
  std::uint64_t contests = 0;
  std::uint64_t options = 0;
  std::uint64_t sums = 0;            ///< ciphertexts that are added up
  std::uint64_t packed_choices = 0;  ///< options times choices of packed subsets

  /// Takes `held` contests of this kind with these options together.
  void add(const profile_contest& each, std::uint32_t held);
  /// Puts on the walk which bound is passed.
  void check(json_walk& walk, const std::string& place) const;
};

/// The number of that name, which must be from `least` to `most`.
[[nodiscard]] std::uint32_t read_in_range(json_walk& walk, const json& of, const std::string& place,
                                          const char* name, std::uint32_t least,
                                          std::uint32_t most);

}  // namespace sandoq::tool
