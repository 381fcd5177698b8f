#include "opening_ties.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "../shown_text.hpp"
#include "office_names.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/settlement.hpp"

namespace sandoq::tool {
namespace {

class tie_reader {
 public:
  tie_reader(const bulletin& board, const running_election& election,
             std::span<const lot_commit> commits, opening_state& out)
      : board_(board), election_(election), commits_(commits), out_(out) {
    results_hash hash;
    for (const contest_result& each : out_.opened.results) {
      hash.add(each.encode());
      for (contest_tie& tie : ties_of(each)) {
        ties_.push_back(std::move(tie));
      }
      const contest_entry& contest = board_.plan().contests[each.contest.value()];
      if (contest.rule == seat_rule::by_law) {
        const opened_votes votes = votes_of_contest(contest, each.contest, out_.opened.lists);
        ruled_.push_back({each.contest, counted_by_rule(contest, each, votes)});
      }
    }
    results_ = hash.digest();
  }

  result<void> decide() {
    if (any_open(questions())) {
      tie_items items;
      if (auto done = take(items); !done) {
        return done;
      }
      if (out_.tied.empty()) {
        out_.ties = std::move(items);
      }
    }
    return allocate_all();
  }

 private:
  [[nodiscard]] lot_context context() const {
    return {election_.context.e1(), election_.context.domain()};
  }
  [[nodiscard]] seat_questions questions() const { return {board_.plan(), ties_, ruled_}; }

  /// Everything that the open questions need, as far as it is there.
  result<void> take(tie_items& items) {
    std::optional<digest32> seed;
    if (auto done = take_attributes(items.attributes, seed); !done || !out_.tied.empty()) {
      return done;
    }
    if (needs_lot(questions(), items.attributes)) {
      out_.lot_results = results_;
      if (auto done = take_lot(items); !done || !out_.tied.empty()) {
        return done;
      }
      seed = lot_seed(context(), results_, items.reveals, *items.beacon);
      if (auto done = take_attributes(items.attributes, seed); !done || !out_.tied.empty()) {
        return done;
      }
    }
    items.resolutions = resolve_ties(ties_, items.attributes, seed);
    return sign_attributes(items.attributes);
  }

  /// Values as the authority stated them, of those whom the ties ask for: what is decided by one of
  /// a rule may lead to the next.
  result<void> take_attributes(std::vector<tie_attributes>& known,
                               const std::optional<digest32>& seed) {
    while (out_.tied.empty()) {
      const auto missing = options_to_rank(questions(), known, seed);
      if (!missing) {
        return tl::unexpected(missing.error());
      }
      if (missing->empty()) {
        break;
      }
      for (const unranked_options& each : *missing) {
        if (auto done = add_values(known, each); !done) {
          return done;
        }
      }
    }
    return {};
  }

  [[nodiscard]] result<std::optional<tie_attributes>> stated(contest_index contest) const {
    auto own = board_.all_at<tie_attributes>(
        {static_cast<std::uint32_t>(item_kind::attributes), contest.value()});
    if (!own) {
      return tl::unexpected(std::move(own.error()));
    }
    return own->empty() ? std::nullopt : std::optional(std::move(own->front()));
  }

  result<void> add_values(std::vector<tie_attributes>& known, const unranked_options& asked) {
    const auto given = stated(asked.contest);
    if (!given) {
      return tl::unexpected(given.error());
    }
    const contest_entry& contest = board_.plan().contests[asked.contest.value()];
    tie_attributes& item = item_of(known, asked.contest);
    std::vector<std::string> missing;
    for (const option_index option : asked.options) {
      const auto* const entry = *given ? entry_of(**given, option) : nullptr;
      if (entry == nullptr) {
        missing.push_back(shown(contest.options[option.value()].id));
        continue;
      }
      item.options.push_back(*entry);
      if (entry->values.size() != contest.attributes.size()) {
        return fail(errc::mismatch, "attributes of contest " + shown(contest.id),
                    fmt::format("{} has {} values, the contest has {} attributes",
                                shown(contest.options[option.value()].id), entry->values.size(),
                                contest.attributes.size()));
      }
    }
    std::sort(item.options.begin(), item.options.end(),
              [](const auto& a, const auto& b) { return a.option < b.option; });
    if (!missing.empty()) {
      out_.tied.push_back(
          fmt::format("contest {}: the attributes of those who tied ({}), signed by the authority "
                      "(sandoq authority attributes)",
                      shown(contest.id), fmt::join(missing, ", ")));
    }
    return {};
  }

  static const tie_attributes::entry* entry_of(const tie_attributes& item, option_index option) {
    const auto at = std::find_if(item.options.begin(), item.options.end(),
                                 [option](const auto& each) { return each.option == option; });
    return at == item.options.end() ? nullptr : &*at;
  }

  static tie_attributes& item_of(std::vector<tie_attributes>& known, contest_index contest) {
    const auto at = std::find_if(known.begin(), known.end(),
                                 [&](const auto& item) { return !(item.contest < contest); });
    return at != known.end() && at->contest == contest ? *at : *known.insert(at, {contest, {}, {}});
  }

  /// The authority's signature is over all that it stated: that must be what was asked for.
  result<void> sign_attributes(std::vector<tie_attributes>& known) const {
    for (tie_attributes& item : known) {
      const auto given = stated(item.contest);
      if (!given) {
        return tl::unexpected(given.error());
      }
      if (!*given || (*given)->options != item.options) {
        return fail(
            errc::mismatch,
            "attributes of contest " + shown(board_.plan().contests[item.contest.value()].id),
            "are of others too than those who tied; the authority must state those only");
      }
      item.signature = (*given)->signature;
    }
    return {};
  }

  /// Who is elected by rules of their own, with what decides their ties, or with ties left open.
  result<void> allocate_all() {
    const tie_question question{questions(), context(), election_.context.keys().boards(), commits_,
                                results_};
    for (const ruled_contest& each : ruled_) {
      const auto seats = settle(question, each, out_.ties);
      if (!seats) {
        return tl::unexpected(seats.error());
      }
      auto made = make_allocation(each.contest, *seats);
      if (!made) {
        return tl::unexpected(std::move(made.error()));
      }
      out_.allocations.push_back(std::move(*made));
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
  std::span<const lot_commit> commits_;
  opening_state& out_;
  std::vector<contest_tie> ties_;
  std::vector<ruled_contest> ruled_;
  digest32 results_;
};

}  // namespace

result<void> decide_ties(const bulletin& board, const running_election& election,
                         std::span<const lot_commit> commits, opening_state& out) {
  return tie_reader(board, election, commits, out).decide();
}

}  // namespace sandoq::tool
