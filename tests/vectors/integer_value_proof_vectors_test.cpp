// The vectors of proofs about plaintexts in integer groups: with short scalars and with long ones.

#include <gtest/gtest.h>

#include "sandoq/group/integer_group_secret.hpp"
#include "tests/vectors/value_proof_checks.hpp"

namespace sandoq {
namespace {

constexpr std::string_view path = "12-integer-groups/vectors/value_proofs.json";

TEST(integer_value_proof_vectors, modp4096) {
  const auto seen = testing::run_file<modp4096>(path);
  EXPECT_EQ(seen.size(), 4U);
  EXPECT_GE(seen.at("disjunction").second, 9);
  EXPECT_GE(seen.at("range").second, 2);
}

TEST(integer_value_proof_vectors, rfc3526_2048) {
  const auto seen = testing::run_file<rfc3526_2048>(path);
  EXPECT_EQ(seen.size(), 3U);
  EXPECT_GE(seen.at("disjunction").second, 9);
}

}  // namespace
}  // namespace sandoq
