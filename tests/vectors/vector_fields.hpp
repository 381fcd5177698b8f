#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "sandoq/core/hash.hpp"
#include "tests/support/vector_file.hpp"

namespace sandoq::testing {

[[nodiscard]] inline std::uint32_t u32_of(const vector_value& v) {
  return static_cast<std::uint32_t>(v.number());
}

[[nodiscard]] inline digest32 digest_of(const vector_value& v) {
  return {v.octets<32>()};
}

/// The vectors of one kind; never none.
[[nodiscard]] inline std::vector<vector_value> load_vectors(std::string_view path,
                                                            std::string_view kind) {
  std::vector<vector_value> out;
  for (vector_value& v : load_vectors(path)) {
    if (v.at("kind").text() == kind) {
      out.push_back(std::move(v));
    }
  }
  EXPECT_FALSE(out.empty()) << kind;
  return out;
}

}  // namespace sandoq::testing
