#include "lib/verify/signature_batch.hpp"

#include <utility>

#include "sandoq/core/executor.hpp"
#include "sandoq/proofs/batch.hpp"

namespace sandoq {

namespace {

constexpr std::size_t batch_items = 256;

}  // namespace

void signature_batch::add(check_id check, std::string place, const digest32& hash,
                          std::function<verification(equation_sink<ristretto255>&)> emit) {
  items_.push_back({check, std::move(place), std::move(emit)});
  hashes_.push_back(hash);
  if (items_.size() == batch_items) {
    flush();
  }
}

void signature_batch::flush() {
  if (items_.empty()) {
    return;
  }
  const shared_bases<ristretto255> bases;
  sequential_executor here;  // other threads are busy with ballots
  const auto failures = verify_batch<ristretto255>(
      v_.e1(), hashes_, bases,
      [this](std::size_t i, equation_sink<ristretto255>& sink) { return items_[i].emit(sink); },
      here);
  for (const batch_failure& failure : failures) {
    const item& culprit = items_[failure.item];
    v_.board.fail(culprit.check, culprit.place, failure.reason);
  }
  items_.clear();
  hashes_.clear();
}

}  // namespace sandoq
