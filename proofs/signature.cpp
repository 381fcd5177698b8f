#include "sandoq/proofs/signature.hpp"

#include "proofs/signature.core.hpp"

namespace sandoq {

result<wire_signature> read_signature(byte_reader& in, std::string_view field) {
  return in.fixed<wire_signature::size_bytes>(field).map(
      [](const auto& octets) { return wire_signature{octets}; });
}

template verification emit(equation_sink<ristretto255>&, const verification_key<ristretto255>&,
                           const signed_message&, const wire_signature&);
template verification verify(const verification_key<ristretto255>&, const signed_message&,
                             const wire_signature&);

}  // namespace sandoq
