#include "sandoq/elgamal/wire.hpp"

#include <utility>

namespace sandoq {

result<wire_element> read_element(byte_reader& in, std::string_view field) {
  return in.fixed<32>(field).map([](const byte_array<32>& octets) { return wire_element{octets}; });
}

result<wire_scalar> read_scalar(byte_reader& in, std::string_view field) {
  return in.fixed<32>(field).map([](const byte_array<32>& octets) { return wire_scalar{octets}; });
}

result<wire_ciphertext> read_ciphertext(byte_reader& in, std::string_view field) {
  wire_ciphertext out;
  if (auto done = in.fixed_into(out.alpha.octets, field); !done) {
    return fail_within("alpha", std::move(done.error()));
  }
  if (auto done = in.fixed_into(out.beta.octets, field); !done) {
    return fail_within("beta", std::move(done.error()));
  }
  return out;
}

}  // namespace sandoq
