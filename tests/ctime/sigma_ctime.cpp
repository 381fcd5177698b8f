// The provers of section 40 and signing: witness, true branch and seed are secret. Each proof is
// verified in variable time, so a value that was not released on purpose is found as well.

#include <vector>

#include "sandoq/proofs/chaum_pedersen_prove.hpp"
#include "sandoq/proofs/plaintext_knowledge_prove.hpp"
#include "sandoq/proofs/schnorr_prove.hpp"
#include "sandoq/proofs/sigma/compose_prove.hpp"
#include "sandoq/proofs/sigma/sigma_prove.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/deterministic_random.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using testing::claim;
using testing::require;
using G = ristretto255;
using ops = secret_ops<G>;

encoded_element<G> published(const secret_element<G>& e) {
  return encoded_element<G>(declassify<"test: part of the statement">(e));
}

encoded_element<G> base(std::uint64_t log) {
  return encoded_element<G>(G::mul_base_vartime(G::scalar_from_u64(log)));
}

transcript context() {
  return transcript("sandoq-1/ctime");
}

void simple_proofs(random_source& source) {
  const auto x = ops::random_scalar(source);
  const auto g = encoded_element<G>(G::generator());
  for (const auto& B : {g, base(77)}) {
    const schnorr_statement<G> statement{B, published(ops::mul(x, B.element()))};
    transcript tr = context();
    transcript again = context();
    require(verify(statement, prove(statement, x, tr, source).value(), again).holds(), "schnorr");
  }
  const auto B_2 = base(99);
  const chaum_pedersen_statement<G> equal{g, B_2, published(ops::mul_base(x)),
                                          published(ops::mul(x, B_2.element()))};
  transcript tr = context();
  transcript again = context();
  require(verify(equal, prove(equal, x, tr, source).value(), again).holds(), "chaum_pedersen");
}

void several_terms(random_source& source) {
  // x0*B0 + x1*B1 = Y: the commitment is a multi-scalar multiplication.
  std::vector<secret_scalar<G>> x;
  x.push_back(ops::random_scalar(source));
  x.push_back(ops::random_scalar(source));
  linear_relation<G> r;
  const auto a = r.add_scalar();
  const auto b = r.add_scalar();
  const auto e0 = r.add_element(base(3));
  const auto e1 = r.add_element(base(5));
  const auto y = r.add_element(
      published(ops::add(ops::mul(x[0], base(3).element()), ops::mul(x[1], base(5).element()))));
  r.add_row(y, {{a, e0}, {b, e1}});
  transcript tr = context();
  transcript again = context();
  const auto proof = prove_sigma<G>(r, x, tr, random_secret<32>(source)).value();
  require(verify_sigma(r, proof, again).holds(), "sigma");
}

void plaintexts(random_source& source) {
  plaintext_knowledge_statement<G> statement{base(11), {}};
  std::vector<secret_scalar<G>> r;
  for (int l = 0; l < 3; ++l) {
    r.push_back(ops::random_scalar(source));
    statement.ciphertexts.push_back(
        {published(ops::mul_base(r.back())), published(ops::mul(r.back(), base(11).element()))});
  }
  transcript tr = context();
  transcript again = context();
  require(verify(statement, prove<G>(statement, r, tr, source).value(), again).holds(),
          "plaintext_knowledge");
}

void disjunction(std::uint32_t true_branch, random_source& source) {
  // (alpha, beta) encrypts true_branch under K; branch i says that it encrypts i.
  const auto g = encoded_element<G>(G::generator());
  const auto K = base(13);
  const auto r = ops::random_scalar(source);
  const auto alpha = published(ops::mul_base(r));
  const G::element beta = published(ops::mul(r, K.element())).element() +
                          G::mul_base_vartime(G::scalar_from_u64(true_branch));
  std::vector<linear_relation<G>> branches;
  or_witness<G> witness{secret<std::uint32_t>(true_branch), {}};
  for (std::uint32_t i = 0; i < 3; ++i) {
    const encoded_element<G> rest(beta - G::mul_base_vartime(G::scalar_from_u64(i)));
    branches.push_back(relation(chaum_pedersen_statement<G>{g, K, alpha, rest}));
    const auto here = choice::equal(expose_for_secret_ops(witness.branch), i);
    witness.scalars.push_back(ops::select(here, r, secret_scalar<G>()));
  }
  transcript tr = context();
  transcript again = context();
  const auto proof = prove_or<G>(branches, witness, tr, random_secret<32>(source)).value();
  require(verify_or<G>(branches, proof, again).holds(), "or");
}

void signing(random_source& source) {
  const auto key = signing_key<G>::generate(source);
  claim(key.scalar(), "signing_key");
  const signed_message message{"head", election_domain::drill, {}, {}};
  const auto sig = sign(key, message, source).value();
  require(verify(verification_key<G>{key.public_key()}, message, sig).holds(), "sign");
}

}  // namespace

int main() {
  testing::require_checker();
  testing::deterministic_random source(40);
  simple_proofs(source);
  several_terms(source);
  plaintexts(source);
  for (std::uint32_t branch = 0; branch < 3; ++branch) {
    disjunction(branch, source);
  }
  signing(source);
  return 0;
}
