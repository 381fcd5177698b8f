#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sandoq/core/bytes.hpp"

namespace sandoq::testing {

/// A value of a vector file. Asking for what is not there fails the running test and gives an empty
/// value, so a missing field can never pass for a match.
class vector_value {
 public:
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] bool is_null() const noexcept { return kind_ == kind::null; }
  [[nodiscard]] const vector_value& at(std::string_view key) const;
  [[nodiscard]] const std::vector<vector_value>& items() const;
  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] std::int64_t number() const;
  /// A text of hexadecimal digits.
  [[nodiscard]] bytes octets() const;
  template <std::size_t N>
  [[nodiscard]] byte_array<N> octets() const {
    byte_array<N> out{};
    const bytes read = octets();
    expect_size(read.size(), N);
    for (std::size_t i = 0; i < N && i < read.size(); ++i) {
      out[i] = read[i];
    }
    return out;
  }
  /// The octets of all items, one after another.
  [[nodiscard]] bytes joined_octets() const;

 private:
  friend struct vector_value_builder;
  static void expect_size(std::size_t read, std::size_t expected);

  enum class kind { null, text, number, list, object };
  kind kind_ = kind::null;
  std::string text_;
  std::int64_t number_ = 0;
  std::vector<vector_value> items_;
  std::map<std::string, vector_value, std::less<>> members_;
};

/// The vectors of spec/<path>, e.g. "45-bit-vector/vectors/bit_vector.json"; never empty, or the
/// running test fails.
[[nodiscard]] std::vector<vector_value> load_vectors(std::string_view path);

}  // namespace sandoq::testing
