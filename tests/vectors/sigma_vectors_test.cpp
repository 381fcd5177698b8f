// spec/40-sigma/vectors/sigma.json: proofs made and judged by the reference.

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandoq/proofs/batch.hpp"
#include "sandoq/proofs/chaum_pedersen_prove.hpp"
#include "sandoq/proofs/plaintext_knowledge_prove.hpp"
#include "sandoq/proofs/schnorr_prove.hpp"
#include "sandoq/proofs/sigma/compose_prove.hpp"
#include "sandoq/proofs/sigma/sigma_prove.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/known_literal.hpp"
#include "tests/vectors/proof_judge.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::context;
using testing::judge;
using testing::judge_statement;
using testing::known_literal;
using testing::secret_of;
using testing::seed_of;
using testing::sized;
using testing::vector_value;
using testing::verdicts;

encoded_element<G> element_on_wire(const vector_value& v) {
  return testing::element_of_vector<G>(v);
}

std::vector<secret_scalar<G>> secrets_of(const vector_value& v) {
  std::vector<secret_scalar<G>> out;
  for (const vector_value& item : v.items()) {
    out.push_back(secret_of<G>(item));
  }
  return out;
}

/// How many proofs of the reference the prover made again, by kind.
std::map<std::string, int>& proofs_made() {
  static std::map<std::string, int> made;
  return made;
}

void expect_same_proof(const vector_value& v, std::string_view field, byte_view made) {
  EXPECT_EQ(to_hex(made), v.at(field).text());
  ++proofs_made()[v.at("kind").text()];
}

scalar_index scalar_at(const vector_value& v) {
  return scalar_index(static_cast<std::uint32_t>(v.number()));
}
element_index element_at(const vector_value& v) {
  return element_index(static_cast<std::uint32_t>(v.number()));
}

linear_relation<G> relation_of(const vector_value& v) {
  linear_relation<G> out;
  for (std::int64_t i = 0; i < v.at("scalars").number(); ++i) {
    out.add_scalar();
  }
  for (const vector_value& e : v.at("elements").items()) {
    out.add_element(element_on_wire(e));
  }
  for (const vector_value& row : v.at("rows").items()) {
    std::vector<relation_term> terms;
    for (const vector_value& term : row.at("terms").items()) {
      terms.push_back({scalar_at(term.items()[0]), element_at(term.items()[1])});
    }
    out.add_row(element_at(row.at("image")), std::move(terms));
  }
  return out;
}

linear_relation<G> named_relation(const vector_value& v) {
  const auto& e = v.at("elements").items();
  if (v.at("relation").text() == "schnorr") {
    return relation(schnorr_statement<G>{element_on_wire(e[0]), element_on_wire(e[1])});
  }
  EXPECT_EQ(v.at("relation").text(), "chaum-pedersen");
  return relation(chaum_pedersen_statement<G>{element_on_wire(e[0]), element_on_wire(e[1]),
                                              element_on_wire(e[2]), element_on_wire(e[3])});
}

std::vector<linear_relation<G>> branches_of(const vector_value& v) {
  std::vector<linear_relation<G>> out;
  for (const vector_value& branch : v.at("branches").items()) {
    out.push_back(named_relation(branch));
  }
  return out;
}

verdicts check_schnorr(const vector_value& v) {
  const schnorr_statement<G> statement{element_on_wire(v.at("base")),
                                       element_on_wire(v.at("image"))};
  if (v.has("secret")) {
    transcript tr = context(v);
    const auto made = prove_with_seed<G>(statement, secret_of<G>(v.at("secret")), tr, seed_of(v));
    expect_same_proof(v, "proof", made.value().view());
  }
  return judge_statement<G>(v, statement, sized<schnorr_proof<G>>(v.at("proof").octets()));
}

verdicts check_chaum_pedersen(const vector_value& v) {
  const auto& e = v.at("elements").items();
  const chaum_pedersen_statement<G> statement{element_on_wire(e[0]), element_on_wire(e[1]),
                                              element_on_wire(e[2]), element_on_wire(e[3])};
  if (v.has("secret")) {
    transcript tr = context(v);
    const auto made = prove_with_seed<G>(statement, secret_of<G>(v.at("secret")), tr, seed_of(v));
    expect_same_proof(v, "proof", made.value().view());
  }
  return judge_statement<G>(v, statement, sized<chaum_pedersen_proof<G>>(v.at("proof").octets()));
}

verdicts check_plaintext_knowledge(const vector_value& v) {
  plaintext_knowledge_statement<G> statement{element_on_wire(v.at("key")), {}};
  for (const vector_value& c : v.at("ciphertexts").items()) {
    const bytes octets = c.octets();
    statement.ciphertexts.push_back({*encoded_element<G>::decode(byte_view(octets).first(32)),
                                     *encoded_element<G>::decode(byte_view(octets).subspan(32))});
  }
  if (v.has("nonces")) {
    transcript tr = context(v);
    const auto made = prove_with_seed<G>(statement, secrets_of(v.at("nonces")), tr, seed_of(v));
    expect_same_proof(v, "proof", made.value().view());
  }
  return judge_statement<G>(v, statement,
                            sized<plaintext_knowledge_proof<G>>(v.at("proof").octets()));
}

verdicts check_relation(const vector_value& v) {
  const linear_relation<G> r = relation_of(v);
  const bytes proof = v.at("proof").octets();
  if (v.has("secrets")) {
    transcript tr = context(v);
    const auto made = prove_sigma<G>(r, secrets_of(v.at("secrets")), tr, seed_of(v));
    expect_same_proof(v, "proof", made.value());
  }
  return judge<G>(
      [&](equation_sink<G>& sink) {
        transcript tr = context(v);
        return emit_sigma(sink, r, proof, tr);
      },
      [&] {
        transcript tr = context(v);
        return verify_sigma(r, proof, tr);
      });
}

verdicts check_or(const vector_value& v) {
  const auto branches = branches_of(v);
  const std::span<const linear_relation<G>> all(branches);
  const bytes proof = v.at("proof").octets();
  if (v.has("witness")) {
    const auto branch = static_cast<std::uint32_t>(v.at("true_branch").number());
    or_witness<G> witness{secret<std::uint32_t>(branch), {}};
    for (std::uint32_t i = 0; i < branches.size(); ++i) {
      if (i == branch) {
        for (const vector_value& x : v.at("witness").items()) {
          witness.scalars.push_back(secret_of<G>(x));
        }
      } else {
        witness.scalars.resize(witness.scalars.size() + branches[i].scalars());
      }
    }
    transcript tr = context(v);
    const auto made = prove_or<G>(all, witness, tr, seed_of(v));
    expect_same_proof(v, "proof", made.value());
  }
  return judge<G>(
      [&](equation_sink<G>& sink) {
        transcript tr = context(v);
        return emit_or(sink, all, proof, tr);
      },
      [&] {
        transcript tr = context(v);
        return verify_or(all, proof, tr);
      });
}

verdicts check_signature(const vector_value& v) {
  const signed_message message{
      known_literal(v.at("purpose").text(), {"head", "opening", "close", "dkg/commit"}),
      static_cast<election_domain>(v.at("domain").number()),
      {v.at("election").octets<32>()},
      {v.at("digest").octets<32>()}};
  const verification_key<G> key{element_on_wire(v.at("key"))};
  if (v.has("secret")) {
    const auto x = signing_key<G>::from_scalar(secret_of<G>(v.at("secret")));
    EXPECT_EQ(x.value().public_key(), key.element);
    const auto made = sign_with_seed<G>(*x, message, seed_of(v));
    expect_same_proof(v, "signature", made.value().view());
  }
  const auto sig = sized<wire_signature>(v.at("signature").octets());
  if (!sig) {
    return {"structure"};
  }
  return judge<G>([&](equation_sink<G>& sink) { return emit(sink, key, message, *sig); },
                  [&] { return verify(key, message, *sig); });
}

verdicts check_batch_weights(const vector_value& v) {
  std::vector<digest32> hashes;
  for (const vector_value& h : v.at("hashes").items()) {
    hashes.push_back({h.octets<32>()});
  }
  const digest32 election{v.at("election").octets<32>()};
  const bool bisect = v.at("tag").text() == "bisect";
  EXPECT_TRUE(bisect || v.at("tag").text() == "batch");
  const weights drawn = bisect ? bisect_weights(election, hashes) : batch_weights(election, hashes);
  const weights expected(digest64{v.at("seed").octets<64>()});
  const auto& items = v.at("weights").items();
  EXPECT_EQ(items.size(), hashes.size());
  for (std::uint32_t j = 0; j < items.size(); ++j) {
    for (std::uint32_t k = 0; k < items[j].items().size(); ++k) {
      EXPECT_EQ(to_hex(drawn.octets(j + 1, k)), items[j].items()[k].text());
      EXPECT_EQ(drawn.octets(j + 1, k), expected.octets(j + 1, k));
    }
  }
  return {};
}

TEST(sigma_vectors, verdicts_failing_equations_and_bytes) {
  const std::map<std::string, verdicts (*)(const vector_value&)> checks{
      {"schnorr", check_schnorr},
      {"chaum-pedersen", check_chaum_pedersen},
      {"relation", check_relation},
      {"or", check_or},
      {"plaintext-knowledge", check_plaintext_knowledge},
      {"signature", check_signature},
      {"batch-weights", check_batch_weights},
  };
  std::map<std::string, int> seen;
  for (const vector_value& v : testing::load_vectors("40-sigma/vectors/sigma.json")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const std::string& kind = v.at("kind").text();
    const auto check = checks.find(kind);
    ASSERT_NE(check, checks.end()) << "unknown kind " << kind;
    ++seen[kind];
    EXPECT_EQ(check->second(v), testing::expected_verdicts(v));
  }
  EXPECT_EQ(seen.size(), checks.size()) << "a kind has no vectors";
  for (const auto& [kind, check] : checks) {
    if (kind != "batch-weights") {
      EXPECT_GE(proofs_made()[kind], 2) << kind << ": the prover was compared with too few vectors";
    }
  }
}

}  // namespace
}  // namespace sandoq
