#include "sandoq/threshold/ceremony_check.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/ceremony_fixture.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using testing::ceremony_fixture;

struct fake {
  ceremony_items items;
  election_key published;
};

class CeremonyCheck : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    static testing::deterministic_random random(testing::test_seed());
    election = new ceremony_fixture({{3, 2}, {4, 3}}, random);
    ASSERT_TRUE(election->run());
  }
  static void TearDownTestSuite() {
    delete election;
    election = nullptr;
  }

  static fake genuine() { return {election->items(), election->published()}; }

  // Confirms, keys and e1 made to fit the changed items again, as cheating boards would.
  static void reseal(fake& f) {
    const auto elements = decode_elements(f.items);
    ASSERT_TRUE(elements);
    const auto derived =
        derive_key(election->attempt(), election->sizes(), f.items, elements->coefficients);
    for (auto& confirm : f.items.confirms) {
      confirm.transcript_hash = derived.transcript_hash;
      election->sign_again(confirm, "dkg/confirm");
    }
    f.published = make_election_key(election->context(), derived, {&f.items, 1});
  }

  static verdict check(const fake& f) {
    return check_ceremony(election->context(), election->boards(), {&f.items, 1}, f.published,
                          election->workers());
  }

  // Of all checks exactly this one fails; those before it pass.
  static void expect_fails(std::string_view id, const fake& f, std::string_view place) {
    const auto outcome = check(f);
    for (const auto& c : outcome.checks()) {
      if (c.id == id) {
        EXPECT_EQ(c.status, check_status::fail) << c.id;
        EXPECT_NE(c.place.find(place), std::string::npos) << c.place << ": " << c.reason;
        EXPECT_FALSE(c.reason.empty());
      } else {
        EXPECT_NE(c.status, check_status::fail) << c.id << ": " << c.place << ": " << c.reason;
      }
    }
  }

  static ceremony_fixture* election;
};
ceremony_fixture* CeremonyCheck::election = nullptr;

TEST_F(CeremonyCheck, AcceptsAGenuineCeremonyAndAResealedOne) {
  auto f = genuine();
  EXPECT_TRUE(check(f).accepted());
  reseal(f);
  EXPECT_TRUE(check(f).accepted());
}

TEST_F(CeremonyCheck, Complete) {
  constexpr std::string_view id = "ceremony.complete";
  auto f = genuine();
  f.items.commits.pop_back();  // then the last trustee is no participant
  expect_fails(id, f, "dkg_reveal");
  f = genuine();
  f.items.commits.clear();
  expect_fails(id, f, "dkg_commit");
  f = genuine();
  f.items.confirms.push_back(f.items.confirms.back());
  expect_fails(id, f, "dkg_confirm");
  f = genuine();
  f.items.reveals[1] = f.items.reveals[0];  // one index twice
  expect_fails(id, f, "board 0/trustee 1");
  f = genuine();
  std::swap(f.items.deals[3], f.items.deals[4]);
  expect_fails(id, f, "dkg_deal");
  f = genuine();
  f.items.deals[2].origin.attempt = 2;
  expect_fails(id, f, "dkg_deal of board 0/trustee 3");
  f = genuine();
  for (auto* origin : {&f.items.commits[0].origin}) {
    origin->attempt = 0;
  }
  expect_fails(id, f, "dkg_commit");
  f = genuine();
  f.items.reveals[6].coefficients.pop_back();
  expect_fails(id, f, "dkg_reveal of board 1/trustee 4");
  f = genuine();
  f.items.reveals[6].coefficients.push_back(f.items.reveals[5].coefficients[0]);
  expect_fails(id, f, "dkg_reveal of board 1/trustee 4");
  f = genuine();
  f.items.reveals[0].proofs.pop_back();
  expect_fails(id, f, "dkg_reveal of board 0/trustee 1");
  f = genuine();
  f.items.deals[0].shares.push_back(f.items.deals[0].shares[0]);
  expect_fails(id, f, "dkg_deal of board 0/trustee 1");
  f = genuine();
  f.published.boards.pop_back();
  expect_fails(id, f, "election_key");
  f = genuine();
  f.published.boards[1].share_keys.pop_back();
  expect_fails(id, f, "election_key/board 1");
}

TEST_F(CeremonyCheck, Signatures) {
  constexpr std::string_view id = "ceremony.signatures";
  auto f = genuine();
  f.items.commits[2].signature.octets[63] ^= std::byte{0x01};
  reseal(f);
  expect_fails(id, f, "dkg_commit of board 0/trustee 3");
  f = genuine();
  f.items.reveals[3].signature = f.items.reveals[4].signature;
  reseal(f);
  expect_fails(id, f, "dkg_reveal of board 1/trustee 1");
  f = genuine();
  f.items.deals[5].shares[1].box[7] ^= std::byte{1};
  reseal(f);
  expect_fails(id, f, "dkg_deal of board 1/trustee 3");
  f = genuine();
  f.items.confirms[1].signature = f.items.confirms[0].signature;
  const auto elements = decode_elements(f.items).value();
  f.published = make_election_key(
      election->context(),
      derive_key(election->attempt(), election->sizes(), f.items, elements.coefficients),
      {&f.items, 1});
  expect_fails(id, f, "dkg_confirm of board 0/trustee 2");
  // Purpose is part of what is signed.
  f = genuine();
  election->sign_again(f.items.deals[5], "dkg/confirm");
  reseal(f);
  expect_fails(id, f, "dkg_deal of board 1/trustee 3");
}

TEST_F(CeremonyCheck, Commitments) {
  constexpr std::string_view id = "ceremony.commitments";
  auto f = genuine();
  f.items.reveals[4].salt[0] ^= std::byte{1};
  election->sign_again(f.items.reveals[4], "dkg/reveal");
  reseal(f);
  expect_fails(id, f, "dkg_reveal of board 1/trustee 2");
  f = genuine();
  f.items.commits[4].commitment.octets[0] ^= std::byte{1};
  election->sign_again(f.items.commits[4], "dkg/commit");
  reseal(f);
  expect_fails(id, f, "dkg_reveal of board 1/trustee 2");
}

// A trustee who is given the commitments of another and no logarithm of its own.
TEST_F(CeremonyCheck, PossessionKnowsACopiedCoefficient) {
  auto f = genuine();
  f.items.reveals[2].coefficients = f.items.reveals[0].coefficients;
  f.items.reveals[2].proofs = f.items.reveals[0].proofs;
  f.items.commits[2].commitment =
      f.items.reveals[2].opened_commitment(election->context().manifest_hash);
  election->sign_again(f.items.commits[2], "dkg/commit");
  election->sign_again(f.items.reveals[2], "dkg/reveal");
  reseal(f);
  const auto outcome = check(f);
  const auto* possession = outcome.find("ceremony.possession");
  EXPECT_EQ(possession->status, check_status::fail);
  EXPECT_NE(possession->reason.find("that of board 0/trustee 1"), std::string::npos);
  // A copy of another coefficient is no copy of the key: its proof fails, for the place differs.
  f = genuine();
  f.items.reveals[2].coefficients[1] = f.items.reveals[0].coefficients[1];
  f.items.reveals[2].proofs[1] = f.items.reveals[0].proofs[1];
  f.items.commits[2].commitment =
      f.items.reveals[2].opened_commitment(election->context().manifest_hash);
  election->sign_again(f.items.commits[2], "dkg/commit");
  election->sign_again(f.items.reveals[2], "dkg/reveal");
  reseal(f);
  EXPECT_EQ(check(f).find("ceremony.possession")->status, check_status::fail);
}

TEST_F(CeremonyCheck, Possession) {
  constexpr std::string_view id = "ceremony.possession";
  auto f = genuine();
  f.items.reveals[5].proofs[2].octets[40] ^= std::byte{1};
  election->sign_again(f.items.reveals[5], "dkg/reveal");
  reseal(f);
  expect_fails(id, f, "dkg_reveal of board 1/trustee 3");
  f = genuine();
  std::swap(f.items.reveals[5].proofs[0], f.items.reveals[5].proofs[1]);
  election->sign_again(f.items.reveals[5], "dkg/reveal");
  reseal(f);
  expect_fails(id, f, "dkg_reveal of board 1/trustee 3");
  f = genuine();
  f.items.deals[1].shares[2].ephemeral = {};
  election->sign_again(f.items.deals[1], "dkg/deal");
  reseal(f);
  expect_fails(id, f, "dkg_deal of board 0/trustee 2");
}

TEST_F(CeremonyCheck, ConfirmationsAndKey) {
  auto f = genuine();
  f.items.confirms[3].transcript_hash.octets[9] ^= std::byte{1};
  election->sign_again(f.items.confirms[3], "dkg/confirm");
  const auto elements = decode_elements(f.items).value();
  f.published = make_election_key(
      election->context(),
      derive_key(election->attempt(), election->sizes(), f.items, elements.coefficients),
      {&f.items, 1});
  expect_fails("ceremony.confirmations", f, "dkg_confirm of board 1/trustee 1");

  const std::vector<std::function<void(election_key&)>> changes = {
      [](election_key& k) { k.boards[1].key = k.boards[0].key; },
      [](election_key& k) { std::swap(k.boards[1].share_keys[0], k.boards[1].share_keys[1]); },
      [](election_key& k) { k.joint_key = k.boards[0].key; },
      [](election_key& k) { k.election_hash.octets[0] ^= std::byte{1}; },
  };
  for (const auto& change : changes) {
    f = genuine();
    change(f.published);
    expect_fails("ceremony.key", f, "election_key");
  }
}

// Two trustees whose parts cancel: every coefficient is proved, yet the board has no key.
TEST_F(CeremonyCheck, KeyIsNeverTheIdentity) {
  const auto elements = decode_elements(election->items()).value();
  auto derived =
      derive_key(election->attempt(), election->sizes(), election->items(), elements.coefficients);
  EXPECT_EQ(derived.first_identity(), "");
  derived.joint_key = encoded_element<group>(group::identity());
  EXPECT_EQ(derived.first_identity(), "joint key");
  derived.boards[1].share_keys[2] = derived.joint_key;
  EXPECT_EQ(derived.first_identity(), "board 1/share key 3");
  derived.boards[1].key = derived.joint_key;
  EXPECT_EQ(derived.first_identity(), "board 1/key");
  const auto f = genuine();
  EXPECT_EQ(check_ceremony_key(election->context(), {&f.items, 1}, derived, f.published).status,
            check_status::fail);
}

TEST_F(CeremonyCheck, IsBoundToItsElectionAndDomain) {
  const auto f = genuine();
  auto context = election->context();
  context.domain = election_domain::real;
  auto outcome =
      check_ceremony(context, election->boards(), {&f.items, 1}, f.published, election->workers());
  EXPECT_EQ(outcome.find("ceremony.signatures")->status, check_status::fail);
  context = election->context();
  context.manifest_hash.octets[0] ^= std::byte{1};
  outcome =
      check_ceremony(context, election->boards(), {&f.items, 1}, f.published, election->workers());
  EXPECT_EQ(outcome.find("ceremony.signatures")->status, check_status::fail);
  EXPECT_EQ(outcome.find("ceremony.commitments")->status, check_status::fail);
  EXPECT_EQ(outcome.find("ceremony.key")->status, check_status::not_run);
}

// The keys again, by sums of single shares' public halves instead of sums of polynomials.
TEST_F(CeremonyCheck, KeysAreSumsOverTheTrustees) {
  const auto& items = election->items();
  const auto keys = decode_keys(election->published()).value();
  std::size_t place = 0;
  group::element joint;
  for (std::uint32_t b = 0; b < 2; ++b) {
    const std::uint32_t n = b == 0 ? 3 : 4;
    for (std::uint32_t j = 1; j <= n; ++j) {
      group::element sum;
      for (std::uint32_t i = 0; i < n; ++i) {
        group::scalar power = group::scalar_from_u64(1);
        for (const auto& a : items.reveals[place + i].coefficients) {
          sum += group::mul_vartime(power, group::decode(a.view()).value());
          power *= group::scalar_from_u64(j);
        }
      }
      EXPECT_EQ(sum, keys.share_keys[b][j - 1].element());
    }
    for (std::uint32_t i = 0; i < n; ++i) {
      joint += group::decode(items.reveals[place + i].coefficients[0].view()).value();
    }
    place += n;
  }
  EXPECT_EQ(joint, keys.joint_key.element());
}

}  // namespace
}  // namespace sandoq
