#include "sandoq/transcript/transcript.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <string>
#include <vector>

#include "sandoq/group/ristretto255.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/tiny_group.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::deterministic_random;
using testing::tiny11;

/// The bytes that a transcript hashes, put together by hand after 30.1.
class expected_bytes {
 public:
  explicit expected_bytes(const std::string& label) {
    frame("sandoq-1/transcript");
    frame(label);
  }
  void record(unsigned char type, const std::string& label, const std::string& data) {
    text_ += static_cast<char>(type);
    frame(label);
    frame(data);
  }
  [[nodiscard]] std::string hash() const {
    std::string out(64, '\0');
    crypto_hash_sha512(reinterpret_cast<unsigned char*>(out.data()),
                       reinterpret_cast<const unsigned char*>(text_.data()), text_.size());
    return out;
  }

 private:
  void frame(const std::string& x) {
    for (unsigned i = 0; i < 4; ++i) {
      text_ += static_cast<char>((x.size() >> (8 * i)) & 0xFFU);
    }
    text_ += x;
  }
  std::string text_;
};

std::string text_of(byte_view octets) {
  std::string out;
  for (const std::byte octet : octets) {
    out += static_cast<char>(octet);
  }
  return out;
}

TEST(transcript, is_the_hash_of_its_records) {
  deterministic_random random(testing::test_seed());
  const auto data = random.octets<37>();
  const G::element E = G::from_uniform_bytes(random.octets<64>());
  const G::element F = G::from_uniform_bytes(random.octets<64>());
  const G::scalar s = G::scalar_from_wide(random.octets<64>());

  transcript tr("sandoq-1/unit");
  tr.absorb_bytes("d", data);
  tr.absorb_integer("n", 0x0123456789ABCDEFU);
  tr.absorb_scalar<G>("s", s);
  tr.absorb_element<G>("E", E);
  const std::vector<G::element> list{E, F};
  tr.absorb_elements<G>("EF", std::span<const G::element>(list));
  tr.absorb_scalars<G>("none", {});

  expected_bytes expected("sandoq-1/unit");
  const std::string e = text_of(G::encode(E));
  const std::string f = text_of(G::encode(F));
  expected.record(0x01, "d", text_of(data));
  expected.record(0x02, "n", "\xEF\xCD\xAB\x89\x67\x45\x23\x01");
  expected.record(0x03, "s", text_of(G::encode_scalar(s)));
  expected.record(0x04, "E", e);
  expected.record(0x06, "EF", std::string("\x02\0\0\0", 4) + e + f);
  expected.record(0x05, "none", std::string(4, '\0'));

  expected_bytes forked = expected;
  forked.record(0x12, "f", "");
  EXPECT_EQ(text_of(tr.fork("f").view()), forked.hash());

  expected.record(0x10, "c", "");
  const std::string first = expected.hash();
  EXPECT_EQ(text_of(tr.squeeze("c").view()), first);
  expected.record(0x11, "c", first);
  expected.record(0x10, "c", "");
  EXPECT_EQ(text_of(tr.squeeze("c").view()), expected.hash()) << "a squeeze is absorbed";
}

TEST(transcript, forms_of_an_element_are_one_record) {
  deterministic_random random(testing::test_seed());
  const encoded_element<G> E(G::from_uniform_bytes(random.octets<64>()));
  const std::vector<encoded_element<G>> list{E, E};
  transcript a("sandoq-1/unit");
  transcript b = a;
  transcript c = a;
  a.absorb_element<G>("E", E.element());
  b.absorb_element("E", E);
  c.absorb_encoded_element<G>("E", E.view());
  EXPECT_EQ(a.fork("f"), b.fork("f"));
  EXPECT_EQ(a.fork("f"), c.fork("f"));
  const std::vector<G::element> plain{E.element(), E.element()};
  a.absorb_elements<G>("L", std::span<const G::element>(plain));
  b.absorb_elements<G>("L", std::span<const encoded_element<G>>(list));
  EXPECT_EQ(a.fork("f"), b.fork("f"));
}

TEST(transcript, everything_matters) {
  const auto state = [](literal name, literal label, std::string_view data) {
    transcript tr(name);
    tr.absorb_bytes(label, bytes_of(data));
    return tr.fork("f");
  };
  const digest64 base = state("sandoq-1/unit", "label", "data");
  EXPECT_EQ(base, state("sandoq-1/unit", "label", "data"));
  EXPECT_NE(base, state("sandoq-1/unit2", "label", "data"));
  EXPECT_NE(base, state("sandoq-1/unit", "Label", "data"));
  EXPECT_NE(base, state("sandoq-1/unit", "label", "dat"));
  EXPECT_NE(base, state("sandoq-1/unit", "labeld", "ata")) << "a moved border";
}

TEST(transcript, a_fork_changes_nothing_and_a_copy_goes_its_own_way) {
  transcript a("sandoq-1/unit");
  a.absorb_integer("n", 1);
  transcript b = a;
  EXPECT_NE(a.fork("x"), a.fork("y"));
  EXPECT_EQ(a.squeeze("c"), b.squeeze("c"));
  a.absorb_integer("n", 2);
  EXPECT_NE(a.fork("x"), b.fork("x"));
}

TEST(transcript, challenge_zero_is_refused) {
  int zeros = 0;
  for (std::uint64_t i = 0; i < 500; ++i) {
    transcript tr("sandoq-1/unit");
    tr.absorb_integer("i", i);
    transcript copy = tr;
    const auto expected = tiny11::scalar_from_wide(copy.squeeze("c").octets);
    const auto c = tr.challenge<tiny11>("c");
    ASSERT_EQ(c.has_value(), expected.value() != 0);
    if (c) {
      EXPECT_EQ(*c, expected);
    } else {
      EXPECT_EQ(c.error().code, errc::bad_proof);
      ++zeros;
    }
  }
  EXPECT_GT(zeros, 10);
  EXPECT_LT(zeros, 120);
}

}  // namespace
}  // namespace sandoq
