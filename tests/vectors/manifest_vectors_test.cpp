// spec/50-manifest/vectors/manifest.json: manifests made and judged by the reference.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sandoq/ballot/contest.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/manifest_index.hpp"
#include "sandoq/ballot/membership.hpp"
#include "sandoq/ballot/roster.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/vector_fields.hpp"

namespace sandoq {
namespace {

using testing::vector_value;

std::vector<vector_value> manifest_vectors(std::string_view kind) {
  return testing::load_vectors("50-manifest/vectors/manifest.json", kind);
}

// The first check of 90.2 that the manifest fails, or nothing.
std::string failing_check(byte_view canonical) {
  const auto read = manifest::decode(canonical);
  if (!read) {
    return "record.items";
  }
  EXPECT_TRUE(read->encode() == bytes(canonical.begin(), canonical.end()));
  if (!check_elements(*read)) {
    return "record.elements";
  }
  if (!read->check_rules()) {
    return "manifest.rules";
  }
  return verify(*read, *roster::decode(*read)) ? "" : "manifest.roster";
}

TEST(manifest_vectors, fail_the_check_they_name) {
  for (const vector_value& v : manifest_vectors("manifest")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const bool accept = v.at("expect").text() == "accept";
    EXPECT_EQ(failing_check(v.at("bytes").octets()),
              accept ? std::string() : v.at("fails_check").text());
  }
}

void expect_contest(const vector_value& expected, const digest32& e0, contest_index index,
                    const contest_entry& contest) {
  const auto terms = terms_of(e0, index, contest);
  ASSERT_TRUE(terms.has_value());
  EXPECT_EQ(terms->id, expected.at("id").text());
  EXPECT_EQ(terms->ciphertexts(), static_cast<std::size_t>(expected.at("ciphertexts").number()));
  const auto& weights = expected.at("weights").items();
  if (const auto* bits = std::get_if<bit_vector_shape>(&terms->shape)) {
    EXPECT_EQ(bits->bits(), static_cast<std::size_t>(expected.at("bits").number()));
    ASSERT_EQ(bits->weights().size(), weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
      EXPECT_EQ(bits->weights()[i], weights[i].number());
    }
  } else {
    const auto* slots = std::get_if<slots_shape>(&terms->shape);
    EXPECT_EQ(slots == nullptr ? 0 : slots->bits(),
              static_cast<std::size_t>(expected.at("bits").number()));
    EXPECT_TRUE(weights.empty());
  }
  EXPECT_EQ(terms->descriptor.octets, expected.at("descriptor").octets<32>());
}

TEST(manifest_vectors, hash_contests_and_places_are_the_references) {
  std::size_t accepted = 0;
  for (const vector_value& v : manifest_vectors("manifest")) {
    if (v.at("expect").text() != "accept") {
      continue;
    }
    ++accepted;
    SCOPED_TRACE(v.at("id").text());
    const bytes canonical = v.at("bytes").octets();
    const digest32 e0 = manifest_hash(canonical);
    EXPECT_EQ(e0.octets, v.at("e0").octets<32>());
    const auto read = manifest::decode(canonical);
    ASSERT_TRUE(read.has_value());
    const auto& contests = v.at("contests").items();
    ASSERT_EQ(contests.size(), read->contests.size());
    for (std::uint32_t c = 0; c < contests.size(); ++c) {
      expect_contest(contests[c], e0, contest_index(c), read->contests[c]);
    }
    const auto index = manifest_index::build(*read);
    ASSERT_TRUE(index.has_value());
    const auto& branches = v.at("branches").items();
    ASSERT_EQ(index->branches().size(), branches.size());
    for (std::size_t b = 0; b < branches.size(); ++b) {
      EXPECT_EQ(index->branches()[b].value(), branches[b].number());
    }
    const auto& sets = v.at("contest_sets").items();
    ASSERT_EQ(index->nodes(), sets.size());
    for (std::uint32_t i = 0; i < sets.size(); ++i) {
      std::vector<contest_index> expected;
      for (const vector_value& contest : sets[i].items()) {
        expected.emplace_back(static_cast<std::uint32_t>(contest.number()));
      }
      EXPECT_EQ(index->contest_set(node_index(i)), expected) << "node " << i;
    }
  }
  EXPECT_GE(accepted, 3U);
}

// The first vector's manifest with contests of these numbers of options instead of its own.
TEST(manifest_vectors, contests_together_have_at_most_32768_ciphertexts) {
  const auto base = manifest::decode(manifest_vectors("manifest").front().at("bytes").octets());
  ASSERT_TRUE(base.has_value());
  for (const vector_value& v : manifest_vectors("ciphertexts")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    manifest m = *base;
    m.contests.clear();
    for (const vector_value& options : v.at("options").items()) {
      contest_entry contest;
      contest.id = std::to_string(m.contests.size());
      contest.scope = node_index(0);
      for (std::int64_t i = 0; i < options.number(); ++i) {
        contest.options.push_back({std::to_string(i), {}});
      }
      contest.max_choices = 1;
      contest.seats = 1;
      m.contests.push_back(std::move(contest));
    }
    EXPECT_TRUE(manifest::decode(m.encode()).has_value());
    EXPECT_EQ(m.check_rules().has_value(), v.at("expect").text() == "accept");
  }
}

}  // namespace
}  // namespace sandoq
