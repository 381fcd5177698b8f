// What ballots hold and devices make of entries, against the reading of 76.2.         SPEC(50.10)

#include "sandoq/ballot/ballot_codes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sandoq/ballot/selection_secret.hpp"
#include "tests/support/ballot_forms.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::ballot_codes_test {
namespace {

using testing::contest_with;
using testing::deterministic_random;
using testing::some_ballot_rule;
using testing::test_seed;
using kind = ballot_entry::entry_kind;
using b = ballot_rule;
using code_list = std::vector<std::uint32_t>;
using std::string_view_literals::operator""sv;

constexpr option_index nobody = contest_selection::no_option;

class forms : public ::testing::Test {
 protected:
  struct numbers {
    deterministic_random random{test_seed()};
    std::uint32_t below(std::uint64_t bound) {
      return static_cast<std::uint32_t>(random.below(bound));
    }
  };

  // A contest whose ballots some encoding can hold, or nothing.
  std::optional<contest_entry> some_contest() {
    const std::uint32_t n = 1 + draw.below(5);
    const b rule = some_ballot_rule(draw, n);
    const std::uint32_t first = draw.below(n + 1);
    contest_entry out = contest_with(static_cast<contest_encoding>(1 + draw.below(3)), n, rule,
                                     first, draw.below(n - first + 1));
    const bool listed = (code_numbers_of(out).lists == code_numbers::list_place::none &&
                         rule.form != b::list_form::closed) ||
                        !out.lists.empty();
    return can_carry(out.encoding, rule) && listed && is_castable(out) ? std::optional(out)
                                                                       : std::nullopt;
  }
  // Codes of closed lists must be ones that can be cast.
  static bool is_castable(const contest_entry& contest) {
    const b& rule = contest.law->ballot;
    if (rule.form != b::list_form::closed || rule.strike != 0 ||
        rule.code != b::list_code::members) {
      return true;
    }
    return std::all_of(contest.lists.begin(), contest.lists.end(), [&](const party_list& list) {
      return list.options.size() >= rule.min_votes &&
             (list.options.size() <= rule.max_votes ||
              rule.overvote == b::overvote_policy::truncate);
    });
  }
  contest_terms terms_of_contest(const contest_entry& contest) {
    auto made = terms_of(digest32{}, contest_index(0), contest);
    EXPECT_TRUE(made) << to_string(made.error());
    return std::move(*made);
  }
  std::vector<ballot_entry> some_entries(const contest_entry& contest) {
    std::vector<ballot_entry> out;
    const b& rule = contest.law->ballot;
    if (rule.code != b::list_code::none && draw.below(2) == 0) {
      const std::size_t unknown = contest.lists.empty() || draw.below(8) == 0 ? 1 : 0;
      out.push_back({kind::list, draw.below(contest.lists.size() + unknown)});
    }
    for (std::uint32_t i = draw.below(3); rule.strike != 0 && i > 0; --i) {
      out.push_back({kind::strike, draw.below(contest.options.size())});
    }
    for (std::uint32_t i = draw.below(rule.max_votes + 3); i > 0; --i) {
      out.push_back({kind::option, draw.below(contest.options.size())});
    }
    return out;
  }

  numbers draw;
};

// By the doors of a booth; nullopt if there are more marks than a device reads.
std::optional<result<contest_selection>> entered(const contest_terms& contest,
                                                 const std::vector<ballot_entry>& entries) {
  const b& rule = contest.codes.entries();
  std::vector<option_index> slots;
  std::vector<option_index> struck;
  list_entries made;
  for (const ballot_entry& entry : entries) {
    if (entry.kind == kind::list) {
      made.list = entry.index;
    } else {
      (entry.kind == kind::strike ? struck : slots).emplace_back(entry.index);
    }
  }
  if (slots.size() > rule.max_votes && rule.overvote == b::overvote_policy::reject) {
    return std::nullopt;
  }
  slots.resize(std::max<std::size_t>(slots.size(), rule.max_votes), nobody);
  made.slots = slots;
  made.struck = struck;
  return rule.code == b::list_code::none ? contest_selection::of_slots(contest, slots)
                                         : contest_selection::of_list(contest, made);
}

// The codes that are marked, and whether blank is.
struct marks {
  code_list codes;
  bool blank = false;
};
marks marks_of(const contest_terms& contest, const contest_selection& made) {
  marks out;
  const bytes octets = declassify<"choices of a test">(made.choices());
  for (std::uint32_t i = 0; i < octets.size(); ++i) {
    if (octets[i] == std::byte{1} && i < contest.limits.options) {
      out.codes.push_back(i + 1);
    } else if (octets[i] == std::byte{1}) {
      out.blank = true;
    }
  }
  return out;
}

counted_codes votes_of(const contest_terms& contest, const code_list& codes) {
  std::vector<std::uint64_t> counts(contest.limits.options, 0);
  for (const std::uint32_t code : codes) {
    ++counts[code - 1];
  }
  return contest.codes.read(counts);
}

bool has_list(const std::vector<ballot_entry>& entries) {
  return !entries.empty() && entries.front().kind == kind::list;
}

void expect_votes(const contest_terms& contest, const std::vector<ballot_entry>& entries,
                  const read_ballot& read, const marks& made) {
  const counted_codes votes = votes_of(contest, made.codes);
  EXPECT_EQ(votes.votes, std::vector<std::uint64_t>(read.votes.begin(), read.votes.end()));
  for (std::uint32_t list = 0; list < votes.list_ballots.size(); ++list) {
    const bool own = has_list(entries) && entries.front().index == list &&
                     read.reading == ballot_reading::counted;
    EXPECT_EQ(votes.list_ballots[list], own ? 1U : 0U);
  }
}

// What the rule would say if over-votes were refused: so they are told from other void ballots.
bool is_overvoted(const contest_entry& contest, const std::vector<ballot_entry>& entries) {
  b rule = contest.law->ballot;
  rule.overvote = b::overvote_policy::reject;
  return read_choices(rule, contest.lists, static_cast<std::uint32_t>(contest.options.size()),
                      entries)
             .reading == ballot_reading::refused;
}

TEST_F(forms, a_device_reads_entries_as_the_rule_says) {
  int counted = 0;
  int cut_or_void = 0;
  for (int turn = 0; turn < 12000; ++turn) {
    const auto contest = some_contest();
    if (!contest) {
      continue;
    }
    const contest_terms terms = terms_of_contest(*contest);
    const auto entries = some_entries(*contest);
    const read_ballot read =
        read_choices(contest->law->ballot, contest->lists,
                     static_cast<std::uint32_t>(contest->options.size()), entries);
    const auto selection = entered(terms, entries);
    if (!selection) {
      EXPECT_NE(read.reading, ballot_reading::counted);
      continue;
    }
    const bool blank = terms.limits.blank == blank_option::counted;
    const bool over = is_overvoted(*contest, entries);
    const bool cancelled = over && contest->law->ballot.overvote == b::overvote_policy::cancel;
    cut_or_void += over && *selection ? 1 : 0;
    if ((entries.empty() && blank) || cancelled) {
      ASSERT_TRUE(*selection) << to_string(selection->error());
      const marks made = marks_of(terms, **selection);
      EXPECT_TRUE(made.blank && made.codes.empty());
    } else if (read.reading == ballot_reading::counted || read.reading == ballot_reading::blank) {
      ASSERT_TRUE(*selection) << to_string(selection->error());
      const marks made = marks_of(terms, **selection);
      EXPECT_FALSE(made.blank);
      expect_votes(terms, entries, read, made);
      EXPECT_TRUE(terms.codes.check(made.codes));
      ++counted;
    } else {
      EXPECT_FALSE(*selection);
    }
    if (*selection) {
      EXPECT_TRUE(contest_selection::of_choices(terms, (*selection)->choices().clone()));
    }
  }
  EXPECT_GT(counted, 1000);
  EXPECT_GT(cut_or_void, 200);
}

// Every sequence of up to four entries, one of lists and strike-outs first.
template <class Each>
void for_all_entries(const contest_entry& contest, std::size_t longest, const Each& each) {
  std::vector<ballot_entry> every;
  for (std::uint32_t i = 0; i < contest.options.size(); ++i) {
    every.push_back({kind::option, i});
    if (contest.law->ballot.strike != 0) {
      every.push_back({kind::strike, i});
    }
  }
  for (std::uint32_t i = 0;
       contest.law->ballot.code != b::list_code::none && i < contest.lists.size(); ++i) {
    every.push_back({kind::list, i});
  }
  std::vector<std::vector<ballot_entry>> sheets{{}};
  for (std::size_t at = 0; at < sheets.size(); ++at) {
    each(sheets[at]);
    for (const ballot_entry& more : every) {
      if (sheets[at].size() < longest) {
        auto longer = sheets[at];
        longer.push_back(more);
        sheets.push_back(std::move(longer));
      }
    }
  }
}

code_list subset(std::uint32_t bits) {
  code_list out;
  for (std::uint32_t i = 0; i < 32; ++i) {
    if ((bits >> i & 1U) != 0) {
      out.push_back(i + 1);
    }
  }
  return out;
}

// What a proof or a packed number can hold at all.
bool is_in_range(const contest_terms& contest, const code_list& codes) {
  const choice_limits& limits = contest.limits;
  std::uint32_t weight = 0;
  for (const std::uint32_t code : codes) {
    weight += code > limits.options - limits.whole ? limits.max_choices : 1;
  }
  return weight <= limits.max_choices &&
         (weight >= limits.min_choices || (codes.empty() && limits.blank == blank_option::counted));
}

TEST_F(forms, permitted_codes_are_those_that_entries_give) {
  for (int turn = 0; turn < 60;) {
    const auto contest = some_contest();
    if (!contest || contest->options.size() > 3 || contest->max_choices > 3) {
      continue;
    }
    ++turn;
    const contest_terms terms = terms_of_contest(*contest);
    std::set<code_list> reached;
    for_all_entries(*contest, 4, [&](const std::vector<ballot_entry>& entries) {
      const auto made = entered(terms, entries);
      const bool one_list = std::count_if(entries.begin(), entries.end(), [](const auto& entry) {
                              return entry.kind == kind::list;
                            }) < 2;
      if (made && *made && one_list) {
        reached.insert(marks_of(terms, **made).codes);
      }
    });
    for (std::uint32_t bits = 0; bits < (1U << terms.limits.options); ++bits) {
      const code_list codes = subset(bits);
      if (!is_in_range(terms, codes)) {
        EXPECT_FALSE(reached.contains(codes));
        continue;
      }
      EXPECT_EQ(terms.codes.check(codes).has_value(), reached.contains(codes));
      secret_bytes octets(contest_selection::choice_bytes(terms));
      const byte_span marked = expose_for_secret_ops(octets);
      for (const std::uint32_t code : codes) {
        marked[code - 1] = std::byte{1};
      }
      if (codes.empty() && terms.limits.blank == blank_option::counted) {
        marked[terms.limits.options] = std::byte{1};
      }
      EXPECT_EQ(contest_selection::of_choices(terms, std::move(octets)).has_value(),
                reached.contains(codes));
    }
  }
}

TEST_F(forms, a_void_ballot_has_no_write_in) {
  b rule;
  rule.min_votes = 1;
  rule.max_votes = 2;
  rule.overvote = b::overvote_policy::cancel;
  contest_entry contest = contest_with(contest_encoding::packed_subset, 4, rule, 1, 1);
  contest.text_bytes = 5;
  const contest_terms terms = terms_of_contest(contest);
  const auto written = [&](const std::vector<option_index>& slots) {
    const auto made = contest_selection::of_slots(terms, slots)
                          ->clone()
                          .with_text(terms, secret_bytes(bytes_of("Zo\u00eb\0"sv)));
    const bytes octets = declassify<"choices of a test">(made->choices());
    return std::string(reinterpret_cast<const char*>(octets.data()) + 5, 5);
  };
  EXPECT_EQ(written({option_index(3), nobody}), "Zo\u00eb\0"sv);
  EXPECT_EQ(written({nobody, nobody}), "Zo\u00eb\0"sv);
  EXPECT_EQ(written({option_index(3), option_index(0), option_index(1)}), std::string(5, '\0'));
  EXPECT_EQ(written({option_index(3), option_index(3)}), std::string(5, '\0'));
}

TEST_F(forms, numbers_of_codes_are_those_of_the_table) {
  b rule;
  rule.min_votes = 2;
  rule.max_votes = 3;
  rule.max_each = 2;
  rule.code = b::list_code::separate;
  const auto table_of = [&](contest_encoding encoding) {
    const code_numbers made = code_numbers_of(contest_with(encoding, 5, rule, 2, 2));
    return std::vector<std::uint32_t>{made.options,
                                      made.parties,
                                      made.limits.options,
                                      made.limits.max_choices,
                                      made.limits.min_choices,
                                      made.limits.whole};
  };
  using list = std::vector<std::uint32_t>;
  EXPECT_EQ(table_of(contest_encoding::packed_subset), (list{10, 2, 12, 4, 1, 0}));
  rule.exclusive = 1;
  EXPECT_EQ(table_of(contest_encoding::packed_subset), (list{10, 2, 12, 3, 1, 0}));
  EXPECT_EQ(table_of(contest_encoding::bit_vector), (list{10, 2, 12, 3, 2, 2}));
  rule.form = b::list_form::closed;
  EXPECT_EQ(table_of(contest_encoding::bit_vector), (list{0, 2, 2, 1, 1, 0}));
  rule.code = b::list_code::members;
  EXPECT_EQ(table_of(contest_encoding::slots), (list{0, 2, 2, 1, 1, 0}));
  rule.strike = 1;
  EXPECT_EQ(table_of(contest_encoding::packed_subset), (list{5, 0, 5, 3, 2, 0}));
}

}  // namespace
}  // namespace sandoq::ballot_codes_test
