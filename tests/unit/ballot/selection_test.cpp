#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sandoq/ballot/selection_secret.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/sample_election.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::sample_election;
using testing::test_seed;

std::vector<option_index> marks(const std::vector<std::uint32_t>& indices) {
  std::vector<option_index> out;
  for (const std::uint32_t i : indices) {
    out.emplace_back(i);
  }
  return out;
}

std::vector<int> plain(const contest_selection& selection) {
  std::vector<int> out;
  for (const std::byte octet : declassify<"a test looks at it">(selection.choices())) {
    out.push_back(std::to_integer<int>(octet));
  }
  return out;
}

secret_bytes choices(const std::vector<int>& bits) {
  bytes octets;
  for (const int bit : bits) {
    octets.push_back(static_cast<std::byte>(bit));
  }
  return secret_bytes(byte_view(octets));
}

class selection : public ::testing::Test {
 protected:
  selection() : election_(random_), context_(election_.context()) {}

  [[nodiscard]] const contest_terms& contest(std::uint32_t i) const {
    return context_.terms(contest_index(i));
  }
  [[nodiscard]] contest_selection one(std::uint32_t i) const {
    return *contest_selection::of_options(contest(i), marks({0}));
  }
  template <class... Selections>
  [[nodiscard]] result<ballot_selection> ballot(std::uint32_t branch, std::uint32_t style,
                                                Selections... selections) const {
    std::vector<contest_selection> list;
    (list.push_back(std::move(selections)), ...);
    return ballot_selection::make(context_, branch_index(branch), style_index(style),
                                  std::move(list));
  }

  deterministic_random random_{test_seed()};
  sample_election election_;
  election_context context_;
};

// council: 10 options, 1 to 3, blank; mayor: 3 options, 0 or 1, no blank.

TEST_F(selection, marks_become_bits) {
  EXPECT_EQ(plain(*contest_selection::of_options(contest(0), marks({9, 0, 4}))),
            (std::vector<int>{1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0}));
  EXPECT_EQ(plain(*contest_selection::of_options(contest(0), marks({5}))),
            (std::vector<int>{0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0}));
  EXPECT_EQ(plain(*contest_selection::of_options(contest(1), marks({2}))),
            (std::vector<int>{0, 0, 1}));
  EXPECT_EQ(plain(*contest_selection::of_options(contest(1), marks({}))),
            (std::vector<int>{0, 0, 0}));
  EXPECT_EQ(plain(*contest_selection::of_blank(contest(0))),
            (std::vector<int>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
}

TEST_F(selection, what_is_not_permitted_is_told_before_anything_is_encrypted) {
  const auto reason = [](const result<contest_selection>& refused) {
    EXPECT_FALSE(refused.has_value());
    return refused ? std::string() : refused.error().reason;
  };
  const auto of = [&](std::uint32_t c, const std::vector<std::uint32_t>& indices) {
    return reason(contest_selection::of_options(contest(c), marks(indices)));
  };
  EXPECT_NE(of(0, {0, 1, 2, 3}).find("at most 3 options"), std::string::npos);
  EXPECT_NE(of(0, {}).find("at least 1 option, or blank"), std::string::npos);
  EXPECT_NE(of(0, {10}).find("does not exist"), std::string::npos);
  EXPECT_NE(of(0, {1, 0xffffffffU}).find("does not exist"), std::string::npos);
  EXPECT_NE(of(0, {4, 4}).find("twice"), std::string::npos);
  EXPECT_NE(of(1, {0, 1}).find("at most 1 option"), std::string::npos);
  EXPECT_NE(reason(contest_selection::of_blank(contest(1))).find("blank"), std::string::npos);
}

// Every way to fill the slots of both contests, against counting.
TEST_F(selection, slots_become_bits_whatever_they_hold) {
  for (const std::uint32_t c : {0U, 1U}) {
    const bit_vector_shape& shape = contest(c).bits();
    const std::uint32_t n = shape.options();
    const std::uint32_t values = n + 2;  // the options, one that does not exist, none
    std::uint32_t fillings = 1;
    for (std::uint32_t i = 0; i < shape.limit(); ++i) {
      fillings *= values;
    }
    for (std::uint32_t filling = 0; filling < fillings; ++filling) {
      std::vector<option_index> slots;
      std::vector<int> bits(shape.ciphertexts());
      std::uint32_t marked = 0;
      bool permitted = true;
      for (std::uint32_t rest = filling; slots.size() < shape.limit(); rest /= values) {
        const std::uint32_t value = rest % values;
        slots.push_back(value == n + 1 ? contest_selection::no_option : option_index(value));
        if (value <= n) {
          permitted = permitted && value < n && bits[value] == 0;
          bits[value < n ? value : 0] = 1;
          ++marked;
        }
      }
      if (marked == 0 && shape.counts_blank()) {
        bits.back() = 1;
      } else {
        permitted = permitted && marked >= shape.minimum();
      }
      const auto made = contest_selection::of_slots(contest(c), slots);
      ASSERT_EQ(made.has_value(), permitted) << "contest " << c << ", filling " << filling;
      if (made) {
        ASSERT_EQ(plain(*made), bits) << "contest " << c << ", filling " << filling;
      }
    }
  }
}

TEST_F(selection, there_are_as_many_slots_as_permitted_marks) {
  for (const std::size_t count : {0U, 1U, 2U, 4U}) {
    const std::vector<option_index> slots(count, contest_selection::no_option);
    const auto made = contest_selection::of_slots(contest(0), slots);
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().code, errc::mismatch);
    EXPECT_NE(made.error().reason.find("needs 3 slots"), std::string::npos);
  }
  EXPECT_EQ(contest_selection::of_slots(contest(0), marks({4, 4, 1})).error().code,
            errc::duplicate);
  EXPECT_EQ(contest_selection::of_slots(contest(0), marks({4, 10, 1})).error().code,
            errc::out_of_range);
}

TEST_F(selection, choices_are_judged_by_their_weighted_sum) {
  const auto of = [&](const std::vector<int>& bits) {
    return contest_selection::of_choices(contest(0), choices(bits));
  };
  // Every selection of 11 bits, against counting.
  for (unsigned mask = 0; mask < (1U << 11U); ++mask) {
    std::vector<int> bits;
    for (unsigned i = 0; i < 11; ++i) {
      bits.push_back(static_cast<int>((mask >> i) & 1U));
    }
    const auto marked = std::count(bits.begin(), bits.end() - 1, 1);
    const bool permitted = bits.back() == 1 ? marked == 0 : marked >= 1 && marked <= 3;
    const auto judged = of(bits);
    EXPECT_EQ(judged.has_value(), permitted) << mask;
    if (judged) {
      EXPECT_EQ(plain(*judged), bits);
    }
  }
  EXPECT_NE(of({2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}).error().reason.find("0 or 1"), std::string::npos);
  EXPECT_NE(of({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255}).error().reason.find("0 or 1"),
            std::string::npos);
  EXPECT_EQ(of({1, 0, 0}).error().code, errc::mismatch);
  EXPECT_EQ(of({}).error().code, errc::mismatch);
}

TEST_F(selection, of_a_ballot_fits_branch_and_style) {
  EXPECT_TRUE(ballot(3, 0, one(0)).has_value());
  EXPECT_TRUE(ballot(3, 1, one(0), one(1)).has_value());
  EXPECT_TRUE(ballot(8, 2, one(0), one(2)).has_value());
}

TEST_F(selection, of_the_wrong_branch_or_style_is_refused) {
  EXPECT_EQ(ballot(2, 0, one(0)).error().code, errc::out_of_range);   // a city
  EXPECT_EQ(ballot(10, 0, one(0)).error().code, errc::out_of_range);  // no node
  EXPECT_EQ(ballot(3, 3, one(0)).error().code, errc::out_of_range);   // no style
  EXPECT_EQ(ballot(4, 0, one(0)).error().code, errc::mismatch);       // not given there
  EXPECT_EQ(ballot(3, 2, one(0), one(2)).error().code, errc::mismatch);
}

TEST_F(selection, of_other_contests_than_the_style_has_is_refused) {
  EXPECT_EQ(ballot(3, 0).error().code, errc::mismatch);
  EXPECT_EQ(ballot(3, 1, one(0)).error().code, errc::mismatch);
  EXPECT_EQ(ballot(3, 0, one(1)).error().code, errc::mismatch);
  EXPECT_EQ(ballot(3, 1, one(1), one(0)).error().code, errc::mismatch);
  EXPECT_EQ(ballot(3, 1, one(0), one(0)).error().code, errc::mismatch);
  EXPECT_EQ(ballot(3, 0, one(0), one(1)).error().code, errc::mismatch);
}

}  // namespace
}  // namespace sandoq
