#include "statement_words.hpp"

#include <fmt/format.h>

#include <string_view>

#include "../clock.hpp"
#include "../language.hpp"
#include "../shown_text.hpp"
#include "ceremony_state.hpp"
#include "office_names.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/tally/lot.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

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

}  // namespace

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
