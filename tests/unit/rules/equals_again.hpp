#pragma once

#include <algorithm>
#include <map>

#include "tests/unit/rules/parties_again.hpp"

namespace sandoq::testing {

/// Equals put in order a second time: one sort by whatever decides, tie after tie numbered.
class equals_again {
 public:
  explicit equals_again(const tie_order& ties) : ties_(ties) {}

  numbers_of_subjects options(numbers_of_subjects equal, std::size_t places) {
    return decided(std::move(equal), places, [&](std::uint32_t a, std::uint32_t b) {
      return !ties_.attributes.empty() && ties_.attributes[a] > ties_.attributes[b];
    });
  }
  template <class Votes>
  numbers_of_subjects parties(numbers_of_subjects equal, std::size_t places,
                              proportional_rule::tie_code code, const Votes& votes_of) {
    const bool by_votes = code == proportional_rule::tie_code::votes_then_lot;
    return decided(std::move(equal), places, [&](std::uint32_t a, std::uint32_t b) {
      return by_votes && votes_of(a) > votes_of(b);
    });
  }
  /// Every tie so far: its subjects in their order, and the places.
  const std::vector<allocation_step>& ties() const { return ties_so_far_; }

 private:
  template <class Before>
  numbers_of_subjects decided(numbers_of_subjects equal, std::size_t places, const Before& before) {
    std::sort(equal.begin(), equal.end());
    if (equal.size() > 1 && equal.size() > places) {
      const auto tie = static_cast<std::uint32_t>(ties_so_far_.size());
      std::sort(equal.begin(), equal.end(), [&](std::uint32_t a, std::uint32_t b) {
        return before(a, b) || (!before(b, a) && ties_.ticket(tie, a) < ties_.ticket(tie, b));
      });
      ties_so_far_.push_back({step_kind::tie, equal, {std::to_string(places)}});
    }
    return equal;
  }

  const tie_order& ties_;
  std::vector<allocation_step> ties_so_far_;
};

inline std::vector<allocation_step> steps_of(const allocation& made, step_kind kind) {
  std::vector<allocation_step> out = made.transcript.steps;
  std::erase_if(out, [&](const allocation_step& step) { return step.kind != kind; });
  return out;
}

struct seated_options {
  std::vector<option_index> elected;
  std::vector<option_index> alternates;
};

/// One order of all, group after group, cut where the seats end and where the alternates end.
template <class Value, class Order>
seated_options cut_from_groups(const std::map<Value, numbers_of_subjects, Order>& groups,
                               places_to_fill places, equals_again& equals) {
  std::vector<option_index> order;
  for (const auto& [value, group] : groups) {
    if (order.size() < places.seats + places.alternates) {
      const std::size_t room = places.seats > order.size() ? places.seats - order.size() : 1;
      for (const std::uint32_t option : equals.options(group, room)) {
        order.emplace_back(option);
      }
    }
  }
  order.resize(std::min<std::size_t>(order.size(), places.seats + places.alternates),
               option_index(0));
  const auto end_of_seats = order.begin() + static_cast<std::ptrdiff_t>(
                                                std::min<std::size_t>(order.size(), places.seats));
  return {{order.begin(), end_of_seats}, {end_of_seats, order.end()}};
}

/// A lot, and in half of the cases attributes that leave some equal.
inline tie_order some_ties(rule_numbers& numbers, std::size_t options) {
  tie_order out = some_lot();
  if (const std::uint32_t width = numbers.below(4); width > 1) {
    out.attributes.resize(options);
    for (auto& values : out.attributes) {
      for (std::uint32_t i = 1; i < width; ++i) {
        values.push_back(numbers.below(3));
      }
    }
  }
  return out;
}

}  // namespace sandoq::testing
