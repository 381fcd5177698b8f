#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string_view>

#include "sandoq/core/literal.hpp"

namespace sandoq::testing {

/// The literal of the list that reads as `text`: labels are part of the source, so a vector can
/// only choose among those that the test names.
[[nodiscard]] inline literal known_literal(std::string_view text,
                                           std::initializer_list<literal> known) {
  for (const literal candidate : known) {
    if (candidate.view() == text) {
      return candidate;
    }
  }
  ADD_FAILURE() << "the test knows no literal \"" << text << '"';
  return "";
}

}  // namespace sandoq::testing
