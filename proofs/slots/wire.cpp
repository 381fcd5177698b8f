#include <array>
#include <string>
#include <utility>

#include "proofs/wire_elements.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/slots.hpp"

namespace sandoq {

namespace {

using G = ristretto255;
using elements = encoded_elements<G>;

constexpr std::array<std::string_view, slots_fixed_commitments> element_names = {
    "A", "S", "T1", "T2", "E.alpha", "E.beta"};

/// The fixed elements in their order on the wire; for reading and for writing.
template <class Proof>
auto fixed_elements(Proof& proof) {
  return std::array{&proof.A, &proof.S, &proof.T1, &proof.T2, &proof.E.alpha, &proof.E.beta};
}

/// The scalars in their order on the wire, of the wire form and of the decoded one.
template <class Proof>
auto scalars_of(Proof& proof) {
  using scalar = decltype(&proof.a);
  return std::array<std::pair<scalar, std::string_view>, 7>{{{&proof.t_hat, "t_hat"},
                                                             {&proof.tau_x, "tau_x"},
                                                             {&proof.mu, "mu"},
                                                             {&proof.f, "f"},
                                                             {&proof.z_E, "z_E"},
                                                             {&proof.a, "a"},
                                                             {&proof.b, "b"}}};
}

std::string place_of(std::size_t i) {
  if (i < slots_fixed_commitments) {
    return std::string(element_names[i]);
  }
  const std::size_t in_rounds = i - slots_fixed_commitments;
  return "round " + std::to_string(in_rounds / 2 + 1) + (in_rounds % 2 == 0 ? "/L" : "/R");
}

}  // namespace

result<wire_slots_proof> read_slots_proof(byte_reader& in, std::string_view field) {
  const auto within = [field](error e) { return fail_within(field, std::move(e)); };
  wire_slots_proof out;
  const auto read_into = [&in](wire_element& target, std::size_t i) -> result<void> {
    auto element = read_element(in, place_of(i));
    if (!element) {
      return tl::unexpected<error>(std::move(element.error()));
    }
    target = *element;
    return {};
  };
  const auto fixed = fixed_elements(out);
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    if (auto done = read_into(*fixed[i], i); !done) {
      return within(std::move(done.error()));
    }
  }
  const auto count = in.count(slots_shape::max_rounds, 2 * sizeof(wire_element), "rounds");
  if (!count) {
    return within(count.error());
  }
  out.rounds.resize(*count);
  for (std::size_t t = 0; t < out.rounds.size(); ++t) {
    auto done = read_into(out.rounds[t].first, slots_fixed_commitments + 2 * t);
    done = done ? read_into(out.rounds[t].second, slots_fixed_commitments + 2 * t + 1)
                : std::move(done);
    if (!done) {
      return within(std::move(done.error()));
    }
  }
  for (const auto& [target, name] : scalars_of(out)) {
    auto scalar = read_scalar(in, name);
    if (!scalar) {
      return within(std::move(scalar.error()));
    }
    *target = *scalar;
  }
  return out;
}

void write_commitments(byte_writer& out, const wire_slots_proof& proof) {
  for (const wire_element* e : fixed_elements(proof)) {
    write(out, *e);
  }
  for (const auto& [L, R] : proof.rounds) {
    write(out, L);
    write(out, R);
  }
}

void write(byte_writer& out, const wire_slots_proof& proof) {
  for (const wire_element* e : fixed_elements(proof)) {
    write(out, *e);
  }
  out.count(proof.rounds.size());
  for (const auto& [L, R] : proof.rounds) {
    write(out, L);
    write(out, R);
  }
  for (const auto& [scalar, name] : scalars_of(proof)) {
    write(out, *scalar);
  }
}

result<wire_slots_proof> wire_slots_proof::decode(byte_view in) {
  byte_reader reader(in);
  auto proof = read_slots_proof(reader, "proof");
  if (!proof) {
    return proof;
  }
  if (auto end = reader.finish(); !end) {
    return fail_within("proof", std::move(end.error()));
  }
  return proof;
}

bytes wire_slots_proof::encode() const {
  byte_writer out;
  write(out, *this);
  return std::move(out).take();
}

result<slots_proof<G>> decode(const wire_slots_proof& in) {
  byte_writer octets;
  write_commitments(octets, in);
  auto commitments = wire::decode_named(octets.view(), place_of);
  if (!commitments) {
    return tl::unexpected<error>(std::move(commitments.error()));
  }
  return decode(in, std::move(*commitments));
}

result<slots_proof<G>> decode(const wire_slots_proof& in, elements commitments) {
  SANDOQ_EXPECTS(commitments.size() == slots_fixed_commitments + 2 * in.rounds.size(),
                 "the commitments of this proof");
  slots_proof<G> out{.commitments = std::move(commitments),
                     .t_hat = {},
                     .tau_x = {},
                     .mu = {},
                     .f = {},
                     .z_E = {},
                     .a = {},
                     .b = {}};
  const auto targets = scalars_of(out);
  const auto sources = scalars_of(in);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    auto scalar = wire::decode_named_scalar(*sources[i].first, sources[i].second);
    if (!scalar) {
      return tl::unexpected<error>(std::move(scalar.error()));
    }
    *targets[i].first = *scalar;
  }
  return out;
}

wire_slots_proof encode(const slots_proof<G>& proof) {
  const byte_view octets = proof.commitments.octets();
  wire_slots_proof out;
  const auto fixed = fixed_elements(out);
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    *fixed[i] = wire::element_at(octets, i);
  }
  for (std::size_t i = fixed.size(); i < proof.commitments.size(); i += 2) {
    out.rounds.emplace_back(wire::element_at(octets, i), wire::element_at(octets, i + 1));
  }
  const auto targets = scalars_of(out);
  const auto sources = scalars_of(proof);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    targets[i].first->octets = G::encode_scalar(*sources[i].first);
  }
  return out;
}

}  // namespace sandoq
