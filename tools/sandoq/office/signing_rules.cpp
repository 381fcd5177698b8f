#include "signing_rules.hpp"

#include <algorithm>

#include "sandoq/tally/lot.hpp"
#include "statements.hpp"

namespace sandoq::tool {

bool is_past(const ceremony_state& ceremony, const statement& what) {
  if (what.of != item_kind::dkg_absence) {
    return false;
  }
  const auto absence = decode_body<dkg_absence>(what);
  const bool over = ceremony.stage == ceremony_stage::complete ||
                    ceremony.stage == ceremony_stage::failed ||
                    (absence && (absence->origin.attempt < ceremony.present().attempt ||
                                 ceremony.has_messages(absence->origin.attempt)));
  return over ||
         (absence &&
          std::any_of(ceremony.items().absences.begin(), ceremony.items().absences.end(),
                      [&](const dkg_absence& each) { return each.origin == absence->origin; }));
}

bool is_for_others(const statement& what, const trustee_seat& seat) {
  if (what.of == item_kind::request || what.of == item_kind::list_request) {
    return true;
  }
  if (what.of != item_kind::lot_commit) {
    return false;
  }
  const auto lot = decode_body<lot_commit>(what);
  return lot && lot->board != seat.board;
}

bool is_judgement(item_kind of) noexcept {
  return of == item_kind::dkg_absence || of == item_kind::exclusion || of == item_kind::recovery ||
         of == item_kind::lot_beacon;
}

bool is_signed_once(item_kind of) noexcept {
  return of == item_kind::dkg_absence || of == item_kind::opening || of == item_kind::close ||
         of == item_kind::lot_commit || of == item_kind::lot_beacon;
}

}  // namespace sandoq::tool
