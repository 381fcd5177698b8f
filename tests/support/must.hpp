#pragma once

#include <cstdio>
#include <utility>

#include "sandoq/core/contract.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::testing {

/// The value of a step that must succeed: a test election that cannot be made is a bug of the test.
template <class T>
T must(result<T> r) {
  if (!r) {
    std::fprintf(stderr, "test election: %s\n", to_string(r.error()).c_str());
  }
  SANDOQ_EXPECTS(r.has_value(), "a step of the test election succeeds");
  return std::move(*r);
}

}  // namespace sandoq::testing
