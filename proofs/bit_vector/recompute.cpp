#include "proofs/bit_vector/recompute.core.hpp"

namespace sandoq {

result<std::vector<std::uint8_t>> complete_bits_vartime(const bit_vector_shape& shape,
                                                        std::span<const std::uint8_t> choices) {
  if (choices.size() != shape.ciphertexts()) {
    return fail(errc::bad_witness, "choices", "their number is not that of the contest");
  }
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (choices[i] > 1) {
      return fail(errc::bad_witness, "choice " + std::to_string(i), "it is neither 0 nor 1");
    }
    sum += choices[i] * std::uint64_t{shape.weights()[i]};
  }
  if (sum > shape.limit() || sum < shape.minimum()) {
    return fail(errc::bad_witness, "choices",
                "more are made than the contest allows, or fewer than it demands");
  }
  std::vector<std::uint8_t> bits(choices.begin(), choices.end());
  bits.resize(shape.bits());
  std::uint64_t left = shape.limit() - sum;
  for (std::size_t i = bits.size(); i-- > choices.size();) {
    if (shape.weights()[i] <= left) {
      bits[i] = 1;
      left -= shape.weights()[i];
    }
  }
  return bits;
}

template verification emit_recomputed(equation_sink<ristretto255>&,
                                      const bit_vector_statement<ristretto255>&,
                                      const bit_vector_proof<ristretto255>&,
                                      std::span<const std::uint8_t>, const byte_array<32>&);
template result<bit_vector_ballot<ristretto255>> recompute_vartime(
    const bit_vector_context<ristretto255>&, std::span<const std::uint8_t>, const byte_array<32>&);

}  // namespace sandoq
