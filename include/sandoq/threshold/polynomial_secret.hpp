#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/random_source.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"

namespace sandoq {

/// A secret polynomial f(X) = a_0 + a_1 X + ... of public degree, wiped at its end.    SPEC(55.1)
template <proving_group G>
class secret_polynomial {
 public:
  /// Uniform coefficients, drawn again where one is 0 (which has probability 1/q).
  /// \param coefficients  t >= 1: the degree is t - 1
  [[nodiscard]] static secret_polynomial random(std::size_t coefficients, random_source& source);
  /// \pre coefficients is not empty
  explicit secret_polynomial(std::vector<secret_scalar<G>> coefficients);

  [[nodiscard]] std::span<const secret_scalar<G>> coefficients() const noexcept {
    return coefficients_;
  }
  [[nodiscard]] secret_polynomial clone() const;
  /// f(at), by Horner. Constant time in the coefficients; `at` is public.
  [[nodiscard]] secret_scalar<G> evaluate(std::uint32_t at) const noexcept;
  /// A_l = a_l*G. Released: a commitment hides its coefficient as a key hides its logarithm.
  [[nodiscard]] std::vector<element_of<G>> commitments() const;

 private:
  std::vector<secret_scalar<G>> coefficients_;
};

extern template class secret_polynomial<ristretto255>;

}  // namespace sandoq
