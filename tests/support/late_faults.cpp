#include <algorithm>

#include "sandoq/elgamal/ciphertext.hpp"
#include "tests/support/record_faults.hpp"

namespace sandoq::testing {

namespace {

using G = ristretto255;

void flip(byte_span octets, std::size_t at = 0) {
  octets[at] ^= std::byte{1};
}

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
                 at_request(1, [](opening_request& r) { r.node = node_index(1); })});
  out.push_back({"a request of another range", opening_requests,
                 at_request(2, [](opening_request& r) { ++r.hi; })});
  out.push_back({"a request of another node hash", opening_requests,
                 at_request(2, [](opening_request& r) { flip(r.node_hash.octets); })});
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
  out.push_back({"a contest is not opened", opening_requests,
                 when(stage::results, [](small_election& e) { e.draft.openings.pop_back(); })});
  out.push_back(
      {"a contest is opened twice", opening_requests, when(stage::results, [](small_election& e) {
         e.draft.openings.push_back(e.draft.openings.back());
       })});
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

}  // namespace

std::vector<record_fault> late_faults() {
  std::vector<record_fault> out = tally_faults();
  for (auto part : {request_faults(), partial_faults(), result_faults()}) {
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

}  // namespace sandoq::testing
