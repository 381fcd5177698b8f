#include "lib/verify/alpha_table.hpp"

#include <gtest/gtest.h>

#include <random>

namespace sandoq {
namespace {

struct finding {
  std::string place;
  std::string first;
  friend bool operator==(const finding&, const finding&) = default;
};

// All passes over a record with these alphas, as verify_ballots makes them.
std::optional<finding> find_repeated(const std::vector<wire_element>& alphas,
                                     std::size_t capacity) {
  alpha_table table(digest32{}, alphas.size(), capacity);
  for (std::uint64_t p = 0; p < table.partitions(); ++p) {
    table.begin(p);
    for (const wire_element& alpha : alphas) {
      table.note(alpha);
    }
    table.end();
  }
  if (!table.has_suspects()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < alphas.size(); ++i) {
    std::string first;
    if (table.seen_before(alphas[i], std::to_string(i), first)) {
      return finding{std::to_string(i), first};
    }
  }
  return std::nullopt;
}

std::vector<wire_element> distinct(std::mt19937_64& random, std::size_t count) {
  std::vector<wire_element> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::byte& octet : out[i].octets) {
      octet = static_cast<std::byte>(random());
    }
    for (std::size_t k = 0; k < 8; ++k) {
      out[i].octets[24 + k] = static_cast<std::byte>(i >> (8 * k));
    }
  }
  return out;
}

TEST(AlphaTable, FindsARepetitionWhereverItStands) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (const std::size_t capacity : {std::size_t{1'000'000}, std::size_t{1000}, std::size_t{37}}) {
    for (int trial = 0; trial < 20; ++trial) {
      std::vector<wire_element> alphas = distinct(random, 2000);
      EXPECT_EQ(find_repeated(alphas, capacity), std::nullopt);
      const std::size_t a = random() % alphas.size();
      const std::size_t b = random() % alphas.size();
      if (a != b) {
        alphas[std::max(a, b)] = alphas[std::min(a, b)];
        EXPECT_EQ(find_repeated(alphas, capacity),
                  (finding{std::to_string(std::max(a, b)), std::to_string(std::min(a, b))}));
      }
    }
  }
}

TEST(AlphaTable, NamesTheFirstRepetitionOfMany) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  std::vector<wire_element> alphas = distinct(random, 100);
  alphas.insert(alphas.end(), alphas.begin(), alphas.end());
  alphas.insert(alphas.end(), alphas.begin(), alphas.begin() + 100);
  EXPECT_EQ(find_repeated(alphas, 40), (finding{"100", "0"}));
}

TEST(AlphaTable, TellsNeighboursApart) {
  std::vector<wire_element> alphas(2);
  for (std::size_t bit = 0; bit < 256; ++bit) {
    alphas[1] = {};
    alphas[1].octets[bit / 8] = static_cast<std::byte>(1U << (bit % 8));
    EXPECT_EQ(find_repeated(alphas, 10), std::nullopt) << bit;
  }
}

TEST(AlphaTable, IsEmptyForNoAlphas) {
  EXPECT_EQ(find_repeated({}, 10), std::nullopt);
}

}  // namespace
}  // namespace sandoq
