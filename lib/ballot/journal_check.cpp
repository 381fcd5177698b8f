#include "sandoq/ballot/journal_check.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/schnorr.hpp"

namespace sandoq {
namespace {

using key = encoded_element<ristretto255>;

verification part(std::string_view name, const verification& outcome) {
  return outcome ? verification::ok()
                 : verification::rejected(std::string(name) + ": " + outcome.reason());
}

// The device key, decoded and not the identity.
result<key> device_key_of(const opening_item& opening) {
  auto decoded = key::decode(opening.device_key.view());
  if (decoded && decoded->is_identity()) {
    return fail(errc::identity_element, "device key", "a device key must not be the identity");
  }
  return decoded;
}

// What is wrong with an opening besides its equations.
verification check_fields(const election_context& election, const opening_item& opening) {
  if (opening.capacity < 1) {
    return verification::rejected("capacity: it must be at least 1");
  }
  const std::size_t boards = election.keys().boards().size();
  if (opening.board_roots.size() != boards) {
    return verification::rejected(
        "board seed roots: there are " + std::to_string(opening.board_roots.size()) +
        ", one for each of " + std::to_string(boards) + " boards is needed");
  }
  return verification::ok();
}

// One definition for single and batched checking. `proof`, `one` and `all` are verify, or emit into
// a sink: of a Schnorr proof, of a signature and of a quorum.
template <class Proof, class One, class All>
verification check_opening(const election_context& election, const opening_item& opening,
                           const Proof& proof, const One& one, const All& all) {
  if (auto fields = check_fields(election, opening); !fields) {
    return fields;
  }
  auto device_key = device_key_of(opening);
  if (!device_key) {
    return verification::rejected(to_string(device_key.error()));
  }
  transcript tr = device_key_transcript(election.chain(), opening.place);
  const schnorr_statement<ristretto255> statement{key(ristretto255::generator()), *device_key};
  if (auto ok = part("key proof", proof(statement, opening.key_proof, tr)); !ok) {
    return ok;
  }
  const verification_key<ristretto255> signer{*device_key, not_shared};
  if (auto ok = part("device signature", one(signer, device_message(election.chain(), opening),
                                             opening.device_signature));
      !ok) {
    return ok;
  }
  return part("signatures of the boards",
              all(board_message(election.chain(), opening), opening.signatures));
}

template <class One, class All>
verification check_closing(const election_context& election, const opening_item& opening,
                           const close_item& close, const One& one, const All& all) {
  auto device_key = device_key_of(opening);
  if (!device_key) {
    return verification::rejected(to_string(device_key.error()));
  }
  const verification_key<ristretto255> signer{*device_key, not_shared};
  if (auto ok = part("device signature",
                     one(signer, device_message(election.chain(), close), close.device_signature));
      !ok) {
    return ok;
  }
  return part("signatures of the boards",
              all(board_message(election.chain(), close), close.signatures));
}

template <class Closing>
result<void> check_counts(const Closing& item, const std::string& name,
                          const journal_counters& counted, const digest32& last_link) {
  if (!item.counters.adds_up()) {
    return fail(errc::mismatch, name + "/counters",
                "committed is not the sum of cast, challenged and voided");
  }
  if (item.counters != counted) {
    return fail(errc::mismatch, name + "/counters",
                "the journal holds " + std::to_string(counted.cast) + " cast, " +
                    std::to_string(counted.challenged) + " challenged and " +
                    std::to_string(counted.voided) + " void ballots, the " + name +
                    " says otherwise");
  }
  if (item.last_link != last_link) {
    return fail(errc::mismatch, name + "/last link", "it is not the last link of the journal");
  }
  return {};
}

tl::unexpected<error> wrong_number(std::string_view what, std::size_t needed, std::size_t there) {
  return fail(errc::mismatch, "",
              "needs " + std::to_string(needed) + ' ' + std::string(what) + ", has " +
                  std::to_string(there));
}

// Encoding and numbers of one contest.                                      SPEC(52.5) SPEC(90.2)
result<void> check_form(const contest_terms& terms, const contest_ballot& contest) {
  if (contest.encoding != terms.encoding) {
    return fail(errc::mismatch, "encoding",
                "is " + std::to_string(static_cast<unsigned>(contest.encoding)) +
                    ", the contest has " + std::to_string(static_cast<unsigned>(terms.encoding)));
  }
  if (contest.ciphertexts.size() != terms.ciphertexts()) {
    return wrong_number("ciphertexts", terms.ciphertexts(), contest.ciphertexts.size());
  }
  if (const auto* bits = std::get_if<wire_bit_vector_proof>(&contest.proof)) {
    if (bits->f.size() != terms.bits().bits() - 1) {
      return wrong_number("responses", terms.bits().bits() - 1, bits->f.size());
    }
  } else if (const auto* slots = std::get_if<wire_slots_proof>(&contest.proof)) {
    if (slots->rounds.size() != terms.slots().rounds()) {
      return wrong_number("rounds", terms.slots().rounds(), slots->rounds.size());
    }
  }
  return {};
}

}  // namespace

transcript device_key_transcript(const chain_context& election, const device_place& place) {
  transcript tr("sandoq-1/device");
  tr.absorb_bytes("e1", election.e1.view());
  tr.absorb_integer("domain", static_cast<std::uint64_t>(election.domain));
  tr.absorb_integer("branch", place.branch.value());
  tr.absorb_integer("device", place.device.value());
  return tr;
}

signed_message device_message(const chain_context& election, const opening_item& item) {
  return {"opening/device", election.domain, election.e1, item.device_digest()};
}

signed_message board_message(const chain_context& election, const opening_item& item) {
  return {"opening", election.domain, election.e1, item.board_digest()};
}

signed_message device_message(const chain_context& election, const close_item& item) {
  return {"close/device", election.domain, election.e1, item.device_digest()};
}

signed_message board_message(const chain_context& election, const close_item& item) {
  return {"close", election.domain, election.e1, item.board_digest()};
}

signed_message board_message(const chain_context& election, const recovery_item& item) {
  return {"recovery", election.domain, election.e1, item.board_digest()};
}

verification emit(equation_sink<ristretto255>& sink, const election_context& election,
                  const opening_item& opening) {
  return check_opening(
      election, opening,
      [&](const auto& statement, const auto& proof, transcript& tr) {
        return emit(sink, statement, proof, tr);
      },
      [&](const auto& signer, const signed_message& message, const wire_signature& sig) {
        return emit(sink, signer, message, sig);
      },
      [&](const signed_message& message, const quorum& signatures) {
        return emit(sink, election.keys().boards(), message, signatures);
      });
}

verification verify(const election_context& election, const opening_item& opening) {
  return check_opening(
      election, opening,
      [](const auto& statement, const auto& proof, transcript& tr) {
        return verify(statement, proof, tr);
      },
      [](const auto& signer, const signed_message& message, const wire_signature& sig) {
        return verify(signer, message, sig);
      },
      [&](const signed_message& message, const quorum& signatures) {
        return verify(election.keys().boards(), message, signatures);
      });
}

verification emit(equation_sink<ristretto255>& sink, const election_context& election,
                  const opening_item& opening, const close_item& close) {
  return check_closing(
      election, opening, close,
      [&](const auto& signer, const signed_message& message, const wire_signature& sig) {
        return emit(sink, signer, message, sig);
      },
      [&](const signed_message& message, const quorum& signatures) {
        return emit(sink, election.keys().boards(), message, signatures);
      });
}

verification verify(const election_context& election, const opening_item& opening,
                    const close_item& close) {
  return check_closing(
      election, opening, close,
      [](const auto& signer, const signed_message& message, const wire_signature& sig) {
        return verify(signer, message, sig);
      },
      [&](const signed_message& message, const quorum& signatures) {
        return verify(election.keys().boards(), message, signatures);
      });
}

result<void> check_close(const close_item& close, const journal_counters& counted,
                         const digest32& last_link) {
  return check_counts(close, "close", counted, last_link);
}

result<void> check_close(const recovery_item& recovery, const journal_counters& counted,
                         const digest32& last_link) {
  return check_counts(recovery, "recovery", counted, last_link);
}

result<void> check_form(const manifest_index& index, std::span<const contest_terms> terms,
                        const ballot_item& ballot) {
  if (ballot.style.value() >= index.styles()) {
    return fail(errc::out_of_range, "ballot/style", "the manifest has no such style");
  }
  if (!index.is_given(ballot.style, ballot.place.branch)) {
    return fail(errc::mismatch, "ballot/style", "this style is not given at this branch");
  }
  if (ballot.digits > ballot_item::no_digits) {
    return fail(errc::out_of_range, "ballot/digits", "digits are 0 to 9999, or 10000 for none");
  }
  const auto contests = index.contests_of(ballot.style);
  if (ballot.contests.size() != contests.size()) {
    return fail(errc::mismatch, "ballot/contests",
                "the style has " + std::to_string(contests.size()) + " contests, the ballot " +
                    std::to_string(ballot.contests.size()));
  }
  for (std::size_t i = 0; i < contests.size(); ++i) {
    if (auto ok = check_form(terms[contests[i].value()], ballot.contests[i]); !ok) {
      return fail_within("ballot/contest " + std::to_string(i), std::move(ok.error()));
    }
  }
  return {};
}

result<void> check_form(const election_context& election, const ballot_item& ballot) {
  return check_form(election.index(), election.contests(), ballot);
}

}  // namespace sandoq
