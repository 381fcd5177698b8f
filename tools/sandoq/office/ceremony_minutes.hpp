#pragma once

#include <optional>
#include <string>
#include <vector>

#include "../language.hpp"
#include "bulletin.hpp"
#include "ceremony_state.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq::tool {

/// What the minutes of a key ceremony are about.
struct minuted_ceremony {
  const bulletin& board;
  const ceremony_state& state;
  verdict checks;                         ///< of 90.2; empty until the ceremony is complete
  std::optional<election_key> published;  ///< once it is
};

/// A piece of a line, and how it runs amid the text around it.
struct minuted_piece {
  enum class manner { words, name, code, english };
  manner how = manner::words;
  std::string text;
};
using minuted_line = std::vector<minuted_piece>;

/// A part of the minutes.
struct minuted_section {
  std::string heading;
  std::vector<minuted_line> lines;
};

/// The minutes of a ceremony in one language: who published what in which round of which attempt,
/// who was shut out and why, and the keys. The code behind each message is the first 8 bytes of
/// H("ceremony/message"; u32 kind || bytes), so two people can compare their copies by voice.
///                                                                                     SPEC(85.7)
[[nodiscard]] std::vector<minuted_section> minutes_of(language in,
                                                      const minuted_ceremony& ceremony);

}  // namespace sandoq::tool
