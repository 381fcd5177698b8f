// spec/12-integer-groups/vectors/published.json: what other systems published, computed again.

#include <gmp.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <string>
#include <vector>

#include "sandoq/group/integer_group_secret.hpp"
#include "tests/support/vector_file.hpp"

namespace sandoq {
namespace {

using testing::vector_value;

template <class Octets>
std::string published_hex(const Octets& octets) {
  return to_hex(byte_view(octets));
}

std::string decimal(byte_view big_endian) {
  mpz_t value;
  mpz_init(value);
  mpz_import(value, big_endian.size(), 1, 1, 0, 0, big_endian.data());
  std::vector<char> text(mpz_sizeinbase(value, 10) + 2);
  mpz_get_str(text.data(), 10, value);
  mpz_clear(value);
  return text.data();
}

template <class G>
typename G::element published_element(const vector_value& v) {
  return G::decode(v.octets()).value();
}

template <class G>
typename G::scalar scalar_in(const vector_value& v) {
  return G::decode_scalar(v.octets()).value();
}

/// The keys of all parties, and the key of the election.
template <class G>
void check_sum(const vector_value& v) {
  std::vector<typename G::element> keys(v.at("elements").items().size());
  ASSERT_TRUE(G::decode_batch(keys, v.at("elements").joined_octets()));
  EXPECT_EQ(published_hex(G::encode(G::sum(keys))), v.at("result").text());
}

/// T = t*K for the published count t.
template <class G>
void check_total(const vector_value& v) {
  const auto K = published_element<G>(v.at("key"));
  std::array<typename G::element, 2> ciphertext;
  bytes octets = v.at("alpha").octets();
  const bytes beta = v.at("beta").octets();
  octets.insert(octets.end(), beta.begin(), beta.end());
  ASSERT_TRUE(G::decode_batch(ciphertext, octets));
  const auto t = G::scalar_from_u64(static_cast<std::uint64_t>(v.at("tally").number()));
  EXPECT_EQ(published_hex(G::encode(G::mul_vartime(t, K))), v.at("value").text());
}

/// challenge = SHA-256("pok|group|y|" commitment) mod q, commitment = response*G + challenge*Y.
template <class G>
void check_belenios(const vector_value& v) {
  const auto Y = published_element<G>(v.at("key"));
  const auto c = scalar_in<G>(v.at("challenge"));
  const auto commitment = G::double_mul_vartime(c, Y, scalar_in<G>(v.at("response")));
  const std::string text = "pok|" + v.at("belenios_name").text() + "|" +
                           decimal(v.at("key").octets()) + "|" + decimal(G::encode(commitment));
  byte_array<32> digest;
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size());
  byte_array<64> wide{};
  std::copy(digest.rbegin(), digest.rend(), wide.begin());
  EXPECT_EQ(G::scalar_from_wide(wide), c);
}

/// gamma = r*G, phi_i = r*K_i + M_i, with r a secret.
template <class G>
void check_elgamal(const vector_value& v) {
  using ops = secret_ops<G>;
  const secret_scalar<G> r(scalar_in<G>(v.at("nonce")));
  const auto published = [](const secret_element<G>& e) {
    return published_hex(G::encode(declassify<"compared with a published value">(e)));
  };
  EXPECT_EQ(published(ops::mul_base(r)), v.at("gamma").text());
  ASSERT_EQ(v.at("keys").items().size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto K = published_element<G>(v.at("keys").items()[i]);
    const auto M = published_element<G>(v.at("messages").items()[i]);
    EXPECT_EQ(published(ops::add(ops::mul(r, K), M)), v.at("phis").items()[i].text());
  }
}

template <class G>
void check(const vector_value& v) {
  const std::string& kind = v.at("kind").text();
  if (kind == "sum") {
    check_sum<G>(v);
  } else if (kind == "total") {
    check_total<G>(v);
  } else if (kind == "belenios-pok") {
    check_belenios<G>(v);
  } else if (kind == "elgamal") {
    check_elgamal<G>(v);
  } else {
    ADD_FAILURE() << "no such kind: " << kind;
  }
}

TEST(integer_group_published, values) {
  int checked = 0;
  for (const auto& v : testing::load_vectors("12-integer-groups/vectors/published.json")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const std::string& group = v.at("group").text();
    const int before = checked;
#define SANDOQ_CHECK(G)                     \
  if (group == std::string_view(G::name)) { \
    check<G>(v);                            \
    ++checked;                              \
  }
    SANDOQ_FOR_EACH_INTEGER_GROUP(SANDOQ_CHECK)
#undef SANDOQ_CHECK
    EXPECT_EQ(checked, before + 1);
  }
  EXPECT_EQ(checked, 7);
}

}  // namespace
}  // namespace sandoq
