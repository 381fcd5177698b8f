#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "proofs/packed/statement.core.hpp"
#include "proofs/packed/words.hpp"
#include "proofs/plaintext_knowledge.core.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/packed_recompute.hpp"
#include "sandoq/transcript/nonce.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using scalar = scalar_of<G>;
using election = proof_election<G>;
constexpr std::size_t part_bytes = packed_shape::part_bytes;

tl::unexpected<error> not_permitted(const std::string& why) {
  return fail(errc::bad_witness, "choices", why);
}

result<void> check_codes(const packed_shape& shape, std::span<const std::uint32_t> codes) {
  const bool subset = shape.order() == packed_order::subset;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (codes[i] < 1 || codes[i] > shape.options()) {
      return not_permitted("code " + std::to_string(codes[i]) + " is no option");
    }
    if (subset && i > 0 && codes[i - 1] >= codes[i]) {
      return not_permitted("the codes are not strictly ascending");
    }
    if (std::find(codes.begin(), codes.begin() + static_cast<std::ptrdiff_t>(i), codes[i]) !=
        codes.begin() + static_cast<std::ptrdiff_t>(i)) {
      return not_permitted("code " + std::to_string(codes[i]) + " stands twice");
    }
  }
  const bool blank = codes.empty() && shape.counts_blank();
  if (codes.size() > shape.choices() || (codes.size() < shape.minimum() && !blank)) {
    return not_permitted(std::to_string(codes.size()) +
                         " choices, which the contest does not permit");
  }
  return {};
}

result<void> check_text(const packed_shape& shape, const std::string& text) {
  if (text.size() > shape.text_bytes() || text.find('\0') != std::string::npos ||
      !is_utf8(bytes_of(text))) {
    return not_permitted("the text is longer than the contest allows, or no text");
  }
  return {};
}

packed::words number_of_choice(const packed_numbers& numbers,
                               std::span<const std::uint32_t> codes) {
  const packed_shape& shape = numbers.shape();
  packed::words out(shape.words());
  if (const packed::binomials* table = numbers.table(); table != nullptr) {
    for (std::size_t smaller = 0; smaller < codes.size(); ++smaller) {
      packed::add(out, table->at(shape.options(), smaller));
    }
    for (std::size_t j = 0; j < codes.size(); ++j) {
      packed::add(out, table->at(codes[j] - 1, j + 1));
    }
  } else {
    for (std::size_t j = codes.size(); j-- > 0;) {
      packed::multiply_add(out, std::uint64_t{shape.options()} + 1, codes[j]);
    }
  }
  return out;
}

/// What the seed gives: r_1 ... r_w.
std::vector<scalar> encryption_nonces(const packed_context<G>& context, byte_view parts,
                                      const byte_array<32>& seed) {
  transcript tr("sandoq-1/encrypt");
  absorb_context(tr, context);
  const revealed_nonces nonces(tr, parts, seed);
  std::vector<scalar> out;
  for (std::uint32_t l = 0; l < context.shape.width(); ++l) {
    out.push_back(nonces.at<G>(l));
  }
  return out;
}

/// alpha_l = r_l G, beta_l = r_l K + element(m_l).
result<void> emit_ciphertexts(equation_sink<G>& sink, const encoded_elements<G>& ciphertexts,
                              std::span<const scalar> r, byte_view parts) {
  for (std::size_t l = 0; l < r.size(); ++l) {
    const auto message = element_of_vartime(parts.subspan(l * part_bytes, part_bytes));
    if (!message) {
      return tl::unexpected<error>(message.error());
    }
    sink.begin_equation();
    sink.add(ciphertexts[2 * l]);
    sink.add_base(generator_base, -r[l]);
    sink.begin_equation();
    sink.add(ciphertexts[2 * l + 1]);
    sink.subtract(*message);
    sink.add_base(election::joint_key_base, -r[l]);
  }
  return {};
}

/// W = omega G is emitted, z compared.
verification emit_knowledge(equation_sink<G>& sink, const packed_statement<G>& published,
                            const plaintext_knowledge_proof<G>& proof, std::span<const scalar> r,
                            const byte_array<32>& seed) {
  transcript tr = packed::open_transcript(published);
  detail::absorb(packed::knowledge_of(published), tr);
  byte_writer witness;
  for (const scalar& each : r) {
    witness.fixed(G::encode_scalar(each));
  }
  const scalar omega = revealed_nonces(tr, witness.view(), seed).at<G>(0);
  const byte_view wire = proof.view().first(G::element_bytes);
  tr.absorb_encoded_element<G>("W", wire);
  const auto c = tr.challenge<G>("c");
  const auto W = G::decode(wire);
  const auto z = G::decode_scalar(proof.view().subspan(wire.size()));
  if (!c || !W || !z) {
    return verification::rejected("the proof does not decode, or its challenge is 0");
  }
  scalar expected = omega;
  scalar power = *c;
  for (const scalar& each : r) {
    expected += power * each;
    power = power * *c;
  }
  if (*z != expected) {
    return verification::rejected("the response is not that of these choices and seeds");
  }
  sink.begin_equation();
  sink.add(*W);
  sink.add_base(generator_base, -omega);
  return verification::ok();
}

}  // namespace

result<bytes> parts_of_vartime(const packed_numbers& numbers, const packed_choice& choice) {
  const packed_shape& shape = numbers.shape();
  if (auto ok = check_codes(shape, choice.codes); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  if (auto ok = check_text(shape, choice.text); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  const packed::words number = number_of_choice(numbers, choice.codes);
  bytes out(shape.width() * part_bytes);
  const std::size_t of_choice = shape.choice_parts() * part_bytes;
  for (std::size_t i = 0; i < of_choice && i / 8 < number.size(); ++i) {
    out[i] = static_cast<std::byte>(number[i / 8] >> (8 * (i % 8)));
  }
  const byte_view text = bytes_of(choice.text);
  std::copy(text.begin(), text.end(), out.begin() + static_cast<std::ptrdiff_t>(of_choice));
  return out;
}

result<ristretto255::element> element_of_vartime(byte_view part) {
  SANDOQ_EXPECTS(part.size() == part_bytes, "a part of 240 bits");
  byte_array<31> m{};
  unsigned carry = 1;
  for (std::size_t i = 0; i < part.size(); ++i) {
    carry += std::to_integer<unsigned>(part[i]);
    m[i] = static_cast<std::byte>(carry & 0xFFU);
    carry >>= 8U;
  }
  m[part_bytes] = static_cast<std::byte>(carry);
  for (unsigned counter = 0; counter < 256; ++counter) {
    byte_array<32> octets{};  // 2*(256 m + counter)
    octets[0] = static_cast<std::byte>((counter << 1U) & 0xFFU);
    octets[1] = static_cast<std::byte>(counter >> 7U);
    for (std::size_t i = 0; i < m.size(); ++i) {
      octets[i + 1] |= m[i] << 1;
      if (i + 2 < octets.size()) {
        octets[i + 2] |= m[i] >> 7;
      }
    }
    if (auto e = G::decode(octets)) {
      return *e;
    }
  }
  return fail(errc::not_found, "packed part", "no counter gives an encoding of this number");
}

verification emit_recomputed(equation_sink<G>& sink, const packed_statement<G>& published,
                             const packed_numbers& numbers,
                             const plaintext_knowledge_proof<G>& proof,
                             const packed_choice& revealed, const byte_array<32>& ballot_seed) {
  SANDOQ_EXPECTS(&sink.bases() == &published.context.election.bases(),
                 "the sink works with the table of the election");
  if (published.ciphertexts.size() != 2 * numbers.shape().width()) {
    return verification::rejected("the number of ciphertexts is not the contest's");
  }
  const auto parts = parts_of_vartime(numbers, revealed);
  if (!parts) {
    return verification::rejected(to_string(parts.error()));
  }
  const auto r = encryption_nonces(published.context, *parts, ballot_seed);
  if (std::find(r.begin(), r.end(), scalar{}) != r.end()) {
    return verification::rejected("a nonce is zero: the device had to stop");
  }
  if (const auto ok = emit_ciphertexts(sink, published.ciphertexts, r, *parts); !ok) {
    return verification::rejected(to_string(ok.error()));
  }
  return emit_knowledge(sink, published, proof, r, ballot_seed);
}

}  // namespace sandoq
