#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "lib/verify/ballot_blocks.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq {

/// One more pass over the ballot files, which are read, hashed and framed as they were at first; if
/// they have become others since, record.files fails. What is done with the blocks comes from
/// outside. Memory: slots() blocks.                                                   SPEC(80.6)
class ballot_walk {
 public:
  /// Each is told the slot of the block; one that is missing does nothing.
  struct stages {
    /// In any order, of several blocks at once.
    std::function<void(std::size_t slot, const ballot_block& block)> prepare;
    /// In order: a block begins.
    std::function<void(std::size_t slot)> begin;
    /// In order, for each of its items, which stands where it may.
    std::function<result<void>(std::size_t slot, std::size_t number, const segment_item& item,
                               const item_place& place, bool is_evidence)>
        take;
    /// In any order, of several blocks at once, after all its items.
    std::function<void(std::size_t slot)> check;
    /// In order, at the end.
    std::function<void(std::size_t slot)> settle;
    /// Asked before every block and item: whether there is still something to decide.
    std::function<bool()> is_anything_open;
  };

  /// \param phase  for progress
  ballot_walk(verify_state& v, std::string_view phase);

  [[nodiscard]] std::size_t slots() const noexcept { return blocks_.size(); }

  /// Takes all ballot files through the stages, while there is something to decide. False if they
  /// were not walked to their end. Once only.
  [[nodiscard]] bool run(const stages& what);

  /// Ballots that are through, for progress.
  void count_ballots(std::uint64_t more) noexcept { ballots_ += more; }

 private:
  void follow(std::size_t slot, const stages& what);
  [[nodiscard]] result<void> follow_items(std::size_t slot, const stages& what);

  verify_state& v_;
  std::string_view phase_;
  std::vector<listed_file> files_;
  std::vector<ballot_block> blocks_;
  item_order order_;
  std::size_t files_ended_ = 0;
  std::atomic<bool> stopped_ = false;
  std::atomic<std::uint64_t> read_bytes_ = 0;
  std::atomic<std::uint64_t> ballots_ = 0;
};

}  // namespace sandoq
