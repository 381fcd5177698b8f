// The vectors of sections 41, 42 and 43: proofs about plaintexts, made and judged by the reference.

#include <gtest/gtest.h>

#include "sandoq/group/ristretto255_secret.hpp"
#include "tests/vectors/value_proof_checks.hpp"

namespace sandoq {
namespace {

using testing::run_file;

TEST(value_proof_vectors, disjunction) {
  const auto seen = run_file<ristretto255>("41-disjunction/vectors/disjunction.json");
  EXPECT_GE(seen.at("disjunction").first, 6);
  EXPECT_GE(seen.at("disjunction").second, 90);
}

TEST(value_proof_vectors, range) {
  const auto seen = run_file<ristretto255>("42-range/vectors/range.json");
  EXPECT_GE(seen.at("range").first, 12);
  EXPECT_GE(seen.at("range").second, 140);
}

TEST(value_proof_vectors, plaintext_equality) {
  const auto seen = run_file<ristretto255>("43-plaintext-equality/vectors/plaintext_equality.json");
  EXPECT_GE(seen.at("plaintext-equality").first, 5);
  EXPECT_GE(seen.at("plaintext-equality").second, 50);
  EXPECT_GE(seen.at("re-encryption").first, 2);
  EXPECT_GE(seen.at("re-encryption").second, 40);
}

}  // namespace
}  // namespace sandoq
