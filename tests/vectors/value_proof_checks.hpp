#pragma once

// The vectors of proofs about plaintexts, in any group: made again and judged.

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sandoq/proofs/disjunction_prove.hpp"
#include "sandoq/proofs/plaintext_equality_prove.hpp"
#include "sandoq/proofs/range_prove.hpp"
#include "tests/vectors/proof_judge.hpp"

namespace sandoq::testing {

template <prime_order_group G>
encoded_ciphertext<G> ciphertext_of(const vector_value& v) {
  const bytes octets = v.octets();
  return {*encoded_element<G>::decode(byte_view(octets).first(G::element_bytes)),
          *encoded_element<G>::decode(byte_view(octets).subspan(G::element_bytes))};
}

inline std::uint64_t number_of(const vector_value& v) {
  return static_cast<std::uint64_t>(v.number());
}

inline byte_view view_of(const bytes& proof) {
  return proof;
}
template <class Proof>
byte_view view_of(const Proof& proof) {
  return proof.view();
}

/// Makes the proof again where the vector has a witness, and judges it.
template <proving_group G, class Proof, class Statement, class Witness>
verdicts check(const vector_value& v, const Statement& statement,
               const std::optional<Witness>& witness, const std::optional<Proof>& proof) {
  if (witness) {
    transcript tr = context(v);
    const auto made = prove_with_seed<G>(statement, *witness, tr, seed_of(v));
    EXPECT_TRUE(made.has_value());
    EXPECT_EQ(made ? to_hex(view_of(*made)) : "", v.at("proof").text());
  }
  return judge_statement<G>(v, statement, proof);
}

template <proving_group G>
std::optional<encrypted_value_witness<G>> value_witness(const vector_value& v) {
  if (!v.has("nonce")) {
    return std::nullopt;
  }
  return encrypted_value_witness<G>{secret<std::uint64_t>(number_of(v.at("value"))),
                                    secret_of<G>(v.at("nonce"))};
}

template <proving_group G>
verdicts check_disjunction(const vector_value& v) {
  disjunction_statement<G> statement{
      element_of_vector<G>(v.at("key")), ciphertext_of<G>(v.at("ciphertext")), {}};
  for (const vector_value& value : v.at("values").items()) {
    statement.values.push_back(number_of(value));
  }
  return check<G, bytes>(v, statement, value_witness<G>(v), std::optional(v.at("proof").octets()));
}

template <proving_group G>
verdicts check_range(const vector_value& v) {
  const range_statement<G> statement{element_of_vector<G>(v.at("key")),
                                     ciphertext_of<G>(v.at("ciphertext")), number_of(v.at("low")),
                                     number_of(v.at("high"))};
  return check<G, bytes>(v, statement, value_witness<G>(v), std::optional(v.at("proof").octets()));
}

template <proving_group G>
verdicts check_plaintext_equality(const vector_value& v) {
  const plaintext_equality_statement<G> statement{
      element_of_vector<G>(v.at("key")), ciphertext_of<G>(v.at("ciphertext")),
      element_of_vector<G>(v.at("other_key")), ciphertext_of<G>(v.at("other_ciphertext"))};
  std::optional<plaintext_equality_witness<G>> witness;
  if (v.has("nonce")) {
    witness = plaintext_equality_witness<G>{secret_of<G>(v.at("nonce")),
                                            secret_of<G>(v.at("other_nonce"))};
  }
  return check<G>(v, statement, witness,
                  sized<plaintext_equality_proof<G>>(v.at("proof").octets()));
}

template <proving_group G>
verdicts check_reencryption(const vector_value& v) {
  const reencryption_statement<G> statement{element_of_vector<G>(v.at("key")),
                                            ciphertext_of<G>(v.at("ciphertext")),
                                            ciphertext_of<G>(v.at("reencrypted"))};
  std::optional<secret_scalar<G>> witness;
  if (v.has("factor")) {
    witness = secret_of<G>(v.at("factor"));
  }
  return check<G>(v, statement, witness, sized<reencryption_proof<G>>(v.at("proof").octets()));
}

/// Runs a file, or of a file for several groups the part for this one; how many proofs there are of
/// each kind, accepted and rejected.
template <proving_group G>
std::map<std::string, std::pair<int, int>> run_file(std::string_view path) {
  const std::map<std::string, verdicts (*)(const vector_value&)> checks{
      {"disjunction", check_disjunction<G>},
      {"range", check_range<G>},
      {"plaintext-equality", check_plaintext_equality<G>},
      {"re-encryption", check_reencryption<G>},
  };
  std::map<std::string, std::pair<int, int>> seen;
  for (const vector_value& v : load_vectors(path)) {
    if (v.has("group_name") && v.at("group_name").text() != G::name) {
      continue;
    }
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const auto found = checks.find(v.at("kind").text());
    if (found == checks.end()) {
      ADD_FAILURE() << "unknown kind " << v.at("kind").text();
      continue;
    }
    const verdicts expected = expected_verdicts(v);
    auto& count = seen[found->first];
    ++(expected.empty() ? count.first : count.second);
    EXPECT_EQ(found->second(v), expected);
  }
  return seen;
}

}  // namespace sandoq::testing
