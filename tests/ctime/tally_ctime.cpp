// A board's part of a lot is secret until it is revealed.

#include "sandoq/tally/lot_secret.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/deterministic_random.hpp"

int main() {
  using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
  using testing::claim;
  testing::require_checker();
  testing::deterministic_random source(75);
  const lot_context context{{source.octets<32>()}, election_domain::drill};
  lot_value value = lot_value::draw(board_index(1), source);
  claim(value.value(), "lot_value::draw");
  const lot_commit commit = value.commit(context);
  const lot_value stored(board_index(1), value.value().clone());
  claim(stored.value(), "lot_value from stored bytes");
  // Both are public now: comparing them branches.
  const bool same = stored.commit(context).commitment == commit.commitment;
  const lot_reveal reveal = std::move(value).reveal();
  return same && reveal.commitment(context) == commit.commitment ? 0 : 5;
}
