#pragma once

#include <functional>
#include <span>
#include <vector>

#include "bulletin.hpp"
#include "running_election.hpp"
#include "sandoq/ballot/roster.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Which messages of a bulletin claim their places: those that hold by themselves, under a key that
/// is known. The rest is left aside. First the ceremony's, by the roster's keys; then, once there
/// is an election hash, everything that is bound to it.                                SPEC(85.1)
class bulletin_judge {
 public:
  explicit bulletin_judge(bulletin& board) : board_(board) {}

  /// \return duplicate, with both names, where two messages that hold claim one place.
  [[nodiscard]] result<void> judge();

 private:
  using rule = std::function<result<void>(const published&)>;

  void drop(const message_place& begin, const rule& holds);
  [[nodiscard]] result<void> keep(const message_place& begin, const rule& holds);
  template <class Item, class Check>
  [[nodiscard]] result<void> keep_items(std::uint32_t kind, const Check& check);
  [[nodiscard]] result<void> claim(std::vector<published>& there);
  void judge_forms();
  void judge_signatures(const election_hashes& election, std::span<const board_keys> boards);
  [[nodiscard]] result<void> judge_ceremony();
  [[nodiscard]] result<void> judge_election(const running_election& election);
  [[nodiscard]] result<void> judge_polls(const running_election& election);
  [[nodiscard]] result<void> judge_openings(const running_election& election);
  void put_off();
  void leave(const std::string& file, const std::string& reason);

  bulletin& board_;
};

}  // namespace sandoq::tool
