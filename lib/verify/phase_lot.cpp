// lot.commitments: what every board committed to before anything was opened.  SPEC(75.5) SPEC(90.2)

#include "lib/verify/verify_state.hpp"

namespace sandoq {

void verify_lot(verify_state& v) {
  if (!v.board.is_open(check_id::lot_commitments)) {
    return;
  }
  const auto beacon =
      v.election.beacon.empty() ? beacon_presence::absent : beacon_presence::present;
  const auto ok = check_lot_commits({v.e1(), v.domain()}, v.boards, beacon, v.lot_commits);
  if (!ok) {
    v.board.fail(check_id::lot_commitments, opening_file_name, ok.reason());
  }
  v.board.pass(check_id::lot_commitments);
}

}  // namespace sandoq
