// Profiles with contests that are mixed: what is read, and the drills they make.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tools/sandoq/drill.hpp"
#include "tools/sandoq/sizing/estimate.hpp"
#include "tools/sandoq/sizing/estimate_words.hpp"
#include "tools/sandoq/sizing/profile_scenario.hpp"

namespace sandoq::sizing_mixed_test {
namespace {

using tool::election_profile;

// A city with a council of slots, two districts with a ranking and a question with a write-in each.
constexpr std::string_view city_profile = R"({
  "format": "sandoq-profiles-1",
  "profiles": [{
    "name": "city", "title": {"en": "City"},
    "voters": 1000, "drill_voters": 10, "challenged_of_1000": 0, "spoiled_of_1000": 0,
    "boards": [{"trustees": 3, "threshold": 2}, {"trustees": 1, "threshold": 1}],
    "polling_minutes": 100, "seconds_a_voter": 60, "deadline_minutes": 10,
    "links_kbit_s": [32], "levels_above": 2, "everywhere_of_1000": 1000, "everywhere": [
      {"encoding": "slots", "options": 300, "max_choices": 5, "seats": 5, "alternates": 2}],
    "areas": [{"count": 2, "branches": 3, "devices": 4, "of_1000_voters": 1000, "contests": [
      {"encoding": "packed-ranking", "options": 20, "max_choices": 4, "seats": 1, "alternates": 0},
      {"encoding": "packed-subset", "options": 40, "max_choices": 3, "seats": 3, "alternates": 0,
       "text": 60}]}]
  }]
})";

std::string with_text(std::string_view from, std::string_view to) {
  std::string out(city_profile);
  const std::size_t at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? out : out.replace(at, from.size(), to);
}

election_profile city() {
  auto read = tool::profiles_from_json(city_profile);
  EXPECT_TRUE(read) << to_string(read.error());
  return read ? read->front() : election_profile{};
}

TEST(MixedSizing, ReadsContestsOfEveryEncoding) {
  const election_profile read = city();
  EXPECT_EQ(read.everywhere.at(0).encoding, contest_encoding::slots);
  EXPECT_EQ(read.areas.at(0).contests.at(0).encoding, contest_encoding::packed_ranking);
  EXPECT_EQ(read.areas.at(0).contests.at(1).encoding, contest_encoding::packed_subset);
  EXPECT_EQ(read.areas.at(0).contests.at(1).text_bytes, 60U);
  EXPECT_EQ(read.areas.at(0).contests.at(0).text_bytes, 0U);
}

TEST(MixedSizing, RefusesWhatNoContestOfItsEncodingHas) {
  const std::string slots = "profiles[0].everywhere[0]";
  const std::string ranking = "profiles[0].areas[0].contests[0]";
  const std::string subset = "profiles[0].areas[0].contests[1]";
  const std::string areas = "profiles[0].areas";
  const std::vector<std::array<std::string, 4>> all = {
      {"\"slots\"", "\"codes\"", slots + ".encoding", "packed-ranking"},
      {"\"options\": 300", "\"options\": 8193", slots + ".options", "1 to 8192"},
      {"\"max_choices\": 5", "\"max_choices\": 65", slots + ".max_choices", "1 to 64"},
      {"\"seats\": 5", "\"seats\": 301", slots + ".seats", "1 to 300"},
      {"\"alternates\": 2", "\"alternates\": 2, \"text\": 9", slots + ".text", "packed-subset"},
      {"\"options\": 20", "\"options\": 257", ranking + ".options", "2 to 256"},
      {"\"max_choices\": 4", "\"max_choices\": 11", ranking + ".max_choices", "1 to 10"},
      {"\"seats\": 1", "\"seats\": 10", ranking + ".seats", "1 to 9"},
      {"\"seats\": 1, \"alternates\": 0", "\"seats\": 3, \"alternates\": 1",
       ranking + ".alternates", "elect no alternates"},
      {"\"seats\": 1,", "\"seats\": 3, \"method\": \"irv\",", ranking + ".method", "one seat"},
      {"\"seats\": 1,", "\"seats\": 10, \"method\": \"stv\",", ranking + ".seats", "1 to 9"},
      {"\"seats\": 1,", "\"seats\": 10, \"method\": \"borda\",", "", ""},
      {"\"seats\": 1, \"alternates\": 0",
       "\"seats\": 3, \"alternates\": 7, \"method\": \"schulze\"", "", ""},
      {"\"seats\": 1,", "\"seats\": 1, \"method\": \"plurality\",", ranking + ".method",
       "schulze or borda"},
      {"\"text\": 60", "\"text\": 60, \"method\": \"irv\"", subset + ".method", "packed-ranking"},
      {"\"text\": 60", "\"text\": 241", subset + ".text", "0 to 240"},
      {"\"text\": 60", "\"words\": 60", subset + ".words", "unknown"},
      {"\"options\": 40, \"max_choices\": 3", "\"options\": 16384, \"max_choices\": 64", "",
       ""},  // as many as there may be
      {"\"options\": 40, \"max_choices\": 3", "\"options\": 16386, \"max_choices\": 3",
       subset + ".options", "2 to 16384"},
  };
  for (const auto& [from, to, place, reason] : all) {
    const auto read = tool::profiles_from_json(with_text(from, to));
    ASSERT_EQ(read.has_value(), place.empty()) << to;
    if (!read) {
      EXPECT_EQ(read.error().place, place) << to;
      EXPECT_NE(read.error().reason.find(reason), std::string::npos) << read.error().reason;
    }
  }
}

TEST(MixedSizing, RefusesWhatNoManifestHolds) {
  const auto refused = [](std::string_view contest) {
    const auto read = tool::profiles_from_json(
        with_text("\"contests\": [", "\"contests\": [" + std::string(contest) + ","));
    EXPECT_FALSE(read) << contest;
    return read ? error{} : read.error();
  };
  const error choices = refused(
      R"({"encoding": "packed-subset", "options": 16384, "max_choices": 64, "seats": 3, "alternates": 0},
         {"encoding": "packed-subset", "options": 2, "max_choices": 1, "seats": 1, "alternates": 0})");
  EXPECT_EQ(choices.place, "profiles[0].areas");
  EXPECT_NE(choices.reason.find("1048698"), std::string::npos) << choices.reason;
  EXPECT_NE(choices.reason.find("take slots"), std::string::npos) << choices.reason;

  std::string many = with_text("\"count\": 2, \"branches\": 3, \"devices\": 4",
                               "\"count\": 30, \"branches\": 30, \"devices\": 30");
  many.replace(many.find("\"packed-ranking\", \"options\": 20"), 31,
               "\"slots\", \"options\": 200000");
  many.replace(many.find("\"options\": 40, \"max_choices\": 3"), 31,
               "\"options\": 120, \"max_choices\": 3");
  const auto read = tool::profiles_from_json(many);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().place, "profiles[0].areas");
  EXPECT_NE(read.error().reason.find("200420 options"), std::string::npos) << read.error().reason;
}

TEST(MixedSizing, MakesADrillThatCanBeHeld) {
  for (const char* seats : {"\"seats\": 1, \"alternates\": 0", "\"seats\": 3, \"alternates\": 0"}) {
    const auto read = tool::profiles_from_json(with_text("\"seats\": 1, \"alternates\": 0", seats));
    ASSERT_TRUE(read) << to_string(read.error());
    const tool::scenario s = tool::profile_scenario(read->front(), {300, 1});
    const auto good = s.plan.check_rules();
    ASSERT_TRUE(good) << to_string(good.error());
    ASSERT_TRUE(manifest::decode(s.plan.encode()));
    ASSERT_EQ(s.plan.contests.size(), 5U);
    EXPECT_EQ(s.plan.contests[0].max_choices, 5U);
    EXPECT_EQ(s.plan.contests[2].text_bytes, 60U);
    bool ordered = true;
    for (const tool::voter& v : s.voters) {
      ASSERT_EQ(v.choices.size(), 3U);
      ordered = ordered && std::is_sorted(v.choices[1].begin(), v.choices[1].end());
      EXPECT_TRUE(std::is_sorted(v.choices[0].begin(), v.choices[0].end()));
    }
    EXPECT_FALSE(ordered) << "rankings are ranked";
  }
}

TEST(MixedSizing, CountsWhatThereIsToDo) {
  const auto work = tool::workload_of(city(), 1000);
  ASSERT_TRUE(work) << to_string(work.error());
  // 12 elements of six ciphertexts, 18 of a proof for 64 bits: seven ranges of nine, and blank.
  EXPECT_EQ(work->made.slot_elements, 1000 * (12 + 18));
  EXPECT_EQ(work->made.slot_bits, 1000 * 64);
  EXPECT_EQ(work->made.slot_terms, 1000 * 64 * 7);
  EXPECT_EQ(work->made.packed_ciphertexts, 1000 * (1 + 3));  // a write-in takes two
  EXPECT_EQ(work->made.packed_marks, 1000 * 20 * 3);
  EXPECT_EQ(work->made.ciphertexts, 0);
  EXPECT_EQ(work->first.slot_bits, 4 * 64);
  EXPECT_EQ(work->slot_bases, 2 * 64);
  // Only blanks of the council are added up, in seven places.
  EXPECT_EQ(work->node_ciphertexts, 7);
  EXPECT_EQ(work->contest_ciphertexts, 1);
  EXPECT_EQ(work->answers, 3);
  EXPECT_EQ(work->answer_ciphertexts, 3);
  EXPECT_EQ(work->result_counts, 301 + 2 * (2 + 22));

  EXPECT_EQ(work->mix.lists, 5);
  EXPECT_EQ(work->mix.stages, 5 * 2);
  EXPECT_EQ(work->mix.bases, 5000);
  EXPECT_EQ(work->mix.lines, 2 * (5000 + 1000 + 1000));
  EXPECT_EQ(work->mix.pairs, 2 * (5000 + 1000 + 3000));
  EXPECT_EQ(work->mix.proved_pairs, work->mix.pairs);
  EXPECT_EQ(work->mix.answers, 5 * 3);
  EXPECT_EQ(work->mix.answer_pairs, 3 * 9000);
  EXPECT_EQ(work->mix.opened_slots, 5000);
  EXPECT_EQ(work->mix.opened_packed, 4000);
  EXPECT_EQ(work->mix.codes, 305);
}

TEST(MixedSizing, DividesLongLists) {
  const auto work = tool::workload_of(city(), 2'000'000);
  ASSERT_TRUE(work) << to_string(work.error());
  // At most 2^20 slots in each: 209,715 ballots. Those of one area are a list each.
  EXPECT_EQ(work->mix.lists, 10 + 4);
  EXPECT_NEAR(work->mix.opened_slots, 1e7, 200);
  EXPECT_NEAR(work->mix.bases, 62'500, 500);  // sixteen rows
  EXPECT_GT(work->mix.proved_pairs, 3 * work->mix.pairs);
  const auto nobody =
      tool::mix_load_of(tool::profile_scenario(city(), {1, 1}).plan,
                        std::vector<double>{0, 1, 0, 0, 0}, std::vector<std::uint64_t>(5, 3));
  ASSERT_TRUE(nobody);
  EXPECT_EQ(nobody->lists, 0) << "one ballot alone is not mixed";
}

TEST(MixedSizing, MultipliesCostsOfMixing) {
  tool::machine_profile machine;
  constexpr auto mixing = static_cast<std::size_t>(tool::work_phase::mixing);
  machine.microseconds[mixing] = {41, 4200, 43, 44};
  const auto found = tool::estimate_of(city(), 1000, machine);
  ASSERT_TRUE(found);
  EXPECT_DOUBLE_EQ(found->seconds[mixing],
                   (5000 * 41 + 10 * 4200 + 14'000 * 43 + 18'000 * 44) / 1e6);
  EXPECT_NE(tool::estimate_json(*found).find("\"mixing\": 1.6"), std::string::npos);
  EXPECT_NE(tool::estimate_json(*found).find("\"mixed_lists\": 5"), std::string::npos);
  const std::string page = tool::estimate_page(*found, tool::language::english, "0.1.0");
  for (const tool::language in : {tool::language::english, tool::language::persian}) {
    const tool::estimate_words& words = tool::estimate_words_of(in);
    for (const std::string_view word : {words.phases[mixing], words.lists}) {
      EXPECT_NE(page.find(word), std::string::npos) << word;
      EXPECT_NE(tool::estimate_text(*found, in).find(word), std::string::npos) << word;
    }
  }
  // Where nothing is mixed nobody reads of it.
  election_profile plain = city();
  plain.everywhere = {{4, 1, 1, 0}};
  plain.areas[0].contests.clear();
  const auto added_up = tool::estimate_of(plain, 1000, machine);
  ASSERT_TRUE(added_up);
  EXPECT_EQ(tool::estimate_text(*added_up, tool::language::english).find("mix"), std::string::npos);
}

TEST(MixedSizing, RecordsHaveTheBytesThatAreForetold) {
  const testing::temporary_directory place;
  const auto workers = make_executor(1);
  tool::stopwatch watch;
  const auto held = tool::hold_drill(tool::profile_scenario(city(), {40, 1}), {},
                                     place.path() / "record", *workers, watch);
  ASSERT_TRUE(held) << to_string(held.error());
  double mixes = 0;
  double all = 0;
  for (const auto& file : std::filesystem::directory_iterator(place.path() / "record")) {
    const auto octets = static_cast<double>(file.file_size());
    all += octets;
    mixes += file.path().filename().string().starts_with("mix-") ? octets : 0;
  }
  const auto found = tool::estimate_of(city(), 40, {});
  ASSERT_TRUE(found);
  // Requests and answers stand in another file, so it is a little more.
  EXPECT_GT(found->work.mix.bytes, mixes);
  EXPECT_NEAR(found->work.mix.bytes, mixes, mixes / 20);
  EXPECT_NEAR(found->disk_bytes, all, all / 20);
}

}  // namespace
}  // namespace sandoq::sizing_mixed_test
