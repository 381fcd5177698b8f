#include "sandoq/mixnet/mix_fault.hpp"

#include <array>
#include <cstddef>

namespace sandoq {

std::string_view name_of(mix_fault fault) noexcept {
  static constexpr std::array<std::string_view, 14> names = {
      "order",        "mixer",     "shut_out", "repeated", "previous", "length",    "list",
      "proof_length", "signature", "board",    "elements", "identity", "unchanged", "proof"};
  return names[static_cast<std::size_t>(fault)];
}

std::string_view check_of(mix_fault fault) noexcept {
  return fault <= mix_fault::board ? "mix.stages" : "mix.proofs";
}

}  // namespace sandoq
