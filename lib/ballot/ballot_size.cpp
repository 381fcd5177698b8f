#include "sandoq/ballot/ballot_size.hpp"

#include <string>
#include <utility>

#include "sandoq/ballot/journal.hpp"

namespace sandoq {
namespace {

constexpr std::uint64_t count_bytes = 4;
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

}  // namespace

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
    const auto shape = bit_vector_shape::derive(limits_of(source.contests[contest.value()]));
    if (!shape) {
      return fail_within("contest " + std::to_string(contest.value()), shape.error());
    }
    total += count_bytes + sizeof(wire_ciphertext) * shape->ciphertexts() + shape->proof_bytes();
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
