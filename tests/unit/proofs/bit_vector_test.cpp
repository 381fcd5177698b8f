#include "sandoq/proofs/bit_vector.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/proofs/batch.hpp"
#include "tests/support/contest_fixture.hpp"
#include "tests/support/recording_sink.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using fixture = testing::contest_fixture<G>;
using choices = std::vector<std::uint8_t>;
using testing::deterministic_random;
using testing::test_seed;

constexpr choice_limits three_of_ten{
    .options = 10, .max_choices = 3, .min_choices = 1, .blank = blank_option::counted};
constexpr choice_limits one_of_two{.options = 2, .max_choices = 1, .min_choices = 1};

class bit_vector_test : public ::testing::Test {
 protected:
  deterministic_random random{test_seed()};
};

TEST_F(bit_vector_test, three_of_ten_is_accepted_and_has_its_size) {
  const fixture contest(three_of_ten, random);
  const auto ballot = contest.make(choices{0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}, random.octets<32>());
  ASSERT_TRUE(ballot);
  EXPECT_TRUE(contest.check(*ballot)) << contest.check(*ballot).reason();
  const wire_bit_vector_proof wire = encode(ballot->proof);
  EXPECT_EQ(contest.shape().bits(), 13U);
  EXPECT_EQ(wire.f.size(), 12U);
  EXPECT_EQ(wire.encode().size(), 6U * 32 + 4 + 12 * 32 + 96);
  EXPECT_EQ(wire.encode().size(), contest.shape().proof_bytes());
}

TEST_F(bit_vector_test, every_permitted_choice_is_accepted_and_every_other_refused) {
  const choice_limits small[] = {
      {.options = 1, .max_choices = 1, .min_choices = 0},
      {.options = 3, .max_choices = 2, .min_choices = 1, .blank = blank_option::counted},
      {.options = 3, .max_choices = 3, .min_choices = 0},
  };
  for (const choice_limits& limits : small) {
    const fixture contest(limits, random);
    const std::size_t n = contest.shape().ciphertexts();
    for (std::uint32_t mask = 0; mask < (1U << n); ++mask) {
      choices c(n);
      for (std::size_t i = 0; i < n; ++i) {
        c[i] = static_cast<std::uint8_t>((mask >> i) & 1U);
      }
      const auto ballot = contest.make(c, random.octets<32>());
      ASSERT_EQ(ballot.has_value(), testing::permitted(contest.shape(), c)) << mask;
      if (ballot) {
        EXPECT_TRUE(contest.check(*ballot)) << mask;
      } else {
        EXPECT_EQ(ballot.error().code, errc::bad_witness);
      }
    }
  }
}

// The same bases in another order, or those of another election, would check other equations.
TEST_F(bit_vector_test, needs_a_sink_over_the_bases_of_its_election) {
  const fixture contest(one_of_two, random);
  const fixture other(one_of_two, random);
  const choices marked = {0, 1};
  const auto ballot = contest.make(marked, random.octets<32>()).value();
  const auto context = contest.context();
  const bit_vector_statement<G> statement{context, ballot.ciphertexts};
  checking_sink<G> foreign(other.election().bases());
  EXPECT_DEATH((void)emit(static_cast<equation_sink<G>&>(foreign), statement, ballot.proof),
               "the table of the election");
  checking_sink<G> own(contest.election().bases());
  EXPECT_TRUE(emit(static_cast<equation_sink<G>&>(own), statement, ballot.proof).holds());
  EXPECT_TRUE(own.holds());
}

TEST_F(bit_vector_test, prover_and_recomputation_agree_byte_for_byte) {
  for (int round = 0; round < 12; ++round) {
    choice_limits limits;
    limits.options = 1 + static_cast<std::uint32_t>(random.below(24));
    limits.max_choices = 1 + static_cast<std::uint32_t>(random.below(limits.options));
    limits.min_choices = static_cast<std::uint32_t>(random.below(limits.max_choices + 1));
    limits.blank = limits.min_choices > 0 && random.below(2) == 0 ? blank_option::counted
                                                                  : blank_option::absent;
    const fixture contest(limits, random);
    const choices c = testing::random_choices(contest.shape(), random);
    const auto seed = random.octets<32>();
    const auto proved = contest.make(c, seed);
    const auto again = recompute_vartime(contest.context(), c, seed);
    ASSERT_TRUE(proved);
    ASSERT_TRUE(again);
    EXPECT_EQ(proved->ciphertexts, again->ciphertexts);
    EXPECT_EQ(encode(proved->proof), encode(again->proof));
    EXPECT_TRUE(contest.check(*again));
  }
}

/// Says which element stands, once and alone, in each equation.
class own_terms_sink final : public equation_sink<G> {
 public:
  explicit own_terms_sink(const shared_bases<G>& bases) : bases_(bases) {}
  [[nodiscard]] const shared_bases<G>& bases() const noexcept override { return bases_; }
  void begin_equation() override { ++equations_; }
  void add(const element& E) override {
    EXPECT_EQ(terms_.size() + 1, equations_) << "one element in each equation";
    terms_.push_back(E);
  }
  void add(const scalar&, const element&) override { ADD_FAILURE(); }
  void subtract(const element&) override { ADD_FAILURE(); }
  void add(std::span<const scalar>, std::span<const element>) override { ADD_FAILURE(); }
  void add_base(base_index, const scalar&) override {}
  void add_bases(base_index, std::span<const scalar>) override {}
  [[nodiscard]] const std::vector<element>& terms() const { return terms_; }

 private:
  const shared_bases<G>& bases_;
  std::size_t equations_ = 0;
  std::vector<element> terms_;
};

// Each equation holds for the right ballot and has one element in it: no other element can stand
// there.
TEST_F(bit_vector_test, recomputation_by_equations_leaves_no_element_free) {
  const fixture contest(three_of_ten, random);
  const choices c = testing::random_choices(contest.shape(), random);
  const auto seed = random.octets<32>();
  const auto ballot = contest.make(c, seed).value();
  const auto context = contest.context();
  const bit_vector_statement<G> published{context, ballot.ciphertexts};
  testing::recording_sink<G> sums(contest.election().bases());
  ASSERT_TRUE(emit_recomputed<G>(sums, published, ballot.proof, c, seed).holds());
  EXPECT_EQ(sums.failures(), std::vector<std::size_t>{});
  own_terms_sink terms(contest.election().bases());
  ASSERT_TRUE(emit_recomputed<G>(terms, published, ballot.proof, c, seed).holds());
  std::vector<G::element> all(ballot.ciphertexts.elements().begin(),
                              ballot.ciphertexts.elements().end());
  const auto commitments = ballot.proof.commitments.elements();
  all.insert(all.end(), commitments.begin(), commitments.end());
  EXPECT_EQ(terms.terms(), all);
}

TEST_F(bit_vector_test, recomputation_by_equations_compares_every_response) {
  const fixture contest(three_of_ten, random);
  const choices c = testing::random_choices(contest.shape(), random);
  const auto seed = random.octets<32>();
  auto ballot = contest.make(c, seed).value();
  const auto context = contest.context();
  const auto holds = [&] {
    checking_sink<G> sink(contest.election().bases());
    const bit_vector_statement<G> published{context, ballot.ciphertexts};
    return emit_recomputed<G>(sink, published, ballot.proof, c, seed).holds();
  };
  ASSERT_TRUE(holds());
  std::vector<G::scalar*> responses{&ballot.proof.z_B, &ballot.proof.z_T, &ballot.proof.z_E};
  for (G::scalar& f : ballot.proof.f) {
    responses.push_back(&f);
  }
  for (G::scalar* response : responses) {
    const G::scalar good = *response;
    *response += G::scalar_from_u64(1);
    EXPECT_FALSE(holds());
    *response = good;
  }
  EXPECT_TRUE(holds());
}

TEST_F(bit_vector_test, recomputation_depends_on_choices_and_seed) {
  const fixture contest(one_of_two, random);
  const auto seed = random.octets<32>();
  const auto a = recompute_vartime(contest.context(), choices{1, 0}, seed);
  const auto b = recompute_vartime(contest.context(), choices{0, 1}, seed);
  const auto c = recompute_vartime(contest.context(), choices{1, 0}, random.octets<32>());
  ASSERT_TRUE(a && b && c);
  EXPECT_FALSE(a->ciphertexts == b->ciphertexts);
  EXPECT_FALSE(a->ciphertexts == c->ciphertexts);
}

TEST_F(bit_vector_test, recomputation_refuses_what_the_contest_does_not_allow) {
  const fixture contest(three_of_ten, random);
  const choices none(11);
  choices four(11), two_in_a_slot(11), blank_and_mark(11);
  std::fill_n(four.begin(), 4, std::uint8_t{1});
  two_in_a_slot[3] = 2;
  blank_and_mark[0] = blank_and_mark[10] = 1;
  for (const choices& c : {none, four, two_in_a_slot, blank_and_mark, choices(10), choices(12)}) {
    const auto refused = recompute_vartime(contest.context(), c, random.octets<32>());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::bad_witness);
    if (c.size() == 11) {
      const auto secretly =
          complete_bits(contest.shape(), secret_bytes(std::as_bytes(std::span(c))));
      ASSERT_FALSE(secretly);
      EXPECT_EQ(secretly.error().code, errc::bad_witness);
    }
  }
}

// Proofs made with a witness that breaks the limits: the prover does not object, the verifier does.
TEST_F(bit_vector_test, false_witnesses_give_no_proof) {
  const fixture contest(
      {.options = 4, .max_choices = 2, .min_choices = 1, .blank = blank_option::counted}, random);
  ASSERT_EQ(contest.shape().bits(), 6U);  // m_1 ... m_4, m_0, one slack bit
  const std::pair<const char*, choices> lies[] = {{"overvote", {1, 1, 1, 0, 0, 0}},
                                                  {"undervote", {0, 0, 0, 0, 0, 1}},
                                                  {"nothing and no blank", {0, 0, 0, 0, 0, 0}},
                                                  {"blank and a mark", {0, 1, 0, 0, 1, 0}},
                                                  {"blank and slack", {0, 0, 0, 0, 1, 1}},
                                                  {"slack left out", {1, 0, 0, 0, 0, 0}}};
  for (const auto& [name, bits] : lies) {
    SCOPED_TRACE(name);
    std::vector<element_of<G>> elements;
    bit_vector_witness<G> witness{secret_bytes(std::as_bytes(std::span(bits))), {}};
    for (std::size_t i = 0; i < contest.shape().ciphertexts(); ++i) {
      witness.r.push_back(secret_ops<G>::random_scalar(random));
      const auto c = contest.tables().key().encrypt_bit(choice::from_bit(bits[i]), witness.r[i]);
      elements.insert(elements.end(), {c.alpha, c.beta});
    }
    const encoded_elements<G> ciphertexts(elements);
    const auto context = contest.context();
    const bit_vector_statement<G> statement{context, ciphertexts};
    const auto proof = prove(contest.tables(), statement, witness, random_secret<32>(random));
    ASSERT_TRUE(proof);
    testing::recording_sink<G> sink(contest.election().bases());
    ASSERT_TRUE(emit(sink, statement, *proof));
    EXPECT_EQ(sink.failures(), (std::vector<std::size_t>{0, 1, 3}));
    EXPECT_FALSE(verify(statement, *proof));
  }
}

TEST_F(bit_vector_test, every_record_of_the_context_is_bound) {
  const fixture contest(one_of_two, random);
  const auto ballot = contest.make(choices{1, 0}, random.octets<32>());
  ASSERT_TRUE(ballot);
  const auto holds = [&](const bit_vector_context<G>& context) {
    return verify(bit_vector_statement<G>{context, ballot->ciphertexts}, ballot->proof).holds();
  };
  const auto good = contest.context();
  ASSERT_TRUE(holds(good));
  const auto flipped = [](digest32 d) {
    d.octets[31] ^= std::byte{1};
    return d;
  };
  const auto with_election = [&](const digest32& e0, const digest32& e1, election_domain domain,
                                 const encoded_element<G>& key) {
    const auto other = proof_election<G>::make(e0, e1, domain, key, {.bits = 2});
    return holds({*other, good.shape, good.contest_id, good.descriptor, good.branch, good.device,
                  good.number, good.style, good.digits});
  };
  const proof_election<G>& election = contest.election();
  const encoded_element<G> other_key(fixture::random_key(random));
  EXPECT_TRUE(with_election(contest.e0(), election.e1(), election.domain(), election.joint_key()));
  EXPECT_FALSE(
      with_election(flipped(contest.e0()), election.e1(), election.domain(), election.joint_key()));
  EXPECT_FALSE(
      with_election(contest.e0(), flipped(election.e1()), election.domain(), election.joint_key()));
  EXPECT_FALSE(
      with_election(contest.e0(), election.e1(), election_domain::real, election.joint_key()));
  EXPECT_FALSE(with_election(contest.e0(), election.e1(), election.domain(), other_key));

  const auto with = [&](auto&& change) {
    struct fields {
      std::string_view contest_id;
      digest32 descriptor;
      std::uint32_t branch, device, number, style;
      std::uint16_t digits;
    } f{good.contest_id,     good.descriptor,    good.branch.value(), good.device.value(),
        good.number.value(), good.style.value(), good.digits};
    change(f);
    return holds({election, good.shape, f.contest_id, f.descriptor, branch_index(f.branch),
                  device_index(f.device), serial(f.number), style_index(f.style), f.digits});
  };
  EXPECT_TRUE(with([](auto&) {}));
  EXPECT_FALSE(with([](auto& f) { f.contest_id = "another"; }));
  EXPECT_FALSE(with([&](auto& f) { f.descriptor = flipped(f.descriptor); }));
  EXPECT_FALSE(with([](auto& f) { ++f.branch; }));
  EXPECT_FALSE(with([](auto& f) { ++f.device; }));
  EXPECT_FALSE(with([](auto& f) { ++f.number; }));
  EXPECT_FALSE(with([](auto& f) { ++f.style; }));
  EXPECT_FALSE(with([](auto& f) { ++f.digits; }));
}

// The limits are bound too: a proof for 0..2 of 3 says nothing about 1..2 of 3.
TEST_F(bit_vector_test, the_shape_is_bound) {
  const fixture contest({.options = 3, .max_choices = 2, .min_choices = 0}, random);
  const auto ballot = contest.make(choices{1, 1, 0}, random.octets<32>());
  ASSERT_TRUE(ballot);
  const auto good = contest.context();
  const auto holds = [&](const choice_limits& limits) {
    const auto shape = *bit_vector_shape::derive(limits);
    const bit_vector_context<G> context{good.election,   shape,       good.contest_id,
                                        good.descriptor, good.branch, good.device,
                                        good.number,     good.style,  good.digits};
    return verify(bit_vector_statement<G>{context, ballot->ciphertexts}, ballot->proof).holds();
  };
  EXPECT_TRUE(holds({.options = 3, .max_choices = 2, .min_choices = 0}));
  EXPECT_FALSE(holds({.options = 3, .max_choices = 2, .min_choices = 1}));
  EXPECT_FALSE(holds({.options = 3, .max_choices = 3, .min_choices = 1}));
  EXPECT_FALSE(holds({.options = 3, .max_choices = 1, .min_choices = 0}));
}

TEST_F(bit_vector_test, an_alpha_may_not_be_the_identity) {
  const fixture contest(one_of_two, random);
  auto ballot = contest.make(choices{1, 0}, random.octets<32>());
  ASSERT_TRUE(ballot);
  for (const std::size_t i : {0U, 1U}) {
    std::vector<element_of<G>> elements(ballot->ciphertexts.elements().begin(),
                                        ballot->ciphertexts.elements().end());
    elements[2 * i] = G::identity();
    const auto verdict = contest.check({encoded_elements<G>(elements), ballot->proof});
    EXPECT_FALSE(verdict);
    EXPECT_NE(verdict.reason().find("alpha is the identity"), std::string::npos);
  }
}

TEST_F(bit_vector_test, the_joint_key_may_not_be_the_identity) {
  const auto refused =
      proof_election<G>::make({}, {}, election_domain::real, encoded_element<G>(), {.bits = 2});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::identity_element);
}

TEST_F(bit_vector_test, swapped_ciphertexts_are_refused) {
  const fixture contest(three_of_ten, random);
  auto ballot = contest.make(choices{0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}, random.octets<32>());
  ASSERT_TRUE(ballot);
  auto wire = encode_ciphertexts(ballot->ciphertexts);
  std::swap(wire[1], wire[2]);
  EXPECT_FALSE(contest.check({*decode_ciphertexts(wire), ballot->proof}));
  std::swap(wire[1], wire[2]);
  EXPECT_TRUE(contest.check({*decode_ciphertexts(wire), ballot->proof}));
}

TEST_F(bit_vector_test, another_number_of_ciphertexts_or_responses_is_refused) {
  const fixture contest(one_of_two, random);
  const auto ballot = contest.make(choices{1, 0}, random.octets<32>());
  ASSERT_TRUE(ballot);
  auto wire = encode_ciphertexts(ballot->ciphertexts);
  wire.push_back(wire.front());
  EXPECT_FALSE(contest.check({*decode_ciphertexts(wire), ballot->proof}));
  wire.resize(1);
  EXPECT_FALSE(contest.check({*decode_ciphertexts(wire), ballot->proof}));
  auto with_f_1 = *ballot;  // f_1 on the wire: refused even if it is the right one
  with_f_1.proof.f.insert(with_f_1.proof.f.begin(), with_f_1.proof.f.front());
  EXPECT_FALSE(contest.check(with_f_1));
  auto without = *ballot;
  without.proof.f.pop_back();
  EXPECT_FALSE(contest.check(without));
}

// Errors +d and -d in the responses of two ballots cancel under equal weights; the batch's own
// weights cover all responses, so they do not.
TEST_F(bit_vector_test, opposite_errors_do_not_cancel_in_a_batch) {
  const fixture contest(one_of_two, random);
  const G::scalar d = G::scalar_from_u64(1 + random.below(1000));
  std::vector<bit_vector_ballot<G>> ballots;
  std::vector<digest32> hashes;
  for (std::uint32_t s = 1; s <= 4; ++s) {
    ballots.push_back(*contest.make(choices{1, 0}, random.octets<32>(), s));
  }
  ballots[1].proof.z_B += d;
  ballots[3].proof.z_B -= d;
  for (const auto& b : ballots) {
    hashes.push_back(framed_hash::of("ballot", b.ciphertexts.octets(), encode(b.proof).encode()));
  }
  const auto emit_ballot = [&](std::size_t i, equation_sink<G>& sink) {
    const auto context = contest.context(static_cast<std::uint32_t>(i + 1));
    return emit(sink, bit_vector_statement<G>{context, ballots[i].ciphertexts}, ballots[i].proof);
  };
  {
    // With equal weights they do cancel: the sum of the broken equations is the identity.
    class summing_sink final : public equation_sink<G> {
     public:
      explicit summing_sink(const shared_bases<G>& bases) : bases_(bases) {}
      [[nodiscard]] const shared_bases<G>& bases() const noexcept override { return bases_; }
      void begin_equation() override {}
      void add(const scalar& s, const element& E) override { sum += G::mul_vartime(s, E); }
      void add(const element& E) override { sum += E; }
      void subtract(const element& E) override { sum -= E; }
      void add(std::span<const scalar> s, std::span<const element> E) override {
        sum += G::msm_vartime(s, E);
      }
      void add_base(base_index base, const scalar& s) override {
        add(s, bases_.elements()[base.value()]);
      }
      void add_bases(base_index first, std::span<const scalar> s) override {
        add(s, bases_.elements().subspan(first.value(), s.size()));
      }
      element sum{};

     private:
      const shared_bases<G>& bases_;
    } sum(contest.election().bases());
    for (std::size_t i = 0; i < ballots.size(); ++i) {
      ASSERT_TRUE(emit_ballot(i, sum));
    }
    ASSERT_TRUE(G::is_identity(sum.sum));
  }
  sequential_executor workers;
  const auto failures = verify_batch<G>(contest.election().e1(), hashes, contest.election().bases(),
                                        emit_ballot, workers);
  ASSERT_EQ(failures.size(), 2U);
  EXPECT_EQ(failures[0].item, 1U);
  EXPECT_EQ(failures[1].item, 3U);
}

// A seed that occurs twice must not give equal masks under two challenges: they would reveal
// b_i = (f_i - f_i')/(x - x').
TEST_F(bit_vector_test, one_seed_on_two_statements_gives_other_masks) {
  const fixture contest(three_of_ten, random);
  const auto seed = random.octets<32>();
  const choices c{0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0};
  const choices other{0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0};
  const auto first = contest.make(c, seed, 1);
  const auto same_choice = contest.make(c, seed, 2);
  const auto same_place = contest.make(other, seed, 1);
  ASSERT_TRUE(first && same_choice && same_place);
  for (const auto* b : {&*same_choice, &*same_place}) {
    for (std::size_t i = 0; i < 6; ++i) {
      EXPECT_FALSE(first->proof.commitments[i] == b->proof.commitments[i]) << i;
    }
    for (std::size_t i = 0; i < first->ciphertexts.size(); ++i) {
      EXPECT_FALSE(first->ciphertexts[i] == b->ciphertexts[i]) << i;
    }
    // Equal masks of unset bits would show as equal responses.
    for (std::size_t i = 0; i < first->proof.f.size(); ++i) {
      EXPECT_FALSE(first->proof.f[i] == b->proof.f[i]) << i;
    }
  }
  const auto repeated = contest.make(c, seed, 1);
  ASSERT_TRUE(repeated);
  EXPECT_EQ(encode(repeated->proof), encode(first->proof));
}

}  // namespace
}  // namespace sandoq
