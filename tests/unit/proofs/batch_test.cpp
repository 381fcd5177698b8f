#include "sandoq/proofs/batch.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/unit/proofs/proof_fixture.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::proof_fixture;

/// m signatures by three keys that the sinks share.
class signatures {
 public:
  signatures(proof_fixture<G>& values, std::size_t m) : election{values.random.octets<32>()} {
    std::vector<signing_key<G>> keys;
    for (int i = 0; i < 3; ++i) {
      keys.push_back(signing_key<G>::generate(values.random));
      public_keys.push_back(
          {keys.back().public_key(), bases.add(keys.back().public_key().element())});
    }
    for (std::size_t i = 0; i < m; ++i) {
      messages.push_back({"close", election_domain::drill, election, {values.random.octets<32>()}});
      list.push_back(sign(keys[i % 3], messages[i], values.random).value());
    }
  }

  /// Adds delta to the response of a signature.
  void shift(std::size_t i, const G::scalar& delta) {
    const auto z = *G::decode_scalar(list[i].view().subspan(32));
    const auto octets = G::encode_scalar(z + delta);
    std::copy(octets.begin(), octets.end(), list[i].octets.begin() + 32);
  }

  [[nodiscard]] verification emit_one(std::size_t i, equation_sink<G>& sink) const {
    return emit(sink, public_keys[i % 3], messages[i], list[i]);
  }

  [[nodiscard]] std::vector<batch_failure> failures(executor& workers) const {
    std::vector<digest32> hashes;
    for (std::size_t i = 0; i < list.size(); ++i) {
      hashes.push_back(framed_hash::of("item", messages[i].digest.view(), list[i].view()));
    }
    return verify_batch<G>(
        election, hashes, bases,
        [this](std::size_t i, equation_sink<G>& sink) { return emit_one(i, sink); }, workers);
  }
  [[nodiscard]] std::vector<std::size_t> guilty() const {
    sequential_executor one;
    const auto pool = make_jthread_executor(3);
    const auto found = failures(one);
    EXPECT_EQ(found, failures(*pool)) << "threads change nothing";
    std::vector<std::size_t> out;
    for (const auto& failure : found) {
      EXPECT_FALSE(failure.reason.empty());
      out.push_back(failure.item);
    }
    return out;
  }

  digest32 election;
  shared_bases<G> bases;
  std::vector<verification_key<G>> public_keys;
  std::vector<signed_message> messages;
  std::vector<wire_signature> list;
};

using indices = std::vector<std::size_t>;

TEST(verify_batch, good_batches_of_every_size) {
  proof_fixture<G> values;
  for (const std::size_t m : {0U, 1U, 2U, 3U, 7U, 16U, 33U}) {
    EXPECT_EQ(signatures(values, m).guilty(), indices{}) << m;
  }
}

TEST(verify_batch, names_every_culprit) {
  proof_fixture<G> values;
  signatures good(values, 13);
  for (std::size_t i = 0; i < 13; ++i) {
    signatures one = good;
    one.shift(i, values.nonzero());
    EXPECT_EQ(one.guilty(), indices{i});
  }
  signatures several = good;
  for (const std::size_t i : {0U, 5U, 6U, 12U}) {
    several.shift(i, values.nonzero());
  }
  EXPECT_EQ(several.guilty(), (indices{0, 5, 6, 12}));
  signatures all(values, 6);
  for (std::size_t i = 0; i < 6; ++i) {
    all.shift(i, G::scalar_from_u64(1));
  }
  EXPECT_EQ(all.guilty(), (indices{0, 1, 2, 3, 4, 5}));
  signatures alone(values, 1);
  alone.shift(0, values.nonzero());
  EXPECT_EQ(alone.guilty(), indices{0});
}

/// Two items whose errors cancel in an unweighted sum, and also if both had one weight.
TEST(verify_batch, cancelling_errors_are_found) {
  proof_fixture<G> values;
  signatures s(values, 20);
  const G::scalar delta = values.nonzero();
  s.shift(3, delta);
  s.shift(11, -delta);

  std::vector<G::element> sums;
  for (std::size_t i = 0; i < s.list.size(); ++i) {
    testing::recording_sink<G> sink(s.bases);
    ASSERT_TRUE(s.emit_one(i, sink));
    sums.push_back(sink.failures().empty() ? G::identity()
                                           : G::mul_base_vartime(i == 3 ? delta : -delta));
    EXPECT_EQ(sink.failures().empty(), i != 3 && i != 11);
  }
  ASSERT_TRUE(G::is_identity(G::sum(sums))) << "the attack works without weights";
  EXPECT_EQ(s.guilty(), (indices{3, 11}));
}

/// Errors fitted to the weights of the batch before it was changed do not cancel afterwards: the
/// weights depend on the responses.
TEST(verify_batch, errors_fitted_to_earlier_weights_are_found) {
  proof_fixture<G> values;
  signatures s(values, 4);
  const auto hashes = [&s] {
    std::vector<digest32> out;
    for (std::size_t i = 0; i < s.list.size(); ++i) {
      out.push_back(framed_hash::of("item", s.messages[i].digest.view(), s.list[i].view()));
    }
    return out;
  };
  const weights before = batch_weights(s.election, hashes());
  const G::scalar delta = values.nonzero();
  s.shift(0, delta * before.at<G>(3, 0));
  s.shift(2, -(delta * before.at<G>(1, 0)));
  collecting_sink<G> fixed(s.bases, before);
  for (std::uint32_t i = 0; i < 4; ++i) {
    fixed.begin_item(i + 1);
    ASSERT_TRUE(s.emit_one(i, fixed));
  }
  ASSERT_TRUE(G::is_identity(fixed.sum())) << "the attack works against fixed weights";
  EXPECT_EQ(s.guilty(), (indices{0, 2}));
}

TEST(verify_batch, items_rejected_outside_the_equations) {
  proof_fixture<G> values;
  signatures s(values, 12);
  s.list[4].octets[0] ^= std::byte{1};     // an odd first byte is no element
  s.list[9].octets[63] = std::byte{0xFF};  // not below q
  EXPECT_EQ(s.guilty(), (indices{4, 9}));
  s.shift(5, values.nonzero());
  EXPECT_EQ(s.guilty(), (indices{4, 5, 9}));
  sequential_executor one;
  const auto found = s.failures(one);
  EXPECT_NE(found[0].reason.find("commitments"), std::string::npos) << found[0].reason;
  EXPECT_EQ(found[1].reason, "equation 0 does not hold");
  EXPECT_NE(found[2].reason.find("scalars/0"), std::string::npos) << found[2].reason;
}

/// An item that emits a false equation and then rejects itself is guilty alone.
TEST(verify_batch, a_rejection_in_the_middle_blames_nobody_else) {
  const shared_bases<G> bases;
  const std::vector<digest32> hashes(9);
  const item_emitter<G> emitter = [](std::size_t item, equation_sink<G>& sink) {
    sink.begin_equation();
    sink.add_base(generator_base, G::scalar_from_u64(item == 7 ? 1 : 0));
    return item == 7 ? verification::rejected("half-way") : verification::ok();
  };
  sequential_executor one;
  const auto found = verify_batch<G>(digest32{}, hashes, bases, emitter, one);
  EXPECT_EQ(found, (std::vector<batch_failure>{{7, "half-way"}}));
}

/// Every equation of an item is checked, not only the first.
TEST(verify_batch, later_equations_count) {
  const shared_bases<G> bases;
  const std::vector<digest32> hashes(5);
  for (std::size_t bad = 0; bad < 3; ++bad) {
    const item_emitter<G> emitter = [bad](std::size_t item, equation_sink<G>& sink) {
      for (std::size_t k = 0; k < 3; ++k) {
        sink.begin_equation();
        sink.add(G::generator());
        sink.add_base(generator_base, -G::scalar_from_u64(item == 2 && k == bad ? 2 : 1));
      }
      return verification::ok();
    };
    sequential_executor one;
    const auto found = verify_batch<G>(digest32{}, hashes, bases, emitter, one);
    EXPECT_EQ(
        found,
        (std::vector<batch_failure>{{2, "equation " + std::to_string(bad) + " does not hold"}}));
  }
}

TEST(verify_batch, a_good_batch_is_emitted_once) {
  std::atomic<int> emissions = 0;
  const shared_bases<G> bases;
  const std::vector<digest32> hashes(100);
  const auto pool = make_jthread_executor(2);
  const auto found = verify_batch<G>(
      digest32{}, hashes, bases,
      [&emissions](std::size_t, equation_sink<G>& sink) {
        ++emissions;
        sink.begin_equation();
        sink.add(G::generator());
        sink.subtract(G::generator());
        return verification::ok();
      },
      *pool);
  EXPECT_TRUE(found.empty());
  EXPECT_EQ(emissions, 100);
}

}  // namespace
}  // namespace sandoq
