#include "sandoq/record/items.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "sandoq/core/canonical.hpp"

namespace sandoq {
namespace {

using enum item_kind;

struct one_file {
  record_section section;
  std::vector<item_kind> kinds;
};

// Every exclusion of these tests says that two items follow it. Of no other item is anything read.
bytes content_of(item_kind kind, std::uint32_t evidence = 2) {
  byte_writer out;
  if (kind == exclusion) {
    out.fixed(bytes(4 + 4 + 8 + 1, std::byte{7}));
    out.u32(evidence);
  }
  return std::move(out).take();
}

// The reason of the first refusal, or nothing.
std::string refusal(const std::vector<one_file>& files) {
  item_order order;
  for (const one_file& file : files) {
    order.begin_file(file.section);
    for (const item_kind kind : file.kinds) {
      if (const auto ok = order.next(static_cast<std::uint32_t>(kind), content_of(kind)); !ok) {
        return to_string(ok.error());
      }
    }
    if (const auto ok = order.end_file(); !ok) {
      return to_string(ok.error());
    }
  }
  if (const auto ok = order.end_ballots(); !ok) {
    return to_string(ok.error());
  }
  const auto ok = order.end_mix();
  return ok ? std::string() : to_string(ok.error());
}

std::string ballots_refusal(const std::vector<std::vector<item_kind>>& files) {
  std::vector<one_file> all;
  for (const auto& kinds : files) {
    all.push_back({record_section::ballots, kinds});
  }
  return refusal(all);
}

const one_file a_journal{record_section::ballots, {opening, close}};

TEST(ItemOrder, TakesAWholeRecord) {
  EXPECT_EQ(
      refusal({{record_section::manifest, {manifest}},
               {record_section::ceremony,
                {dkg_commit, dkg_commit, dkg_reveal, dkg_deal, dkg_confirm, election_key}},
               {record_section::ballots, {opening, ballot, cast, ballot, challenge}},
               {record_section::ballots, {ballot, voided, close, opening, close}},
               {record_section::tally, {tally_node, tally_node}},
               {record_section::mix,
                {mix_group, mix_stage, mix_elements, mix_stage, mix_elements, mix_factors}},
               {record_section::mix, {mix_elements, mix_elements, mix_group}},
               {record_section::opening,
                {request, partial, partial, request, list_request, list_partial, result, result}}}),
      "");
}

TEST(ItemOrder, LetsAFileEndBetweenAnyTwoItems) {
  EXPECT_EQ(ballots_refusal({{opening}, {ballot}, {cast}, {close}}), "");
}

TEST(ItemOrder, LetsTallyAndOpeningBeEmpty) {
  EXPECT_EQ(refusal({a_journal, {record_section::tally, {}}, {record_section::opening, {}}}), "");
}

TEST(ItemOrder, RefusesWhatTheJournalGrammarDoesNotAllow) {
  EXPECT_NE(ballots_refusal({{ballot, cast}}), "");
  EXPECT_NE(ballots_refusal({{opening, opening, close}}), "");
  EXPECT_NE(ballots_refusal({{opening, ballot, ballot, cast, close}}), "");
  EXPECT_NE(ballots_refusal({{opening, ballot, close}}), "");
  EXPECT_NE(ballots_refusal({{opening, ballot, cast, cast, close}}), "");
  EXPECT_NE(ballots_refusal({{opening, cast, close}}), "");
  EXPECT_NE(ballots_refusal({{opening, close, close}}), "");
  EXPECT_NE(ballots_refusal({{opening, ballot}, {close}}), "");
  EXPECT_NE(ballots_refusal({{opening, ballot, cast}}), "") << "the last journal is not closed";
  EXPECT_NE(ballots_refusal({{opening, close}, {}}), "") << "an empty ballot file";
  EXPECT_NE(ballots_refusal({}), "") << "no journal";
}

TEST(ItemOrder, TakesRecoveriesExclusionsAndEligibilityLogs) {
  EXPECT_EQ(ballots_refusal({{opening, recovery}}), "");
  EXPECT_EQ(ballots_refusal({{opening, ballot, voided, recovery, eligibility, opening, close}}),
            "");
  EXPECT_EQ(ballots_refusal({{exclusion, opening, close}}), "");
  EXPECT_EQ(ballots_refusal({{exclusion, cast, cast, opening, close, eligibility}}), "")
      << "what is kept as evidence has no order";
  EXPECT_EQ(ballots_refusal({{exclusion, recovery}, {ballot}, {opening, close}}), "");
  EXPECT_EQ(ballots_refusal({{opening, close, exclusion, close, challenge, eligibility}}), "");
}

TEST(ItemOrder, RefusesThemElsewhere) {
  EXPECT_NE(ballots_refusal({{recovery}}), "");
  EXPECT_NE(ballots_refusal({{opening, ballot, recovery}}), "");
  EXPECT_NE(ballots_refusal({{opening, close, recovery}}), "");
  EXPECT_NE(ballots_refusal({{eligibility, opening, close}}), "");
  EXPECT_NE(ballots_refusal({{opening, eligibility, close}}), "");
  EXPECT_NE(ballots_refusal({{opening, close, eligibility, eligibility}}), "");
  EXPECT_NE(ballots_refusal({{exclusion, opening}}), "") << "one item of the evidence is missing";
  EXPECT_NE(ballots_refusal({{opening, exclusion, ballot, close}}), "");
  EXPECT_NE(ballots_refusal({{exclusion, opening, eligibility}}), "");
  EXPECT_NE(ballots_refusal({{exclusion, opening, exclusion, close, close}}), "");
  EXPECT_NE(ballots_refusal({{exclusion, opening, close, close}}), "") << "more than it says";
}

TEST(ItemOrder, ReadsHowMuchEvidenceThereIs) {
  item_order order;
  const auto next = [&order](item_kind kind, const bytes& canonical) {
    return order.next(static_cast<std::uint32_t>(kind), canonical).has_value();
  };
  order.begin_file(record_section::ballots);
  EXPECT_TRUE(next(exclusion, content_of(exclusion, 0)));
  EXPECT_TRUE(order.end_ballots()) << "a journal that was lost leaves no evidence";
  EXPECT_TRUE(next(exclusion, content_of(exclusion, 0xffff'ffffU)));
  EXPECT_TRUE(next(close, {}));
  EXPECT_FALSE(order.end_ballots());
  bytes cut = content_of(exclusion);
  while (!cut.empty()) {
    cut.pop_back();
    item_order fresh;
    fresh.begin_file(record_section::ballots);
    EXPECT_FALSE(fresh.next(static_cast<std::uint32_t>(exclusion), cut));
  }
}

TEST(ItemOrder, RefusesOtherOrdersInOtherFiles) {
  const auto refused = [](record_section section, const std::vector<item_kind>& kinds) {
    return !refusal({a_journal, {section, kinds}}).empty();
  };
  EXPECT_TRUE(refused(record_section::manifest, {}));
  EXPECT_TRUE(refused(record_section::manifest, {manifest, manifest}));
  EXPECT_TRUE(refused(record_section::manifest, {election_key}));
  EXPECT_TRUE(refused(record_section::ceremony, {}));
  EXPECT_TRUE(refused(record_section::ceremony, {dkg_commit, dkg_confirm}));
  EXPECT_TRUE(refused(record_section::ceremony, {dkg_reveal, dkg_commit, election_key}));
  EXPECT_TRUE(refused(record_section::ceremony, {dkg_commit, election_key, election_key}));
  EXPECT_TRUE(refused(record_section::ceremony, {election_key, dkg_commit}));
  EXPECT_TRUE(refused(record_section::tally, {result}));
  EXPECT_TRUE(refused(record_section::opening, {partial}));
  EXPECT_TRUE(refused(record_section::opening, {result, request}));
  EXPECT_TRUE(refused(record_section::opening, {request, partial, result, partial}));
}

// Whether the mix files may hold these.
bool mixes(const std::vector<std::vector<item_kind>>& files) {
  std::vector<one_file> all{a_journal};
  for (const auto& kinds : files) {
    all.push_back({record_section::mix, kinds});
  }
  return refusal(all).empty();
}

TEST(ItemOrder, MixFilesAreOneStream) {
  EXPECT_TRUE(mixes({}));
  EXPECT_TRUE(mixes({{mix_group}}));
  EXPECT_TRUE(mixes({{mix_group}, {mix_stage}, {mix_elements}, {mix_elements}}));
  EXPECT_TRUE(mixes({{mix_group, mix_factors, mix_elements, mix_factors, mix_elements}}));
  EXPECT_TRUE(mixes({{mix_group, mix_factors, mix_elements, mix_group, mix_stage, mix_elements}}));
  EXPECT_FALSE(mixes({{}})) << "an empty file";
  EXPECT_FALSE(mixes({{mix_group}, {}}));
  EXPECT_FALSE(mixes({{mix_elements}}));
  EXPECT_FALSE(mixes({{mix_stage, mix_elements}}));
  EXPECT_FALSE(mixes({{mix_factors, mix_elements}}));
  EXPECT_FALSE(mixes({{mix_group, mix_elements}}));
  EXPECT_FALSE(mixes({{mix_group}, {mix_elements}}));
  EXPECT_FALSE(mixes({{mix_group, mix_stage, mix_stage, mix_elements}}));
  EXPECT_FALSE(mixes({{mix_group, mix_stage}, {mix_group}}));
  EXPECT_FALSE(mixes({{mix_group, mix_factors, mix_elements, mix_stage, mix_elements}}));
  EXPECT_FALSE(mixes({{mix_group, mix_stage, mix_elements, mix_stage}})) << "no list at the end";
  EXPECT_FALSE(mixes({{mix_group, mix_factors}}));
  EXPECT_FALSE(mixes({{mix_group, list_request}}));
}

TEST(ItemOrder, RefusesUnknownKinds) {
  item_order order;
  order.begin_file(record_section::tally);
  for (const std::uint32_t number : {0U, 3U, 17U, 29U, 31U, 39U, 52U, 59U, 64U, 0xffff'ffffU}) {
    EXPECT_FALSE(is_item_kind(number));
    EXPECT_FALSE(order.next(number, {}));
  }
}

// What the names may go on with, of those of a list and of some that no list has.
std::vector<std::string> allowed_after(const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const std::string name :
       {"head.pb", "manifest.pb", "ceremony.pb", "ballots-000001.pb", "ballots-000002.pb",
        "ballots-000003.pb", "ballots-1.pb", "tally.pb", "mix-000000.pb", "mix-000001.pb",
        "mix-000002.pb", "mix-000003.pb", "mix-1.pb", "opening.pb", ""}) {
    file_name_order order;
    for (const std::string& before : names) {
      EXPECT_TRUE(order.next(before)) << before;
    }
    if (order.next(name)) {
      out.push_back(name);
    }
  }
  return out;
}

TEST(FileNames, AreExactlyThoseOfTheList) {
  using names = std::vector<std::string>;
  names list;
  const auto goes_on = [&list](const std::string& name, const names& allowed) {
    EXPECT_EQ(allowed_after(list), allowed) << "before " << name;
    list.push_back(name);
  };
  goes_on("manifest.pb", {"manifest.pb"});
  goes_on("ceremony.pb", {"ceremony.pb"});
  goes_on("ballots-000001.pb", {"ballots-000001.pb"});
  goes_on("ballots-000002.pb", {"ballots-000002.pb", "tally.pb"});
  goes_on("tally.pb", {"ballots-000003.pb", "tally.pb"});
  goes_on("mix-000001.pb", {"mix-000001.pb", "opening.pb"});
  goes_on("mix-000002.pb", {"mix-000002.pb", "opening.pb"});
  goes_on("opening.pb", {"mix-000003.pb", "opening.pb"});
  EXPECT_EQ(allowed_after(list), names());
}

TEST(FileNames, TellTheSectionAndTheEnd) {
  file_name_order order;
  using enum record_section;
  for (const auto& [name, section] : {std::pair("manifest.pb", record_section::manifest),
                                      {"ceremony.pb", ceremony},
                                      {"ballots-000001.pb", ballots},
                                      {"tally.pb", tally},
                                      {"mix-000001.pb", mix}}) {
    EXPECT_EQ(order.next(name), section);
    EXPECT_FALSE(order.end()) << name;
  }
  EXPECT_EQ(order.next("opening.pb"), record_section::opening);
  EXPECT_TRUE(order.end());
}

TEST(FileNames, HaveSixDigits) {
  EXPECT_EQ(ballot_file_name(1), "ballots-000001.pb");
  EXPECT_EQ(ballot_file_name(99'996), "ballots-099996.pb");
  EXPECT_EQ(mix_file_name(1), "mix-000001.pb");
  EXPECT_EQ(mix_file_name(999'999), "mix-999999.pb");
}

TEST(Items, OpeningHasItsOrder) {
  const auto opens = [](std::vector<item_kind> items) {
    item_order order;
    order.begin_file(record_section::opening);
    for (const item_kind kind : items) {
      if (!order.next(static_cast<std::uint32_t>(kind), {})) {
        return false;
      }
    }
    return order.end_file().has_value();
  };
  EXPECT_TRUE(opens({}));
  EXPECT_TRUE(
      opens({lot_commit, lot_commit, request, partial, request, partial, partial, result, result,
             subtotal, attributes, lot_reveal, lot_reveal, lot_beacon, resolution, resolution}));
  EXPECT_TRUE(opens({result, resolution}));
  EXPECT_TRUE(opens({lot_commit, result, subtotal}));
  EXPECT_FALSE(opens({partial}));
  EXPECT_FALSE(opens({lot_commit, partial}));
  EXPECT_FALSE(opens({request, lot_commit}));
  EXPECT_FALSE(opens({request, result, partial}));
  EXPECT_FALSE(opens({result, request}));
  EXPECT_FALSE(opens({subtotal, result}));
  EXPECT_FALSE(opens({attributes, subtotal}));
  EXPECT_FALSE(opens({lot_reveal, attributes}));
  EXPECT_FALSE(opens({lot_beacon, lot_reveal}));
  EXPECT_FALSE(opens({lot_beacon, lot_beacon}));
  EXPECT_FALSE(opens({resolution, lot_beacon}));
  EXPECT_FALSE(opens({resolution, tally_node}));
  EXPECT_TRUE(
      opens({request, partial, list_request, list_partial, list_partial, list_request, list_request,
             list_partial, request, partial, resolution, allocation, allocation}));
  EXPECT_TRUE(opens({list_request, allocation}));
  EXPECT_FALSE(opens({list_partial}));
  EXPECT_FALSE(opens({lot_commit, list_partial}));
  EXPECT_FALSE(opens({request, list_partial}));
  EXPECT_FALSE(opens({request, partial, list_partial}));
  EXPECT_FALSE(opens({list_request, partial}));
  EXPECT_FALSE(opens({list_request, list_partial, partial}));
  EXPECT_FALSE(opens({result, list_request}));
  EXPECT_FALSE(opens({allocation, resolution}));
  EXPECT_FALSE(opens({allocation, result}));
}

}  // namespace
}  // namespace sandoq
