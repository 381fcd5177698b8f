// spec/30-transcript/vectors/transcript.json

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/transcript/nonce.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "sandoq/transcript/transcript.hpp"
#include "sandoq/transcript/weights.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/known_literal.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::known_literal;
using testing::vector_value;

std::vector<vector_value> of_kind(std::string_view kind) {
  std::vector<vector_value> out;
  for (const vector_value& v : testing::load_vectors("30-transcript/vectors/transcript.json")) {
    if (v.at("kind").text() == kind) {
      out.push_back(v);
    }
  }
  EXPECT_FALSE(out.empty());
  return out;
}

literal transcript_label(const vector_value& v) {
  return known_literal(v.at("transcript").text(), {"sandoq-1/test", "sandoq-1/test/all"});
}

G::scalar scalar(const vector_value& v) {
  return *G::decode_scalar(v.octets());
}
G::element absorbed_element(const vector_value& v) {
  return *G::decode(v.octets());
}

void perform(transcript& tr, const vector_value& operation) {
  const std::string& op = operation.at("op").text();
  const literal label = known_literal(
      operation.at("label").text(), {"w", "b", "a", "nonce", "n", "e", "ss", "s", "data", "y", "x",
                                     "max", "es", "c", "more", "state", "weights"});
  if (op == "bytes") {
    tr.absorb_bytes(label, operation.at("data").octets());
  } else if (op == "integer") {
    tr.absorb_integer(label, static_cast<std::uint64_t>(operation.at("data").number()));
  } else if (op == "scalar") {
    tr.absorb_scalar<G>(label, scalar(operation.at("data")));
  } else if (op == "element") {
    tr.absorb_element<G>(label, absorbed_element(operation.at("data")));
  } else if (op == "scalars") {
    std::vector<G::scalar> list;
    for (const vector_value& item : operation.at("data").items()) {
      list.push_back(scalar(item));
    }
    tr.absorb_scalars<G>(label, list);
  } else if (op == "elements") {
    std::vector<G::element> list;
    for (const vector_value& item : operation.at("data").items()) {
      list.push_back(absorbed_element(item));
    }
    // The other two forms of the same list must leave the same state.
    transcript copy = tr;
    copy.absorb_encoded_elements<G>(label, operation.at("data").joined_octets());
    tr.absorb_elements<G>(label, std::span<const G::element>(list));
    EXPECT_EQ(copy.fork("state"), tr.fork("state"));
  } else if (op == "challenge") {
    const auto c = tr.challenge<G>(label);
    ASSERT_TRUE(c);
    EXPECT_EQ(to_hex(G::encode_scalar(*c)), operation.at("result").text());
  } else if (op == "fork") {
    EXPECT_EQ(to_hex(tr.fork(label).view()), operation.at("result").text());
  } else {
    ADD_FAILURE() << "unknown operation " << op;
  }
}

TEST(transcript_vectors, operations) {
  for (const vector_value& v : of_kind("transcript")) {
    SCOPED_TRACE(v.at("id").text());
    transcript tr(transcript_label(v));
    for (const vector_value& operation : v.at("operations").items()) {
      perform(tr, operation);
    }
  }
}

TEST(transcript_vectors, nonces) {
  for (const vector_value& v : of_kind("nonces")) {
    SCOPED_TRACE(v.at("id").text());
    transcript tr(transcript_label(v));
    tr.absorb_bytes("statement", v.at("statement").octets());
    EXPECT_EQ(to_hex(tr.fork("nonce").view()), v.at("fork").text());
    const bytes witness = v.at("witness").octets();
    const auto seed = v.at("seed").octets<32>();
    const prover_nonces secret_half(tr, secret_bytes(byte_view(witness)), nonce_seed(seed));
    const revealed_nonces public_half(tr, witness, seed);
    const auto& expected = v.at("nonces").items();
    ASSERT_FALSE(expected.empty());
    for (std::uint32_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(to_hex(G::encode_scalar(public_half.at<G>(i))), expected[i].text());
      EXPECT_EQ(
          to_hex(G::encode_scalar(declassify<"compared with a test vector">(secret_half.at<G>(i)))),
          expected[i].text());
    }
  }
}

TEST(transcript_vectors, weights) {
  for (const vector_value& v : of_kind("weights")) {
    SCOPED_TRACE(v.at("id").text());
    const weights w(digest64{v.at("digest").octets<64>()});
    const auto& expected = v.at("weights").items();
    ASSERT_FALSE(expected.empty());
    for (std::uint32_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(to_hex(w.octets(i)), expected[i].text());
      EXPECT_EQ(to_hex(G::encode_scalar(w.at<G>(i))), expected[i].text() + std::string(32, '0'));
    }
  }
}

}  // namespace
}  // namespace sandoq
