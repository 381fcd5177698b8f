#include "sandoq/ballot/journal.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/hashed_ballot.hpp"
#include "tests/support/byte_mutations.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/sodium_hash.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::expect_canonical;
using testing::sodium_h;
using testing::test_seed;

// Items of the right structure and random content: a journal's structure does not look into
// elements.
class journal : public ::testing::Test {
 protected:
  digest32 digest() { return {random_.octets<32>()}; }
  wire_element element() { return {random_.octets<32>()}; }
  wire_signature signature() { return {random_.octets<64>()}; }
  quorum signatures() { return {{{{1, signature()}, {3, signature()}}, {{2, signature()}}}}; }
  device_place place() { return {branch_index(7), device_index(2)}; }

  opening_item opening() {
    return {.place = place(),
            .device_key = element(),
            .key_proof = signature(),
            .time = {1234567890123},
            .capacity = 500,
            .device_root = digest(),
            .device_signature = signature(),
            .board_roots = {digest(), digest()},
            .signatures = signatures()};
  }

  contest_ballot contest(std::size_t ciphertexts, std::size_t responses) {
    contest_ballot out;
    for (std::size_t i = 0; i < ciphertexts; ++i) {
      out.ciphertexts.push_back({element(), element()});
    }
    out.bits().B = element();
    out.bits().z_E = {random_.octets<32>()};
    for (std::size_t i = 0; i < responses; ++i) {
      out.bits().f.push_back({random_.octets<32>()});
    }
    return out;
  }

  ballot_item ballot() {
    return {.place = place(),
            .number = serial(17),
            .style = style_index(3),
            .digits = 1234,
            .contests = {contest(3, 4), contest(2, 1)},
            .time = {1234567890124},
            .previous = digest(),
            .code = digest()};
  }

  challenge_item challenge() {
    return {.place = place(),
            .number = serial(17),
            .time = {1234567890125},
            .choices = {{.bits = {0, 1, 0}}, {.bits = {1, 1}}},
            .device_seed = {random_.octets<32>(), {digest(), digest()}},
            .board_seeds = {{random_.octets<32>(), {digest()}}, {random_.octets<32>(), {}}}};
  }

  close_item close() {
    return {.place = place(),
            .time = {1234567890126},
            .counters = {17, 12, 4, 1},
            .last_link = digest(),
            .device_signature = signature(),
            .signatures = signatures()};
  }

  deterministic_random random_{test_seed()};
};

TEST_F(journal, bytes_of_every_item_are_canonical) {
  EXPECT_GT(expect_canonical(opening()), 0U);
  EXPECT_GT(expect_canonical(ballot()), 0U);
  EXPECT_GT(expect_canonical(challenge()), 0U);
  EXPECT_GT(expect_canonical(close()), 0U);
  // All of a cast or void may be any bytes at all.
  EXPECT_EQ(expect_canonical(cast_item{place(), serial(17), {99}}), 160U);
  EXPECT_EQ(expect_canonical(void_item{place(), serial(17), {99}}), 160U);
}

TEST_F(journal, cast_and_void_differ_by_kind_only) {
  const cast_item cast{place(), serial(17), {99}};
  const void_item voided{place(), serial(17), {99}};
  EXPECT_EQ(cast.encode(), voided.encode());
  const chain_context election{digest(), election_domain::drill};
  const digest32 code = digest();
  EXPECT_NE(resolution_link(election, journal_kind::cast, cast.encode(), code),
            resolution_link(election, journal_kind::voided, voided.encode(), code));
}

TEST_F(journal, signed_bytes_end_before_the_signature) {
  const opening_item o = opening();
  const bytes whole_opening = o.encode();
  const std::size_t device_part = 8 + 32 + 64 + 8 + 4 + 32;
  const std::size_t board_part = device_part + 64 + 4 + 2 * 32;
  EXPECT_EQ(o.device_digest(),
            sodium_h("opening/device", byte_view(whole_opening).first(device_part)));
  EXPECT_EQ(o.board_digest(), sodium_h("opening", byte_view(whole_opening).first(board_part)));
  const close_item c = close();
  const bytes whole_close = c.encode();
  const std::size_t close_part = 8 + 8 + 16 + 32;
  EXPECT_EQ(c.device_digest(), sodium_h("close/device", byte_view(whole_close).first(close_part)));
  EXPECT_EQ(c.board_digest(), sodium_h("close", byte_view(whole_close).first(close_part + 64)));
}

TEST_F(journal, ballot_hash_covers_everything_before_the_time) {
  const ballot_item b = ballot();
  const bytes whole = b.encode();
  EXPECT_EQ(b.ballot_hash(), sodium_h("ballot", byte_view(whole).first(whole.size() - 72)));
  const auto read = hashed_ballot::decode(whole);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->item(), b);
  EXPECT_EQ(read->hash(), b.ballot_hash());
  EXPECT_EQ(hashed_ballot(b).hash(), b.ballot_hash());
}

TEST_F(journal, chain_follows_the_formulas) {
  const digest32 e1 = digest();
  const chain_context election{e1, election_domain::drill};
  const auto after_election = [&](byte_view part) {
    byte_writer out;
    out.fixed(e1.view());
    out.u8(2);
    out.fixed(part);
    return std::move(out).take();
  };
  const bytes opened = opening().encode();
  EXPECT_EQ(opening_link(election, opened), sodium_h("code/opening", after_election(opened)));

  const ballot_item b = ballot();
  byte_writer code;
  code.u32(7);
  code.u32(2);
  code.u32(17);
  code.u64(1234567890124);
  code.fixed(b.previous.view());
  code.fixed(b.ballot_hash().view());
  EXPECT_EQ(confirmation_code(election, b), sodium_h("code", after_election(code.view())));

  const bytes opened_ballot = challenge().encode();
  byte_writer link;
  link.u32(23);
  link.fixed(opened_ballot);
  link.fixed(b.code.view());
  EXPECT_EQ(resolution_link(election, journal_kind::challenge, opened_ballot, b.code),
            sodium_h("code/resolution", after_election(link.view())));
}

TEST_F(journal, a_drill_and_a_real_election_have_other_codes) {
  const digest32 e1 = digest();
  const ballot_item b = ballot();
  EXPECT_NE(confirmation_code({e1, election_domain::drill}, b),
            confirmation_code({e1, election_domain::real}, b));
  const bytes opened = opening().encode();
  EXPECT_NE(opening_link({e1, election_domain::drill}, opened),
            opening_link({e1, election_domain::real}, opened));
  EXPECT_NE(resolution_link({e1, election_domain::drill}, journal_kind::cast, opened, b.code),
            resolution_link({e1, election_domain::real}, journal_kind::cast, opened, b.code));
}

TEST_F(journal, lists_are_bounded_and_not_empty) {
  const auto code_of = [](const auto& item) {
    const auto read = std::decay_t<decltype(item)>::decode(item.encode());
    EXPECT_FALSE(read.has_value());
    return read ? errc::io : read.error().code;
  };
  opening_item o = opening();
  o.board_roots.clear();
  EXPECT_EQ(code_of(o), errc::missing);
  o.board_roots.resize(9);
  EXPECT_EQ(code_of(o), errc::too_large);

  ballot_item b = ballot();
  b.contests.clear();
  EXPECT_EQ(code_of(b), errc::missing);
  b.contests.resize(65, contest(1, 1));
  EXPECT_EQ(code_of(b), errc::too_large);
  b.contests.assign(1, contest(0, 1));
  EXPECT_EQ(code_of(b), errc::missing);
  b.contests.assign(1, contest(1026, 1));
  EXPECT_EQ(code_of(b), errc::too_large);
  b.contests.assign(1, contest(1, 2101));
  EXPECT_EQ(code_of(b), errc::too_large);
  b.contests.assign(1, contest(1025, 2100));
  EXPECT_TRUE(ballot_item::decode(b.encode()).has_value());

  challenge_item c = challenge();
  c.choices.clear();
  EXPECT_EQ(code_of(c), errc::missing);
  c.choices.resize(65);
  EXPECT_EQ(code_of(c), errc::too_large);
  c.choices.assign(1, {.bits = std::vector<std::uint8_t>(1026)});
  EXPECT_EQ(code_of(c), errc::too_large);
  c.choices.assign(1, {.bits = {0, 2}});
  EXPECT_EQ(code_of(c), errc::out_of_range);
  c.choices.assign(1, {.bits = std::vector<std::uint8_t>(1025, 1)});
  EXPECT_TRUE(challenge_item::decode(c.encode()).has_value());
  c.board_seeds.clear();
  EXPECT_EQ(code_of(c), errc::missing);
  c.board_seeds.resize(9);
  EXPECT_EQ(code_of(c), errc::too_large);
  c = challenge();
  c.device_seed.path.resize(33);
  EXPECT_EQ(code_of(c), errc::too_large);
}

TEST_F(journal, counters_add_up_without_overflow) {
  EXPECT_TRUE((journal_counters{17, 12, 4, 1}).adds_up());
  EXPECT_FALSE((journal_counters{17, 12, 4, 2}).adds_up());
  EXPECT_FALSE((journal_counters{0, 0x80000000U, 0x80000000U, 0}).adds_up());
}

TEST_F(journal, errors_say_where) {
  ballot_item b = ballot();
  b.contests[1].ciphertexts.clear();
  const auto read = ballot_item::decode(b.encode());
  ASSERT_FALSE(read.has_value());
  EXPECT_NE(read.error().place.find("ballot/contest 1/ciphertexts"), std::string::npos)
      << to_string(read.error());
}

}  // namespace
}  // namespace sandoq
