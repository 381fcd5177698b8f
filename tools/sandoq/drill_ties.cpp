#include "drill_ties.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

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

std::vector<tie_attributes> drill_attributes(const manifest& plan,
                                             std::span<const contest_tie> ties,
                                             const tie_rules& rules) {
  std::vector<tie_attributes> out;
  for (const contest_tie& each : ties) {
    const contest_entry& contest = plan.contests[each.contest.value()];
    if (contest.attributes.empty()) {
      continue;
    }
    if (out.empty() || out.back().contest != each.contest) {
      out.push_back({each.contest, {}, {}});
    }
    for (const option_index option : each.tie.options) {
      const auto given = rules.attributes.find(name_option(contest, option));
      out.back().options.push_back(
          {option, given != rules.attributes.end()
                       ? given->second
                       : std::vector<std::uint32_t>(contest.attributes.size(), 0)});
    }
  }
  for (tie_attributes& item : out) {
    std::sort(item.options.begin(), item.options.end(),
              [](const auto& a, const auto& b) { return a.option < b.option; });
  }
  return out;
}

result<tie_items> resolve_drill_ties(const manifest& plan, const lot_context& context,
                                     const std::vector<contest_result>& results,
                                     const tie_rules& rules, drill_trustees& trustees,
                                     random_source& random) {
  std::vector<contest_tie> ties;
  results_hash hash;
  for (const contest_result& each : results) {
    hash.add(each.encode());
    for (contest_tie& tie : ties_of(each)) {
      ties.push_back(std::move(tie));
    }
  }
  tie_items out;
  if (ties.empty()) {
    return out;
  }
  std::vector<tie_attributes> attributes = drill_attributes(plan, ties, rules);
  const bool lot = needs_lot(ties, attributes);
  if (lot && plan.beacon.empty()) {
    return out;
  }
  for (tie_attributes& item : attributes) {
    auto signature =
        trustees.sign_as_authority("attributes", context, item.signed_digest(), random);
    if (!signature) {
      return tl::unexpected(std::move(signature.error()));
    }
    item.signature = *signature;
  }
  std::optional<digest32> seed;
  if (lot) {
    out.reveals = trustees.reveal_lot();
    out.beacon = beacon_of(rules.beacon);
    auto signatures = trustees.sign("lot/beacon", out.beacon->signed_digest(), random);
    if (!signatures) {
      return tl::unexpected(std::move(signatures.error()));
    }
    out.beacon->signatures = std::move(*signatures);
    seed = lot_seed(context, hash.digest(), out.reveals, *out.beacon);
  }
  out.attributes = std::move(attributes);
  out.resolutions = resolve_ties(ties, out.attributes, seed);
  return out;
}

}  // namespace sandoq::tool
