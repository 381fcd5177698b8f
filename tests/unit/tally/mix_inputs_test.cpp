#include "sandoq/tally/mix_inputs.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "tests/support/deterministic_random.hpp"
#include "tests/support/mixed_contests.hpp"
#include "tests/support/sample_election.hpp"

namespace sandoq::mix_inputs_test {
namespace {

/// A store that stops taking octets.
class full_store final : public octet_store {
 public:
  result<void> append(byte_view) override { return fail(errc::io, "disk", "is full"); }
  result<void> read(std::uint64_t, byte_span) override { return {}; }
};

/// Nodes 0 (all), 1 with branches 2 and 3, 4 with branch 5; council, mayor and question as
/// mix_contests() makes them, whose ballots hold octets that no device made.
class MixInputs : public ::testing::Test {
 protected:
  MixInputs() : sample(random, election_domain::drill, testing::mix_contests) {}

  void add(mix_inputs& inputs, std::uint32_t branch) {
    const std::vector<contest_index> contests{contest_index(0), contest_index(1)};
    ballot_item ballot;
    ballot.place.branch = branch_index(branch);
    for (const contest_index contest : contests) {
      contest_ballot& own = ballot.contests.emplace_back();
      const contest_terms& terms = election.terms(contest);
      const std::size_t pairs =
          is_packed(terms.encoding) ? terms.ciphertexts() : terms.limits.max_choices;
      for (std::size_t i = 0; i < terms.ciphertexts(); ++i) {
        wire_ciphertext& pair = own.ciphertexts.emplace_back();
        pair.alpha.octets = random.octets<32>();
        pair.beta.octets = random.octets<32>();
        if (i < pairs) {
          bytes& list = expected[{contest.value(), branch}];
          list.insert(list.end(), pair.alpha.octets.begin(), pair.alpha.octets.end());
          list.insert(list.end(), pair.beta.octets.begin(), pair.beta.octets.end());
        }
      }
    }
    inputs.add(ballot, contests);
  }
  bytes all_of(std::uint32_t contest, const std::vector<std::uint32_t>& branches) {
    bytes out;
    for (const std::uint32_t branch : branches) {
      const bytes& part = expected[{contest, branch}];
      out.insert(out.end(), part.begin(), part.end());
    }
    return out;
  }
  static std::vector<node_index> nodes(std::initializer_list<std::uint32_t> places) {
    std::vector<node_index> out;
    for (const std::uint32_t place : places) {
      out.emplace_back(place);
    }
    return out;
  }

  testing::deterministic_random random{testing::test_seed()};
  testing::sample_election sample;
  election_context election = sample.context();
  const opening_grounds grounds{nodes({6, 4, 3, 4, 6, 6}), {{}, {}, {}}};
  std::map<std::pair<std::uint32_t, std::uint32_t>, bytes> expected;  // by contest and branch
};

TEST_F(MixInputs, AreThoseOfThePlacesInOrder) {
  mix_inputs inputs(election.contests());
  ASSERT_TRUE(inputs.any_mixed());
  for (const std::uint32_t branch : {2U, 2U, 3U, 5U, 5U, 5U}) {
    add(inputs, branch);
  }
  for (const std::uint32_t contest : {0U, 1U}) {
    const auto list = [&](std::initializer_list<std::uint32_t> places) {
      return inputs.list_of(grounds, contest_index(contest), nodes(places)).value();
    };
    for (int again = 0; again < 2; ++again) {  // a list can be asked for again
      EXPECT_EQ(list({0}), all_of(contest, {2, 3, 5}));
      EXPECT_EQ(list({1}), all_of(contest, {2, 3}));
      EXPECT_EQ(list({3, 4}), all_of(contest, {3, 5}));
      EXPECT_EQ(list({2}).size(), list({5}).size() / 3 * 2);
    }
  }
  EXPECT_TRUE(inputs.list_of(grounds, contest_index(2), nodes({0})).value().empty());
}

TEST_F(MixInputs, SayWhenTheStoreIsFull) {
  mix_inputs inputs(election.contests(), std::make_unique<full_store>());
  add(inputs, 2);
  add(inputs, 3);
  for (int again = 0; again < 2; ++again) {
    const auto list = inputs.list_of(grounds, contest_index(0), nodes({0}));
    ASSERT_FALSE(list);
    EXPECT_EQ(list.error().code, errc::io);
  }
}

}  // namespace
}  // namespace sandoq::mix_inputs_test
