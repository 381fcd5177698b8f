#include "sandoq/ballot/ballot_verifier.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sandoq/ballot/encrypt_secret.hpp"
#include "tests/support/contest_fixture.hpp"
#include "tests/support/sample_election.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::deterministic_random;
using testing::sample_election;
using testing::test_seed;

class ballot_verifier_test : public ::testing::Test {
 protected:
  deterministic_random random{test_seed()};
  sample_election sample{random};
  election_context election = sample.context();
  ballot_prover prover{election.proofs()};
  ballot_verifier verifier{election};
  sequential_executor here;

  /// A complete ballot of random choices.
  ballot_item make(std::uint32_t number, style_index style = sample_election::council_and_mayor) {
    ballot_item out;
    out.place = {sample_election::first_branch, device_index(1)};
    out.number = serial(number);
    out.style = style;
    std::vector<contest_selection> selections;
    for (const contest_index c : election.index().contests_of(style)) {
      const contest_terms& terms = election.terms(c);
      const auto choices = testing::random_choices(terms.bits(), random);
      selections.push_back(
          *contest_selection::of_choices(terms, secret_bytes(std::as_bytes(std::span(choices)))));
    }
    const auto selection =
        *ballot_selection::make(election, out.place.branch, style, std::move(selections));
    out.contests = *encrypt_ballot(election, prover, out, selection, random_secret<32>(random));
    out.code = {random.octets<32>()};
    return out;
  }

  std::vector<ballot_item> make_many(std::uint32_t count) {
    std::vector<ballot_item> out;
    for (std::uint32_t s = 1; s <= count; ++s) {
      out.push_back(
          make(s, s % 3 == 0 ? sample_election::council_only : sample_election::council_and_mayor));
    }
    return out;
  }

  /// "accepted", or fault and place.
  static std::string text_of(const ballot_outcome& outcome) {
    if (outcome) {
      return "accepted";
    }
    const char* names[] = {"form ", "elements ", "proof "};
    return names[static_cast<std::size_t>(outcome.error().fault)] + outcome.error().why.place;
  }
  std::string verdict_of(const ballot_item& ballot) {
    return text_of(verifier.verify(std::span(&ballot, 1), here).front());
  }
};

TEST_F(ballot_verifier_test, good_ballots_are_accepted_with_their_ciphertexts) {
  const auto ballots = make_many(9);
  const auto outcomes = verifier.verify(ballots, here);
  ASSERT_EQ(outcomes.size(), ballots.size());
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    ASSERT_TRUE(outcomes[i]) << to_string(outcomes[i].error().why);
    const verified_ballot& verified = *outcomes[i];
    EXPECT_EQ(verified.place(), ballots[i].place);
    EXPECT_EQ(verified.number(), ballots[i].number);
    EXPECT_EQ(verified.style(), ballots[i].style);
    EXPECT_EQ(verified.code(), ballots[i].code);
    const auto contests = election.index().contests_of(ballots[i].style);
    ASSERT_EQ(verified.contests().size(), contests.size());
    for (std::size_t c = 0; c < contests.size(); ++c) {
      EXPECT_EQ(verified.contests()[c].index, contests[c]);
      const auto& wire = ballots[i].contests[c].ciphertexts;
      ASSERT_EQ(verified.contests()[c].ciphertexts.size(), wire.size());
      for (std::size_t k = 0; k < wire.size(); ++k) {
        EXPECT_EQ(encode(verified.contests()[c].ciphertexts[k]), wire[k]);
      }
    }
  }
}

TEST_F(ballot_verifier_test, no_ballots_no_outcomes) {
  EXPECT_TRUE(verifier.verify({}, here).empty());
}

TEST_F(ballot_verifier_test, faults_of_form) {
  const ballot_item good = make(1);
  ASSERT_EQ(verdict_of(good), "accepted");
  const auto fault_of = [&](auto&& change) {
    ballot_item changed = good;
    change(changed);
    return verdict_of(changed).substr(0, 5);
  };
  EXPECT_EQ(fault_of([](auto& b) { b.style = style_index(99); }), "form ");
  EXPECT_EQ(fault_of([](auto& b) { b.style = sample_election::council_and_question; }), "form ");
  EXPECT_EQ(fault_of([](auto& b) { b.place.branch = branch_index(0); }), "form ");
  EXPECT_EQ(fault_of([](auto& b) { b.digits = 10'001; }), "form ");
  EXPECT_EQ(fault_of([](auto& b) { b.contests.pop_back(); }), "form ");
  EXPECT_EQ(fault_of([](auto& b) { b.contests.push_back(b.contests[0]); }), "form ");
  EXPECT_EQ(fault_of([](auto& b) { std::swap(b.contests[0], b.contests[1]); }), "form ");
  EXPECT_EQ(fault_of([](auto& b) { b.contests[0].ciphertexts.pop_back(); }), "form ");
  EXPECT_EQ(fault_of([](auto& b) { b.contests[1].bits().f.push_back({}); }), "form ");
}

TEST_F(ballot_verifier_test, faults_of_elements_name_their_place) {
  const ballot_item good = make(1);
  const auto fault_of = [&](auto&& change) {
    ballot_item changed = good;
    change(changed);
    return verdict_of(changed);
  };
  wire_element no_element;
  no_element.octets.fill(std::byte{0xff});
  wire_scalar no_scalar;
  no_scalar.octets.fill(std::byte{0xff});
  EXPECT_EQ(fault_of([&](auto& b) { b.contests[1].ciphertexts[2].beta = no_element; }),
            "elements contest 1/ciphertext 2/beta");
  EXPECT_EQ(fault_of([&](auto& b) { b.contests[0].ciphertexts[3].alpha = wire_element{}; }),
            "elements contest 0/ciphertext 3/alpha");
  EXPECT_EQ(fault_of([&](auto& b) { b.contests[0].bits().T1 = no_element; }),
            "elements contest 0/proof/T1");
  EXPECT_EQ(fault_of([&](auto& b) { b.contests[0].bits().f[4] = no_scalar; }),
            "elements contest 0/proof/f 6");
  EXPECT_EQ(fault_of([&](auto& b) { b.contests[1].bits().z_E = no_scalar; }),
            "elements contest 1/proof/z_E");
  // A beta may be the identity; then it is the proof that does not hold.
  EXPECT_EQ(fault_of([&](auto& b) { b.contests[1].ciphertexts[0].beta = wire_element{}; }),
            "proof contest 1/equation 0");
}

TEST_F(ballot_verifier_test, faults_of_proof_name_contest_and_equation) {
  const ballot_item good = make(1);
  const auto fault_of = [&](auto&& change) {
    ballot_item changed = good;
    change(changed);
    return verdict_of(changed);
  };
  const auto raised = [](wire_scalar& s) {
    s.octets = G::encode_scalar(*G::decode_scalar(s.view()) + G::scalar_from_u64(1));
  };
  EXPECT_EQ(fault_of([&](auto& b) { raised(b.contests[0].bits().z_B); }),
            "proof contest 0/equation 0");
  EXPECT_EQ(fault_of([&](auto& b) { raised(b.contests[1].bits().z_T); }),
            "proof contest 1/equation 1");
  EXPECT_EQ(fault_of([&](auto& b) { raised(b.contests[1].bits().z_E); }),
            "proof contest 1/equation 2");
  // Everything that the proof is bound to beyond its own bytes.
  EXPECT_EQ(fault_of([](auto& b) { b.number = serial(2); }), "proof contest 0/equation 0");
  EXPECT_EQ(fault_of([](auto& b) { b.place.device = device_index(2); }),
            "proof contest 0/equation 0");
  EXPECT_EQ(fault_of([](auto& b) { b.digits = 17; }), "proof contest 0/equation 0");
  // Time, previous and code are the chain's business.
  EXPECT_EQ(fault_of([](auto& b) { b.time.value += 1; }), "accepted");
}

TEST_F(ballot_verifier_test, every_guilty_ballot_of_a_batch_is_named_and_no_other) {
  auto ballots = make_many(40);
  std::vector<std::string> expected(ballots.size(), "accepted");
  const auto spoil = [&](std::size_t i, const std::string& verdict, auto&& change) {
    change(ballots[i]);
    expected[i] = verdict;
  };
  const G::scalar d = G::scalar_from_u64(1 + random.below(1000));
  const auto shift = [](wire_scalar& s, const G::scalar& by) {
    s.octets = G::encode_scalar(*G::decode_scalar(s.view()) + by);
  };
  // Errors that cancel if both ballots have the same weight.
  spoil(4, "proof contest 0/equation 0", [&](auto& b) { shift(b.contests[0].bits().z_B, d); });
  spoil(31, "proof contest 0/equation 0", [&](auto& b) { shift(b.contests[0].bits().z_B, -d); });
  spoil(7, "elements contest 0/ciphertext 0/alpha",
        [](auto& b) { b.contests[0].ciphertexts[0].alpha = wire_element{}; });
  spoil(0, "form ballot/digits", [](auto& b) { b.digits = 20'000; });
  spoil(39, "proof contest 1/equation 0",
        [](auto& b) { std::swap(b.contests[1].ciphertexts[0], b.contests[1].ciphertexts[1]); });
  // The contest of another voter: a proof that holds, but not here.
  const auto taken = ballots[12].contests[0];
  spoil(13, "proof contest 0/equation 0", [&](auto& b) { b.contests[0] = taken; });
  const auto outcomes = verifier.verify(ballots, here);
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    EXPECT_EQ(text_of(outcomes[i]), expected[i]) << "ballot " << i;
  }
}

TEST_F(ballot_verifier_test, outcomes_do_not_depend_on_threads_or_batches) {
  auto ballots = make_many(70);
  ballots[33].digits = 17;
  ballots[69].contests[0].bits().B = ballots[0].contests[0].bits().B;
  const auto workers = make_jthread_executor(3);
  const auto alone = verifier.verify(ballots, here);
  const auto together = verifier.verify(ballots, *workers);
  ASSERT_EQ(together.size(), alone.size());
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    const std::string one = verdict_of(ballots[i]);
    EXPECT_EQ(text_of(alone[i]), one) << i;
    EXPECT_EQ(text_of(together[i]), one) << i;
  }
  EXPECT_NE(text_of(alone[33]), "accepted");
  EXPECT_NE(text_of(alone[69]), "accepted");
}

}  // namespace
}  // namespace sandoq
