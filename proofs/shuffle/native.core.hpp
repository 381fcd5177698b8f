#pragma once

// The challenges of an election: one running transcript, which absorbs only what is new. Verifier
// and prover draw by the same functions.                                    SPEC(48.3) to
// SPEC(48.7)

#include <span>
#include <utility>

#include "proofs/shuffle/parts.core.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq::shuffling {

template <prime_order_group G>
class native_challenges {
 public:
  using scalar = scalar_of<G>;
  using two = std::pair<scalar, scalar>;
  using sum = linear_sum<G>;

  /// \param after_statement  open_transcript of context and lists
  explicit native_challenges(const transcript& after_statement) : tr_(after_statement) {}

  // By what is announced.
  [[nodiscard]] result<scalar> first(byte_view c_A) {
    tr_.absorb_encoded_elements<G>("c_A", c_A);
    return tr_.challenge<G>("x");
  }
  [[nodiscard]] result<two> second(byte_view c_B) {
    tr_.absorb_encoded_elements<G>("c_B", c_B);
    return both(tr_.challenge<G>("y"), [&] { return tr_.challenge<G>("z"); });
  }
  [[nodiscard]] result<two> hadamard(byte_view c_P) {
    tr_.absorb_encoded_elements<G>("hadamard", c_P);
    return both(tr_.challenge<G>("hadamard-x"), [&] { return tr_.challenge<G>("hadamard-y"); });
  }
  [[nodiscard]] result<scalar> zero(byte_view commitments) {
    tr_.absorb_encoded_elements<G>("zero", commitments);
    return tr_.challenge<G>("zero-x");
  }
  [[nodiscard]] result<scalar> single_value_product(byte_view commitments) {
    tr_.absorb_encoded_elements<G>("single-value-product", commitments);
    return tr_.challenge<G>("single-value-product-x");
  }
  [[nodiscard]] result<scalar> multi_exponentiation(byte_view commitments, byte_view E) {
    tr_.absorb_encoded_elements<G>("multi-exponentiation", commitments);
    tr_.absorb_encoded_elements<G>("E", E);
    return tr_.challenge<G>("multi-exponentiation-x");
  }

  // As a profile: statements follow from what was absorbed before.
  [[nodiscard]] result<scalar> first(const ciphertext_list<G>&, const ciphertext_list<G>&,
                                     const shuffle_part<G>& part) {
    return first(part.c_A.octets);
  }
  [[nodiscard]] result<two> second(const shuffle_part<G>& part) { return second(part.c_B.octets); }
  [[nodiscard]] result<two> hadamard(std::span<const sum>, const sum&,
                                     const hadamard_part<G>& part) {
    return hadamard(part.commitments.octets);
  }
  [[nodiscard]] result<scalar> zero(std::span<const sum>, std::span<const sum>,
                                    const zero_part<G>& part) {
    return zero(part.commitments.octets);
  }
  [[nodiscard]] result<scalar> single_value_product(const sum&, const scalar&,
                                                    const single_value_part<G>& part) {
    return single_value_product(part.commitments.octets);
  }
  [[nodiscard]] result<scalar> multi_exponentiation(const ciphertext_list<G>&,
                                                    const weighted_ciphertexts<G>&,
                                                    std::span<const sum>,
                                                    const multi_exponentiation_part<G>& part) {
    return multi_exponentiation(part.commitments.octets, part.E.octets);
  }

 private:
  template <class Next>
  static result<two> both(result<scalar> a, Next&& next) {
    const result<scalar> b = next();
    if (!a || !b) {
      return tl::unexpected<error>(a ? b.error() : a.error());
    }
    return two{*a, *b};
  }

  transcript tr_;
};

}  // namespace sandoq::shuffling
