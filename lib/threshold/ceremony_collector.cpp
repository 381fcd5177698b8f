#include "sandoq/threshold/ceremony_collector.hpp"

#include <utility>

namespace sandoq {
namespace {

// An attempt has one item of each kind from each trustee, and complaints of each about each other
// of its board.
constexpr std::size_t max_trustees_in_all = quorum::max_boards * quorum::max_trustees;
constexpr std::size_t max_kept = max_trustees_in_all + 1;
constexpr std::size_t max_complaints = max_trustees_in_all * (quorum::max_trustees - 1) + 1;

template <class Item>
void keep(std::vector<Item>& list, Item item, std::size_t most = max_kept) {
  if (list.size() < most) {
    list.push_back(std::move(item));
  }
}

}  // namespace

ceremony_items& ceremony_collector::attempt_of(ceremony_round round) {
  const bool begins = attempts_.empty() || begins_attempt(last_, round);
  last_ = round;
  if (begins && attempts_.size() <= ceremony_items::max_attempts) {
    attempts_.emplace_back();
  }
  return attempts_.back();
}

void ceremony_collector::put(dkg_absence item) {
  keep(attempt_of(ceremony_round::absence).absences, std::move(item));
}
void ceremony_collector::put(dkg_commit item) {
  keep(attempt_of(ceremony_round::commit).commits, std::move(item));
}
void ceremony_collector::put(dkg_reveal item) {
  keep(attempt_of(ceremony_round::reveal).reveals, std::move(item));
}
void ceremony_collector::put(dkg_deal item) {
  keep(attempt_of(ceremony_round::deal).deals, std::move(item));
}
void ceremony_collector::put(dkg_complaint item) {
  keep(attempt_of(ceremony_round::complaint).complaints, std::move(item), max_complaints);
}
void ceremony_collector::put(dkg_confirm item) {
  keep(attempt_of(ceremony_round::confirm).confirms, std::move(item));
}

}  // namespace sandoq
