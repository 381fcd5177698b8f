// The provers of sections 41 to 43: value, nonces and seed are secret, and with the value which
// branch is true and what the bits are. Each proof is verified in variable time, so a value that
// was not released on purpose is found as well.

#include <vector>

#include "sandoq/elgamal/encrypt_secret.hpp"
#include "sandoq/proofs/disjunction_prove.hpp"
#include "sandoq/proofs/plaintext_equality_prove.hpp"
#include "sandoq/proofs/range_prove.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/deterministic_random.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using testing::claim;
using testing::require;
using G = ristretto255;
using ops = secret_ops<G>;

transcript context() {
  return transcript("sandoq-1/ctime");
}

encryptor<G> key_of(std::uint64_t log) {
  return encryptor<G>(G::mul_base_vartime(G::scalar_from_u64(log)));
}

/// Enc(value; r) of secrets.
encoded_ciphertext<G> encrypted(const encryptor<G>& key, const secret<std::uint64_t>& value,
                                const secret_scalar<G>& r) {
  return encoded_ciphertext<G>(key.encrypt(ops::scalar_from_u64(value), r));
}

encrypted_value_witness<G> witness_of(std::uint64_t value, random_source& source) {
  encrypted_value_witness<G> out{secret<std::uint64_t>(value), ops::random_scalar(source)};
  claim(out.value, "value");
  claim(out.r, "r");
  return out;
}

void disjunction(std::uint64_t value, random_source& source) {
  const auto key = key_of(13);
  const auto witness = witness_of(value, source);
  const disjunction_statement<G> statement{
      encoded_element<G>(key.joint_key()), encrypted(key, witness.value, witness.r), {0, 1, 5}};
  transcript tr = context();
  transcript again = context();
  const auto proof = prove(statement, witness, tr, source).value();
  require(verify(statement, proof, again).holds(), "disjunction");
}

void range(std::uint64_t low, std::uint64_t high, std::uint64_t value, random_source& source) {
  const auto key = key_of(17);
  const auto witness = witness_of(value, source);
  const range_statement<G> statement{encoded_element<G>(key.joint_key()),
                                     encrypted(key, witness.value, witness.r), low, high};
  transcript tr = context();
  transcript again = context();
  const auto proof = prove(statement, witness, tr, source).value();
  require(verify(statement, proof, again).holds(), "range");
}

void equality(random_source& source) {
  const auto key = key_of(19);
  const auto other_key = key_of(23);
  const secret<std::uint64_t> value(4);
  const plaintext_equality_witness<G> witness{ops::random_scalar(source),
                                              ops::random_scalar(source)};
  const plaintext_equality_statement<G> statement{
      encoded_element<G>(key.joint_key()), encrypted(key, value, witness.r),
      encoded_element<G>(other_key.joint_key()), encrypted(other_key, value, witness.other_r)};
  transcript tr = context();
  transcript again = context();
  const auto proof = prove(statement, witness, tr, source).value();
  require(verify(statement, proof, again).holds(), "plaintext_equality");
}

void reencryption(random_source& source) {
  const auto key = key_of(29);
  const auto witness = witness_of(6, source);
  const auto x = ops::random_scalar(source);
  const reencryption_statement<G> statement{encoded_element<G>(key.joint_key()),
                                            encrypted(key, witness.value, witness.r),
                                            encrypted(key, witness.value, ops::add(witness.r, x))};
  transcript tr = context();
  transcript again = context();
  const auto proof = prove(statement, x, tr, source).value();
  require(verify(statement, proof, again).holds(), "reencryption");
}

}  // namespace

int main() {
  testing::require_checker();
  testing::deterministic_random source(43);
  for (const std::uint64_t value : {0U, 1U, 5U}) {
    disjunction(value, source);
  }
  range(0, 2, 1, source);
  for (const std::uint64_t value : {10U, 13U, 16U}) {
    range(10, 16, value, source);
  }
  equality(source);
  reencryption(source);
  return 0;
}
