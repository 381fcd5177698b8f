// spec/45-bit-vector/vectors/bit_vector.json: proofs made and judged by the reference.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/bit_vector_prove.hpp"
#include "sandoq/proofs/bit_vector_recompute.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/contest_setting.hpp"

namespace sandoq::bit_vector_vectors_test {
namespace {

using G = ristretto255;
using testing::vector_value;

const std::vector<vector_value>& vectors() {
  static const auto loaded = testing::load_vectors("45-bit-vector/vectors/bit_vector.json");
  return loaded;
}

struct setting : testing::contest_setting<bit_vector_shape> {
  explicit setting(const vector_value& v)
      : contest_setting(v,
                        [](const bit_vector_shape& s) { return base_counts{.bits = s.bits()}; }) {}
};

/// The names, in the words of the vector file, of all that is wrong with it.
std::vector<std::string> judge(const vector_value& v) {
  const setting s(v);
  const auto wire = wire_bit_vector_proof::decode(v.at("proof").octets());
  if (!wire || wire->f.size() != s.shape.bits() - 1) {
    return {"structure"};
  }
  if (!s.election) {
    return {"identity"};
  }
  const auto ciphertexts = decode_ciphertexts(testing::wire_ciphertexts(v));
  const auto proof = decode(*wire);
  if (!ciphertexts || !proof) {
    return {"membership"};
  }
  const auto context = s.context(v);
  const bit_vector_statement<G> statement{context, *ciphertexts};
  testing::recording_sink<G> sink(s.election->bases());
  const auto emitted = emit(sink, statement, *proof);
  const bool holds = verify(statement, *proof).holds();
  if (!emitted) {
    EXPECT_FALSE(holds);
    return {emitted.reason().find("identity") != std::string::npos ? "identity" : "structure"};
  }
  EXPECT_EQ(sink.equations(), bit_vector_equations);
  EXPECT_EQ(holds, sink.failures().empty());
  std::vector<std::string> out;
  for (const std::size_t k : sink.failures()) {
    out.push_back("equation-" + std::to_string(k));
  }
  return out;
}

TEST(bit_vector_vectors, verdicts_and_failing_equations) {
  for (const vector_value& v : vectors()) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    EXPECT_EQ(judge(v), testing::expected_failures(v));
  }
}

TEST(bit_vector_vectors, derived_constants) {
  for (const vector_value& v : vectors()) {
    if (!v.has("weights")) {
      continue;
    }
    SCOPED_TRACE(v.at("id").text());
    const setting s(v);
    std::vector<std::uint32_t> weights;
    for (const vector_value& w : v.at("weights").items()) {
      weights.push_back(testing::number_32(w));
    }
    EXPECT_EQ(std::vector<std::uint32_t>(s.shape.weights().begin(), s.shape.weights().end()),
              weights);
    ASSERT_TRUE(s.election);
    EXPECT_EQ(to_hex(G::encode(s.election->blind())), v.at("blind_base").text());
    const auto& bases = v.at("vector_bases").items();
    ASSERT_EQ(bases.size(), s.election->vector().size());
    for (std::size_t i = 0; i < bases.size(); ++i) {
      EXPECT_EQ(to_hex(G::encode(s.election->vector()[i])), bases[i].text());
    }
  }
}

/// Prover and recomputation both give the reference's bytes.
TEST(bit_vector_vectors, proofs_byte_for_byte) {
  std::size_t compared = 0;
  for (const vector_value& v : vectors()) {
    if (v.at("expect").text() != "accept") {
      continue;
    }
    SCOPED_TRACE(v.at("id").text());
    const setting s(v);
    const auto context = s.context(v);
    std::vector<std::uint8_t> bits;
    for (const vector_value& b : v.at("bits").items()) {
      bits.push_back(static_cast<std::uint8_t>(b.number()));
    }
    const std::vector<std::uint8_t> choices(
        bits.begin(), bits.begin() + static_cast<std::ptrdiff_t>(s.shape.ciphertexts()));
    EXPECT_EQ(complete_bits_vartime(s.shape, choices), bits);
    const auto seed = v.at("seed").octets<32>();

    const auto recomputed = recompute_vartime(context, choices, seed);
    ASSERT_TRUE(recomputed);
    EXPECT_EQ(to_hex(recomputed->ciphertexts.octets()),
              to_hex(v.at("ciphertexts").joined_octets()));
    EXPECT_EQ(to_hex(encode(recomputed->proof).encode()), v.at("proof").text());

    const prover_tables<G> tables(*s.election);
    const nonce_seed secret_seed(seed);
    const auto encrypted = encrypt_choices(
        tables, context, secret_bytes(std::as_bytes(std::span(choices))), secret_seed);
    ASSERT_TRUE(encrypted);
    EXPECT_EQ(to_hex(encrypted->ciphertexts.octets()), to_hex(v.at("ciphertexts").joined_octets()));
    const auto proof =
        prove(tables, {context, encrypted->ciphertexts}, encrypted->witness, secret_seed);
    ASSERT_TRUE(proof);
    EXPECT_EQ(to_hex(encode(*proof).encode()), v.at("proof").text());
    ++compared;
  }
  EXPECT_GE(compared, 10U);
}

}  // namespace
}  // namespace sandoq::bit_vector_vectors_test
