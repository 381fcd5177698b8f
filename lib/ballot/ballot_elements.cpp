#include "sandoq/ballot/ballot_elements.hpp"

#include <span>

#include "sandoq/proofs/bit_vector.hpp"

namespace sandoq {

std::size_t count_elements(const ballot_item& ballot) noexcept {
  std::size_t out = 0;
  for (const contest_ballot& contest : ballot.contests) {
    out += 2 * contest.ciphertexts.size() + bit_vector_commitments;
  }
  return out;
}

void write_elements(byte_writer& out, const ballot_item& ballot) {
  for (const contest_ballot& contest : ballot.contests) {
    out.fixed(std::as_bytes(std::span(contest.ciphertexts)));
    write_commitments(out, contest.proof);
  }
}

}  // namespace sandoq
