#include "message_check.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "office_names.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/proofs/schnorr.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/threshold/list_opening.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

using group = ristretto255;

/// The key of a trustee who has not been shut out; none for others.
const verification_key<group>* key_of(std::span<const board_keys> boards, board_index board,
                                      trustee_index trustee) {
  if (board.value() >= boards.size()) {
    return nullptr;
  }
  const board_keys& own = boards[board.value()];
  const std::uint32_t t = trustee.value();
  const bool counts = t >= 1 && t <= own.signing_keys.size() &&
                      !std::binary_search(own.shut_out.begin(), own.shut_out.end(), t);
  return counts ? &own.signing_keys[t - 1] : nullptr;
}

signed_message message_of(const running_election& election, literal purpose,
                          const digest32& digest) {
  return {purpose, election.hashes.domain, *election.hashes.e1, digest};
}

result<void> not_signed_by(const std::string& whom) {
  return fail(errc::bad_signature, "message", "is not signed by " + whom);
}

result<void> of_nobody() {
  return fail(errc::not_found, "message", "is of an attempt or a trustee that there is not");
}

result<void> check_by_device(const running_election& election, const opening_item& opening,
                             const signed_message& message, const wire_signature& signature) {
  const auto key = encoded_element<group>::decode(opening.device_key.view());
  if (!key || !verify(verification_key<group>{*key}, message, signature)) {
    return not_signed_by(name_device(election.plan, opening.place));
  }
  return {};
}

template <class Item>
result<void> can_be_read(result<Item> item) {
  return item ? result<void>{} : result<void>(tl::unexpected(std::move(item.error())));
}

result<void> check_body(const statement& what) {
  switch (what.of) {
    case item_kind::head:
      return can_be_read(decode_body<record_head>(what));
    case item_kind::dkg_absence:
      return can_be_read(decode_body<dkg_absence>(what));
    case item_kind::opening:
      return can_be_read(decode_body<opening_item>(what));
    case item_kind::close:
      return can_be_read(decode_body<close_item>(what));
    case item_kind::exclusion:
      return can_be_read(decode_body<exclusion_item>(what));
    case item_kind::recovery:
      return can_be_read(decode_body<recovery_item>(what));
    case item_kind::eligibility:
      return can_be_read(decode_body<eligibility_item>(what));
    case item_kind::request:
      return can_be_read(decode_body<opening_request>(what));
    case item_kind::list_request:
      return can_be_read(decode_body<list_request>(what));
    case item_kind::lot_commit:
      return can_be_read(decode_body<lot_commit>(what));
    case item_kind::lot_beacon:
      return can_be_read(decode_body<lot_beacon>(what));
    default:
      return fail(errc::mismatch, "statement", "is about nothing that a quorum signs");
  }
}

}  // namespace

result<void> check_form(std::uint32_t kind, byte_view canonical) {
  switch (kind) {
    case number(exchange_kind::statement): {
      const auto what = statement::decode(canonical);
      return what ? check_body(*what) : result<void>(tl::unexpected(what.error()));
    }
    case number(exchange_kind::signature):
      return can_be_read(statement_signature::decode(canonical));
    case number(exchange_kind::trustee_entry):
      return can_be_read(trustee_enrolment::decode(canonical));
    case number(exchange_kind::authority_entry):
      return can_be_read(authority_enrolment::decode(canonical));
    default:
      return {};
  }
}

template <class Item>
result<void> check_ceremony_message(const ceremony_context& context,
                                    std::span<const board_keys> boards, literal purpose,
                                    const Item& item) {
  const auto* key = key_of(boards, item.origin.board, item.origin.trustee);
  if (key == nullptr || item.origin.attempt < 1) {
    return of_nobody();
  }
  const signed_message message{purpose, context.domain, context.manifest_hash,
                               item.signed_digest()};
  return verify(*key, message, item.signature)
             ? result<void>{}
             : not_signed_by(name_trustee(item.origin.board, item.origin.trustee));
}

template result<void> check_ceremony_message(const ceremony_context&, std::span<const board_keys>,
                                             literal, const dkg_commit&);
template result<void> check_ceremony_message(const ceremony_context&, std::span<const board_keys>,
                                             literal, const dkg_reveal&);
template result<void> check_ceremony_message(const ceremony_context&, std::span<const board_keys>,
                                             literal, const dkg_deal&);
template result<void> check_ceremony_message(const ceremony_context&, std::span<const board_keys>,
                                             literal, const dkg_complaint&);
template result<void> check_ceremony_message(const ceremony_context&, std::span<const board_keys>,
                                             literal, const dkg_confirm&);

result<void> check_absence_item(const ceremony_context& context, std::span<const board_keys> boards,
                                const dkg_absence& item) {
  if (key_of(boards, item.origin.board, item.origin.trustee) == nullptr ||
      item.origin.attempt < 1) {
    return of_nobody();
  }
  const signed_message message{"dkg/absence", context.domain, context.manifest_hash,
                               item.signed_digest()};
  const auto ok = verify(boards, message, item.signatures);
  return ok ? result<void>{} : fail(errc::bad_signature, "message", ok.reason());
}

result<void> check_signature(const election_hashes& election, std::span<const board_keys> boards,
                             const statement_signature& item) {
  const auto message = message_of(item.of, item.digest, election);
  if (!message) {
    return tl::unexpected(message.error());
  }
  const auto* key = key_of(boards, item.board, item.trustee);
  return key != nullptr && verify(*key, *message, item.signature)
             ? result<void>{}
             : not_signed_by(name_trustee(item.board, item.trustee));
}

result<void> check_announcement(const running_election& election, const announcement& announced) {
  const opening_item& opening = announced.opening;
  const chain_context chain = election.context.chain();
  if (!election.context.index().is_branch(opening.place.branch)) {
    return fail(errc::not_found, name_device(election.plan, opening.place),
                "the manifest has no such branch");
  }
  if (opening.capacity < 1) {
    return fail(errc::out_of_range, name_device(election.plan, opening.place),
                "announces no ballot");
  }
  const auto key = encoded_element<group>::decode(opening.device_key.view());
  if (!key) {
    return fail_within(name_device(election.plan, opening.place), key.error());
  }
  transcript tr = device_key_transcript(chain, opening.place);
  const encoded_element<group> generator(group::generator());
  if (const auto ok = verify(schnorr_statement<group>{generator, *key}, opening.key_proof, tr);
      !ok) {
    return fail(errc::bad_proof, name_device(election.plan, opening.place),
                "does not prove that it holds its key: " + ok.reason());
  }
  if (const auto ok = verify(verification_key<group>{*key}, device_message(chain, opening),
                             opening.device_signature);
      !ok) {
    return fail(errc::bad_signature, name_device(election.plan, opening.place),
                "has not signed its announcement: " + ok.reason());
  }
  return {};
}

result<void> check_opening_item(const running_election& election, const opening_item& opening) {
  if (!election.context.index().is_branch(opening.place.branch)) {
    return fail(errc::not_found, name_device(election.plan, opening.place),
                "the manifest has no such branch");
  }
  const auto ok = verify(election.context, opening);
  return ok ? result<void>{}
            : fail(errc::bad_signature, name_device(election.plan, opening.place),
                   "its journal begins with an opening that does not hold: " + ok.reason());
}

result<void> check_seed_root(const running_election& election, const seed_root& root) {
  const auto* key = key_of(election.context.keys().boards(), root.board, root.trustee);
  return key != nullptr && verify(*key, message_of(election, "seed/root", root.signed_digest()),
                                  root.signature)
             ? result<void>{}
             : not_signed_by(name_trustee(election.plan, {root.board, root.trustee}) +
                             ", as one who has a share");
}

result<void> check_device_close(const running_election& election, const opening_item& opening,
                                const close_item& close) {
  return check_by_device(election, opening, device_message(election.context.chain(), close),
                         close.device_signature);
}

result<void> check_device_tokens(const running_election& election, const opening_item& opening,
                                 const device_tokens& tokens) {
  return check_by_device(election, opening, tokens.message(election.context.chain()),
                         tokens.signature);
}

result<void> check_attribute_item(const running_election& election, const tie_attributes& item) {
  const auto& key = election.context.keys().authority();
  return key && verify(*key, message_of(election, "attributes", item.signed_digest()),
                       item.signature)
             ? result<void>{}
             : not_signed_by("the authority of this election");
}

bool includes(const tie_attributes& whole, const tie_attributes& part) {
  return std::all_of(part.options.begin(), part.options.end(), [&](const auto& each) {
    return std::find(whole.options.begin(), whole.options.end(), each) != whole.options.end();
  });
}

result<void> check_agreed(const running_election& election, const agreed_quorum& agreed) {
  const auto message = message_of(agreed.of, agreed.digest, election.hashes);
  if (!message) {
    return tl::unexpected(message.error());
  }
  const auto boards = election.context.keys().boards();
  bool good = false;
  if (agreed.of == item_kind::lot_commit) {
    for (std::size_t b = 0; b < boards.size() && agreed.signatures.boards.size() == 1; ++b) {
      good = good || verify_board(boards, b, *message, agreed.signatures.boards.front());
    }
  } else {
    good = static_cast<bool>(verify(boards, *message, agreed.signatures));
  }
  return good ? result<void>{} : fail(errc::bad_signature, "message", "its quorum does not hold");
}

template <class Answer>
result<void> check_answer(const running_election& election, const signed_requests& requests,
                          const Answer& answer) {
  const auto* key = key_of(election.context.keys().boards(), answer.board, answer.trustee);
  const auto [first, last] = requests.equal_range(answer.number);
  const bool good =
      key != nullptr && std::any_of(first, last, [&](const auto& request) {
        return verify(*key, message_of(election, "partial", answer.signed_digest(request.second)),
                      answer.signature);
      });
  return good ? result<void>{}
              : not_signed_by(name_trustee(election.plan, {answer.board, answer.trustee}) +
                              " as an answer to a request that the boards have signed here");
}

template result<void> check_answer(const running_election&, const signed_requests&,
                                   const partial_decryption&);
template result<void> check_answer(const running_election&, const signed_requests&,
                                   const list_partial&);

result<void> check_stage(const running_election& election, const mix_stage& stage) {
  const auto* key = key_of(election.context.keys().boards(), stage.board, stage.trustee);
  return key != nullptr &&
                 verify(*key, message_of(election, "mix", stage.signed_digest()), stage.signature)
             ? result<void>{}
             : not_signed_by(name_trustee(election.plan, {stage.board, stage.trustee}) +
                             ", as one who has a share");
}

}  // namespace sandoq::tool
