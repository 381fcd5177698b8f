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

journal_pass::journal_pass(verify_state& v, ballot_batch& ballots, signature_batch& signatures,
                           alpha_table& alphas)
    : v_(v), ballots_(ballots), signatures_(signatures), alphas_(alphas), closings_(v.e1()) {}

result<void> journal_pass::take(const segment_item& item, std::string place) {
  place_ = std::move(place);
  const byte_view canonical = item.canonical;
  switch (static_cast<item_kind>(item.kind)) {
    case item_kind::opening:
      return decode_and<opening_item>(
          canonical, [&](opening_item&& opening) { begin_journal(std::move(opening), canonical); });
    case item_kind::ballot:
      return decode_and<ballot_item>(canonical,
                                     [&](ballot_item&& ballot) { take_ballot(std::move(ballot)); });
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
          canonical, [&](close_item&& close) { end_journal(std::move(close), canonical); });
    default:
      return fail(errc::mismatch, "kind", "does not belong into a ballot file");
  }
}

bool journal_pass::stands_in_journal(const device_place& place) {
  if (place == opening_->place) {
    return true;
  }
  v_.board.fail(
      check_id::journal_order, place_,
      "is of " + name_place(place) + ", in the journal of " + name_place(opening_->place));
  return false;
}

// Device d + 1 of the present branch, or device 1 of the next one.
void journal_pass::advance_to(const device_place& place) {
  const auto branches = v_.index->branches();
  const bool same_branch = branches_begun_ > 0 && opening_ != nullptr &&
                           place.branch == opening_->place.branch &&
                           place.device.value() == opening_->place.device.value() + 1;
  if (same_branch) {
    return;
  }
  if (branches_begun_ < branches.size() && place.branch == branches[branches_begun_] &&
      place.device.value() == 1) {
    if (branches_begun_ > 0) {
      ballots_.end_branch(node_index(branches[branches_begun_ - 1].value()));
    }
    ++branches_begun_;
    return;
  }
  std::string expected;
  if (opening_ != nullptr) {
    device_place next = opening_->place;
    next.device = device_index(next.device.value() + 1);
    expected = name_place(next);
  }
  if (branches_begun_ < branches.size()) {
    expected +=
        (expected.empty() ? "" : " or ") + name_place({branches[branches_begun_], device_index(1)});
  }
  v_.board.fail(check_id::journal_order, place_,
                "opens the journal of " + name_place(place) + "; next is " + expected);
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
  signatures_.add(check_id::journal_opening, place_ + " (" + name_place(opening_->place) + ")",
                  framed_hash::of("verify/opening", canonical),
                  [&v = v_, opening = opening_](equation_sink<ristretto255>& sink) {
                    return emit(sink, *v.context, *opening);
                  });
}

void journal_pass::take_ballot(ballot_item&& ballot) {
  if (!stands_in_journal(ballot.place)) {
    return;
  }
  ++serial_;
  ++counted_.committed;
  if (ballot.number.value() != serial_) {
    v_.board.fail(check_id::journal_serials, place_,
                  "has serial " + std::to_string(ballot.number.value()) + ", next is " +
                      std::to_string(serial_));
  } else if (serial_ > opening_->capacity) {
    v_.board.fail(
        check_id::journal_serials, place_,
        "has a serial above the capacity of the opening, " + std::to_string(opening_->capacity));
  }
  check_code(ballot);
  unresolved_has_form_ = false;
  if (v_.board.is_open(check_id::ballot_form)) {
    const auto form = check_form(*v_.index, v_.terms, ballot);
    if (form) {
      unresolved_has_form_ = true;
    } else {
      v_.board.fail_within(check_id::ballot_form, place_, form.error());
    }
  }
  if (v_.board.is_open(check_id::ballot_unique)) {
    for (const contest_ballot& contest : ballot.contests) {
      for (const wire_ciphertext& ciphertext : contest.ciphertexts) {
        alphas_.note(ciphertext.alpha);
      }
    }
  }
  ballot_place_ = place_;
  unresolved_ = std::move(ballot);
}

void journal_pass::check_code(const ballot_item& ballot) {
  if (!v_.board.is_open(check_id::journal_chain)) {
    return;
  }
  if (ballot.previous != link_) {
    v_.board.fail(check_id::journal_chain, place_,
                  "`previous` is not the link of what stands before it");
  } else if (ballot.code != confirmation_code(chain(), ballot)) {
    v_.board.fail(check_id::journal_chain, place_, "the code is not that of the ballot");
  }
}

void journal_pass::take_resolution(journal_kind kind, const device_place& place, serial number,
                                   byte_view canonical, std::optional<challenge_item> challenge) {
  if (!stands_in_journal(place) || !unresolved_) {
    return;
  }
  if (number.value() != serial_) {
    v_.board.fail(check_id::journal_serials, place_,
                  "resolves serial " + std::to_string(number.value()) + " after ballot " +
                      std::to_string(serial_));
  }
  counted_.cast += kind == journal_kind::cast ? 1 : 0;
  counted_.challenged += kind == journal_kind::challenge ? 1 : 0;
  counted_.voided += kind == journal_kind::voided ? 1 : 0;
  if (v_.board.is_open(check_id::journal_chain)) {
    link_ = resolution_link(chain(), kind, canonical, unresolved_->code);
  }
  if (unresolved_has_form_ && v_.board.is_open(check_id::ballot_form)) {
    ballots_.add(std::move(*unresolved_), {kind, std::move(challenge), opening_, ballot_place_});
  }
  unresolved_.reset();
}

void journal_pass::end_journal(close_item&& close, byte_view canonical) {
  if (!stands_in_journal(close.place)) {
    return;
  }
  closings_.add(canonical);
  v_.closed_cast_ballots += close.counters.cast;
  if (v_.board.is_open(check_id::journal_close)) {
    check_close_of_journal(close, canonical);
  }
}

void journal_pass::check_close_of_journal(const close_item& close, byte_view canonical) {
  const std::string where = place_ + " (" + name_place(close.place) + ")";
  if (const auto ok = check_close(close, counted_, link_); !ok) {
    v_.board.fail_within(check_id::journal_close, where, ok.error());
    return;
  }
  // The equations depend on the device key too, which stands in the opening.
  const digest32 hash = framed_hash::of("verify/close", opening_->device_key.view(), canonical);
  signatures_.add(check_id::journal_close, where, hash,
                  [&v = v_, opening = opening_, close](equation_sink<ristretto255>& sink) {
                    return emit(sink, *v.context, *opening, close);
                  });
}

void journal_pass::finish() {
  const auto branches = v_.index->branches();
  if (branches_begun_ < branches.size()) {
    v_.board.fail(
        check_id::journal_order, "end of the ballot files",
        "there is no journal of branch " + std::to_string(branches[branches_begun_].value()));
    return;
  }
  ballots_.end_branch(node_index(branches.back().value()));
  v_.closings = closings_.digest();
}

}  // namespace sandoq
