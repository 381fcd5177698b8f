#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/mixnet/mix_items.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq {

/// What requests and groups of the mix ask of the tree: of the places that one of them names, and
/// of no others, what tally.pb has of that contest. The sums of a place that is always opened alone
/// are kept as a hash, since they can only be equal to the request's or not.
class asked_sums {
 public:
  /// From every request and every group, before the tree is read.
  void ask(const opening_request& request);
  void ask(const mix_group& group);
  /// None comes any more.
  void settle();
  /// A node of tally.pb that has been verified.
  void note(const tally_node& node);

  /// Empty if hashes, ballots and ciphertexts of the request are those of the noted places.
  /// Cost: a hash for one place; 2 decodings a ciphertext and place for several.
  [[nodiscard]] std::string difference(const opening_request& request) const;
  /// Empty if hashes and ballots of the group are those of the noted places.
  [[nodiscard]] std::string difference(const mix_group& group) const;

 private:
  struct entry {
    node_index node;
    contest_index contest;
    bool adds_up = false;  // some request takes it together with others
    bool noted = false;
    digest32 node_hash{};
    std::uint64_t ballots = 0;
    digest32 hash_of_sums{};
    std::vector<wire_ciphertext> sums{};  // if adds_up
  };
  [[nodiscard]] const entry* find(node_index node, contest_index contest) const;
  template <class Item>
  [[nodiscard]] std::string differing_place(const Item& item) const;

  std::vector<entry> entries_;  // once settled: by node and contest, each pair once
};

}  // namespace sandoq
