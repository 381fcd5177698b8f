// spec/46-slots/vectors/slots.json: proofs made and judged by the reference.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/slots.hpp"
#include "sandoq/proofs/slots_prove.hpp"
#include "sandoq/proofs/slots_recompute.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/contest_setting.hpp"

namespace sandoq::slots_vectors_test {
namespace {

using G = ristretto255;
using testing::number_32;
using testing::vector_value;

const std::vector<vector_value>& vectors() {
  static const auto loaded = testing::load_vectors("46-slots/vectors/slots.json");
  return loaded;
}

struct setting : testing::contest_setting<slots_shape> {
  explicit setting(const vector_value& v)
      : contest_setting(v,
                        [](const slots_shape& s) { return base_counts{.slot_bits = s.bits()}; }) {}
};

/// The names, in the words of the vector file, of all that is wrong with it.
std::vector<std::string> judge(const vector_value& v) {
  const setting s(v);
  const auto wire = wire_slots_proof::decode(v.at("proof").octets());
  const auto listed = testing::wire_ciphertexts(v);
  if (!wire || wire->rounds.size() != s.shape.rounds() || listed.size() != s.shape.ciphertexts()) {
    return {"structure"};
  }
  if (!s.election) {
    return {"identity"};
  }
  const auto ciphertexts = decode_ciphertexts(listed);
  const auto proof = decode(*wire);
  if (!ciphertexts || !proof) {
    return {"membership"};
  }
  const auto context = s.context(v);
  const slots_statement<G> statement{context, *ciphertexts};
  testing::recording_sink<G> sink(s.election->bases());
  const auto emitted = emit(sink, statement, *proof);
  const bool holds = verify(statement, *proof).holds();
  if (!emitted) {
    EXPECT_FALSE(holds);
    return {emitted.reason().find("identity") != std::string::npos ? "identity" : "structure"};
  }
  EXPECT_EQ(sink.equations(), slots_equations);
  EXPECT_EQ(holds, sink.failures().empty());
  std::vector<std::string> out;
  for (const std::size_t k : sink.failures()) {
    out.push_back("equation-" + std::to_string(k));
  }
  return out;
}

TEST(slots_vectors, verdicts_and_failing_equations) {
  for (const vector_value& v : vectors()) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    EXPECT_EQ(judge(v), testing::expected_failures(v));
  }
}

/// Everything a vector that is accepted says of codes and proof, byte for byte.
void compare(const vector_value& v) {
  const setting s(v);
  EXPECT_EQ(s.shape.bits(), v.at("bits").number());
  EXPECT_EQ(to_hex(G::encode(s.election->blind())), v.at("blind_base").text());
  EXPECT_EQ(to_hex(G::encode(s.election->inner())), v.at("inner_base").text());
  EXPECT_EQ(to_hex(G::encode(s.election->vector().back())), v.at("vector_base_last").text());
  EXPECT_EQ(to_hex(G::encode(s.election->right_vector().back())), v.at("right_base_last").text());

  std::vector<std::uint32_t> chosen;
  std::vector<std::uint8_t> choices(s.shape.options() + (s.shape.counts_blank() ? 1 : 0));
  for (const vector_value& code : v.at("chosen").items()) {
    chosen.push_back(number_32(code));
    choices[chosen.back() - 1] = 1;
  }
  if (s.shape.counts_blank() && chosen.empty()) {
    choices.back() = 1;
  }
  const auto codes = codes_of_vartime(s.shape, chosen);
  ASSERT_TRUE(codes);
  EXPECT_EQ(codes->blank, v.at("is_blank").number() != 0);
  std::vector<std::uint32_t> expected;
  for (const vector_value& code : v.at("codes").items()) {
    expected.push_back(number_32(code));
  }
  EXPECT_EQ(codes->codes, expected);

  const auto context = s.context(v);
  const auto seed = v.at("seed").octets<32>();
  const prover_tables<G> tables(*s.election);
  const nonce_seed secret_seed(seed);
  const auto encrypted =
      encrypt_slots(tables, context, secret_bytes(std::as_bytes(std::span(choices))), secret_seed);
  ASSERT_TRUE(encrypted);
  EXPECT_EQ(to_hex(encrypted->ciphertexts.octets()), to_hex(v.at("ciphertexts").joined_octets()));
  const slots_statement<G> statement{context, encrypted->ciphertexts};
  const auto proof = prove(tables, statement, encrypted->witness, secret_seed);
  ASSERT_TRUE(proof);
  EXPECT_EQ(to_hex(encode(*proof).encode()), v.at("proof").text());
  EXPECT_EQ(encode(*proof).encode().size(), s.shape.proof_bytes());

  checking_sink<G> sink(s.election->bases());
  EXPECT_TRUE(
      emit_recomputed(static_cast<equation_sink<G>&>(sink), statement, *proof, chosen, seed));
  EXPECT_TRUE(sink.holds());
}

TEST(slots_vectors, proofs_byte_for_byte) {
  std::size_t compared = 0;
  for (const vector_value& v : vectors()) {
    if (v.at("expect").text() == "accept") {
      SCOPED_TRACE(v.at("id").text());
      compare(v);
      ++compared;
    }
  }
  EXPECT_GE(compared, 12U);
}

}  // namespace
}  // namespace sandoq::slots_vectors_test
