#pragma once

#include <string>
#include <vector>

namespace sandoq {

/// A text for people in one language ("fa", "en"), never compared by rules. SPEC(00.2)
struct label {
  std::string language;
  std::string text;
  friend bool operator==(const label&, const label&) = default;
};
/// One text for each language.
using label_list = std::vector<label>;

}  // namespace sandoq
