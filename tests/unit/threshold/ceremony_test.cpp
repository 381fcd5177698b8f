#include <gtest/gtest.h>

#include "sandoq/threshold/ceremony_check.hpp"
#include "sandoq/threshold/share_box_secret.hpp"
#include "tests/support/ceremony_fixture.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using testing::ceremony_fixture;
using testing::ceremony_hooks;

class Ceremony : public ::testing::Test {
 protected:
  // Boards 2-of-3 and 3-of-4: places 0..2 and 3..6 of the record.
  testing::deterministic_random random_{testing::test_seed()};
  ceremony_fixture election_{{{3, 2}, {4, 3}}, random_};

  // The observer refuses, and names the culprit.
  void expect_refused(const ceremony_hooks& hooks, errc code, std::string_view place,
                      std::size_t observer = 0) {
    const auto done = election_.run(observer, hooks);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, code) << to_string(done.error());
    EXPECT_NE(done.error().place.find(place), std::string::npos) << to_string(done.error());
  }
};

TEST_F(Ceremony, EndsWithOneKeyForAll) {
  ASSERT_TRUE(election_.run());
  ASSERT_EQ(election_.holders().size(), 7U);
  for (const auto& holder : election_.holders()) {
    EXPECT_EQ(holder.published_keys(), election_.published());
    EXPECT_EQ(holder.context().election_hash, election_.published().election_hash);
  }
  const auto verdict =
      check_ceremony(election_.context(), election_.boards(), {&election_.items(), 1},
                     election_.published(), election_.workers());
  EXPECT_TRUE(verdict.accepted());
  EXPECT_EQ(verdict.checks().size(), 7U);
}

TEST(CeremonySizes, OneTrusteeOneBoardAndThreeBoards) {
  testing::deterministic_random random(testing::test_seed());
  const std::vector<std::vector<board_size>> elections = {
      {{1, 1}}, {{2, 2}}, {{1, 1}, {3, 2}, {2, 2}}};
  for (const auto& sizes : elections) {
    ceremony_fixture election(sizes, random);
    const auto done = election.run();
    ASSERT_TRUE(done) << to_string(done.error());
    EXPECT_TRUE(check_ceremony(election.context(), election.boards(), {&election.items(), 1},
                               election.published(), election.workers())
                    .accepted());
  }
}

TEST_F(Ceremony, RefusesAnImpossiblePlanOrIdentity) {
  const auto begin = [&](const ceremony_plan& plan, trustee_identity identity) {
    return commit_to_key(std::make_shared<ceremony_plan>(plan), std::move(identity), random_);
  };
  auto plan = election_.plan();
  plan.attempt.attempt = 0;
  EXPECT_FALSE(begin(plan, election_.identity(0)));
  plan = election_.plan();
  plan.boards[0].threshold = 4;
  EXPECT_FALSE(begin(plan, election_.identity(0)));
  plan.boards[0].threshold = 1;  // only a board of one may do with one
  EXPECT_FALSE(begin(plan, election_.identity(0)));
  plan.boards[0].threshold = 0;
  EXPECT_FALSE(begin(plan, election_.identity(0)));
  plan = election_.plan();
  plan.boards.clear();
  EXPECT_FALSE(begin(plan, election_.identity(0)));
  plan = election_.plan();
  auto identity = election_.identity(0);
  identity.trustee = trustee_index(2);  // whose keys these are not
  EXPECT_EQ(begin(plan, std::move(identity)).error().code, errc::mismatch);
  identity = election_.identity(0);
  identity.decryption = election_.identity(1).decryption.clone();
  EXPECT_EQ(begin(plan, std::move(identity)).error().code, errc::mismatch);
  identity = election_.identity(0);
  identity.trustee = trustee_index(4);
  EXPECT_EQ(begin(plan, std::move(identity)).error().code, errc::out_of_range);
}

TEST_F(Ceremony, RefusesBadCommits) {
  expect_refused({.commits = [](auto& all) { all.pop_back(); }}, errc::missing, "dkg_commit");
  expect_refused({.commits = [](auto& all) { std::swap(all[1], all[2]); }}, errc::mismatch,
                 "trustee 3");
  expect_refused({.commits = [](auto& all) { all[4] = all[5]; }}, errc::mismatch,
                 "board 1/trustee 3");
  expect_refused({.commits =
                      [&](auto& all) {
                        all[2].origin.attempt = 7;
                        election_.sign_again(all[2], "dkg/commit");
                      }},
                 errc::mismatch, "board 0/trustee 3");
  expect_refused({.commits = [](auto& all) { all[6].signature.octets[40] ^= std::byte{1}; }},
                 errc::bad_signature, "board 1/trustee 4");
  expect_refused({.commits = [](auto& all) { all[6].commitment.octets[0] ^= std::byte{1}; }},
                 errc::bad_signature, "board 1/trustee 4");
  // Signed in another trustee's name: validly, but not by that trustee.
  expect_refused({.commits = [&](auto& all) { election_.sign_again(all[3], "dkg/reveal"); }},
                 errc::bad_signature, "board 1/trustee 1");
  // Another commit of the observer's own, with its true signature.
  expect_refused({.commits =
                      [&](auto& all) {
                        all[0].commitment.octets[0] ^= std::byte{1};
                        election_.sign_again(all[0], "dkg/commit");
                      }},
                 errc::mismatch, "board 0/trustee 1");
}

TEST_F(Ceremony, RefusesACommitmentChangedLate) {
  // Board 1 reveals something that it chose after it had seen board 0.
  expect_refused({.reveals =
                      [&](auto& all) {
                        all[3].coefficients[0] = all[4].coefficients[1];
                        election_.sign_again(all[3], "dkg/reveal");
                      }},
                 errc::mismatch, "board 1/trustee 1");
  expect_refused({.reveals =
                      [&](auto& all) {
                        all[3].salt[5] ^= std::byte{1};
                        election_.sign_again(all[3], "dkg/reveal");
                      }},
                 errc::mismatch, "board 1/trustee 1");
}

TEST_F(Ceremony, RefusesAStaleCommitmentWithItsProofs) {
  ASSERT_TRUE(election_.run());
  const auto old = election_.items();
  // Trustee (1, 2) brings commit and reveal of an earlier run: they open, and they are signed, but
  // the proofs do not know the commitments of this run.
  ceremony_hooks hooks;
  hooks.adversary = 4;
  hooks.commits = [&](auto& all) { all[4] = old.commits[4]; };
  hooks.reveals = [&](auto& all) { all[4] = old.reveals[4]; };
  expect_refused(hooks, errc::bad_proof, "dkg_reveal of board 1/trustee 2");
}

TEST_F(Ceremony, RefusesAWrongNumberOfCoefficients) {
  for (const int change : {-1, +1}) {
    ceremony_hooks hooks;
    hooks.adversary = 1;
    dkg_reveal prepared;
    // The adversary has even committed to the wrong number.
    hooks.commits = [&](auto& all) {
      prepared.origin = all[1].origin;
      const auto wanted = static_cast<std::size_t>(2 + change);
      const auto f = secret_polynomial<group>::random(wanted, random_);
      for (const auto& a : f.commitments()) {
        prepared.coefficients.push_back({group::encode(a)});
      }
      prepared.proofs.resize(wanted);
      all[1].commitment = prepared.opened_commitment(election_.context().manifest_hash);
      election_.sign_again(all[1], "dkg/commit");
    };
    hooks.reveals = [&](auto& all) {
      all[1] = prepared;
      election_.sign_again(all[1], "dkg/reveal");
    };
    expect_refused(hooks, errc::mismatch, "dkg_reveal of board 0/trustee 2");
  }
}

TEST_F(Ceremony, RefusesBadReveals) {
  expect_refused({.reveals = [](auto& all) { all.erase(all.begin() + 2); }}, errc::missing,
                 "dkg_reveal");
  expect_refused({.reveals =
                      [&](auto& all) {
                        all[5].proofs[1].octets[33] ^= std::byte{1};
                        election_.sign_again(all[5], "dkg/reveal");
                      }},
                 errc::bad_proof, "board 1/trustee 3");
  expect_refused({.reveals =
                      [&](auto& all) {
                        all[5].proofs.pop_back();
                        election_.sign_again(all[5], "dkg/reveal");
                      }},
                 errc::mismatch, "board 1/trustee 3");
  expect_refused({.reveals = [](auto& all) { std::swap(all[5].proofs[0], all[5].proofs[1]); }},
                 errc::bad_signature, "board 1/trustee 3");
}

TEST_F(Ceremony, RefusesIdentityAndBytesThatAreNoElement) {
  for (const int what : {0, 1}) {
    ceremony_hooks hooks;
    hooks.adversary = 2;
    dkg_reveal prepared;
    hooks.commits = [&](auto& all) {
      prepared.origin = all[2].origin;
      const auto f = secret_polynomial<group>::random(2, random_);
      for (const auto& a : f.commitments()) {
        prepared.coefficients.push_back({group::encode(a)});
      }
      prepared.coefficients[1].octets.fill(what == 0 ? std::byte{0} : std::byte{0xFE});
      prepared.proofs.resize(2);
      all[2].commitment = prepared.opened_commitment(election_.context().manifest_hash);
      election_.sign_again(all[2], "dkg/commit");
    };
    hooks.reveals = [&](auto& all) {
      all[2] = prepared;
      election_.sign_again(all[2], "dkg/reveal");
    };
    const auto done = election_.run(0, hooks);
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().place.find("board 0/trustee 3"), std::string::npos);
    if (what == 0) {
      EXPECT_EQ(done.error().code, errc::identity_element);
    } else {
      EXPECT_TRUE(done.error().code == errc::not_in_group ||
                  done.error().code == errc::bad_encoding);
    }
  }
}

TEST_F(Ceremony, RefusesBadDeals) {
  const auto route = [&](std::uint32_t dealer, std::uint32_t receiver) {
    return share_route{election_.context().manifest_hash,
                       hash_of_commitments(election_.attempt(), election_.items().commits),
                       board_index(0), trustee_index(dealer), trustee_index(receiver)};
  };
  const auto seal = [&](const share_route& r, std::size_t key_of, const group::scalar& share) {
    return seal_share(r, election_.plan().boards[0].trustees[key_of].encryption,
                      secret_scalar<group>(share), random_);
  };
  // Observer 0 is trustee 1 of board 0; trustee 2 deals it a value that is not on its polynomial.
  expect_refused({.deals =
                      [&](auto& all) {
                        all[1].shares[0] = seal(route(2, 1), 0, group::scalar_from_u64(12345));
                        election_.sign_again(all[1], "dkg/deal");
                      }},
                 errc::bad_proof, "dkg_deal of board 0/trustee 2");
  // Sealed under another receiver's key.
  expect_refused({.deals =
                      [&](auto& all) {
                        all[1].shares[0] = seal(route(2, 1), 1, group::scalar_from_u64(1));
                        election_.sign_again(all[1], "dkg/deal");
                      }},
                 errc::mismatch, "dkg_deal of board 0/trustee 2");
  // Boxes of two receivers exchanged.
  expect_refused({.deals =
                      [&](auto& all) {
                        std::swap(all[2].shares[0], all[2].shares[1]);
                        election_.sign_again(all[2], "dkg/deal");
                      }},
                 errc::mismatch, "dkg_deal of board 0/trustee 3");
  expect_refused({.deals =
                      [&](auto& all) {
                        all[4].shares[2].ephemeral = {};
                        election_.sign_again(all[4], "dkg/deal");
                      }},
                 errc::identity_element, "dkg_deal of board 1/trustee 2");
  expect_refused({.deals =
                      [&](auto& all) {
                        all[4].shares.pop_back();
                        election_.sign_again(all[4], "dkg/deal");
                      }},
                 errc::mismatch, "dkg_deal of board 1/trustee 2");
  expect_refused({.deals = [](auto& all) { all[4].shares[0].box[0] ^= std::byte{1}; }},
                 errc::bad_signature, "dkg_deal of board 1/trustee 2");
}

TEST_F(Ceremony, RefusesAConfirmationOfAnotherCeremony) {
  expect_refused({.confirms =
                      [&](auto& all) {
                        all[5].transcript_hash.octets[0] ^= std::byte{1};
                        election_.sign_again(all[5], "dkg/confirm");
                      }},
                 errc::mismatch, "dkg_confirm of board 1/trustee 3");
  expect_refused({.confirms = [](auto& all) { all[5].signature = all[4].signature; }},
                 errc::bad_signature, "dkg_confirm of board 1/trustee 3");
  expect_refused({.confirms = [](auto& all) { all.resize(3); }}, errc::missing, "dkg_confirm");
}

}  // namespace
}  // namespace sandoq
