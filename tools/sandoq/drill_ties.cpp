#include "drill_ties.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "sandoq/tally/settlement.hpp"

namespace sandoq::tool {
namespace {

std::string name_option(const contest_entry& contest, option_index option) {
  return contest.id + "/" + contest.options[option.value()].id;
}

lot_beacon beacon_of(const std::string& text) {
  lot_beacon out;
  for (const char c : text) {
    out.value.push_back(static_cast<std::byte>(c));
  }
  return out;
}

/// Adds the values of these options, of which none is there yet.
void add_values(tie_attributes& item, const manifest& plan, std::span<const option_index> options,
                const tie_rules& rules) {
  const contest_entry& contest = plan.contests[item.contest.value()];
  for (const option_index option : options) {
    const auto given = rules.attributes.find(name_option(contest, option));
    item.options.push_back(
        {option, given != rules.attributes.end()
                     ? given->second
                     : std::vector<std::uint32_t>(contest.attributes.size(), 0)});
  }
  std::sort(item.options.begin(), item.options.end(),
            [](const auto& a, const auto& b) { return a.option < b.option; });
}

tie_attributes& item_of(std::vector<tie_attributes>& known, contest_index contest) {
  const auto at = std::find_if(known.begin(), known.end(),
                               [&](const auto& item) { return !(item.contest < contest); });
  return at != known.end() && at->contest == contest ? *at : *known.insert(at, {contest, {}, {}});
}

}  // namespace

result<std::pair<std::string, std::vector<std::uint32_t>>> read_attribute_values(
    const std::string& text) {
  const std::size_t equals = text.rfind('=');
  if (equals == std::string::npos || equals == 0) {
    return fail(errc::bad_text, text, "write CONTEST/OPTION=VALUE[,VALUE...]");
  }
  std::vector<std::uint32_t> values;
  const char* at = text.data() + equals + 1;
  const char* const end = text.data() + text.size();
  while (true) {
    std::uint32_t value = 0;
    const auto [next, problem] = std::from_chars(at, end, value);
    if (problem != std::errc() || (next != end && *next != ',')) {
      return fail(errc::out_of_range, text, "values are whole numbers from 0 to 4294967295");
    }
    values.push_back(value);
    if (next == end) {
      break;
    }
    at = next + 1;
  }
  return std::pair(text.substr(0, equals), std::move(values));
}

result<void> check_tie_rules(const manifest& plan, const tie_rules& rules) {
  if (rules.beacon.empty() || rules.beacon.size() > lot_beacon::max_value_bytes) {
    return fail(errc::out_of_range, "--beacon", "must be of 1 to 1,024 bytes");
  }
  for (const auto& [name, values] : rules.attributes) {
    bool known = false;
    for (const contest_entry& contest : plan.contests) {
      for (std::uint32_t o = 0; o < contest.options.size(); ++o) {
        if (name_option(contest, option_index{o}) != name) {
          continue;
        }
        known = true;
        if (values.size() != contest.attributes.size()) {
          return fail(errc::mismatch, "--attribute " + name,
                      "has " + std::to_string(values.size()) + " values, the contest has " +
                          std::to_string(contest.attributes.size()) + " attributes");
        }
      }
    }
    if (!known) {
      return fail(errc::not_found, "--attribute " + name,
                  "no contest has such an option; write CONTEST/OPTION with the manifest's ids");
    }
  }
  return {};
}

result<void> add_drill_attributes(std::vector<tie_attributes>& known, const seat_questions& asked,
                                  const tie_rules& rules, const std::optional<digest32>& seed) {
  for (;;) {
    const auto missing = options_to_rank(asked, known, seed);
    if (!missing) {
      return tl::unexpected(missing.error());
    }
    if (missing->empty()) {
      return {};
    }
    for (const unranked_options& each : *missing) {
      add_values(item_of(known, each.contest), asked.election, each.options, rules);
    }
  }
}

namespace {

/// Settles one drill.
class settling {
 public:
  settling(const counted_election& counted, const opened_election& opened, const tie_rules& rules,
           drill_trustees& trustees, random_source& random)
      : plan_(counted.plan),
        context_{counted.election.e1(), counted.election.domain()},
        rules_(rules),
        trustees_(trustees),
        random_(random) {
    results_hash hash;
    for (const contest_result& each : opened.results) {
      hash.add(each.encode());
      for (contest_tie& tie : ties_of(each)) {
        ties_.push_back(std::move(tie));
      }
      const contest_entry& contest = plan_.contests[each.contest.value()];
      if (contest.rule == seat_rule::by_law) {
        const opened_votes votes = votes_of_contest(contest, each.contest, opened.lists);
        ruled_.push_back({each.contest, counted_by_rule(contest, each, votes)});
      }
    }
    results_ = hash.digest();
  }

  /// What decides the open questions; nothing if there are none, or one stays open.
  result<tie_items> items() {
    tie_items out;
    if (!any_open(questions())) {
      return out;
    }
    if (auto asked = add_drill_attributes(out.attributes, questions(), rules_, std::nullopt);
        !asked) {
      return tl::unexpected(std::move(asked.error()));
    }
    std::optional<digest32> seed;
    if (needs_lot(questions(), out.attributes)) {
      if (plan_.beacon.empty()) {
        return tie_items{};
      }
      if (auto drawn = draw_lot(out); !drawn) {
        return tl::unexpected(std::move(drawn.error()));
      }
      seed = lot_seed(context_, results_, out.reveals, *out.beacon);
      if (auto asked = add_drill_attributes(out.attributes, questions(), rules_, seed); !asked) {
        return tl::unexpected(std::move(asked.error()));
      }
    }
    for (tie_attributes& item : out.attributes) {
      auto signature =
          trustees_.sign_as_authority("attributes", context_, item.signed_digest(), random_);
      if (!signature) {
        return tl::unexpected(std::move(signature.error()));
      }
      item.signature = *signature;
    }
    out.resolutions = resolve_ties(ties_, out.attributes, seed);
    return out;
  }

  result<std::vector<contest_allocation>> allocations(std::span<const board_keys> boards,
                                                      std::span<const lot_commit> commits,
                                                      const tie_items& items) const {
    const tie_question question{questions(), context_, boards, commits, results_};
    std::vector<contest_allocation> out;
    for (const ruled_contest& each : ruled_) {
      const auto seats = settle(question, each, items);
      if (!seats) {
        return tl::unexpected(seats.error());
      }
      auto made = make_allocation(each.contest, *seats);
      if (!made) {
        return tl::unexpected(std::move(made.error()));
      }
      out.push_back(std::move(*made));
    }
    return out;
  }

 private:
  [[nodiscard]] seat_questions questions() const { return {plan_, ties_, ruled_}; }

  result<void> draw_lot(tie_items& out) {
    out.reveals = trustees_.reveal_lot();
    out.beacon = beacon_of(rules_.beacon);
    auto signatures = trustees_.sign("lot/beacon", out.beacon->signed_digest(), random_);
    if (!signatures) {
      return tl::unexpected(std::move(signatures.error()));
    }
    out.beacon->signatures = std::move(*signatures);
    return {};
  }

  const manifest& plan_;
  lot_context context_;
  const tie_rules& rules_;
  drill_trustees& trustees_;
  random_source& random_;
  std::vector<contest_tie> ties_;
  std::vector<ruled_contest> ruled_;
  digest32 results_;
};

}  // namespace

result<settled_election> settle_drill(const counted_election& counted,
                                      const opened_election& opened,
                                      std::span<const lot_commit> commits, const tie_rules& rules,
                                      drill_trustees& trustees, random_source& random) {
  settling all(counted, opened, rules, trustees, random);
  auto items = all.items();
  if (!items) {
    return tl::unexpected(std::move(items.error()));
  }
  auto allocations = all.allocations(counted.election.keys().boards(), commits, *items);
  if (!allocations) {
    return tl::unexpected(std::move(allocations.error()));
  }
  return settled_election{std::move(*items), std::move(*allocations)};
}

}  // namespace sandoq::tool
