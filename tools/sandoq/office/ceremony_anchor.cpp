#include "ceremony_anchor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace sandoq::tool {
namespace {

/// How many readings may still be tried, and what makes them so many.
struct reading_budget {
  int left = 0;
  bool ran_out = false;
  std::set<std::string> complaints;  ///< files that leave a choice
  std::set<std::string> absences;    ///< the same

  [[nodiscard]] bool take() {
    ran_out = ran_out || left == 0;
    left -= ran_out ? 0 : 1;
    return !ran_out;
  }
};

/// Goes through the parts of a list, larger ones first, until one is what is looked for or the
/// budget has run out.
template <class Item, class Visit>
bool any_part(const std::vector<Item>& all, const reading_budget& budget, const Visit& visit) {
  for (std::size_t count = 0; count <= all.size(); ++count) {
    std::vector<char> left_out(all.size());
    std::fill_n(left_out.begin(), count, 1);
    do {
      std::vector<Item> part;
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (left_out[i] == 0) {
          part.push_back(all[i]);
        }
      }
      if (visit(std::move(part))) {
        return true;
      }
      if (budget.ran_out) {
        return false;
      }
    } while (std::prev_permutation(left_out.begin(), left_out.end()));
  }
  return false;
}

/// Of every board as many as open the key have sent one.
template <class Item>
bool enough_sent(const ceremony_messages& messages, const std::vector<found_item<Item>>& found) {
  std::vector<std::uint32_t> sent(messages.boards.size());
  for (const auto& each : found) {
    ++sent[each.item.origin.board.value()];
  }
  for (std::size_t b = 0; b < sent.size(); ++b) {
    if (sent[b] < messages.boards[b].threshold) {
      return false;
    }
  }
  return true;
}

/// Tries readings of what stands before one attempt.
class anchor_search {
 public:
  /// \param numbers  those in which enough have revealed, ascending: no other one stands
  anchor_search(const ceremony_messages& messages, std::span<const std::uint32_t> numbers,
                std::uint32_t number, reading_budget& budget)
      : messages_(messages), numbers_(numbers), budget_(budget) {
    out_.number = number;
  }

  std::optional<ceremony_anchor> run() {
    return from(0) ? std::optional(std::move(out_)) : std::nullopt;
  }

 private:
  /// Decides about the attempts from that place of the list on: which of them is the next to stand.
  /// \return whether the anchor holds then.
  bool from(std::size_t place) {
    const bool may_stand = out_.before.items.size() + 1 < ceremony_items::max_attempts;
    for (; may_stand && place < numbers_.size() && numbers_[place] < out_.number; ++place) {
      const bool stood =
          with_absences(numbers_[place], [&](const attempt_context& context, ceremony_items items) {
            return as_failed(context, std::move(items), place + 1);
          });
      if (stood || budget_.ran_out) {
        return stood;
      }
    }
    return with_absences(out_.number, [&](const attempt_context& context, ceremony_items items) {
      out_.absences = items.absences;
      return holds(context, std::move(items));
    });
  }

  /// Goes through the absences that the attempt may have begun with.
  template <class Judge>
  bool with_absences(std::uint32_t number, const Judge& judge) {
    const standing_attempts& before = out_.before;
    const auto base = next_attempt(messages_.election, messages_.boards, before.items, {}, number);
    if (!base) {
      return false;
    }
    const auto all = messages_.absences_of(number, base->who);
    if (!all.empty()) {
      for (const auto& each : messages_.at(number).absences) {
        budget_.absences.insert(each.file);
      }
    }
    return any_part(all, budget_, [&](std::vector<dkg_absence> absences) {
      if (!budget_.take()) {
        return false;
      }
      const auto context =
          next_attempt(messages_.election, messages_.boards, before.items, absences, number);
      ceremony_items items;
      items.absences = std::move(absences);
      return context && judge(*context, std::move(items));
    });
  }

  /// Lets an attempt stand as failed, if it proves somebody guilty, and goes on after it.
  bool as_failed(const attempt_context& context, ceremony_items items, std::size_t after) {
    if (!revealed(context, items)) {
      return false;
    }
    auto guilty = guilty_of(context, items);
    if (!guilty.empty()) {
      return stand(context, std::move(items), std::move(guilty), after);
    }
    if (!dealt(context, items)) {
      return false;
    }
    guilty = guilty_of(context, items);
    if (!guilty.empty()) {
      return stand(context, std::move(items), std::move(guilty), after);
    }
    return any_part(complaints_in(context), budget_, [&](std::vector<dkg_complaint> complaints) {
      if (complaints.empty() || !budget_.take()) {
        return false;
      }
      ceremony_items with = items;
      with.complaints = std::move(complaints);
      auto proved = guilty_of(context, with);
      return !proved.empty() && stand(context, std::move(with), std::move(proved), after);
    });
  }

  bool stand(const attempt_context& context, ceremony_items items,
             std::vector<guilty_trustee> guilty, std::size_t after) {
    standing_attempts& before = out_.before;
    before.items.push_back(std::move(items));
    before.contexts.push_back(context);
    before.guilty.push_back(std::move(guilty));
    if (from(after)) {
      return true;
    }
    before.items.pop_back();
    before.contexts.pop_back();
    before.guilty.pop_back();
    return false;
  }

  /// The attempt is revealed under the reading that was made so far; and whether it is complete.
  bool holds(const attempt_context& context, ceremony_items items) {
    if (!revealed(context, items)) {
      return false;
    }
    const auto guilty = guilty_of(context, items);
    out_.is_complete = guilty.empty() && complete(context, std::move(items));
    return enough_are_right(context, guilty);
  }

  /// \pre all have revealed, rightly
  bool complete(const attempt_context& context, ceremony_items items) const {
    if (messages_.is_overtaken(context.attempt, context.who) || !dealt(context, items) ||
        !guilty_of(context, items).empty()) {
      return false;
    }
    const auto expected = messages_.transcript_of(context, items);
    auto confirms = of_participants(messages_.at(context.attempt).confirms, context.who);
    std::erase_if(confirms,
                  [&](const dkg_confirm& each) { return each.transcript_hash != expected; });
    return missing(confirms, context.who).empty();
  }

  bool revealed(const attempt_context& context, ceremony_items& items) const {
    const attempt_messages& m = messages_.at(context.attempt);
    items.commits = of_participants(m.commits, context.who);
    items.reveals = of_participants(m.reveals, context.who);
    return missing(items.commits, context.who).empty() &&
           missing(items.reveals, context.who).empty();
  }

  bool dealt(const attempt_context& context, ceremony_items& items) const {
    items.deals = of_participants(messages_.at(context.attempt).deals, context.who);
    return missing(items.deals, context.who).empty();
  }

  std::vector<guilty_trustee> guilty_of(const attempt_context& context,
                                        const ceremony_items& items) const {
    auto guilty = find_guilty(context, messages_.boards, items);
    return guilty ? std::move(*guilty) : std::vector<guilty_trustee>();
  }

  /// As many of every board as open the key.
  bool enough_are_right(const attempt_context& context,
                        const std::vector<guilty_trustee>& guilty) const {
    for (std::uint32_t b = 0; b < messages_.boards.size(); ++b) {
      const auto wrong = std::count_if(guilty.begin(), guilty.end(),
                                       [b](const auto& each) { return each.board.value() == b; });
      const std::size_t right =
          context.who.of(board_index(b)).size() - static_cast<std::size_t>(wrong);
      if (right < messages_.boards[b].threshold) {
        return false;
      }
    }
    return true;
  }

  std::vector<dkg_complaint> complaints_in(const attempt_context& context) {
    std::vector<dkg_complaint> out;
    for (const auto& each : messages_.at(context.attempt).complaints) {
      if (ceremony_messages::is_of(context.who, each.item)) {
        out.push_back(each.item);
        budget_.complaints.insert(each.file);
      }
    }
    return out;
  }

  const ceremony_messages& messages_;
  std::span<const std::uint32_t> numbers_;
  reading_budget& budget_;
  ceremony_anchor out_;
};

/// What people can do who meet more readings than can be tried: an outcome that depends on which of
/// them were tried would not be everybody's.
error too_many_readings(const ceremony_messages& messages, std::span<const std::uint32_t> numbers,
                        const reading_budget& tried) {
  constexpr std::size_t max_names = 12;
  std::string_view what = "complaints";
  std::set<std::string> files = tried.complaints;
  if (files.empty()) {
    what = "absences";
    files = tried.absences;
  }
  if (files.empty()) {
    what = "reveals";
    for (const std::uint32_t number : numbers) {
      for (const auto& each : messages.at(number).reveals) {
        files.insert(each.file);
      }
    }
  }
  std::vector<std::string> names(files.begin(), files.end());
  const std::size_t more = names.size() - std::min(names.size(), max_names);
  names.resize(names.size() - more);
  return {errc::too_large, "key ceremony",
          fmt::format(
              "so many {} may or may not stand before a later attempt that not all readings "
              "can be tried: {}{}; compare with older copies of the bulletin, keep those "
              "that came late as evidence elsewhere, and take them away here",
              what, fmt::join(names, ", "), more > 0 ? fmt::format(", and {} more", more) : "")};
}

}  // namespace

result<std::optional<ceremony_anchor>> find_anchor(const ceremony_messages& messages,
                                                   int max_readings) {
  std::vector<std::uint32_t> numbers;
  for (const auto& [number, m] : messages.attempts) {
    if (enough_sent(messages, m.reveals)) {
      numbers.push_back(number);
    }
  }
  reading_budget budget;
  budget.left = max_readings;
  std::optional<ceremony_anchor> revealed;
  for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
    if (revealed && !enough_sent(messages, messages.at(*number).confirms)) {
      continue;
    }
    auto found = anchor_search(messages, numbers, *number, budget).run();
    if (budget.ran_out) {
      return tl::unexpected(too_many_readings(messages, numbers, budget));
    }
    if (found && (found->is_complete || !revealed)) {
      revealed = std::move(found);
      if (revealed->is_complete) {
        break;
      }
    }
  }
  return revealed;
}

}  // namespace sandoq::tool
