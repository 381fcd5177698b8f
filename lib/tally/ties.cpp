#include "sandoq/tally/ties.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "lib/ballot/structure_reader.hpp"
#include "lib/tally/option_list.hpp"
#include "lib/tally/tie_attributes_of.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

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

const std::vector<std::uint32_t>& values_of(const tie_attributes& attributes, option_index option) {
  const auto at = std::find_if(attributes.options.begin(), attributes.options.end(),
                               [option](const auto& entry) { return entry.option == option; });
  SANDOQ_EXPECTS(at != attributes.options.end(), "every tied option has its attributes");
  return at->values;
}

}  // namespace

result<tie_attributes> tie_attributes::decode(byte_view data) {
  detail::structure_reader in(data, "attributes");
  tie_attributes out;
  out.contest = contest_index(in.u32("contest"));
  const std::size_t options = in.count(manifest::max_options, 4 + 4 + 4, "options");
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
  out.options = detail::read_tied(in, manifest::max_options, "options");
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes tie_resolution::encode() const {
  byte_writer out;
  out.u32(contest.value());
  out.u32(tie);
  detail::write_options(out, options);
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
    const auto groups =
        order_by_attributes(each.tie, detail::attributes_of(attributes, each.contest));
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
    for (const auto& group :
         order_by_attributes(each.tie, detail::attributes_of(attributes, each.contest))) {
      SANDOQ_EXPECTS(group.size() == 1 || seed, "a lot group needs a lot");
      std::vector<std::pair<digest32, option_index>> tickets;
      for (const option_index option : group) {
        tickets.emplace_back(
            seed ? lot_ticket(*seed, each.contest, each.index, option.value()) : digest32{},
            option);
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
  return check_attributes(contest, tied, attributes);
}

verification check_attributes(const contest_entry& contest, std::span<const option_index> tied,
                              const tie_attributes& attributes) {
  std::vector<option_index> given;
  for (const auto& [option, values] : attributes.options) {
    given.push_back(option);
    if (values.size() != contest.attributes.size()) {
      return verification::rejected("option " + std::to_string(option.value()) + " has " +
                                    std::to_string(values.size()) + " values for " +
                                    std::to_string(contest.attributes.size()) + " attributes");
    }
  }
  if (!std::equal(given.begin(), given.end(), tied.begin(), tied.end())) {
    return verification::rejected("they are not those of the tied options, in order");
  }
  return verification::ok();
}

}  // namespace sandoq
