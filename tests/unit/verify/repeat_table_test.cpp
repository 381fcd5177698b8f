#include "lib/verify/repeat_table.hpp"

#include <gtest/gtest.h>

#include <random>

namespace sandoq {
namespace {

struct finding {
  std::string place;
  std::string first;
  friend bool operator==(const finding&, const finding&) = default;
};

// All passes over a record with these values, as verify_ballots makes them.
std::optional<finding> find_repeated(const std::vector<byte_array<32>>& values,
                                     std::size_t capacity) {
  const auto workers = make_jthread_executor(3);
  repeat_table table(digest32{}, values.size(), capacity);
  for (std::uint64_t p = 0; p < table.partitions(); ++p) {
    table.begin(p);
    for (const byte_array<32>& value : values) {
      table.note(value);
    }
    table.end(*workers);
  }
  if (!table.has_suspects()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::string first;
    if (table.seen_before(values[i], std::to_string(i), first)) {
      return finding{std::to_string(i), first};
    }
  }
  return std::nullopt;
}

std::vector<byte_array<32>> distinct(std::mt19937_64& random, std::size_t count) {
  std::vector<byte_array<32>> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::byte& octet : out[i]) {
      octet = static_cast<std::byte>(random());
    }
    for (std::size_t k = 0; k < 8; ++k) {
      out[i][24 + k] = static_cast<std::byte>(i >> (8 * k));
    }
  }
  return out;
}

TEST(RepeatTable, FindsARepetitionWhereverItStands) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (const std::size_t capacity : {std::size_t{1'000'000}, std::size_t{1000}, std::size_t{37}}) {
    for (int trial = 0; trial < 20; ++trial) {
      std::vector<byte_array<32>> values = distinct(random, 2000);
      EXPECT_EQ(find_repeated(values, capacity), std::nullopt);
      const std::size_t a = random() % values.size();
      const std::size_t b = random() % values.size();
      if (a != b) {
        values[std::max(a, b)] = values[std::min(a, b)];
        EXPECT_EQ(find_repeated(values, capacity),
                  (finding{std::to_string(std::max(a, b)), std::to_string(std::min(a, b))}));
      }
    }
  }
}

TEST(RepeatTable, NamesTheFirstRepetitionOfMany) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  std::vector<byte_array<32>> values = distinct(random, 100);
  values.insert(values.end(), values.begin(), values.end());
  values.insert(values.end(), values.begin(), values.begin() + 100);
  EXPECT_EQ(find_repeated(values, 40), (finding{"100", "0"}));
}

TEST(RepeatTable, TellsNeighboursApart) {
  std::vector<byte_array<32>> values(2);
  for (std::size_t bit = 0; bit < 256; ++bit) {
    values[1] = {};
    values[1][bit / 8] = static_cast<std::byte>(1U << (bit % 8));
    EXPECT_EQ(find_repeated(values, 10), std::nullopt) << bit;
  }
}

TEST(RepeatTable, IsEmptyForNoValues) {
  EXPECT_EQ(find_repeated({}, 10), std::nullopt);
}

}  // namespace
}  // namespace sandoq
