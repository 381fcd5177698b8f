#include "sandoq/ballot/ballot_size.hpp"

#include <gtest/gtest.h>

#include <string>

#include "sandoq/ballot/manifest.hpp"

namespace sandoq {
namespace {

// A manifest with one style of one contest, as far as sizes depend on it.
manifest one_contest(std::uint32_t options, std::uint32_t max, blank_option blank) {
  manifest m;
  contest_entry contest;
  contest.id = "contest";
  for (std::uint32_t i = 0; i < options; ++i) {
    contest.options.push_back({"option-" + std::to_string(i), {}});
  }
  contest.max_choices = max;
  contest.min_choices = 1;
  contest.blank = blank;
  m.contests = {contest};
  m.styles = {{"style", {contest_index(0)}}};
  return m;
}

TEST(ballot_size, keeps_its_promise_for_three_of_ten_and_of_twenty) {
  const auto ten = ballot_record_bytes(one_contest(10, 3, blank_option::counted), style_index(0));
  const auto twenty =
      ballot_record_bytes(one_contest(20, 3, blank_option::counted), style_index(0));
  ASSERT_TRUE(ten.has_value());
  ASSERT_TRUE(twenty.has_value());
  EXPECT_LE(*ten, 1550U);
  EXPECT_LE(*twenty, 2500U);
  RecordProperty("ten", static_cast<int>(*ten));
  RecordProperty("twenty", static_cast<int>(*twenty));
}

TEST(ballot_size, adds_up_by_hand) {
  // n = 10, blank: 11 ciphertexts, 13 bits, so 12 responses.
  const manifest m = one_contest(10, 3, blank_option::counted);
  const std::uint64_t proof = 6 * 32 + 4 + 12 * 32 + 3 * 32;
  const std::uint64_t contest = 1 + 4 + 11 * 64 + proof;
  const std::uint64_t ballot = 4 + 4 + 4 + 4 + 2 + 4 + contest + 8 + 32 + 32;
  EXPECT_EQ(*ballot_bytes(m, style_index(0)), ballot);
  // Frames: 0x08 kind 0x12 length, before it the length of that; two bytes for lengths from 128.
  EXPECT_EQ(*ballot_record_bytes(m, style_index(0)), (2 + 3 + 2 + ballot) + (1 + 3 + 1 + 20));
}

// The council of Tehran: what a slot ballot and a packed one of 21 of 5,063 take.
TEST(ballot_size, of_slots_and_packed_choices_of_tehran) {
  manifest m = one_contest(5063, 21, blank_option::counted);
  const std::uint64_t around = 4 + 4 + 4 + 4 + 2 + 4 + 1 + 4 + 8 + 32 + 32;
  m.contests[0].encoding = contest_encoding::slots;
  EXPECT_EQ(*ballot_bytes(m, style_index(0)), around + 1408 + 996);
  EXPECT_EQ(contest_ballot_size_of(m.contests[0])->ciphertexts, 22U);
  m.contests[0].encoding = contest_encoding::packed_subset;
  EXPECT_EQ(*ballot_bytes(m, style_index(0)), around + 64 + 64);  // 193 bits: one ciphertext
  m.contests[0].text_bytes = 31;
  EXPECT_EQ(*ballot_bytes(m, style_index(0)), around + 3 * 64 + 64);
  m.contests[0].encoding = contest_encoding{7};
  EXPECT_EQ(ballot_bytes(m, style_index(0)).error().code, errc::unsupported);
}

TEST(ballot_size, of_slots_is_small_for_as_many_options_as_there_can_be) {
  manifest m = one_contest(8192, 21, blank_option::counted);
  m.contests[0].encoding = contest_encoding::slots;
  EXPECT_LE(contest_ballot_size_of(m.contests[0])->proof_bytes, 1200U);
}

TEST(ballot_size, of_a_ranking_of_three) {
  manifest m = one_contest(22, 3, blank_option::counted);
  m.contests[0].encoding = contest_encoding::packed_ranking;
  const auto size = contest_ballot_size_of(m.contests[0]);
  ASSERT_TRUE(size);
  EXPECT_EQ(size->ciphertexts, 1U);
  EXPECT_EQ(size->proof_bytes, 64U);
}

TEST(ballot_size, of_what_does_not_exist_is_an_error) {
  manifest m = one_contest(10, 3, blank_option::counted);
  EXPECT_FALSE(ballot_bytes(m, style_index(1)).has_value());
  m.styles[0].contests[0] = contest_index(1);
  EXPECT_FALSE(ballot_record_bytes(m, style_index(0)).has_value());
  m = one_contest(10, 11, blank_option::counted);
  EXPECT_FALSE(ballot_record_bytes(m, style_index(0)).has_value());
}

}  // namespace
}  // namespace sandoq
