#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "byte_source.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// One voter's choices in one contest: ascending option indices, none twice; empty is blank.
struct plain_ballot {
  std::uint32_t precinct;              ///< index into ballot_file::precincts
  std::vector<std::uint32_t> choices;  ///< indices into ballot_file::options
  /// The same, best first: the columns in their order, each option where it stands first.
  std::vector<std::uint32_t> ranking{};
};

/// A file of real ballots as a k-of-n contest.
struct ballot_file {
  std::string contest;                 ///< the file's name without .csv and .gz
  std::uint32_t columns = 0;           ///< K, the choice columns
  std::vector<std::string> options;    ///< sorted by code point; from the whole file
  std::vector<std::string> precincts;  ///< sorted by code point; from the whole file
  std::vector<plain_ballot> ballots;   ///< in the file's order, at most the limit

  /// The most choices of one ballot: K, but never more than there are options.
  [[nodiscard]] std::uint32_t max_choices() const noexcept;
};

/// Reads `precinct,choice1,...,choiceK` (RFC 4180, UTF-8, plain or gzip). `undervote`, `overvote`,
/// `UWI` and the empty field are no options; a name repeated in a line counts once. Options and
/// precincts are those of the whole file, also with a limit.
[[nodiscard]] result<ballot_file> read_ballot_file(const std::string& path,
                                                   std::optional<std::size_t> limit);

/// The same from a source; name is what errors call it and what the contest is named after.
[[nodiscard]] result<ballot_file> read_ballot_file(std::unique_ptr<byte_source> source,
                                                   const std::string& name,
                                                   std::optional<std::size_t> limit);

}  // namespace sandoq::tool
