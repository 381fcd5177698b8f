// spec/48-shuffle/vectors/shuffle.json: lists shuffled, proved and judged by the reference.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/proofs/shuffle.hpp"
#include "sandoq/proofs/shuffle_prove.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/support/vector_file.hpp"

// A namespace of its own, where several tests are compiled as one.
namespace sandoq::shuffle_vectors_test {
namespace {

using G = ristretto255;
using testing::vector_value;

const std::vector<vector_value>& vectors() {
  static const auto loaded = testing::load_vectors("48-shuffle/vectors/shuffle.json");
  return loaded;
}

/// A vector and the accepted one it was made from, which has what it does not change.
class changed_vector {
 public:
  explicit changed_vector(const vector_value& v) : own_(v), base_(v) {
    if (v.has("base_id")) {
      for (const auto& other : vectors()) {
        if (other.at("id").text() == v.at("base_id").text()) {
          base_ = other;
        }
      }
    }
  }
  [[nodiscard]] const vector_value& at(std::string_view field) const {
    return own_.has(field) ? own_.at(field) : base_.at(field);
  }
  [[nodiscard]] std::size_t number(std::string_view field) const {
    return static_cast<std::size_t>(at(field).number());
  }
  [[nodiscard]] std::string text(std::string_view field) const {
    const bytes octets = at(field).octets();
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
  }
  [[nodiscard]] bytes proof() const {
    bytes out = base_.at("proof").octets();
    if (own_.has("proof_at")) {
      const auto from = out.begin() + own_.at("proof_at").number();
      const bytes put = own_.at("proof_put").octets();
      out.insert(out.erase(from, from + own_.at("proof_cut").number()), put.begin(), put.end());
    }
    return out;
  }

 private:
  const vector_value& own_;
  vector_value base_;
};

shuffle_election<G> election_of(const changed_vector& v, const encoded_element<G>& key,
                                std::size_t bases) {
  return shuffle_election<G>::make({v.at("e0").octets<32>()}, {v.at("e1").octets<32>()},
                                   static_cast<election_domain>(v.number("domain")), key, bases)
      .value();
}

/// Refers to its parts.
struct setting {
  shuffle_election<G> election;
  std::string contest;
  std::string set;
  shuffle_context<G> context;

  setting(const changed_vector& v, const encoded_element<G>& key, std::size_t bases)
      : election(election_of(v, key, bases)),
        contest(v.text("contest")),
        set(v.text("set")),
        context{election,
                contest,
                set,
                {v.at("root").octets<32>()},
                v.number("stage"),
                v.number("mixer"),
                {v.at("previous").octets<32>()}} {}
};

/// The names, in the words of the vector file, of all that is wrong.
std::vector<std::string> judge(const changed_vector& v) {
  const auto shape =
      shuffle_shape::with_rows(v.number("size"), v.number("width"), v.number("rows"));
  if (!shape) {
    return {"structure"};
  }
  const auto key = encoded_element<G>::decode(v.at("key").octets()).value();
  if (key.is_identity()) {
    EXPECT_FALSE(shuffle_election<G>::make({}, {}, election_domain::real, key, 2));
    return {"identity"};
  }
  auto inputs = encoded_elements<G>::decode(v.at("inputs").joined_octets());
  auto outputs = encoded_elements<G>::decode(v.at("outputs").joined_octets());
  if (!inputs || !outputs) {
    return {"membership"};
  }
  const auto lists = shuffle_lists<G>::make(*shape, std::move(*inputs), std::move(*outputs));
  if (!lists) {
    const std::map<errc, std::string> names = {{errc::bad_statement, "structure"},
                                               {errc::identity_element, "identity"},
                                               {errc::duplicate, "unchanged"}};
    return {names.at(lists.error().code)};
  }
  const auto proof = shuffle_proof<G>::decode(*shape, v.proof());
  if (!proof) {
    return {proof.error().code == errc::bad_statement ? "structure" : "membership"};
  }
  EXPECT_EQ(proof->encode(), v.proof());
  const setting s(v, key, shape->bases());
  testing::recording_sink<G> sink(s.election.bases());
  EXPECT_TRUE(emit(sink, s.context, *lists, *proof));
  EXPECT_EQ(sink.equations(), shuffle_equations(*shape));
  EXPECT_EQ(verify(s.context, *lists, *proof).holds(), sink.failures().empty());
  EXPECT_EQ(verify_folded(s.context, *lists, *proof).holds(), sink.failures().empty());
  std::vector<std::string> out;
  for (const std::size_t k : sink.failures()) {
    out.push_back("equation-" + std::to_string(k));
  }
  return out;
}

TEST(shuffle_vectors, verdicts_and_failing_equations) {
  for (const vector_value& v : vectors()) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    std::vector<std::string> expected;
    if (v.at("expect").text() == "reject") {
      for (const vector_value& item : v.at("fails_all").items()) {
        expected.push_back(item.text());
      }
      ASSERT_FALSE(expected.empty());
    }
    EXPECT_EQ(judge(changed_vector(v)), expected);
  }
}

TEST(shuffle_vectors, bases_are_derived) {
  for (const vector_value& v : vectors()) {
    if (!v.has("bases")) {
      continue;
    }
    SCOPED_TRACE(v.at("id").text());
    const changed_vector c(v);
    const auto key = encoded_element<G>::decode(v.at("key").octets()).value();
    const auto& bases = v.at("bases").items();
    const auto election = election_of(c, key, bases.size());
    EXPECT_EQ(to_hex(G::encode(election.blind())), v.at("blind_base").text());
    for (std::size_t i = 0; i < bases.size(); ++i) {
      EXPECT_EQ(to_hex(G::encode(election.vector()[i])), bases[i].text());
    }
  }
}

secret_scalar<G> secret_scalar_in(const vector_value& v) {
  return secret_scalar<G>(G::decode_scalar(v.octets()).value());
}

shuffle_preparation<G> prepared_as(const vector_value& v, const shuffle_prover_tables<G>& tables,
                                   const shuffle_shape& shape) {
  std::vector<secret<std::uint32_t>> ranks(shape.total());
  for (std::uint32_t i = 0; i < shape.total(); ++i) {
    const auto from = static_cast<std::size_t>(v.at("permutation").items()[i].number());
    ranks[from] = secret<std::uint32_t>(i);
  }
  std::vector<secret_scalar<G>> rho, r;
  for (const vector_value& list : v.at("rho").items()) {
    for (const vector_value& s : list.items()) {
      rho.push_back(secret_scalar_in(s));
    }
  }
  for (const vector_value& s : v.at("blinds").items()) {
    r.push_back(secret_scalar_in(s));
  }
  return shuffle_preparation<G>::of(tables, shape, secret_permutation::of_ranks(ranks),
                                    std::move(rho), std::move(r));
}

TEST(shuffle_vectors, the_prover_makes_the_same_lists_and_proofs) {
  for (const vector_value& v : vectors()) {
    if (!v.has("permutation")) {
      continue;
    }
    SCOPED_TRACE(v.at("id").text());
    const changed_vector c(v);
    const auto shape =
        shuffle_shape::with_rows(c.number("size"), c.number("width"), c.number("rows")).value();
    const setting s(c, encoded_element<G>::decode(v.at("key").octets()).value(), shape.bases());
    const shuffle_prover_tables<G> tables(s.election);
    const bytes inputs = v.at("inputs").joined_octets();
    const auto made =
        shuffle_with_seed(tables, s.context, encoded_elements<G>::decode(inputs).value(),
                          prepared_as(v, tables, shape), nonce_seed(v.at("seed").octets<32>()));
    ASSERT_TRUE(made) << to_string(made.error());
    EXPECT_EQ(to_hex(made->lists.outputs().octets()), to_hex(v.at("outputs").joined_octets()));
    EXPECT_EQ(to_hex(made->proof.encode()), to_hex(c.proof()));
    EXPECT_EQ(shuffle_list_hash(shape.size(), inputs).octets, v.at("previous").octets<32>());
  }
}

}  // namespace
}  // namespace sandoq::shuffle_vectors_test
