#include "lib/rules/step_log.hpp"

namespace sandoq::rules_detail {

std::string to_text(const fraction& value) {
  std::string out = top_of(value).str();
  if (const integer bottom = bottom_of(value); bottom != 1) {
    out += '/';
    out += bottom.str();
  }
  return out;
}

integer rounded(const fraction& value, proportional_rule::rounding_code how) {
  using code = proportional_rule::rounding_code;
  const integer top = top_of(value);
  const integer bottom = bottom_of(value);
  const integer whole = top / bottom;
  const integer rest = top % bottom;
  const integer twice = rest * 2;
  const bool up =
      (how == code::ceiling && rest != 0) || (how == code::half_up && twice >= bottom) ||
      (how == code::half_even && (twice > bottom || (twice == bottom && whole % 2 != 0)));
  return up ? integer(whole + 1) : whole;
}

void step_log::add(step_kind kind, subject_list subjects, std::span<const fraction> values) {
  if (open_) {
    return;
  }
  allocation_step step{kind, std::move(subjects), {}};
  step.values.reserve(values.size());
  for (const fraction& value : values) {
    step.values.push_back(to_text(value));
  }
  transcript_.steps.push_back(std::move(step));
}

subject_list step_log::options(subject_list equal, const integer& places) {
  std::sort(equal.begin(), equal.end());
  if (equal.size() == 1 || integer(equal.size()) <= places) {
    return equal;
  }
  if (ties_.attributes.empty()) {
    return decide(between::options, {equal}, places);
  }
  return decide(between::options,
                groups_by(equal,
                          [&](std::uint32_t option) -> const std::vector<std::uint32_t>& {
                            return ties_.attributes[option];
                          }),
                places);
}

void step_log::note(between whom, subject_list subjects) {
  if (open_) {
    return;
  }
  std::sort(subjects.begin(), subjects.end());
  tied_.push_back({whom, std::move(subjects)});
}

subject_list step_log::decide(between whom, const std::vector<subject_list>& groups,
                              const integer& places) {
  const bool lot = std::any_of(groups.begin(), groups.end(),
                               [](const subject_list& group) { return group.size() > 1; });
  const auto number = static_cast<std::uint32_t>(tied_.size());
  subject_list order;
  for (const subject_list& group : groups) {
    std::vector<std::pair<digest32, std::uint32_t>> drawn;
    for (const std::uint32_t subject : group) {
      const bool needed = group.size() > 1 && ties_.ticket;
      drawn.emplace_back(needed ? ties_.ticket(number, subject) : digest32{}, subject);
    }
    std::stable_sort(drawn.begin(), drawn.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [ticket, subject] : drawn) {
      order.push_back(subject);
    }
  }
  note(whom, order);
  if (lot && !ties_.ticket) {
    std::sort(order.begin(), order.end());
    add(step_kind::open_tie, order, fraction(places));
    open_ = true;
    return order;
  }
  add(step_kind::tie, order, fraction(places));
  return order;
}

void seat_taker::take(const subject_list& group) {
  if (seats == 0 && alternates == 0) {
    return;
  }
  const subject_list order = log.options(group, seats > 0 ? seats : 1);
  for (const std::uint32_t option : order) {
    if (seats > 0) {
      elected.push_back(option);
      --seats;
    } else if (alternates > 0) {
      reserves.push_back(option);
      --alternates;
    }
  }
}

}  // namespace sandoq::rules_detail
