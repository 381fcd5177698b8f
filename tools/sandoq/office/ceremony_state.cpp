#include "ceremony_state.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "ceremony_anchor.hpp"
#include "ceremony_messages.hpp"
#include "office_names.hpp"
#include "sandoq/ballot/roster.hpp"

namespace sandoq::tool {
namespace {

std::string name(const trustee_seat& seat) {
  return name_trustee(seat.board, seat.trustee);
}

/// Follows the messages of a ceremony from attempt to attempt.
class ceremony_reader {
 public:
  ceremony_reader(const bulletin& from, std::vector<board> boards)
      : messages_(ceremony_messages::of(from, std::move(boards))), anchor_(find_anchor(messages_)) {
    out_.boards = messages_.boards;
    out_.ignored = messages_.ignored;
  }

  result<ceremony_state> read() {
    for (const auto& [number, m] : messages_.attempts) {
      const bool has_more_than_absences = !m.commits.empty() || !m.reveals.empty() ||
                                          !m.deals.empty() || !m.complaints.empty() ||
                                          !m.confirms.empty();
      if (has_more_than_absences) {
        out_.begun.push_back(number);
      }
    }
    std::optional<std::uint32_t> number = 1;
    if (anchor_) {
      begin_at_anchor();
      number = anchor_->number;
    }
    while (number) {
      auto next = follow(*number);
      if (!next) {
        return tl::unexpected(std::move(next.error()));
      }
      number = *next;
    }
    return std::move(out_);
  }

 private:
  void ignore(const std::string& file, std::string reason) {
    out_.ignored.push_back({file, std::move(reason)});
  }

  template <class Item>
  void ignore_all(const std::vector<found_item<Item>>& found, const std::vector<Item>& but,
                  const std::string& reason) {
    for (const auto& each : found) {
      if (std::find(but.begin(), but.end(), each.item) == but.end()) {
        ignore(each.file, reason);
      }
    }
  }

  /// What stands before the anchor is what its messages say; the rest is left aside.   SPEC(85.7)
  void begin_at_anchor() {
    out_.attempts = anchor_->before.items;
    out_.contexts = anchor_->before.contexts;
    out_.guilty = anchor_->before.guilty;
    for (const auto& [number, m] : messages_.attempts) {
      const std::string reason =
          fmt::format("comes too late: what attempt {} rests on is fixed by its {}",
                      anchor_->number, anchor_->is_complete ? "confirmations" : "reveals");
      if (number > anchor_->number) {
        if (anchor_->is_complete) {
          ignore_attempt(m, fmt::format("attempt {} is complete", anchor_->number));
        }
        continue;
      }
      if (number == anchor_->number) {
        ignore_all(m.absences, anchor_->absences, reason);
        continue;
      }
      const auto at =
          std::find_if(out_.contexts.begin(), out_.contexts.end(),
                       [n = number](const attempt_context& each) { return each.attempt == n; });
      if (at == out_.contexts.end()) {
        out_.given_up.push_back(number);
        ignore_all(m.absences, {}, reason);
        ignore_all(m.complaints, {}, reason);
        ignore_all(m.confirms, {}, reason);
      } else {
        const ceremony_items& items =
            out_.attempts[static_cast<std::size_t>(at - out_.contexts.begin())];
        ignore_all(m.absences, items.absences, reason);
        ignore_all(m.complaints, items.complaints, reason);
      }
    }
  }

  void ignore_attempt(const attempt_messages& m, const std::string& reason) {
    ignore_all(m.absences, {}, reason);
    ignore_all(m.commits, {}, reason);
    ignore_all(m.reveals, {}, reason);
    ignore_all(m.deals, {}, reason);
    ignore_all(m.complaints, {}, reason);
    ignore_all(m.confirms, {}, reason);
  }

  [[nodiscard]] bool is_anchor(std::uint32_t number) const {
    return anchor_ && anchor_->number == number;
  }

  /// The messages of participants, once each; those of others are reported.
  template <class Item>
  std::vector<Item> taken(const std::vector<found_item<Item>>& found, const participants& who) {
    for (const auto& each : found) {
      const trustee_seat seat = seat_of(each.item.origin);
      if (!who.contains(seat.board, seat.trustee)) {
        ignore(each.file,
               fmt::format("{} takes no part in attempt {}", name(seat), each.item.origin.attempt));
      }
    }
    return of_participants(found, who);
  }

  /// Puts the attempt of that number, or the first one after it that takes its place, on the list.
  /// \return the number of the next one, if this one proves somebody guilty.
  result<std::optional<std::uint32_t>> follow(std::uint32_t number) {
    const auto base = next_attempt(messages_.election, out_.boards, out_.attempts, {}, number);
    if (!base) {
      return no_more(base.error());
    }
    if (out_.attempts.size() == ceremony_items::max_attempts) {
      return no_more({errc::too_large, "key ceremony", "16 attempts have failed"});
    }
    while (true) {
      const auto absences =
          is_anchor(number) ? anchor_->absences : messages_.absences_of(number, base->who);
      auto present = next_attempt(messages_.election, out_.boards, out_.attempts, absences, number);
      if (!present) {
        return no_more(present.error());
      }
      ceremony_items items;
      items.absences = absences;
      auto guilty = judge(*present, items);
      if (!guilty) {
        return tl::unexpected(std::move(guilty.error()));
      }
      const bool proved = !guilty->empty();
      const auto later = proved || out_.stage == ceremony_stage::complete
                             ? std::nullopt
                             : taking_its_place(number, base->who);
      if (later) {
        if (messages_.attempts.count(number) != 0) {
          out_.given_up.push_back(number);
        }
        number = *later;
        continue;
      }
      out_.attempts.push_back(std::move(items));
      out_.contexts.push_back(std::move(*present));
      out_.guilty.push_back(std::move(*guilty));
      return proved ? std::optional(number + 1) : std::nullopt;
    }
  }

  result<std::optional<std::uint32_t>> no_more(const error& why) {
    out_.stage = ceremony_stage::failed;
    out_.waiting_for.clear();
    out_.why_failed = to_string(why);
    return std::optional<std::uint32_t>();
  }

  /// A later attempt that as many trustees as open the key have begun, or that begins with an
  /// absence; if this one is overtaken, at least the first one that somebody has revealed in.
  std::optional<std::uint32_t> taking_its_place(std::uint32_t number,
                                                const participants& who) const {
    for (auto at = messages_.attempts.upper_bound(number); at != messages_.attempts.end(); ++at) {
      std::vector<std::uint32_t> begun(out_.boards.size());
      for (const auto& commit : at->second.commits) {
        const trustee_seat seat = seat_of(commit.item.origin);
        begun[seat.board.value()] += who.contains(seat.board, seat.trustee) ? 1 : 0;
      }
      bool enough = true;
      for (std::size_t b = 0; b < begun.size(); ++b) {
        enough = enough && begun[b] >= out_.boards[b].threshold;
      }
      if (enough || !messages_.absences_of(at->first, who).empty()) {
        return at->first;
      }
    }
    return messages_.is_overtaken(number, who) ? revealed_after(number, who) : std::nullopt;
  }

  std::optional<std::uint32_t> revealed_after(std::uint32_t number, const participants& who) const {
    for (auto at = messages_.attempts.upper_bound(number); at != messages_.attempts.end(); ++at) {
      if (!of_participants(at->second.reveals, who).empty()) {
        return at->first;
      }
    }
    return std::nullopt;
  }

  /// Who is stated absent in an attempt after that one.
  std::vector<trustee_seat> absent_later(const attempt_context& present) const {
    std::vector<trustee_seat> out;
    for (auto at = messages_.attempts.upper_bound(present.attempt); at != messages_.attempts.end();
         ++at) {
      for (const dkg_absence& each : messages_.absences_of(at->first, present.who)) {
        out.push_back(seat_of(each.origin));
      }
    }
    return out;
  }

  /// Fills in the rounds as far as they go, sets stage and waiting_for. \return who is guilty.
  result<std::vector<guilty_trustee>> judge(const attempt_context& present, ceremony_items& items) {
    const attempt_messages& m = messages_.at(present.attempt);
    const auto wait = [&](ceremony_stage stage, std::vector<trustee_seat> whom) {
      out_.stage = stage;
      out_.waiting_for = std::move(whom);
      return !out_.waiting_for.empty();
    };
    items.commits = taken(m.commits, present.who);
    if (wait(ceremony_stage::committing, missing(items.commits, present.who))) {
      return std::vector<guilty_trustee>();
    }
    items.reveals = taken(m.reveals, present.who);
    if (wait(ceremony_stage::revealing, missing(items.reveals, present.who))) {
      return std::vector<guilty_trustee>();
    }
    auto guilty = find_guilty(present, out_.boards, items);
    if (!guilty || !guilty->empty()) {
      return guilty;
    }
    items.deals = taken(m.deals, present.who);
    if (wait(ceremony_stage::dealing, missing(items.deals, present.who))) {
      return std::vector<guilty_trustee>();
    }
    guilty = find_guilty(present, out_.boards, items);
    if (!guilty || !guilty->empty()) {
      return guilty;
    }
    return judge_last_round(present, m, items);
  }

  /// Of every participant a confirmation or complaints, or a later absence in their place. \return
  /// who is guilty.
  result<std::vector<guilty_trustee>> judge_last_round(const attempt_context& present,
                                                       const attempt_messages& m,
                                                       ceremony_items& items) {
    if (is_anchor(present.attempt) && anchor_->is_complete) {
      return complete(present, m, items);
    }
    if (auto single = check_no_double_answer(m); !single) {
      return tl::unexpected(std::move(single.error()));
    }
    const auto absent = absent_later(present);
    const auto is_absent = [&](const trustee_seat& seat) {
      return std::find(absent.begin(), absent.end(), seat) != absent.end();
    };
    for (const auto& each : m.complaints) {
      if (!ceremony_messages::is_of(present.who, each.item)) {
        ignore(each.file, "accuser and dealer must be two participants of one board");
      } else if (is_absent(seat_of(each.item.origin))) {
        ignore(each.file, "the boards state the accuser absent from the next attempt");
      } else {
        items.complaints.push_back(each.item);
      }
    }
    items.confirms = confirms_of(present, m, items);
    auto open = missing(items.confirms, present.who);
    std::erase_if(open, [&](const trustee_seat& seat) {
      return std::any_of(items.complaints.begin(), items.complaints.end(),
                         [&](const auto& each) { return seat_of(each.origin) == seat; });
    });
    if (!items.complaints.empty()) {
      std::erase_if(open, is_absent);
    }
    const bool overtaken = open.empty() && items.complaints.empty() &&
                           messages_.is_overtaken(present.attempt, present.who);
    if (overtaken) {
      ignore_all(m.confirms, {},
                 fmt::format("comes too late: of every board too many have revealed in an attempt "
                             "after {} to use its key",
                             present.attempt));
      items.confirms.clear();
    }
    out_.stage = open.empty() && !overtaken ? ceremony_stage::complete : ceremony_stage::confirming;
    out_.waiting_for = std::move(open);
    if (items.complaints.empty() || !out_.waiting_for.empty()) {
      return std::vector<guilty_trustee>();
    }
    items.confirms.clear();
    return find_guilty(present, out_.boards, items);
  }

  /// A trustee who confirms and complains says two things at one place.                SPEC(85.1)
  static result<void> check_no_double_answer(const attempt_messages& m) {
    for (const auto& complaint : m.complaints) {
      for (const auto& confirm : m.confirms) {
        if (seat_of(complaint.item.origin) == seat_of(confirm.item.origin)) {
          return fail(errc::duplicate, complaint.file,
                      "and " + confirm.file + ": " + name(seat_of(confirm.item.origin)) +
                          " cannot both complain and confirm in one attempt; ask that trustee, "
                          "keep both as evidence elsewhere, and leave one here");
        }
      }
    }
    return {};
  }

  /// Nothing changes a key that everybody has confirmed.                                SPEC(85.7)
  std::vector<guilty_trustee> complete(const attempt_context& present, const attempt_messages& m,
                                       ceremony_items& items) {
    ignore_all(m.complaints, {}, fmt::format("attempt {} is complete", present.attempt));
    items.confirms = confirms_of(present, m, items);
    out_.stage = ceremony_stage::complete;
    out_.waiting_for.clear();
    return {};
  }

  /// The confirmations of this very key.
  std::vector<dkg_confirm> confirms_of(const attempt_context& present, const attempt_messages& m,
                                       const ceremony_items& items) {
    const auto expected =
        m.confirms.empty() ? std::nullopt : messages_.transcript_of(present, items);
    if (!expected) {
      return {};
    }
    auto confirms = taken(m.confirms, present.who);
    for (const auto& each : m.confirms) {
      if (each.item.transcript_hash != *expected) {
        ignore(each.file, "confirms other messages than those that are published");
      }
    }
    std::erase_if(confirms,
                  [&](const dkg_confirm& each) { return each.transcript_hash != *expected; });
    return confirms;
  }

  ceremony_messages messages_;
  std::optional<ceremony_anchor> anchor_;
  ceremony_state out_;
};

}  // namespace

bool ceremony_state::has_messages(std::uint32_t attempt) const {
  return std::find(begun.begin(), begun.end(), attempt) != begun.end();
}

bool ceremony_state::waits_for(const trustee_seat& seat) const {
  return std::find(waiting_for.begin(), waiting_for.end(), seat) != waiting_for.end();
}

std::string ceremony_state::names_waited_for() const {
  std::string out;
  for (const trustee_seat& seat : waiting_for) {
    out += (out.empty() ? "" : ", ") + name(seat);
  }
  return out;
}

result<std::vector<board>> boards_of(const manifest& plan) {
  const auto keys = roster::decode(plan);
  if (!keys) {
    return tl::unexpected(keys.error());
  }
  if (const auto ok = verify(plan, *keys); !ok) {
    return fail(errc::bad_proof, "manifest/roster", ok.reason());
  }
  std::vector<board> out;
  for (std::uint32_t b = 0; b < plan.boards.size(); ++b) {
    auto& each = out.emplace_back();
    each.threshold = plan.boards[b].threshold;
    for (std::uint32_t j = 1; j <= plan.boards[b].trustees.size(); ++j) {
      each.trustees.push_back(keys->keys_of(board_index(b), trustee_index(j)));
    }
  }
  return out;
}

namespace {

/// In what people read of it; the library has written these texts.
void name_everybody(const manifest& plan, ceremony_state& state) {
  state.why_failed = with_names(plan, state.why_failed);
  for (ignored_message& each : state.ignored) {
    each.reason = with_names(plan, each.reason);
  }
  for (auto& attempt : state.guilty) {
    for (guilty_trustee& each : attempt) {
      each.reason = with_names(plan, each.reason);
    }
  }
}

}  // namespace

result<ceremony_state> ceremony_of(const bulletin& from) {
  auto boards = boards_of(from.plan());
  if (!boards) {
    return tl::unexpected(std::move(boards.error()));
  }
  auto out = ceremony_reader(from, std::move(*boards)).read();
  if (!out) {
    return tl::unexpected(with_names(from.plan(), std::move(out.error())));
  }
  name_everybody(from.plan(), *out);
  return out;
}

}  // namespace sandoq::tool
