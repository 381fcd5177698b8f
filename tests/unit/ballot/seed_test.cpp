#include "sandoq/ballot/seed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "sandoq/ballot/seed_secret.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/sodium_hash.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::sodium_h;
using testing::test_seed;

seed_context context_of(deterministic_random& random) {
  return {digest32{random.octets<32>()}, election_domain::drill, branch_index(7), device_index(2)};
}

byte_array<32> plain(const ballot_seed& seed) {
  return declassify<"a test looks at it">(seed);
}

bytes bound_to(const seed_context& c, std::vector<std::uint32_t> numbers, byte_view secret_part) {
  byte_writer out;
  out.fixed(c.e1.view());
  out.u8(2);
  out.u32(7);
  out.u32(2);
  for (const std::uint32_t n : numbers) {
    out.u32(n);
  }
  out.fixed(secret_part);
  return std::move(out).take();
}

TEST(seed, ratchet_follows_the_formulas) {
  deterministic_random random(test_seed());
  const seed_context context = context_of(random);
  byte_array<32> kappa = random.octets<32>();
  const std::uint32_t capacity = 11;
  auto ratchet =
      seed_ratchet::from_start(context, seed_role(3), capacity, secret<byte_array<32>>(kappa));
  std::vector<digest32> leaves;
  for (std::uint32_t s = 1; s <= capacity; ++s) {
    EXPECT_EQ(ratchet.next(), serial(s));
    const byte_array<32> expected = sodium_h("seed", bound_to(context, {3, s}, kappa)).octets;
    ASSERT_TRUE(ratchet.present().has_value());
    EXPECT_EQ(plain(*ratchet.present()), expected);
    leaves.push_back(sodium_h("seed/leaf", bound_to(context, {3, s}, expected)));
    EXPECT_EQ(seed_leaf(context, seed_role(3), serial(s), expected), leaves.back());
    kappa = sodium_h("ratchet", kappa).octets;
    ratchet.advance();
  }
  EXPECT_EQ(ratchet.root(), merkle_root("seed/node", leaves));
  const auto none_left = ratchet.present();
  ASSERT_FALSE(none_left.has_value());
  EXPECT_EQ(none_left.error().code, errc::out_of_range);
}

TEST(seed, ratchet_comes_back_wherever_it_was) {
  deterministic_random random(test_seed());
  const seed_context context = context_of(random);
  constexpr std::uint32_t capacity = 5;
  const seed_role role(2);
  auto ratchet = seed_ratchet::draw(context, role, capacity, random);
  const auto refused = [&](std::uint32_t used, std::vector<digest32> leaves, const digest32& root) {
    const auto out =
        seed_ratchet::resume(context, role, used, ratchet.memory(), std::move(leaves), root);
    EXPECT_FALSE(out.has_value());
    return out ? errc::io : out.error().code;
  };
  for (std::uint32_t used = 0; used <= capacity; ++used) {
    auto back = seed_ratchet::resume(context, role, used, ratchet.memory(), ratchet.leaves(),
                                     ratchet.root());
    ASSERT_TRUE(back.has_value()) << to_string(back.error());
    EXPECT_EQ(back->next(), ratchet.next());
    EXPECT_EQ(back->capacity(), capacity);
    EXPECT_EQ(back->root(), ratchet.root());
    EXPECT_EQ(back->path(serial(3)), ratchet.path(serial(3)));
    EXPECT_EQ(refused(capacity + 1, ratchet.leaves(), ratchet.root()), errc::out_of_range);
    EXPECT_EQ(refused(used, {}, ratchet.root()), errc::out_of_range);
    EXPECT_EQ(refused(used, ratchet.leaves(), digest32{}), errc::mismatch);
    if (used == capacity) {
      EXPECT_FALSE(back->present().has_value());
      break;
    }
    EXPECT_EQ(plain(*back->present()), plain(*ratchet.present()));
    EXPECT_EQ(refused((used + 1) % capacity, ratchet.leaves(), ratchet.root()), errc::mismatch);
    auto changed = ratchet.leaves();
    changed[4].octets[31] ^= std::byte{1};
    EXPECT_EQ(refused(used, changed, ratchet.root()), errc::mismatch);
    ratchet.advance();
  }
}

TEST(seed, ballot_seed_joins_device_and_boards_alike_in_secret_and_public) {
  deterministic_random random(test_seed());
  const seed_context context = context_of(random);
  const std::vector<byte_array<32>> parts = {random.octets<32>(), random.octets<32>(),
                                             random.octets<32>()};
  bytes joined;
  for (const auto& part : parts) {
    joined.insert(joined.end(), part.begin(), part.end());
  }
  const auto expected = sodium_h("ballot/seed", bound_to(context, {5}, joined)).octets;
  EXPECT_EQ(revealed_ballot_seed(context, serial(5), parts[0], std::span(parts).subspan(1)),
            expected);
  std::vector<ballot_seed> boards;
  boards.emplace_back(parts[1]);
  boards.emplace_back(parts[2]);
  EXPECT_EQ(plain(combine_seeds(context, serial(5), ballot_seed(parts[0]), boards)), expected);
}

class opened_seed : public ::testing::Test {
 protected:
  opened_seed()
      : context_(context_of(random_)),
        ratchet_(seed_ratchet::draw(context_, seed_role_of(board_index(1)), capacity, random_)),
        root_(ratchet_.root()) {
    for (int i = 0; i < 3; ++i) {
      ratchet_.advance();
    }
    opening_ = {plain(*ratchet_.present()), ratchet_.path(ratchet_.next())};
  }
  [[nodiscard]] bool holds(const seed_context& context, seed_role whose, std::uint32_t number,
                           std::uint32_t cap, const digest32& root,
                           const seed_opening& opening) const {
    return check_seed(context, whose, serial(number), cap, root, opening).has_value();
  }

  static constexpr std::uint32_t capacity = 10;
  static constexpr seed_role role{2};
  deterministic_random random_{test_seed()};
  seed_context context_;
  seed_ratchet ratchet_;
  digest32 root_;
  seed_opening opening_;
};

TEST_F(opened_seed, leads_to_its_root) {
  EXPECT_TRUE(holds(context_, role, 4, capacity, root_, opening_));
}

TEST_F(opened_seed, belongs_to_one_election_device_role_and_serial) {
  seed_context other = context_;
  other.e1.octets[0] ^= std::byte{1};
  EXPECT_FALSE(holds(other, role, 4, capacity, root_, opening_));
  other = context_;
  other.domain = election_domain::real;
  EXPECT_FALSE(holds(other, role, 4, capacity, root_, opening_));
  other = context_;
  other.branch = branch_index(8);
  EXPECT_FALSE(holds(other, role, 4, capacity, root_, opening_));
  other = context_;
  other.device = device_index(1);
  EXPECT_FALSE(holds(other, role, 4, capacity, root_, opening_));
  EXPECT_FALSE(holds(context_, device_seed_role, 4, capacity, root_, opening_));
  for (const std::uint32_t number : {0U, 3U, 5U, 11U}) {
    EXPECT_FALSE(holds(context_, role, number, capacity, root_, opening_)) << number;
  }
}

TEST_F(opened_seed, of_another_value_path_or_root_is_refused) {
  for (std::size_t i = 0; i < 32; ++i) {
    seed_opening changed = opening_;
    changed.seed[i] ^= std::byte{1};
    EXPECT_FALSE(holds(context_, role, 4, capacity, root_, changed));
  }
  for (digest32& sibling : opening_.path) {
    sibling.octets[31] ^= std::byte{1};
    EXPECT_FALSE(holds(context_, role, 4, capacity, root_, opening_));
    sibling.octets[31] ^= std::byte{1};
  }
  digest32 root = root_;
  root.octets[5] ^= std::byte{1};
  EXPECT_FALSE(holds(context_, role, 4, capacity, root, opening_));
  seed_opening longer = opening_;
  longer.path.push_back(digest32{});
  EXPECT_FALSE(holds(context_, role, 4, capacity, root_, longer));
  seed_opening shorter = opening_;
  shorter.path.pop_back();
  EXPECT_FALSE(holds(context_, role, 4, capacity, root_, shorter));
}

TEST_F(opened_seed, names_whose_it_is_when_refused) {
  opening_.seed[0] ^= std::byte{1};
  const auto refused = check_seed(context_, role, serial(4), capacity, root_, opening_);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, errc::mismatch);
  EXPECT_NE(refused.error().place.find("board 1"), std::string::npos);
}

TEST_F(opened_seed, reads_back_and_bounds_its_path) {
  byte_writer out;
  write(out, opening_);
  byte_reader in(out.view());
  const auto read = read_seed_opening(in, "seed");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(*read, opening_);
  EXPECT_TRUE(in.finish().has_value());
  for (std::size_t size = 0; size < out.size(); ++size) {
    byte_reader cut(out.view().first(size));
    EXPECT_FALSE(read_seed_opening(cut, "seed").has_value()) << size;
  }
  seed_opening long_path;
  long_path.path.resize(33);
  byte_writer too_long;
  write(too_long, long_path);
  byte_reader in_long(too_long.view());
  const auto refused = read_seed_opening(in_long, "seed");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, errc::too_large);
}

}  // namespace
}  // namespace sandoq
