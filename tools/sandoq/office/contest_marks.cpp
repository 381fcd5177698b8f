#include "contest_marks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../label_text.hpp"
#include "../shown_text.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq::tool {
namespace {

constexpr std::string_view blank_word = "blank";
constexpr std::string_view list_word = "list:";
constexpr std::string_view strike_word = "strike:";
constexpr std::string_view text_word = "text:";

/// The slots of a contest; wiped at the end.
class marked_slots {
 public:
  /// \param most  how many there may be; more than `usual` become known by their number
  marked_slots(std::size_t usual, std::size_t most) : most_(most) {
    slots_.reserve(most);  // so that nothing is left behind
    slots_.assign(usual, contest_selection::no_option);
  }
  marked_slots(const marked_slots&) = delete;
  marked_slots& operator=(const marked_slots&) = delete;
  ~marked_slots() { detail::wipe(slots_.data(), slots_.size() * sizeof(option_index)); }

  /// False if all are taken.
  bool mark(option_index option) {
    if (used_ == most_) {
      return false;
    }
    if (used_ == slots_.size()) {
      slots_.resize(std::min(most_, 2 * slots_.size()), contest_selection::no_option);
    }
    slots_[used_++] = option;
    return true;
  }
  [[nodiscard]] std::size_t most() const noexcept { return most_; }
  [[nodiscard]] std::span<const option_index> all() const noexcept { return slots_; }

 private:
  std::size_t most_;
  std::vector<option_index> slots_;
  std::size_t used_ = 0;
};

/// The place of whoever has that id.
template <class Entries>
std::optional<std::uint32_t> place_of(const Entries& entries, std::string_view id) {
  const auto at = std::find_if(entries.begin(), entries.end(),
                               [id](const auto& entry) { return entry.id == id; });
  return at == entries.end() ? std::nullopt
                             : std::optional(static_cast<std::uint32_t>(at - entries.begin()));
}

template <class Entries>
bool has_blank_in_id(const Entries& entries) {
  return std::any_of(entries.begin(), entries.end(),
                     [](const auto& entry) { return entry.id.find(' ') != std::string::npos; });
}

std::uint32_t room_for_text(const contest_terms& terms) {
  return is_packed(terms.encoding) ? terms.packed().shape().text_bytes() : 0;
}

/// Where over-votes are cut off or void, people can make them, and all that they enter is read.
marked_slots room_for_marks(const ballot_rule& rule) {
  constexpr std::size_t more = 64;
  const std::size_t most = contest_selection::most_slots;
  return rule.overvote == ballot_rule::overvote_policy::reject
             ? marked_slots(rule.max_votes, rule.max_votes)
             : marked_slots(std::min(rule.max_votes + more, most), most);
}

std::size_t room_for_strikes(const contest_terms& terms) {
  std::size_t longest = 0;
  for (const auto& members : terms.codes.lists()) {
    longest = std::max(longest, members.size());
  }
  return terms.codes.entries().strike != 0 ? longest : 0;
}

class marks_reader {
 public:
  marks_reader(const contest_entry& contest, const contest_terms& terms)
      : contest_(contest),
        terms_(terms),
        by_tabs_(separated_by_tabs(contest)),
        rule_(terms.codes.entries()),
        marked_(room_for_marks(rule_)),
        struck_(room_for_strikes(terms), room_for_strikes(terms)) {}

  result<contest_selection> read(std::string_view marks) && {
    if (marks != blank_word || place_of(contest_.options, blank_word)) {
      while (!marks.empty()) {
        if (auto done = take_next(marks); !done) {
          return tl::unexpected(std::move(done.error()));
        }
      }
    }
    auto made = select();
    if (!made) {
      return refuse(made.error().code, made.error().reason);
    }
    return made;
  }

 private:
  [[nodiscard]] tl::unexpected<error> refuse(errc code, std::string_view reason) const {
    return fail(code, "contest " + shown(contest_.id), reason);
  }

  result<void> take_next(std::string_view& marks) {
    const std::string_view separators = by_tabs_ ? "\t" : " \t";
    const std::size_t end = marks.find_first_of(separators);
    const std::string_view word = marks.substr(0, end);
    const std::string_view rest =
        end == std::string_view::npos ? std::string_view() : trimmed(marks.substr(end + 1));
    if (const auto option = place_of(contest_.options, word)) {
      marks = rest;
      return mark(marked_, *option);
    }
    if (word.starts_with(text_word)) {
      return take_text(std::exchange(marks, {}).substr(text_word.size()));
    }
    marks = rest;
    if (word.starts_with(list_word)) {
      return take_list(word.substr(list_word.size()));
    }
    if (word.starts_with(strike_word)) {
      return take_strike(word.substr(strike_word.size()));
    }
    if (word == blank_word) {
      return refuse(errc::mismatch, "blank stands alone, without options");
    }
    return refuse(errc::not_found, fmt::format("has no option {}; separate options by {}",
                                               shown(word), by_tabs_ ? "tabs" : "blanks"));
  }

  result<void> mark(marked_slots& slots, std::uint32_t option) {
    if (!slots.mark(option_index{option})) {
      return refuse(errc::out_of_range, fmt::format("at most {} may be marked", slots.most()));
    }
    return {};
  }

  result<void> take_list(std::string_view id) {
    const auto list = place_of(contest_.lists, id);
    const bool none = rule_.code == ballot_rule::list_code::none;
    if (none || !list) {
      return refuse(errc::not_found, none ? "lists have no codes in this contest"
                                          : fmt::format("has no list {}", shown(id)));
    }
    if (list_) {
      return refuse(errc::duplicate, "the code of one list at most is entered");
    }
    list_ = list;
    return {};
  }

  result<void> take_strike(std::string_view id) {
    if (rule_.strike == 0) {
      return refuse(errc::unsupported, "nobody can be struck off a list in this contest");
    }
    const auto option = place_of(contest_.options, id);
    return option ? mark(struck_, *option)
                  : refuse(errc::not_found, fmt::format("has no option {}", shown(id)));
  }

  result<void> take_text(std::string_view words) {
    const std::uint32_t room = room_for_text(terms_);
    if (room == 0) {
      return refuse(errc::unsupported, "there is no room for a write-in in this contest");
    }
    // By the Persian rule, which leaves other texts alone: one name is written one way.
    const auto text = normalised_label("fa", trimmed(words));
    if (!text) {
      return refuse(errc::bad_text, "the write-in is no text (UTF-8)");
    }
    if (text->size() > room) {
      return refuse(errc::too_large, fmt::format("a write-in has room for {} bytes", room));
    }
    text_ = secret_bytes(room);
    std::copy_n(reinterpret_cast<const std::byte*>(text->data()), text->size(),
                expose_for_secret_ops(text_).begin());
    return {};
  }

  [[nodiscard]] result<contest_selection> select() {
    auto made = select_options();
    if (made && text_.size() > 0) {
      return std::move(*made).with_text(terms_, text_);
    }
    return made;
  }

  [[nodiscard]] result<contest_selection> select_options() const {
    if (terms_.encoding == contest_encoding::packed_ranking) {
      return contest_selection::of_ranks(terms_, marked_.all());
    }
    if (rule_.code == ballot_rule::list_code::none) {
      return contest_selection::of_slots(terms_, marked_.all());
    }
    return contest_selection::of_list(terms_, {.list = list_.value_or(list_entries::no_list),
                                               .struck = struck_.all(),
                                               .slots = marked_.all()});
  }

  const contest_entry& contest_;
  const contest_terms& terms_;
  bool by_tabs_;
  const ballot_rule& rule_;
  marked_slots marked_;
  marked_slots struck_;
  std::optional<std::uint32_t> list_;
  secret_bytes text_;
};

}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r";
  const std::size_t first = text.find_first_not_of(space);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

bool separated_by_tabs(const contest_entry& contest) {
  return has_blank_in_id(contest.options) || has_blank_in_id(contest.lists);
}

result<contest_selection> read_marks(const contest_entry& contest, const contest_terms& terms,
                                     std::string_view marks) {
  return marks_reader(contest, terms).read(marks);
}

}  // namespace sandoq::tool
