#include "sandoq/ballot/ballot_size.hpp"

#include <string>
#include <utility>

#include "sandoq/ballot/journal.hpp"
#include "sandoq/proofs/packed_shape.hpp"
#include "sandoq/proofs/slots_shape.hpp"

namespace sandoq {
namespace {

constexpr std::uint64_t encoding_bytes = 1;
constexpr std::uint64_t count_bytes = 4;
// W and z.                                                                             SPEC(47.3)
constexpr std::size_t packed_proof_bytes = 64;
constexpr std::uint64_t place_bytes = 8;
constexpr std::uint64_t cast_bytes = place_bytes + 4 + 8;

std::uint64_t varint_bytes(std::uint64_t value) {
  std::uint64_t octets = 1;
  for (; value >= 0x80; value >>= 7U) {
    ++octets;
  }
  return octets;
}

// One item in its frame: length, then field 1 (kind) and field 2 (length and bytes).
std::uint64_t framed_bytes(journal_kind kind, std::uint64_t canonical) {
  const std::uint64_t message =
      1 + varint_bytes(static_cast<std::uint32_t>(kind)) + 1 + varint_bytes(canonical) + canonical;
  return varint_bytes(message) + message;
}

template <class Shape>
contest_ballot_size size_of(const Shape& shape) {
  return {shape.ciphertexts(), shape.proof_bytes()};
}

contest_ballot_size size_of(const packed_shape& shape) {
  return {shape.width(), packed_proof_bytes};
}

template <class Shape>
result<contest_ballot_size> size_of(const result<Shape>& shape) {
  return shape.map([](const Shape& derived) { return size_of(derived); });
}

}  // namespace

result<contest_ballot_size> contest_ballot_size_of(const contest_entry& contest) {
  const choice_limits limits = limits_of(contest);
  switch (contest.encoding) {
    case contest_encoding::bit_vector:
      return size_of(bit_vector_shape::derive(limits));
    case contest_encoding::slots:
      return size_of(slots_shape::derive(limits));
    case contest_encoding::packed_subset:
      return size_of(packed_shape::derive(limits, packed_order::subset, contest.text_bytes));
    case contest_encoding::packed_ranking:
      return size_of(packed_shape::derive(limits, packed_order::ranking, contest.text_bytes));
  }
  return fail(errc::unsupported, "encoding", "there is no such encoding");
}

result<std::uint64_t> ballot_bytes(const manifest& source, style_index style) {
  if (style.value() >= source.styles.size()) {
    return fail(errc::out_of_range, "style", "the manifest has no such style");
  }
  // place, serial, style, digits, count of contests; time, previous, code
  std::uint64_t total = place_bytes + 4 + 4 + 2 + count_bytes + 8 + 32 + 32;
  for (const contest_index contest : source.styles[style.value()].contests) {
    if (contest.value() >= source.contests.size()) {
      return fail(errc::out_of_range, "style", "it names a contest that does not exist");
    }
    const auto size = contest_ballot_size_of(source.contests[contest.value()]);
    if (!size) {
      return fail_within("contest " + std::to_string(contest.value()), size.error());
    }
    total += encoding_bytes + count_bytes + sizeof(wire_ciphertext) * size->ciphertexts +
             size->proof_bytes;
  }
  return total;
}

result<std::uint64_t> ballot_record_bytes(const manifest& source, style_index style) {
  auto ballot = ballot_bytes(source, style);
  if (!ballot) {
    return ballot;
  }
  return framed_bytes(journal_kind::ballot, *ballot) + framed_bytes(journal_kind::cast, cast_bytes);
}

}  // namespace sandoq
