// Prover nonces: witness and seed are secret.

#include <vector>

#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/deterministic_random.hpp"

int main() {
  using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
  using testing::claim;
  using G = ristretto255;
  testing::require_checker();
  testing::deterministic_random source(30);
  std::vector<secret_scalar<G>> x;
  for (int i = 0; i < 3; ++i) {
    x.push_back(secret_ops<G>::random_scalar(source));
  }
  const secret_bytes witness = witness_bytes<G>(x);
  claim(witness, "witness_bytes");
  transcript tr("sandoq-1/ctime");
  tr.absorb_integer("statement", 1);
  // Both inputs secret, and each of them alone.
  const prover_nonces both(tr, witness, random_secret<32>(source));
  claim(both.block(0, 0), "prover_nonces::block");
  claim(both.at<G>(1), "prover_nonces::at");
  const prover_nonces no_witness(tr, secret_bytes(), random_secret<32>(source));
  claim(no_witness.at<G>(0), "prover_nonces from the seed");
  const prover_nonces no_seed(tr, witness, nonce_seed());
  claim(no_seed.at<G>(0), "prover_nonces from the witness");
  return 0;
}
