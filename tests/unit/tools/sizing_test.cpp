#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "tests/support/temporary_directory.hpp"
#include "tools/sandoq/sizing/estimate.hpp"
#include "tools/sandoq/sizing/estimate_words.hpp"
#include "tools/sandoq/sizing/measure.hpp"
#include "tools/sandoq/sizing/profile_scenario.hpp"
#include "tools/sandoq/strict_json.hpp"

namespace sandoq::tool {
namespace {

// Two areas of one kind, three branches, four devices, a contest of 3 of 12 in each area.
constexpr std::string_view town_profile = R"({
  "format": "sandoq-profiles-1",
  "profiles": [{
    "name": "town", "title": {"en": "Town", "fa": "شهر"},
    "voters": 1000, "drill_voters": 10, "challenged_of_1000": 0, "spoiled_of_1000": 0,
    "boards": [{"trustees": 3, "threshold": 2}, {"trustees": 1, "threshold": 1}],
    "polling_minutes": 100, "seconds_a_voter": 60, "deadline_minutes": 10,
    "links_kbit_s": [32], "levels_above": 2, "everywhere_of_1000": 1000, "everywhere": [],
    "areas": [{"count": 2, "branches": 3, "devices": 4, "of_1000_voters": 1000, "contests": [
      {"encoding": "bit-vector", "options": 24, "max_choices": 3, "seats": 3, "alternates": 2}]}]
  }]
})";

constexpr std::string_view machine_text = R"({
  "format": "sandoq-machine-1", "name": "a machine", "threads": 2,
  "microseconds": {
    "ceremony": {"once": 1000, "trustee_pair": 100, "manifest_byte": 0.25},
    "voting": {"device": 5000, "device_signature": 60, "ballot": 300, "ballot_contest": 7,
               "ciphertext": 20, "slot_base": 21, "slot_term": 23,
               "packed_ciphertext": 24, "packed_mark": 25},
    "tally": {"device": 4000, "busy_device_ciphertext": 50, "busy_device_slot_bit": 51,
              "ballot": 200, "ballot_contest": 5, "ciphertext": 10, "slot_element": 31,
              "slot_bit": 32, "packed_ciphertext": 33, "node_ciphertext": 3},
    "mixing": {"base": 41, "stage": 4200, "line": 43, "pair": 44},
    "opening": {"once": 500, "answer": 70, "answer_ciphertext": 11, "list_answer": 71,
                "list_answer_pair": 12, "opened_slot": 13, "opened_packed": 14, "slot_code": 15},
    "verify": {"once": 900, "manifest_byte": 0.5, "device": 3000, "device_signature": 80,
               "ballot": 150, "ballot_contest": 6, "ciphertext": 9, "challenged_ciphertext": 4,
               "block_slot_base": 60, "slot_element": 61, "slot_bit": 62, "challenged_slot_term": 63,
               "packed_ciphertext": 64, "challenged_packed": 65, "node_ciphertext": 2,
               "answer_ciphertext": 13, "mix_stage": 660, "mix_line": 67, "mix_pair": 68,
               "list_answer_pair": 69, "opened_packed": 16, "slot_code": 17}
  }
})";

std::string with_text(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  const std::size_t at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? out : out.replace(at, from.size(), to);
}

election_profile sized_town() {
  auto read = profiles_from_json(town_profile);
  EXPECT_TRUE(read) << to_string(read.error());
  return read ? read->front() : election_profile{};
}

machine_profile a_machine() {
  const auto read = machine_from_json(machine_text);
  EXPECT_TRUE(read) << to_string(read.error());
  return read.value_or(machine_profile{});
}

TEST(Sizing, CountsWhatThereIsToDo) {
  const auto work = workload_of(sized_town(), 1000);
  ASSERT_TRUE(work);
  EXPECT_EQ(work->made.ballots, 1000);
  EXPECT_EQ(work->made.contests, 1000);
  EXPECT_EQ(work->made.ciphertexts, 13'000);  // 12 options and blank
  EXPECT_EQ(work->challenged.ciphertexts, 0);
  EXPECT_EQ(work->cast.contests, 1000);
  EXPECT_EQ(work->cast.ciphertexts, 13'000);
  EXPECT_EQ(work->devices, 4);
  EXPECT_EQ(work->busy_devices, 4);
  EXPECT_EQ(work->first.ciphertexts, 4 * 13);
  EXPECT_EQ(work->branches, 3);
  EXPECT_EQ(work->nodes, 2 + 2 + 3);
  // Of the contests, one is summed in its area, two branches and the two places above, the other in
  // one branch less.
  EXPECT_EQ(work->node_ciphertexts, 13 * (5 + 4));
  EXPECT_EQ(work->contest_ciphertexts, 26);
  EXPECT_EQ(work->trustee_pairs, 3 * 3 + 1);
  EXPECT_EQ(work->signers, 2 + 1);
  EXPECT_EQ(work->device_signatures, 4 * 3);
  EXPECT_EQ(work->answers, 2 * 3);
  EXPECT_EQ(work->answer_ciphertexts, 26 * 3);
  EXPECT_EQ(work->ballot_bytes, 1000.0 * 1703);  // as README says of 3 of 12
}

TEST(Sizing, ALargeElectorateIsItsSampleManyTimes) {
  const auto work = workload_of(sized_town(), 2'000'000);
  ASSERT_TRUE(work);
  EXPECT_DOUBLE_EQ(work->made.ballots, 2e6);
  EXPECT_DOUBLE_EQ(work->ballot_bytes, 2e6 * 1703);
  // A device for a thousand voters: two branches share those of one area, one has those of the
  // other.
  EXPECT_EQ(work->devices, 2000);
  EXPECT_EQ(work->busy_devices, 2000);
  EXPECT_EQ(work->first.ciphertexts, 2000 * 13);
}

TEST(Sizing, CountsContestsAndChallengesOfBallots) {
  election_profile profile = sized_town();
  profile.challenged_of_1000 = 1000;
  profile.everywhere = {{4, 1, 1, 0}};
  const auto work = workload_of(profile, 100);
  ASSERT_TRUE(work);
  EXPECT_EQ(work->cast.contests, 200);
  EXPECT_EQ(work->made.contests, 400);
  EXPECT_EQ(work->cast.ciphertexts, 100 * (13 + 5));
  EXPECT_EQ(work->challenged.ciphertexts, 100 * (13 + 5));
}

TEST(Sizing, DevicesGrowWithTheVotersBeyondTheProfile) {
  election_profile profile = sized_town();
  profile.voters = 6000;
  const auto devices = [&](std::uint64_t voters) { return workload_of(profile, voters)->devices; };
  EXPECT_EQ(devices(10), 4);
  EXPECT_EQ(devices(6000), 4);  // as the profile says, however many that are for each
  EXPECT_EQ(devices(6001), 2 + 2 + 3);
}

TEST(Sizing, MultipliesCostsWithNumbers) {
  const auto found = estimate_of(sized_town(), 1000, a_machine());
  ASSERT_TRUE(found);
  const auto seconds = [&](work_phase p) { return found->seconds[static_cast<std::size_t>(p)]; };
  const double manifest = found->work.manifest_bytes;
  EXPECT_EQ(manifest, profile_scenario(sized_town(), {1000, 1}).plan.encode().size());
  EXPECT_DOUBLE_EQ(seconds(work_phase::ceremony), (1000 + 10 * 100 + manifest / 4) / 1e6);
  EXPECT_DOUBLE_EQ(seconds(work_phase::voting),
                   (4 * 5000 + 12 * 60 + 1000 * (300 + 7) + 13'000 * 20) / 1e6);
  EXPECT_DOUBLE_EQ(seconds(work_phase::tally),
                   (4 * 4000 + 52 * 50 + 1000 * (200 + 5) + 13'000 * 10 + 117 * 3) / 1e6);
  EXPECT_DOUBLE_EQ(seconds(work_phase::opening), (500 + 6 * 70 + 78 * 11) / 1e6);
  EXPECT_DOUBLE_EQ(seconds(work_phase::verify),
                   (900 + manifest / 2 + 4 * 3000 + 12 * 80 + 1000 * (150 + 6) + 13'000 * 9 +
                    117 * 2 + 78 * 13) /
                       1e6);
  EXPECT_EQ(found->booths_needed, 10U);  // 1,000 minutes of voters in 100
  EXPECT_EQ(found->machines_verify, 1U);
  EXPECT_DOUBLE_EQ(found->seconds_a_ballot, 2 * 0.58772 / 1000);
  const double device = 190 + 2 * 3 * 100;
  EXPECT_DOUBLE_EQ(found->branch_bytes, (1'703'000 + 4 * device) / 3);
  ASSERT_EQ(found->links.size(), 1U);
  EXPECT_DOUBLE_EQ(found->links[0].seconds, found->branch_bytes * 8 / 32'000);
}

TEST(Sizing, TellsHowManyMachinesMeetTheDeadline) {
  machine_profile slow = a_machine();
  slow.microseconds[static_cast<std::size_t>(work_phase::verify)] = {0, 0, 0, 0, 2e6};
  const auto found = estimate_of(sized_town(), 1000, slow);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->machines_verify, 4U);  // 2,000 s in 600 s
}

TEST(Sizing, RefusesBadProfilesWithTheirPlace) {
  struct bad {
    const char *from, *to, *place, *reason;
  };
  const std::vector<bad> all = {
      {"sandoq-profiles-1", "other", "format", "sandoq-profiles-1"},
      {"\"voters\": 1000", "\"voters\": 0", "profiles[0].voters", "1 to"},
      {"\"voters\": 1000", "\"voters\": -1", "profiles[0].voters", "whole number"},
      {"\"voters\": 1000", "\"voters\": 1.5", "profiles[0].voters", "whole number"},
      {"\"voters\": 1000", "\"voter\": 1000", "profiles[0].voter", "unknown"},
      {"bit-vector", "auto", "profiles[0].areas[0].contests[0].encoding", "slots, packed-subset"},
      {"\"options\": 24", "\"options\": 1", "profiles[0].areas[0].contests[0].options", "2 to"},
      {"\"options\": 24", "\"options\": 4000", "profiles[0].areas[0].contests[0].options", "2048"},
      {"\"max_choices\": 3", "\"max_choices\": 13", "profiles[0].areas[0].contests[0].max_choices",
       "1 to 12"},
      {"\"threshold\": 2", "\"threshold\": 4", "profiles[0].boards[0].threshold", "2 to 3"},
      {"\"branches\": 3", "\"branches\": 1", "profiles[0].areas[0].branches", "2 to"},
      {"\"devices\": 4", "\"devices\": 2", "profiles[0].areas[0].devices", "3 to"},
      {"\"of_1000_voters\": 1000", "\"of_1000_voters\": 900", "profiles[0].areas", "900"},
      {"[32]", "[]", "profiles[0].links_kbit_s", "1 to 8"},
      {"[32]", "[0]", "profiles[0].links_kbit_s[0]", "at least 1"},
      {"\"everywhere\": [],", "", "profiles[0].everywhere", "missing"},
      {"\"name\": \"town\"", "\"name\": \"\"", "profiles[0].name", "1 to 64"},
      {"\"town\"", "\"to\\nwn\"", "profiles[0].name", "line break"},
      {"\"town\"", "\"to\\u007fwn\"", "profiles[0].name", "control character"},
      {"\"en\": \"Town\"", "\"\": \"Town\"", "profiles[0].title", "1 to 16 bytes, not 0"},
      {"\"en\": \"Town\"", "\"en-of-a-whole-town\": \"Town\"", "profiles[0].title",
       "1 to 16 bytes, not 18"},
      {"\"voters\": 1000", "\"voters\": 1000, \"voters\": 2", "", "written twice"},
      {"{", "", "", "JSON"},
  };
  for (const bad& each : all) {
    const auto read = profiles_from_json(with_text(town_profile, each.from, each.to));
    ASSERT_FALSE(read) << each.to;
    EXPECT_EQ(read.error().place, each.place) << each.to;
    EXPECT_NE(read.error().reason.find(each.reason), std::string::npos) << read.error().reason;
  }
}

TEST(Sizing, RefusesAnElectionThatNoManifestHolds) {
  const std::string many =
      with_text(with_text(with_text(town_profile, "\"count\": 2", "\"count\": 900"),
                          "\"branches\": 3, \"devices\": 4", "\"branches\": 900, \"devices\": 900"),
                "\"options\": 24", "\"options\": 90000");
  const auto read = profiles_from_json(many);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, errc::too_large);
  EXPECT_NE(read.error().reason.find("90900"), std::string::npos) << read.error().reason;
}

TEST(Sizing, RefusesAnElectionThatCannotBeHeld) {
  const std::string_view contests =
      R"({"encoding": "bit-vector", "options": 24, "max_choices": 3, "seats": 3, "alternates": 2})";
  const std::string asks_nothing = with_text(town_profile, contests, "");
  const auto nothing = profiles_from_json(asks_nothing);
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().place, "profiles[0].areas[0].contests");
  EXPECT_NE(nothing.error().reason.find("everywhere"), std::string::npos);
  // What everybody votes on is enough.
  const auto everywhere = profiles_from_json(with_text(
      asks_nothing, "\"everywhere\": []", "\"everywhere\": [" + std::string(contests) + "]"));
  ASSERT_TRUE(everywhere) << to_string(everywhere.error());
  EXPECT_TRUE(manifest::decode(profile_scenario(everywhere->front(), {5, 1}).plan.encode()));

  const auto titled = [](std::size_t octets) {
    return profiles_from_json(with_text(town_profile, "\"en\": \"Town\"",
                                        "\"en\": \"" + std::string(octets, 'T') + "\""));
  };
  for (const std::size_t octets : {1025U, 5000U}) {
    const auto read = titled(octets);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().place, "profiles[0].title.en");
    EXPECT_NE(read.error().reason.find(std::to_string(octets)), std::string::npos);
    EXPECT_NE(read.error().reason.find("at most 1024"), std::string::npos);
  }
  const auto longest = titled(1024);
  ASSERT_TRUE(longest) << to_string(longest.error());
  EXPECT_TRUE(manifest::decode(profile_scenario(longest->front(), {5, 1}).plan.encode()));

  std::string languages = "\"a0\": \"\"";
  for (const char* more : {"a1", "a2", "a3", "a4", "a5", "a6", "a7"}) {
    languages += std::string(", \"") + more + "\": \"\"";
  }
  const auto many = profiles_from_json(
      with_text(town_profile, "\"en\": \"Town\", \"fa\": ", languages + ", \"fa\": "));
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().place, "profiles[0].title");
  EXPECT_NE(many.error().reason.find("at most 8"), std::string::npos);
}

TEST(Sizing, RefusesBadMachinesWithTheirPlace) {
  const std::vector<std::array<std::string, 3>> all = {
      {"\"ballot\": 300", "\"ballot\": -1", "microseconds.voting.ballot"},
      {"\"ballot\": 300", "\"ballot\": \"300\"", "microseconds.voting.ballot"},
      {"\"ballot\": 300", "\"ballot\": 1e300", "microseconds.voting.ballot"},
      {"\"ballot\": 300, ", "", "microseconds.voting.ballot"},
      {"\"threads\": 2", "\"threads\": 0", "threads"},
      {"\"opening\"", "\"closing\"", "microseconds.closing"},
      {"sandoq-machine-1", "sandoq-profiles-1", "format"},
  };
  for (const auto& [from, to, place] : all) {
    const auto read = machine_from_json(with_text(machine_text, from, to));
    ASSERT_FALSE(read) << to;
    EXPECT_EQ(read.error().place, place) << to;
  }
}

TEST(Sizing, AMachineIsReadAsItWasWritten) {
  const machine_profile machine = a_machine();
  const auto again = machine_from_json(machine_to_json(machine));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->microseconds, machine.microseconds);
  EXPECT_EQ(again->threads, 2U);
  EXPECT_EQ(again->name, "a machine");
}

TEST(Sizing, FindsProfilesByNameAndByFile) {
  const auto missing = find_profile("atlantis");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().reason.find("village, shorayari, nation, tehran, tabriz, mazandaran"),
            std::string::npos);
  const testing::temporary_directory place;
  const std::string path = place.path() / "town.json";
  std::ofstream(path) << town_profile;
  const auto found = find_profile(path);
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_EQ(found->name, "town");
}

/// The text of one of the shipped profiles, as a file of its own.
json copied_entry(const char* name) {
  json all = json::parse(shipped_profiles());
  json kept = json::array();
  for (json& each : all["profiles"]) {
    if (each["name"] == name) {
      kept.push_back(each);
    }
  }
  all["profiles"] = kept;
  return all;
}

TEST(Sizing, ACopyInAFileCountsThoughItKeepsItsName) {
  const testing::temporary_directory place;
  const std::string path = place.path() / "own.json";
  for (const char* name : {"village", "shorayari"}) {
    json text = copied_entry(name);
    json& own = text["profiles"].at(0);
    own["boards"] = json::array({{{"trustees", 5}, {"threshold", 4}}});
    own["areas"][0]["branches"] = 1705;
    own["areas"][0]["devices"] = 1707;
    own["areas"][0]["contests"][0]["options"] = name == std::string("village") ? 15 : 12'037;
    std::ofstream(path) << text;
    const auto found = find_profile(path);
    ASSERT_TRUE(found) << to_string(found.error());
    EXPECT_EQ(found->name, name);
    EXPECT_FALSE(found->shipped);
    const auto shipped = find_profile(name);
    ASSERT_TRUE(shipped);
    EXPECT_TRUE(shipped->shipped);
    EXPECT_TRUE(shipped_profile(name).shipped);
    const auto planned = workload_of(drill_scenario(*found, {5, 1}), 5);
    const auto sized = workload_of(*found, 5);
    const auto others = workload_of(*shipped, 5);
    ASSERT_TRUE(planned && sized && others);
    const profile_area& was = shipped->areas[0];
    for (const workload& work : {*planned, *sized}) {
      EXPECT_EQ(work.signers, 4) << name;
      EXPECT_EQ(work.trustee_pairs, 25) << name;
      EXPECT_EQ(work.branches, others->branches + 1705 - was.branches) << name;
      EXPECT_EQ(work.devices, others->devices + 1707 - was.devices) << name;
      EXPECT_EQ(work.contest_ciphertexts,
                others->contest_ciphertexts + (name == std::string("village") ? 3 : 7))
          << name;
    }
  }
}

/// Encodings and what hangs on them, of all contests, in no order.
std::multiset<std::vector<std::uint32_t>> kinds_of(const manifest& m) {
  std::multiset<std::vector<std::uint32_t>> out;
  for (const contest_entry& contest : m.contests) {
    out.insert({static_cast<std::uint32_t>(contest.encoding), contest.max_choices, contest.seats,
                contest.alternates, static_cast<std::uint32_t>(contest.lists.empty() ? 0 : 1)});
  }
  return out;
}

TEST(Sizing, DrillsHaveTheContestsOfTheirProfiles) {
  for (const char* name : {"village", "shorayari", "nation", "tabriz", "mazandaran"}) {
    const election_profile& profile = shipped_profile(name);
    EXPECT_EQ(kinds_of(drill_scenario(profile, {5, 1}).plan),
              kinds_of(profile_scenario(profile, {5, 1}).plan))
        << name;
  }
  // But for the lists, which no profile tells of.
  const contest_entry council =
      drill_scenario(shipped_profile("tehran"), {5, 1}).plan.contests.at(0);
  const profile_contest& like = shipped_profile("tehran").everywhere.at(0);
  EXPECT_EQ(council.encoding, like.encoding);
  EXPECT_EQ(council.max_choices, like.max_choices);
  EXPECT_EQ(council.seats, like.seats);
  EXPECT_EQ(council.alternates, like.alternates);
}

TEST(Sizing, DrillsHaveTheSizeOfTheirProfiles) {
  for (const char* name : {"village", "shorayari", "nation", "tehran", "tabriz", "mazandaran"}) {
    const election_profile& profile = shipped_profile(name);
    // Some drills open the branches that so many voters fill.
    const scenario s = drill_scenario(profile, {profile.voters, 1, 5});
    EXPECT_EQ(s.voters.size(), 5U) << name;
    EXPECT_TRUE(s.plan.check_rules()) << name;
    std::uint64_t branches = 0;
    std::uint64_t devices = 0;
    std::uint64_t options = 0;
    std::uint64_t contests = profile.everywhere.size();
    for (const profile_contest& contest : profile.everywhere) {
      options += contest.options;
    }
    for (const profile_area& area : profile.areas) {
      branches += area.branches;
      devices += area.devices;
      contests += area.count * area.contests.size();
      for (const profile_contest& contest : area.contests) {
        options += contest.options;
      }
    }
    std::uint64_t held = 0;
    for (const auto& [branch, number] : s.devices) {
      held += number;
    }
    std::uint64_t offered = 0;
    for (const contest_entry& contest : s.plan.contests) {
      offered += contest.options.size();
    }
    EXPECT_EQ(s.devices.size(), branches) << name;
    EXPECT_EQ(held, devices) << name;
    EXPECT_EQ(s.plan.contests.size(), contests) << name;
    EXPECT_EQ(offered, options) << name;
    EXPECT_EQ(s.plan.boards.size(), profile.boards.size()) << name;
    for (std::size_t b = 0; b < profile.boards.size(); ++b) {
      EXPECT_EQ(s.plan.boards[b].trustees.size(), profile.boards[b].trustees) << name;
      EXPECT_EQ(s.plan.boards[b].threshold, profile.boards[b].threshold) << name;
    }
  }
}

TEST(Sizing, FitsCostsThatExplainWhatWasMeasured) {
  const std::vector<std::vector<double>> rows = {{1, 10, 0}, {1, 100, 0}, {1, 10, 50}, {1, 40, 9}};
  std::vector<double> measured;
  for (const auto& row : rows) {
    measured.push_back(7 * row[0] + 3 * row[1] + 2 * row[2]);
  }
  const std::vector<double> costs = fitted_costs(rows, measured);
  ASSERT_EQ(costs.size(), 3U);
  EXPECT_NEAR(costs[0], 7, 1e-6);
  EXPECT_NEAR(costs[1], 3, 1e-6);
  EXPECT_NEAR(costs[2], 2, 1e-6);
  // What seems to cost less than nothing costs nothing.
  const std::vector<std::vector<double>> fewer = {{1, 1}, {1, 2}};
  const std::vector<double> falling = {10, 5};
  for (const double cost : fitted_costs(fewer, falling)) {
    EXPECT_GE(cost, 0);
  }
}

/// The elements that are left open or closed in the wrong order; empty if the text is well formed.
std::string unbalanced(std::string_view text) {
  const std::set<std::string, std::less<>> alone{"meta", "input", "br"};
  std::vector<std::string> open;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::size_t end = text.find('>', at);
    if (end == std::string_view::npos) {
      return "an unfinished tag";
    }
    const std::string_view tag = text.substr(at + 1, end - at - 1);
    if (tag.empty() || tag.front() == '!') {
      continue;
    }
    const bool closes = tag.front() == '/';
    const std::string name(tag.substr(closes ? 1 : 0, tag.find(' ') - (closes ? 1 : 0)));
    if (!closes && !alone.contains(name)) {
      open.push_back(name);
    } else if (closes && (open.empty() || open.back() != name)) {
      return "</" + name + ">";
    } else if (closes) {
      open.pop_back();
    }
  }
  return open.empty() ? "" : "<" + open.back() + ">";
}

TEST(Sizing, ThePageIsWellFormedAndInBothLanguages) {
  election_profile profile = sized_town();
  profile.title = {{"en", "Town <script>"}, {"fa", "شهر"}};
  const auto found = estimate_of(profile, 1000, a_machine());
  ASSERT_TRUE(found);
  const std::string page = estimate_page(*found, language::persian, "0.1.0");
  EXPECT_EQ(unbalanced(page), "");
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("http:"), std::string::npos);
  EXPECT_EQ(page.find("https:"), std::string::npos);
  for (const language in : {language::english, language::persian}) {
    const estimate_words& words = estimate_words_of(in);
    for (const std::string_view word : {words.phases_title, words.storage_title, words.disk,
                                        words.phases[0], words.phases[5], words.booths}) {
      EXPECT_NE(page.find(word), std::string::npos) << word;
      EXPECT_NE(estimate_text(*found, in).find(word), std::string::npos) << word;
    }
  }
  EXPECT_NE(page.find("۱٬۰۰۰"), std::string::npos);
  EXPECT_NE(estimate_text(*found, language::english).find("1,000"), std::string::npos);
}

TEST(Sizing, SpansAndSizesReadWell) {
  EXPECT_EQ(span_text(language::english, 0.0004), "0.4 ms");
  EXPECT_EQ(span_text(language::english, 5), "5.0 s");
  EXPECT_EQ(span_text(language::english, 600), "10 min");
  EXPECT_EQ(span_text(language::english, 36'000), "10 h");
  EXPECT_EQ(size_text(language::english, 1'700'000), "1.7 MB");
  EXPECT_EQ(size_text(language::persian, 2'500'000'000.0), "۲٫۵ گیگابایت");
}

}  // namespace
}  // namespace sandoq::tool
