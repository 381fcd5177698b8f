// spec/20-elgamal/vectors/elgamal.json

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "sandoq/elgamal/ciphertext.hpp"
#include "sandoq/elgamal/encrypt_secret.hpp"
#include "sandoq/elgamal/small_dlog.hpp"
#include "tests/support/vector_file.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::vector_value;

G::element element(const vector_value& v) {
  return *G::decode(v.octets());
}

ciphertext<G> read_ciphertext(const vector_value& v) {
  const bytes octets = v.octets();
  byte_reader reader(octets);
  return *decode(*sandoq::read_ciphertext(reader, "ciphertext"));
}

std::string hex(const ciphertext<G>& c) {
  byte_writer out;
  write(out, encode(c));
  return to_hex(out.view());
}

void check_encryption(const vector_value& v) {
  const G::element K = element(v.at("key"));
  const auto message = static_cast<std::uint64_t>(v.at("message").number());
  const G::scalar m = G::scalar_from_u64(message);
  const G::scalar r = *G::decode_scalar(v.at("nonce").octets());
  const std::string& expected = v.at("ciphertext").text();
  EXPECT_EQ(hex(encrypt_vartime<G>(m, r, K)), expected);
  const encryptor<G> secretly(K);
  EXPECT_EQ(hex(secretly.encrypt(secret_scalar<G>(m), secret_scalar<G>(r))), expected);
  if (message <= 1) {
    EXPECT_EQ(hex(secretly.encrypt_bit(choice::from_bit(message), secret_scalar<G>(r))), expected);
  }
}

void check_count(const vector_value& v) {
  const auto c = read_ciphertext(v.at("ciphertext"));
  const G::scalar x = *G::decode_scalar(v.at("secret").octets());
  EXPECT_EQ(G::mul_base_vartime(x), element(v.at("key")));
  EXPECT_EQ(to_hex(G::encode(G::mul_vartime(x, c.alpha))), v.at("factor").text());
  const G::element value = c.beta - G::mul_vartime(x, c.alpha);
  EXPECT_EQ(to_hex(G::encode(value)), v.at("value").text());
  const small_dlog<G> table(static_cast<std::uint64_t>(v.at("most").number()));
  EXPECT_EQ(table.find_vartime(value).value(), static_cast<std::uint64_t>(v.at("count").number()));
}

void check_small_log(const vector_value& v) {
  const small_dlog<G> table(static_cast<std::uint64_t>(v.at("most").number()));
  const auto found = table.find_vartime(element(v.at("value")));
  ASSERT_EQ(found.has_value(), v.at("expect").text() == "accept");
  if (found) {
    EXPECT_EQ(*found, static_cast<std::uint64_t>(v.at("count").number()));
  } else {
    EXPECT_EQ(found.error().code, errc::not_found);
  }
}

TEST(elgamal_vectors, all) {
  std::set<std::string> kinds;
  for (const vector_value& v : testing::load_vectors("20-elgamal/vectors/elgamal.json")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const std::string& kind = v.at("kind").text();
    kinds.insert(kind);
    if (kind == "encrypt") {
      check_encryption(v);
    } else if (kind == "add") {
      EXPECT_EQ(hex(read_ciphertext(v.at("left")) + read_ciphertext(v.at("right"))),
                v.at("sum").text());
    } else if (kind == "count") {
      check_count(v);
    } else if (kind == "small-log") {
      check_small_log(v);
    } else {
      ADD_FAILURE() << "unknown kind " << kind;
    }
  }
  EXPECT_EQ(kinds, (std::set<std::string>{"add", "count", "encrypt", "small-log"}));
}

}  // namespace
}  // namespace sandoq
