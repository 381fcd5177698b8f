#include "sandoq/elgamal/ciphertext.hpp"

#include <string>
#include <utility>

#include "sandoq/core/contract.hpp"

namespace sandoq {

result<ciphertext<ristretto255>> decode(const wire_ciphertext& in) {
  auto alpha = ristretto255::decode(in.alpha.view());
  if (!alpha) {
    return fail_within("alpha", std::move(alpha.error()));
  }
  auto beta = ristretto255::decode(in.beta.view());
  if (!beta) {
    return fail_within("beta", std::move(beta.error()));
  }
  return ciphertext<ristretto255>{*alpha, *beta};
}

result<void> decode_batch(std::span<ciphertext<ristretto255>> out,
                          std::span<const wire_ciphertext> in) {
  SANDOQ_EXPECTS(out.size() == in.size(), "one ciphertext for each");
  for (std::size_t i = 0; i < in.size(); ++i) {
    auto c = decode(in[i]);
    if (!c) {
      return fail_within("ciphertext " + std::to_string(i), std::move(c.error()));
    }
    out[i] = *c;
  }
  return {};
}

wire_ciphertext encode(const ciphertext<ristretto255>& c) noexcept {
  return {{ristretto255::encode(c.alpha)}, {ristretto255::encode(c.beta)}};
}

}  // namespace sandoq
