#include "lib/verify/journal_pass.hpp"

#include <utility>

#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/record/items.hpp"

namespace sandoq {

namespace {

std::string name_place(const device_place& place) {
  return "branch " + std::to_string(place.branch.value()) + " device " +
         std::to_string(place.device.value());
}

template <class T, class Keep>
result<void> decode_and(byte_view canonical, Keep&& keep) {
  auto decoded = T::decode(canonical);
  if (!decoded) {
    return tl::unexpected<error>(std::move(decoded.error()));
  }
  keep(std::move(*decoded));
  return {};
}

}  // namespace

journal_pass::journal_pass(verify_state& v, signature_batch& signatures, repeat_table& alphas,
                           repeat_table& tokens)
    : v_(v), signatures_(signatures), alphas_(alphas), tokens_(tokens), closings_(v.e1()) {}

result<void> journal_pass::take(const segment_item& item, const item_place& place,
                                result<hashed_ballot> ballot) {
  place_ = place;
  if (evidence_left_ > 0) {
    return take_evidence(item);
  }
  if (!ballot) {
    return tl::unexpected<error>(std::move(ballot.error()));
  }
  take_ballot(std::move(*ballot));
  return {};
}

result<void> journal_pass::take(const segment_item& item, const item_place& place) {
  place_ = place;
  if (evidence_left_ > 0) {
    return take_evidence(item);
  }
  const byte_view canonical = item.canonical;
  switch (static_cast<item_kind>(item.kind)) {
    case item_kind::exclusion:
      return decode_and<exclusion_item>(canonical, [&](exclusion_item&& exclusion) {
        begin_exclusion(std::move(exclusion), canonical);
      });
    case item_kind::eligibility:
      return decode_and<eligibility_item>(canonical, [&](eligibility_item&& log) {
        take_eligibility(std::make_shared<const eligibility_item>(std::move(log)), canonical);
      });
    default:
      return take_item_of_journal(item);
  }
}

result<void> journal_pass::take_item_of_journal(const segment_item& item) {
  const byte_view canonical = item.canonical;
  switch (static_cast<item_kind>(item.kind)) {
    case item_kind::opening:
      return decode_and<opening_item>(
          canonical, [&](opening_item&& opening) { begin_journal(std::move(opening), canonical); });
    case item_kind::cast:
      return decode_and<cast_item>(canonical, [&](const cast_item& cast) {
        take_resolution(journal_kind::cast, cast.place, cast.number, canonical, {});
      });
    case item_kind::voided:
      return decode_and<void_item>(canonical, [&](const void_item& voided) {
        take_resolution(journal_kind::voided, voided.place, voided.number, canonical, {});
      });
    case item_kind::challenge:
      return decode_and<challenge_item>(canonical, [&](challenge_item&& challenge) {
        const device_place where = challenge.place;
        const serial number = challenge.number;
        take_resolution(journal_kind::challenge, where, number, canonical, std::move(challenge));
      });
    case item_kind::close:
      return decode_and<close_item>(
          canonical, [&](const close_item& close) { end_journal(close, canonical); });
    case item_kind::recovery:
      return decode_and<recovery_item>(
          canonical, [&](const recovery_item& recovery) { end_journal(recovery, canonical); });
    default:
      return fail(errc::mismatch, "kind", "does not belong into a ballot file");
  }
}

bool journal_pass::stands_in_journal(const device_place& place) {
  if (place == *journal_) {
    return true;
  }
  v_.board.fail(check_id::journal_order, place_.text(),
                "is of " + name_place(place) + ", in the journal of " + name_place(*journal_));
  return false;
}

// Device d + 1 of the present branch, if its tokens are not logged yet, or device 1 of the next
// one.
void journal_pass::advance_to(const device_place& place) {
  const auto branches = v_.index->branches();
  if (journal_ && !eligibility_seen_ && place.branch == journal_->branch &&
      place.device.value() == journal_->device.value() + 1) {
    journal_ = place;
    return;
  }
  if (branches_begun_ < branches.size() && place.branch == branches[branches_begun_] &&
      place.device.value() == 1) {
    if (branches_begun_ > 0) {
      end_branch();
    }
    ++branches_begun_;
    journal_ = place;
    return;
  }
  std::string expected;
  if (journal_ && !eligibility_seen_) {
    expected = name_place({journal_->branch, device_index(journal_->device.value() + 1)});
  }
  if (branches_begun_ < branches.size()) {
    expected +=
        (expected.empty() ? "" : " or ") + name_place({branches[branches_begun_], device_index(1)});
  }
  v_.board.fail(check_id::journal_order, place_.text(),
                "begins the journal of " + name_place(place) + "; next is " +
                    (expected.empty() ? "the end of the ballot files" : expected));
}

void journal_pass::begin_journal(opening_item&& opening, byte_view canonical) {
  advance_to(opening.place);
  if (!v_.board.is_open(check_id::journal_order)) {
    return;
  }
  opening_ = std::make_shared<const opening_item>(std::move(opening));
  counted_ = {};
  serial_ = 0;
  unresolved_.reset();
  if (v_.board.is_open(check_id::journal_chain)) {
    link_ = opening_link(chain(), canonical);
  }
  check_opening(canonical);
}

void journal_pass::check_opening(byte_view canonical) {
  if (!v_.board.is_open(check_id::journal_opening)) {
    return;
  }
  signatures_.add(check_id::journal_opening,
                  place_.text() + " (" + name_place(opening_->place) + ")",
                  framed_hash::of("verify/opening", canonical),
                  [&v = v_, opening = opening_](equation_sink<ristretto255>& sink) {
                    return emit(sink, *v.context, *opening);
                  });
}

void journal_pass::take_ballot(hashed_ballot&& hashed) {
  const ballot_item& ballot = hashed.item();
  if (!stands_in_journal(ballot.place)) {
    return;
  }
  ++serial_;
  ++counted_.committed;
  if (ballot.number.value() != serial_) {
    v_.board.fail(check_id::journal_serials, place_.text(),
                  "has serial " + std::to_string(ballot.number.value()) + ", next is " +
                      std::to_string(serial_));
  } else if (serial_ > opening_->capacity) {
    v_.board.fail(
        check_id::journal_serials, place_.text(),
        "has a serial above the capacity of the opening, " + std::to_string(opening_->capacity));
  }
  check_code(hashed);
  unresolved_has_form_ = false;
  if (v_.board.is_open(check_id::ballot_form)) {
    const auto form = check_form(*v_.index, v_.terms, ballot);
    if (form) {
      unresolved_has_form_ = true;
    } else {
      v_.board.fail_within(check_id::ballot_form, place_.text(), form.error());
    }
  }
  if (v_.board.is_open(check_id::ballot_unique)) {
    for (const contest_ballot& contest : ballot.contests) {
      for (const wire_ciphertext& ciphertext : contest.ciphertexts) {
        alphas_.note(ciphertext.alpha.octets);
      }
    }
  }
  ballot_place_ = place_;
  unresolved_ = std::move(hashed);
}

void journal_pass::check_code(const hashed_ballot& hashed) {
  if (!v_.board.is_open(check_id::journal_chain)) {
    return;
  }
  const ballot_item& ballot = hashed.item();
  if (ballot.previous != link_) {
    v_.board.fail(check_id::journal_chain, place_.text(),
                  "`previous` is not the link of what stands before it");
  } else if (ballot.code != confirmation_code(chain(), ballot, hashed.hash())) {
    v_.board.fail(check_id::journal_chain, place_.text(), "the code is not that of the ballot");
  }
}

void journal_pass::take_resolution(journal_kind kind, const device_place& place, serial number,
                                   byte_view canonical, std::optional<challenge_item> challenge) {
  if (!stands_in_journal(place) || !unresolved_) {
    return;
  }
  if (number.value() != serial_) {
    v_.board.fail(check_id::journal_serials, place_.text(),
                  "resolves serial " + std::to_string(number.value()) + " after ballot " +
                      std::to_string(serial_));
  }
  if (kind == journal_kind::cast) {
    ++counted_.cast;
    ++cast_styles_[unresolved_->item().style];
  }
  counted_.challenged += kind == journal_kind::challenge ? 1 : 0;
  counted_.voided += kind == journal_kind::voided ? 1 : 0;
  if (v_.board.is_open(check_id::journal_chain)) {
    link_ = resolution_link(chain(), kind, canonical, unresolved_->item().code);
  }
  if (unresolved_has_form_ && v_.board.is_open(check_id::ballot_form)) {
    ballots_->add(std::move(*unresolved_), {kind, std::move(challenge), opening_, ballot_place_});
  }
  unresolved_.reset();
}

void journal_pass::add_closing(journal_kind kind, byte_view canonical) {
  if (v_.board.is_open(check_id::journal_close)) {
    closings_.add(static_cast<std::uint32_t>(kind), canonical);
  }
}

// What close and recovery have in common; true if the signatures are still to be checked.
template <class Closing>
bool journal_pass::count_closing(const Closing& item, journal_kind kind, byte_view canonical) {
  if (!stands_in_journal(item.place)) {
    return false;
  }
  add_closing(kind, canonical);
  v_.closed_cast_ballots += item.counters.cast;
  if (!v_.board.is_open(check_id::journal_close)) {
    return false;
  }
  if (const auto ok = check_close(item, counted_, link_); !ok) {
    v_.board.fail_within(check_id::journal_close,
                         place_.text() + " (" + name_place(item.place) + ")", ok.error());
    return false;
  }
  return true;
}

void journal_pass::end_journal(const close_item& close, byte_view canonical) {
  if (!count_closing(close, journal_kind::close, canonical)) {
    return;
  }
  // The equations depend on the device key too, which stands in the opening.
  const digest32 hash = framed_hash::of("verify/close", opening_->device_key.view(), canonical);
  signatures_.add(check_id::journal_close, place_.text() + " (" + name_place(close.place) + ")",
                  hash, [&v = v_, opening = opening_, close](equation_sink<ristretto255>& sink) {
                    return emit(sink, *v.context, *opening, close);
                  });
}

void journal_pass::end_journal(const recovery_item& recovery, byte_view canonical) {
  if (!count_closing(recovery, journal_kind::recovery, canonical)) {
    return;
  }
  v_.out.recoveries.push_back({recovery.place.branch, id_of(recovery.place.branch),
                               recovery.place.device, recovery.remark, recovery.counters.cast});
  signatures_.add(
      check_id::journal_close, place_.text() + " (" + name_place(recovery.place) + ")",
      framed_hash::of("verify/recovery", canonical),
      [&v = v_, message = board_message(chain(), recovery), signatures = recovery.signatures](
          equation_sink<ristretto255>& sink) { return emit(sink, v.boards, message, signatures); });
}

// The journal is counted like any other, but nothing in it is, and its chain is not followed.
void journal_pass::begin_exclusion(exclusion_item&& exclusion, byte_view canonical) {
  advance_to(exclusion.place);
  if (!v_.board.is_open(check_id::journal_order)) {
    return;
  }
  journals_of_branch_ = branch_journals::some_excluded;
  add_closing(journal_kind::exclusion, canonical);
  evidence_left_ = exclusion.items;
  evidence_.emplace(chain());
  excluded_cast_ = 0;
  exclusion_place_ = place_.text() + " (" + name_place(exclusion.place) + ")";
  exclusion_hash_ = framed_hash::of("verify/exclusion", canonical);
  exclusion_ = std::move(exclusion);
  if (evidence_left_ == 0) {
    end_exclusion();
  }
}

result<void> journal_pass::take_evidence(const segment_item& item) {
  const auto place = place_of_item(item.canonical);
  if (!place) {
    return tl::unexpected<error>(place.error());
  }
  if (!stands_in_journal(*place)) {
    return {};
  }
  evidence_->add(static_cast<journal_kind>(item.kind), item.canonical);
  excluded_cast_ += static_cast<item_kind>(item.kind) == item_kind::cast ? 1 : 0;
  if (--evidence_left_ == 0) {
    end_exclusion();
  }
  return {};
}

void journal_pass::end_exclusion() {
  const exclusion_item exclusion = std::move(*exclusion_);
  exclusion_.reset();
  if (!v_.board.is_open(check_id::journal_exclusions)) {
    return;
  }
  if (const auto ok = check_exclusion(exclusion, evidence_->digest()); !ok) {
    v_.board.fail_within(check_id::journal_exclusions, exclusion_place_, ok.error());
    return;
  }
  v_.out.exclusions.push_back({exclusion.place.branch, id_of(exclusion.place.branch),
                               exclusion.place.device, static_cast<std::uint8_t>(exclusion.reason),
                               name_of(exclusion.reason), exclusion.remark, excluded_cast_});
  signatures_.add(
      check_id::journal_exclusions, exclusion_place_, exclusion_hash_,
      [&v = v_, message = board_message(chain(), exclusion), signatures = exclusion.signatures](
          equation_sink<ristretto255>& sink) { return emit(sink, v.boards, message, signatures); });
}

void journal_pass::take_eligibility(const std::shared_ptr<const eligibility_item>& log,
                                    byte_view canonical) {
  if (!journal_ || log->branch != journal_->branch) {
    v_.board.fail(
        check_id::journal_order, place_.text(),
        "is of branch " + std::to_string(log->branch.value()) + ", not of the journals before it");
    return;
  }
  eligibility_seen_ = true;
  if (v_.board.is_open(check_id::eligibility_unique)) {
    for (const digest32& hash : distinct_tokens(*log)) {
      tokens_.note(hash.octets);
    }
  }
  if (!v_.board.is_open(check_id::eligibility_logs)) {
    return;
  }
  if (v_.election.eligibility == eligibility_log::none) {
    v_.board.fail(check_id::eligibility_logs, place_.text(), "the manifest asks for no such log");
    return;
  }
  if (const auto ok = check_tokens(*v_.index, *log, cast_styles_, journals_of_branch_); !ok) {
    v_.board.fail_within(check_id::eligibility_logs, place_.text(), ok.error());
    return;
  }
  signatures_.add(
      check_id::eligibility_logs, place_.text(), framed_hash::of("verify/eligibility", canonical),
      [&v = v_, message = board_message(chain(), *log), signatures = log->signatures](
          equation_sink<ristretto255>& sink) { return emit(sink, v.boards, message, signatures); });
}

void journal_pass::end_branch() {
  const branch_index branch = v_.index->branches()[branches_begun_ - 1];
  if (!eligibility_seen_ && v_.election.eligibility == eligibility_log::tokens) {
    v_.board.fail(check_id::eligibility_logs, "branch " + std::to_string(branch.value()),
                  "has no log of its tokens after its last journal");
  }
  ballots_->end_branch(node_index(branch.value()));
  cast_styles_.clear();
  journals_of_branch_ = branch_journals::all_count;
  eligibility_seen_ = false;
}

void journal_pass::finish() {
  const auto branches = v_.index->branches();
  if (branches_begun_ < branches.size()) {
    v_.board.fail(
        check_id::journal_order, "end of the ballot files",
        "there is no journal of branch " + std::to_string(branches[branches_begun_].value()));
    return;
  }
  end_branch();
  v_.closings = std::move(closings_);
}

}  // namespace sandoq
