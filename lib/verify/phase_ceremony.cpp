// ceremony.* and record.signatures: the conditions of the former are those of
// threshold/ceremony_check.hpp, one function a check.                              SPEC(90.2)

#include <utility>

#include "lib/verify/verify_state.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/ceremony_check.hpp"

namespace sandoq {

namespace {

void take(verify_state& v, check_id id, const check_outcome& outcome) {
  if (outcome.status == check_status::pass) {
    v.board.pass(id);
  } else {
    v.board.fail(id, outcome.place, outcome.reason);
  }
}

// What later phases compute with, once the keys are known to be right.
void prepare_context(verify_state& v) {
  auto keys = decode_keys(v.published_key);
  if (!keys) {
    v.board.fail(check_id::ceremony_key, keys.error());
    return;
  }
  v.keys = std::move(*keys);
  // Without boards manifest.roster has failed, and no quorum is looked at.
  auto context = v.boards.empty()
                     ? election_context::make(v.election, v.e1(), v.keys->joint_key)
                     : election_context::make(v.election, v.e1(), v.keys->joint_key, v.boards);
  if (!context) {
    v.board.fail(check_id::ceremony_key, context.error());
    return;
  }
  v.context = std::move(*context);
}

void check_head_signatures(verify_state& v) {
  if (!v.board.is_open(check_id::record_signatures)) {
    return;
  }
  const signed_message message{"head", v.domain(), v.head.election_hash, v.head.signed_digest()};
  if (const auto ok = verify(v.boards, message, v.head.signatures); !ok) {
    v.board.fail(check_id::record_signatures, "head", ok.reason());
    return;
  }
  v.board.pass(check_id::record_signatures);
}

// Whom the ceremony went on without, for the report. Attempts and boards are in order, and all
// numbers known: ceremony.complete has passed.
void note_who_is_missing(verify_state& v) {
  const auto& boards = v.election.boards;
  const auto id_of = [&boards](board_index b, trustee_index j) {
    return boards[b.value()].trustees[j.value() - 1].id;
  };
  for (const ceremony_items& attempt : v.ceremony.attempts()) {
    for (const dkg_absence& absence : attempt.absences) {
      const dkg_origin& who = absence.origin;
      v.out.absences.push_back({who.attempt, who.board, who.trustee, boards[who.board.value()].id,
                                id_of(who.board, who.trustee), absence.remark});
    }
  }
  for (std::uint32_t b = 0; b < v.boards.size(); ++b) {
    for (const std::uint32_t number : v.boards[b].shut_out) {
      const trustee_index trustee(number);
      v.out.shut_out.push_back(
          {board_index(b), trustee, boards[b].id, id_of(board_index(b), trustee)});
    }
  }
}

void check_completeness(verify_state& v) {
  take(v, check_id::ceremony_complete,
       check_ceremony_complete(v.board_sizes, v.ceremony.attempts(), v.published_key));
  if (v.board.is_open(check_id::ceremony_signatures) ||
      v.board.is_open(check_id::record_signatures)) {
    const ceremony_context context{v.e0, v.domain()};
    v.boards = without_shut_out(v.boards, context_of(context, v.board_sizes, v.ceremony.attempts(),
                                                     v.ceremony.attempts().size() - 1)
                                              .who);
    note_who_is_missing(v);
  }
}

// The checks of the attempt that succeeded, and the keys that it made.
void check_last_attempt(verify_state& v, const ceremony_context& context) {
  const auto& items = v.ceremony.attempts().back();
  const auto attempt =
      context_of(context, v.board_sizes, v.ceremony.attempts(), v.ceremony.attempts().size() - 1);
  const auto elements = decode_elements(items);
  if (!elements) {  // record.elements has looked at them already
    v.board.fail(check_id::ceremony_commitments, elements.error());
    return;
  }
  take(v, check_id::ceremony_possession,
       check_ceremony_possession(attempt, items, *elements, v.workers));
  const derived_key derived = derive_key(attempt, v.board_sizes, items, elements->coefficients);
  take(v, check_id::ceremony_confirmations, check_ceremony_confirmations(items, derived));
  take(v, check_id::ceremony_key,
       check_ceremony_key(context, v.ceremony.attempts(), derived, v.published_key));
  if (v.board.is_open(check_id::ceremony_key)) {
    prepare_context(v);
  }
}

}  // namespace

void verify_ceremony(verify_state& v) {
  if (!v.board.is_open(check_id::ceremony_complete)) {
    return;
  }
  check_completeness(v);
  check_head_signatures(v);
  const ceremony_context context{v.e0, v.domain()};
  if (v.board.is_open(check_id::ceremony_signatures)) {
    take(v, check_id::ceremony_signatures,
         check_ceremony_signatures(context, v.boards, v.ceremony.attempts(), v.workers));
  }
  if (v.board.is_open(check_id::ceremony_blame)) {
    take(v, check_id::ceremony_blame,
         check_ceremony_blame(context, v.rosters, v.ceremony.attempts()));
  }
  if (v.board.is_open(check_id::ceremony_commitments)) {
    take(v, check_id::ceremony_commitments,
         check_ceremony_commitments(context, v.ceremony.attempts().back()));
  }
  if (v.board.is_open(check_id::ceremony_key)) {
    check_last_attempt(v, context);
  }
}

}  // namespace sandoq
