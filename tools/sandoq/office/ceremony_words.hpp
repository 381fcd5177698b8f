#pragma once

#include <array>
#include <string_view>

#include "../language.hpp"

namespace sandoq::tool {

/// The words of the minutes of a key ceremony that reports do not have.
struct ceremony_words {
  std::string_view title;
  std::string_view heading;  ///< of the first part
  std::string_view election;
  std::string_view threshold;  ///< "{} of {} trustees are needed"
  std::string_view attempt;    ///< "Attempt {}"
  std::string_view given_up;   ///< "given up, proves nobody guilty: {}"
  std::string_view absent;     ///< behind the name
  std::array<std::string_view, 4> rounds;
  std::string_view missing;     ///< behind a name in a round
  std::string_view complains;   ///< between accuser and dealer
  std::string_view was_right;   ///< who is guilty, with the dealer's name behind
  std::string_view was_wrong;   ///< the same, the accuser's
  std::string_view not_judged;  ///< a complaint while others have not answered
  std::string_view shut_out;    ///< behind the name
  std::string_view ignored;     ///< heading
  std::string_view keys;        ///< heading
  std::string_view board_key;   ///< before the board's name
  std::string_view joint_key;
  std::string_view complete;
  std::string_view waits;  ///< "waits for"
  std::string_view failed;
  std::string_view compare;  ///< what to compare, and what the codes are for
};

[[nodiscard]] const ceremony_words& ceremony_words_of(language in) noexcept;

}  // namespace sandoq::tool
