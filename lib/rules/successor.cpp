#include <algorithm>

#include "sandoq/rules/allocate.hpp"

namespace sandoq {
namespace {

bool holds(std::span<const option_index> options, option_index option) {
  return std::find(options.begin(), options.end(), option) != options.end();
}

std::optional<option_index> first_left(std::span<const option_index> order,
                                       std::span<const option_index> gone) {
  for (const option_index option : order) {
    if (!holds(gone, option)) {
      return option;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<option_index> successor(const rule& law, const allocation& seats, option_index vacant,
                                      std::span<const option_index> gone) {
  const auto* part = std::get_if<proportional_rule>(&law.method);
  if (part == nullptr) {
    return first_left(seats.alternates, gone);
  }
  if (part->vacancy != proportional_rule::vacancy_code::votes) {
    for (const party_outcome& party : seats.parties) {
      if (holds(party.elected, vacant) || holds(party.alternates, vacant)) {
        if (const auto own = first_left(party.alternates, gone)) {
          return own;
        }
        break;
      }
    }
  }
  return first_left(seats.reserve, gone);
}

}  // namespace sandoq
