#include "sandoq/proofs/shuffle.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/elgamal/ciphertext.hpp"
#include "sandoq/proofs/permutation_secret.hpp"
#include "sandoq/proofs/shuffle_prove.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::shuffle_test {
namespace {

using G = ristretto255;
using scalar = G::scalar;
using element = G::element;
using testing::deterministic_random;
using testing::test_seed;

std::vector<std::uint32_t> shown(const secret_permutation& pi) {
  std::vector<std::uint32_t> out;
  for (const auto& index : pi.order()) {
    out.push_back(declassify<"a permutation of a test">(index));
  }
  return out;
}

/// An election whose key the test knows, so that it can open what comes out.
struct mixing {
  explicit mixing(std::size_t bases)
      : k(random_scalar()),
        election(shuffle_election<G>::make({random.octets<32>()}, {random.octets<32>()},
                                           election_domain::drill,
                                           encoded_element<G>(G::mul_base_vartime(k)), bases)
                     .value()),
        tables(election) {}

  scalar random_scalar() { return G::scalar_from_wide(random.octets<64>()); }
  std::vector<element> encrypted(std::span<const std::uint64_t> plaintexts) {
    std::vector<element> out;
    for (const std::uint64_t m : plaintexts) {
      const auto c = encrypt_vartime<G>(G::scalar_from_u64(m), random_scalar(),
                                        election.joint_key().element());
      out.push_back(c.alpha);
      out.push_back(c.beta);
    }
    return out;
  }
  /// mG of every pair, by libsodium.
  [[nodiscard]] std::vector<std::string> opened(const encoded_elements<G>& list) const {
    std::vector<std::string> out;
    const auto key = G::encode_scalar(k);
    const auto raw = [](const auto& octets) {
      return reinterpret_cast<const unsigned char*>(octets.data());
    };
    for (std::size_t i = 0; i < list.size(); i += 2) {
      byte_array<32> shared{}, message{};
      auto* factor = reinterpret_cast<unsigned char*>(shared.data());
      if (crypto_scalarmult_ristretto255(factor, raw(key), raw(list.octets(i, 1))) != 0) {
        shared = {};
      }
      EXPECT_EQ(crypto_core_ristretto255_sub(reinterpret_cast<unsigned char*>(message.data()),
                                             raw(list.octets(i + 1, 1)), factor),
                0);
      out.push_back(to_hex(message));
    }
    return out;
  }
  [[nodiscard]] shuffle_context<G> context() const {
    return {election, "council", "all", {}, 1, 2, {}};
  }
  result<shuffled_list<G>> mix(const shuffle_shape& shape, std::vector<element> inputs) {
    return shuffle(tables, context(), encoded_elements<G>(std::move(inputs)),
                   shuffle_preparation<G>::make(tables, shape, random), random);
  }

  deterministic_random random{test_seed()};
  scalar k;
  shuffle_election<G> election;
  shuffle_prover_tables<G> tables;
};

TEST(shuffle, keeps_the_plaintexts_and_proves_it_in_every_shape) {
  mixing mixer(17);
  struct {
    std::size_t size, width, rows;
  } const shapes[] = {{2, 1, 1}, {17, 1, 1}, {3, 5, 1}, {4, 1, 2}, {13, 1, 4}, {7, 2, 3}};
  for (const auto& [size, width, rows] : shapes) {
    SCOPED_TRACE(std::to_string(size) + " of width " + std::to_string(width) + " in " +
                 std::to_string(rows) + " rows");
    const auto shape = shuffle_shape::with_rows(size, width, rows).value();
    std::vector<std::uint64_t> plaintexts(size * width);
    for (auto& m : plaintexts) {
      m = 1 + mixer.random.below(1000);
    }
    const auto inputs = mixer.encrypted(plaintexts);
    const auto made = mixer.mix(shape, inputs);
    ASSERT_TRUE(made) << to_string(made.error());
    EXPECT_EQ(made->proof.encode().size(), shuffle_proof_bytes<G>(shape));
    const auto verdict = verify(mixer.context(), made->lists, made->proof);
    EXPECT_TRUE(verdict) << verdict.reason();
    EXPECT_TRUE(verify_folded(mixer.context(), made->lists, made->proof));

    // Ciphertext by ciphertext, the same plaintexts in some order, and the identities put in.
    const auto in_order = [&](const encoded_elements<G>& list) {
      const auto pairs = mixer.opened(list);
      std::vector<std::string> out;
      for (std::size_t i = 0; i < pairs.size(); i += shape.width()) {
        out.push_back(pairs[i]);
        for (std::size_t l = 1; l < shape.width(); ++l) {
          out.back() += pairs[i + l];
        }
      }
      std::sort(out.begin(), out.end());
      return out;
    };
    const auto after = in_order(made->lists.outputs());
    EXPECT_EQ(after, in_order(made->lists.inputs()));
    EXPECT_EQ(static_cast<std::size_t>(
                  std::count(after.begin(), after.end(), std::string(64 * width, '0'))),
              shape.total() - shape.size());
  }
}

TEST(shuffle, is_bound_to_its_place) {
  mixing mixer(5);
  const auto shape = shuffle_shape::of(5).value();
  const auto made = mixer.mix(shape, mixer.encrypted(std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
  ASSERT_TRUE(made);
  auto elsewhere = mixer.context();
  elsewhere.stage = 2;
  EXPECT_FALSE(verify(elsewhere, made->lists, made->proof));
  EXPECT_FALSE(verify_folded(elsewhere, made->lists, made->proof));
}

TEST(shuffle, refuses_lists_that_do_not_fit) {
  mixing mixer(3);
  const auto shape = shuffle_shape::of(3).value();
  auto inputs = mixer.encrypted(std::vector<std::uint64_t>{1, 2, 3});
  auto one_short = inputs;
  one_short.resize(4);
  EXPECT_EQ(mixer.mix(shape, one_short).error().code, errc::bad_statement);
  inputs[2] = G::identity();
  EXPECT_EQ(mixer.mix(shape, inputs).error().code, errc::identity_element);
}

TEST(shuffle, rows_follow_from_the_number) {
  struct {
    std::size_t size, rows, columns;
  } const table[] = {
      {2, 1, 2},           {3, 1, 3},          {65536, 1, 65536},     {65537, 1, 65537},
      {131072, 1, 131072}, {131073, 3, 43691}, {1U << 20U, 16, 65536}};
  for (const auto& [size, rows, columns] : table) {
    const auto shape = shuffle_shape::of(size).value();
    EXPECT_EQ(shape.rows(), rows);
    EXPECT_EQ(shape.columns(), columns);
  }
  EXPECT_FALSE(shuffle_shape::of(0));
  EXPECT_FALSE(shuffle_shape::of(1));
  EXPECT_FALSE(shuffle_shape::of((1U << 20U) + 1));
  EXPECT_FALSE(shuffle_shape::of(2, 0));
  EXPECT_FALSE(shuffle_shape::of(2, 65));
  EXPECT_FALSE(shuffle_shape::with_rows(2, 1, 0));
  EXPECT_FALSE(shuffle_shape::with_rows(100, 1, 17));
  EXPECT_FALSE(shuffle_shape::with_rows(131073, 1, 1));
  EXPECT_FALSE(shuffle_shape::with_rows((1U << 20U) + 1, 1, 16));
}

TEST(shuffle, a_proof_needs_the_bases_of_its_rows) {
  mixing mixer(2);
  const auto shape = shuffle_shape::of(3).value();
  EXPECT_DEATH((void)shuffle_preparation<G>::make(mixer.tables, shape, mixer.random),
               "bases for its longest row");
}

TEST(permutation, arranges_as_its_order_says) {
  deterministic_random random{test_seed()};
  for (const std::size_t n : {1U, 2U, 3U, 7U, 64U, 100U, 257U}) {
    const auto pi = secret_permutation::random(n, random);
    const auto order = shown(pi);
    auto sorted = order;
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::uint64_t> items;
    for (std::uint32_t i = 0; i < n; ++i) {
      EXPECT_EQ(sorted[i], i);
      items.push_back(1000 + i);
      items.push_back(5000 + i);
    }
    for (const std::size_t given : {std::size_t{n}, std::size_t{n} / 2}) {
      std::size_t next = 0;
      const auto see = [&](std::size_t i, std::span<const secret<std::uint64_t>> thing) {
        EXPECT_EQ(i, next++);
        ASSERT_EQ(thing.size(), 2U);
        const bool filled = order[i] >= given;
        EXPECT_EQ(declassify<"an item of a test">(thing[0]), filled ? 77 : 1000 + order[i]);
        EXPECT_EQ(declassify<"an item of a test">(thing[1]), filled ? 77 : 5000 + order[i]);
      };
      pi.arrange(std::span<const std::uint64_t>(items).first(2 * given), 2, std::uint64_t{77}, see);
      EXPECT_EQ(next, n);
    }
  }
}

// A network that does not sort would still move things as its order says, but not draw every order
// alike.
TEST(permutation, the_network_sorts) {
  deterministic_random random{test_seed()};
  for (const std::size_t n : {0U, 1U, 2U, 3U, 5U, 8U, 13U, 31U, 64U, 100U, 257U}) {
    std::vector<std::array<std::uint64_t, 3>> records(n);
    std::vector<std::uint64_t> words;
    for (auto& r : records) {
      r = {random.below(4), random.u64(), random.u64()};
      words.insert(words.end(), r.begin(), r.end());
    }
    detail::sort_records(words, 3);
    std::sort(records.begin(), records.end());
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_EQ(words[3 * i + 1], records[i][1]) << n;
      EXPECT_EQ(words[3 * i + 2], records[i][2]) << n;
    }
  }
}

// All orders of three come up: 600 draws leave one out with probability below 2^-150.
TEST(permutation, every_order_is_drawn) {
  deterministic_random random{test_seed()};
  std::vector<std::vector<std::uint32_t>> seen;
  for (int i = 0; i < 600; ++i) {
    seen.push_back(shown(secret_permutation::random(3, random)));
  }
  std::sort(seen.begin(), seen.end());
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  EXPECT_EQ(seen.size(), 6U);
}

TEST(permutation, of_ranks_puts_things_where_they_say) {
  std::vector<secret<std::uint32_t>> ranks;
  for (const std::uint32_t rank : {2U, 0U, 3U, 1U}) {
    ranks.emplace_back(rank);
  }
  EXPECT_EQ(shown(secret_permutation::of_ranks(ranks)), (std::vector<std::uint32_t>{1, 3, 0, 2}));
}

}  // namespace
}  // namespace sandoq::shuffle_test
