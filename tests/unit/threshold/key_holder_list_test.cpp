// Requests for sums and for mixed lists in one chain, by a trustee's own log. SPEC(55.7)
// SPEC(55.11)

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "tests/support/list_fixture.hpp"
#include "tests/unit/threshold/key_holder_fixture.hpp"

namespace sandoq::key_holder_list_test {
namespace {

using group = ristretto255;
using testing::list_fixture;

// Where a group's ballots lie, and its last list.
struct mixed_group {
  std::vector<node_index> nodes;
  list_fixture list;
};

// Contest 0 is added up; contest 1 is packed, in groups 1 and 2; contest 2 has slots, all in group
// 3, and its blanks are added up. So requests 1 and 2 are totals, 3 to 5 are lists.
class KeyHolderList : public testing::key_holder_fixture {
 protected:
  KeyHolderList() {
    grounds_ = testing::make_grounds({{60, 55, 25}, {40, 30, 20}, {0, 70, 80}}, 30,
                                     {{true, 0}, {false, 1}, {true, 2}});
  }
  void SetUp() override {
    key_holder_fixture::SetUp();
    groups_.push_back(make_group(1, 1, {1}, 2));
    groups_.push_back(make_group(2, 1, {2, 3}, 2));
    groups_.push_back(make_group(3, 2, {0}, 1));
  }
  mixed_group make_group(std::uint32_t number, std::uint32_t contest,
                         std::vector<std::uint32_t> nodes, std::size_t width) {
    std::vector<group::element> plaintexts;
    for (int i = 0; i < 6; ++i) {
      plaintexts.push_back(group::from_uniform_bytes(random_.octets<64>()));
    }
    mixed_group out{{nodes.begin(), nodes.end()}, list_fixture(election_, plaintexts, width)};
    out.list.request().group = number;
    out.list.request().contest = contest_index(contest);
    out.list.request().closings = request_.closings;
    return out;
  }
  key_holder::own_list own(const mixed_group& g, const list_subject& subject) const {
    return {grounds_, subject, 3, g.nodes, g.list.width(), g.list.list().octets()};
  }
  // Whether it is signed or not, a request for a list of that group after all in the log.
  list_request next_list(const key_holder& to, std::size_t g) {
    list_request out = groups_[g - 1].list.request();
    const opening_log& log = to.log();
    out.number = static_cast<std::uint32_t>(to.logged()) + 1;
    out.previous = !log.approved.empty()  ? log.approved.back().hash
                   : log.answered.empty() ? digest32{}
                                          : log.answered.back().hash;
    sign_blindly(out);
    return out;
  }
  result<wire_signature> approve_list(key_holder& by, const list_request& request, std::size_t g) {
    return by.approve(request, own(groups_[g - 1], request.subject()), random_);
  }
  result<list_answer> answer_list(key_holder& by, const list_request& request, std::size_t g) {
    return by.answer(request, own(groups_[g - 1], request.subject()), random_, workers_);
  }
  result<wire_signature> approve_sum(key_holder& by, const opening_request& request) {
    return by.approve(request, {grounds_, request.subject(), 3}, random_);
  }
  result<partial_decryption> answer_sum(key_holder& by, const opening_request& request) {
    return by.answer(request, {grounds_, request.subject(), 3}, random_);
  }
  // A trustee that has approved both totals, and answered them if asked for.
  key_holder after_totals(bool answered = true) {
    key_holder by = with_log({});
    for (const auto& [ballots, contest] : {std::pair{140U, 0U}, std::pair{150U, 2U}}) {
      const auto total = chained(by, ballots, contest, {node_index(0)});
      EXPECT_TRUE(approve_sum(by, total));
      if (answered) {
        EXPECT_TRUE(answer_sum(by, total));
      }
    }
    return by;
  }
  // What both approve() and answer() say to it, where nothing may change the log.
  std::string refusal(key_holder& by, const list_request& request,
                      const key_holder::own_list& own) {
    const opening_log before = by.log();
    const auto approved = by.approve(request, own, random_);
    const auto answered = by.answer(request, own, random_, workers_);
    EXPECT_EQ(by.log(), before);
    if (approved || answered) {
      return "is not refused";
    }
    EXPECT_EQ(approved.error().place, answered.error().place);
    return approved.error().place + ": " + approved.error().reason;
  }
  std::string refusal(key_holder& by, const list_request& request, std::size_t g) {
    return refusal(by, request, own(groups_[g - 1], request.subject()));
  }
  bool is_right(const list_request& request, const list_answer& answer, std::size_t g) {
    const mixed_group& of = groups_[g - 1];
    const auto decoded =
        decode_elements(request, of.list.width(), of.list.list().octets(), workers_);
    return verify(decoded.value(), groups_[g - 1].list.trustee(2), answer.item, answer.factors,
                  workers_)
        .holds();
  }

  std::vector<mixed_group> groups_;
  sequential_executor workers_;
};

bool same(const list_answer& a, const list_answer& b) {
  return a.item == b.item && a.factors == b.factors;
}

TEST_F(KeyHolderList, TakesBothKindsInOneChainAndAnswersThemLater) {
  key_holder first = with_log({});
  std::vector<std::variant<opening_request, list_request>> chain;
  const auto approve_next = [&](auto request, std::size_t g) {
    result<wire_signature> approved = tl::unexpected(error{});
    if constexpr (std::is_same_v<decltype(request), list_request>) {
      approved = approve_list(first, request, g);
    } else {
      approved = approve_sum(first, request);
    }
    ASSERT_TRUE(approved) << to_string(approved.error());
    chain.emplace_back(std::move(request));
  };
  approve_next(chained(first, 140, 0, {node_index(0)}), 0);
  approve_next(chained(first, 150, 2, {node_index(0)}), 0);
  for (std::size_t g = 1; g <= 3; ++g) {
    approve_next(next_list(first, g), g);
  }
  // Blanks of one branch, and a part of what is added up only.
  approve_next(chained(first, 70, 2, {node_index(2)}), 0);
  approve_next(chained(first, 60, 0, {node_index(1)}), 0);
  ASSERT_EQ(first.logged(), 7U);
  EXPECT_EQ(first.log().approved[3], (logged_request{std::get<list_request>(chain[3]).hash(),
                                                     contest_index(1),
                                                     {node_index(2), node_index(3)},
                                                     request_.closings,
                                                     2}));

  // The program ends and comes back before every answer; it answers nothing ahead of its turn.
  opening_log stored = first.log();
  for (std::size_t i = 0; i < chain.size(); ++i) {
    key_holder later = with_log(opening_log::decode(stored.encode()).value());
    for (std::size_t at : {std::min(i + 1, chain.size() - 1), i}) {
      bool answered = false;
      if (const auto* list = std::get_if<list_request>(&chain[at])) {
        answered = answer_list(later, *list, list->group).has_value();
      } else {
        answered = answer_sum(later, std::get<opening_request>(chain[at])).has_value();
      }
      EXPECT_EQ(answered, at == i);
    }
    stored = later.log();
    EXPECT_EQ(stored.answered.size(), i + 1);
  }
  EXPECT_TRUE(stored.approved.empty());
}

TEST_F(KeyHolderList, AnswersOnceAndRepeatsItsBytes) {
  key_holder by = after_totals();
  for (std::size_t g = 1; g <= 3; ++g) {
    const list_request request = next_list(by, g);
    ASSERT_TRUE(g == 2 || approve_list(by, request, g));  // having signed it is no condition
    const auto given = answer_list(by, request, g);
    ASSERT_TRUE(given) << to_string(given.error());
    EXPECT_TRUE(is_right(request, *given, g));
    EXPECT_EQ(given->item.number, 2 + g);
    EXPECT_TRUE(by.log().approved.empty());
    EXPECT_EQ(std::get<list_partial>(by.log().answered.back().answer), given->item);
    const auto again = answer_list(by, request, g);
    ASSERT_TRUE(again) << to_string(again.error());
    EXPECT_TRUE(same(*again, *given));
    by = with_log(opening_log::decode(by.log().encode()).value());
    EXPECT_TRUE(same(answer_list(by, request, g).value(), *given));
    EXPECT_TRUE(approve_list(by, request, g));
    EXPECT_EQ(by.answered(), 2 + g);
  }
  const auto blanks = chained(by, 70, 2, {node_index(2)});
  EXPECT_TRUE(answer_sum(by, blanks));
}

TEST_F(KeyHolderList, OpensNothingButWhatItsOwnRecordHolds) {
  key_holder by = after_totals();
  const list_request request = next_list(by, 1);
  const std::vector<std::function<void(list_subject&)>> changes = {
      [](list_subject& s) { s.group = 2; },
      [](list_subject& s) { s.contest = contest_index(2); },
      [](list_subject& s) { s.stages = 3; },
      [](list_subject& s) { s.ciphertexts = 4; },
      [](list_subject& s) { s.list.octets[0] ^= std::byte{1}; },
      [](list_subject& s) { s.closings.octets[0] ^= std::byte{1}; },
  };
  for (const auto& change : changes) {
    list_subject other = request.subject();
    change(other);
    EXPECT_EQ(refusal(by, request, own(groups_[0], other)),
              "request 3/subject: is not what the verified record holds for these places");
  }
  list_request other = request;
  other.election_hash.octets[0] ^= std::byte{1};
  EXPECT_EQ(refusal(by, other, 1), "request 3/e1: is for another election or domain");
  other = request;
  other.domain = election_domain::real;
  EXPECT_EQ(refusal(by, other, 1), "request 3/e1: is for another election or domain");
  other = request;
  other.group = 0;
  EXPECT_EQ(refusal(by, other, 1), "request 3/group: groups are numbered from 1");
}

TEST_F(KeyHolderList, KeepsTheChain) {
  key_holder by = after_totals();
  const list_request request = next_list(by, 1);
  list_request other = request;
  other.number = 4;
  EXPECT_EQ(refusal(by, other, 1).substr(0, 16), "request 4/number");
  other.number = 0;
  EXPECT_EQ(refusal(by, other, 1).substr(0, 16), "request 0/number");
  other = request;
  other.previous.octets[0] ^= std::byte{1};
  EXPECT_EQ(refusal(by, other, 1),
            "request 3/previous: is not request 2, which was approved or answered here");
  other = request;
  other.closings.octets[0] ^= std::byte{1};
  EXPECT_EQ(refusal(by, other, 1).substr(0, 18), "request 3/closings");
  // Under a number of the log stands one request only, of whichever kind.
  other = request;
  other.number = 2;
  EXPECT_EQ(refusal(by, other, 1),
            "request 2/number: another request was answered under this number; its list stands");
  ASSERT_TRUE(approve_list(by, request, 1));
  other = request;
  other.stages = 9;
  EXPECT_EQ(refusal(by, other, 1),
            "request 3/number: another request was approved under this number; its list stands");
  const auto sum = following(2, by.log().answered[1].hash, 60, 0, {node_index(1)});
  EXPECT_EQ(answer_sum(by, sum).error().place, "request 3/number");
  // The same request, whose group has other places by now.
  mixed_group moved = groups_[0];
  moved.nodes = {node_index(1), node_index(3)};
  EXPECT_EQ(refusal(by, request, own(moved, request.subject())),
            "request 3/places: its group had another contest or other places when it was approved "
            "here");
  EXPECT_TRUE(answer_list(by, request, 1));
  EXPECT_EQ(refusal(by, request, own(moved, request.subject())).substr(0, 16), "request 3/places");
}

TEST_F(KeyHolderList, KeepsTheTurn) {
  key_holder by = with_log({});
  EXPECT_EQ(refusal(by, next_list(by, 1), 1),
            "request 1/turn: the first requests are the totals; number 1 must be that of contest 0 "
            "at node 0");
  by = after_totals();
  EXPECT_EQ(refusal(by, next_list(by, 2), 2),
            "request 3/turn: after the totals come the lists of all groups; number 3 must be that "
            "of group 1");
  const auto early = chained(by, 60, 0, {node_index(1)});
  EXPECT_EQ(approve_sum(by, early).error().place, "request 3/turn");
  EXPECT_EQ(answer_sum(by, early).error().place, "request 3/turn");
  const auto of_packed = chained(by, 40, 1, {node_index(1)});
  EXPECT_EQ(approve_sum(by, of_packed).error().reason,
            "contest 1 has no sums: only its lists are opened");
  for (std::size_t g = 1; g <= 3; ++g) {
    ASSERT_TRUE(answer_list(by, next_list(by, g), g));
  }
  list_request request = next_list(by, 3);
  request.group = 4;
  EXPECT_EQ(refusal(by, request, 3).substr(0, 14), "request 6/turn");
}

TEST_F(KeyHolderList, KeepsThePolicyOverBothKinds) {
  key_holder by = after_totals();
  const list_request one = next_list(by, 1);
  // Of places that are none, without a ballot, or too few ballots.
  mixed_group other = groups_[0];
  other.nodes = {};
  EXPECT_EQ(refusal(by, one, own(other, one.subject())).substr(0, 16), "request 3/places");
  other.nodes = {node_index(3), node_index(1)};
  EXPECT_EQ(refusal(by, one, own(other, one.subject())).substr(0, 16), "request 3/places");
  other.nodes = {node_index(3)};
  EXPECT_EQ(refusal(by, one, own(other, one.subject())),
            "request 3/policy: request 3 (list of group 1, node 3: 20 ballots) is too small, below "
            "the floor of 30");
  ASSERT_TRUE(answer_list(by, one, 1));
  const list_request two = next_list(by, 2);
  mixed_group wider = groups_[1];
  wider.nodes = {node_index(0)};
  EXPECT_EQ(refusal(by, two, own(wider, two.subject())),
            "request 4/policy: request 3 (list of group 1, node 1: 40 ballots) and request 4 (list "
            "of group 2, node 0: 90 ballots) share 40 ballots; a ballot is in one list");
  ASSERT_TRUE(approve_list(by, two, 2));
  ASSERT_TRUE(approve_list(by, next_list(by, 3), 3));
  // What a list has opened is not opened again as a sum of too few, nor is its rest.
  grounds_ = testing::make_grounds({{60, 55, 25}, {40, 30, 20}, {0, 70, 20}}, 30,
                                   {{true, 0}, {false, 1}, {true, 2}});
  EXPECT_EQ(approve_sum(by, chained(by, 70, 2, {node_index(2)})).error().place, "request 6/policy");
}

TEST_F(KeyHolderList, ReadsTheQuorumAndTheListItself) {
  key_holder by = after_totals();
  const list_request request = next_list(by, 1);
  ASSERT_TRUE(approve_list(by, request, 1));
  const opening_log before = by.log();
  const auto refused = [&](const list_request& asked, const key_holder::own_list& own) {
    const auto answer = by.answer(asked, own, random_, workers_);
    EXPECT_FALSE(answer);
    EXPECT_EQ(by.log(), before);
    return answer ? std::string() : answer.error().place;
  };
  list_request other = request;
  other.signatures.boards[1].pop_back();
  other.signatures.boards[1].pop_back();
  EXPECT_EQ(refused(other, own(groups_[0], other.subject())), "request 3/quorum");
  other = request;
  other.signatures.boards[0][0].signature.octets[60] ^= std::byte{1};
  EXPECT_EQ(refused(other, own(groups_[0], other.subject())), "request 3/quorum");
  const auto octets = groups_[0].list.list().octets();
  const auto with = [&](byte_view list, std::size_t width) {
    auto out = own(groups_[0], request.subject());
    out.list = list;
    out.width = width;
    return refused(request, out);
  };
  EXPECT_EQ(with(octets.first(octets.size() - 64), 2), "request 3/ciphertexts");
  EXPECT_EQ(with(octets, 1), "request 3/ciphertexts");
  bytes changed(octets.begin(), octets.end());
  std::swap_ranges(changed.begin(), changed.begin() + 64, changed.begin() + 64);
  EXPECT_EQ(with(changed, 2), "request 3/list");
  EXPECT_TRUE(answer_list(by, request, 1));
}

TEST_F(KeyHolderList, RefusesElementsThatAreNone) {
  key_holder by = after_totals();
  const auto octets = groups_[0].list.list().octets();
  for (const auto& [from, value, place] : {std::tuple{0, 0xFF, "request 3/alphas/element 0"},
                                           std::tuple{160, 0xFF, "request 3/betas/element 2"},
                                           std::tuple{64, 0x00, "request 3/alphas/element 1"}}) {
    bytes bad(octets.begin(), octets.end());
    std::fill_n(bad.begin() + from, 32, static_cast<std::byte>(value));
    list_request request = next_list(by, 1);
    request.list = shuffle_list_hash(request.ciphertexts, bad);
    sign_blindly(request);
    auto with = own(groups_[0], request.subject());
    with.list = bad;
    const auto answer = by.answer(request, with, random_, workers_);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().place, place);
  }
  EXPECT_EQ(by.answered(), 2U);
}

TEST_F(KeyHolderList, SaysThatALogIsDamaged) {
  key_holder by = after_totals();
  const list_request request = next_list(by, 1);
  ASSERT_TRUE(answer_list(by, request, 1));
  opening_log log = by.log();
  std::get<list_partial>(log.answered[2].answer).factors.octets[0] ^= std::byte{1};
  key_holder damaged = with_log(log);
  const auto repeated = answer_list(damaged, request, 1);
  ASSERT_FALSE(repeated);
  EXPECT_EQ(repeated.error().place, "request 3/factors");
  const std::string other = "is not this trustee's answer to request 3";
  log = by.log();
  std::get<list_partial>(log.answered[2].answer).trustee = trustee_index(1);
  EXPECT_EQ(come_back(log).error().reason, other);
  log = by.log();
  log.answered[2].group = 0;
  EXPECT_EQ(come_back(log).error().reason, other);
}

TEST_F(KeyHolderList, StoresAnswersOfBothKinds) {
  key_holder by = after_totals();
  ASSERT_TRUE(answer_list(by, next_list(by, 1), 1));
  ASSERT_TRUE(approve_list(by, next_list(by, 2), 2));
  const opening_log log = by.log();
  const bytes stored = log.encode();
  EXPECT_EQ(opening_log::decode(stored).value(), log);
  for (std::size_t size = 0; size < stored.size(); ++size) {
    EXPECT_FALSE(opening_log::decode(byte_view(stored).first(size))) << size;
  }
  opening_log other = log;
  std::get<list_partial>(other.answered[2].answer).number = 4;
  EXPECT_EQ(opening_log::decode(other.encode()).error().reason, "answers request 4, not request 3");
  // The group says which kind of answer follows.
  other = log;
  other.answered[2].group = 0;
  EXPECT_DEATH((void)other.encode(), "answers of their own");
  bytes mixed_up = stored;
  const auto list = std::get<list_partial>(log.answered[2].answer).encode();
  const auto at = std::search(mixed_up.begin(), mixed_up.end(), list.begin(), list.end());
  ASSERT_NE(at, mixed_up.end());
  // Between the group and the answer are one node, the closings, and the answer's length.
  std::fill(at - 48, at - 44, std::byte{0});
  EXPECT_FALSE(opening_log::decode(mixed_up));
}

}  // namespace
}  // namespace sandoq::key_holder_list_test
