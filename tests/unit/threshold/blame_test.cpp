#include "sandoq/threshold/blame.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "sandoq/proofs/chaum_pedersen_prove.hpp"
#include "sandoq/threshold/ceremony_check.hpp"
#include "sandoq/threshold/share_box_secret.hpp"
#include "tests/support/ceremony_fixture.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using ops = secret_ops<group>;
using testing::ceremony_fixture;

/// One attempt up to the deals, every participant's program with it.
struct dealt_attempt {
  std::vector<dealt_trustee> trustees;
  ceremony_items items;
};

class Blame : public ::testing::Test {
 protected:
  dealt_attempt play(const std::shared_ptr<const ceremony_plan>& plan) {
    dealt_attempt out;
    std::vector<committed_trustee> committed;
    for (std::size_t p = 0; p < election_.trustees(); ++p) {
      auto identity = election_.identity(p);
      if (!plan->attempt.who.contains(identity.board, identity.trustee)) {
        continue;
      }
      auto step = commit_to_key(plan, std::move(identity), random_);
      EXPECT_TRUE(step) << to_string(step.error());
      out.items.commits.push_back(step->message);
      committed.push_back(std::move(step->state));
    }
    std::vector<revealed_trustee> revealed;
    for (auto& t : committed) {
      auto step = std::move(t).reveal(out.items.commits, election_.workers(), random_);
      EXPECT_TRUE(step) << to_string(step.error());
      out.items.reveals.push_back(step->message);
      revealed.push_back(std::move(step->state));
    }
    for (auto& t : revealed) {
      auto step = std::move(t).deal(out.items.reveals, election_.workers(), random_);
      EXPECT_TRUE(step) << to_string(step.error());
      out.items.deals.push_back(step->message);
      out.trustees.push_back(std::move(step->state));
    }
    out.items.absences = plan->absences;
    return out;
  }

  /// Everyone but trustee 1 of board 0, whose own program does not spoil its deal.
  void complain(dealt_attempt& a) {
    for (std::size_t p = 1; p < a.trustees.size(); ++p) {
      const auto complaints = a.trustees[p].complain(a.items.deals, election_.workers(), random_);
      ASSERT_TRUE(complaints) << to_string(complaints.error());
      a.items.complaints.insert(a.items.complaints.end(), complaints->begin(), complaints->end());
    }
  }

  /// Trustee `dealer` of board 0 sends trustee 2 what `content` says, under the right key.
  void spoil(dealt_attempt& a, const secret_scalar<group>& content) {
    const share_route route{election_.context().manifest_hash,
                            hash_of_commitments(election_.attempt(), a.items.commits),
                            board_index(0), trustee_index(1), trustee_index(2)};
    a.items.deals[0].shares[1] =
        seal_share(route, election_.boards()[0].trustees[1].encryption, content, random_);
    election_.sign_again(a.items.deals[0], "dkg/deal");
  }

  std::vector<guilty_trustee> judge(const dealt_attempt& a) {
    auto found = find_guilty(election_.attempt(), election_.boards(), a.items);
    EXPECT_TRUE(found) << to_string(found.error());
    return found.value_or(std::vector<guilty_trustee>{});
  }
  static void expect_one(const std::vector<guilty_trustee>& found, std::uint32_t board,
                         std::uint32_t trustee, std::string_view words) {
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].board, board_index(board));
    EXPECT_EQ(found[0].trustee, trustee_index(trustee));
    EXPECT_NE(found[0].reason.find(words), std::string::npos) << found[0].reason;
  }

  std::shared_ptr<const ceremony_plan> first() {
    return std::make_shared<const ceremony_plan>(election_.plan());
  }

  testing::deterministic_random random_{testing::test_seed()};
  ceremony_fixture election_{{{4, 2}, {3, 2}}, random_};
};

TEST_F(Blame, NobodyIsGuiltyOfAnHonestAttempt) {
  auto a = play(first());
  complain(a);
  EXPECT_TRUE(a.items.complaints.empty());
  EXPECT_TRUE(judge(a).empty());
}

TEST_F(Blame, ADealerOfAWrongShareIsGuilty) {
  auto a = play(first());
  spoil(a, ops::random_scalar(random_));
  complain(a);
  ASSERT_EQ(a.items.complaints.size(), 1U);
  EXPECT_EQ(a.items.complaints[0].origin.trustee, trustee_index(2));
  EXPECT_EQ(a.items.complaints[0].dealer, trustee_index(1));
  expect_one(judge(a), 0, 1, "does not lie on the polynomial");
}

TEST_F(Blame, ADealerOfABoxThatDoesNotOpenIsGuilty) {
  auto a = play(first());
  a.items.deals[0].shares[1].box[47] ^= std::byte{1};
  election_.sign_again(a.items.deals[0], "dkg/deal");
  complain(a);
  ASSERT_EQ(a.items.complaints.size(), 1U);
  expect_one(judge(a), 0, 1, "does not lie on the polynomial");
}

// An accuser who makes up a complaint about a good share, with a true proof.
TEST_F(Blame, AFalseAccuserIsGuilty) {
  auto a = play(first());
  auto honest = play(first());
  const auto identity = election_.identity(1);
  const auto& box = a.items.deals[0].shares[1];
  const auto ephemeral = encoded_element<group>::decode(box.ephemeral.view()).value();
  const encoded_element<group> shared(
      declassify<"a complaint of a test">(ops::mul(identity.decryption, ephemeral.element())));
  dkg_complaint complaint;
  complaint.origin = {1, board_index(0), trustee_index(2)};
  complaint.dealer = trustee_index(1);
  complaint.shared = {shared.octets()};
  auto tr = complaint_transcript(election_.context().manifest_hash,
                                 hash_of_commitments(election_.attempt(), a.items.commits),
                                 complaint.origin, complaint.dealer);
  complaint.proof =
      prove(chaum_pedersen_statement<group>{encoded_element<group>(group::generator()), ephemeral,
                                            election_.boards()[0].trustees[1].encryption, shared},
            identity.decryption, tr, random_)
          .value();
  election_.sign_again(complaint, "dkg/complaint");
  a.items.complaints = {complaint};
  expect_one(judge(a), 0, 2, "who had sent it the right share");

  // A false proof makes the accuser guilty too, whatever the box holds.
  a.items.complaints[0].proof.octets[95] ^= std::byte{1};
  election_.sign_again(a.items.complaints[0], "dkg/complaint");
  expect_one(judge(a), 0, 2, "with a false proof");

  // And a true complaint of another attempt proves nothing here.
  honest.items.complaints = {complaint};
  expect_one(judge(honest), 0, 2, "with a false proof");
}

TEST_F(Blame, RevealsAreJudgedBeforeDeals) {
  auto a = play(first());
  a.items.reveals[4].salt[0] ^= std::byte{1};
  election_.sign_again(a.items.reveals[4], "dkg/reveal");
  expect_one(judge(a), 1, 1, "something else than it had committed to");
  a = play(first());
  a.items.reveals[2].proofs[1].octets[63] ^= std::byte{1};
  expect_one(judge(a), 0, 3, "does not prove knowledge");
  a = play(first());
  a.items.reveals[2].coefficients.pop_back();
  expect_one(judge(a), 0, 3, "1 coefficients with 2 proofs");
}

// Who copies late cannot open its own commitment; the one it copied from stays clean.
TEST_F(Blame, ALateCopyIsTheCopiersFault) {
  auto a = play(first());
  a.items.reveals[0].coefficients = a.items.reveals[1].coefficients;
  a.items.reveals[0].proofs = a.items.reveals[1].proofs;
  expect_one(judge(a), 0, 1, "something else than it had committed to");
}

TEST_F(Blame, ADealForTheWrongNumberIsWrongInItself) {
  auto a = play(first());
  a.items.deals[5].shares.pop_back();
  expect_one(judge(a), 1, 2, "dealt 2 shares to 3 receivers");
  a = play(first());
  a.items.deals[5].shares[2].ephemeral = {};
  expect_one(judge(a), 1, 2, "the identity as an ephemeral key");
}

TEST_F(Blame, TheNextAttemptGoesOnWithoutTheGuiltyAndTheAbsent) {
  auto failed = play(first());
  spoil(failed, ops::random_scalar(random_));
  complain(failed);
  const std::vector<ceremony_items> earlier{failed.items};
  dkg_absence absence{{3, board_index(1), trustee_index(3)}, "did not come", {}};
  auto plan = election_.plan();
  plan.earlier = earlier;
  plan.absences = {absence};
  plan.attempt =
      next_attempt(election_.context(), election_.boards(), earlier, plan.absences, 3).value();
  EXPECT_FALSE(plan.attempt.who.contains(board_index(0), trustee_index(1)));
  EXPECT_FALSE(plan.attempt.who.contains(board_index(1), trustee_index(3)));
  EXPECT_EQ(plan.attempt.who.total(), 5U);
  const auto shared_plan = std::make_shared<const ceremony_plan>(plan);
  EXPECT_FALSE(commit_to_key(shared_plan, election_.identity(0), random_));
  auto second = play(shared_plan);
  std::vector<confirmed_trustee> confirmed;
  for (auto& t : second.trustees) {
    auto step = std::move(t).confirm(second.items.deals, election_.workers(), random_);
    ASSERT_TRUE(step) << to_string(step.error());
    second.items.confirms.push_back(step->message);
    confirmed.push_back(std::move(step->state));
  }
  for (auto& t : confirmed) {
    const auto holder = std::move(t).finish(second.items.confirms, election_.workers());
    ASSERT_TRUE(holder) << to_string(holder.error());
    const auto& published = holder->published_keys();
    EXPECT_EQ(published.boards[0].share_keys[0], wire_element{});
    EXPECT_NE(published.boards[0].share_keys[1], wire_element{});
    EXPECT_EQ(published.boards[1].share_keys[2], wire_element{});
    const std::vector<ceremony_items> all{failed.items, second.items};
    const auto blame = check_ceremony_blame(election_.context(), election_.boards(), all);
    EXPECT_EQ(blame.status, check_status::pass) << blame.place << ": " << blame.reason;
    const auto whole = check_ceremony_complete(election_.sizes(), all, published);
    EXPECT_EQ(whole.status, check_status::pass) << whole.place << ": " << whole.reason;
  }
}

TEST_F(Blame, RefusesANextAttemptThatCannotBe) {
  auto a = play(first());
  const auto next = [&](const ceremony_items& items, std::uint32_t number) {
    return next_attempt(election_.context(), election_.boards(), {&items, 1}, {}, number);
  };
  EXPECT_EQ(next(a.items, 2).error().code, errc::missing);  // nobody is guilty
  spoil(a, ops::random_scalar(random_));
  complain(a);
  EXPECT_EQ(next(a.items, 1).error().code, errc::out_of_range);
  EXPECT_TRUE(next(a.items, 7));
  std::vector<dkg_absence> absences{{{2, board_index(0), trustee_index(2)}, "", {}},
                                    {{2, board_index(0), trustee_index(3)}, "", {}}};
  const auto too_few =
      next_attempt(election_.context(), election_.boards(), {&a.items, 1}, absences, 2);
  ASSERT_FALSE(too_few);
  EXPECT_NE(too_few.error().reason.find("has 1 trustees left"), std::string::npos);
}

// A program that ends after every round, and comes back with what it kept and published.
TEST_F(Blame, ATrusteeComesBackBetweenRounds) {
  const auto plan = first();
  auto step = commit_to_key(plan, election_.identity(0), random_).value();
  auto memory = step.state.memory();
  std::vector<committed_trustee> committed;
  ceremony_items items;
  items.commits.push_back(step.message);
  for (std::size_t p = 1; p < election_.trustees(); ++p) {
    auto made = commit_to_key(plan, election_.identity(p), random_).value();
    items.commits.push_back(made.message);
    committed.push_back(std::move(made.state));
  }
  const auto back = [&] {
    return resume_commit(plan, election_.identity(0), {memory.polynomial.clone(), memory.salt},
                         items.commits[0])
        .value();
  };
  auto& workers = election_.workers();
  auto own_reveal = back().reveal(items.commits, workers, random_).value();
  items.reveals.push_back(own_reveal.message);
  std::vector<revealed_trustee> revealed;
  for (auto& t : committed) {
    auto made = std::move(t).reveal(items.commits, workers, random_).value();
    items.reveals.push_back(made.message);
    revealed.push_back(std::move(made.state));
  }
  auto own_deal = back()
                      .go_on(items.commits, items.reveals[0], workers)
                      .value()
                      .deal(items.reveals, workers, random_)
                      .value();
  items.deals.push_back(own_deal.message);
  std::vector<dealt_trustee> dealt;
  for (auto& t : revealed) {
    auto made = std::move(t).deal(items.reveals, workers, random_).value();
    items.deals.push_back(made.message);
    dealt.push_back(std::move(made.state));
  }
  const auto back_dealt = [&] {
    return back()
        .go_on(items.commits, items.reveals[0], workers)
        .value()
        .go_on(items.reveals, items.deals[0], workers)
        .value();
  };
  auto own_confirm = back_dealt().confirm(items.deals, workers, random_).value();
  items.confirms.push_back(own_confirm.message);
  for (auto& t : dealt) {
    items.confirms.push_back(std::move(t).confirm(items.deals, workers, random_).value().message);
  }
  const auto holder = back_dealt()
                          .go_on(items.deals, items.confirms[0], workers)
                          .value()
                          .finish(items.confirms, workers);
  ASSERT_TRUE(holder) << to_string(holder.error());
  const auto good = check_ceremony(election_.context(), election_.boards(), {&items, 1},
                                   holder->published_keys(), workers);
  EXPECT_TRUE(good.accepted());

  // Another memory does not open the commitment.
  memory.salt[3] ^= std::byte{1};
  EXPECT_EQ(
      resume_commit(plan, election_.identity(0), std::move(memory), items.commits[0]).error().code,
      errc::mismatch);
}

TEST(Complaint, OpensWhatLibsodiumSealed) {
  testing::deterministic_random random(testing::test_seed());
  const share_route route{digest32{random.octets<32>()}, digest32{random.octets<32>()},
                          board_index(1), trustee_index(2), trustee_index(3)};
  const auto x = ops::random_scalar(random);
  const encoded_element<group> key(declassify<"a public key">(ops::mul_base(x)));
  const auto share = ops::random_scalar(random);
  const auto box = seal_share(route, key, share, random);
  const wire_element shared{group::encode(declassify<"a complaint of a test">(
      ops::mul(x, group::decode(box.ephemeral.view()).value())))};
  const auto opened = open_share_vartime(route, key, box, shared);
  ASSERT_TRUE(opened);
  EXPECT_EQ(group::encode_scalar(*opened),
            declassify<"a share of a test">(ops::encode_scalar(share)));
  for (const int field : {0, 1, 2, 3, 4}) {
    auto other = route;
    auto other_box = box;
    auto other_shared = shared;
    switch (field) {
      case 0:
        other.manifest_hash.octets[0] ^= std::byte{1};
        break;
      case 1:
        other.hash_of_commitments.octets[0] ^= std::byte{1};
        break;
      case 2:
        other.dealer = trustee_index(1);
        break;
      case 3:
        other_box.box[0] ^= std::byte{1};
        break;
      default:
        other_shared.octets[0] ^= std::byte{2};
        break;
    }
    EXPECT_EQ(open_share_vartime(other, key, other_box, other_shared).error().code, errc::mismatch)
        << field;
  }
}

}  // namespace
}  // namespace sandoq
