#include "sandoq/tally/settlement.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "lib/tally/tie_attributes_of.hpp"
#include "sandoq/proofs/signature.hpp"

namespace sandoq {
namespace {

std::string name_contest(contest_index contest) {
  return "contest " + std::to_string(contest.value());
}

std::string name_tie(contest_index contest, std::uint32_t tie) {
  return "tie " + std::to_string(tie) + " of " + name_contest(contest);
}

const contest_entry& entry_of(const seat_questions& asked, contest_index contest) {
  return asked.election.contests[contest.value()];
}

std::vector<contest_tie> ties_in(const seat_questions& asked, contest_index contest) {
  std::vector<contest_tie> out;
  std::copy_if(asked.ties.begin(), asked.ties.end(), std::back_inserter(out),
               [contest](const contest_tie& tie) { return tie.contest == contest; });
  return out;
}

// Of a rule that breaks its own conditions nothing is computed: that is for result.allocations.
bool is_open(const result<allocation>& seats) {
  return seats && seats->status == allocation_status::open;
}

result<allocation> allocate_with(const seat_questions& asked, const ruled_contest& ruled,
                                 std::span<const tie_attributes> attributes,
                                 const std::optional<digest32>& seed) {
  return allocate(entry_of(asked, ruled.contest), ruled,
                  detail::attributes_of(attributes, ruled.contest), seed);
}

// What 75.4 says of an item by itself: it is of a contest with attributes, which are signed.
verification check_item(const tie_question& question, const tie_attributes& item) {
  const manifest& election = question.seats.election;
  if (item.contest.value() >= election.contests.size() ||
      election.contests[item.contest.value()].attributes.empty()) {
    return verification::rejected("there is no such contest, or it has no attributes");
  }
  // manifest.rules: no attributes without an authority.
  auto key = encoded_element<ristretto255>::decode(election.authority->signing_key.view());
  if (!key) {
    return verification::rejected("the authority's key does not decode");
  }
  const signed_message message{"attributes", question.context.domain,
                               question.context.election_hash, item.signed_digest()};
  if (auto ok = verify({*key, not_shared}, message, item.signature); !ok) {
    return verification::rejected("the authority's signature: " + ok.reason());
  }
  return verification::ok();
}

// Each item by itself, one a contest, ascending; and those of ties of results altogether, which
// can be looked at before there is a lot.
verification check_all_attributes(const tie_question& question,
                                  std::span<const tie_attributes> items) {
  const seat_questions& asked = question.seats;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto refuse = [&](std::string_view reason) {
      return verification::rejected("attributes of " + name_contest(items[i].contest) + ": " +
                                    std::string(reason));
    };
    if (i > 0 && items[i].contest <= items[i - 1].contest) {
      return refuse("not in the order of contests, each once");
    }
    if (auto ok = check_item(question, items[i]); !ok) {
      return refuse(ok.reason());
    }
    const contest_entry& contest = entry_of(asked, items[i].contest);
    if (contest.rule != seat_rule::plurality_at_large) {
      continue;
    }
    const auto ties = ties_in(asked, items[i].contest);
    if (ties.empty()) {
      return refuse("they decide nothing, it has no tie");
    }
    if (auto ok = check_attributes(contest, ties, items[i]); !ok) {
      return refuse(ok.reason());
    }
  }
  for (const contest_tie& tie : asked.ties) {
    if (!entry_of(asked, tie.contest).attributes.empty() &&
        detail::attributes_of(items, tie.contest) == nullptr) {
      return verification::rejected("the attributes of " + name_contest(tie.contest) +
                                    " are missing");
    }
  }
  return verification::ok();
}

// 75.5, where the attributes leave anything open.
verification check_all_lots(const tie_question& question, const tie_items& items, bool needed) {
  if (!needed) {
    return items.reveals.empty() && !items.beacon
               ? verification::ok()
               : verification::rejected("no tie is left to a lot, so nothing of it is revealed");
  }
  if (question.seats.election.beacon.empty()) {
    return verification::rejected(
        "a tie needs a lot and the manifest names no beacon: the ties stay open");
  }
  if (!items.beacon) {
    return verification::rejected("a tie needs a lot and the beacon's value is missing");
  }
  return check_lot(question.context, question.boards, question.commits, items.reveals,
                   *items.beacon);
}

verification check_resolutions(std::span<const tie_resolution> found,
                               std::span<const tie_resolution> expected) {
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i == expected.size() || found[i].contest != expected[i].contest ||
        found[i].tie != expected[i].tie) {
      return verification::rejected(
          "a resolution of " + name_tie(found[i].contest, found[i].tie) + " stands where " +
          (i == expected.size()
               ? "none may stand"
               : "that of " + name_tie(expected[i].contest, expected[i].tie) + " must"));
    }
    if (found[i].options != expected[i].options) {
      return verification::rejected("the order of " + name_tie(found[i].contest, found[i].tie) +
                                    " is not that of attributes and lot");
    }
  }
  if (found.size() < expected.size()) {
    return verification::rejected(
        name_tie(expected[found.size()].contest, expected[found.size()].tie) +
        " is not resolved; either all ties are, or none");
  }
  return verification::ok();
}

// 75.4 of a contest of rule 2: exactly the options of the ties to which its rule came.
verification check_ruled(const contest_entry& contest, const result<allocation>& seats,
                         const tie_attributes* attributes) {
  const std::vector<option_index> tied =
      seats && !contest.attributes.empty() ? tied_options(*seats) : std::vector<option_index>{};
  if (attributes == nullptr) {
    return tied.empty() ? verification::ok() : verification::rejected("they are missing");
  }
  return check_attributes(contest, tied, *attributes);
}

std::optional<digest32> seed_of(const tie_question& question, const tie_items& items) {
  return items.beacon ? std::optional(lot_seed(question.context, question.results, items.reveals,
                                               *items.beacon))
                      : std::nullopt;
}

// Of the first tie between options of which some have no values: those.
std::vector<option_index> first_unranked(const allocation& seats, const tie_attributes* known) {
  std::vector<option_index> out;
  for (auto tie = seats.ties.begin(); tie != seats.ties.end() && out.empty(); ++tie) {
    if (tie->between == allocation_tie::tie_between::parties) {
      continue;
    }
    for (const std::uint32_t option : tie->subjects) {
      if (!detail::has_values(known, option_index(option))) {
        out.emplace_back(option);
      }
    }
  }
  return out;
}

std::vector<option_index> unranked_of_ties(std::span<const contest_tie> ties,
                                           const tie_attributes* known) {
  std::vector<option_index> out;
  for (const contest_tie& each : ties) {
    std::copy_if(each.tie.options.begin(), each.tie.options.end(), std::back_inserter(out),
                 [known](option_index option) { return !detail::has_values(known, option); });
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

bool any_open(const seat_questions& asked) {
  return !asked.ties.empty() ||
         std::any_of(asked.ruled.begin(), asked.ruled.end(), [&](const ruled_contest& ruled) {
           return is_open(allocate_with(asked, ruled, {}, std::nullopt));
         });
}

bool needs_lot(const seat_questions& asked, std::span<const tie_attributes> attributes) {
  return needs_lot(asked.ties, attributes) ||
         std::any_of(asked.ruled.begin(), asked.ruled.end(), [&](const ruled_contest& ruled) {
           return is_open(allocate_with(asked, ruled, attributes, std::nullopt));
         });
}

result<std::vector<unranked_options>> options_to_rank(const seat_questions& asked,
                                                      std::span<const tie_attributes> known,
                                                      const std::optional<digest32>& seed) {
  std::vector<unranked_options> out;
  for (std::uint32_t c = 0; c < asked.election.contests.size(); ++c) {
    const contest_index index(c);
    if (entry_of(asked, index).attributes.empty()) {
      continue;
    }
    const tie_attributes* mine = detail::attributes_of(known, index);
    std::vector<option_index> missing = unranked_of_ties(ties_in(asked, index), mine);
    const auto ruled = std::find_if(asked.ruled.begin(), asked.ruled.end(),
                                    [index](const auto& each) { return each.contest == index; });
    if (ruled != asked.ruled.end()) {
      auto seats = allocate_with(asked, *ruled, known, seed);
      if (!seats) {
        return fail_within(name_contest(index), std::move(seats.error()));
      }
      missing = first_unranked(*seats, mine);
    }
    if (!missing.empty()) {
      out.push_back({index, std::move(missing)});
    }
  }
  return out;
}

verification check_ties(const tie_question& question, const tie_items& items) {
  if (items.empty()) {
    return verification::ok();  // nothing is open, or it stays open
  }
  if (!any_open(question.seats)) {
    return verification::rejected("there is no tie to resolve, nor an allocation that is open");
  }
  if (auto ok = check_all_attributes(question, items.attributes); !ok) {
    return ok;
  }
  if (auto ok = check_all_lots(question, items, needs_lot(question.seats, items.attributes)); !ok) {
    return ok;
  }
  const std::optional<digest32> seed = seed_of(question, items);
  for (const ruled_contest& ruled : question.seats.ruled) {
    const auto seats = allocate_with(question.seats, ruled, items.attributes, seed);
    const auto ok = check_ruled(entry_of(question.seats, ruled.contest), seats,
                                detail::attributes_of(items.attributes, ruled.contest));
    if (!ok) {
      return verification::rejected("attributes of " + name_contest(ruled.contest) + ": " +
                                    ok.reason());
    }
  }
  return check_resolutions(items.resolutions,
                           resolve_ties(question.seats.ties, items.attributes, seed));
}

result<allocation> settle(const tie_question& question, const ruled_contest& asked,
                          const tie_items& items) {
  return allocate_with(question.seats, asked, items.attributes, seed_of(question, items));
}

}  // namespace sandoq
