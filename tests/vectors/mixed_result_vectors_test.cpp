// spec/75-result/vectors/mixed.json: counts of opened lists, allocations, what settles them.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/contest.hpp"
#include "sandoq/ballot/roster.hpp"
#include "sandoq/tally/contest_allocation.hpp"
#include "sandoq/tally/opened_votes.hpp"
#include "sandoq/tally/settlement.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/vector_fields.hpp"

namespace sandoq::mixed_result_vectors_test {
namespace {

using group = ristretto255;
using testing::digest_of;
using testing::u32_of;
using testing::vector_value;

std::uint64_t u64_of(const vector_value& v) {
  return static_cast<std::uint64_t>(v.number());
}

std::vector<option_index> options_of(const vector_value& list) {
  std::vector<option_index> out;
  for (const vector_value& option : list.items()) {
    out.emplace_back(u32_of(option));
  }
  return out;
}

// A contest has no decoder of its own: it is read in place of that of an empty manifest.
contest_entry contest_of(const vector_value& v) {
  manifest around;
  around.election = "x";
  around.boards.resize(2);
  for (board_entry& board : around.boards) {
    board.id = "b";
    board.threshold = 1;
    board.trustees.resize(1);
    board.trustees[0].id = "t";
  }
  around.nodes = {{"n", node_level::nation, no_parent, {}}};
  around.contests.resize(1);
  around.contests[0].id = "no such contest";
  around.contests[0].options = {{"o", {}}};
  around.styles = {{"s", {contest_index(0)}}};
  around.branch_styles = {{style_index(0)}};
  const bytes whole = around.encode();
  const bytes old = encode(around.contests[0]);
  const bytes wanted = v.octets();
  const auto at = std::search(whole.begin(), whole.end(), old.begin(), old.end());
  bytes spliced(whole.begin(), at);
  spliced.insert(spliced.end(), wanted.begin(), wanted.end());
  spliced.insert(spliced.end(), at + static_cast<std::ptrdiff_t>(old.size()), whole.end());
  const auto read = manifest::decode(spliced);
  EXPECT_TRUE(read) << (read ? "" : to_string(read.error()));
  return read ? read->contests[0] : contest_entry{};
}

// Small lists have no fillings by 48.2, those of the vectors do: the first identities are taken out
// as 60.6 says, and what is left is read as a list without fillings.
result<bytes> without_fillings(const vector_value& opened, std::uint64_t size) {
  bytes out;
  std::uint64_t fillings = opened.items().size() - size;
  for (const vector_value& ciphertext : opened.items()) {
    const bytes elements = ciphertext.joined_octets();
    if (fillings > 0 && elements == bytes(elements.size())) {
      --fillings;
    } else {
      out.insert(out.end(), elements.begin(), elements.end());
    }
  }
  if (fillings > 0) {
    return fail(errc::mismatch, "list", "a filling is missing");
  }
  return out;
}

result<opened_votes> votes_of_group(const contest_entry& contest, const contest_terms& terms,
                                    const vector_value& v) {
  sequential_executor here;
  const std::uint64_t size = u64_of(v.at("size"));
  const auto octets = without_fillings(v.at("opened"), size);
  if (!octets) {
    return tl::unexpected<error>(octets.error());
  }
  const auto opened = encoded_elements<group>::decode(*octets).value();
  if (contest.encoding == contest_encoding::slots) {
    const auto shape = shuffle_shape::of(size).value();
    const slot_code_table table(
        static_cast<std::uint32_t>(contest.options.size() + contest.max_choices));
    return count_codes(table, shape, opened, here).map([&](const auto& codes) {
      return votes_of(contest, size / contest.max_choices, codes);
    });
  }
  const packed_numbers& numbers = terms.packed();
  const auto shape = shuffle_shape::of(size, numbers.shape().width()).value();
  return read_choices(numbers, shape, opened, here).map([&](const opened_choices& choices) {
    return votes_of(contest, choices);
  });
}

std::vector<std::pair<std::vector<option_index>, std::uint64_t>> rankings_of(
    const vector_value& list) {
  std::vector<std::pair<std::vector<option_index>, std::uint64_t>> out;
  for (const vector_value& ranking : list.items()) {
    out.emplace_back(options_of(ranking.at("options")), u64_of(ranking.at("count")));
  }
  return out;
}

// Of what is told of accepted vectors, and of the checks of 90.2 that look at it.
std::string wrong_result(const contest_entry& contest, const vector_value& v) {
  const auto terms = terms_of({}, contest_index(0), contest).value();
  opened_votes all = no_votes(contest);
  for (std::size_t i = 0; i < v.at("groups").items().size(); ++i) {
    const auto votes = votes_of_group(contest, terms, v.at("groups").items()[i]);
    if (!votes) {
      return to_string(votes.error());
    }
    all += *votes;
    if (v.has("group_counts")) {
      auto told = counts_of(contest, *votes, 0);
      told.resize(v.at("group_counts").items().at(i).items().size());
      for (std::size_t c = 0; c < told.size(); ++c) {
        EXPECT_EQ(told[c], u64_of(v.at("group_counts").items()[i].items()[c]));
      }
    }
  }
  const auto published = contest_result::decode(v.at("result").octets()).value();
  if (const auto ok = check_counts(contest, u64_of(v.at("ballots")), published); !ok) {
    return ok.reason();
  }
  std::vector<group::element> sum;
  if (!v.at("sum").is_null()) {
    sum.push_back(group::decode(v.at("sum").joined_octets()).value());
  }
  const bool any = !v.at("groups").items().empty();
  if (const auto ok = check_list_counts(contest, any ? &all : nullptr, sum, published); !ok) {
    return ok.reason();
  }
  if (v.has("write_ins")) {
    const std::vector<std::pair<std::vector<option_index>, std::uint64_t>> rankings(
        all.rankings.begin(), all.rankings.end());
    if (contest.encoding == contest_encoding::packed_ranking) {
      EXPECT_EQ(rankings, rankings_of(v.at("rankings")));
    }
    EXPECT_EQ(all.write_ins.size(), v.at("write_ins").items().size());
    for (const vector_value& text : v.at("write_ins").items()) {
      EXPECT_EQ(all.write_ins[text.at("text").text()], u64_of(text.at("votes")));
    }
  }
  return check_seats(contest, published).reason();
}

void check_list_counts_vector(const vector_value& v) {
  const std::string wrong = wrong_result(contest_of(v.at("contest")), v);
  EXPECT_EQ(wrong.empty(), v.at("expect").text() == "accept") << wrong;
}

ruled_contest ruled_of(const contest_entry& contest, const contest_result& published,
                       const vector_value& rankings) {
  opened_votes votes = no_votes(contest);
  for (const auto& [ranking, count] : rankings_of(rankings)) {
    votes.rankings[ranking] = count;
  }
  return {published.contest, counted_by_rule(contest, published, votes)};
}

void check_allocation_vector(const vector_value& v) {
  const contest_entry contest = contest_of(v.at("contest"));
  const auto published = contest_result::decode(v.at("result").octets()).value();
  tie_attributes attributes{published.contest, {}, {}};
  for (const vector_value& given : v.at("attributes").items()) {
    auto& entry = attributes.options.emplace_back();
    entry.option = option_index(u32_of(given.at("option")));
    for (const vector_value& value : given.at("values").items()) {
      entry.values.push_back(u32_of(value));
    }
  }
  std::optional<digest32> seed;
  if (!v.at("lot_seed").is_null()) {
    seed = digest_of(v.at("lot_seed"));
  }
  const auto made = allocate(contest, ruled_of(contest, published, v.at("rankings")),
                             attributes.options.empty() ? nullptr : &attributes, seed);
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_EQ(made->status == allocation_status::open, v.at("state").text() == "open");
  EXPECT_EQ(tied_options(*made), options_of(v.at("tied_options")));
  const auto item = make_allocation(published.contest, *made).value();
  EXPECT_EQ(item.encode(), v.at("allocation").octets());
  EXPECT_EQ(contest_allocation::decode(v.at("allocation").octets()).value(), item);
}

struct election_of_vectors {
  manifest election;
  digest32 e1;
  std::vector<board_keys> boards;
  std::vector<lot_commit> commits;
  std::vector<contest_tie> ties;
  std::vector<ruled_contest> ruled;
  results_hash results;
};

election_of_vectors read_election(const vector_value& v) {
  election_of_vectors out;
  out.election = manifest::decode(v.at("manifest").octets()).value();
  out.e1 = digest_of(v.at("e1"));
  const auto keys = roster::decode(out.election).value();
  out.boards.assign(keys.boards().begin(), keys.boards().end());
  for (const vector_value& item : v.at("lot_commits").items()) {
    out.commits.push_back(lot_commit::decode(item.octets()).value());
  }
  std::size_t next = 0;
  for (const vector_value& item : v.at("results").items()) {
    const auto published = contest_result::decode(item.octets()).value();
    out.results.add(item.octets());
    for (contest_tie& tie : ties_of(published)) {
      out.ties.push_back(std::move(tie));
    }
    const contest_entry& contest = out.election.contests.at(published.contest.value());
    if (contest.rule == seat_rule::by_law) {
      const vector_value& rankings = v.at("rankings").items().at(next++);
      EXPECT_EQ(rankings.at("contest").number(), published.contest.value());
      out.ruled.push_back(ruled_of(contest, published, rankings.at("rankings")));
    }
  }
  return out;
}

struct settling_items {
  tie_items ties;
  std::vector<contest_allocation> allocations;
};

settling_items read_items(const vector_value& list) {
  settling_items out;
  for (const vector_value& v : list.items()) {
    const bytes octets = v.at("bytes").octets();
    switch (v.at("item").number()) {
      case 44:
        out.ties.attributes.push_back(tie_attributes::decode(octets).value());
        break;
      case 46:
        out.ties.reveals.push_back(lot_reveal::decode(octets).value());
        break;
      case 47:
        out.ties.beacon = lot_beacon::decode(octets).value();
        break;
      case 48:
        out.ties.resolutions.push_back(tie_resolution::decode(octets).value());
        break;
      case 51:
        out.allocations.push_back(contest_allocation::decode(octets).value());
        break;
      default:
        ADD_FAILURE() << "settles nothing";
    }
  }
  return out;
}

std::string wrong_settlement(const election_of_vectors& e, const settling_items& items) {
  const tie_question question{{e.election, e.ties, e.ruled},
                              {e.e1, e.election.domain},
                              e.boards,
                              e.commits,
                              e.results.digest()};
  if (const auto ok = check_ties(question, items.ties); !ok) {
    return ok.reason();
  }
  if (items.allocations.size() != e.ruled.size()) {
    return "not one allocation for every contest of rule 2";
  }
  for (std::size_t i = 0; i < e.ruled.size(); ++i) {
    const auto seats = settle(question, e.ruled[i], items.ties).value();
    const auto computed = make_allocation(e.ruled[i].contest, seats).value();
    if (const auto ok = check_allocation(computed, items.allocations[i]); !ok) {
      return ok.reason();
    }
  }
  return {};
}

TEST(MixedResultVectors, AreReproduced) {
  std::map<std::string, election_of_vectors> elections;
  std::map<std::string, int> seen;
  for (const vector_value& v : testing::load_vectors("75-result/vectors/mixed.json")) {
    SCOPED_TRACE(v.at("id").text() + " " + v.at("comment").text());
    const std::string& kind = v.at("kind").text();
    ++seen[kind];
    if (kind == "list-counts") {
      check_list_counts_vector(v);
    } else if (kind == "allocation") {
      check_allocation_vector(v);
    } else if (kind == "settlement-election") {
      elections.emplace(v.at("id").text(), read_election(v));
    } else {
      ASSERT_EQ(kind, "settlement");
      const std::string wrong =
          wrong_settlement(elections.at(v.at("election_id").text()), read_items(v.at("items")));
      EXPECT_EQ(wrong.empty(), v.at("expect").text() == "accept") << wrong;
    }
  }
  EXPECT_EQ(seen.size(), 4U);
}

}  // namespace
}  // namespace sandoq::mixed_result_vectors_test
