// Ballots with slots, packed subsets and packed rankings: made, verified, opened by a challenge.

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/challenge.hpp"
#include "tests/support/mixed_contests.hpp"
#include "tests/support/sample_device.hpp"

namespace sandoq::mixed_ballot_test {
namespace {

using G = ristretto255;
using testing::deterministic_random;
using testing::memory_journal;
using testing::sample_election;
using testing::sample_polls;
using testing::test_seed;

/// Council {0, 7}, mayor ranked 2, 0 with a write-in; the question answered by both options.
class mixed_ballot : public ::testing::Test {
 protected:
  void SetUp() override {
    mayor_ = commit(3, sample_election::council_and_mayor, mayor());
    question_ = commit(8, sample_election::council_and_question, question());
  }

  struct made {
    opening_item opening;
    ballot_item ballot;
    challenge_item challenge;
  };

  [[nodiscard]] const contest_terms& terms(std::uint32_t c) const {
    return polls_.context().terms(contest_index(c));
  }
  [[nodiscard]] contest_selection council() const {
    const std::vector<option_index> slots{option_index(7), contest_selection::no_option,
                                          option_index(0)};
    return *contest_selection::of_slots(terms(0), slots);
  }
  [[nodiscard]] contest_selection mayor() const {
    const std::vector<option_index> ranks{option_index(2), option_index(0),
                                          contest_selection::no_option};
    bytes text(33);
    text[0] = std::byte{'x'};
    return *contest_selection::of_ranks(terms(1), ranks)
                ->clone()
                .with_text(terms(1), secret_bytes(byte_view(text)));
  }
  [[nodiscard]] contest_selection question() const {
    const std::vector<option_index> both{option_index(0), option_index(1)};
    return *contest_selection::of_slots(terms(2), both);
  }

  made commit(std::uint32_t branch, style_index style, contest_selection second) {
    memory_journal journal;
    ready_device device = polls_.open(polls_.site(branch), journal);
    std::vector<contest_selection> selections;
    selections.push_back(council());
    selections.push_back(std::move(second));
    auto selection = *ballot_selection::make(polls_.context(), branch_index(branch), style,
                                             std::move(selections));
    committed_ballot ballot = polls_.commit(std::move(device), std::move(selection), journal);
    made out;
    out.ballot = ballot.item();
    out.challenge = std::move(ballot).challenge({2001}).commit_and_show(journal)->item;
    out.opening = *opening_item::decode(journal.entries[0].canonical);
    return out;
  }

  [[nodiscard]] std::string outcome(const ballot_item& ballot) const {
    sequential_executor here;
    const auto all =
        ballot_verifier(polls_.context()).verify(std::vector<ballot_item>{ballot}, here);
    if (all[0]) {
      return "accepted";
    }
    const char* names[] = {"form ", "elements ", "proof "};
    return names[static_cast<int>(all[0].error().fault)] + all[0].error().why.place;
  }
  [[nodiscard]] std::string challenged(const made& m) const {
    return verify_challenge(polls_.context(), m.opening, m.ballot, m.challenge).reason();
  }

  deterministic_random random_{test_seed()};
  sample_polls polls_{random_, election_domain::drill, testing::mix_contests};
  made mayor_;
  made question_;
};

TEST_F(mixed_ballot, is_accepted_and_has_one_form) {
  for (const made* m : {&mayor_, &question_}) {
    EXPECT_EQ(outcome(m->ballot), "accepted");
    const auto again = ballot_item::decode(m->ballot.encode());
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, m->ballot);
  }
}

TEST_F(mixed_ballot, a_challenge_shows_what_was_chosen_and_recomputes_it) {
  EXPECT_EQ(challenged(mayor_), "");
  EXPECT_EQ(challenged(question_), "");
  EXPECT_EQ(mayor_.challenge.choices[0].codes, (std::vector<std::uint32_t>{1, 8}));
  EXPECT_EQ(mayor_.challenge.choices[1].codes, (std::vector<std::uint32_t>{3, 1}));
  EXPECT_EQ(mayor_.challenge.choices[1].text, "x");
  EXPECT_EQ(question_.challenge.choices[1].codes, (std::vector<std::uint32_t>{1, 2}));
  const auto again = challenge_item::decode(mayor_.challenge.encode());
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, mayor_.challenge);
}

TEST_F(mixed_ballot, other_choices_do_not_pass_a_challenge) {
  const std::vector<std::function<void(challenge_item&)>> changes = {
      [](challenge_item& c) {
        c.choices[0].codes = {1, 9};
      },
      [](challenge_item& c) {
        c.choices[0].codes = {8, 1};
      },
      [](challenge_item& c) { c.choices[0].codes = {1}; },
      [](challenge_item& c) {
        c.choices[0].codes = {1, 8, 14};
      },
      [](challenge_item& c) { c.choices[0].codes.clear(); },
      [](challenge_item& c) { c.choices[0].encoding = contest_encoding::packed_subset; },
      [](challenge_item& c) {
        c.choices[1].codes = {1, 3};
      },
      [](challenge_item& c) {
        c.choices[1].codes = {3, 3};
      },
      [](challenge_item& c) { c.choices[1].codes = {4}; },
      [](challenge_item& c) { c.choices[1].codes = {}; },
      [](challenge_item& c) { c.choices[1].text = "y"; },
      [](challenge_item& c) { c.choices[1].text.clear(); },
      [](challenge_item& c) { c.choices[1].text = std::string(34, 'x'); },
      [](challenge_item& c) { c.choices[1].encoding = contest_encoding::packed_subset; },
      [](challenge_item& c) { c.device_seed.seed[0] ^= std::byte{1}; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    made m = mayor_;
    changes[i](m.challenge);
    EXPECT_NE(challenged(m), "") << i;
  }
}

// Every element and every scalar of the proofs, one after another.
TEST_F(mixed_ballot, a_ballot_changed_anywhere_is_refused_twice) {
  for (const made* honest : {&mayor_, &question_}) {
    const bytes whole = honest->ballot.encode();
    const std::size_t begin = 22;  // behind place, serial, style and digits, and the count
    for (std::size_t at = begin; at + 72 < whole.size(); at += 31) {
      bytes changed = whole;
      changed[at] ^= std::byte{1};
      const auto ballot = ballot_item::decode(changed);
      if (!ballot) {
        continue;
      }
      made m = *honest;
      m.ballot = *ballot;
      EXPECT_NE(outcome(m.ballot), "accepted") << at;
      EXPECT_NE(challenged(m), "") << at;
    }
  }
}

TEST_F(mixed_ballot, faults_are_named_by_check_and_place) {
  const auto fault = [&](auto change) {
    ballot_item ballot = mayor_.ballot;
    change(ballot);
    return outcome(ballot);
  };
  using proof = plaintext_knowledge_proof<G>;
  EXPECT_EQ(fault([](auto& b) { b.contests[0].ciphertexts.pop_back(); }), "form ballot/contest 0");
  EXPECT_EQ(
      fault([](auto& b) { std::get<wire_slots_proof>(b.contests[0].proof).rounds.pop_back(); }),
      "form ballot/contest 0");
  EXPECT_EQ(fault([](auto& b) { b.contests[1].encoding = contest_encoding::packed_subset; }),
            "form ballot/contest 1/encoding");
  EXPECT_EQ(fault([](auto& b) { std::swap(b.contests[0], b.contests[1]); }),
            "form ballot/contest 0/encoding");
  EXPECT_EQ(fault([](auto& b) { b.contests[1].ciphertexts.resize(2); }), "form ballot/contest 1");
  EXPECT_EQ(fault([](auto& b) { b.contests[1].ciphertexts[0].alpha = {}; }),
            "elements contest 1/ciphertext 0/alpha");
  EXPECT_EQ(
      fault([](auto& b) { std::get<proof>(b.contests[1].proof).octets[31] = std::byte{0xFF}; }),
      "elements contest 1/proof/W/element");
  EXPECT_EQ(
      fault([](auto& b) { std::get<proof>(b.contests[1].proof).octets[63] = std::byte{0xFF}; }),
      "elements contest 1/proof/z/scalar");
  EXPECT_EQ(fault([](auto& b) {
              std::get<wire_slots_proof>(b.contests[0].proof).t_hat.octets[0] ^= std::byte{1};
            }),
            "proof contest 0/equation 0");
  EXPECT_EQ(fault([](auto& b) { std::get<proof>(b.contests[1].proof).octets[32] ^= std::byte{1}; }),
            "proof contest 1/equation 0");
  EXPECT_EQ(fault([](auto& b) { b.contests[1].ciphertexts[1] = b.contests[1].ciphertexts[0]; }),
            "proof contest 1/equation 0");
}

// A copy belongs to the ballot that it was made for.
TEST_F(mixed_ballot, contests_of_another_ballot_are_refused) {
  ballot_item copy = question_.ballot;
  copy.contests[0] = mayor_.ballot.contests[0];
  EXPECT_EQ(outcome(copy).substr(0, 6), "proof ");
}

}  // namespace
}  // namespace sandoq::mixed_ballot_test
