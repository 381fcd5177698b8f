#pragma once

#include <cstddef>

#include "sandoq/core/result.hpp"

namespace sandoq {

/// N ciphertexts of width w as m rows of n columns, filled up to m*n.                  SPEC(48.2)
class shuffle_shape {
 public:
  static constexpr std::size_t max_rows = 16;
  static constexpr std::size_t max_columns = std::size_t{1} << 17U;
  static constexpr std::size_t max_size = std::size_t{1} << 20U;
  static constexpr std::size_t max_width = 64;

  /// The shape that elections use: m = 1 up to 2^17, then ceil(N / 2^16); n = max(2, ceil(N / m)).
  /// \return out_of_range if N is not 2 ... 2^20 or w not 1 ... 64
  [[nodiscard]] static result<shuffle_shape> of(std::size_t size, std::size_t width = 1);
  /// Any m, 1 ... 16, with n = max(2, ceil(N / m)): more rows make a smaller proof.
  [[nodiscard]] static result<shuffle_shape> with_rows(std::size_t size, std::size_t width,
                                                       std::size_t rows);

  /// N, before filling up.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// w: pairs (alpha_l, beta_l) of a ciphertext.
  [[nodiscard]] std::size_t width() const noexcept { return width_; }
  /// m.
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  /// n.
  [[nodiscard]] std::size_t columns() const noexcept { return columns_; }
  /// m*n.
  [[nodiscard]] std::size_t total() const noexcept { return rows_ * columns_; }
  /// Elements of a ciphertext, 2w.
  [[nodiscard]] std::size_t step() const noexcept { return 2 * width_; }
  /// Bases G_1 ... that commitments need: max(n, w).
  [[nodiscard]] std::size_t bases() const noexcept { return columns_ < width_ ? width_ : columns_; }
  /// What a proof consists of.                                                         SPEC(48.9)
  [[nodiscard]] std::size_t proof_elements() const noexcept;
  [[nodiscard]] std::size_t proof_scalars() const noexcept;

  friend bool operator==(const shuffle_shape&, const shuffle_shape&) = default;

 private:
  shuffle_shape() = default;
  std::size_t size_ = 0;
  std::size_t width_ = 0;
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
};

}  // namespace sandoq
