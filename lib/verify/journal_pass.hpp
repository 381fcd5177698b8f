#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "lib/verify/ballot_batch.hpp"
#include "lib/verify/ballot_blocks.hpp"
#include "lib/verify/repeat_table.hpp"
#include "lib/verify/signature_batch.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/hashed_ballot.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/record/segment.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq {

/// Follows the journals item by item: places, serials, chains, counters, forms, exclusions and
/// eligibility logs. Signatures and ballots go on into batches. Of an excluded journal only places
/// are checked, and its items hashed.                                                SPEC(52)
class journal_pass {
 public:
  journal_pass(verify_state& v, signature_batch& signatures, repeat_table& alphas,
               repeat_table& tokens);

  /// What follows goes into that batch.
  void begin_batch(ballot_batch& into) noexcept { ballots_ = &into; }
  /// The next item of the ballot files, which is no ballot. Fails only if it does not decode, which
  /// an earlier pass has seen it do. \pre begin_batch()
  [[nodiscard]] result<void> take(const segment_item& item, const item_place& place);
  /// The same of a ballot, decoded already.
  [[nodiscard]] result<void> take(const segment_item& item, const item_place& place,
                                  result<hashed_ballot> ballot);
  /// After the last item.
  void finish();

 private:
  [[nodiscard]] result<void> take_item_of_journal(const segment_item& item);
  void begin_journal(opening_item&& opening, byte_view canonical);
  void take_ballot(hashed_ballot&& hashed);
  void take_resolution(journal_kind kind, const device_place& place, serial number,
                       byte_view canonical, std::optional<challenge_item> challenge);
  void end_journal(const close_item& close, byte_view canonical);
  void end_journal(const recovery_item& recovery, byte_view canonical);
  template <class Closing>
  [[nodiscard]] bool count_closing(const Closing& item, journal_kind kind, byte_view canonical);

  void begin_exclusion(exclusion_item&& exclusion, byte_view canonical);
  [[nodiscard]] result<void> take_evidence(const segment_item& item);
  void end_exclusion();

  void take_eligibility(const std::shared_ptr<const eligibility_item>& log, byte_view canonical);
  void end_branch();

  [[nodiscard]] bool stands_in_journal(const device_place& place);
  void advance_to(const device_place& place);
  void add_closing(journal_kind kind, byte_view canonical);
  void check_opening(byte_view canonical);
  void check_code(const hashed_ballot& hashed);
  [[nodiscard]] chain_context chain() const noexcept { return {v_.e1(), v_.domain()}; }
  [[nodiscard]] const std::string& id_of(branch_index branch) const {
    return v_.election.nodes[branch.value()].id;
  }

  verify_state& v_;
  ballot_batch* ballots_ = nullptr;
  signature_batch& signatures_;
  repeat_table& alphas_;
  repeat_table& tokens_;
  closings_hash closings_;
  item_place place_;  // of the present item

  // The present branch is index->branches()[branches_begun_ - 1].
  std::size_t branches_begun_ = 0;
  style_counts cast_styles_;
  branch_journals journals_of_branch_ = branch_journals::all_count;
  bool eligibility_seen_ = false;

  std::optional<device_place> journal_;          // the present one, or that before
  std::shared_ptr<const opening_item> opening_;  // of the present journal
  digest32 link_;
  journal_counters counted_;
  std::uint32_t serial_ = 0;  // of the last ballot
  std::optional<hashed_ballot> unresolved_;
  item_place ballot_place_;
  bool unresolved_has_form_ = false;

  std::optional<exclusion_item> exclusion_;  // while evidence is to come
  std::optional<evidence_hash> evidence_;
  std::string exclusion_place_;
  digest32 exclusion_hash_;  // of its bytes, for the weights of its equations
  std::uint32_t evidence_left_ = 0;
  std::uint64_t excluded_cast_ = 0;
};

}  // namespace sandoq
