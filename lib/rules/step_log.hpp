#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "lib/rules/exact.hpp"
#include "sandoq/rules/allocate.hpp"

namespace sandoq::rules_detail {

using subject_list = std::vector<std::uint32_t>;

/// Collects the steps of an allocation and decides its ties.                           SPEC(76.7)
/// After a tie that stays open nothing more is written, and equals stand ascending, so that what
/// runs comes to its end; the outcome is thrown away.
class step_log {
 public:
  explicit step_log(const tie_order& ties) : ties_(ties) {}

  void add(step_kind kind, subject_list subjects = {}, std::span<const fraction> values = {});
  void add(step_kind kind, subject_list subjects, const fraction& value) {
    add(kind, std::move(subjects), std::span(&value, 1));
  }

  /// Options in their order for so many places: ascending if all fit, or there is only one.
  [[nodiscard]] subject_list options(subject_list equal, const integer& places);

  /// The same for parties. \param votes  gives the votes of a party if more votes go first
  template <class Votes>
  [[nodiscard]] subject_list parties(subject_list equal, const integer& places,
                                     proportional_rule::tie_code code, const Votes& votes) {
    std::sort(equal.begin(), equal.end());
    if (equal.size() == 1 || integer(equal.size()) <= places) {
      return equal;
    }
    std::vector<subject_list> groups{equal};
    if (code == proportional_rule::tie_code::votes_then_lot) {
      std::stable_sort(equal.begin(), equal.end(),
                       [&](std::uint32_t a, std::uint32_t b) { return votes(a) > votes(b); });
      groups.clear();
      for (const std::uint32_t party : equal) {
        if (groups.empty() || votes(groups.back().front()) != votes(party)) {
          groups.emplace_back();
        }
        groups.back().push_back(party);
      }
    }
    return decide(between::parties, groups, places);
  }

  [[nodiscard]] bool open() const noexcept { return open_; }
  [[nodiscard]] allocation_transcript take() && { return std::move(transcript_); }
  /// All that were decided, and the one that stays open.
  [[nodiscard]] std::vector<allocation_tie> take_ties() && { return std::move(tied_); }

 private:
  using between = allocation_tie::tie_between;
  subject_list decide(between whom, const std::vector<subject_list>& groups, const integer& places);
  void note(between whom, subject_list subjects);

  const tie_order& ties_;
  allocation_transcript transcript_;
  std::vector<allocation_tie> tied_;
  bool open_ = false;
};

/// The subjects in groups of equal value, highest first, each in the order given.
template <class Value>
[[nodiscard]] std::vector<subject_list> groups_by(const subject_list& subjects,
                                                  const Value& value_of) {
  using value = std::decay_t<decltype(value_of(0U))>;
  std::vector<std::pair<value, std::uint32_t>> valued;
  valued.reserve(subjects.size());
  for (const std::uint32_t subject : subjects) {
    valued.emplace_back(value_of(subject), subject);
  }
  std::stable_sort(valued.begin(), valued.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<subject_list> out;
  for (std::size_t i = 0; i < valued.size(); ++i) {
    if (i == 0 || valued[i - 1].first != valued[i].first) {
      out.emplace_back();
    }
    out.back().push_back(valued[i].second);
  }
  return out;
}

/// Seats, then alternates, to groups of options as they come; those elected and the alternates, who
/// always have an order, are added to the lists. What is left of the places stays in `places`.
/// SPEC(76.8)
struct seat_taker {
  step_log& log;
  std::uint32_t seats;
  std::uint32_t alternates;
  subject_list elected{};
  subject_list reserves{};
  void take(const subject_list& group);
};

}  // namespace sandoq::rules_detail
