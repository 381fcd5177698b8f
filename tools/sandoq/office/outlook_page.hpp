#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "outlook.hpp"
#include "sandoq/ballot/roster.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/proofs/quorum.hpp"

namespace sandoq::tool {

/// "a, b, c, d, e and 12 more"
[[nodiscard]] std::string some_of(const std::vector<std::string>& names);

/// Trustees of a board who have not signed, besides those who are shut out.
[[nodiscard]] std::vector<trustee_seat> others_of(const board_keys& keys, board_index board,
                                                  const std::vector<quorum_signature>& signers);

/// An outlook while it is written: its parts put their lines on it, each for its own matter.
class outlook_page {
 public:
  /// An election may have thousands of devices.
  static constexpr std::size_t most_lines = 20;  ///< of one matter
  static constexpr std::size_t most_names = 5;   ///< in one line

  explicit outlook_page(const manifest& plan) : plan_(plan) {}

  void line(std::string about, std::string text);
  /// More about the same, at most most_lines of it.
  void lines(const std::vector<std::string>& texts);

  void next(std::string text) { out_.next.push_back(std::move(text)); }
  /// What this one runs next, in one line with all others who run the same.
  void next(const std::string& name, const std::string& command);
  /// Whose signature under something is still wanted; in one line with all others.
  void to_sign(const trustee_seat& who) {
    to_sign_.insert({who.board.value(), who.trustee.value()});
  }
  [[nodiscard]] bool waits_for_signatures() const noexcept { return !to_sign_.empty(); }

  /// Writes down who runs or signs the same: from here on only next() adds something.
  void gather();
  [[nodiscard]] election_outlook take() && { return std::move(out_); }

 private:
  const manifest& plan_;
  election_outlook out_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> to_sign_;               // board, trustee
  std::vector<std::pair<std::string, std::vector<std::string>>> who_runs_;  // a command: who
};

}  // namespace sandoq::tool
