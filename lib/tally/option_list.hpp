#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "lib/ballot/structure_reader.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/ids.hpp"

namespace sandoq::detail {

inline void write_options(byte_writer& out, std::span<const option_index> options) {
  out.count(options.size());
  for (const option_index option : options) {
    out.u32(option.value());
  }
}

/// A list of at most `most` options, which may be empty.
[[nodiscard]] inline std::vector<option_index> read_options(structure_reader& in, std::size_t most,
                                                            std::string_view field) {
  std::vector<option_index> out;
  const std::size_t count = in.count_or_none(most, 4, field);
  out.reserve(count);
  for (std::size_t i = 0; i < count && in.good(); ++i) {
    out.emplace_back(in.u32(field));
  }
  return out;
}

/// The options of a tie: at most as many as a contest has, and two or more.
[[nodiscard]] inline std::vector<option_index> read_tied(structure_reader& in, std::size_t most,
                                                         std::string_view field) {
  auto out = read_options(in, most, field);
  if (in.good() && out.size() < 2) {
    in.refuse(errc::out_of_range, field, "a tie has at least two options");
  }
  return out;
}

}  // namespace sandoq::detail
