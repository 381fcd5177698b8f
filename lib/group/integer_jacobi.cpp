#include "lib/group/integer_jacobi.hpp"

#include <algorithm>

#include "sandoq/core/contract.hpp"

namespace sandoq::integers {

void jacobi_symbols_vartime(std::span<signed char> symbols, limb_view xs, limb_view m,
                            const kernels::montgomery_table& kernel) {
  const std::size_t size = m.size();
  SANDOQ_EXPECTS(xs.size() == symbols.size() * size, "room for each symbol");
  std::fill(symbols.begin(), symbols.end(), static_cast<signed char>(0));
  if (kernel.lanes > 1 && symbols.size() > 1) {
    const lane_ring ring(kernel, m);
    for (std::size_t i = 0; i < symbols.size(); i += ring.lanes()) {
      ring.jacobi(&symbols[i], &xs[i * size], std::min(ring.lanes(), symbols.size() - i));
    }
  }
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    if (symbols[i] == 0) {
      symbols[i] = static_cast<signed char>(jacobi_vartime(xs.subspan(i * size, size), m));
    }
  }
}

}  // namespace sandoq::integers
