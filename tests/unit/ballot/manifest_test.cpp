#include "sandoq/ballot/manifest.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <string>
#include <utility>

#include "sandoq/core/canonical.hpp"
#include "tests/support/byte_mutations.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/sample_election.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::expect_canonical;
using testing::sample_election;
using testing::test_seed;

// What decoding says about a manifest made by hand.
error refusal(const manifest& m) {
  const auto read = manifest::decode(m.encode());
  EXPECT_FALSE(read.has_value());
  return read ? error{} : read.error();
}

TEST(manifest, its_bytes_are_canonical) {
  EXPECT_GT(expect_canonical(testing::sample_manifest()), 1000U);
}

TEST(manifest, hash_is_sha512_of_the_framed_bytes) {
  const bytes canonical = testing::sample_manifest().encode();
  byte_writer framed;
  framed.var(bytes_of("sandoq-1"));
  framed.var(bytes_of("manifest"));
  framed.fixed(canonical);
  byte_array<64> expected{};
  crypto_hash_sha512(reinterpret_cast<unsigned char*>(expected.data()),
                     reinterpret_cast<const unsigned char*>(framed.view().data()), framed.size());
  const digest32 e0 = manifest_hash(canonical);
  EXPECT_TRUE(std::equal(e0.octets.begin(), e0.octets.end(), expected.begin()));
}

TEST(manifest, fixed_fields_have_one_value) {
  // u32 format at 0, text suite at 4 (length) and 8, u8 domain at 16
  const bytes good = testing::sample_manifest().encode();
  const auto with = [&](std::size_t at, int value) {
    bytes changed = good;
    changed[at] = static_cast<std::byte>(value);
    return manifest::decode(changed);
  };
  EXPECT_EQ(with(0, 2).error().code, errc::unsupported);
  EXPECT_EQ(with(15, '2').error().code, errc::unsupported);
  EXPECT_EQ(with(16, 0).error().code, errc::out_of_range);
  EXPECT_EQ(with(16, 3).error().code, errc::out_of_range);
  ASSERT_TRUE(with(16, 1).has_value());
  EXPECT_EQ(with(16, 1)->domain, election_domain::real);
}

TEST(manifest, ids_have_1_to_256_bytes_without_controls) {
  for (const std::string& id :
       {std::string(), std::string(257, 'a'), std::string("a\nb"), std::string("a\x7f"),
        std::string("a\0b", 3), std::string("\x1f")}) {
    manifest m = testing::sample_manifest();
    m.election = id;
    EXPECT_NE(refusal(m).place.find("election"), std::string::npos);
    m = testing::sample_manifest();
    m.contests[1].options[2].id = id;
    EXPECT_NE(refusal(m).place.find("contest 1/option 2/id"), std::string::npos);
  }
  for (const std::string& id :
       {std::string(256, 'a'), std::string(" ~"), std::string("\xd9\x86")}) {
    manifest m = testing::sample_manifest();
    m.election = id;
    EXPECT_TRUE(manifest::decode(m.encode()).has_value());
  }
}

TEST(manifest, text_must_be_utf8) {
  bytes changed = testing::sample_manifest().encode();
  // The first byte of the election id, behind format, suite, domain and its length.
  changed[21] = std::byte{0xff};
  const auto read = manifest::decode(changed);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, errc::bad_text);
}

TEST(manifest, labels_are_few_short_and_ascending) {
  const auto with = [](label_list labels) {
    manifest m = testing::sample_manifest();
    m.nodes[3].labels = std::move(labels);
    return m;
  };
  EXPECT_EQ(refusal(with({{"en", "x"}, {"en", "y"}})).code, errc::bad_encoding);
  EXPECT_EQ(refusal(with({{"fa", "x"}, {"en", "y"}})).code, errc::bad_encoding);
  EXPECT_EQ(refusal(with({{"", "x"}})).code, errc::out_of_range);
  EXPECT_EQ(refusal(with({{std::string(17, 'a'), "x"}})).code, errc::too_large);
  EXPECT_EQ(refusal(with({{"en", std::string(1025, 'x')}})).code, errc::too_large);
  label_list nine;
  for (char c = 'a'; c < 'j'; ++c) {
    nine.push_back({std::string(1, c), "x"});
  }
  EXPECT_EQ(refusal(with(nine)).code, errc::too_large);
  nine.pop_back();
  EXPECT_TRUE(manifest::decode(with(nine).encode()).has_value());
  EXPECT_TRUE(manifest::decode(with({{std::string(16, 'a'), std::string(1024, 'x')}}).encode()));
}

TEST(manifest, lists_must_not_be_empty) {
  const auto refused = [](auto change) {
    manifest m = testing::sample_manifest();
    change(m);
    return refusal(m).code;
  };
  EXPECT_EQ(refused([](manifest& m) { m.boards.clear(); }), errc::missing);
  EXPECT_EQ(refused([](manifest& m) { m.boards[0].trustees.clear(); }), errc::missing);
  EXPECT_EQ(refused([](manifest& m) { m.nodes.clear(); }), errc::missing);
  EXPECT_EQ(refused([](manifest& m) { m.contests.clear(); }), errc::missing);
  EXPECT_EQ(refused([](manifest& m) { m.contests[0].options.clear(); }), errc::missing);
  EXPECT_EQ(refused([](manifest& m) { m.styles.clear(); }), errc::missing);
  EXPECT_EQ(refused([](manifest& m) { m.styles[0].contests.clear(); }), errc::missing);
  EXPECT_EQ(refused([](manifest& m) { m.branch_styles.clear(); }), errc::missing);
  EXPECT_EQ(refused([](manifest& m) { m.branch_styles[0].clear(); }), errc::missing);
}

TEST(manifest, lists_have_upper_bounds) {
  const auto refused = [](auto change) {
    manifest m = testing::sample_manifest();
    change(m);
    return refusal(m).code;
  };
  EXPECT_EQ(refused([](manifest& m) { m.boards.resize(9, m.boards[0]); }), errc::too_large);
  EXPECT_EQ(refused([](manifest& m) { m.boards[0].trustees.resize(65, m.boards[0].trustees[0]); }),
            errc::too_large);
  EXPECT_EQ(refused([](manifest& m) { m.contests.resize(1025, m.contests[0]); }), errc::too_large);
  EXPECT_EQ(refused([](manifest& m) {
              m.contests[0].attributes.resize(9, {"a", {}});
            }),
            errc::too_large);
  EXPECT_EQ(
      refused([](manifest& m) { m.contests[0].options.resize(8193, m.contests[0].options[0]); }),
      errc::too_large);
  EXPECT_EQ(refused([](manifest& m) { m.styles.resize(4097, m.styles[0]); }), errc::too_large);
  EXPECT_EQ(refused([](manifest& m) { m.styles[0].contests.resize(65, contest_index(0)); }),
            errc::too_large);
  EXPECT_EQ(refused([](manifest& m) { m.branch_styles[0].resize(4097, style_index(0)); }),
            errc::too_large);
}

TEST(manifest, more_than_16_mib_is_not_read) {
  const bytes huge(manifest::max_bytes + 1);
  EXPECT_EQ(manifest::decode(huge).error().code, errc::too_large);
}

TEST(manifest, a_count_that_cannot_fit_is_refused_before_memory_is_taken) {
  bytes changed = testing::sample_manifest().encode();
  // Behind format, suite, domain, election id ("sample-2026") stands the count of titles.
  const std::size_t titles = 21 + 11;
  changed[titles] = std::byte{8};
  changed.resize(titles + 4 + 10);
  EXPECT_EQ(manifest::decode(changed).error().code, errc::truncated);
}

}  // namespace
}  // namespace sandoq
