#include "lib/verify/element_check.hpp"

#include <algorithm>

#include "sandoq/group/ristretto255.hpp"

namespace sandoq {

namespace {

constexpr std::size_t octets_each = 32;
constexpr std::size_t batch_elements = 8192;
constexpr std::size_t grain_elements = 256;

}  // namespace

void element_check::begin_item(std::string_view place) {
  const std::size_t first = gathered_.size() / octets_each;
  if (!items_.empty() && items_.back().first_element == first) {
    items_.back().place = place;
  } else {
    items_.push_back({std::string(place), first});
  }
}

void element_check::element(byte_view octets) {
  if (!outcome_) {
    return;
  }
  gathered_.insert(gathered_.end(), octets.begin(), octets.end());
  if (gathered_.size() == batch_elements * octets_each) {
    flush();
  }
}

void element_check::scalar(byte_view octets) {
  if (!outcome_) {
    return;
  }
  if (auto decoded = ristretto255::decode_scalar(octets); !decoded) {
    error e = std::move(decoded.error());
    flush();  // an element before it goes first
    if (outcome_) {
      outcome_ = fail(e.code, items_.back().place, e.reason);
    }
  }
}

void element_check::proof(byte_view octets, std::size_t elements) {
  for (std::size_t i = 0; i < octets.size() / octets_each; ++i) {
    const byte_view part = octets.subspan(i * octets_each, octets_each);
    if (i < elements) {
      element(part);
    } else {
      scalar(part);
    }
  }
}

const std::string& element_check::place_of(std::size_t element) const {
  const auto after =
      std::upper_bound(items_.begin(), items_.end(), element,
                       [](std::size_t e, const item& i) { return e < i.first_element; });
  return std::prev(after)->place;
}

void element_check::flush() {
  const std::size_t count = gathered_.size() / octets_each;
  const std::size_t ranges = (count + grain_elements - 1) / grain_elements;
  std::vector<char> bad(ranges, 0);
  workers_->parallel_for(ranges, [&](std::size_t r) noexcept {
    const std::size_t first = r * grain_elements;
    const std::size_t length = std::min(grain_elements, count - first);
    std::vector<ristretto255::element> decoded(length);
    bad[r] = !ristretto255::decode_batch(
        decoded, byte_view(gathered_).subspan(first * octets_each, length * octets_each));
  });
  const auto worst = std::find(bad.begin(), bad.end(), 1);
  if (worst != bad.end()) {
    auto i = static_cast<std::size_t>(worst - bad.begin()) * grain_elements;
    for (; i < count; ++i) {
      const auto decoded =
          ristretto255::decode(byte_view(gathered_).subspan(i * octets_each, octets_each));
      if (!decoded) {
        outcome_ = fail(decoded.error().code, place_of(i), decoded.error().reason);
        break;
      }
    }
  }
  gathered_.clear();
  if (!items_.empty()) {
    items_.erase(items_.begin(), std::prev(items_.end()));
    items_.front().first_element = 0;
  }
}

result<void> element_check::finish() {
  flush();
  return outcome_;
}

}  // namespace sandoq
