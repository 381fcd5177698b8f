#include <algorithm>

#include "sandoq/proofs/shuffle_shape.hpp"

namespace sandoq {
namespace {

std::size_t divided_up(std::size_t a, std::size_t b) {
  return (a + b - 1) / b;
}

}  // namespace

result<shuffle_shape> shuffle_shape::of(std::size_t size, std::size_t width) {
  // Of several rows: five scalars a column, which must stay within a proof's size.
  constexpr std::size_t columns = std::size_t{1} << 16U;
  return with_rows(size, width, size <= max_columns ? 1 : divided_up(size, columns));
}

result<shuffle_shape> shuffle_shape::with_rows(std::size_t size, std::size_t width,
                                               std::size_t rows) {
  if (size < 2) {
    return fail(errc::out_of_range, "shuffle",
                "fewer than two ciphertexts cannot be mixed: open them with others");
  }
  if (size > max_size || rows < 1 || rows > max_rows || divided_up(size, rows) > max_columns) {
    return fail(errc::out_of_range, "shuffle",
                "more ciphertexts than one shuffle takes: mix them in groups, by district");
  }
  if (width < 1 || width > max_width) {
    return fail(errc::out_of_range, "shuffle", "a ciphertext has 1 to 64 pairs");
  }
  shuffle_shape out;
  out.size_ = size;
  out.width_ = width;
  out.rows_ = rows;
  out.columns_ = std::max<std::size_t>(2, divided_up(size, rows));
  return out;
}

std::size_t shuffle_shape::proof_elements() const noexcept {
  const std::size_t E = step() * (2 * rows_ - 1);
  return rows_ == 1 ? 7 + E : 7 * rows_ + 4 + E;
}

std::size_t shuffle_shape::proof_scalars() const noexcept {
  return rows_ == 1 ? 3 * columns_ + 2 + 2 * width_ : 5 * columns_ + 5 + 2 * width_;
}

}  // namespace sandoq
