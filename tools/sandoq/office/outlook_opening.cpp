#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "office_names.hpp"
#include "opening_state.hpp"
#include "outlook_parts.hpp"
#include "sandoq/mixnet/mix_items.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/ties.hpp"
#include "sandoq/threshold/list_opening.hpp"
#include "sandoq/threshold/opening.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

template <class Item>
result<std::vector<Item>> published_as(const bulletin& board, item_kind kind) {
  return board.all<Item>(static_cast<std::uint32_t>(kind));
}

using seats = std::vector<trustee_seat>;

class opening_writer {
 public:
  opening_writer(outlook_page& page, const bulletin& board, const running_election& election)
      : page_(page), board_(board), plan_(board.plan()), election_(election) {}

  result<opening_outlook> write() && {
    auto done = lots();
    done = done ? mixes() : std::move(done);
    done = done ? requests() : std::move(done);
    done = done ? ties() : std::move(done);
    if (!done) {
      return tl::unexpected(std::move(done.error()));
    }
    return out_;
  }

 private:
  /// Which boards have not even stated a commitment.
  result<void> lots() {
    if (plan_.beacon.empty()) {
      return {};
    }
    const auto stated = board_.statements(item_kind::lot_commit);
    if (!stated) {
      return tl::unexpected(stated.error());
    }
    for (std::uint32_t b = 0; b < plan_.boards.size(); ++b) {
      if (std::none_of(stated->begin(), stated->end(), [b](const statement& each) {
            const auto lot = decode_body<lot_commit>(each);
            return lot && lot->board.value() == b;
          })) {
        page_.next(name_board(plan_, board_index(b)),
                   "sandoq trustee lot, one trustee, before the count");
      }
    }
    return {};
  }

  /// Who has mixed which group; whether that is all, and whether it holds, only a count can tell.
  result<void> mixes() {
    const auto stages = published_as<mix_stage>(board_, item_kind::mix_stage);
    if (!stages) {
      return tl::unexpected(stages.error());
    }
    std::map<std::uint32_t, seats> mixers;
    for (const mix_stage& each : *stages) {
      mixers[each.group].push_back({each.board, each.trustee});
    }
    for (const auto& [group, all] : mixers) {
      page_.line("mix", fmt::format("group {} is mixed by {}", group, name_trustees(plan_, all)));
    }
    return {};
  }

  /// Trustees with a share who have not answered every request; nobody if there are enough answers.
  result<seats> who_answers(std::size_t requests) {
    const auto answers = published_as<partial_decryption>(board_, item_kind::partial);
    const auto lists = published_as<list_partial>(board_, item_kind::list_partial);
    if (!answers || !lists) {
      return tl::unexpected(answers ? lists.error() : answers.error());
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::set<std::uint32_t>> of;
    for (const partial_decryption& each : *answers) {
      of[{each.board.value(), each.trustee.value()}].insert(each.number);
    }
    for (const list_partial& each : *lists) {
      of[{each.board.value(), each.trustee.value()}].insert(each.number);
    }
    seats out;
    seats done;
    const auto boards = election_.context.keys().boards();
    for (std::uint32_t b = 0; b < boards.size(); ++b) {
      seats late = others_of(boards[b], board_index(b), {});
      std::size_t have = 0;
      std::erase_if(late, [&](const trustee_seat& each) {
        const bool all = of[{b, each.trustee.value()}].size() >= requests;
        have += all ? 1 : 0;
        if (all) {
          done.push_back(each);
        }
        return all;
      });
      if (have < boards[b].threshold) {
        out.insert(out.end(), late.begin(), late.end());
      }
    }
    page_.line("answers", done.empty()
                              ? "nobody has answered every request"
                              : "every request is answered by " + name_trustees(plan_, done));
    return out;
  }

  result<void> requests() {
    const auto all = requests_of(board_, election_, {});
    if (!all) {  // only the trustees' own counts tell which are meant
      page_.line("requests", to_string(all.error()));
      return {};
    }
    out_.has_requests = !all->empty();
    if (all->empty()) {
      return {};
    }
    const auto waiting =
        std::find_if(all->begin(), all->end(), [](const auto& each) { return !each.is_signed; });
    const auto approved =
        std::count_if(all->begin(), all->end(), [](const auto& each) { return each.is_signed; });
    page_.line("requests", fmt::format("{} stated, {} approved", all->size(), approved));
    if (waiting != all->end()) {
      page_.next(fmt::format("sandoq trustee open, to approve: {}",
                             fmt::join(waiting->waiting_for, ", ")));
    }
    const auto late = who_answers(all->size());
    if (!late) {
      return tl::unexpected(late.error());
    }
    if (waiting == all->end() && !late->empty()) {
      page_.next("sandoq trustee open, to answer: enough of " + name_trustees(plan_, *late));
    }
    out_.is_answered = waiting == all->end() && late->empty();
    return {};
  }

  /// What has been published to break ties; whether there are any, only a count can tell.
  result<void> ties() {
    const auto attributes = published_as<tie_attributes>(board_, item_kind::attributes);
    const auto reveals = published_as<lot_reveal>(board_, item_kind::lot_reveal);
    if (!attributes || !reveals) {
      return tl::unexpected(attributes ? reveals.error() : attributes.error());
    }
    for (const tie_attributes& each : *attributes) {
      if (each.contest.value() < plan_.contests.size()) {
        page_.line("ties", "attributes are stated for " + plan_.contests[each.contest.value()].id);
      }
    }
    for (const lot_reveal& each : *reveals) {
      page_.line("lot", name_board(plan_, each.board) + " has revealed its value");
    }
    return {};
  }

  outlook_page& page_;
  const bulletin& board_;
  const manifest& plan_;
  const running_election& election_;
  opening_outlook out_;
};

}  // namespace

result<opening_outlook> write_opening(outlook_page& page, const bulletin& board,
                                      const running_election& election) {
  return opening_writer(page, board, election).write();
}

}  // namespace sandoq::tool
