#include "ceremony_reader.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "attempt_judge.hpp"
#include "ceremony_anchor.hpp"

namespace sandoq::tool {
namespace {

class ceremony_reader {
 public:
  ceremony_reader(const ceremony_messages& messages, std::optional<ceremony_anchor> anchor)
      : messages_(messages), anchor_(std::move(anchor)) {
    out_.boards = messages_.boards;
    out_.ignored = messages_.ignored;
  }

  result<ceremony_state> read() {
    for (const auto& [number, m] : messages_.attempts) {
      const bool has_more_than_absences = !m.commits.empty() || !m.reveals.empty() ||
                                          !m.deals.empty() || !m.complaints.empty() ||
                                          !m.confirms.empty();
      if (has_more_than_absences) {
        out_.begun.insert(number);
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
        ignore_all(out_.ignored, m.absences, anchor_->absences, reason);
        continue;
      }
      const auto at =
          std::find_if(out_.contexts.begin(), out_.contexts.end(),
                       [n = number](const attempt_context& each) { return each.attempt == n; });
      if (at == out_.contexts.end()) {
        out_.given_up.push_back(number);
        ignore_all(out_.ignored, m.absences, {}, reason);
        ignore_all(out_.ignored, m.complaints, {}, reason);
        ignore_all(out_.ignored, m.confirms, {}, reason);
      } else {
        const ceremony_items& items =
            out_.attempts[static_cast<std::size_t>(at - out_.contexts.begin())];
        ignore_all(out_.ignored, m.absences, items.absences, reason);
        ignore_all(out_.ignored, m.complaints, items.complaints, reason);
      }
    }
  }

  void ignore_attempt(const attempt_messages& m, const std::string& reason) {
    ignore_all(out_.ignored, m.absences, {}, reason);
    ignore_all(out_.ignored, m.commits, {}, reason);
    ignore_all(out_.ignored, m.reveals, {}, reason);
    ignore_all(out_.ignored, m.deals, {}, reason);
    ignore_all(out_.ignored, m.complaints, {}, reason);
    ignore_all(out_.ignored, m.confirms, {}, reason);
  }

  [[nodiscard]] bool is_anchor(std::uint32_t number) const {
    return anchor_ && anchor_->number == number;
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
      auto guilty = judge_messages(messages_, anchor_, *present, items, out_);
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

  const ceremony_messages& messages_;
  std::optional<ceremony_anchor> anchor_;
  ceremony_state out_;
};

}  // namespace

result<ceremony_state> read_ceremony(const bulletin& from) {
  auto boards = boards_of(from.plan());
  if (!boards) {
    return tl::unexpected(std::move(boards.error()));
  }
  const ceremony_messages messages = ceremony_messages::of(from, std::move(*boards));
  auto anchor = find_anchor(messages);
  if (!anchor) {
    return tl::unexpected(std::move(anchor.error()));
  }
  return ceremony_reader(messages, std::move(*anchor)).read();
}

}  // namespace sandoq::tool
