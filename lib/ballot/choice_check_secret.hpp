#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "sandoq/ballot/contest.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/choice.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq::detail {

/// The truth value of a byte that is 0 or 1, and back.
[[nodiscard]] inline choice mark_at(std::byte octet) {
  return choice::from_bit(std::to_integer<std::uint64_t>(octet));
}
inline void set_mark(std::byte& octet, choice value) {
  octet = static_cast<std::byte>(value.bit());
}
[[nodiscard]] inline bool counts_blank(const contest_terms& contest) {
  return contest.limits.blank == blank_option::counted;
}

/// How contest_selection::choices() is divided.
struct choice_layout {
  std::size_t options = 0;  ///< bytes of marks, one a code, or of ranks
  std::size_t blank = 0;    ///< 1 where a mark for the blank ballot follows
  std::size_t text = 0;     ///< room for a write-in
  [[nodiscard]] std::size_t size() const noexcept { return options + blank + text; }
};
[[nodiscard]] choice_layout layout_of(const contest_terms& contest) noexcept;

[[nodiscard]] std::string place_of(const contest_terms& contest);
[[nodiscard]] tl::unexpected<error> overvote(const contest_terms& contest);
[[nodiscard]] tl::unexpected<error> undervote(const contest_terms& contest);

/// Of which lists there is something, where options of one list only can be chosen.
class parties_touched {
 public:
  explicit parties_touched(const ballot_codes& codes);
  void option(std::uint32_t option, choice here);
  void list(std::uint32_t list, choice here);
  /// Form open: options of two lists; closed: or independents.                         SPEC(76.2)
  [[nodiscard]] choice too_many() const;

 private:
  void touch(std::uint32_t party, choice here);

  const ballot_codes* codes_;
  secret_bytes touched_;  // empty where it does not matter
};

/// Whether marks of codes and blank are bits and a permitted choice. Constant time.    SPEC(50.10)
[[nodiscard]] result<void> check_marks(const contest_terms& contest, byte_view marks);

/// True iff the bytes are UTF-8 and after it nothing but zero bytes. Constant time.
[[nodiscard]] choice is_padded_text(byte_view octets);

}  // namespace sandoq::detail
