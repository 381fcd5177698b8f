#include "sandoq/transcript/weights.hpp"

#include "lib/transcript/octets.hpp"

namespace sandoq {

namespace {

byte_array<16> first_16(const digest64& d) noexcept {
  byte_array<16> out;
  std::copy_n(d.octets.begin(), out.size(), out.begin());
  return out;
}

}  // namespace

weights::weights(const digest64& seed) noexcept {
  update_framed(prefix_, bytes_of("sandoq-1/weights"));
  prefix_.update(seed.view());
}

byte_array<16> weights::octets(std::uint32_t i) const noexcept {
  sha512 state = prefix_;
  return first_16(state.update(detail::u32_octets(i)).finish());
}

byte_array<16> weights::octets(std::uint32_t j, std::uint32_t k) const noexcept {
  sha512 state = prefix_;
  state.update(detail::u32_octets(j));
  return first_16(state.update(detail::u32_octets(k)).finish());
}

}  // namespace sandoq
