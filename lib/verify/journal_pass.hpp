#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "lib/verify/alpha_table.hpp"
#include "lib/verify/ballot_batch.hpp"
#include "lib/verify/signature_batch.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/record/segment.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq {

/// Follows the journals item by item: places, serials, chains, counters and forms. Signatures and
/// ballots go on into batches.                                                       SPEC(52)
class journal_pass {
 public:
  journal_pass(verify_state& v, ballot_batch& ballots, signature_batch& signatures,
               alpha_table& alphas);

  /// The next item of the ballot files. Fails only if it does not decode or stand where it may,
  /// which an earlier pass has seen it do.
  [[nodiscard]] result<void> take(const segment_item& item, std::string place);
  /// After the last item.
  void finish();

 private:
  void begin_journal(opening_item&& opening, byte_view canonical);
  void take_ballot(ballot_item&& ballot);
  void take_resolution(journal_kind kind, const device_place& place, serial number,
                       byte_view canonical, std::optional<challenge_item> challenge);
  void end_journal(close_item&& close, byte_view canonical);

  [[nodiscard]] bool stands_in_journal(const device_place& place);
  void advance_to(const device_place& place);
  void check_opening(byte_view canonical);
  void check_code(const ballot_item& ballot);
  void check_close_of_journal(const close_item& close, byte_view canonical);
  [[nodiscard]] chain_context chain() const noexcept { return {v_.e1(), v_.domain()}; }

  verify_state& v_;
  ballot_batch& ballots_;
  signature_batch& signatures_;
  alpha_table& alphas_;
  closings_hash closings_;
  std::string place_;  // of the present item

  std::size_t branches_begun_ = 0;  // the present branch is index->branches()[branches_begun_ - 1]
  std::shared_ptr<const opening_item> opening_;  // of the present journal
  digest32 link_;
  journal_counters counted_;
  std::uint32_t serial_ = 0;  // of the last ballot
  std::optional<ballot_item> unresolved_;
  std::string ballot_place_;
  bool unresolved_has_form_ = false;
};

}  // namespace sandoq
