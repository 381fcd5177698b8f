#include "sandoq/ballot/contest_ballot.hpp"

#include <algorithm>
#include <string_view>
#include <type_traits>

namespace sandoq {
namespace {

using knowledge_proof = plaintext_knowledge_proof<ristretto255>;

/// The encoding that stands in front of a contest.
result<contest_encoding> read_encoding(byte_reader& in) {
  const auto value = in.u8("encoding");
  if (!value) {
    return tl::unexpected<error>(value.error());
  }
  if (*value < 1 || *value > static_cast<std::uint8_t>(contest_encoding::packed_ranking)) {
    return in.failure(errc::out_of_range, "encoding", "an encoding is 1 to 4");
  }
  return static_cast<contest_encoding>(*value);
}

std::size_t max_ciphertexts_of(contest_encoding encoding) {
  switch (encoding) {
    case contest_encoding::bit_vector:
      return contest_ballot::max_ciphertexts;
    case contest_encoding::slots:
      return contest_ballot::max_slot_ciphertexts;
    default:
      return contest_ballot::max_packed_ciphertexts;
  }
}

result<std::vector<wire_ciphertext>> read_ciphertexts(byte_reader& in, std::size_t most) {
  const auto n = in.count(most, sizeof(wire_ciphertext), "ciphertexts");
  if (!n) {
    return tl::unexpected<error>(n.error());
  }
  if (*n == 0) {
    return in.failure(errc::missing, "ciphertexts", "a contest has at least one ciphertext");
  }
  std::vector<wire_ciphertext> out(*n);
  if (auto done = in.fixed_into(std::as_writable_bytes(std::span(out)), "ciphertexts"); !done) {
    return tl::unexpected<error>(std::move(done.error()));
  }
  return out;
}

result<contest_ballot::proof_form> read_proof(byte_reader& in, contest_encoding encoding) {
  const auto wrap = [](auto&& proof) { return contest_ballot::proof_form(std::move(proof)); };
  switch (encoding) {
    case contest_encoding::bit_vector:
      return read_bit_vector_proof(in, "proof").map(wrap);
    case contest_encoding::slots:
      return read_slots_proof(in, "proof").map(wrap);
    default:
      return in.fixed<knowledge_proof::size_bytes>("proof").map(
          [](const auto& octets) { return contest_ballot::proof_form(knowledge_proof{octets}); });
  }
}

result<std::vector<std::uint8_t>> read_bits(byte_reader& in) {
  const auto octets = in.var(revealed_choices::max_bits, "choices");
  if (!octets) {
    return tl::unexpected<error>(octets.error());
  }
  std::vector<std::uint8_t> out;
  for (const std::byte octet : *octets) {
    out.push_back(std::to_integer<std::uint8_t>(octet));
    if (out.back() > 1) {
      return in.failure(errc::out_of_range, "choices", "every choice is one byte, 0 or 1");
    }
  }
  return out;
}

result<std::vector<std::uint32_t>> read_codes(byte_reader& in) {
  const auto n = in.count(revealed_choices::max_codes, 4, "codes");
  if (!n) {
    return tl::unexpected<error>(n.error());
  }
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i < *n; ++i) {
    const auto code = in.u32("code");
    if (!code) {
      return tl::unexpected<error>(code.error());
    }
    out.push_back(*code);
  }
  return out;
}

}  // namespace

result<contest_ballot> read_contest_ballot(byte_reader& in) {
  contest_ballot out;
  const auto encoding = read_encoding(in);
  if (!encoding) {
    return tl::unexpected<error>(encoding.error());
  }
  out.encoding = *encoding;
  auto ciphertexts = read_ciphertexts(in, max_ciphertexts_of(*encoding));
  if (!ciphertexts) {
    return tl::unexpected<error>(std::move(ciphertexts.error()));
  }
  out.ciphertexts = std::move(*ciphertexts);
  auto proof = read_proof(in, *encoding);
  if (!proof) {
    return tl::unexpected<error>(std::move(proof.error()));
  }
  out.proof = std::move(*proof);
  return out;
}

void write(byte_writer& out, const contest_ballot& contest) {
  out.u8(static_cast<std::uint8_t>(contest.encoding));
  out.count(contest.ciphertexts.size());
  out.fixed(std::as_bytes(std::span(contest.ciphertexts)));
  std::visit(
      [&](const auto& proof) {
        if constexpr (std::is_same_v<std::decay_t<decltype(proof)>, knowledge_proof>) {
          out.fixed(proof.view());
        } else {
          write(out, proof);
        }
      },
      contest.proof);
}

std::size_t count_commitments(const contest_ballot& contest) noexcept {
  if (std::holds_alternative<wire_bit_vector_proof>(contest.proof)) {
    return bit_vector_commitments;
  }
  const auto* slots = std::get_if<wire_slots_proof>(&contest.proof);
  return slots != nullptr ? slots_fixed_commitments + 2 * slots->rounds.size() : 1;
}

std::size_t count_elements(const contest_ballot& contest) noexcept {
  return 2 * contest.ciphertexts.size() + count_commitments(contest);
}

void write_elements(byte_writer& out, const contest_ballot& contest) {
  out.fixed(std::as_bytes(std::span(contest.ciphertexts)));
  std::visit(
      [&](const auto& proof) {
        if constexpr (std::is_same_v<std::decay_t<decltype(proof)>, knowledge_proof>) {
          out.fixed(proof.view().first(ristretto255::element_bytes));
        } else {
          write_commitments(out, proof);
        }
      },
      contest.proof);
}

result<revealed_choices> read_revealed_choices(byte_reader& in) {
  revealed_choices out;
  const auto encoding = read_encoding(in);
  if (!encoding) {
    return tl::unexpected<error>(encoding.error());
  }
  out.encoding = *encoding;
  if (*encoding == contest_encoding::bit_vector) {
    auto bits = read_bits(in);
    if (!bits) {
      return tl::unexpected<error>(std::move(bits.error()));
    }
    out.bits = std::move(*bits);
    return out;
  }
  auto codes = read_codes(in);
  if (!codes) {
    return tl::unexpected<error>(std::move(codes.error()));
  }
  out.codes = std::move(*codes);
  if (is_packed(*encoding)) {
    const auto text = in.var(revealed_choices::max_text_bytes, "text");
    if (!text) {
      return tl::unexpected<error>(text.error());
    }
    std::transform(text->begin(), text->end(), std::back_inserter(out.text),
                   [](std::byte octet) { return static_cast<char>(octet); });
  }
  return out;
}

void write(byte_writer& out, const revealed_choices& choices) {
  out.u8(static_cast<std::uint8_t>(choices.encoding));
  if (choices.encoding == contest_encoding::bit_vector) {
    out.var(std::as_bytes(std::span(choices.bits)));
    return;
  }
  out.count(choices.codes.size());
  for (const std::uint32_t code : choices.codes) {
    out.u32(code);
  }
  if (is_packed(choices.encoding)) {
    out.var(bytes_of(choices.text));
  }
}

}  // namespace sandoq
