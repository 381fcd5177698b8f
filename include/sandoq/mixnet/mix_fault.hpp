#pragma once

#include <cstdint>
#include <string_view>

#include "sandoq/core/result.hpp"

namespace sandoq {

/// What is wrong with a cascade. Those up to `board` belong to the check mix.stages of 90.2, the
/// others to mix.proofs.                                                     SPEC(60.3) SPEC(60.4)
enum class mix_fault : std::uint8_t {
  order,         ///< a stage of another group, not the next one, or the 17th
  mixer,         ///< no such trustee
  shut_out,      ///< the key ceremony has shut the trustee out
  repeated,      ///< the trustee has another stage of the group
  previous,      ///< the stage took another list
  length,        ///< the list it put out has another number of elements
  list,          ///< the list beside it is another one
  proof_length,  ///< the proof has not the length that N, m, n and w demand
  signature,     ///< the trustee did not sign it
  board,         ///< no trustee of some board has a stage
  elements,      ///< an element of the list or of the proof, or a scalar, does not decode
  identity,      ///< an alpha is the identity
  unchanged,     ///< an alpha of the output is one of the input
  proof,         ///< the proof does not hold
};

/// The name of a fault, as tests and vectors say it: "order", "shut_out", ...
[[nodiscard]] std::string_view name_of(mix_fault fault) noexcept;
/// The check of 90.2 that it fails: "mix.stages" or "mix.proofs".
[[nodiscard]] std::string_view check_of(mix_fault fault) noexcept;

/// The first condition that a cascade fails, and where: "stage 2/previous".
struct mix_failure {
  mix_fault fault;
  error why;
};

}  // namespace sandoq
