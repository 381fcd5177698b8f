#include "sandoq/tally/ties.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "lib/ballot/structure_reader.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

constexpr std::size_t max_tied = 1024;
constexpr std::size_t max_values = 8;

void write_body(byte_writer& out, const tie_attributes& item) {
  out.u32(item.contest.value());
  out.count(item.options.size());
  for (const auto& [option, values] : item.options) {
    out.u32(option.value());
    out.count(values.size());
    for (const std::uint32_t value : values) {
      out.u32(value);
    }
  }
}

std::string name_contest(contest_index contest) {
  return "contest " + std::to_string(contest.value());
}

std::string name_tie(contest_index contest, std::uint32_t tie) {
  return "tie " + std::to_string(tie) + " of " + name_contest(contest);
}

const std::vector<std::uint32_t>& values_of(const tie_attributes& attributes, option_index option) {
  const auto at = std::find_if(attributes.options.begin(), attributes.options.end(),
                               [option](const auto& entry) { return entry.option == option; });
  SANDOQ_EXPECTS(at != attributes.options.end(), "every tied option has its attributes");
  return at->values;
}

const tie_attributes* find(std::span<const tie_attributes> all, contest_index contest) {
  const auto at = std::find_if(all.begin(), all.end(),
                               [contest](const auto& item) { return item.contest == contest; });
  return at == all.end() ? nullptr : &*at;
}

// The contests with ties, each with its ties, in order.
std::vector<std::span<const contest_tie>> by_contest(std::span<const contest_tie> ties) {
  std::vector<std::span<const contest_tie>> out;
  for (std::size_t first = 0; first < ties.size();) {
    std::size_t last = first;
    while (last < ties.size() && ties[last].contest == ties[first].contest) {
      ++last;
    }
    out.push_back(ties.subspan(first, last - first));
    first = last;
  }
  return out;
}

// 75.4 for all contests.
verification check_all_attributes(const tie_question& question,
                                  std::span<const tie_attributes> items) {
  std::size_t next = 0;
  for (const auto ties : by_contest(question.ties)) {
    const contest_index index = ties.front().contest;
    const contest_entry& contest = question.election.contests[index.value()];
    if (contest.attributes.empty()) {
      continue;
    }
    if (next == items.size() || items[next].contest != index) {
      return verification::rejected("the attributes of " + name_contest(index) +
                                    " are missing, or not in the order of contests");
    }
    const tie_attributes& item = items[next++];
    if (auto ok = check_attributes(contest, ties, item); !ok) {
      return verification::rejected("attributes of " + name_contest(index) + ": " + ok.reason());
    }
    // manifest.rules: no attributes without an authority.
    auto key =
        encoded_element<ristretto255>::decode(question.election.authority->signing_key.view());
    if (!key) {
      return verification::rejected("the authority's key does not decode");
    }
    const signed_message message{"attributes", question.context.domain,
                                 question.context.election_hash, item.signed_digest()};
    if (auto ok = verify({*key, not_shared}, message, item.signature); !ok) {
      return verification::rejected("attributes of " + name_contest(index) +
                                    ": the authority's signature: " + ok.reason());
    }
  }
  if (next < items.size()) {
    return verification::rejected("attributes of " + name_contest(items[next].contest) +
                                  " decide nothing: it has no tie, no attributes, or had its item");
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
  if (question.election.beacon.empty()) {
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

}  // namespace

result<tie_attributes> tie_attributes::decode(byte_view data) {
  detail::structure_reader in(data, "attributes");
  tie_attributes out;
  out.contest = contest_index(in.u32("contest"));
  const std::size_t options = in.count(max_tied, 4 + 4 + 4, "options");
  for (std::size_t i = 0; i < options && in.good(); ++i) {
    const detail::structure_reader::scope scope(in, "option", i);
    entry& one = out.options.emplace_back();
    one.option = option_index(in.u32("option"));
    const std::size_t values = in.count(max_values, 4, "values");
    for (std::size_t v = 0; v < values && in.good(); ++v) {
      one.values.push_back(in.u32("values"));
    }
  }
  out.signature.octets = in.fixed<wire_signature::size_bytes>("signature");
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes tie_attributes::encode() const {
  byte_writer out;
  write_body(out, *this);
  write(out, signature);
  return std::move(out).take();
}

digest32 tie_attributes::signed_digest() const {
  byte_writer out;
  write_body(out, *this);
  return framed_hash::of("attributes", out.view());
}

result<tie_resolution> tie_resolution::decode(byte_view data) {
  detail::structure_reader in(data, "resolution");
  tie_resolution out;
  out.contest = contest_index(in.u32("contest"));
  out.tie = in.u32("tie");
  const std::size_t options = in.count(max_tied, 4, "options");
  for (std::size_t i = 0; i < options && in.good(); ++i) {
    out.options.emplace_back(in.u32("options"));
  }
  if (in.good() && out.options.size() < 2) {
    in.refuse(errc::out_of_range, "options", "a tie has at least two options");
  }
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes tie_resolution::encode() const {
  byte_writer out;
  out.u32(contest.value());
  out.u32(tie);
  out.count(options.size());
  for (const option_index option : options) {
    out.u32(option.value());
  }
  return std::move(out).take();
}

std::vector<contest_tie> ties_of(const contest_result& result) {
  std::vector<contest_tie> out;
  for (std::uint32_t i = 0; i < result.seats.ties.size(); ++i) {
    out.push_back({result.contest, i, result.seats.ties[i]});
  }
  return out;
}

lot_groups order_by_attributes(const seat_tie& tie, const tie_attributes* attributes) {
  if (attributes == nullptr) {
    return {tie.options};
  }
  struct ranked {
    option_index option;
    const std::vector<std::uint32_t>* values;
  };
  std::vector<ranked> order;
  for (const option_index option : tie.options) {
    order.push_back({option, &values_of(*attributes, option)});
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const ranked& a, const ranked& b) { return *a.values > *b.values; });
  lot_groups out;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || *order[i].values != *order[i - 1].values) {
      out.emplace_back();
    }
    out.back().push_back(order[i].option);
  }
  return out;
}

bool needs_lot(std::span<const contest_tie> ties, std::span<const tie_attributes> attributes) {
  return std::any_of(ties.begin(), ties.end(), [attributes](const contest_tie& each) {
    const auto groups = order_by_attributes(each.tie, find(attributes, each.contest));
    return std::any_of(groups.begin(), groups.end(),
                       [](const auto& group) { return group.size() > 1; });
  });
}

std::vector<tie_resolution> resolve_ties(std::span<const contest_tie> ties,
                                         std::span<const tie_attributes> attributes,
                                         const std::optional<digest32>& seed) {
  std::vector<tie_resolution> out;
  for (const contest_tie& each : ties) {
    tie_resolution& resolved = out.emplace_back();
    resolved.contest = each.contest;
    resolved.tie = each.index;
    for (const auto& group : order_by_attributes(each.tie, find(attributes, each.contest))) {
      SANDOQ_EXPECTS(group.size() == 1 || seed, "a lot group needs a lot");
      std::vector<std::pair<digest32, option_index>> tickets;
      for (const option_index option : group) {
        tickets.emplace_back(
            seed ? lot_ticket(*seed, each.contest, each.index, option) : digest32{}, option);
      }
      std::sort(tickets.begin(), tickets.end());
      for (const auto& [ticket, option] : tickets) {
        resolved.options.push_back(option);
      }
    }
  }
  return out;
}

verification check_attributes(const contest_entry& contest, std::span<const contest_tie> ties,
                              const tie_attributes& attributes) {
  std::vector<option_index> tied;
  for (const contest_tie& each : ties) {
    tied.insert(tied.end(), each.tie.options.begin(), each.tie.options.end());
  }
  std::sort(tied.begin(), tied.end());
  std::vector<option_index> given;
  for (const auto& [option, values] : attributes.options) {
    given.push_back(option);
    if (values.size() != contest.attributes.size()) {
      return verification::rejected("option " + std::to_string(option.value()) + " has " +
                                    std::to_string(values.size()) + " values for " +
                                    std::to_string(contest.attributes.size()) + " attributes");
    }
  }
  if (given != tied) {
    return verification::rejected("they are not those of the tied options, in order");
  }
  return verification::ok();
}

verification check_ties(const tie_question& question, const tie_items& items) {
  if (items.empty()) {
    return verification::ok();  // no tie, or ties that are still open
  }
  if (question.ties.empty()) {
    return verification::rejected("there is no tie to resolve");
  }
  if (auto ok = check_all_attributes(question, items.attributes); !ok) {
    return ok;
  }
  const bool lot = needs_lot(question.ties, items.attributes);
  if (auto ok = check_all_lots(question, items, lot); !ok) {
    return ok;
  }
  std::optional<digest32> seed;
  if (lot) {
    seed = lot_seed(question.context, question.results, items.reveals, *items.beacon);
  }
  return check_resolutions(items.resolutions, resolve_ties(question.ties, items.attributes, seed));
}

}  // namespace sandoq
