// Faults of the mix, of the opening of its lists, and of allocations, in mixed_scenario().

#include <algorithm>
#include <utility>

#include "tests/support/record_faults.hpp"

namespace sandoq::testing {

namespace {

using G = ristretto255;

// In a record with a mix.
void add(std::vector<record_fault>& out, std::string name, check_id fails,
         small_election::tampering tamper) {
  out.push_back({std::move(name), fails, std::move(tamper), {}, mixed_scenario});
}

// When everything is made; what rests on the fault is not run anyway.
template <class Change>
small_election::tampering at_the_end(Change change) {
  return when(stage::results, [change](small_election& e) { change(e.draft.mixed); });
}

// The places of a group, with what the tally has of them.
void place(small_election& e, mix_group& group, const std::vector<std::uint32_t>& nodes,
           std::uint32_t each) {
  group.places.clear();
  group.ballots = 0;
  for (const std::uint32_t node : nodes) {
    group.places.push_back({node_index(node), e.draft.nodes[node].hash});
    for (const auto& total : e.draft.nodes[node].subtotals.contests) {
      group.ballots += total.contest == group.contest ? total.ballots : 0;
    }
  }
  group.ciphertexts = static_cast<std::uint32_t>(group.ballots * each);
}

// Groups 1 and 2 are of the deputies, three slots a ballot: branch 3, and branches 4 and 6.
std::vector<record_fault> group_faults() {
  std::vector<record_fault> out;
  const auto fault = [&out](std::string name, auto change) {
    add(out, std::move(name), check_id::mix_groups, at_the_end(change));
  };
  const auto with_places = [&out](std::string name, std::size_t group,
                                  std::vector<std::uint32_t> nodes) {
    add(out, std::move(name), check_id::mix_groups,
        when(stage::results, [group, nodes](small_election& e) {
          place(e, e.draft.mixed[group].group, nodes, 3);
        }));
  };
  fault("the number of a group", [](auto& mixed) { ++mixed[1].group.group; });
  fault("a group is missing", [](auto& mixed) { mixed.pop_back(); });
  fault("no group at all", [](auto& mixed) { mixed.clear(); });
  fault("groups of a contest change places", [](auto& mixed) {
    std::swap(mixed[0], mixed[1]);
    std::swap(mixed[0].group.group, mixed[1].group.group);
  });
  fault("contests change places", [](auto& mixed) {
    std::swap(mixed[1], mixed[2]);
    std::swap(mixed[1].group.group, mixed[2].group.group);
  });
  fault("a group stands twice", [](auto& mixed) {
    mixed.push_back(mixed.back());
    ++mixed.back().group.group;
  });
  fault("a group of a contest that is added up",
        [](auto& mixed) { mixed[0].group.contest = contest_index(0); });
  fault("a group of no contest", [](auto& mixed) { mixed[3].group.contest = contest_index(5); });
  fault("the node hash of a group",
        [](auto& mixed) { flip(mixed[0].group.places[0].hash.octets); });
  fault("the ballots of a group", [](auto& mixed) { ++mixed[1].group.ballots; });
  fault("N of a group", [](auto& mixed) { --mixed[1].group.ciphertexts; });
  fault("a place of a group that does not exist",
        [](auto& mixed) { mixed[0].group.places[0].node = node_index(7); });
  with_places("a branch in two groups", 1, {2, 6});
  with_places("a branch in no group", 1, {4});
  with_places("places of a group that do not ascend", 1, {6, 4});
  with_places("a place of a group and another below it", 0, {2, 3});
  with_places("a place of a group outside the scope", 2, {6});
  return out;
}

std::vector<record_fault> stage_faults() {
  std::vector<record_fault> out;
  const auto fault = [&out](std::string name, auto change) {
    add(out, std::move(name), check_id::mix_stages, at_the_end(change));
  };
  // Of the second stage of the first group, signed again.
  const auto signed_fault = [&out](std::string name, auto change) {
    add(out, std::move(name), check_id::mix_stages,
        when(
            stage::mix_stage,
            [change](auto& e) {
              mixed_stage& last = e.draft.mixed.back().stages.back();
              change(last);
              e.sign_again(last);
            },
            2));
  };
  fault("the signature of a stage",
        [](auto& mixed) { flip(mixed[0].stages[0].item.signature.octets, 32); });
  fault("a list that is not the signed one",
        [](auto& mixed) { flip(mixed[0].stages[1].outputs, 40); });
  fault("no trustee of the second board has mixed",
        [](auto& mixed) { mixed[2].stages.pop_back(); });
  fault("nobody has mixed a group", [](auto& mixed) { mixed[1].stages.clear(); });
  fault("stages change places",
        [](auto& mixed) { std::swap(mixed[0].stages[0], mixed[0].stages[1]); });
  fault("a stage stands twice",
        [](auto& mixed) { mixed[1].stages.push_back(mixed[1].stages.back()); });
  fault("stages of two groups change places",
        [](auto& mixed) { std::swap(mixed[0].stages[1], mixed[1].stages[1]); });
  signed_fault("a stage of another group", [](mixed_stage& s) { ++s.item.group; });
  signed_fault("the number of a stage", [](mixed_stage& s) { ++s.item.stage; });
  signed_fault("a stage that took another list",
               [](mixed_stage& s) { flip(s.item.previous.octets); });
  signed_fault("a stage by a trustee who has mixed before", [](mixed_stage& s) {
    s.item.board = board_index(0);
    s.item.trustee = trustee_index(1);
  });
  signed_fault("a proof that is too long",
               [](mixed_stage& s) { s.item.proof.resize(s.item.proof.size() + 32); });
  signed_fault("a list with a ciphertext too many",
               [](mixed_stage& s) { s.outputs.resize(s.outputs.size() + 64); });
  signed_fault("a list with a ciphertext too few",
               [](mixed_stage& s) { s.outputs.resize(s.outputs.size() - 64); });
  return out;
}

// Of the last stage of a group, signed again: the requests and answers are for that list.
std::vector<record_fault> shuffle_faults() {
  std::vector<record_fault> out;
  const auto fault = [&out](std::string name, auto change, int turn = 2) {
    add(out, std::move(name), check_id::mix_proofs,
        when(
            stage::mix_stage,
            [change](auto& e) {
              mixed_stage& last = e.draft.mixed.back().stages.back();
              change(e, last);
              e.sign_again(last);
            },
            turn));
  };
  fault("a scalar of a proof",
        [](auto&, mixed_stage& s) { flip(s.item.proof, s.item.proof.size() - 32); });
  fault("a scalar of a proof that is none", [](auto&, mixed_stage& s) {
    std::ranges::copy(scalar_too_large(), s.item.proof.end() - 32);
  });
  fault("an element of a proof that is none", [](auto&, mixed_stage& s) {
    std::ranges::copy(bytes_of_no_element(), s.item.proof.begin());
  });
  fault(
      "an element of a list that is none",
      [](auto&, mixed_stage& s) {
        std::ranges::copy(bytes_of_no_element(), s.outputs.begin() + 64);
      },
      4);
  fault(
      "a mixed list with another vote in it",
      [](auto&, mixed_stage& s) {
        const byte_span beta = byte_span(s.outputs).subspan(32, 32);
        std::ranges::copy(G::encode(G::decode(beta).value() + G::generator()), beta.begin());
      },
      6);
  fault("an alpha of a mixed list that is the identity",
        [](auto&, mixed_stage& s) { std::fill_n(s.outputs.begin(), 32, std::byte{0}); });
  fault("a ciphertext that was not encrypted anew", [](auto& e, mixed_stage& s) {
    const bytes& taken = e.draft.mixed.back().stages[0].outputs;
    std::copy_n(taken.begin() + 64, 64, s.outputs.begin());
  });
  return out;
}

std::vector<record_fault> list_request_faults() {
  std::vector<record_fault> out;
  // Of the request for the second group, before it is signed.
  const auto fault = [&out](std::string name, auto change) {
    add(out, std::move(name), check_id::opening_requests,
        when(
            stage::list_request, [change](small_election& e) { change(e.at_group().request); }, 2));
  };
  fault("a list request of another e1", [](list_request& r) { flip(r.election_hash.octets); });
  fault("a list request of the other domain",
        [](list_request& r) { r.domain = election_domain::real; });
  fault("the number of a list request", [](list_request& r) { ++r.number; });
  fault("a list request that follows another", [](list_request& r) { flip(r.previous.octets); });
  fault("the group of a list request", [](list_request& r) { --r.group; });
  fault("the contest of a list request", [](list_request& r) { r.contest = contest_index(3); });
  fault("the stages of a list request", [](list_request& r) { ++r.stages; });
  fault("the ciphertexts of a list request", [](list_request& r) { --r.ciphertexts; });
  fault("the list of a list request", [](list_request& r) { flip(r.list.octets); });
  fault("a list request of other closings", [](list_request& r) { flip(r.closings.octets); });
  add(out, "a signature of a list request", check_id::opening_requests,
      when(stage::list_request_signed, [](small_election& e) {
        auto& boards = e.at_group().request.signatures.boards;
        std::swap(boards[0][0].signature, boards[1][0].signature);
      }));
  add(out, "a list is not opened", check_id::opening_requests,
      when(stage::items, [](small_election& e) {
        auto& items = items_of(e, record_section::opening);
        const auto of_list = [](const framed_item& i) { return i.kind == item_kind::list_request; };
        const auto last = std::find_if(items.rbegin(), items.rend(), of_list).base() - 1;
        const auto end = std::find_if(last + 1, items.end(), [](const framed_item& i) {
          return i.kind != item_kind::list_partial;
        });
        items.erase(last, end);
      }));
  add(out, "a list below the floor is opened", check_id::opening_policy,
      when(stage::manifest, [](small_election& e) { e.draft.election.contests[2].floor = 4; }));
  return out;
}

std::vector<record_fault> list_partial_faults() {
  std::vector<record_fault> out;
  using answers = std::vector<list_answer>;
  const auto fault = [&out](std::string name, check_id fails, auto change) {
    add(out, std::move(name), fails,
        when(
            stage::list_partials, [change](small_election& e) { change(e, e.at_group().answers); },
            3));
  };
  // Signs a changed answer again as its trustee would, over the hash of its factors.
  const auto sign_again = [](small_election& e, list_answer& a) {
    const list_request& r = e.at_group().request;
    a.item.factors = factors_hash(a.factors);
    a.item.signature =
        e.sign_as(a.item.board.value(), a.item.trustee.value(),
                  {"partial", r.domain, r.election_hash, a.item.signed_digest(r.hash())});
  };
  const auto partials = check_id::opening_partials;
  fault("factors of a list change places", partials, [sign_again](auto& e, answers& a) {
    std::swap_ranges(a[0].factors.begin(), a[0].factors.begin() + 32, a[0].factors.begin() + 32);
    sign_again(e, a[0]);
  });
  fault("a factor of a list too few", partials, [sign_again](auto& e, answers& a) {
    a[1].factors.resize(a[1].factors.size() - 32);
    sign_again(e, a[1]);
  });
  fault("a factor of a list that is none", partials, [sign_again](auto& e, answers& a) {
    std::ranges::copy(bytes_of_no_element(), a[1].factors.begin());
    sign_again(e, a[1]);
  });
  fault("factors that are not those of the answer", partials,
        [](auto&, answers& a) { std::swap(a[0].factors, a[1].factors); });
  fault("the proof of an answer for a list", partials, [sign_again](auto& e, answers& a) {
    flip(a[2].item.proof.octets, 64);
    sign_again(e, a[2]);
  });
  fault("the signature of an answer for a list", partials,
        [](auto&, answers& a) { flip(a[4].item.signature.octets, 32); });
  fault("answers for a list change places", partials,
        [](auto&, answers& a) { std::swap(a[0], a[1]); });
  fault("an answer for a list stands twice", partials,
        [](auto&, answers& a) { a.insert(a.begin(), a.front()); });
  fault("an answer for another list", partials, [](auto&, answers& a) { a[3].item.number = 1; });
  fault("one answer for a list too few", check_id::opening_quorum,
        [](auto&, answers& a) { a.erase(a.begin()); });
  const auto at_items = [&out](std::string name, auto change) {
    add(out, std::move(name), check_id::opening_partials,
        when(stage::items, [change](small_election& e) {
          auto& items = items_of(e, record_section::mix);
          change(items, std::find_if(items.begin(), items.end(), [](const framed_item& i) {
                   return i.kind == item_kind::mix_factors;
                 }));
        }));
  };
  at_items("factors of an answer are missing",
           [](auto& items, auto first) { items.erase(first, first + 2); });
  at_items("factors that no answer has", [](auto& items, auto first) {
    const std::vector<framed_item> twice(first, first + 2);
    items.insert(first, twice.begin(), twice.end());
  });
  at_items("factors under another trustee's name",
           [](auto&, auto first) { flip(first->canonical, 8); });
  at_items("the number of factors", [](auto&, auto first) { flip(first->canonical, 12); });
  return out;
}

std::vector<record_fault> mix_item_faults() {
  std::vector<record_fault> out;
  add(out, "a list without its parts", check_id::record_items,
      when(stage::items, [](small_election& e) {
        std::erase_if(items_of(e, record_section::mix),
                      [](const framed_item& i) { return i.kind == item_kind::mix_elements; });
      }));
  add(out, "a stage after the factors", check_id::record_items,
      when(stage::items, [](small_election& e) {
        auto& items = items_of(e, record_section::mix);
        std::rotate(items.begin() + 1, items.begin() + 3, items.begin() + 7);
      }));
  add(out, "a signature of a stage that does not decode", check_id::record_elements,
      at_the_end([](auto& mixed) {
        std::ranges::copy(bytes_of_no_element(), mixed[0].stages[0].item.signature.octets.begin());
      }));
  return out;
}

std::vector<record_fault> allocation_faults() {
  std::vector<record_fault> out;
  const auto fault = [&out](std::string name, auto change) {
    add(out, std::move(name), check_id::result_allocations,
        when(stage::allocations, [change](small_election& e) { change(e.draft.allocations); }));
  };
  fault("an allocation elects another",
        [](auto& all) { all[0].elected.front() = option_index(1); });
  fault("an allocation is missing", [](auto& all) { all.clear(); });
  fault("an allocation stands twice", [](auto& all) { all.push_back(all[0]); });
  fault("the contest of an allocation", [](auto& all) { all[0].contest = contest_index(3); });
  fault("a step of an allocation is left out",
        [](auto& all) { all[0].transcript.steps.pop_back(); });
  return out;
}

}  // namespace

std::vector<record_fault> mix_faults() {
  std::vector<record_fault> out = mix_item_faults();
  for (auto part : {group_faults(), stage_faults(), shuffle_faults(), list_request_faults(),
                    list_partial_faults(), allocation_faults()}) {
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

}  // namespace sandoq::testing
