#include "sandoq/ballot/challenge.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/sample_device.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::memory_journal;
using testing::sample_polls;
using testing::test_seed;

// The second ballot of a device, challenged: two contests, council {1, 4} and mayor {2}.
class challenge : public ::testing::Test {
 protected:
  challenge() {
    ready_device ready = polls_.open(polls_.site(), journal_);
    committed_ballot first = polls_.commit(std::move(ready), polls_.council({0}), journal_);
    ready = *std::move(first).cast({2000}).commit(journal_);
    committed_ballot second = polls_.commit(
        std::move(ready),
        polls_.council_and_mayor({option_index(1), option_index(4)}, {option_index(2)}), journal_);
    ballot_ = second.item();
    opened_ = std::move(second).challenge({2001}).commit_and_show(journal_)->item;
    opening_ = *opening_item::decode(journal_.entries[0].canonical);
    first_ = *ballot_item::decode(journal_.entries[1].canonical);
    good_ballot_ = ballot_;
    good_opened_ = opened_;
    good_opening_ = opening_;
  }
  /// Alone and among others: what is said is the same.
  [[nodiscard]] std::string refusal() const {
    const std::string alone =
        verify_challenge(polls_.context(), opening_, ballot_, opened_).reason();
    const hashed_ballot good(good_ballot_);
    const std::vector<hashed_ballot> ballots{good, good, hashed_ballot(ballot_), good};
    const std::vector<ballot_challenge> challenges{{1, &good_opening_, &good_opened_},
                                                   {2, &opening_, &opened_},
                                                   {3, &good_opening_, &good_opened_}};
    const auto together = ballot_verifier(polls_.context()).verify_hashed(ballots, challenges);
    EXPECT_EQ(together.challenges.at(0).reason(), "");
    EXPECT_EQ(together.challenges.at(1).reason(), alone);
    EXPECT_EQ(together.challenges.at(2).reason(), "");
    for (const std::size_t i : {0U, 1U, 3U}) {
      EXPECT_TRUE(together.ballots.at(i)) << i;
    }
    return alone;
  }
  void expect_refused(const std::string& reason) {
    EXPECT_NE(refusal().find(reason), std::string::npos) << "reason given: " << refusal();
  }

  deterministic_random random_{test_seed()};
  sample_polls polls_{random_};
  memory_journal journal_;
  opening_item opening_;
  ballot_item first_;
  ballot_item ballot_;
  challenge_item opened_;
  ballot_item good_ballot_;
  challenge_item good_opened_;
  opening_item good_opening_;
};

TEST_F(challenge, of_an_honest_device_holds_and_shows_what_was_chosen) {
  EXPECT_EQ(refusal(), "");
  EXPECT_EQ(opened_.choices[0].bits, (std::vector<std::uint8_t>{0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(opened_.choices[1].bits, (std::vector<std::uint8_t>{0, 0, 1}));
}

TEST_F(challenge, every_other_choice_is_refused) {
  for (std::size_t c = 0; c < 2; ++c) {
    for (std::size_t i = 0; i < opened_.choices[c].bits.size(); ++i) {
      opened_.choices[c].bits[i] ^= 1U;
      expect_refused("contest " + std::to_string(c));
      opened_.choices[c].bits[i] ^= 1U;
    }
  }
  std::swap(opened_.choices[0].bits[1], opened_.choices[0].bits[2]);
  expect_refused("another ballot");
}

TEST_F(challenge, choices_outside_the_limits_are_refused) {
  opened_.choices[0].bits.assign(11, 1);
  EXPECT_NE(refusal(), "");
  opened_.choices[0].bits.assign(11, 0);
  EXPECT_NE(refusal(), "");
  opened_.choices[0].bits.assign(10, 0);
  EXPECT_NE(refusal(), "");
}

TEST_F(challenge, numbers_must_fit) {
  const challenge_item good = opened_;
  opened_.choices.pop_back();
  expect_refused("opens 1 contests, the ballot has 2");
  opened_ = good;
  opened_.choices.push_back({.bits = {0}});
  expect_refused("opens 3 contests");
  opened_ = good;
  opened_.board_seeds.pop_back();
  expect_refused("reveals 1 seeds of boards, the opening committed to 2");
  opened_ = good;
  opened_.board_seeds.push_back(opened_.board_seeds[0]);
  expect_refused("reveals 3 seeds");
}

TEST_F(challenge, seeds_must_lie_under_the_roots_of_the_opening) {
  const challenge_item good = opened_;
  opened_.device_seed.seed[31] ^= std::byte{1};
  expect_refused("seed of the device");
  opened_ = good;
  opened_.board_seeds[1].seed[0] ^= std::byte{1};
  expect_refused("seed of board 1");
  opened_ = good;
  opened_.board_seeds[0].path[0].octets[0] ^= std::byte{1};
  expect_refused("seed of board 0");
  opened_ = good;
  std::swap(opened_.board_seeds[0], opened_.board_seeds[1]);
  expect_refused("seed of board 0");
  opened_ = good;
  opening_.device_root.octets[9] ^= std::byte{1};
  expect_refused("seed of the device");
}

TEST_F(challenge, a_serial_beyond_the_capacity_is_refused) {
  opening_.capacity = 1;
  expect_refused("capacity");
}

TEST_F(challenge, belongs_to_one_device_and_serial) {
  opened_.number = serial(1);
  expect_refused("one device and serial");
  opened_.number = serial(2);
  opened_.place.device = device_index(2);
  expect_refused("one device and serial");
  opened_.place.device = device_index(1);
  opening_.place.branch = branch_index(4);
  expect_refused("one device and serial");
}

TEST_F(challenge, seeds_of_one_serial_do_not_open_another) {
  // Contest 0 of the first ballot in the second one's place: only its randomness differs.
  ballot_.style = first_.style;
  ballot_.contests = first_.contests;
  opened_.choices = {{.bits = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}}};
  expect_refused("another ballot");
}

TEST_F(challenge, a_ballot_changed_anywhere_is_refused) {
  const ballot_item good = ballot_;
  ballot_.digits = 4321;
  expect_refused("another ballot");
  ballot_ = good;
  for (contest_ballot& contest : ballot_.contests) {
    for (wire_ciphertext& c : contest.ciphertexts) {
      c.beta.octets[3] ^= std::byte{4};
      EXPECT_NE(refusal(), "");
      c.beta.octets[3] ^= std::byte{4};
    }
    for (auto* octets :
         {&contest.bits().B.octets, &contest.bits().A.octets, &contest.bits().T1.octets,
          &contest.bits().T0.octets, &contest.bits().E.alpha.octets, &contest.bits().E.beta.octets,
          &contest.bits().f[0].octets, &contest.bits().f.back().octets, &contest.bits().z_B.octets,
          &contest.bits().z_T.octets, &contest.bits().z_E.octets}) {
      (*octets)[0] ^= std::byte{1};
      EXPECT_NE(refusal(), "");
      (*octets)[0] ^= std::byte{1};
    }
  }
  EXPECT_EQ(refusal(), "");
}

// Elements that decode, so that only the equation of each can notice.
TEST_F(challenge, every_other_element_is_refused) {
  using G = ristretto255;
  const auto moved = [](const wire_element& e) {
    return wire_element{G::encode(*G::decode(e.view()) + G::generator())};
  };
  for (contest_ballot& contest : ballot_.contests) {
    std::vector<wire_element*> elements{&contest.bits().B,       &contest.bits().A,
                                        &contest.bits().T1,      &contest.bits().T0,
                                        &contest.bits().E.alpha, &contest.bits().E.beta};
    for (wire_ciphertext& c : contest.ciphertexts) {
      elements.push_back(&c.alpha);
      elements.push_back(&c.beta);
    }
    for (wire_element* e : elements) {
      const wire_element good = *e;
      *e = moved(good);
      expect_refused("another ballot");
      *e = good;
    }
  }
  EXPECT_EQ(refusal(), "");
}

// More ballots than a batch takes: each challenge goes with its ballot.
TEST_F(challenge, is_checked_in_the_batch_of_its_ballot) {
  constexpr std::size_t size = ballot_verifier::max_batch_ballots;
  const std::vector<hashed_ballot> ballots(size + 3, hashed_ballot(ballot_));
  challenge_item wrong = opened_;
  std::swap(wrong.choices[0].bits[1], wrong.choices[0].bits[2]);
  std::vector<ballot_challenge> challenges;
  for (const std::size_t at : {std::size_t{0}, size - 1, size, size + 2}) {
    challenges.push_back({at, &opening_, at % 2 == 0 ? &wrong : &opened_});
  }
  const auto together = ballot_verifier(polls_.context()).verify_hashed(ballots, challenges);
  for (std::size_t k = 0; k < challenges.size(); ++k) {
    EXPECT_EQ(together.challenges.at(k).holds(), challenges[k].ballot % 2 != 0) << k;
  }
  for (const ballot_outcome& ballot : together.ballots) {
    EXPECT_TRUE(ballot);
  }
}

TEST_F(challenge, a_ballot_without_the_form_of_its_style_is_refused) {
  ballot_.contests.pop_back();
  EXPECT_NE(refusal(), "");
  ballot_.style = style_index(7);
  EXPECT_NE(refusal(), "");
}

// The signatures around a journal, which need a device as well.

TEST_F(challenge, every_changed_byte_of_an_opening_is_noticed) {
  const bytes canonical = opening_.encode();
  ASSERT_TRUE(verify(polls_.context(), opening_).holds());
  for (std::size_t i = 0; i < canonical.size(); ++i) {
    bytes changed = canonical;
    changed[i] ^= std::byte{1} << random_.below(8);
    const auto read = opening_item::decode(changed);
    EXPECT_FALSE(read && verify(polls_.context(), *read).holds()) << "byte " << i;
  }
}

TEST_F(challenge, an_opening_names_what_is_wrong_with_it) {
  const opening_item good = opening_;
  const auto refused = [&](const std::string& reason) {
    const verification outcome = verify(polls_.context(), opening_);
    checking_sink<ristretto255> sink;
    const verification emitted = emit(sink, polls_.context(), opening_);
    EXPECT_EQ(outcome.holds(), emitted.holds() && sink.holds());
    EXPECT_NE(outcome.reason().find(reason), std::string::npos) << outcome.reason();
    opening_ = good;
  };
  opening_.capacity = 0;
  refused("capacity");
  opening_.board_roots.pop_back();
  refused("one for each of 2 boards");
  opening_.device_key = {};
  refused("identity");
  opening_.key_proof.octets[0] ^= std::byte{2};
  refused("key proof");
  opening_.place.device = device_index(2);
  refused("key proof");
  opening_.time.value += 1;
  refused("device signature");
  opening_.device_signature.octets[63] ^= std::byte{1};
  refused("device signature");
  opening_.board_roots[0].octets[0] ^= std::byte{1};
  refused("signatures of the boards");
  opening_.signatures.boards[0].pop_back();
  refused("signatures of the boards");
  refused("");
}

TEST_F(challenge, a_close_fits_its_opening_counters_and_chain) {
  memory_journal journal;
  ready_device ready = polls_.open(polls_.site(4, 2), journal);
  closing_device closing = *std::move(ready).close({3000}, random_);
  const quorum signatures = polls_.sign(closing.message());
  const close_item close = *std::move(closing).finish(signatures, journal);
  const opening_item opening = *opening_item::decode(journal.entries[0].canonical);
  const digest32 link = opening_link(polls_.context().chain(), journal.entries[0].canonical);
  EXPECT_TRUE(verify(polls_.context(), opening, close).holds());
  EXPECT_TRUE(check_close(close, {}, link).has_value());
  EXPECT_FALSE(verify(polls_.context(), opening_, close).holds()) << "another device's key";
  const bytes canonical = close.encode();
  for (std::size_t i = 0; i < canonical.size(); ++i) {
    bytes changed = canonical;
    changed[i] ^= std::byte{1} << random_.below(8);
    const auto read = close_item::decode(changed);
    if (read) {
      const bool holds = verify(polls_.context(), opening, *read).holds();
      checking_sink<ristretto255> sink;
      const verification emitted = emit(sink, polls_.context(), opening, *read);
      EXPECT_EQ(holds, emitted.holds() && sink.holds());
      EXPECT_FALSE(holds) << "byte " << i;
    }
  }
  EXPECT_FALSE(check_close(close, {1, 1, 0, 0}, link).has_value());
  EXPECT_FALSE(check_close(close, {}, digest32{}).has_value());
  close_item wrong = close;
  wrong.counters = {1, 0, 0, 0};
  EXPECT_FALSE(check_close(wrong, wrong.counters, link).has_value());
}

TEST_F(challenge, forms_that_do_not_fit_the_style_are_named) {
  const auto refused = [&](auto change) {
    ballot_item changed = ballot_;
    change(changed);
    const auto form = check_form(polls_.context(), changed);
    EXPECT_FALSE(form.has_value());
    return form ? std::string() : form.error().place;
  };
  EXPECT_EQ(refused([](ballot_item& b) { b.style = style_index(3); }), "ballot/style");
  EXPECT_EQ(refused([](ballot_item& b) { b.style = style_index(2); }), "ballot/style");
  EXPECT_EQ(refused([](ballot_item& b) { b.place.branch = branch_index(6); }), "ballot/style");
  EXPECT_EQ(refused([](ballot_item& b) { b.digits = 10001; }), "ballot/digits");
  EXPECT_EQ(refused([](ballot_item& b) { b.contests.pop_back(); }), "ballot/contests");
  EXPECT_EQ(refused([](ballot_item& b) { b.contests[1].ciphertexts.pop_back(); }),
            "ballot/contest 1");
  EXPECT_EQ(refused([](ballot_item& b) { b.contests[0].bits().f.pop_back(); }), "ballot/contest 0");
  EXPECT_EQ(refused([](ballot_item& b) { b.contests[0].bits().f.emplace_back(); }),
            "ballot/contest 0");
  ballot_.digits = ballot_item::no_digits;
  EXPECT_TRUE(check_form(polls_.context(), ballot_).has_value());
}

}  // namespace
}  // namespace sandoq
