// spec/12-integer-groups/vectors/integer_groups.json: residues, batches, bases, nonces and proofs
// that the reference made and judged.

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/group/integer_membership.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/integer_group_secret.hpp"
#include "sandoq/proofs/chaum_pedersen_prove.hpp"
#include "sandoq/proofs/schnorr_prove.hpp"
#include "sandoq/transcript/nonce.hpp"
#include "tests/support/integer_parameters.hpp"
#include "tests/support/vector_file.hpp"

namespace sandoq {
namespace {

using testing::load_vectors;
using testing::vector_value;

/// The vectors of a group by kind; the file is read once.
const std::map<std::string, std::vector<vector_value>>& group_vectors(std::string_view group) {
  static const auto all = [] {
    std::map<std::string, std::map<std::string, std::vector<vector_value>>, std::less<>> out;
    for (const auto& v : load_vectors("12-integer-groups/vectors/integer_groups.json")) {
      out[v.at("group").text()][v.at("kind").text()].push_back(v);
    }
    return out;
  }();
  return all.find(group)->second;
}

bool accepted(const vector_value& v) {
  return v.at("expect").text() == "accept";
}

template <class Octets>
std::string hex(const Octets& octets) {
  return to_hex(byte_view(octets));
}

template <class G>
class integer_group_vectors : public ::testing::Test {
 protected:
  using element = typename G::element;
  using scalar = typename G::scalar;

  static std::vector<vector_value> of(const std::string& kind) {
    const auto& all = group_vectors(G::name);
    const auto found = all.find(kind);
    return found == all.end() ? std::vector<vector_value>() : found->second;
  }
  static element element_of(const vector_value& v) { return G::decode(v.octets()).value(); }
  static scalar scalar_of(const vector_value& v) { return G::decode_scalar(v.octets()).value(); }
  static transcript context(const vector_value& v) {
    transcript tr("sandoq-1/test/sigma");
    tr.absorb_bytes("context", v.at("context").octets());
    return tr;
  }
};

/// Those of which the reference writes elements and bases only.
template <class G>
constexpr bool is_twin = std::is_same_v<G, modp4096_v1> || std::is_same_v<G, swisspost3072_tt05>;

using groups = ::testing::Types<modp4096, modp4096_v1, belenios2048, rfc3526_2048, swisspost3072,
                                swisspost3072_tt05>;
TYPED_TEST_SUITE(integer_group_vectors, groups);

TYPED_TEST(integer_group_vectors, elements) {
  using G = TypeParam;
  int refused = 0;
  for (const auto& v : this->of("element")) {
    const bytes octets = v.at("encoding").octets();
    const auto decoded = G::decode(octets);
    ASSERT_EQ(decoded.has_value(), accepted(v)) << v.at("id").text();
    if (v.has("jacobi")) {
      std::array<std::uint64_t, G::p_limbs> x;
      integers::from_big_endian(x, octets);
      EXPECT_EQ(integers::jacobi_vartime(x, testing::numbers_of<G>::p), v.at("jacobi").number());
    }
    if (decoded) {
      EXPECT_EQ(hex(G::encode(*decoded)), v.at("encoding").text());
      continue;
    }
    ++refused;
    const std::string check = v.at("fails_check").text();
    EXPECT_EQ(decoded.error().code,
              check == "length" || check == "canonical" ? errc::bad_encoding : errc::not_in_group)
        << v.at("id").text();
  }
  EXPECT_GE(refused, 9);
}

TYPED_TEST(integer_group_vectors, scalars) {
  using G = TypeParam;
  for (const auto& v : this->of("scalar")) {
    const bytes octets = v.at("encoding").octets();
    const auto decoded = G::decode_scalar(octets);
    ASSERT_EQ(decoded.has_value(), accepted(v)) << v.at("id").text();
    if (decoded) {
      EXPECT_EQ(hex(G::encode_scalar(*decoded)), v.at("encoding").text());
    } else {
      EXPECT_EQ(decoded.error().code, v.at("fails_check").text() == "scalar-length"
                                          ? errc::bad_encoding
                                          : errc::out_of_range);
    }
  }
  for (const auto& v : this->of("wide")) {
    EXPECT_EQ(hex(G::encode_scalar(G::scalar_from_wide(v.at("bytes").template octets<64>()))),
              v.at("scalar").text());
  }
  EXPECT_EQ(this->of("scalar").size(), is_twin<G> ? 0U : 6U);
}

TYPED_TEST(integer_group_vectors, batches) {
  using G = TypeParam;
  for (const auto& v : this->of("batch")) {
    const bytes octets = v.at("encodings").joined_octets();
    const std::size_t count = v.at("encodings").items().size();
    std::vector<typename G::element> out(count);
    const auto decoded = G::decode_batch(out, octets);
    ASSERT_EQ(decoded.has_value(), accepted(v)) << v.at("id").text();
    if (!decoded) {
      EXPECT_EQ(decoded.error().place, "element " + std::to_string(v.at("first_bad").number()));
      EXPECT_EQ(decoded.error().code, errc::not_in_group);
    }
    if (G::membership != membership_rule::batch_jacobi) {
      continue;
    }
    const auto group = integers::subgroup_of<typename testing::parameters_of_group<G>::type>();
    const auto weights = integers::membership_weights(octets, count, group);
    for (std::size_t i = 0; i < count; ++i) {
      std::array<std::uint64_t, 2> expected;
      integers::from_little_endian(expected, v.at("weights").items()[i].octets());
      EXPECT_EQ(weights[2 * i], expected[0]);
      EXPECT_EQ(weights[2 * i + 1], expected[1]);
    }
  }
  EXPECT_GE(this->of("batch").size(), is_twin<G> ? 0U : 3U);
}

TYPED_TEST(integer_group_vectors, arithmetic) {
  using G = TypeParam;
  using ops = secret_ops<G>;
  for (const auto& v : this->of("multiple")) {
    const auto s = this->scalar_of(v.at("scalar"));
    const auto e = this->element_of(v.at("base"));
    EXPECT_EQ(hex(G::encode(G::mul_vartime(s, e))), v.at("result").text());
    const auto product = ops::mul(secret_scalar<G>(s), e);
    EXPECT_EQ(hex(declassify<"compared in a test">(ops::encode(product))), v.at("result").text());
  }
  for (const auto& v : this->of("sum")) {
    EXPECT_EQ(hex(G::encode(this->element_of(v.at("a")) + this->element_of(v.at("b")))),
              v.at("result").text());
  }
  EXPECT_EQ(this->of("multiple").size(), is_twin<G> ? 0U : 3U);
}

TYPED_TEST(integer_group_vectors, bases) {
  using G = TypeParam;
  for (const auto& v : this->of("map")) {
    EXPECT_EQ(hex(G::encode(G::from_uniform_bytes(v.at("uniform_bytes").template octets<64>()))),
              v.at("encoding").text());
  }
  for (const auto& v : this->of("base")) {
    const digest32 e0{v.at("e0").template octets<32>()};
    ASSERT_EQ(v.at("label").text(), "vec/G");
    EXPECT_EQ(
        hex(G::encode(G::base("vec/G", e0, static_cast<std::uint32_t>(v.at("index").number())))),
        v.at("encoding").text());
  }
  EXPECT_EQ(this->of("map").size() + this->of("base").size(), 2U);
}

TYPED_TEST(integer_group_vectors, nonces) {
  using G = TypeParam;
  for (const auto& v : this->of("nonces")) {
    transcript tr("sandoq-1/test");
    tr.absorb_bytes("statement", v.at("statement").octets());
    EXPECT_EQ(hex(tr.fork("nonce").view()), v.at("fork").text());
    const bytes witness = v.at("witness").octets();
    const auto seed = v.at("seed").template octets<32>();
    const revealed_nonces revealed(tr, witness, seed);
    const prover_nonces secret_half(tr, secret_bytes(byte_view(witness)), nonce_seed(seed));
    for (std::uint32_t i = 0; i < v.at("nonces").items().size(); ++i) {
      const std::string& expected = v.at("nonces").items()[i].text();
      EXPECT_EQ(hex(G::encode_scalar(revealed.at<G>(i))), expected);
      EXPECT_EQ(hex(G::encode_scalar(declassify<"compared in a test">(secret_half.at<G>(i)))),
                expected);
    }
  }
  EXPECT_EQ(this->of("nonces").size(), is_twin<G> ? 0U : 1U);
}

template <class G>
std::optional<encoded_elements<G>> statement_of(const vector_value& v) {
  auto out = encoded_elements<G>::decode(v.at("elements").joined_octets());
  return out ? std::optional(std::move(*out)) : std::nullopt;
}

template <class G>
encoded_element<G> nth(const encoded_elements<G>& list, std::size_t i) {
  return encoded_element<G>(list[i]);
}

/// Whether verifying accepts the vector, whose proof may have any length.
template <template <class> class Proof, class G, class Statement>
bool proof_holds(const vector_value& v, const Statement& statement, transcript tr) {
  const bytes octets = v.at("proof").octets();
  Proof<G> proof;
  if (octets.size() != proof.octets.size()) {
    return false;
  }
  std::copy(octets.begin(), octets.end(), proof.octets.begin());
  return verify(statement, proof, tr).holds();
}

TYPED_TEST(integer_group_vectors, schnorr) {
  using G = TypeParam;
  for (const auto& v : this->of("schnorr")) {
    const auto elements = statement_of<G>(v);
    if (!elements) {
      EXPECT_EQ(v.at("fails_check").text(), "membership");
      continue;
    }
    const schnorr_statement<G> statement{nth(*elements, 0), nth(*elements, 1)};
    EXPECT_EQ((proof_holds<schnorr_proof, G>(v, statement, this->context(v))), accepted(v))
        << v.at("id").text();
    if (accepted(v)) {
      transcript tr = this->context(v);
      const secret_scalar<G> x(this->scalar_of(v.at("secret")));
      const auto proof =
          prove_with_seed<G>(statement, x, tr, nonce_seed(v.at("seed").template octets<32>()));
      EXPECT_EQ(hex(proof.value().view()), v.at("proof").text());
    }
  }
  EXPECT_EQ(this->of("schnorr").size(), is_twin<G> ? 0U : 6U);
}

TYPED_TEST(integer_group_vectors, chaum_pedersen) {
  using G = TypeParam;
  for (const auto& v : this->of("chaum-pedersen")) {
    const auto elements = statement_of<G>(v);
    if (!elements) {
      EXPECT_EQ(v.at("fails_check").text(), "membership");
      continue;
    }
    const chaum_pedersen_statement<G> statement{nth(*elements, 0), nth(*elements, 1),
                                                nth(*elements, 2), nth(*elements, 3)};
    EXPECT_EQ((proof_holds<chaum_pedersen_proof, G>(v, statement, this->context(v))), accepted(v))
        << v.at("id").text();
    if (accepted(v)) {
      transcript tr = this->context(v);
      const secret_scalar<G> x(this->scalar_of(v.at("secret")));
      const auto proof =
          prove_with_seed<G>(statement, x, tr, nonce_seed(v.at("seed").template octets<32>()));
      EXPECT_EQ(hex(proof.value().view()), v.at("proof").text());
    }
  }
  EXPECT_EQ(this->of("chaum-pedersen").size(), is_twin<G> ? 0U : 6U);
}

}  // namespace
}  // namespace sandoq
