#include "sandoq/threshold/opening.hpp"

#include <gtest/gtest.h>

#include "sandoq/core/canonical.hpp"
#include "tests/support/byte_mutations.hpp"
#include "tests/support/ceremony_fixture.hpp"

namespace sandoq {
namespace {

// Nothing is verified here, so the bytes need not mean anything.
opening_request some_request(testing::deterministic_random& random) {
  opening_request out;
  out.election_hash = digest32{random.octets<32>()};
  out.domain = election_domain::real;
  out.number = 3;
  out.previous = digest32{random.octets<32>()};
  out.contest = contest_index(5);
  out.places = {{node_index(2), digest32{random.octets<32>()}},
                {node_index(7), digest32{random.octets<32>()}}};
  out.ballots = 999'999;
  out.ciphertexts = {{{random.octets<32>()}, {random.octets<32>()}},
                     {{random.octets<32>()}, {random.octets<32>()}}};
  out.closings = digest32{random.octets<32>()};
  out.signatures.boards = {{{1, {random.octets<64>()}}}, {{2, {random.octets<64>()}}}};
  return out;
}

partial_decryption some_answer(testing::deterministic_random& random) {
  partial_decryption out;
  out.number = 3;
  out.board = board_index(1);
  out.trustee = trustee_index(2);
  out.factors = {{random.octets<32>()}, {random.octets<32>()}};
  out.proof.octets = random.octets<96>();
  out.signature.octets = random.octets<64>();
  return out;
}

TEST(Opening, DecodesExactlyWhatItEncodes) {
  testing::deterministic_random random(testing::test_seed());
  testing::expect_canonical(some_request(random));
  testing::expect_canonical(some_answer(random));
}

TEST(Opening, HasTheSizesOfTheSpecification) {
  testing::deterministic_random random(testing::test_seed());
  const std::size_t fixed = 32 + 1 + 4 + 32 + 4 + (4 + 2 * 36) + 8;
  EXPECT_EQ(some_request(random).encode().size(), fixed + 4 + 2 * 64 + 32 + 4 + 2 * (4 + 4 + 64));
  EXPECT_EQ(some_answer(random).encode().size(), 3 * 4 + 4 + 2 * 32U + 96 + 64);
}

TEST(Opening, HasBounds) {
  testing::deterministic_random random(testing::test_seed());
  auto request = some_request(random);
  request.domain = static_cast<election_domain>(3);
  EXPECT_EQ(opening_request::decode(request.encode()).error().code, errc::out_of_range);
  request = some_request(random);
  request.ciphertexts.resize(1026);
  EXPECT_EQ(opening_request::decode(request.encode()).error().code, errc::too_large);
  request.ciphertexts.resize(1025);
  EXPECT_TRUE(opening_request::decode(request.encode()));
  request.ciphertexts.clear();
  EXPECT_EQ(opening_request::decode(request.encode()).error().code, errc::out_of_range);
  request = some_request(random);
  request.places.resize(4097);
  EXPECT_EQ(opening_request::decode(request.encode()).error().code, errc::too_large);
  request.places.resize(4096);
  EXPECT_TRUE(opening_request::decode(request.encode()));
  request.places.clear();
  EXPECT_EQ(opening_request::decode(request.encode()).error().code, errc::out_of_range);
  auto answer = some_answer(random);
  answer.factors.resize(1026);
  EXPECT_EQ(partial_decryption::decode(answer.encode()).error().code, errc::too_large);
  answer.factors.clear();
  EXPECT_EQ(partial_decryption::decode(answer.encode()).error().code, errc::out_of_range);
}

TEST(Opening, RequestHashCoversEverythingButTheQuorum) {
  testing::deterministic_random random(testing::test_seed());
  const auto request = some_request(random);
  const auto octets = request.encode();
  const std::size_t quorum_bytes = request.signatures.encode().size();
  for (std::size_t at = 0; at < octets.size(); ++at) {
    auto changed = octets;
    changed[at] ^= std::byte{1};
    if (const auto other = opening_request::decode(changed)) {
      EXPECT_EQ(other->hash() == request.hash(), at >= octets.size() - quorum_bytes) << at;
    }
  }
}

TEST(Opening, ClosingsKnowKindOrderAndLots) {
  testing::deterministic_random random(testing::test_seed());
  const digest32 e1{random.octets<32>()};
  const auto a = random.octets<40>();
  const auto b = random.octets<41>();
  closings_hash forward(e1);
  forward.add(25, a);
  forward.add(26, b);
  forward.add_lot(a);
  byte_writer lists;
  lists.fixed(e1.view());
  lists.count(2);
  lists.fixed(framed_hash::of("close/record", bytes{std::byte{25}, {}, {}, {}}, a).view());
  lists.fixed(framed_hash::of("close/record", bytes{std::byte{26}, {}, {}, {}}, b).view());
  lists.count(1);
  lists.fixed(framed_hash::of("lot/record", a).view());
  EXPECT_EQ(forward.digest(), framed_hash::of("closings", lists.view()));
  closings_hash backward(e1);
  backward.add(26, b);
  backward.add(25, a);
  backward.add_lot(a);
  EXPECT_NE(forward.digest(), backward.digest());
  closings_hash other_kind(e1);
  other_kind.add(25, a);
  other_kind.add(27, b);
  other_kind.add_lot(a);
  EXPECT_NE(forward.digest(), other_kind.digest());
}

}  // namespace
}  // namespace sandoq
