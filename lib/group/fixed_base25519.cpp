#include "lib/group/fixed_base25519.hpp"

#include <vector>

#include "lib/group/affine25519.hpp"
#include "lib/group/ristretto255_access.hpp"

namespace sandoq::edwards {

std::unique_ptr<const kernel_comb> make_kernel_comb(const kernels::ristretto255_table& kernel,
                                                    const ristretto255::element& base) {
  std::vector<ristretto255::element> entries;
  entries.reserve(kernels::comb_rows * kernels::comb_columns);
  extended row_base = point_of(base);
  for (int row = 0; row < kernels::comb_rows; ++row) {
    const cached step = to_cached(row_base);
    extended multiple = row_base;
    for (int column = 0; column < kernels::comb_columns; ++column) {
      entries.push_back(element_of_point(multiple));
      multiple = to_extended(add(multiple, step));
    }
    row_base = twice_times(row_base, 5);
  }
  const auto affine = made_affine(entries);
  auto out = std::make_unique<kernel_comb>(
      kernel_comb{&kernel, kernels::aligned_words(kernels::comb_words)});
  kernel.pack_comb(out->words.data(), points_of(std::span<const ristretto255::element>(affine)));
  return out;
}

}  // namespace sandoq::edwards
