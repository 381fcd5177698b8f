#include <algorithm>

#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/proofs/bit_vector_prove.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "tests/support/record_faults.hpp"

namespace sandoq::testing {

namespace {

using G = ristretto255;

ballot_draft& ballot_of(small_election& e) {
  return journal_of(e).ballots.back();
}

// Adds 1 to a little-endian scalar that does not overflow its first byte.
void change_scalar(wire_scalar& s) {
  flip(s.octets);
}

std::vector<record_fault> order_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  out.push_back({"the last branch has no journal", journal_order,
                 when(
                     stage::close_signed,
                     [](small_election& e) {
                       // Its two devices come last; both are taken out of the record.
                       e.draft.journals.pop_back();
                       e.draft.journals.pop_back();
                     },
                     5)});
  out.push_back(
      {"two journals change places", journal_order, when(stage::nodes, [](small_election& e) {
         std::swap(e.draft.journals[0], e.draft.journals[1]);
       })});
  out.push_back({"a journal stands twice", journal_order, when(stage::nodes, [](small_election& e) {
                   e.draft.journals.insert(e.draft.journals.begin() + 3, e.draft.journals[2]);
                 })});
  out.push_back(
      {"a ballot of another device", journal_order, when(stage::nodes, [](small_election& e) {
         e.draft.journals[1].ballots[0].ballot.place.device = device_index(1);
       })});
  out.push_back(
      {"a serial is left out", journal_serials,
       when(
           stage::ballot, [](small_election& e) { ballot_of(e).ballot.number = serial(4); }, 3)});
  out.push_back({"a resolution of another serial", journal_serials,
                 when(stage::resolution, [](small_election& e) {
                   std::get<cast_item>(ballot_of(e).resolution).number = serial(2);
                 })});
  out.push_back(
      {"a serial above the capacity", journal_serials,
       when(stage::opening, [](small_election& e) { journal_of(e).opening.capacity = 2; })});
  return out;
}

std::vector<record_fault> opening_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  const auto at_opening = [](auto change) {
    return when(
        stage::opening, [change](small_election& e) { change(journal_of(e).opening); }, 3);
  };
  out.push_back({"a board root too many", journal_opening, at_opening([](opening_item& o) {
                   o.board_roots.push_back(o.board_roots.front());
                 })});
  out.push_back({"capacity 0", journal_opening,
                 when(
                     stage::opening,
                     [](small_election& e) {
                       // A device without ballots keeps its serials.
                       journal_of(e).opening.capacity = 0;
                     },
                     5)});
  out.push_back({"the proof of the device key", journal_opening,
                 at_opening([](opening_item& o) { flip(o.key_proof.octets, 32); })});
  out.push_back({"the device's signature of the opening", journal_opening,
                 when(stage::opening_device_signed, [](small_election& e) {
                   flip(journal_of(e).opening.device_signature.octets, 32);
                 })});
  out.push_back({"the boards' signatures of the opening", journal_opening,
                 when(stage::opening_signed, [](small_election& e) {
                   auto& board = journal_of(e).opening.signatures.boards[1];
                   std::swap(board[0].signature, board[1].signature);
                 })});
  out.push_back(
      {"a device key that is the identity", journal_opening,
       when(stage::opening, [](small_election& e) { journal_of(e).opening.device_key = {}; })});
  return out;
}

std::vector<record_fault> chain_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  out.push_back({"a code that is not the ballot's", journal_chain,
                 when(
                     stage::ballot_coded,
                     [](small_election& e) { flip(ballot_of(e).ballot.code.octets); }, 4)});
  out.push_back({"a link that is not the one before", journal_chain,
                 when(
                     stage::ballot,
                     [](small_election& e) { flip(ballot_of(e).ballot.previous.octets); }, 3)});
  out.push_back(
      {"a resolution that was exchanged", journal_chain, when(stage::nodes, [](small_election& e) {
         // A void becomes a later void: nothing but the chain covers its time.
         for (journal_draft& journal : e.draft.journals) {
           for (std::size_t i = 0; i < journal.ballots.size(); ++i) {
             if (auto* v = std::get_if<void_item>(&journal.ballots[i].resolution)) {
               v->time.value += 1;
             }
           }
         }
       })});
  out.push_back({"counters of a close", journal_close, when(stage::close, [](small_election& e) {
                   ++journal_of(e).close.counters.voided;
                   --journal_of(e).close.counters.challenged;
                 })});
  out.push_back({"the last link of a close", journal_close,
                 when(
                     stage::close,
                     [](small_election& e) { flip(journal_of(e).close.last_link.octets); }, 2)});
  out.push_back({"the device's signature of the close", journal_close,
                 when(stage::close_device_signed, [](small_election& e) {
                   flip(journal_of(e).close.device_signature.octets, 40);
                 })});
  out.push_back({"the boards' signatures of the close", journal_close,
                 when(stage::close_signed, [](small_election& e) {
                   journal_of(e).close.signatures.boards[0][1].trustee = 3;
                 })});
  return out;
}

// The third ballot gets the ciphertexts of the second one's first contest, proved again by someone
// who knows what they hold.
void copy_ciphertexts(small_election& e) {
  const ballot_draft& from = journal_of(e).ballots[1];
  ballot_draft& to = ballot_of(e);
  // From now on that is what the third ballot holds, and what will be counted.
  e.plan().votes[2].choices.front() = e.plan().votes[1].choices.front();
  const contest_index contest = e.context().index().contests_of(to.ballot.style).front();
  const bit_vector_shape& shape = e.context().terms(contest).bits();
  const auto old_context = e.context().proof_context(contest, shape, from.ballot);
  const auto new_context = e.context().proof_context(contest, shape, to.ballot);
  const auto& choices = e.plan().votes[1].choices.front();
  bytes plain;
  for (const std::uint8_t choice : choices) {
    plain.push_back(static_cast<std::byte>(choice));
  }
  const auto old =
      encrypt_choices(e.prover(), old_context, secret_bytes(plain), nonce_seed(from.seed));
  const auto proof =
      prove(e.prover(), {new_context, old->ciphertexts}, old->witness, nonce_seed(to.seed));
  to.ballot.contests.front() = {encode_ciphertexts(old->ciphertexts), encode(*proof)};
}

std::vector<record_fault> ballot_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  const auto at_ballot = [](auto change, int turn) {
    return when(
        stage::ballot, [change](small_election& e) { change(ballot_of(e).ballot); }, turn);
  };
  out.push_back({"digits above 10,000", ballot_form,
                 at_ballot([](ballot_item& b) { b.digits = 10'001; }, 3)});
  out.push_back({"a style that is not given there", ballot_form,
                 at_ballot([](ballot_item& b) { b.style = style_index(0); }, 1)});
  out.push_back({"a style that does not exist", ballot_form,
                 at_ballot([](ballot_item& b) { b.style = style_index(2); }, 1)});
  out.push_back({"a ciphertext too many", ballot_form,
                 at_ballot(
                     [](ballot_item& b) {
                       auto& ciphertexts = b.contests[0].ciphertexts;
                       ciphertexts.push_back(ciphertexts.front());
                     },
                     5)});
  out.push_back({"a response too few", ballot_form,
                 at_ballot([](ballot_item& b) { b.contests[0].bits().f.pop_back(); }, 5)});
  out.push_back({"a contest is missing", ballot_form,
                 at_ballot([](ballot_item& b) { b.contests.pop_back(); }, 4)});
  out.push_back(
      {"a response that is q", ballot_elements,
       at_ballot([](ballot_item& b) { b.contests[0].bits().z_T = {scalar_too_large()}; }, 5)});
  out.push_back(
      {"a beta that is no element", ballot_elements,
       at_ballot(
           [](ballot_item& b) { b.contests[0].ciphertexts[2].beta = {bytes_of_no_element()}; },
           3)});
  out.push_back({"an alpha that is the identity", ballot_elements,
                 at_ballot([](ballot_item& b) { b.contests[0].ciphertexts[1].alpha = {}; }, 9)});
  out.push_back({"copied ciphertexts with a proof of their own", ballot_unique,
                 when(stage::ballot, copy_ciphertexts, 3)});
  out.push_back({"a response of a cast ballot", ballot_proof,
                 at_ballot([](ballot_item& b) { change_scalar(b.contests[0].bits().z_E); }, 1)});
  out.push_back(
      {"a commitment of a void ballot", ballot_proof,
       at_ballot([](ballot_item& b) { b.contests[1].bits().T1 = b.contests[1].bits().T0; }, 6)});
  out.push_back({"a proof of another serial", ballot_proof,
                 when(
                     stage::ballot,
                     [](small_election& e) {
                       auto& ballots = journal_of(e).ballots;
                       ballots[1].ballot.contests[0].proof = ballots[0].ballot.contests[0].proof;
                     },
                     6)});
  const auto at_challenge = [](auto change) {
    return when(
        stage::resolution,
        [change](small_election& e) { change(std::get<challenge_item>(ballot_of(e).resolution)); },
        2);
  };
  out.push_back(
      {"other choices than the ballot's", ballot_challenge, at_challenge([](challenge_item& c) {
         std::swap(c.choices[0].bits[0], c.choices[0].bits[1]);
       })});
  out.push_back(
      {"choices that no ballot may hold", ballot_challenge, at_challenge([](challenge_item& c) {
         c.choices[0].bits = {1, 1, 1, 0, 0};
       })});
  out.push_back({"choices of one contest only", ballot_challenge,
                 at_challenge([](challenge_item& c) { c.choices.pop_back(); })});
  out.push_back({"a seed that was not committed", ballot_challenge,
                 at_challenge([](challenge_item& c) { flip(c.board_seeds[1].seed); })});
  out.push_back({"a path too long", ballot_challenge,
                 at_challenge([](challenge_item& c) { c.device_seed.path.emplace_back(); })});
  out.push_back({"a board's seed is missing", ballot_challenge,
                 at_challenge([](challenge_item& c) { c.board_seeds.pop_back(); })});
  return out;
}

}  // namespace

std::vector<record_fault> journal_faults() {
  std::vector<record_fault> out = order_faults();
  for (auto part : {opening_faults(), chain_faults(), ballot_faults()}) {
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

}  // namespace sandoq::testing
