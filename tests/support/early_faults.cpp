#include <algorithm>
#include <utility>

#include "sandoq/ballot/journal_check.hpp"
#include "tests/support/record_faults.hpp"

namespace sandoq::testing {

namespace {

using G = ristretto255;

std::vector<record_fault> record_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  // record.items
  out.push_back(
      {"trailing byte in an item", record_items, when(stage::items, [](small_election& e) {
         items_of(e, record_section::tally).back().canonical.push_back(std::byte{0});
       })});
  out.push_back(
      {"a request between results", record_items, when(stage::items, [](small_election& e) {
         auto& items = items_of(e, record_section::opening);
         std::swap(items[items.size() - 1], items.front());
       })});
  out.push_back(
      {"ballot twice without resolution", record_items, when(stage::items, [](small_election& e) {
         auto& items = items_of(e, record_section::ballots);
         items.insert(items.begin() + 1, items[1]);
       })});
  out.push_back({"last journal not closed", record_items, when(stage::items, [](small_election& e) {
                   items_of(e, record_section::ballots).pop_back();
                 })});
  out.push_back({"two manifests", record_items, when(stage::items, [](small_election& e) {
                   auto& items = items_of(e, record_section::manifest);
                   items.push_back(items.front());
                 })});
  out.push_back({"unknown kind", record_items, when(stage::items, [](small_election& e) {
                   items_of(e, record_section::tally).front().kind = static_cast<item_kind>(31);
                 })});
  out.push_back({"item count of the head", record_items,
                 when(stage::head, [](small_election& e) { e.draft.head.files[2].items += 1; })});
  out.push_back({"no ballots at all", record_items, when(stage::items, [](small_election& e) {
                   items_of(e, record_section::ballots).clear();
                 })});
  out.push_back(
      {"choice byte 2 in a challenge", record_items, when(stage::items, [](small_election& e) {
         for (framed_item& item : items_of(e, record_section::ballots)) {
           if (item.kind == item_kind::challenge) {
             auto challenge = challenge_item::decode(item.canonical).value();
             challenge.choices[0].bits[0] = 2;
             item.canonical = challenge.encode();
           }
         }
       })});
  // record.files
  out.push_back(
      {"a hash of the head's list", record_files,
       when(stage::head, [](small_election& e) { flip(e.draft.head.files[3].hash.octets); })});
  out.push_back(
      {"a size of the head's list", record_files,
       when(stage::head, [](small_election& e) { e.draft.head.files[0].size_bytes += 1; })});
  // record.head
  out.push_back({"a name of the head's list", record_head, when(stage::head, [](small_election& e) {
                   e.draft.head.files[3].name = "totals.pb";
                 })});
  // record.elements
  out.push_back({"scalar of a close's signature is q", record_elements,
                 when(stage::close_signed, [](small_election& e) {
                   auto& octets = e.draft.journals.back().close.device_signature.octets;
                   const auto q = scalar_too_large();
                   std::copy(q.begin(), q.end(), octets.begin() + 32);
                 })});
  out.push_back(
      {"a factor that is no element", record_elements, when(stage::items, [](small_election& e) {
         for (framed_item& item : items_of(e, record_section::opening)) {
           if (item.kind == item_kind::partial) {
             auto partial = partial_decryption::decode(item.canonical).value();
             partial.factors[0] = {bytes_of_no_element()};
             item.canonical = partial.encode();
           }
         }
       })});
  out.push_back({"a signature of the head is no element", record_elements,
                 when(stage::head_signed, [](small_election& e) {
                   const auto no = bytes_of_no_element();
                   auto& octets = e.draft.head.signatures.boards[1][0].signature.octets;
                   std::copy(no.begin(), no.end(), octets.begin());
                 })});
  // record.binding
  out.push_back({"e0 of the head", record_binding, when(stage::head, [](small_election& e) {
                   flip(e.draft.head.manifest_hash.octets);
                 })});
  out.push_back({"e1 of the head", record_binding, when(stage::head, [](small_election& e) {
                   flip(e.draft.head.election_hash.octets);
                 })});
  out.push_back({"domain of the head", record_binding, when(stage::head, [](small_election& e) {
                   e.draft.head.domain = election_domain::real;
                 })});
  // record.signatures
  out.push_back({"a signature of the head", record_signatures,
                 when(stage::head_signed, [](small_election& e) {
                   auto& boards = e.draft.head.signatures.boards;
                   std::swap(boards[0][0].signature, boards[0][1].signature);
                 })});
  out.push_back(
      {"a surplus signature of the head", record_signatures,
       when(stage::head_signed, [](small_election& e) {
         const auto& head = e.draft.head;
         e.draft.head.signatures.boards[0].push_back(
             {3, e.sign_as(0, 3, {"head", head.domain, head.election_hash, head.signed_digest()})});
       })});
  out.push_back({"one board only signs the head", record_signatures,
                 when(stage::head_signed,
                      [](small_election& e) { e.draft.head.signatures.boards.pop_back(); })});
  return out;
}

std::vector<record_fault> manifest_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  out.push_back({"more seats than options", manifest_rules,
                 with_manifest([](manifest& m) { m.contests[1].seats = 4; })});
  out.push_back({"unknown seat rule", manifest_rules, with_manifest([](manifest& m) {
                   m.contests[0].rule = static_cast<seat_rule>(3);
                 })});
  out.push_back({"a node of level 8", manifest_rules, with_manifest([](manifest& m) {
                   m.nodes.back().level = static_cast<node_level>(8);
                 })});
  out.push_back({"attributes without an authority", manifest_rules,
                 with_manifest([](manifest& m) { m.authority.reset(); })});
  out.push_back({"two nodes of one id", manifest_rules,
                 with_manifest([](manifest& m) { m.nodes[4].id = m.nodes[3].id; })});
  out.push_back({"a style where its contest has no scope", manifest_rules,
                 with_manifest([](manifest& m) { m.branch_styles[2] = {style_index(1)}; })});
  out.push_back({"a threshold of one of three", manifest_rules,
                 with_manifest([](manifest& m) { m.boards[0].threshold = 1; })});
  record_fault pin{"another pinned manifest", manifest_pin, {}};
  pin.options.manifest_hash = digest32{};
  out.push_back(pin);
  record_fault domain{"another domain asked for", manifest_domain, {}};
  domain.options.domain = election_domain::real;
  out.push_back(domain);
  out.push_back(
      {"a proof of the roster", manifest_roster, when(stage::roster, [](small_election& e) {
         auto& trustees = e.draft.election.boards[1].trustees;
         std::swap(trustees[0].encryption_proof, trustees[1].encryption_proof);
       })});
  const auto at_authority = [](auto change) {
    return when(stage::roster, [change](small_election& e) {
      change(e.draft.election, *e.draft.election.authority);
    });
  };
  out.push_back(
      {"the proof of the authority's key",
       manifest_roster,
       at_authority([](manifest&, authority_entry& a) { flip(a.signing_proof.octets, 32); }),
       {},
       eventful_scenario});
  out.push_back({"an authority with a trustee's key",
                 manifest_roster,
                 at_authority([](manifest& m, authority_entry& a) {
                   a.signing_key = m.boards[0].trustees[1].signing_key;
                   a.signing_proof = m.boards[0].trustees[1].signing_proof;
                 }),
                 {},
                 eventful_scenario});
  out.push_back(
      {"a trustee on both boards", manifest_roster, when(stage::roster, [](small_election& e) {
         // Proofs are made for the place, so the second place has good ones too.
         auto& boards = e.draft.election.boards;
         const roster_place place{e.draft.election.domain, e.draft.election.election,
                                  board_index(1), trustee_index(3)};
         boards[1].trustees[2] =
             e.secrets(0, 3).roster_entry(place, "another-id", {}, e.random()).value();
       })});
  return out;
}

// Plans a failed attempt by trustee 3 of board 1, then changes it or what follows.
template <class Change>
small_election::tampering after_cheat(cheat::way how, stage s, Change change) {
  return [how, s, change, planned = false, done = false](stage now, small_election& e) mutable {
    if (!std::exchange(planned, true)) {
      e.plan().cheats = {{1, 3, how}};
    }
    if (now == s && !std::exchange(done, true)) {
      change(e);
    }
  };
}

std::vector<record_fault> attempt_faults() {
  using enum check_id;
  using enum cheat::way;
  std::vector<record_fault> out;
  const auto add = [&out](std::string name, check_id fails, small_election::tampering tamper) {
    out.push_back({std::move(name), fails, std::move(tamper)});
  };
  add("an attempt without anybody's guilt", ceremony_blame,
      after_cheat(wrong_share, stage::earlier_attempt,
                  [](small_election& e) { e.draft.earlier.back().complaints.clear(); }));
  add("an honest accuser is shut out for a true complaint", ceremony_blame,
      after_cheat(wrong_share, stage::earlier_attempt, [](small_election& e) {
        // The complaint with another Kdh no longer proves the dealer guilty, but its accuser.
        auto& complaint = e.draft.earlier.back().complaints.front();
        complaint.shared = e.draft.earlier.back().deals.front().shares.front().ephemeral;
        e.sign_round(e.draft.earlier.back().complaints, "dkg/complaint");
      }));
  add("deals after a wrong reveal", ceremony_blame,
      after_cheat(wrong_reveal, stage::earlier_attempt, [](small_election& e) {
        auto& items = e.draft.earlier.back();
        for (const dkg_reveal& reveal : items.reveals) {
          dkg_deal deal{reveal.origin, {}, {}};
          deal.shares.resize(3, {items.reveals.front().coefficients.front(), {}});
          items.deals.push_back(std::move(deal));
        }
        e.sign_round(items.deals, "dkg/deal");
      }));
  add("a complaint without its signature", ceremony_signatures,
      after_cheat(false_complaint, stage::earlier_attempt, [](small_election& e) {
        e.draft.earlier.back().complaints.front().signature.octets[32] ^= std::byte{1};
      }));
  add("a complaint against oneself", ceremony_complete,
      after_cheat(wrong_share, stage::earlier_attempt, [](small_election& e) {
        auto& complaints = e.draft.earlier.back().complaints;
        complaints.front().dealer = complaints.front().origin.trustee;
        e.sign_round(complaints, "dkg/complaint");
      }));
  add("a confirm in an attempt that failed", ceremony_complete,
      after_cheat(wrong_share, stage::earlier_attempt, [](small_election& e) {
        auto& items = e.draft.earlier.back();
        items.confirms.push_back({items.deals.front().origin, {}, {}});
        e.sign_round(items.confirms, "dkg/confirm");
      }));
  add("an attempt with the number of the one before", ceremony_complete,
      after_cheat(wrong_share, stage::confirms_signed, [](small_election& e) {
        for (auto& commit : e.draft.earlier.back().commits) {
          commit.origin.attempt = 2;
        }
      }));
  add("the signature of one who is shut out", record_signatures,
      after_cheat(wrong_share, stage::head_signed, [](small_election& e) {
        const signed_message message{"head", e.draft.election.domain, e.draft.key.election_hash,
                                     e.draft.head.signed_digest()};
        e.draft.head.signatures.boards[1][1] = {3, e.sign_as(1, 3, message)};
      }));
  add("an opening signed by one who is shut out", journal_opening,
      after_cheat(wrong_share, stage::opening_signed, [](small_election& e) {
        opening_item& opening = e.draft.journals.back().opening;
        opening.signatures.boards[1].back() = {
            3, e.sign_as(1, 3, board_message(e.context().chain(), opening))};
      }));
  add("a share key of one who is shut out", ceremony_key,
      after_cheat(wrong_share, stage::key, [](small_election& e) {
        auto& keys = e.draft.key.boards[1].share_keys;
        keys[2] = keys[1];
      }));
  return out;
}

template <class Change>
small_election::tampering with_absence(stage s, Change change) {
  return [s, change, planned = false, done = false](stage now, small_election& e) mutable {
    if (!std::exchange(planned, true)) {
      e.plan().absent = {{0, 2}};
    }
    if (now == s && !std::exchange(done, true)) {
      change(e);
    }
  };
}

std::vector<record_fault> absence_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  out.push_back({"an absence that the boards did not sign", ceremony_signatures,
                 with_absence(stage::absences_signed, [](small_election& e) {
                   auto& boards = e.draft.ceremony.absences.front().signatures.boards;
                   std::swap(boards[0], boards[1]);
                 })});
  out.push_back({"an absence that the absent one signed", ceremony_signatures,
                 with_absence(stage::absences_signed, [](small_election& e) {
                   auto& absence = e.draft.ceremony.absences.front();
                   const signed_message message{"dkg/absence", e.draft.election.domain, e.draft.e0,
                                                absence.signed_digest()};
                   absence.signatures.boards[0] = {{1, e.sign_as(0, 1, message)},
                                                   {2, e.sign_as(0, 2, message)}};
                 })});
  out.push_back({"somebody left out whom nobody states absent", ceremony_blame,
                 with_absence(stage::absences,
                              [](small_election& e) { e.draft.ceremony.absences.clear(); })});
  out.push_back({"an absence of another attempt", ceremony_complete,
                 with_absence(stage::absences, [](small_election& e) {
                   e.draft.ceremony.absences.front().origin.attempt = 2;
                 })});
  return out;
}

std::vector<record_fault> ceremony_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  out.push_back({"a confirm is missing", ceremony_complete,
                 when(stage::confirms_signed,
                      [](small_election& e) { e.draft.ceremony.confirms.pop_back(); })});
  out.push_back({"two deals change places", ceremony_complete,
                 when(stage::deals_signed, [](small_election& e) {
                   std::swap(e.draft.ceremony.deals[0], e.draft.ceremony.deals[1]);
                 })});
  out.push_back({"attempt 0", ceremony_complete, when(stage::confirms, [](small_election& e) {
                   for (dkg_confirm& confirm : e.draft.ceremony.confirms) {
                     confirm.origin.attempt = 0;
                   }
                 })});
  out.push_back({"a share key too many", ceremony_complete, when(stage::key, [](small_election& e) {
                   auto& keys = e.draft.key.boards[0].share_keys;
                   keys.push_back(keys.front());
                 })});
  out.push_back({"a signature of a deal", ceremony_signatures,
                 when(stage::deals_signed, [](small_election& e) {
                   auto& deals = e.draft.ceremony.deals;
                   std::swap(deals[2].signature, deals[3].signature);
                 })});
  for (auto part : {absence_faults(), attempt_faults()}) {
    out.insert(out.end(), part.begin(), part.end());
  }
  out.push_back({"a commitment that is not opened", ceremony_commitments,
                 when(stage::commits, [](small_election& e) {
                   flip(e.draft.ceremony.commits[4].commitment.octets, 7);
                 })});
  out.push_back(
      {"a proof of possession", ceremony_possession, when(stage::reveals, [](small_election& e) {
         auto& proofs = e.draft.ceremony.reveals[1].proofs;
         std::swap(proofs[0], proofs[1]);
       })});
  out.push_back({"an ephemeral key is the identity", ceremony_possession,
                 when(stage::deals, [](small_election& e) {
                   e.draft.ceremony.deals[5].shares[0].ephemeral = {};
                 })});
  out.push_back({"a confirm of another transcript", ceremony_confirmations,
                 when(stage::confirms, [](small_election& e) {
                   flip(e.draft.ceremony.confirms[3].transcript_hash.octets, 31);
                 })});
  out.push_back({"a published share key", ceremony_key, when(stage::key, [](small_election& e) {
                   auto& keys = e.draft.key.boards[1].share_keys;
                   std::swap(keys[0], keys[2]);
                 })});
  out.push_back({"another election hash", ceremony_key, when(stage::key, [](small_election& e) {
                   flip(e.draft.key.election_hash.octets, 15);
                 })});
  out.push_back({"another joint key", ceremony_key, when(stage::key, [](small_election& e) {
                   e.draft.key.joint_key = e.draft.key.boards[0].key;
                 })});
  return out;
}

}  // namespace

byte_array<32> scalar_too_large() {
  // q = 2^252 + 27742317777372353535851937790883648493, little-endian.
  byte_array<32> q{};
  const auto done =
      from_hex_into(q, "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  return done ? q : byte_array<32>{};
}

byte_array<32> bytes_of_no_element() {
  byte_array<32> out{};
  out[0] = std::byte{1};  // odd, so negative
  return out;
}

std::vector<record_fault> early_faults() {
  std::vector<record_fault> out = record_faults();
  for (auto part : {manifest_faults(), ceremony_faults()}) {
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

}  // namespace sandoq::testing
