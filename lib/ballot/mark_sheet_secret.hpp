#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "sandoq/ballot/selection_secret.hpp"
#include "sandoq/core/choice.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq::detail {

/// How contest_selection::choices() is divided.
struct choice_layout {
  std::size_t options = 0;  ///< bytes of marks, or of ranks
  std::size_t blank = 0;    ///< 1 where a mark for the blank ballot follows
  std::size_t text = 0;     ///< room for a write-in
  [[nodiscard]] std::size_t size() const noexcept { return options + blank + text; }
};
[[nodiscard]] choice_layout layout_of(const contest_terms& contest) noexcept;

[[nodiscard]] std::string place_of(const contest_terms& contest);
[[nodiscard]] tl::unexpected<error> overvote(const contest_terms& contest);
[[nodiscard]] tl::unexpected<error> undervote(const contest_terms& contest);

/// A ballot paper while it is filled in: one byte an option. Every entry visits all options, so
/// neither time nor memory shows which one it is.
class mark_sheet {
 public:
  explicit mark_sheet(const contest_terms& contest);

  /// A single option; nothing happens for no_option. Twice is a fault.
  void mark(option_index option);
  /// The members of the list with that number; nothing happens for list_entries::no_list.
  void mark_list(std::uint32_t list);
  /// Takes away the vote that a list code gave. \pre before any mark()
  void strike(option_index option);

  /// Whether every entry was an option, no option was marked twice, and so on.
  [[nodiscard]] result<void> check() const;
  /// Sets blank where nothing is marked and blanks are counted. Refuses too much and too little.
  [[nodiscard]] result<secret_bytes> finish() &&;
  /// The same without blank: an empty sheet is too little where Lmin is at least 1.
  [[nodiscard]] result<secret_bytes> finish_marked() &&;

 private:
  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] byte_span options();

  const contest_terms* contest_;
  secret_bytes choices_;
  secret_bytes listed_;            // whom a list code gave a vote
  choice unknown_ = choice::no();  // an option or list that does not exist
  choice twice_ = choice::no();
  choice not_struck_ = choice::no();  // somebody whom no list code gave a vote
  choice list_ = choice::no();        // a list code was entered
  choice single_ = choice::no();      // a single option was
};

/// True iff the bytes are UTF-8 and after it nothing but zero bytes. Constant time.
[[nodiscard]] choice is_padded_text(byte_view octets);

}  // namespace sandoq::detail
