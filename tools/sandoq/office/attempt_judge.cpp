#include "attempt_judge.hpp"

#include <fmt/core.h>

#include <utility>

namespace sandoq::tool {
namespace {

/// Of one attempt.
class attempt_judge {
 public:
  attempt_judge(const ceremony_messages& messages, const std::optional<ceremony_anchor>& anchor,
                ceremony_state& out)
      : messages_(messages), anchor_(anchor), out_(out) {}

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
    auto guilty = find_guilty(present, messages_.boards, items);
    if (!guilty || !guilty->empty()) {
      return guilty;
    }
    items.deals = taken(m.deals, present.who);
    if (wait(ceremony_stage::dealing, missing(items.deals, present.who))) {
      return std::vector<guilty_trustee>();
    }
    guilty = find_guilty(present, messages_.boards, items);
    if (!guilty || !guilty->empty()) {
      return guilty;
    }
    return judge_last_round(present, m, items);
  }

 private:
  void ignore(const std::string& file, std::string reason) {
    out_.ignored.push_back({file, std::move(reason)});
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
               fmt::format("{} takes no part in attempt {}", name_trustee(seat.board, seat.trustee),
                           each.item.origin.attempt));
      }
    }
    return of_participants(found, who);
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
      ignore_all(out_.ignored, m.confirms, {},
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
    return find_guilty(present, messages_.boards, items);
  }

  /// A trustee who confirms and complains says two things at one place.                SPEC(85.1)
  static result<void> check_no_double_answer(const attempt_messages& m) {
    for (const auto& complaint : m.complaints) {
      for (const auto& confirm : m.confirms) {
        if (seat_of(complaint.item.origin) == seat_of(confirm.item.origin)) {
          return fail(errc::duplicate, complaint.file,
                      "and " + confirm.file + ": " +
                          name_trustee(confirm.item.origin.board, confirm.item.origin.trustee) +
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
    ignore_all(out_.ignored, m.complaints, {},
               fmt::format("attempt {} is complete", present.attempt));
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

  const ceremony_messages& messages_;
  const std::optional<ceremony_anchor>& anchor_;
  ceremony_state& out_;
};

}  // namespace

result<std::vector<guilty_trustee>> judge_messages(const ceremony_messages& messages,
                                                   const std::optional<ceremony_anchor>& anchor,
                                                   const attempt_context& present,
                                                   ceremony_items& items, ceremony_state& out) {
  return attempt_judge(messages, anchor, out).judge(present, items);
}

}  // namespace sandoq::tool
