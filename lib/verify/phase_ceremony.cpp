// ceremony.*: the conditions are those of threshold/ceremony_check.hpp, one function a check.
// SPEC(90.2)

#include <utility>

#include "lib/verify/verify_state.hpp"
#include "sandoq/ballot/election_context.hpp"
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
  auto context = election_context::make(v.election, v.e1(), v.keys->joint_key);
  if (!context) {
    v.board.fail(check_id::ceremony_key, context.error());
    return;
  }
  v.context = std::move(*context);
}

}  // namespace

void verify_ceremony(verify_state& v) {
  if (!v.board.is_open(check_id::ceremony_complete)) {
    return;
  }
  take(v, check_id::ceremony_complete,
       check_ceremony_complete(v.board_sizes, v.ceremony, v.published_key));
  const ceremony_context context{v.e0, v.domain()};
  if (v.board.is_open(check_id::ceremony_signatures)) {
    take(v, check_id::ceremony_signatures,
         check_ceremony_signatures(context, v.boards, v.ceremony, v.workers));
  }
  if (v.board.is_open(check_id::ceremony_commitments)) {
    take(v, check_id::ceremony_commitments, check_ceremony_commitments(context, v.ceremony));
  }
  if (!v.board.is_open(check_id::ceremony_key)) {
    return;
  }
  const auto elements = decode_elements(v.ceremony);
  if (!elements) {  // record.elements has looked at them already
    v.board.fail(check_id::ceremony_commitments, elements.error());
    return;
  }
  take(v, check_id::ceremony_possession,
       check_ceremony_possession(context, v.ceremony, *elements, v.workers));
  const derived_key derived =
      derive_key(context, v.board_sizes, v.ceremony, elements->coefficients);
  take(v, check_id::ceremony_confirmations, check_ceremony_confirmations(v.ceremony, derived));
  take(v, check_id::ceremony_key,
       check_ceremony_key(context, v.ceremony, derived, v.published_key));
  if (v.board.is_open(check_id::ceremony_key)) {
    prepare_context(v);
  }
}

}  // namespace sandoq
