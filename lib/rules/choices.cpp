#include "sandoq/rules/choices.hpp"

#include <algorithm>
#include <set>

namespace sandoq {
namespace {

using entry_kind = ballot_entry::entry_kind;

/// The entries of a ballot by their kinds.
struct sorted_entries {
  std::vector<std::uint32_t> codes;
  std::vector<std::uint32_t> singles;
  std::set<std::uint32_t> strikes;
};

sorted_entries sorted(std::span<const ballot_entry> entries) {
  sorted_entries out;
  for (const ballot_entry& entry : entries) {
    if (entry.kind == entry_kind::list) {
      out.codes.push_back(entry.index);
    } else if (entry.kind == entry_kind::option) {
      out.singles.push_back(entry.index);
    } else {
      out.strikes.insert(entry.index);
    }
  }
  return out;
}

// Open lists: all entries of one list, the independents being one.
bool one_list_only(std::span<const party_list> lists, const sorted_entries& made) {
  std::set<std::size_t> touched(made.codes.begin(), made.codes.end());
  for (const std::uint32_t single : made.singles) {
    std::size_t list = 0;
    while (list < lists.size() && std::find(lists[list].options.begin(), lists[list].options.end(),
                                            option_index(single)) == lists[list].options.end()) {
      ++list;
    }
    touched.insert(list);
  }
  return touched.size() <= 1;
}

bool well_formed(const ballot_rule& ballot, std::span<const party_list> lists,
                 std::uint32_t options, const sorted_entries& made) {
  const auto inside = [](const auto& indices, std::size_t bound) {
    return std::all_of(indices.begin(), indices.end(),
                       [&](std::uint32_t index) { return index < bound; });
  };
  return made.codes.size() <= 1 &&
         (made.codes.empty() || ballot.code != ballot_rule::list_code::none) &&
         (made.singles.empty() || ballot.form != ballot_rule::list_form::closed) &&
         (made.strikes.empty() || ballot.strike != 0) &&
         !(ballot.exclusive != 0 && !made.codes.empty() && !made.singles.empty()) &&
         inside(made.codes, lists.size()) && inside(made.singles, options) &&
         (ballot.form != ballot_rule::list_form::open || one_list_only(lists, made));
}

// The options that get a vote, in order; nothing if somebody is struck out who had none.
std::optional<std::vector<std::uint32_t>> wishes(const ballot_rule& ballot,
                                                 std::span<const party_list> lists,
                                                 const sorted_entries& made) {
  std::vector<std::uint32_t> out;
  std::size_t struck = 0;
  if (!made.codes.empty() && ballot.code == ballot_rule::list_code::members) {
    for (const option_index member : lists[made.codes.front()].options) {
      if (made.strikes.count(member.value()) > 0) {
        ++struck;
      } else {
        out.push_back(member.value());
      }
    }
  }
  if (struck != made.strikes.size()) {
    return std::nullopt;
  }
  out.insert(out.end(), made.singles.begin(), made.singles.end());
  return out;
}

}  // namespace

read_ballot read_choices(const ballot_rule& ballot, std::span<const party_list> lists,
                         std::uint32_t options, std::span<const ballot_entry> entries) {
  const auto without_votes = [&](ballot_reading reading) {
    return read_ballot{reading, std::vector<std::uint32_t>(options, 0), std::nullopt};
  };
  if (entries.empty()) {
    return without_votes(ballot.min_votes == 0 ? ballot_reading::blank : ballot_reading::cancelled);
  }
  const sorted_entries made = sorted(entries);
  if (!well_formed(ballot, lists, options, made)) {
    return without_votes(ballot_reading::cancelled);
  }
  const auto wished = wishes(ballot, lists, made);
  if (!wished) {
    return without_votes(ballot_reading::cancelled);
  }
  read_ballot out = without_votes(ballot_reading::counted);
  std::uint32_t total = 0;
  bool over = false;
  for (const std::uint32_t option : *wished) {
    if (out.votes[option] == ballot.max_each || total == ballot.max_votes) {
      over = true;
      continue;
    }
    ++out.votes[option];
    ++total;
  }
  if (over && ballot.overvote != ballot_rule::overvote_policy::truncate) {
    return without_votes(ballot.overvote == ballot_rule::overvote_policy::reject
                             ? ballot_reading::refused
                             : ballot_reading::cancelled);
  }
  if (!made.codes.empty() && ballot.code == ballot_rule::list_code::separate) {
    out.list = made.codes.front();
  }
  if (total < ballot.min_votes && !out.list) {
    return without_votes(ballot_reading::cancelled);
  }
  return total == 0 && !out.list ? without_votes(ballot_reading::blank) : out;
}

}  // namespace sandoq
