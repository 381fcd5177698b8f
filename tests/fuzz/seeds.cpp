#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <variant>

#include "sandoq/ballot/device_memory_secret.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/key_file.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/group/integer_group.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/shuffle.hpp"
#include "sandoq/record/hints_file.hpp"
#include "sandoq/rules/allocate.hpp"
#include "sandoq/tally/contest_allocation.hpp"
#include "sandoq/threshold/list_opening.hpp"
#include "sandoq/threshold/opening_log.hpp"
#include "tests/fuzz/booth_target.hpp"
#include "tests/fuzz/mix_target.hpp"
#include "tests/fuzz/record_target.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/support/small_election.hpp"
#include "tools/sandoq/manifest_json.hpp"
#include "tools/sandoq/office/exchange_items.hpp"
#include "tools/sandoq/office/key_folder.hpp"
#include "tools/sandoq/office/statements.hpp"
#include "tools/sandoq/sizing/election_profile.hpp"
#include "tools/sandoq/sizing/machine_profile.hpp"

namespace sandoq::fuzzing {
namespace {

using testing::small_election;
using seed_map = std::multimap<std::string_view, bytes>;

bytes text(std::string_view t) {
  const byte_view octets = bytes_of(t);
  return {octets.begin(), octets.end()};
}

template <class Part>
bytes written(const Part& part) {
  byte_writer out;
  if constexpr (requires { part.write(out); }) {
    part.write(out);
  } else {
    write(out, part);
  }
  return std::move(out).take();
}

// Items by their kind. Of each kind some, not all: they look alike.
void add_items(seed_map& out, const small_election& election) {
  for (const auto& [section, items] : election.draft.items) {
    for (const testing::framed_item& item : items) {
      if (out.count(name_of(item.kind)) < 4) {
        out.emplace(name_of(item.kind), item.canonical);
      }
    }
  }
  out.emplace("head", election.draft.head.encode());
  out.emplace("hints_header", hints_header::of(election.draft.head).encode());
}

// Parts of items, and what stands in no record.
void add_parts(seed_map& out, const small_election& election) {
  const testing::journal_draft& journal = election.draft.journals.front();
  const opening_item& opening = journal.opening;
  const auto& ballots = journal.ballots;
  const close_item& close = journal.close;
  const contest_ballot& contest = ballots.front().ballot.contests.front();
  out.emplace("wire_element", written(opening.device_key));
  out.emplace("wire_scalar", written(contest.bits().z_B));
  out.emplace("wire_ciphertext", written(contest.ciphertexts.front()));
  out.emplace("element", written(opening.device_key));
  out.emplace("element", bytes(32));
  out.emplace("scalar", written(contest.bits().z_B));
  bytes elements;
  for (const wire_ciphertext& c : contest.ciphertexts) {
    const bytes both = written(c);
    elements.insert(elements.end(), both.begin(), both.end());
  }
  out.emplace("elements", elements);
  bytes hinted = elements;
  hinted.resize(2 * elements.size());
  ristretto255::make_hints(byte_span(hinted).subspan(elements.size()), elements);
  out.emplace("hinted_elements", hinted);
  out.emplace("ciphertext_elements", written(contest.ciphertexts.front()));
  out.emplace("bit_vector_proof", contest.bits().encode());
  out.emplace("bit_vector_elements", contest.bits().encode());
  for (const auto& [size, rows] : {std::pair<std::byte, std::byte>{std::byte{2}, std::byte{1}},
                                   {std::byte{4}, std::byte{2}}}) {
    const auto shape = shuffle_shape::with_rows(std::to_integer<std::size_t>(size), 1,
                                                std::to_integer<std::size_t>(rows));
    bytes proof(3 + shuffle_proof_bytes<ristretto255>(shape.value()));  // identities and zeros
    proof[0] = size;
    proof[1] = std::byte{1};
    proof[2] = rows;
    out.emplace("shuffle", proof);
  }
  out.emplace("signature", written(close.device_signature));
  out.emplace("quorum", close.signatures.encode());
  out.emplace("contest_ballot", written(contest));
  for (const testing::ballot_draft& b : ballots) {
    if (const auto* challenge = std::get_if<challenge_item>(&b.resolution)) {
      out.emplace("seed_opening", written(challenge->device_seed));
    }
  }
  out.emplace("totals", written(election.draft.nodes.front().subtotals));
  out.emplace("total_elements", written(election.draft.nodes.front().subtotals));
}

// Rules of every method, lists, and a small allocation with its steps.
void add_rules(seed_map& out) {
  ballot_rule codes;
  codes.code = ballot_rule::list_code::separate;
  proportional_rule lists;
  lists.threshold = threshold_rule{{1, 20}, threshold_rule::base_code::votes, 0, {}};
  lists.threshold->applies = threshold_rule::scope_code::lists;
  proportional_rule custom;
  custom.method = proportional_rule::method_code::custom;
  custom.divisors = {{1, 1}, {5, 2}};
  custom.rounding = {};
  custom.remainder = {};
  custom.repair = {};
  ranking_rule stv;
  stv.method = ranking_rule::method_code::stv;
  stv.quota = ranking_rule::quota_code::droop;
  for (const rule& law : {rule{{}, plurality_rule{lists.threshold, 2}}, rule{codes, lists},
                          rule{codes, custom}, rule{{}, ranking_rule{}}, rule{{}, stv}}) {
    out.emplace("rule", law.encode());
  }
  const std::vector<party_list> parties{{"one", {{"en", "One"}}, {option_index(2)}}};
  out.emplace("party_lists", encode(parties));
  counted_contest counted;
  counted.votes = {3, 2, 1};
  counted.ballots = counted.valid = 6;
  const auto made = allocate({codes, lists}, parties, counted, {2, 0}, {});
  out.emplace("transcript", made.value().transcript.encode());
  out.emplace("allocation", make_allocation(contest_index(2), made.value()).value().encode());
}

// The log of a trustee that has answered the first openings and approved another.
void add_log(seed_map& out, const small_election& election) {
  opening_log log;
  for (const testing::opening_draft& opening : election.draft.openings) {
    const opening_request& r = opening.request;
    if (log.answered.size() < 2) {
      log.answered.push_back(
          {{r.hash(), r.contest, r.nodes(), r.closings}, opening.partials.front()});
    } else if (log.approved.empty()) {
      log.approved.push_back({r.hash(), r.contest, r.nodes(), r.closings});
    }
  }
  out.emplace("opening_log", log.encode());
  // A list stands between the sums.
  answered_request& second = log.answered.back();
  const auto& of_sum = std::get<partial_decryption>(second.answer);
  second.group = 1;
  second.answer =
      list_partial{of_sum.number, of_sum.board,    of_sum.trustee, factors_hash(bytes_of("")),
                   of_sum.proof,  of_sum.signature};
  log.approved.front().group = 2;
  out.emplace("opening_log", log.encode());
}

// A mixed list, ordered opened by those who ordered a sum opened, and an answer.
void add_list(seed_map& out, const small_election& election) {
  const testing::opening_draft& opening = election.draft.openings.front();
  list_request request;
  request.group = 1;
  request.contest = opening.request.contest;
  request.stages = 2;
  request.ciphertexts = 30;
  request.closings = opening.request.closings;
  request.election_hash = opening.request.election_hash;
  request.number = opening.request.number + 1;
  request.previous = opening.request.hash();
  request.signatures = opening.request.signatures;
  out.emplace("list_request", request.encode());
  const partial_decryption& by = opening.partials.front();
  out.emplace("list_partial", list_partial{request.number, by.board, by.trustee,
                                           factors_hash(bytes_of("")), by.proof, by.signature}
                                  .encode());
}

template <class Item>
void add_statement(seed_map& out, item_kind of, const Item& item) {
  out.emplace("statement", tool::state(of, item).encode());
}

// What travels between machines on the way to this record.
void add_exchange(seed_map& out, const small_election& election) {
  const testing::journal_draft& journal = election.draft.journals.front();
  const opening_item& opening = journal.opening;
  add_statement(out, item_kind::opening, opening);
  add_statement(out, item_kind::close, journal.close);
  add_statement(out, item_kind::head, election.draft.head);
  for (const auto& [section, items] : election.draft.items) {
    for (const testing::framed_item& item : items) {
      if (item.kind == item_kind::lot_commit) {
        add_statement(out, item.kind, lot_commit::decode(item.canonical).value());
      } else if (item.kind == item_kind::request) {
        add_statement(out, item.kind, opening_request::decode(item.canonical).value());
      } else if (item.kind == item_kind::eligibility) {
        const auto log = eligibility_item::decode(item.canonical).value();
        add_statement(out, item.kind, log);
        out.emplace(
            "tokens",
            tool::device_tokens{opening.place, log.tokens, opening.device_signature}.encode());
      }
    }
  }
  const wire_signature& signed_by_device = journal.close.device_signature;
  out.emplace("statement_signature",
              tool::statement_signature{item_kind::close, journal.close.board_digest(),
                                        board_index{1}, trustee_index{2}, signed_by_device}
                  .encode());
  tool::announcement announced{opening};
  announced.opening.board_roots.clear();
  announced.opening.signatures = {};
  out.emplace("announcement", announced.encode());
  out.emplace("seed_root",
              tool::seed_root{opening.place, opening.capacity, board_index{0}, trustee_index{1},
                              opening.board_roots.front(), signed_by_device}
                  .encode());
  const trustee_entry& trustee = election.draft.election.boards.front().trustees.front();
  out.emplace("trustee_entry",
              tool::trustee_enrolment{board_index{0}, trustee_index{1}, trustee.signing_key,
                                      trustee.encryption_key, trustee.signing_proof,
                                      trustee.encryption_proof}
                  .encode());
  out.emplace("authority_entry",
              tool::authority_enrolment{trustee.signing_key, trustee.signing_proof}.encode());
  out.emplace("agreed", tool::agreed_quorum{item_kind::close, journal.close.board_digest(),
                                            journal.close.signatures}
                            .encode());
}

void add_key_file(seed_map& out) {
  key_file file;
  file.cost = passphrase_cost::interactive();
  file.header = text("trustee 1 of board 0");
  file.box.resize(32 + key_file::tag_bytes);
  out.emplace("key_file", file.encode());
  tool::key_label label{"attempt", "town\n2026", election_domain::real, {}, {{"attempt", "1"}}};
  out.emplace("key_label", text(label.text()));
  label.seat = tool::trustee_seat{board_index{1}, trustee_index{2}};
  out.emplace("key_label", text(label.text()));
}

void add_trees(seed_map& out) {
  const digest32 leaf{byte_array<32>{std::byte{7}}};
  out.emplace("device_trees", device_trees{{{leaf, digest32{}}, {digest32{}, leaf}}}.encode());
}

void add_containers(seed_map& out, const small_election& election) {
  for (const auto& [name, content] : election.files()) {
    if (content.size() < 8192) {
      out.emplace("segment", content);
    }
  }
  out.emplace("manifest_json", text(tool::manifest_to_json(election.draft.election)));
}

// A power of the generator, and its exponent.
template <class G>
void add_group(seed_map& out, std::string_view element, std::string_view scalar) {
  const typename G::scalar exponent = G::scalar_from_u64(0x1234'5678'9abc);
  const auto octets = G::encode(G::mul_base_vartime(exponent));
  const auto number = G::encode_scalar(exponent);
  out.emplace(element, bytes(octets.begin(), octets.end()));
  out.emplace(scalar, bytes(number.begin(), number.end()));
}

void add_integer_groups(seed_map& out) {
  add_group<modp4096>(out, "modp4096_element", "modp4096_scalar");
  add_group<belenios2048>(out, "belenios2048_element", "belenios2048_scalar");
  add_group<rfc3526_2048>(out, "rfc3526_2048_element", "rfc3526_2048_scalar");
  bytes two = out.find("modp4096_element")->second;
  const auto generator = modp4096::encode(modp4096::generator());
  two.insert(two.end(), generator.begin(), generator.end());
  out.emplace("modp4096_elements", two);
  bytes numbers(3 * 64,
                std::byte{0x5A});  // a modulus, to which the highest bit comes, and two below it
  out.emplace("montgomery", numbers);
}

/// Any elements do: those of the generator's family, their hints, and bytes.
void add_kernels(seed_map& out) {
  bytes wire;
  bytes wide;
  for (std::uint64_t i = 0; i < 9; ++i) {
    const digest64 octets = sha512::of(std::array{static_cast<std::byte>(i)});
    wide.insert(wide.end(), octets.octets.begin(), octets.octets.end());
    const auto element = ristretto255::encode(ristretto255::from_uniform_bytes(octets.octets));
    wire.insert(wire.end(), element.begin(), element.end());
  }
  bytes hints(wire.size());
  ristretto255::make_hints(hints, wire);
  bytes pairs;
  for (std::size_t at = 0; at < wire.size(); at += 32) {
    const auto from = static_cast<std::ptrdiff_t>(at);
    pairs.insert(pairs.end(), wire.begin() + from, wire.begin() + from + 32);
    pairs.insert(pairs.end(), hints.begin() + from, hints.begin() + from + 32);
  }
  out.emplace("kernel_decode", wire);
  out.emplace("kernel_hints", pairs);
  out.emplace("kernel_sums", wide);
  out.emplace("kernel_multiples", bytes(wide.begin(), wide.begin() + 3 * 96));
}

void add_texts(seed_map& out) {
  out.emplace("hex", text("00ff7f80DEADbeef"));
  out.emplace("utf8", text("a\u0635\u0646\u062F\u0648\u0642 \u2028\u202E\U0001F5F3"));
  out.emplace("label", text(" \u0639\u0644\u064A\u0654 \u0643\u06CC\u200C"));  // read as Persian
  out.emplace("label", text("e\u0301 A\u030A \u1100\u1161\u11A8"));            // as English
  out.emplace("csv", text("a,\"b,\"\"c\"\"\r\nd\",\r\n1,2"));
  out.emplace("csv", text("\xEF\xBB\xBFx\n"));
  const std::string_view ballots =
      "precinct,choice1,choice2,choice3\nP-1,Ann,\"B, Bo\",undervote\nP-2,Ann,Ann,\nP-1,UWI,"
      "overvote,undervote\n";
  out.emplace("ballots", text(ballots));
}

void add_sizing(seed_map& out) {
  const auto trimmed = [](std::string_view t) {
    return text(t.substr(0, t.find_last_of('}') + 1));
  };
  out.emplace("profiles", trimmed(tool::shipped_profiles()));
  tool::machine_profile machine;
  machine.name = "m";
  machine.threads = 2;
  out.emplace("machine", trimmed(tool::machine_to_json(machine)));
}

const seed_map& all_seeds() {
  static const seed_map all = [] {
    seed_map out;
    add_items(out, signing_election());
    add_parts(out, signing_election());
    add_containers(out, signing_election());
    small_election larger(testing::eventful_scenario(), 1);
    larger.make();
    add_items(out, larger);
    add_parts(out, larger);
    add_log(out, larger);
    add_list(out, larger);
    add_exchange(out, larger);
    add_containers(out, larger);
    add_integer_groups(out);
    add_kernels(out);
    add_rules(out);
    add_texts(out);
    add_trees(out);
    add_key_file(out);
    add_sizing(out);
    for (auto& [name, input] : booth_inputs()) {
      out.emplace(name, std::move(input));
    }
    out.merge(mix_inputs());
    out.emplace("files", record_as_files(signing_election()));
    out.emplace("files", record_as_files(mixing_election()));
    for (bytes& record : records_as_items(signing_election())) {
      out.emplace("items", std::move(record));
    }
    for (bytes& record : records_as_items(mixing_election())) {
      out.emplace("mixed_items", std::move(record));
    }
    return out;
  }();
  return all;
}

}  // namespace

std::vector<seed> seeds_of(const target& family) {
  std::vector<seed> out;
  for (std::size_t row = 0; row < family.decoders.size(); ++row) {
    const auto [first, last] = all_seeds().equal_range(family.decoders[row].name);
    for (auto at = first; at != last; ++at) {
      bytes input{static_cast<std::byte>(row)};
      input.insert(input.end(), at->second.begin(), at->second.end());
      out.push_back({family.decoders[row].name, std::move(input)});
    }
  }
  return out;
}

}  // namespace sandoq::fuzzing
