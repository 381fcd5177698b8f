#include "sandoq/tally/contest_allocation.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "lib/ballot/structure_reader.hpp"
#include "lib/tally/option_list.hpp"
#include "sandoq/ballot/rule.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/tally/lot.hpp"

namespace sandoq {
namespace {

// Values of every option, 0 where none are given.
result<std::vector<std::vector<std::uint32_t>>> values_by_option(const contest_entry& contest,
                                                                 const tie_attributes& given) {
  std::vector<std::vector<std::uint32_t>> out(
      contest.options.size(), std::vector<std::uint32_t>(contest.attributes.size(), 0));
  for (const auto& [option, values] : given.options) {
    const std::string place = "attributes/option " + std::to_string(option.value());
    if (option.value() >= out.size()) {
      return fail(errc::out_of_range, place, "the contest has no such option");
    }
    if (values.size() != contest.attributes.size()) {
      return fail(errc::mismatch, place,
                  "has " + std::to_string(values.size()) + " values for " +
                      std::to_string(contest.attributes.size()) + " attributes");
    }
    out[option.value()] = values;
  }
  return out;
}

}  // namespace

result<contest_allocation> contest_allocation::decode(byte_view data) {
  detail::structure_reader in(data, "allocation");
  contest_allocation out;
  out.contest = contest_index(in.u32("contest"));
  out.elected = detail::read_options(in, rule::max_seats, "elected");
  out.alternates = detail::read_options(in, rule::max_options, "alternates");
  out.runoff = detail::read_options(in, rule::max_options, "runoff");
  const byte_view rest = data.subspan(in.input().offset());
  if (in.good() && rest.size() > max_transcript_bytes) {
    in.refuse(errc::too_large, "transcript", "is longer than 8 MiB");
  }
  if (!in.good()) {
    return tl::unexpected<error>(std::move(in.finish().error()));
  }
  auto steps = allocation_transcript::decode(rest);
  if (!steps) {
    return fail_within("transcript", std::move(steps.error()));
  }
  out.transcript = std::move(*steps);
  return out;
}

bytes contest_allocation::encode() const {
  byte_writer out;
  out.u32(contest.value());
  detail::write_options(out, elected);
  detail::write_options(out, alternates);
  detail::write_options(out, runoff);
  out.fixed(transcript.encode());
  return std::move(out).take();
}

result<allocation> allocate(const contest_entry& contest, const ruled_contest& asked,
                            const tie_attributes* attributes, const std::optional<digest32>& seed) {
  SANDOQ_EXPECTS(contest.law.has_value(), "a contest of rule 2");
  tie_order order;
  if (attributes != nullptr) {
    auto values = values_by_option(contest, *attributes);
    if (!values) {
      return tl::unexpected<error>(std::move(values.error()));
    }
    order.attributes = std::move(*values);
  }
  if (seed) {
    order.ticket = [&](std::uint32_t tie, std::uint32_t subject) {
      return lot_ticket(*seed, asked.contest, tie, subject);
    };
  }
  return allocate(*contest.law, contest.lists, asked.counted, {contest.seats, contest.alternates},
                  order);
}

std::vector<option_index> tied_options(const allocation& seats) {
  std::set<option_index> out;
  for (const allocation_tie& tie : seats.ties) {
    if (tie.between == allocation_tie::tie_between::options) {
      out.insert(tie.subjects.begin(), tie.subjects.end());
    }
  }
  return {out.begin(), out.end()};
}

result<contest_allocation> make_allocation(contest_index contest, const allocation& seats) {
  contest_allocation out{contest, seats.elected, seats.alternates, seats.runoff, seats.transcript};
  const std::string place = "contest " + std::to_string(contest.value());
  if (out.elected.size() > rule::max_seats) {
    return fail(errc::too_large, place,
                std::to_string(out.elected.size()) + " are elected, an item names at most 1,024");
  }
  if (auto read = contest_allocation::decode(out.encode()); !read) {
    return fail(errc::too_large, place,
                "no item can hold this allocation: " + to_string(read.error()));
  }
  return out;
}

verification check_allocation(const contest_allocation& computed,
                              const contest_allocation& published) {
  const auto reject = [](std::string reason) { return verification::rejected(std::move(reason)); };
  if (published.contest != computed.contest) {
    return reject("is of contest " + std::to_string(published.contest.value()) +
                  " where that of contest " + std::to_string(computed.contest.value()) +
                  " must stand");
  }
  const auto& steps = published.transcript.steps;
  const auto& expected = computed.transcript.steps;
  const auto [there, wanted] =
      std::mismatch(steps.begin(), steps.end(), expected.begin(), expected.end());
  if (there != steps.end() || wanted != expected.end()) {
    return reject("step " + std::to_string(there - steps.begin()) +
                  " is not what the rule makes of the counts");
  }
  if (published.elected != computed.elected) {
    return reject("others are elected than the rule says");
  }
  if (published.alternates != computed.alternates) {
    return reject("others are alternates than the rule says");
  }
  if (published.runoff != computed.runoff) {
    return reject("the run-off is not between those whom the rule says");
  }
  return verification::ok();
}

}  // namespace sandoq
