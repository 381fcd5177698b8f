#include "ceremony_anchor.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sandoq::tool {
namespace {

constexpr int max_readings = 1024;
constexpr std::size_t max_choices = 10;  // of which any part may stand

/// Parts of a list, the whole first, larger ones before smaller ones. Of a very long list only such
/// parts as have all or nothing of each sender.
template <class Item>
std::vector<std::vector<Item>> parts_of(const std::vector<Item>& all) {
  std::vector<std::vector<Item>> groups;
  for (const Item& each : all) {
    const bool joins =
        all.size() > max_choices && !groups.empty() && groups.back().back().origin == each.origin;
    if (!joins) {
      groups.emplace_back();
    }
    groups.back().push_back(each);
  }
  std::vector<std::vector<Item>> out;
  const std::size_t free = std::min(groups.size(), max_choices);
  for (std::uint32_t left_out = 0; left_out < (std::uint32_t{1} << free); ++left_out) {
    std::vector<Item>& part = out.emplace_back();
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (i >= free || (left_out >> i & 1U) == 0) {
        part.insert(part.end(), groups[i].begin(), groups[i].end());
      }
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return out;
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
  anchor_search(const ceremony_messages& messages, std::uint32_t number, bool complete)
      : messages_(messages) {
    out_.number = number;
    out_.is_complete = complete;
  }

  std::optional<ceremony_anchor> run() {
    return from(messages_.attempts.begin()->first) ? std::optional(std::move(out_)) : std::nullopt;
  }

 private:
  /// Decides about the attempts from that number on. \return whether the anchor holds then.
  bool from(std::uint32_t number) {
    if (number >= out_.number) {
      return with_absences(out_.number, [&](const attempt_context& context, ceremony_items items) {
        out_.absences = items.absences;
        return holds(context, std::move(items));
      });
    }
    const auto next = messages_.attempts.upper_bound(number);
    const std::uint32_t after = next == messages_.attempts.end() ? out_.number : next->first;
    const bool may_stand = out_.before.items.size() + 1 < ceremony_items::max_attempts &&
                           enough_sent(messages_, messages_.at(number).reveals);
    const bool stood = may_stand && with_absences(number, [&](const attempt_context& context,
                                                              ceremony_items items) {
                         return as_failed(context, std::move(items), after);
                       });
    return stood || from(after);  // given up
  }

  /// Goes through the absences that the attempt may have begun with.
  template <class Judge>
  bool with_absences(std::uint32_t number, const Judge& judge) {
    const standing_attempts& before = out_.before;
    const auto base = next_attempt(messages_.election, messages_.boards, before.items, {}, number);
    if (!base) {
      return false;
    }
    for (auto& absences : parts_of(messages_.absences_of(number, base->who))) {
      const auto context =
          next_attempt(messages_.election, messages_.boards, before.items, absences, number);
      if (context && --readings_left_ >= 0) {
        ceremony_items items;
        items.absences = std::move(absences);
        if (judge(*context, std::move(items))) {
          return true;
        }
      }
    }
    return false;
  }

  /// Lets an attempt stand as failed, if it proves somebody guilty, and goes on after it.
  bool as_failed(const attempt_context& context, ceremony_items items, std::uint32_t after) {
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
    for (auto& complaints : parts_of(complaints_in(context))) {
      if (complaints.empty() || readings_left_ <= 0) {
        continue;
      }
      --readings_left_;
      ceremony_items with = items;
      with.complaints = std::move(complaints);
      guilty = guilty_of(context, with);
      if (!guilty.empty() && stand(context, std::move(with), std::move(guilty), after)) {
        return true;
      }
    }
    return false;
  }

  bool stand(const attempt_context& context, ceremony_items items,
             std::vector<guilty_trustee> guilty, std::uint32_t after) {
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

  /// The attempt's own messages hold under the reading that was made so far.
  bool holds(const attempt_context& context, ceremony_items items) const {
    if (!revealed(context, items)) {
      return false;
    }
    const auto guilty = guilty_of(context, items);
    if (!out_.is_complete) {
      return enough_are_right(context, guilty);
    }
    if (!guilty.empty() || !dealt(context, items) || !guilty_of(context, items).empty()) {
      return false;
    }
    if (messages_.is_overtaken(context.attempt, context.who)) {
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

  std::vector<dkg_complaint> complaints_in(const attempt_context& context) const {
    std::vector<dkg_complaint> out;
    for (const auto& each : messages_.at(context.attempt).complaints) {
      if (ceremony_messages::is_of(context.who, each.item)) {
        out.push_back(each.item);
      }
    }
    return out;
  }

  const ceremony_messages& messages_;
  ceremony_anchor out_;
  int readings_left_ = max_readings;
};

}  // namespace

std::optional<ceremony_anchor> find_anchor(const ceremony_messages& messages) {
  for (const bool complete : {true, false}) {
    for (auto at = messages.attempts.rbegin(); at != messages.attempts.rend(); ++at) {
      const bool enough = complete ? enough_sent(messages, at->second.confirms)
                                   : enough_sent(messages, at->second.reveals);
      if (!enough) {
        continue;
      }
      if (auto found = anchor_search(messages, at->first, complete).run()) {
        return found;
      }
    }
  }
  return std::nullopt;
}

}  // namespace sandoq::tool
