#include "opening_ties.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "../shown_text.hpp"
#include "office_names.hpp"
#include "sandoq/tally/lot.hpp"

namespace sandoq::tool {
namespace {

class tie_reader {
 public:
  tie_reader(const bulletin& board, const running_election& election, opening_state& out)
      : board_(board), election_(election), out_(out) {}

  result<void> decide() {
    results_hash hash;
    for (const contest_result& each : out_.opened.results) {
      hash.add(each.encode());
      for (contest_tie& tie : ties_of(each)) {
        ties_.push_back(std::move(tie));
      }
    }
    if (ties_.empty()) {
      return {};
    }
    tie_items items;
    if (auto done = take_attributes(items); !done || !out_.tied.empty()) {
      return done;
    }
    std::optional<digest32> seed;
    if (needs_lot(ties_, items.attributes)) {
      out_.lot_results = hash.digest();
      if (auto done = take_lot(items); !done || !out_.tied.empty()) {
        return done;
      }
      seed = lot_seed(context(), hash.digest(), items.reveals, *items.beacon);
    }
    items.resolutions = resolve_ties(ties_, items.attributes, seed);
    out_.ties = std::move(items);
    return {};
  }

 private:
  [[nodiscard]] lot_context context() const {
    return {election_.context.e1(), election_.context.domain()};
  }

  result<void> take_attributes(tie_items& items) {
    const auto published =
        board_.all<tie_attributes>(static_cast<std::uint32_t>(item_kind::attributes));
    if (!published) {
      return tl::unexpected(published.error());
    }
    for (std::uint32_t c = 0; c < board_.plan().contests.size(); ++c) {
      const contest_entry& contest = board_.plan().contests[c];
      std::vector<contest_tie> own;
      std::copy_if(ties_.begin(), ties_.end(), std::back_inserter(own),
                   [c](const contest_tie& tie) { return tie.contest.value() == c; });
      if (own.empty() || contest.attributes.empty()) {
        continue;
      }
      const auto found =
          std::find_if(published->begin(), published->end(),
                       [c](const tie_attributes& item) { return item.contest.value() == c; });
      if (found == published->end()) {
        out_.tied.push_back(
            fmt::format("contest {}: the attributes of those who tied, signed by the authority",
                        shown(contest.id)));
        continue;
      }
      if (const auto good = check_attributes(contest, own, *found); !good) {
        return fail(errc::mismatch, "attributes of contest " + shown(contest.id), good.reason());
      }
      items.attributes.push_back(*found);
    }
    return {};
  }

  result<void> take_lot(tie_items& items) {
    if (board_.plan().beacon.empty()) {
      out_.tied.push_back("a lot, which this election does not have: the ties stay open");
      return {};
    }
    auto reveals = board_.all<lot_reveal>(static_cast<std::uint32_t>(item_kind::lot_reveal));
    if (!reveals) {
      return tl::unexpected(std::move(reveals.error()));
    }
    for (std::uint32_t b = 0; b < board_.plan().boards.size(); ++b) {
      if (std::none_of(reveals->begin(), reveals->end(),
                       [b](const lot_reveal& each) { return each.board.value() == b; })) {
        out_.tied.push_back(fmt::format("the lot value of {} (sandoq trustee lot --reveal)",
                                        name_board(board_.plan(), board_index(b))));
      }
    }
    items.reveals = std::move(*reveals);
    const auto all = candidates_of(board_, item_kind::lot_beacon, election_.hashes,
                                   election_.context.keys().boards());
    const auto one =
        all ? signed_one_of(*all, "the public value for the lot") : tl::unexpected(all.error());
    if (!one) {
      return tl::unexpected(one.error());
    }
    if (*one) {
      return take_beacon(**one, items);
    }
    out_.tied.push_back(
        all->empty() ? std::string("the public value for the lot (sandoq combine --beacon TEXT)")
                     : fmt::format("signatures under the public value for the lot ({})",
                                   fmt::join(all->front().so_far.waiting_for, ", ")));
    return {};
  }

  static result<void> take_beacon(const candidate& chosen, tie_items& items) {
    auto beacon = decode_body<lot_beacon>(chosen.what);
    if (!beacon) {
      return fail_within("lot_beacon", std::move(beacon.error()));
    }
    beacon->signatures = chosen.so_far.valid;
    items.beacon = std::move(*beacon);
    return {};
  }

  const bulletin& board_;
  const running_election& election_;
  opening_state& out_;
  std::vector<contest_tie> ties_;
};

}  // namespace

result<void> decide_ties(const bulletin& board, const running_election& election,
                         opening_state& out) {
  return tie_reader(board, election, out).decide();
}

}  // namespace sandoq::tool
