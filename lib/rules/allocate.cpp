#include "sandoq/rules/allocate.hpp"

#include <algorithm>
#include <string>

#include "lib/rules/methods.hpp"

namespace sandoq {
namespace {

constexpr std::uint32_t max_ranked = 128;
constexpr std::uint32_t max_transfer_seats = 9;

/// What an allocation is asked, for its checks.
struct allocation_question {
  const rule& law;
  std::span<const party_list> lists;
  const counted_contest& counted;
  places_to_fill places;
  const tie_order& ties;

  const ranking_rule* ranking() const { return std::get_if<ranking_rule>(&law.method); }
  const proportional_rule* by_lists() const { return std::get_if<proportional_rule>(&law.method); }
};

result<void> check_size(const allocation_question& asked) {
  const std::size_t options = asked.counted.votes.size();
  const ranking_rule* ranking = asked.ranking();
  const std::uint32_t most = ranking != nullptr ? max_ranked : rule::max_options;
  if (options < 1 || options > most) {
    return fail(errc::out_of_range, "rule.options",
                "there are " + std::to_string(options) + " options, there must be 1 to " +
                    std::to_string(most));
  }
  const auto [seats, alternates] = asked.places;
  if (seats < 1 || seats > std::min<std::size_t>(options, rule::max_seats) ||
      alternates > options) {
    return fail(errc::out_of_range, "rule.seats",
                std::to_string(seats) + " seats and " + std::to_string(alternates) +
                    " alternates do not fit " + std::to_string(options) + " options");
  }
  if (ranking != nullptr && ranking->method == ranking_rule::method_code::irv && seats != 1) {
    return fail(errc::out_of_range, "rule.seats", "IRV has one seat; take STV for more");
  }
  if (ranking != nullptr && ranking->method == ranking_rule::method_code::stv &&
      seats > max_transfer_seats) {
    return fail(errc::out_of_range, "rule.seats",
                "STV has at most 9 seats: exact values double their digits with every transfer");
  }
  return {};
}

bool rankings_name_options(const counted_contest& counted) {
  for (const ranked_ballots& ballot : counted.rankings) {
    for (auto rank : ballot.ranks) {
      std::sort(rank.begin(), rank.end());
      if (std::adjacent_find(rank.begin(), rank.end()) != rank.end() ||
          (!rank.empty() && rank.back().value() >= counted.votes.size())) {
        return false;
      }
    }
  }
  return true;
}

result<void> check_counts(const allocation_question& asked) {
  const auto refuse = [](std::string_view reason) {
    return fail(errc::mismatch, "rule.counts", reason);
  };
  const counted_contest& counted = asked.counted;
  const proportional_rule* part = asked.by_lists();
  if (counted.valid > counted.ballots) {
    return refuse("more valid ballots than ballots");
  }
  const bool own = part != nullptr && part->base == proportional_rule::base_code::list_ballots;
  if (counted.list_ballots.size() != (own ? asked.lists.size() : 0)) {
    return refuse("a number of ballots for each list, if lists have votes of their own");
  }
  if (asked.ranking() == nullptr && !counted.rankings.empty()) {
    return refuse("this method has no rankings");
  }
  const auto& attributes = asked.ties.attributes;
  const bool even = std::all_of(attributes.begin(), attributes.end(), [&](const auto& values) {
    return values.size() == attributes.front().size();
  });
  if (!even || (!attributes.empty() && attributes.size() != counted.votes.size())) {
    return refuse("attributes: as many values for each option");
  }
  if (!rankings_name_options(counted)) {
    return refuse("a ranking names an option twice in a rank, or none that there is");
  }
  return {};
}

result<void> check(const allocation_question& asked) {
  if (auto good = asked.law.check(); !good) {
    return good;
  }
  if (auto good =
          check_party_lists(asked.lists, static_cast<std::uint32_t>(asked.counted.votes.size()));
      !good) {
    return good;
  }
  if (!asked.lists.empty() && asked.by_lists() == nullptr) {
    return fail(errc::mismatch, "rule.lists", "this method has no lists");
  }
  if (auto good = check_size(asked); !good) {
    return good;
  }
  return check_counts(asked);
}

}  // namespace

result<allocation> allocate(const rule& law, std::span<const party_list> lists,
                            const counted_contest& counted, places_to_fill places,
                            const tie_order& ties) {
  const allocation_question asked{law, lists, counted, places, ties};
  if (auto good = check(asked); !good) {
    return tl::unexpected<error>(std::move(good.error()));
  }
  rules_detail::step_log log(ties);
  allocation out;
  if (const auto* part = asked.by_lists()) {
    rules_detail::fill_by_lists(*part, lists, counted, places, log, out);
  } else if (const auto* ranking = asked.ranking()) {
    rules_detail::fill_by_rankings(*ranking, counted, places, log, out);
  } else {
    rules_detail::fill_by_plurality(std::get<plurality_rule>(law.method), counted, places, log,
                                    out);
  }
  if (log.open()) {
    out = {};
    out.status = allocation_status::open;
  }
  out.transcript = std::move(log).take();
  out.ties = std::move(log).take_ties();
  return out;
}

}  // namespace sandoq
