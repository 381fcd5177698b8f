#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/ballot_size.hpp"
#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/challenge.hpp"
#include "sandoq/ballot/device_secret.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/membership.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/sample_device.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::deterministic_random;
using testing::memory_journal;
using testing::sample_polls;
using testing::test_seed;

class device : public ::testing::Test {
 protected:
  // Reads item i of the journal.
  template <class Item>
  [[nodiscard]] Item item(std::size_t i) const {
    const auto read = Item::decode(journal_.entries.at(i).canonical);
    EXPECT_TRUE(read.has_value()) << (read ? "" : to_string(read.error()));
    return *read;
  }
  [[nodiscard]] std::vector<journal_kind> kinds() const {
    std::vector<journal_kind> out;
    for (const auto& entry : journal_.entries) {
      out.push_back(entry.kind);
    }
    return out;
  }
  // A cast, a challenged and a discarded ballot, and the close.
  void run_whole_journal() {
    ready_device ready = polls_.open(site_, journal_);
    committed_ballot first = polls_.commit(std::move(ready), polls_.council({1, 4, 9}), journal_);
    ready = *std::move(first).cast({2001}).commit(journal_);
    committed_ballot second = polls_.commit(std::move(ready), polls_.council({}), journal_);
    ready = *std::move(second).challenge({2002}).commit(journal_);
    committed_ballot third = polls_.commit(std::move(ready), polls_.council({0}), journal_);
    ready = *std::move(third).discard({2003}).commit(journal_);
    closing_device closing = *std::move(ready).close({3000}, random_);
    const quorum signatures = polls_.sign(closing.message());
    EXPECT_TRUE(std::move(closing).finish(signatures, journal_).has_value());
  }

  deterministic_random random_{test_seed()};
  sample_polls polls_{random_};
  device_site site_ = polls_.site();
  memory_journal journal_;
};

TEST_F(device, writes_a_journal_that_verifies) {
  run_whole_journal();
  using k = journal_kind;
  EXPECT_EQ(kinds(), (std::vector<k>{k::opening, k::ballot, k::cast, k::ballot, k::challenge,
                                     k::ballot, k::voided, k::close}));
  const election_context& election = polls_.context();
  const auto opening = item<opening_item>(0);
  EXPECT_TRUE(verify(election, opening).holds()) << verify(election, opening).reason();
  EXPECT_TRUE(check_elements(opening).has_value());

  digest32 link = opening_link(election.chain(), journal_.entries[0].canonical);
  std::vector<ballot_item> ballots;
  for (std::uint32_t s = 1; s <= 3; ++s) {
    const auto& resolution = journal_.entries[2 * s];
    ballots.push_back(item<ballot_item>(2 * s - 1));
    const ballot_item& ballot = ballots.back();
    EXPECT_EQ(ballot.place, site_.place);
    EXPECT_EQ(ballot.number, serial(s));
    EXPECT_EQ(ballot.previous, link);
    EXPECT_EQ(ballot.code, confirmation_code(election.chain(), ballot));
    EXPECT_TRUE(check_form(election, ballot).has_value());
    link = resolution_link(election.chain(), resolution.kind, resolution.canonical, ballot.code);
  }
  sequential_executor workers;
  for (const auto& outcome : ballot_verifier(election).verify(ballots, workers)) {
    EXPECT_TRUE(outcome.has_value());
  }
  const verification challenged =
      verify_challenge(election, opening, ballots[1], item<challenge_item>(4));
  EXPECT_TRUE(challenged.holds()) << challenged.reason();

  const auto close = item<close_item>(7);
  EXPECT_TRUE(verify(election, opening, close).holds());
  EXPECT_TRUE(check_elements(close).has_value());
  EXPECT_TRUE(check_close(close, {3, 1, 1, 1}, link).has_value());
}

TEST_F(device, encrypts_what_was_selected) {
  ready_device ready = polls_.open(site_, journal_);
  committed_ballot ballot = polls_.commit(
      std::move(ready),
      polls_.council_and_mayor({option_index(1), option_index(4)}, {option_index(2)}), journal_);
  const std::vector<std::vector<int>> expected = {{0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}, {0, 0, 1}};
  for (std::size_t c = 0; c < 2; ++c) {
    const auto& ciphertexts = ballot.item().contests[c].ciphertexts;
    ASSERT_EQ(ciphertexts.size(), expected[c].size());
    for (std::size_t i = 0; i < ciphertexts.size(); ++i) {
      const auto cipher = *decode(ciphertexts[i]);
      const auto opened =
          cipher.beta - G::mul_vartime(polls_.election().joint_secret(), cipher.alpha);
      EXPECT_EQ(opened, expected[c][i] == 1 ? G::generator() : G::identity());
    }
  }
}

TEST_F(device, ballots_of_a_style_have_one_length_whatever_is_chosen) {
  const std::vector<std::vector<std::uint32_t>> votes = {{}, {0}, {3, 7}, {7, 8, 9}};
  ready_device ready = polls_.open(site_, journal_);
  for (const auto& vote : votes) {
    committed_ballot ballot = polls_.commit(std::move(ready), polls_.council(vote), journal_);
    EXPECT_EQ(ballot.item().encode().size(),
              *ballot_bytes(polls_.election().source(), style_index(0)));
    ready = *std::move(ballot).cast({2001}).commit(journal_);
  }
}

TEST_F(device, no_alpha_occurs_twice) {
  run_whole_journal();
  std::vector<wire_element> alphas;
  for (const std::size_t i : {1U, 3U, 5U}) {
    const auto ballot = item<ballot_item>(i);
    for (const wire_ciphertext& c : ballot.contests[0].ciphertexts) {
      alphas.push_back(c.alpha);
    }
  }
  std::sort(alphas.begin(), alphas.end());
  EXPECT_EQ(std::adjacent_find(alphas.begin(), alphas.end()), alphas.end());
}

TEST_F(device, a_seed_used_again_under_another_statement_gives_other_masks) {
  ballot_item header{};
  header.place = site_.place;
  header.number = serial(1);
  header.style = style_index(0);
  const ballot_seed seed(random_.octets<32>());
  const auto encrypt = [&](const ballot_selection& selection, const ballot_item& under) {
    return *encrypt_ballot(polls_.context(), polls_.prover(), under, selection, seed);
  };
  const auto one = encrypt(polls_.council({1}), header);
  EXPECT_EQ(encrypt(polls_.council({1}), header), one) << "the seed decides everything else";
  ballot_item other = header;
  other.number = serial(2);
  for (const auto& again :
       {encrypt(polls_.council({2}), header), encrypt(polls_.council({1}), other)}) {
    for (std::size_t i = 0; i < 11; ++i) {
      EXPECT_NE(again[0].ciphertexts[i].alpha, one[0].ciphertexts[i].alpha);
    }
    EXPECT_NE(again[0].bits().A, one[0].bits().A);
    EXPECT_NE(again[0].bits().B, one[0].bits().B);
    EXPECT_NE(again[0].bits().T0, one[0].bits().T0);
    EXPECT_NE(again[0].bits().E, one[0].bits().E);
  }
}

TEST_F(device, a_writer_that_fails_is_offered_the_same_item_again) {
  prepared_device prepared = polls_.prepare(site_);
  const quorum signatures = polls_.sign(prepared.message());
  journal_.failures = 1;
  EXPECT_EQ(std::move(prepared).open(signatures, journal_).error().code, errc::io);
  ready_device ready = *std::move(prepared).open(signatures, journal_);  // NOLINT

  encrypted_ballot ballot = *std::move(ready).encrypt(polls_.council({2}), 7, {2000});
  journal_.failures = 2;
  EXPECT_FALSE(std::move(ballot).commit(journal_).has_value());
  EXPECT_FALSE(std::move(ballot).commit(journal_).has_value());      // NOLINT
  committed_ballot committed = *std::move(ballot).commit(journal_);  // NOLINT

  resolved_ballot<cast_item> resolved = std::move(committed).cast({2001});
  journal_.failures = 1;
  EXPECT_FALSE(std::move(resolved).commit(journal_).has_value());
  ready = *std::move(resolved).commit(journal_);  // NOLINT

  closing_device closing = *std::move(ready).close({3000}, random_);
  const quorum end = polls_.sign(closing.message());
  journal_.failures = 1;
  EXPECT_FALSE(std::move(closing).finish(end, journal_).has_value());
  EXPECT_TRUE(std::move(closing).finish(end, journal_).has_value());  // NOLINT

  using k = journal_kind;
  EXPECT_EQ(kinds(), (std::vector<k>{k::opening, k::ballot, k::cast, k::close}));
  EXPECT_TRUE(verify(polls_.context(), item<opening_item>(0), item<close_item>(3)).holds());
}

TEST_F(device, code_for_people_is_that_of_the_item) {
  ready_device ready = polls_.open(site_, journal_);
  EXPECT_EQ(ready.next_serial(), serial(1));
  const committed_ballot ballot = polls_.commit(std::move(ready), polls_.council({2}), journal_);
  EXPECT_TRUE(ballot.readable().matches(ballot.code()));
  EXPECT_EQ(ballot.readable().to_text().substr(0, 4), "1-1 ");
  EXPECT_EQ(journal_.entries.back().canonical, ballot.item().encode()) << "written before shown";
}

TEST_F(device, enrols_only_at_a_branch_with_a_number_and_a_capacity) {
  const auto refused = [&](std::uint32_t branch, std::uint32_t number, std::uint32_t capacity) {
    const auto enrolled =
        enrolled_device::enrol(polls_.site(branch, number), capacity, {1000}, random_);
    EXPECT_FALSE(enrolled.has_value());
    return enrolled ? errc::io : enrolled.error().code;
  };
  EXPECT_EQ(refused(2, 1, 5), errc::out_of_range);
  EXPECT_EQ(refused(99, 1, 5), errc::out_of_range);
  EXPECT_EQ(refused(3, 0, 5), errc::out_of_range);
  EXPECT_EQ(refused(3, 1, 0), errc::out_of_range);
  EXPECT_EQ(refused(3, 1, seed_ratchet::max_capacity + 1), errc::out_of_range);
}

TEST_F(device, takes_only_seeds_that_boards_drew_for_it) {
  enrolled_device enrolled = polls_.enrol(site_);
  EXPECT_TRUE(enrolled.announcement().board_roots.empty());
  const auto refused = [&](std::vector<seed_ratchet> seeds) {
    const auto prepared = std::move(enrolled).prepare(std::move(seeds));
    EXPECT_FALSE(prepared.has_value());
    return prepared ? std::string() : prepared.error().reason;
  };
  auto seeds = polls_.board_seeds(site_);
  seeds.pop_back();
  EXPECT_NE(refused(std::move(seeds)).find("each of 2 boards"), std::string::npos);
  seeds = polls_.board_seeds(site_);
  std::swap(seeds[0], seeds[1]);
  EXPECT_NE(refused(std::move(seeds)).find("another board"), std::string::npos);
  EXPECT_NE(refused(polls_.board_seeds(polls_.site(3, 2))).find("another device"),
            std::string::npos);
  seeds = polls_.board_seeds(site_);
  seeds[1].advance();
  EXPECT_NE(refused(std::move(seeds)).find("used already"), std::string::npos);
  seeds = polls_.board_seeds(site_);
  seeds[0] = seed_ratchet::draw(polls_.context().seeds(site_.place), seed_role_of(board_index(0)),
                                sample_polls::capacity + 1, random_);
  EXPECT_NE(refused(std::move(seeds)).find("another capacity"), std::string::npos);
  EXPECT_TRUE(std::move(enrolled).prepare(polls_.board_seeds(site_)).has_value());  // NOLINT
}

TEST_F(device, opens_and_closes_only_with_both_boards) {
  prepared_device prepared = polls_.prepare(site_);
  const auto refused = [&](quorum signatures) {
    const auto opened = std::move(prepared).open(signatures, journal_);
    return !opened && opened.error().code == errc::bad_signature;
  };
  const quorum good = polls_.sign(prepared.message());
  quorum changed = good;
  changed.boards.pop_back();
  EXPECT_TRUE(refused(changed));
  changed = good;
  changed.boards[0].pop_back();
  EXPECT_TRUE(refused(changed));
  changed = good;
  changed.boards[1][0].signature.octets[40] ^= std::byte{1};
  EXPECT_TRUE(refused(changed));
  EXPECT_TRUE(journal_.entries.empty());
  ready_device ready = *std::move(prepared).open(good, journal_);  // NOLINT
  closing_device closing = *std::move(ready).close({3000}, random_);
  EXPECT_EQ(std::move(closing).finish(good, journal_).error().code, errc::bad_signature);
  const quorum end = polls_.sign(closing.message());  // NOLINT
  EXPECT_TRUE(std::move(closing).finish(end, journal_).has_value());
}

TEST_F(device, refuses_what_is_not_its_own_and_goes_on) {
  ready_device ready = polls_.open(site_, journal_);
  const auto refused = [&](ballot_selection selection, std::uint16_t digits) {
    const auto ballot = std::move(ready).encrypt(std::move(selection), digits, {2000});
    EXPECT_FALSE(ballot.has_value());
    return ballot ? std::string() : ballot.error().reason;
  };
  EXPECT_NE(refused(polls_.council({1}, 6), 0).find("branch 6"), std::string::npos);
  EXPECT_NE(refused(polls_.council({1}), 10001).find("digits"), std::string::npos);
  EXPECT_EQ(ready.next_serial(), serial(1));
  for (std::uint32_t s = 1; s <= sample_polls::capacity; ++s) {
    EXPECT_EQ(ready.next_serial(), serial(s));
    committed_ballot ballot = polls_.commit(std::move(ready), polls_.council({1}), journal_);
    ready = *std::move(ballot).discard({2001}).commit(journal_);
  }
  EXPECT_NE(refused(polls_.council({1}), 0).find("capacity"), std::string::npos);
  EXPECT_EQ(ready.counters(), (journal_counters{6, 0, 0, 6}));
}

TEST_F(device, nothing_of_a_drill_stands_in_a_real_election) {
  run_whole_journal();
  // The same manifest but for its domain, and even the same election hash and key.
  manifest real = polls_.election().source();
  real.domain = election_domain::real;
  const auto election =
      *election_context::make(real, polls_.context().e1(), polls_.context().joint_key());
  const auto opening = item<opening_item>(0);
  EXPECT_NE(election.e0(), polls_.context().e0());
  EXPECT_FALSE(verify(election, opening).holds());
  EXPECT_FALSE(verify(election, opening, item<close_item>(7)).holds());
  EXPECT_FALSE(verify(real, *roster::decode(real)).holds());
  EXPECT_FALSE(
      verify_challenge(election, opening, item<ballot_item>(3), item<challenge_item>(4)).holds());
  sequential_executor workers;
  const std::vector<ballot_item> ballots = {item<ballot_item>(1)};
  EXPECT_FALSE(ballot_verifier(election).verify(ballots, workers)[0].has_value());
}

TEST_F(device, a_state_that_was_used_stops_the_program) {
  ready_device ready = polls_.open(site_, journal_);
  committed_ballot ballot = polls_.commit(std::move(ready), polls_.council({1}), journal_);
  auto challenged = std::move(ballot).challenge({2001});
  EXPECT_DEATH((void)std::move(ballot).cast({2002}), "used once");       // NOLINT
  EXPECT_DEATH((void)std::move(ballot).challenge({2002}), "used once");  // NOLINT
  EXPECT_DEATH((void)std::move(ballot).discard({2002}), "used once");    // NOLINT
  EXPECT_DEATH((void)ready.next_serial(), "used once");                  // NOLINT
  EXPECT_TRUE(std::move(challenged).commit(journal_).has_value());
  EXPECT_DEATH((void)std::move(challenged).commit(journal_), "used once");  // NOLINT
}

TEST_F(device, a_challenge_is_shown_when_it_is_written) {
  ready_device ready = polls_.open(site_, journal_);
  committed_ballot ballot = polls_.commit(std::move(ready), polls_.council({1}), journal_);
  auto challenged = std::move(ballot).challenge({2001});
  journal_.failures = 1;
  EXPECT_FALSE(std::move(challenged).commit_and_show(journal_).has_value());
  auto shown = std::move(challenged).commit_and_show(journal_);  // NOLINT: offered again
  ASSERT_TRUE(shown.has_value());
  EXPECT_EQ(journal_.entries.back().kind, journal_kind::challenge);
  EXPECT_EQ(journal_.entries.back().canonical, shown->item.encode());
  EXPECT_EQ(shown->device.next_serial(), serial(2));
}

}  // namespace
}  // namespace sandoq
