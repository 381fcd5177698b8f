#include "statement_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "../clock.hpp"
#include "../language.hpp"
#include "../shown_text.hpp"
#include "draft_record.hpp"
#include "ending_check.hpp"
#include "message_check.hpp"
#include "office_names.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/tally/lot.hpp"

namespace sandoq::tool {
namespace {

using group = ristretto255;

std::string text_of(time_ms time) {
  return time_text(language::english, seconds_of(time));
}

/// "school (School of the lane)": id and label of a branch.
std::string name_of_branch(const manifest& plan, branch_index branch) {
  if (branch.value() >= plan.nodes.size()) {
    return fmt::format("{}", branch.value());
  }
  const auto& node = plan.nodes[branch.value()];
  const auto label = label_in(language::english, node.labels, node.id).text;
  return label == node.id ? shown(node.id) : fmt::format("{} ({})", shown(node.id), shown(label));
}

result<void> check_absence(const signing_desk& desk, const dkg_absence& absence) {
  const trustee_seat seat{absence.origin.board, absence.origin.trustee};
  const std::string name = name_trustee(desk.board.plan(), seat);
  const ceremony_state& state = desk.ceremony;
  if (state.stage == ceremony_stage::complete || state.stage == ceremony_stage::failed) {
    return fail(errc::mismatch, name, "the key ceremony is over");
  }
  if (!state.waits_for(seat)) {
    return fail(errc::mismatch, name,
                fmt::format("attempt {} does not wait for it", state.present().attempt));
  }
  const std::uint32_t asked = absence.origin.attempt;
  const std::uint32_t next = attempt_without(state);
  if (asked < next) {
    return fail(errc::out_of_range, name, fmt::format("attempt {} has begun already", asked));
  }
  if (asked > next) {
    return fail(errc::out_of_range, name,
                fmt::format("the next attempt is number {}, not {}", next, asked));
  }
  return {};
}

/// Every board has given seeds to the device, and these are their roots.
result<void> check_roots(const bulletin& board, const running_election& election,
                         const opening_item& opening) {
  const auto roots = board.all<seed_root>(static_cast<std::uint32_t>(exchange_kind::seed_root));
  if (!roots) {
    return tl::unexpected(roots.error());
  }
  const auto boards = election.context.keys().boards();
  if (opening.board_roots.size() != boards.size()) {
    return fail(errc::mismatch, name_device(board.plan(), opening.place),
                "does not have one root a board");
  }
  for (std::uint32_t b = 0; b < boards.size(); ++b) {
    const auto found = std::find_if(roots->begin(), roots->end(), [&](const seed_root& each) {
      const std::uint32_t t = each.trustee.value();
      return each.place == opening.place && each.board.value() == b &&
             each.capacity == opening.capacity && each.root == opening.board_roots[b] && t >= 1 &&
             t <= boards[b].signing_keys.size() &&
             !std::binary_search(boards[b].shut_out.begin(), boards[b].shut_out.end(), t) &&
             verify(boards[b].signing_keys[t - 1],
                    signed_message{"seed/root", election.hashes.domain, *election.hashes.e1,
                                   each.signed_digest()},
                    each.signature);
    });
    if (found == roots->end()) {
      return fail(errc::missing, name_device(board.plan(), opening.place),
                  fmt::format("no trustee of {} has published the root that stands for its "
                              "seeds in the opening",
                              name_board(board.plan(), board_index(b))));
    }
  }
  return {};
}

result<void> check_opening(const bulletin& board, const running_election& election,
                           const opening_item& opening) {
  const auto all = board.all<announcement>(static_cast<std::uint32_t>(exchange_kind::announcement));
  if (!all) {
    return tl::unexpected(all.error());
  }
  announcement said{opening};
  said.opening.board_roots.clear();
  said.opening.signatures = {};
  const auto found = std::find_if(all->begin(), all->end(), [&](const announcement& each) {
    return each.encode() == said.encode();
  });
  if (found == all->end()) {
    return fail(errc::mismatch, name_device(board.plan(), opening.place),
                "no announcement of this device says what the opening says");
  }
  if (auto good = check_announcement(election, *found); !good) {
    return good;
  }
  return check_roots(board, election, opening);
}

template <class Item, class Check>
result<void> check_item(const statement& what, const Check& check) {
  const auto item = decode_body<Item>(what);
  return item ? check(*item) : result<void>(tl::unexpected(item.error()));
}

}  // namespace

std::uint32_t attempt_without(const ceremony_state& state) {
  std::uint32_t number = state.present().attempt;
  while (state.has_messages(number)) {
    ++number;
  }
  return number;
}

result<void> check_statement(const signing_desk& desk, const statement& what) {
  if (what.of == item_kind::dkg_absence) {
    return check_item<dkg_absence>(
        what, [&](const dkg_absence& item) { return check_absence(desk, item); });
  }
  if (!desk.election) {
    return fail(errc::missing, stem_of(what), "the key ceremony is not complete");
  }
  const bulletin& board = desk.board;
  const running_election& election = *desk.election;
  switch (what.of) {
    case item_kind::opening:
      return check_item<opening_item>(
          what, [&](const opening_item& item) { return check_opening(board, election, item); });
    case item_kind::close:
    case item_kind::recovery:
    case item_kind::exclusion:
      return check_ending(board, election, what);
    case item_kind::lot_commit:
      return check_item<lot_commit>(what, [&](const lot_commit& item) -> result<void> {
        return item.board == desk.seat.board
                   ? result<void>{}
                   : fail(errc::mismatch, stem_of(what), "is of another board");
      });
    case item_kind::lot_beacon:
      return check_item<lot_beacon>(
          what, [&](const lot_beacon&) { return check_lot_is_due(board, election, desk.workers); });
    case item_kind::eligibility:
      return check_eligibility_statement(board, what, desk.workers);
    case item_kind::head:
      return check_head_statement(board, what, desk.workers);
    default:
      return fail(errc::unsupported, stem_of(what),
                  "is approved by sandoq trustee open, not signed here");
  }
}

namespace {

result<void> check_lots_fixed(const bulletin& board, const running_election& election) {
  if (board.plan().beacon.empty()) {
    return fail(errc::mismatch, "lot", "the manifest names no public value, so there is no lot");
  }
  const auto boards = election.context.keys().boards();
  const auto all = candidates_of(board, item_kind::lot_commit, election.hashes, boards);
  if (!all) {
    return tl::unexpected(all.error());
  }
  for (std::uint32_t b = 0; b < boards.size(); ++b) {
    std::vector<candidate> own;
    std::copy_if(all->begin(), all->end(), std::back_inserter(own), [b](const candidate& each) {
      const auto item = decode_body<lot_commit>(each.what);
      return item && item->board.value() == b;
    });
    if (own.empty()) {
      return fail(errc::missing, "lot",
                  fmt::format("{} has not fixed its value (sandoq trustee lot)",
                              name_board(board.plan(), board_index(b))));
    }
    const auto one = signed_one_of(own, "the lot of " + name_board(board.plan(), board_index(b)));
    if (!one) {
      return tl::unexpected(one.error());
    }
    if (!*one) {
      return fail(errc::missing, "lot",
                  fmt::format("the value that {} has fixed is not signed yet: {}",
                              name_board(board.plan(), board_index(b)),
                              own.front().so_far.waiting_for.front()));
    }
  }
  return {};
}

}  // namespace

result<void> check_lot_is_due(const bulletin& board, const running_election& election,
                              executor& workers) {
  if (auto fixed = check_lots_fixed(board, election); !fixed) {
    return fixed;
  }
  const auto own = look_at_draft(board, election, draft_extent::whole, workers);
  if (!own) {
    return tl::unexpected(own.error());
  }
  if (!own->opening.missing.empty()) {
    return fail(errc::missing, "lot",
                fmt::format("there are no results yet; missing: {}",
                            fmt::join(own->opening.missing, "; ")));
  }
  if (!own->opening.lot_results) {
    return fail(errc::mismatch, "lot", "the results hold no tie that a lot has to break");
  }
  return {};
}

std::vector<board_keys> signers_of(const ceremony_state& ceremony, const bulletin& board,
                                   const statement& what) {
  const std::vector<board_keys> keys = keys_of(ceremony.boards);
  participants who = ceremony.present().who;
  const auto own = decode_body<dkg_absence>(what);
  const auto stated = board.all<dkg_absence>(static_cast<std::uint32_t>(item_kind::dkg_absence));
  if (what.of == item_kind::dkg_absence && own) {
    who.shut_out(own->origin.board, own->origin.trustee);
    for (const dkg_absence& each : stated ? *stated : std::vector<dkg_absence>()) {
      if (each.origin.attempt == own->origin.attempt) {
        who.shut_out(each.origin.board, each.origin.trustee);
      }
    }
  }
  return without_shut_out(keys, who);
}

std::string in_words(const bulletin& board, const statement& what) {
  const manifest& plan = board.plan();
  const auto device = [&](const auto& item) {
    return fmt::format("device {} of branch {}", item.place.device.value(),
                       name_of_branch(plan, item.place.branch));
  };
  const auto counters = [](const journal_counters& c) {
    return fmt::format("{} ballots: {} cast, {} challenged, {} void", c.committed, c.cast,
                       c.challenged, c.voided);
  };
  std::string out;
  const auto say = [&](auto item, const auto& words) {
    out = item ? words(*item) : std::string("cannot be read");
  };
  switch (what.of) {
    case item_kind::dkg_absence:
      say(decode_body<dkg_absence>(what), [&](const dkg_absence& item) {
        return fmt::format(
            "{} stays away from attempt {} of the key ceremony and is shut out. "
            "Remark: {}",
            name_trustee(plan, {item.origin.board, item.origin.trustee}), item.origin.attempt,
            shown(item.remark));
      });
      break;
    case item_kind::opening:
      say(decode_body<opening_item>(what), [&](const opening_item& item) {
        return fmt::format("{} opens for at most {} ballots, {}", device(item), item.capacity,
                           text_of(item.time));
      });
      break;
    case item_kind::close:
      say(decode_body<close_item>(what), [&](const close_item& item) {
        return fmt::format("{} has closed, {}; {}", device(item), text_of(item.time),
                           counters(item.counters));
      });
      break;
    case item_kind::recovery:
      say(decode_body<recovery_item>(what), [&](const recovery_item& item) {
        return fmt::format("{} was lost before it closed; its journal counts: {}. Remark: {}",
                           device(item), counters(item.counters), shown(item.remark));
      });
      break;
    case item_kind::exclusion:
      say(decode_body<exclusion_item>(what), [&](const exclusion_item& item) {
        return fmt::format("{} is EXCLUDED, none of its ballots counts ({}). Remark: {}",
                           device(item), name_of(item.reason), shown(item.remark));
      });
      break;
    case item_kind::eligibility:
      say(decode_body<eligibility_item>(what), [&](const eligibility_item& item) {
        return fmt::format("the log of tokens of branch {}: {} tokens were used",
                           name_of_branch(plan, item.branch), item.tokens.size());
      });
      break;
    case item_kind::lot_commit:
      say(decode_body<lot_commit>(what), [&](const lot_commit& item) {
        return fmt::format("{} has fixed its value for a lot: {}", name_board(plan, item.board),
                           to_hex(item.commitment.view()).substr(0, 16));
      });
      break;
    case item_kind::lot_beacon:
      say(decode_body<lot_beacon>(what), [&](const lot_beacon& item) {
        const std::string_view value(reinterpret_cast<const char*>(item.value.data()),
                                     item.value.size());
        return fmt::format("the public value for the lot is: {}", shown(value));
      });
      break;
    case item_kind::head:
      say(decode_body<record_head>(what), [&](const record_head&) {
        return fmt::format("this is the whole record of the election, head {}",
                           to_hex(framed_hash::of("head", what.body).view()).substr(0, 16));
      });
      break;
    default:
      out = stem_of(what);
  }
  return out;
}

}  // namespace sandoq::tool
