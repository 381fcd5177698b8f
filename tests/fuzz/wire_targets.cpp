// Group elements and what proofs are made of. Membership has an oracle: libsodium.

#include <sodium.h>

#include "sandoq/elgamal/ciphertext.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/shuffle.hpp"
#include "sandoq/proofs/signature.hpp"
#include "tests/fuzz/round_trip.hpp"

namespace sandoq::fuzzing {
namespace {

using G = ristretto255;

const unsigned char* raw(const std::byte* p) {
  return reinterpret_cast<const unsigned char*>(p);
}

// libsodium 1.0.18 ignores the highest bit, which RFC 9496 does not allow.
bool sodium_takes_element(byte_view in) {
  return in.size() == 32 && (in[31] & std::byte{0x80}) == std::byte{0} &&
         crypto_core_ristretto255_is_valid_point(raw(in.data())) == 1;
}

bool sodium_takes_scalar(byte_view in) {
  if (in.size() != 32) {
    return false;
  }
  byte_array<64> wide{};
  byte_array<32> reduced{};
  std::copy(in.begin(), in.end(), wide.begin());
  crypto_core_ristretto255_scalar_reduce(reinterpret_cast<unsigned char*>(reduced.data()),
                                         raw(wide.data()));
  return std::ranges::equal(reduced, in);
}

outcome agreeing(outcome ours, bool theirs) {
  if (ours.broken.empty() && ours.accepted != theirs) {
    ours.broken = theirs ? "libsodium takes what we refuse" : "libsodium refuses what we take";
  }
  return ours;
}

outcome element(byte_view in) {
  return agreeing(read_back(in, G::decode(in), [](const auto& e) { return G::encode(e); }),
                  sodium_takes_element(in));
}

outcome scalar(byte_view in) {
  return agreeing(
      read_back(in, G::decode_scalar(in), [](const auto& s) { return G::encode_scalar(s); }),
      sodium_takes_scalar(in));
}

// Any number of elements, which are decoded two at a time.
outcome elements(byte_view in) {
  const byte_view whole = in.first(in.size() / 32 * 32);
  bool theirs = true;
  for (std::size_t at = 0; at < whole.size(); at += 32) {
    theirs = theirs && sodium_takes_element(whole.subspan(at, 32));
  }
  return agreeing(read_back(whole, encoded_elements<G>::decode(whole),
                            [](const auto& list) {
                              bytes out(32 * list.size());
                              G::encode_batch(out, list.elements());
                              return out;
                            }),
                  theirs);
}

// Half of the input are elements, half their hints, which must not change what comes of them.
outcome hinted_elements(byte_view in) {
  if (in.size() % 64 != 0) {
    return {};
  }
  const std::size_t count = in.size() / 64;
  std::vector<G::element> plain(count);
  std::vector<G::element> hinted(count);
  const auto want = G::decode_batch(plain, in.first(32 * count));
  const auto got =
      G::decode_batch_hinted(hinted, in.first(32 * count), in.subspan(32 * count, 32 * count));
  outcome out{want.has_value(), ""};
  if (got.has_value() != want.has_value() || (want && hinted != plain) ||
      (!want && to_string(got.error()) != to_string(want.error()))) {
    out.broken = "hints change what is decoded";
  }
  return out;
}

outcome ciphertext_elements(byte_view in) {
  byte_reader reader(in);
  const auto wire = read_ciphertext(reader, "ciphertext");
  if (!wire) {
    return refused(wire.error());
  }
  return read_back(in.first(64), decode(*wire), [](const auto& c) {
    byte_writer out;
    write(out, encode(c));
    return std::move(out).take();
  });
}

// The wire form of a proof, and then its elements and scalars.
outcome bit_vector_elements(byte_view in) {
  const auto wire = wire_bit_vector_proof::decode(in);
  if (!wire) {
    return refused(wire.error());
  }
  return read_back(in, decode(*wire), [](const auto& proof) { return encode(proof).encode(); });
}

// Number, width and rows in a byte each, then the proof.
outcome shuffle(byte_view in) {
  if (in.size() < 3) {
    return {};
  }
  const auto number = [&](std::size_t i) { return std::to_integer<std::size_t>(in[i]); };
  const auto shape = shuffle_shape::with_rows(number(0), number(1), number(2));
  if (!shape) {
    return refused(shape.error());
  }
  const byte_view proof = in.subspan(3);
  return read_back(proof, shuffle_proof<G>::decode(*shape, proof),
                   [](const auto& read) { return read.encode(); });
}

constexpr auto read_wire_signature = [](byte_reader& in) { return read_signature(in, "sig"); };
constexpr auto read_wire_element = [](byte_reader& in) { return read_element(in, "element"); };
constexpr auto read_wire_scalar = [](byte_reader& in) { return read_scalar(in, "scalar"); };
constexpr auto read_wire_ciphertext = [](byte_reader& in) {
  return read_ciphertext(in, "ciphertext");
};

constexpr decoder group_decoders[] = {
    {"element", element},
    {"scalar", scalar},
    {"elements", elements},
    {"ciphertext_elements", ciphertext_elements},
    {"wire_element", part<wire_element, read_wire_element>},
    {"wire_scalar", part<wire_scalar, read_wire_scalar>},
    {"wire_ciphertext", part<wire_ciphertext, read_wire_ciphertext>},
    {"hinted_elements", hinted_elements},
};

constexpr decoder proof_decoders[] = {
    {"bit_vector_proof", whole<wire_bit_vector_proof>},
    {"bit_vector_elements", bit_vector_elements},
    {"signature", part<wire_signature, read_wire_signature>},
    {"quorum", whole<quorum>},
    {"shuffle", shuffle},
};

}  // namespace

target group_target() {
  return {"group", group_decoders};
}
target proofs_target() {
  return {"proofs", proof_decoders};
}

}  // namespace sandoq::fuzzing
