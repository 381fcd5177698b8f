#include "statement_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "../clock.hpp"
#include "../language.hpp"
#include "../shown_text.hpp"
#include "draft_record.hpp"
#include "office_names.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/journal_recovery.hpp"
#include "sandoq/proofs/schnorr.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/tally/lot.hpp"

namespace sandoq::tool {
namespace {

using group = ristretto255;

std::string text_of(time_ms time) {
  return time_text(language::english, seconds_of(time));
}

std::string name_of_trustee(const manifest& plan, const trustee_seat& seat) {
  const std::string place = name_trustee(seat.board, seat.trustee);
  if (seat.board.value() >= plan.boards.size() || seat.trustee.value() < 1 ||
      seat.trustee.value() > plan.boards[seat.board.value()].trustees.size()) {
    return place;
  }
  const auto& entry = plan.boards[seat.board.value()].trustees[seat.trustee.value() - 1];
  return fmt::format("{} ({})", shown(entry.id), place);
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

result<std::optional<std::vector<journal_entry>>> journal_of(const bulletin& board,
                                                             const device_place& place) {
  for (const published_journal& each : board.journals()) {
    if (each.place == place) {
      auto items = board.read_journal(each);
      if (!items) {
        return tl::unexpected(std::move(items.error()));
      }
      return std::optional(std::move(*items));
    }
  }
  return std::optional<std::vector<journal_entry>>();
}

/// The journal without what ends it. \return missing if it is not there
result<std::vector<journal_entry>> open_journal_of(const bulletin& board,
                                                   const device_place& place) {
  auto items = journal_of(board, place);
  if (!items) {
    return tl::unexpected(std::move(items.error()));
  }
  if (!*items) {
    return fail(errc::missing, name_device(place), "its journal is not in this bulletin");
  }
  if (!(*items)->empty() && (*items)->back().kind == journal_kind::close) {
    (*items)->pop_back();
  }
  return std::move(**items);
}

/// The opening that a journal begins with, as the boards have signed it: anybody can publish a
/// journal of a device that nobody has opened.                                         SPEC(85.3)
result<opening_item> sound_opening(const running_election& election, const device_place& place,
                                   const std::vector<journal_entry>& items) {
  if (items.empty() || items.front().kind != journal_kind::opening) {
    return fail(errc::missing, name_device(place), "its journal does not begin with an opening");
  }
  auto opening = opening_item::decode(items.front().canonical);
  if (!opening) {
    return fail_within(name_device(place), std::move(opening.error()));
  }
  if (const auto ok = verify(election.context, *opening); !ok) {
    return fail(errc::bad_signature, name_device(place),
                "its journal begins with an opening that does not hold: " + ok.reason());
  }
  return opening;
}

result<void> check_absence(const signing_desk& desk, const dkg_absence& absence) {
  const trustee_seat seat{absence.origin.board, absence.origin.trustee};
  const std::string name = name_trustee(seat.board, seat.trustee);
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
    return fail(errc::mismatch, name_device(opening.place), "does not have one root a board");
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
      return fail(errc::missing, name_device(opening.place),
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
  const auto found = std::find_if(all->begin(), all->end(), [&](const announcement& each) {
    return each.opening.place == opening.place;
  });
  announcement said{opening};
  said.opening.board_roots.clear();
  said.opening.signatures = {};
  if (found == all->end() || found->encode() != said.encode()) {
    return fail(errc::mismatch, name_device(opening.place),
                "no announcement of this device says what the opening says");
  }
  if (auto good = check_announcement(election, *found); !good) {
    return good;
  }
  return check_roots(board, election, opening);
}

result<void> check_closing(const bulletin& board, const running_election& election,
                           const close_item& close) {
  const auto items = open_journal_of(board, close.place);
  if (!items) {
    return tl::unexpected(items.error());
  }
  const auto opening = sound_opening(election, close.place, *items);
  if (!opening) {
    return tl::unexpected(opening.error());
  }
  const auto counted = recover_journal(election.context.chain(), *items, close.time, "");
  if (!counted) {
    return fail_within(name_device(close.place), counted.error());
  }
  if (counted->resolution) {
    return fail(errc::mismatch, name_device(close.place),
                "its last ballot is neither cast nor challenged nor void");
  }
  if (auto same = check_close(close, counted->recovery.counters, counted->recovery.last_link);
      !same) {
    return fail_within(name_device(close.place), std::move(same.error()));
  }
  const auto key = encoded_element<group>::decode(opening->device_key.view());
  if (!key) {
    return fail_within(name_device(close.place), key.error());
  }
  if (const auto ok =
          verify(verification_key<group>{*key}, device_message(election.context.chain(), close),
                 close.device_signature);
      !ok) {
    return fail(errc::bad_signature, name_device(close.place),
                "the device has not signed this close: " + ok.reason());
  }
  return {};
}

/// What its own copy of the journal gives must be what is to be signed.
result<void> check_same(const device_place& place, const statement& own, const statement& what) {
  return own == what ? result<void>{}
                     : fail(errc::mismatch, name_device(place),
                            "the journal in this bulletin gives something else");
}

result<void> check_recovery(const bulletin& board, const running_election& election,
                            const recovery_item& item, const statement& what) {
  const auto items = open_journal_of(board, item.place);
  if (!items) {
    return tl::unexpected(items.error());
  }
  if (const auto opening = sound_opening(election, item.place, *items); !opening) {
    return tl::unexpected(opening.error());
  }
  auto own = recover_journal(election.context.chain(), *items, item.time, item.remark);
  if (!own) {
    return fail_within(name_device(item.place), std::move(own.error()));
  }
  return check_same(item.place, state(item_kind::recovery, std::move(own->recovery)), what);
}

result<void> check_exclusion_of(const bulletin& board, const running_election& election,
                                const exclusion_item& item, const statement& what) {
  const auto items = journal_of(board, item.place);
  if (!items) {
    return tl::unexpected(items.error());
  }
  const auto evidence = items->value_or(std::vector<journal_entry>{});
  auto own = exclude_journal(election.context.chain(), item.place, item.time, item.reason,
                             item.remark, evidence);
  if (!own) {
    return fail_within(name_device(item.place), std::move(own.error()));
  }
  return check_same(item.place, state(item_kind::exclusion, std::move(*own)), what);
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

result<void> check_announcement(const running_election& election, const announcement& announced) {
  const opening_item& opening = announced.opening;
  const chain_context chain = election.context.chain();
  if (!election.context.index().is_branch(opening.place.branch)) {
    return fail(errc::not_found, name_device(opening.place), "the manifest has no such branch");
  }
  if (opening.capacity < 1) {
    return fail(errc::out_of_range, name_device(opening.place), "announces no ballot");
  }
  const auto key = encoded_element<group>::decode(opening.device_key.view());
  if (!key) {
    return fail_within(name_device(opening.place), key.error());
  }
  transcript tr = device_key_transcript(chain, opening.place);
  const encoded_element<group> generator(group::generator());
  if (const auto ok = verify(schnorr_statement<group>{generator, *key}, opening.key_proof, tr);
      !ok) {
    return fail(errc::bad_proof, name_device(opening.place),
                "does not prove that it holds its key: " + ok.reason());
  }
  if (const auto ok = verify(verification_key<group>{*key}, device_message(chain, opening),
                             opening.device_signature);
      !ok) {
    return fail(errc::bad_signature, name_device(opening.place),
                "has not signed its announcement: " + ok.reason());
  }
  return {};
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
      return check_item<close_item>(
          what, [&](const close_item& item) { return check_closing(board, election, item); });
    case item_kind::recovery:
      return check_item<recovery_item>(what, [&](const recovery_item& item) {
        return check_recovery(board, election, item, what);
      });
    case item_kind::exclusion:
      return check_item<exclusion_item>(what, [&](const exclusion_item& item) {
        return check_exclusion_of(board, election, item, what);
      });
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
  const auto all = board.statements(item_kind::lot_commit);
  if (!all) {
    return tl::unexpected(all.error());
  }
  const auto boards = election.context.keys().boards();
  for (std::uint32_t b = 0; b < boards.size(); ++b) {
    const auto own = std::find_if(all->begin(), all->end(), [b](const statement& each) {
      const auto item = decode_body<lot_commit>(each);
      return item && item->board.value() == b;
    });
    if (own == all->end()) {
      return fail(errc::missing, "lot",
                  fmt::format("{} has not fixed its value (sandoq trustee lot)",
                              name_board(board.plan(), board_index(b))));
    }
    const auto so_far = collect(board, *own, election.hashes, boards);
    if (!so_far) {
      return tl::unexpected(so_far.error());
    }
    if (!so_far->complete()) {
      return fail(
          errc::missing, "lot",
          fmt::format("the value that {} has fixed is not signed yet: {}",
                      name_board(board.plan(), board_index(b)), so_far->waiting_for.front()));
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
  participants who = ceremony.present().who;
  const auto all = board.statements(item_kind::dkg_absence);
  const auto own = decode_body<dkg_absence>(what);
  if (what.of == item_kind::dkg_absence && all && own) {
    for (const statement& each : *all) {
      const auto absence = decode_body<dkg_absence>(each);
      if (absence && absence->origin.attempt == own->origin.attempt) {
        who.shut_out(absence->origin.board, absence->origin.trustee);
      }
    }
  }
  return without_shut_out(keys_of(ceremony.boards), who);
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
            name_of_trustee(plan, {item.origin.board, item.origin.trustee}), item.origin.attempt,
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
