#include "proofs/bit_vector/prove.core.hpp"

namespace sandoq {

result<secret_bytes> complete_bits(const bit_vector_shape& shape, const secret_bytes& choices) {
  SANDOQ_EXPECTS(choices.size() == shape.ciphertexts(), "one byte for each ciphertext");
  secret_bytes out(shape.bits());
  const byte_view in = expose_for_secret_ops(choices);
  const byte_span bits = expose_for_secret_ops(out);
  const auto weights = shape.weights();
  choice permitted = choice::yes();
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < in.size(); ++i) {
    const auto value = std::to_integer<std::uint64_t>(in[i]);
    permitted = permitted & choice::less(value, 2);
    sum += select(choice::from_bit(value), weights[i], 0);
    bits[i] = in[i];
  }
  const std::uint64_t range = shape.limit() - shape.minimum();
  permitted = permitted & ~choice::less(shape.limit(), sum);
  std::uint64_t left = shape.limit() - sum;  // wraps iff sum > L, which was just noted
  permitted = permitted & choice::less(left, range + 1);
  for (std::size_t i = weights.size(); i-- > in.size();) {
    const choice taken = ~choice::less(left, weights[i]);
    bits[i] = static_cast<std::byte>(taken.bit());
    left -= select(taken, weights[i], 0);
  }
  if (!declassify<"only whether the choices are permitted, which holds on every ballot">(
          permitted)) {
    return fail(errc::bad_witness, "choices",
                "one is neither 0 nor 1, more are made than the contest allows, or fewer than it "
                "demands");
  }
  return out;
}

template result<encrypted_choices<ristretto255>> encrypt_choices(
    const prover_tables<ristretto255>&, const bit_vector_context<ristretto255>&,
    const secret_bytes&, const nonce_seed&);
template result<bit_vector_proof<ristretto255>> prove(const prover_tables<ristretto255>&,
                                                      const bit_vector_statement<ristretto255>&,
                                                      const bit_vector_witness<ristretto255>&,
                                                      const nonce_seed&);

}  // namespace sandoq
