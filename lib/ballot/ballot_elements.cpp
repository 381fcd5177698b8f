#include "sandoq/ballot/ballot_elements.hpp"

namespace sandoq {

std::size_t count_elements(const ballot_item& ballot) noexcept {
  std::size_t out = 0;
  for (const contest_ballot& contest : ballot.contests) {
    out += count_elements(contest);
  }
  return out;
}

void write_elements(byte_writer& out, const ballot_item& ballot) {
  for (const contest_ballot& contest : ballot.contests) {
    write_elements(out, contest);
  }
}

}  // namespace sandoq
