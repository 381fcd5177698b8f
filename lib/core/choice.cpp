#include "sandoq/core/choice.hpp"

#include "sandoq/core/contract.hpp"

namespace sandoq {

choice ct_equal(std::span<const std::byte> a, std::span<const std::byte> b) noexcept {
  SANDOQ_EXPECTS(a.size() == b.size(), "only byte strings of one length can be compared");
  std::uint64_t difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |= std::to_integer<std::uint64_t>(a[i] ^ b[i]);
  }
  return choice::is_zero(difference);
}

}  // namespace sandoq
