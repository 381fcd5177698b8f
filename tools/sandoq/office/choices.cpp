#include "choices.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../shown_text.hpp"
#include "contest_marks.hpp"
#include "sandoq/ballot/journal.hpp"

namespace sandoq::tool {
namespace {

constexpr std::string_view digits_word = "digits ";

/// The value of a decimal digit at the front of a text, ASCII, Persian (U+06F0 to U+06F9) or Arabic
/// (U+0660 to U+0669), which is taken off; nothing if there is none.
std::optional<unsigned> take_digit(std::string_view& text) {
  constexpr std::array<std::string_view, 3> zeros{"0", "\u06f0", "\u0660"};
  for (const std::string_view zero : zeros) {
    const std::size_t size = zero.size();
    if (text.size() < size || text.substr(0, size - 1) != zero.substr(0, size - 1)) {
      continue;
    }
    const auto first = static_cast<unsigned char>(zero.back());
    const auto last = static_cast<unsigned char>(text[size - 1]);
    if (last >= first && last <= first + 9) {
      text.remove_prefix(size);
      return last - first;
    }
  }
  return std::nullopt;
}

class choices_reader {
 public:
  choices_reader(const manifest& plan, const election_context& election, branch_index branch)
      : plan_(plan), election_(election), branch_(branch) {}

  result<filled_ballot> read(std::string_view text) && {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      const std::string_view line = trimmed(text.substr(0, end));
      text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
      ++number_;
      if (line.empty()) {
        continue;
      }
      if (auto done = style_ ? take(line) : take_style(line); !done) {
        return tl::unexpected(std::move(done.error()));
      }
    }
    return finish();
  }

 private:
  [[nodiscard]] tl::unexpected<error> refuse(errc code, std::string_view reason) const {
    return fail(code, fmt::format("line {}", number_), reason);
  }

  result<void> take_style(std::string_view line) {
    for (std::uint32_t s = 0; s < plan_.styles.size(); ++s) {
      if (plan_.styles[s].id == line) {
        style_ = style_index{s};
      }
    }
    if (!style_) {
      return refuse(
          errc::not_found,
          fmt::format("the first line names the style, and there is no style {}", shown(line)));
    }
    if (!election_.index().is_given(*style_, branch_)) {
      return refuse(errc::mismatch,
                    fmt::format("the style {} is not given at this branch", shown(line)));
    }
    made_.resize(election_.index().contests_of(*style_).size());
    return {};
  }

  result<void> take(std::string_view line) {
    if (line.starts_with(digits_word)) {
      return take_digits(trimmed(line.substr(digits_word.size())));
    }
    const auto contests = election_.index().contests_of(*style_);
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < contests.size(); ++i) {
      const std::string& id = plan_.contests[contests[i].value()].id;
      if (line.size() > id.size() && line.starts_with(id) && line[id.size()] == ':') {
        if (found) {
          return refuse(errc::mismatch, "two contests of this style could be meant");
        }
        found = i;
      }
    }
    if (!found) {
      return refuse(errc::not_found,
                    "must be CONTEST-ID: OPTION-ID ..., with a contest of the style, or digits "
                    "with four digits");
    }
    const contest_entry& contest = plan_.contests[contests[*found].value()];
    return take_contest(*found, contests[*found], trimmed(line.substr(contest.id.size() + 1)));
  }

  result<void> take_digits(std::string_view text) {
    unsigned number = 0;
    int count = 0;
    while (count < 4) {
      const auto digit = take_digit(text);
      if (!digit) {
        break;
      }
      number = number * 10 + *digit;
      ++count;
    }
    if (count != 4 || !text.empty() || digits_ != ballot_item::no_digits) {
      return refuse(errc::bad_text, "digits are four digits from 0000 to 9999, once");
    }
    digits_ = static_cast<std::uint16_t>(number);
    return {};
  }

  result<void> take_contest(std::size_t place, contest_index index, std::string_view marks) {
    const contest_entry& contest = plan_.contests[index.value()];
    if (made_[place]) {
      return refuse(errc::duplicate,
                    fmt::format("the contest {} stands there twice", shown(contest.id)));
    }
    auto made = read_marks(contest, election_.terms(index), marks);
    if (!made) {
      return refuse(made.error().code,
                    fmt::format("{}: {}", made.error().place, made.error().reason));
    }
    made_[place] = std::move(*made);
    return {};
  }

  result<filled_ballot> finish() {
    if (!style_) {
      return fail(errc::missing, "choices", "are empty; the first line names the style");
    }
    std::vector<contest_selection> selections;
    const auto contests = election_.index().contests_of(*style_);
    for (std::size_t i = 0; i < made_.size(); ++i) {
      if (!made_[i]) {
        return fail(errc::missing, "choices",
                    fmt::format("the contest {} is missing; write a line with its id and a colon",
                                shown(plan_.contests[contests[i].value()].id)));
      }
      selections.push_back(std::move(*made_[i]));
    }
    auto selection = ballot_selection::make(election_, branch_, *style_, std::move(selections));
    if (!selection) {
      return tl::unexpected(std::move(selection.error()));
    }
    return filled_ballot{std::move(*selection), digits_};
  }

  const manifest& plan_;
  const election_context& election_;
  branch_index branch_;
  std::size_t number_ = 0;
  std::optional<style_index> style_;
  std::uint16_t digits_ = ballot_item::no_digits;
  std::vector<std::optional<contest_selection>> made_;
};

}  // namespace

result<filled_ballot> read_choices(const manifest& plan, const election_context& election,
                                   branch_index branch, std::string_view text) {
  if (text.size() > max_choices_bytes) {
    return fail(errc::too_large, "choices", "are more than 256 KiB");
  }
  return choices_reader(plan, election, branch).read(text);
}

}  // namespace sandoq::tool
