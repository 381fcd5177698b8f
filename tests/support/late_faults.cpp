#include <algorithm>

#include "sandoq/elgamal/ciphertext.hpp"
#include "tests/support/record_faults.hpp"

namespace sandoq::testing {

namespace {

using G = ristretto255;

// Adds G to the beta: one vote more.
void add_a_vote(wire_ciphertext& sum) {
  sum.beta = {G::encode(G::decode(sum.beta.view()).value() + G::generator())};
}

std::vector<record_fault> tally_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  const auto at_node = [](std::size_t node, auto change) {
    return when(stage::nodes,
                [node, change](small_election& e) { change(e.draft.nodes.at(node)); });
  };
  out.push_back({"the last node is missing", tally_nodes, when(stage::items, [](small_election& e) {
                   items_of(e, record_section::tally).pop_back();
                 })});
  out.push_back({"a node stands twice", tally_nodes, when(stage::items, [](small_election& e) {
                   auto& items = items_of(e, record_section::tally);
                   items.push_back(items.back());
                 })});
  out.push_back({"a node without one of its contests", tally_nodes,
                 at_node(4, [](tally_node& n) { n.subtotals.contests.pop_back(); })});
  out.push_back({"a total with a ciphertext too few", tally_nodes,
                 at_node(6, [](tally_node& n) { n.subtotals.contests[0].sums.pop_back(); })});
  // Branches are nodes 3, 4 and 6; the others lie above.
  out.push_back({"the sum of a branch", tally_branches,
                 at_node(3, [](tally_node& n) { add_a_vote(n.subtotals.contests[1].sums[0]); })});
  out.push_back({"the Merkle root of a branch", tally_branches,
                 at_node(4, [](tally_node& n) { flip(n.merkle_root.octets); })});
  out.push_back({"the hash of a branch", tally_branches,
                 at_node(6, [](tally_node& n) { flip(n.hash.octets); })});
  out.push_back(
      {"the range of a branch", tally_branches, at_node(6, [](tally_node& n) { ++n.hi; })});
  out.push_back({"the ballots of a contest in a branch", tally_branches,
                 at_node(3, [](tally_node& n) { ++n.subtotals.contests[0].ballots; })});
  out.push_back({"the sum of a city", tally_tree,
                 at_node(2, [](tally_node& n) { add_a_vote(n.subtotals.contests[0].sums[4]); })});
  out.push_back({"the hash of an only child's parent", tally_tree,
                 at_node(5, [](tally_node& n) { flip(n.hash.octets); })});
  out.push_back({"a Merkle root of an inner node", tally_tree,
                 at_node(0, [](tally_node& n) { n.merkle_root.octets[5] = std::byte{1}; })});
  out.push_back(
      {"the range of the province", tally_tree, at_node(1, [](tally_node& n) { ++n.lo; })});
  out.push_back({"the cast ballots of the head", tally_tree,
                 when(stage::head, [](small_election& e) { ++e.draft.head.cast_ballots; })});
  return out;
}

std::vector<record_fault> request_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  const auto at_request = [](int turn, auto change) {
    return when(
        stage::request, [change](small_election& e) { change(e.draft.openings.back().request); },
        turn);
  };
  out.push_back({"a request of another number", opening_requests,
                 at_request(1, [](opening_request& r) { r.number = 2; })});
  out.push_back({"a request that follows another", opening_requests,
                 at_request(2, [](opening_request& r) { flip(r.previous.octets); })});
  out.push_back({"a request of another e1", opening_requests,
                 at_request(1, [](opening_request& r) { flip(r.election_hash.octets); })});
  out.push_back({"a request of the other domain", opening_requests,
                 at_request(1, [](opening_request& r) { r.domain = election_domain::real; })});
  out.push_back({"a request at another node", opening_requests,
                 at_request(1, [](opening_request& r) { r.places[0].node = node_index(1); })});
  out.push_back({"a total in the name of all that is below", opening_requests,
                 when(stage::request, [](small_election& e) {
                   opening_request& r = e.draft.openings.back().request;
                   r.places = {{node_index(2), e.draft.nodes[2].hash},
                               {node_index(5), e.draft.nodes[5].hash}};
                 })});
  out.push_back({"places that do not ascend", opening_requests,
                 at_request(4, [](opening_request& r) { std::swap(r.places[0], r.places[1]); })});
  out.push_back(
      {"a place and another below it", opening_requests, when(stage::nodes, [](small_election& e) {
         e.plan().parts[1].nodes = {node_index(2), node_index(4)};
       })});
  out.push_back({"a place outside the contest's scope", opening_requests,
                 at_request(3, [](opening_request& r) { r.contest = contest_index(1); })});
  out.push_back({"a request of another node hash", opening_requests,
                 at_request(2, [](opening_request& r) { flip(r.places[0].hash.octets); })});
  out.push_back({"a request of another number of ballots", opening_requests,
                 at_request(1, [](opening_request& r) { ++r.ballots; })});
  out.push_back({"a request for other ciphertexts", opening_requests,
                 at_request(1, [](opening_request& r) { add_a_vote(r.ciphertexts[0]); })});
  out.push_back({"a request of other closings", opening_requests,
                 at_request(2, [](opening_request& r) { flip(r.closings.octets); })});
  out.push_back({"a signature of a request", opening_requests,
                 when(stage::request_signed, [](small_election& e) {
                   auto& boards = e.draft.openings.back().request.signatures.boards;
                   std::swap(boards[0][0].signature, boards[1][0].signature);
                 })});
  out.push_back(
      {"a contest is not opened", opening_requests, when(stage::results, [](small_election& e) {
         e.draft.openings.resize(1);
         e.draft.subtotals.clear();
       })});
  out.push_back(
      {"a contest is opened twice", opening_requests, when(stage::results, [](small_election& e) {
         e.draft.openings.push_back(e.draft.openings.back());
       })});
  return out;
}

// Boards that open what the policy forbids, and publish it as they must.
std::vector<record_fault> policy_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  const auto also_open = [](std::uint32_t contest, std::vector<std::uint32_t> nodes) {
    const planned_opening part{contest_index(contest), {nodes.begin(), nodes.end()}};
    return when(stage::nodes, [part](small_election& e) { e.plan().parts.push_back(part); });
  };
  out.push_back({"a branch below the floor is opened", opening_policy, also_open(0, {6})});
  out.push_back({"a set that crosses another is opened", opening_policy, also_open(0, {2})});
  out.push_back({"a set is opened under another name", opening_policy, also_open(0, {4, 5})});
  out.push_back({"a part of a contest whose floor is 0", opening_policy, also_open(1, {3})});
  out.push_back({"a residual below the floor", opening_policy, when(stage::nodes, [](auto& e) {
                   // 6 of 7 ballots: the rest is the one ballot of branch 6.
                   e.plan().parts = {{contest_index(0), {node_index(2)}}};
                 })});
  return out;
}

std::vector<record_fault> lot_commit_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  const auto at_commits = [](stage s, auto change) {
    return when(s, [change](small_election& e) { change(e.draft.lot_commits); });
  };
  const auto before = stage::lot_commits;
  const auto after = stage::lot_commits_signed;
  out.push_back({"a board does not commit to a lot", lot_commitments,
                 at_commits(after, [](auto& commits) { commits.pop_back(); })});
  out.push_back({"a board commits twice", lot_commitments,
                 at_commits(after, [](auto& commits) { commits.push_back(commits.back()); })});
  out.push_back({"commitments to a lot change places", lot_commitments,
                 at_commits(after, [](auto& commits) { std::swap(commits[0], commits[1]); })});
  out.push_back({"a commitment signed by too few", lot_commitments,
                 at_commits(after, [](auto& commits) { commits[1].signatures.pop_back(); })});
  out.push_back(
      {"a commitment signed by the other board", lot_commitments,
       at_commits(after, [](auto& commits) { commits[1].signatures = commits[0].signatures; })});
  out.push_back({"a commitment exchanged after it was signed", lot_commitments,
                 at_commits(after, [](auto& commits) { flip(commits[0].commitment.octets); })});
  out.push_back({"a commitment of a board that does not exist", lot_commitments,
                 at_commits(before, [](auto& commits) { commits[1].board = board_index(0); })});
  return out;
}

std::vector<record_fault> partial_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  const auto at_partials = [](auto change) {
    return when(stage::partials,
                [change](small_election& e) { change(e, e.draft.openings.back()); });
  };
  // Signs a changed answer again as its trustee would.
  const auto sign_again = [](small_election& e, const opening_request& r, partial_decryption& p) {
    p.signature = e.sign_as(p.board.value(), p.trustee.value(),
                            {"partial", r.domain, r.election_hash, p.signed_digest(r.hash())});
  };
  out.push_back({"a factor of an answer", opening_partials,
                 at_partials([sign_again](small_election& e, opening_draft& o) {
                   std::swap(o.partials[0].factors[0], o.partials[0].factors[1]);
                   sign_again(e, o.request, o.partials[0]);
                 })});
  out.push_back({"a factor too few", opening_partials,
                 at_partials([sign_again](small_election& e, opening_draft& o) {
                   o.partials[1].factors.pop_back();
                   sign_again(e, o.request, o.partials[1]);
                 })});
  out.push_back({"a factor that is the identity", opening_partials,
                 at_partials([sign_again](small_election& e, opening_draft& o) {
                   o.partials[1].factors[2] = {};
                   sign_again(e, o.request, o.partials[1]);
                 })});
  out.push_back({"the proof of an answer", opening_partials,
                 at_partials([sign_again](small_election& e, opening_draft& o) {
                   flip(o.partials[2].proof.octets, 64);
                   sign_again(e, o.request, o.partials[2]);
                 })});
  out.push_back({"the signature of an answer", opening_partials,
                 at_partials([](small_election&, opening_draft& o) {
                   flip(o.partials[4].signature.octets, 32);
                 })});
  out.push_back({"answers change places", opening_partials,
                 at_partials([](small_election&, opening_draft& o) {
                   std::swap(o.partials[0], o.partials[1]);
                 })});
  out.push_back({"an answer stands twice", opening_partials,
                 at_partials([](small_election&, opening_draft& o) {
                   o.partials.insert(o.partials.begin(), o.partials.front());
                 })});
  out.push_back({"an answer of a trustee that does not exist", opening_partials,
                 at_partials([](small_election&, opening_draft& o) {
                   o.partials.push_back(o.partials.back());
                   o.partials.back().trustee = trustee_index(4);
                 })});
  out.push_back({"an answer to another request", opening_partials,
                 at_partials([](small_election&, opening_draft& o) { o.partials[3].number = 9; })});
  out.push_back({"one answer too few of the first board", opening_quorum,
                 at_partials([](small_election&, opening_draft& o) {
                   o.partials.erase(o.partials.begin());
                 })});
  out.push_back({"no answer of the second board", opening_quorum,
                 at_partials([](small_election&, opening_draft& o) { o.partials.resize(2); })});
  return out;
}

std::vector<record_fault> result_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  const auto at_results = [](auto change) {
    return when(stage::results, [change](small_election& e) { change(e.draft.results); });
  };
  out.push_back({"a vote moves to another option", result_counts,
                 at_results([](std::vector<contest_result>& r) {
                   ++r[0].counts[3];
                   --r[0].counts[1];
                 })});
  out.push_back({"a result is missing", result_counts,
                 at_results([](std::vector<contest_result>& r) { r.pop_back(); })});
  out.push_back({"a result stands twice", result_counts,
                 at_results([](std::vector<contest_result>& r) { r.push_back(r.back()); })});
  out.push_back({"results change places", result_counts,
                 at_results([](std::vector<contest_result>& r) { std::swap(r[0], r[1]); })});
  out.push_back({"the ballots of a result", result_counts,
                 at_results([](std::vector<contest_result>& r) { ++r[1].ballots; })});
  out.push_back({"a count too many", result_counts,
                 at_results([](std::vector<contest_result>& r) { r[1].counts.push_back(0); })});
  out.push_back(
      {"a count larger than any number of ballots", result_counts,
       at_results([](std::vector<contest_result>& r) { r[0].counts[0] = ~std::uint64_t{0}; })});
  out.push_back({"another is elected", result_seats, at_results([](std::vector<contest_result>& r) {
                   r[0].seats.elected.back() = option_index(3);
                 })});
  out.push_back(
      {"an alternate is left out", result_seats,
       at_results([](std::vector<contest_result>& r) { r[0].seats.alternates.clear(); })});
  out.push_back({"a tie that is none", result_seats, at_results([](std::vector<contest_result>& r) {
                   r[1].seats.ties.push_back({1, 0, {option_index(0), option_index(1)}});
                 })});
  return out;
}

std::vector<record_fault> subtotal_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  const auto at_subtotals = [](auto change) {
    return when(stage::results, [change](small_election& e) { change(e.draft.subtotals); });
  };
  out.push_back({"a vote moves in a subtotal", result_subtotals, at_subtotals([](auto& s) {
                   ++s[0].counts[3];
                   --s[0].counts[1];
                 })});
  out.push_back(
      {"a subtotal is missing", result_subtotals, at_subtotals([](auto& s) { s.pop_back(); })});
  out.push_back({"a subtotal stands twice", result_subtotals,
                 at_subtotals([](auto& s) { s.push_back(s.back()); })});
  out.push_back({"subtotals change places", result_subtotals,
                 at_subtotals([](auto& s) { std::swap(s[0], s[1]); })});
  out.push_back({"the number of a subtotal", result_subtotals,
                 at_subtotals([](auto& s) { s[1].number = 1; })});
  out.push_back({"the ballots of a subtotal", result_subtotals,
                 at_subtotals([](auto& s) { ++s[1].ballots; })});
  out.push_back({"a count too few in a subtotal", result_subtotals,
                 at_subtotals([](auto& s) { s[1].counts.pop_back(); })});
  return out;
}

// The mayor's options 1 and 2 tie for the alternate; equal attributes leave them to the lot.
std::vector<record_fault> tie_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  const auto at_ties = [](stage s, auto change) {
    return when(s, [change](small_election& e) { change(e.draft.ties); });
  };
  const auto before = stage::ties;
  const auto after = stage::ties_signed;
  const auto fault = [&](std::string name, small_election::tampering tamper) {
    out.push_back({std::move(name), result_ties, std::move(tamper)});
  };
  fault("the order of a lot", at_ties(after, [](tie_items& t) {
          std::swap(t.resolutions[0].options[0], t.resolutions[0].options[1]);
        }));
  fault("a resolution is missing", at_ties(after, [](tie_items& t) { t.resolutions.clear(); }));
  fault("a resolution stands twice",
        at_ties(after, [](tie_items& t) { t.resolutions.push_back(t.resolutions[0]); }));
  fault("a resolution of a tie that is none",
        at_ties(after, [](tie_items& t) { t.resolutions[0].tie = 1; }));
  fault("a resolution names a third option",
        at_ties(after, [](tie_items& t) { t.resolutions[0].options.push_back(option_index(0)); }));
  fault("attributes that the authority did not sign",
        at_ties(after, [](tie_items& t) { t.attributes[0].options[0].values[0] ^= 2; }));
  fault("attributes are missing", at_ties(after, [](tie_items& t) { t.attributes.clear(); }));
  fault("attributes that nobody asked for",
        at_ties(after, [](tie_items& t) { t.attributes.push_back(t.attributes[0]); }));
  fault("a value too many in the attributes",
        at_ties(before, [](tie_items& t) { t.attributes[0].options[1].values.push_back(0); }));
  fault("a board reveals something else",
        at_ties(before, [](tie_items& t) { flip(t.reveals[1].value); }));
  fault("a board does not reveal", at_ties(after, [](tie_items& t) { t.reveals.pop_back(); }));
  fault("reveals change places",
        at_ties(after, [](tie_items& t) { std::swap(t.reveals[0], t.reveals[1]); }));
  fault("the beacon is missing", at_ties(after, [](tie_items& t) { t.beacon.reset(); }));
  fault("a beacon that the boards did not sign",
        at_ties(after, [](tie_items& t) { flip(t.beacon->value); }));
  return out;
}

}  // namespace

std::vector<record_fault> late_faults() {
  std::vector<record_fault> out = tally_faults();
  for (auto part : {lot_commit_faults(), request_faults(), policy_faults(), partial_faults(),
                    result_faults(), subtotal_faults(), tie_faults()}) {
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

}  // namespace sandoq::testing
