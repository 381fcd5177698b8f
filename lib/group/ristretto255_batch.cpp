// Multiplication of many elements by one public scalar on the kernel of this processor.

#include "sandoq/group/ristretto255_batch.hpp"

#include <vector>

#include "lib/group/recode25519.hpp"
#include "lib/group/ristretto255_access.hpp"
#include "lib/kernels/select.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {

void mul_each_vartime(std::span<ristretto255::element> out, const ristretto255::scalar& x,
                      std::span<const ristretto255::element> es) {
  SANDOQ_EXPECTS(out.size() == es.size(), "room for every product");
  const auto digits = edwards::radix_16_digits(words_of(x));
  // The same digits for all: a stride of 0.
  kernels::ristretto255_kernel().multiply(points_of(out), digits.data(), 0, points_of(es),
                                          es.size());
}

}  // namespace sandoq
