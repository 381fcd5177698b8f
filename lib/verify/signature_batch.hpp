#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "lib/verify/verify_state.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/verify/checks.hpp"

namespace sandoq {

/// Gathers items that are proved by a few equations each (openings and closes of journals) and
/// checks them together; a failure goes to the item's own check.                     SPEC(40.10)
class signature_batch {
 public:
  explicit signature_batch(verify_state& v) : v_(v) {}

  /// \param hash  of the complete bytes of the item, and of what else its equations depend on
  /// \param emit  called from any thread, possibly more than once; owns what it refers to
  void add(check_id check, std::string place, const digest32& hash,
           std::function<verification(equation_sink<ristretto255>&)> emit);
  /// Checks what is still gathered.
  void flush();

 private:
  struct item {
    check_id check;
    std::string place;
    std::function<verification(equation_sink<ristretto255>&)> emit;
  };
  verify_state& v_;
  std::vector<item> items_;
  std::vector<digest32> hashes_;
};

}  // namespace sandoq
