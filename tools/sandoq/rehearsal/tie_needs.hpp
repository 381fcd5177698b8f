#pragma once

#include <string>
#include <vector>

#include "../drill_ties.hpp"
#include "../scenario.hpp"

namespace sandoq::tool {

/// What deciding the ties of a scenario will take, known from the choices in the clear.
struct tie_needs {
  /// CONTEST/OPTION=VALUE[,VALUE...] for the authority to state, of every option of the ties.
  std::vector<std::string> attributes;
  bool lot = false;
  /// A lot is needed and the manifest names no public value: the ties stay open.
  bool stay_open = false;

  friend bool operator==(const tie_needs&, const tie_needs&) = default;
};

/// Values that are asked for only once a lot is drawn are not among them: nobody knows it before.
/// \pre check_tie_rules                                                     SPEC(75.4) SPEC(75.6)
[[nodiscard]] result<tie_needs> tie_needs_of(const scenario& s, const tie_rules& rules);

}  // namespace sandoq::tool
