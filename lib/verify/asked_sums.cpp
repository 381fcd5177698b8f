#include "lib/verify/asked_sums.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "sandoq/tally/opening_sums.hpp"

namespace sandoq {

namespace {

digest32 hash_of(std::span<const wire_ciphertext> sums) {
  byte_writer out;
  out.reserve(sums.size() * 64);
  for (const wire_ciphertext& c : sums) {
    write(out, c);
  }
  return framed_hash::of("verify/sums", out.view());
}

template <class Entry>
auto key(const Entry& e) {
  return std::pair(e.node, e.contest);
}

}  // namespace

void asked_sums::ask(const opening_request& request) {
  for (const opened_place& place : request.places) {
    entries_.push_back({place.node, request.contest, request.places.size() > 1});
  }
}

void asked_sums::ask(const mix_group& group) {
  for (const mixed_place& place : group.places) {
    entries_.push_back({place.node, group.contest});
  }
}

void asked_sums::settle() {
  std::sort(entries_.begin(), entries_.end(), [](const entry& a, const entry& b) {
    return std::tuple(a.node, a.contest, !a.adds_up) < std::tuple(b.node, b.contest, !b.adds_up);
  });
  entries_.erase(std::unique(entries_.begin(), entries_.end(),
                             [](const entry& a, const entry& b) { return key(a) == key(b); }),
                 entries_.end());
  entries_.shrink_to_fit();
}

void asked_sums::note(const tally_node& node) {
  auto at = std::lower_bound(entries_.begin(), entries_.end(), node.node,
                             [](const entry& e, node_index wanted) { return e.node < wanted; });
  const auto& totals = node.subtotals.contests;
  for (; at != entries_.end() && at->node == node.node; ++at) {
    const auto total = std::lower_bound(
        totals.begin(), totals.end(), at->contest,
        [](const wire_contest_total& t, contest_index wanted) { return t.contest < wanted; });
    if (total == totals.end() || total->contest != at->contest) {
      continue;
    }
    at->noted = true;
    at->node_hash = node.hash;
    at->ballots = total->ballots;
    if (at->adds_up) {
      at->sums = total->sums;
    } else {
      at->hash_of_sums = hash_of(total->sums);
    }
  }
}

const asked_sums::entry* asked_sums::find(node_index node, contest_index contest) const {
  const auto at =
      std::lower_bound(entries_.begin(), entries_.end(), std::pair(node, contest),
                       [](const entry& e, const auto& wanted) { return key(e) < wanted; });
  return at != entries_.end() && key(*at) == std::pair(node, contest) ? &*at : nullptr;
}

template <class Item>
std::string asked_sums::differing_place(const Item& item) const {
  std::uint64_t ballots = 0;
  for (const auto& place : item.places) {
    const entry* const noted = find(place.node, item.contest);
    const std::string name = "node " + std::to_string(place.node.value());
    if (noted == nullptr || !noted->noted) {
      return name + " does not have the contest";
    }
    if (noted->node_hash != place.hash) {
      return "the hash of " + name + " is not that of the tally";
    }
    ballots += noted->ballots;
  }
  if (item.ballots != ballots) {
    return "says " + std::to_string(item.ballots) + " ballots, its places have " +
           std::to_string(ballots);
  }
  return {};
}

std::string asked_sums::difference(const opening_request& request) const {
  if (std::string wrong = differing_place(request); !wrong.empty()) {
    return wrong;
  }
  std::vector<const std::vector<wire_ciphertext>*> sums;
  const entry* noted = nullptr;
  for (const opened_place& place : request.places) {
    noted = find(place.node, request.contest);
    sums.push_back(&noted->sums);
  }
  bool equal = false;
  if (noted != nullptr && noted->adds_up) {
    const auto added = add_sums(sums);
    if (!added) {  // record.elements has looked at them already
      return to_string(added.error());
    }
    equal = request.ciphertexts == *added;
  } else if (noted != nullptr) {
    equal = hash_of(request.ciphertexts) == noted->hash_of_sums;
  }
  return equal ? std::string() : "the ciphertexts are not the sums of its places";
}

std::string asked_sums::difference(const mix_group& group) const {
  return differing_place(group);
}

}  // namespace sandoq
