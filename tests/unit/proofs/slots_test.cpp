#include "sandoq/proofs/slots.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sandoq/proofs/batch.hpp"
#include "sandoq/proofs/slots_recompute.hpp"
#include "tests/support/slots_fixture.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::deterministic_random;
using testing::slots_fixture;
using testing::test_seed;
using codes = std::vector<std::uint32_t>;

constexpr choice_limits four_of_twenty{
    .options = 20, .max_choices = 4, .min_choices = 1, .blank = blank_option::counted};

class slots_test : public ::testing::Test {
 protected:
  deterministic_random random{test_seed()};
};

TEST(slots_shape_test, has_the_sizes_of_the_published_table) {
  const auto tehran = slots_shape::derive(
      {.options = 5063, .max_choices = 21, .min_choices = 1, .blank = blank_option::counted});
  ASSERT_TRUE(tehran);
  EXPECT_EQ(tehran->digits(), 13U);
  EXPECT_EQ(tehran->bits(), 512U);
  EXPECT_EQ(tehran->ciphertexts(), 22U);
  EXPECT_EQ(tehran->proof_bytes(), 996U);
  const auto largest = slots_shape::derive(
      {.options = 8192, .max_choices = 21, .min_choices = 1, .blank = blank_option::counted});
  ASSERT_TRUE(largest);
  EXPECT_EQ(largest->digits(), 14U);
  EXPECT_EQ(largest->bits(), 512U);
  EXPECT_LE(largest->proof_bytes(), 1200U);
  const auto longest = slots_shape::derive(
      {.options = 8192, .max_choices = 64, .min_choices = 1, .blank = blank_option::counted});
  ASSERT_TRUE(longest);
  EXPECT_EQ(longest->rounds(), slots_shape::max_rounds);
}

TEST(slots_shape_test, refuses_limits_that_make_no_contest) {
  const choice_limits good{.options = 20, .max_choices = 4, .min_choices = 1};
  const auto refused = [&](auto&& change, std::string_view place) {
    choice_limits limits = good;
    change(limits);
    const auto shape = slots_shape::derive(limits);
    return !shape && shape.error().code == errc::out_of_range && shape.error().place == place;
  };
  EXPECT_TRUE(refused([](auto& l) { l.options = 0; }, "options"));
  EXPECT_TRUE(refused([](auto& l) { l.options = 8193; }, "options"));
  EXPECT_TRUE(refused([](auto& l) { l.max_choices = 0; }, "max"));
  EXPECT_TRUE(refused([](auto& l) { l.max_choices = 21; }, "max"));
  EXPECT_TRUE(refused([](auto& l) { l.options = 100, l.max_choices = 65; }, "max"));
  EXPECT_TRUE(refused([](auto& l) { l.min_choices = 5; }, "min"));
  EXPECT_TRUE(refused([](auto& l) { l.min_choices = 0, l.blank = blank_option::counted; }, "min"));
}

/// True iff the limits allow these choices; counted plainly.
bool permitted(const slots_shape& shape, std::span<const std::uint8_t> choices) {
  const auto marks = static_cast<std::uint32_t>(
      std::count(choices.begin(), choices.begin() + shape.options(), std::uint8_t{1}));
  if (shape.counts_blank() && choices.back() != 0) {
    return marks == 0;
  }
  return marks >= shape.minimum() && marks <= shape.slots();
}

TEST_F(slots_test, every_permitted_choice_is_accepted_and_every_other_refused) {
  const choice_limits small[] = {
      {.options = 1, .max_choices = 1, .min_choices = 0},
      {.options = 3, .max_choices = 2, .min_choices = 1, .blank = blank_option::counted},
      {.options = 4, .max_choices = 3, .min_choices = 2},
  };
  for (const choice_limits& limits : small) {
    const slots_fixture contest(limits, random);
    const std::size_t n = contest.choices({}).size();
    for (std::uint32_t mask = 0; mask < (1U << n); ++mask) {
      std::vector<std::uint8_t> choices(n);
      for (std::size_t i = 0; i < n; ++i) {
        choices[i] = static_cast<std::uint8_t>((mask >> i) & 1U);
      }
      const auto ballot = contest.make(choices, random.octets<32>());
      ASSERT_EQ(ballot.has_value(), permitted(contest.shape(), choices)) << mask;
      if (ballot) {
        EXPECT_TRUE(contest.check(*ballot)) << mask << contest.check(*ballot).reason();
      } else {
        EXPECT_EQ(ballot.error().code, errc::bad_witness);
      }
    }
  }
}

TEST_F(slots_test, a_choice_that_is_no_bit_is_refused) {
  const slots_fixture contest(four_of_twenty, random);
  auto choices = contest.choices(codes{3, 7});
  choices[5] = 2;
  EXPECT_FALSE(contest.make(choices, random.octets<32>()));
  choices[5] = 0;
  choices.back() = 2;
  EXPECT_FALSE(contest.make(choices, random.octets<32>()));
}

TEST_F(slots_test, a_ballot_belongs_to_its_place) {
  const slots_fixture contest(four_of_twenty, random);
  const auto ballot = contest.make(contest.choices(codes{1, 20}), random.octets<32>()).value();
  EXPECT_TRUE(contest.check(ballot, 1));
  EXPECT_FALSE(contest.check(ballot, 2));
}

// The same seed under another serial must not give equal masks: their difference is the vote.
TEST_F(slots_test, masks_depend_on_statement_and_choices) {
  const slots_fixture contest(four_of_twenty, random);
  const auto seed = random.octets<32>();
  const auto one = contest.make(contest.choices(codes{1, 20}), seed, 1).value();
  const auto other = contest.make(contest.choices(codes{1, 20}), seed, 2).value();
  const auto changed = contest.make(contest.choices(codes{2, 20}), seed, 1).value();
  for (std::size_t i = 0; i < 2 * contest.shape().ciphertexts(); ++i) {
    EXPECT_NE(one.ciphertexts[i], other.ciphertexts[i]);
    EXPECT_NE(one.ciphertexts[i], changed.ciphertexts[i]);
  }
  for (std::size_t i = 0; i < one.proof.commitments.size(); ++i) {
    EXPECT_NE(one.proof.commitments[i], other.proof.commitments[i]);
    EXPECT_NE(one.proof.commitments[i], changed.proof.commitments[i]);
  }
}

TEST_F(slots_test, errors_in_two_ballots_do_not_cancel) {
  const slots_fixture contest(four_of_twenty, random);
  auto one = contest.make(contest.choices(codes{1, 20}), random.octets<32>(), 1).value();
  auto other = contest.make(contest.choices(codes{2}), random.octets<32>(), 2).value();
  const auto sum_of = [&] {
    const byte_array<32> hash = random.octets<32>();
    collecting_sink<G> sink(contest.election().bases(),
                            batch_weights(contest.election().e1(),
                                          std::vector<digest32>{{hash}, {random.octets<32>()}}));
    std::uint32_t number = 0;
    for (const auto* ballot : {&one, &other}) {
      const auto where = contest.context(++number);
      sink.begin_item(number);
      EXPECT_TRUE(
          emit(static_cast<equation_sink<G>&>(sink), {where, ballot->ciphertexts}, ballot->proof));
    }
    return sink.sum();
  };
  EXPECT_TRUE(G::is_identity(sum_of()));
  const auto delta = G::scalar_from_u64(1 + random.below(1000));
  one.proof.b += delta;
  other.proof.b -= delta;
  EXPECT_FALSE(G::is_identity(sum_of()));
}

/// Whether a published ballot is the one of these choices and this seed.
bool is_recomputed(const slots_fixture& contest, const testing::slots_ballot& ballot,
                   const codes& chosen, const byte_array<32>& seed) {
  const auto where = contest.context();
  checking_sink<G> sink(contest.election().bases());
  return emit_recomputed(static_cast<equation_sink<G>&>(sink), {where, ballot.ciphertexts},
                         ballot.proof, chosen, seed) &&
         sink.holds();
}

TEST_F(slots_test, a_challenged_ballot_is_recomputed_and_no_other) {
  const slots_fixture contest(four_of_twenty, random);
  for (const codes& chosen : {codes{4, 5, 19}, codes{}, codes{1, 2, 3, 4}}) {
    const auto seed = random.octets<32>();
    const auto ballot = contest.make(contest.choices(chosen), seed).value();
    EXPECT_TRUE(is_recomputed(contest, ballot, chosen, seed));
    EXPECT_FALSE(is_recomputed(contest, ballot, {4, 5, 18}, seed));
    EXPECT_FALSE(is_recomputed(contest, ballot, chosen, random.octets<32>()));
    for (const codes& wrong :
         {codes{5, 4}, codes{0}, codes{21}, codes{1, 2, 3, 4, 5}, codes{7, 7}}) {
      EXPECT_FALSE(is_recomputed(contest, ballot, wrong, seed));
    }
  }
}

// Another prover's proof of the same choices holds, but is not the device's.
TEST_F(slots_test, a_proof_by_other_masks_is_valid_and_not_recomputed) {
  const slots_fixture contest(four_of_twenty, random);
  const codes chosen{4, 5, 19};
  const auto seed = random.octets<32>();
  const auto where = contest.context();
  const auto encrypted = encrypt_slots(
      contest.tables(), where,
      secret_bytes(std::as_bytes(std::span<const std::uint8_t>(contest.choices(chosen)))),
      nonce_seed(seed));
  ASSERT_TRUE(encrypted);
  const slots_statement<G> statement{where, encrypted->ciphertexts};
  const auto proof =
      prove(contest.tables(), statement, encrypted->witness, nonce_seed(random.octets<32>()));
  ASSERT_TRUE(proof);
  EXPECT_TRUE(verify(statement, *proof));
  EXPECT_FALSE(is_recomputed(contest, {encrypted->ciphertexts, *proof}, chosen, seed));
}

// A device that encrypts something else and proves what it was to encrypt.
TEST_F(slots_test, ciphertexts_and_responses_of_a_challenged_ballot_are_recomputed_too) {
  const slots_fixture contest(four_of_twenty, random);
  const codes chosen{4, 5, 19};
  const auto seed = random.octets<32>();
  const auto where = contest.context();
  const auto encrypted = encrypt_slots(
      contest.tables(), where,
      secret_bytes(std::as_bytes(std::span<const std::uint8_t>(contest.choices(chosen)))),
      nonce_seed(seed));
  ASSERT_TRUE(encrypted);
  for (const std::size_t changed : {0U, 1U, 9U}) {
    const auto listed = encrypted->ciphertexts.elements();
    std::vector<G::element> elements(listed.begin(), listed.end());
    elements[changed] += G::generator();
    const encoded_elements<G> other(std::move(elements));
    auto proof = prove(contest.tables(), {where, other}, encrypted->witness, nonce_seed(seed));
    ASSERT_TRUE(proof);
    EXPECT_FALSE(is_recomputed(contest, {other, *proof}, chosen, seed));
  }
  const auto good = contest.make(contest.choices(chosen), seed).value();
  for (auto response :
       {&slots_proof<G>::t_hat, &slots_proof<G>::tau_x, &slots_proof<G>::mu, &slots_proof<G>::f,
        &slots_proof<G>::z_E, &slots_proof<G>::a, &slots_proof<G>::b}) {
    auto proof = good.proof;
    proof.*response += G::scalar_from_u64(1);
    EXPECT_FALSE(is_recomputed(contest, {good.ciphertexts, proof}, chosen, seed));
  }
}

TEST_F(slots_test, what_is_written_is_read) {
  const slots_fixture contest(four_of_twenty, random);
  const auto ballot = contest.make(contest.choices(codes{1, 20}), random.octets<32>()).value();
  const wire_slots_proof wire = encode(ballot.proof);
  const auto read = wire_slots_proof::decode(wire.encode());
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, wire);
  const auto decoded = decode(*read);
  ASSERT_TRUE(decoded);
  EXPECT_TRUE(contest.check({ballot.ciphertexts, *decoded}));
  auto bad = wire;
  bad.rounds[2].second.octets = {std::byte{1}};
  EXPECT_EQ(decode(bad).error().place, "round 3/R");
  bad = wire;
  bad.z_E.octets.fill(std::byte{0xFF});
  EXPECT_EQ(decode(bad).error().place, "z_E");
}

}  // namespace
}  // namespace sandoq
