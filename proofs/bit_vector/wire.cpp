#include <array>
#include <string>
#include <utility>

#include "proofs/wire_elements.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/bit_vector.hpp"

namespace sandoq {

namespace {

using G = ristretto255;
using elements = encoded_elements<G>;
using wire::decode_named;
using wire::element_at;

}  // namespace

result<wire_bit_vector_proof> read_bit_vector_proof(byte_reader& in, std::string_view field) {
  const auto within = [field](error e) { return fail_within(field, std::move(e)); };
  wire_bit_vector_proof out;
  const std::pair<wire_element*, std::string_view> commitments[] = {{&out.B, "B"},
                                                                    {&out.A, "A"},
                                                                    {&out.T1, "T1"},
                                                                    {&out.T0, "T0"},
                                                                    {&out.E.alpha, "E.alpha"},
                                                                    {&out.E.beta, "E.beta"}};
  for (const auto& [target, name] : commitments) {
    auto element = read_element(in, name);
    if (!element) {
      return within(std::move(element.error()));
    }
    *target = *element;
  }
  const auto count = in.count(wire_bit_vector_proof::max_responses, sizeof(wire_scalar), "f");
  if (!count) {
    return within(count.error());
  }
  out.f.resize(*count);
  if (auto done = in.fixed_into(std::as_writable_bytes(std::span(out.f)), "f"); !done) {
    return within(std::move(done.error()));
  }
  const std::pair<wire_scalar*, std::string_view> responses[] = {
      {&out.z_B, "z_B"}, {&out.z_T, "z_T"}, {&out.z_E, "z_E"}};
  for (const auto& [target, name] : responses) {
    auto scalar = read_scalar(in, name);
    if (!scalar) {
      return within(std::move(scalar.error()));
    }
    *target = *scalar;
  }
  return out;
}

void write_commitments(byte_writer& out, const wire_bit_vector_proof& proof) {
  for (const wire_element* e : {&proof.B, &proof.A, &proof.T1, &proof.T0}) {
    write(out, *e);
  }
  write(out, proof.E);
}

void write(byte_writer& out, const wire_bit_vector_proof& proof) {
  write_commitments(out, proof);
  out.count(proof.f.size());
  for (const wire_scalar& f : proof.f) {
    write(out, f);
  }
  for (const wire_scalar* z : {&proof.z_B, &proof.z_T, &proof.z_E}) {
    write(out, *z);
  }
}

result<wire_bit_vector_proof> wire_bit_vector_proof::decode(byte_view in) {
  byte_reader reader(in);
  auto proof = read_bit_vector_proof(reader, "proof");
  if (!proof) {
    return proof;
  }
  if (auto end = reader.finish(); !end) {
    return fail_within("proof", std::move(end.error()));
  }
  return proof;
}

bytes wire_bit_vector_proof::encode() const {
  byte_writer out;
  write(out, *this);
  return std::move(out).take();
}

result<bit_vector_proof<G>> decode(const wire_bit_vector_proof& in) {
  byte_writer octets;
  write_commitments(octets, in);
  constexpr std::array<std::string_view, bit_vector_commitments> names = {
      "B", "A", "T1", "T0", "E.alpha", "E.beta"};
  auto commitments = decode_named(octets.view(), [&](std::size_t i) { return names[i]; });
  if (!commitments) {
    return tl::unexpected<error>(std::move(commitments.error()));
  }
  return decode(in, std::move(*commitments));
}

result<bit_vector_proof<G>> decode(const wire_bit_vector_proof& in, elements commitments) {
  SANDOQ_EXPECTS(commitments.size() == bit_vector_commitments, "the commitments of this proof");
  bit_vector_proof<G> out{
      .commitments = std::move(commitments), .f = {}, .z_B = {}, .z_T = {}, .z_E = {}};
  out.f.reserve(in.f.size());
  for (const wire_scalar& f : in.f) {
    auto scalar = G::decode_scalar(f.view());
    if (!scalar) {
      return fail(scalar.error().code, "f " + std::to_string(out.f.size() + 2),
                  scalar.error().reason);
    }
    out.f.push_back(*scalar);
  }
  const std::pair<G::scalar*, std::pair<const wire_scalar*, std::string_view>> responses[] = {
      {&out.z_B, {&in.z_B, "z_B"}}, {&out.z_T, {&in.z_T, "z_T"}}, {&out.z_E, {&in.z_E, "z_E"}}};
  for (const auto& [target, source] : responses) {
    auto scalar = G::decode_scalar(source.first->view());
    if (!scalar) {
      return fail(scalar.error().code, source.second, scalar.error().reason);
    }
    *target = *scalar;
  }
  return out;
}

wire_bit_vector_proof encode(const bit_vector_proof<G>& proof) {
  const byte_view octets = proof.commitments.octets();
  wire_bit_vector_proof out{.B = element_at(octets, 0),
                            .A = element_at(octets, 1),
                            .T1 = element_at(octets, 2),
                            .T0 = element_at(octets, 3),
                            .E = {element_at(octets, 4), element_at(octets, 5)},
                            .f = {},
                            .z_B = {G::encode_scalar(proof.z_B)},
                            .z_T = {G::encode_scalar(proof.z_T)},
                            .z_E = {G::encode_scalar(proof.z_E)}};
  out.f.reserve(proof.f.size());
  for (const G::scalar& f : proof.f) {
    out.f.push_back({G::encode_scalar(f)});
  }
  return out;
}

result<elements> decode_ciphertexts(std::span<const wire_ciphertext> in) {
  return decode_named(std::as_bytes(in), [](std::size_t i) {
    return "ciphertext " + std::to_string(i / 2) + (i % 2 == 0 ? "/alpha" : "/beta");
  });
}

std::vector<wire_ciphertext> encode_ciphertexts(const elements& ciphertexts) {
  std::vector<wire_ciphertext> out(ciphertexts.size() / 2);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = {element_at(ciphertexts.octets(), 2 * i), element_at(ciphertexts.octets(), 2 * i + 1)};
  }
  return out;
}

}  // namespace sandoq
