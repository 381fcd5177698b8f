// spec/47-packed/vectors/packed.json: ballots and proofs made and judged by the reference, and what
// it reads after a mix.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/packed.hpp"
#include "sandoq/proofs/packed_prove.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/contest_setting.hpp"

namespace sandoq::packed_vectors_test {
namespace {

using G = ristretto255;
using testing::number_32;
using testing::vector_value;

std::vector<vector_value> of_kind(std::string_view kind) {
  std::vector<vector_value> out;
  for (const vector_value& v : testing::load_vectors("47-packed/vectors/packed.json")) {
    if (v.at("kind").text() == kind) {
      out.push_back(v);
    }
  }
  EXPECT_FALSE(out.empty());
  return out;
}

packed_shape shape_of(const vector_value& v) {
  return *packed_shape::derive(
      {.options = number_32(v.at("options")),
       .max_choices = number_32(v.at("max")),
       .min_choices = number_32(v.at("min")),
       .blank = v.at("blank").number() != 0 ? blank_option::counted : blank_option::absent},
      v.at("ranking").number() != 0 ? packed_order::ranking : packed_order::subset,
      number_32(v.at("text_bytes")));
}

std::string as_text(const bytes& octets) {
  std::string out;
  for (const std::byte octet : octets) {
    out.push_back(static_cast<char>(octet));
  }
  return out;
}

std::vector<std::uint32_t> codes_of(const vector_value& v) {
  std::vector<std::uint32_t> out;
  for (const vector_value& code : v.at("codes").items()) {
    out.push_back(number_32(code));
  }
  return out;
}

std::vector<G::element> elements_of(const vector_value& v) {
  std::vector<G::element> out;
  for (const vector_value& item : v.at("elements").items()) {
    out.push_back(*G::decode(item.octets()));
  }
  return out;
}

/// One ballot of a vector with the election it belongs to.
struct setting {
  packed_shape shape;
  std::string contest_id;
  std::optional<proof_election<G>> election;

  explicit setting(const vector_value& v) : shape(shape_of(v)) {
    contest_id = as_text(v.at("contest").octets());
    election = testing::election_of(v, {});
  }
  [[nodiscard]] packed_context<G> context(const vector_value& v) const {
    return testing::context_of(v, *election, shape, contest_id);
  }
};

/// The names, in the words of the vector file, of all that is wrong with it.
std::vector<std::string> judge(const vector_value& v) {
  const setting s(v);
  const auto ciphertexts = decode_ciphertexts(testing::wire_ciphertexts(v));
  if (!ciphertexts) {
    return {"membership"};
  }
  plaintext_knowledge_proof<G> proof;
  proof.octets = v.at("proof").octets<64>();
  const auto context = s.context(v);
  const packed_statement<G> statement{context, *ciphertexts};
  testing::recording_sink<G> sink(s.election->bases());
  const auto emitted = emit(sink, statement, proof);
  EXPECT_EQ(verify(statement, proof).holds(), emitted && sink.failures().empty());
  if (!emitted) {
    return {emitted.reason().find("alpha") != std::string::npos ? "identity" : "membership"};
  }
  return sink.failures().empty() ? std::vector<std::string>{}
                                 : std::vector<std::string>{"equation-0"};
}

TEST(packed_vectors, verdicts) {
  for (const vector_value& v : of_kind("packed")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    EXPECT_EQ(judge(v), testing::expected_failures(v));
  }
}

/// The parts of the choice by the constant-time code.
result<packed_parts> parts_of(const packed_numbers& numbers, const vector_value& v) {
  const packed_shape& shape = numbers.shape();
  bytes text = v.at("text").octets();
  text.resize(shape.text_bytes());
  const auto codes = codes_of(v);
  if (shape.order() == packed_order::ranking) {
    std::vector<secret<std::uint64_t>> ranks(shape.choices());
    for (std::size_t i = 0; i < codes.size(); ++i) {
      ranks[i] = secret<std::uint64_t>(codes[i]);
    }
    return parts_of_ranking(numbers, ranks, secret_bytes(text));
  }
  bytes choices(shape.options() + (shape.counts_blank() ? 1 : 0));
  for (const std::uint32_t code : codes) {
    choices[code - 1] = std::byte{1};
  }
  if (shape.counts_blank() && codes.empty()) {
    choices.back() = std::byte{1};
  }
  return parts_of_subset(numbers, secret_bytes(choices), secret_bytes(text));
}

TEST(packed_vectors, ballots_byte_for_byte) {
  std::size_t compared = 0;
  for (const vector_value& v : of_kind("packed")) {
    if (v.at("expect").text() != "accept") {
      continue;
    }
    SCOPED_TRACE(v.at("comment").text());
    const setting s(v);
    const packed_numbers numbers(s.shape);
    const auto parts = parts_of(numbers, v);
    ASSERT_TRUE(parts);
    const auto context = s.context(v);
    const prover_tables<G> tables(*s.election);
    const nonce_seed seed(v.at("seed").octets<32>());
    const auto encrypted = encrypt_packed(tables, context, *parts, seed);
    ASSERT_TRUE(encrypted);
    EXPECT_EQ(to_hex(encrypted->ciphertexts.octets()), to_hex(v.at("ciphertexts").joined_octets()));
    const auto proof = prove({context, encrypted->ciphertexts}, encrypted->r, seed);
    ASSERT_TRUE(proof);
    EXPECT_EQ(to_hex(proof->view()), v.at("proof").text());
    const auto read = numbers.read(elements_of(v));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, (packed_choice{codes_of(v), as_text(v.at("text").octets())}));
    ++compared;
  }
  EXPECT_GE(compared, 8U);
}

TEST(packed_vectors, what_was_opened_is_read) {
  for (const vector_value& v : of_kind("reading")) {
    SCOPED_TRACE(v.at("comment").text());
    const auto read = packed_numbers(shape_of(v)).read(elements_of(v));
    ASSERT_EQ(read.has_value(), v.at("permitted").number() != 0);
    if (read) {
      EXPECT_EQ(*read, (packed_choice{codes_of(v), as_text(v.at("text").octets())}));
    }
  }
}

}  // namespace
}  // namespace sandoq::packed_vectors_test
