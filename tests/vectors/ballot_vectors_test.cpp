// spec/52-ballot/vectors/ballot.json: codes, seeds, ballots, journals, challenges, exclusions and
// eligibility logs made and judged by the reference.

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/challenge.hpp"
#include "sandoq/ballot/confirmation_code.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/encrypt_secret.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/membership.hpp"
#include "sandoq/ballot/seed_secret.hpp"
#include "sandoq/ballot/selection_secret.hpp"
#include "sandoq/threshold/opening.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/vector_fields.hpp"

namespace sandoq {
namespace {

using testing::vector_value;

std::vector<vector_value> ballot_vectors(std::string_view kind) {
  return testing::load_vectors("52-ballot/vectors/ballot.json", kind);
}

std::uint32_t u32(const vector_value& v, std::string_view field) {
  return static_cast<std::uint32_t>(v.at(field).number());
}

election_domain domain_of(const vector_value& v) {
  return static_cast<election_domain>(v.at("domain").number());
}

seed_context seeds_of(const vector_value& v) {
  return {digest32{v.at("e1").octets<32>()}, domain_of(v), branch_index(u32(v, "branch")),
          device_index(u32(v, "device"))};
}

election_context election_of(const vector_value& v) {
  const auto source = manifest::decode(v.at("manifest").octets());
  EXPECT_TRUE(source.has_value()) << (source ? "" : to_string(source.error()));
  return *election_context::make(*source, digest32{v.at("e1").octets<32>()},
                                 *encoded_element<ristretto255>::decode(v.at("key").octets()));
}

byte_array<32> plain(const ballot_seed& seed) {
  return declassify<"a published vector">(seed);
}

TEST(ballot_vectors, code_for_people) {
  for (const vector_value& v : ballot_vectors("code-text")) {
    SCOPED_TRACE(v.at("id").text());
    const digest32 code{v.at("code").octets<32>()};
    const auto shown =
        readable_code::of(device_index(u32(v, "device")), serial(u32(v, "serial")), code);
    EXPECT_EQ(shown.to_text(), v.at("text").text());
    const auto read = readable_code::from_text(v.at("text").text());
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(*read, shown);
  }
}

TEST(ballot_vectors, seeds_of_a_role) {
  for (const vector_value& v : ballot_vectors("seeds")) {
    SCOPED_TRACE(v.at("id").text());
    const seed_context context = seeds_of(v);
    const seed_role role(u32(v, "role"));
    const std::uint32_t capacity = u32(v, "capacity");
    auto ratchet = seed_ratchet::from_start(context, role, capacity,
                                            secret<byte_array<32>>(v.at("start").octets<32>()));
    EXPECT_EQ(ratchet.root().octets, v.at("root").octets<32>());
    const auto& seeds = v.at("seeds").items();
    ASSERT_EQ(seeds.size(), capacity);
    for (std::uint32_t s = 1; s <= capacity; ++s) {
      const byte_array<32> seed = plain(*ratchet.present());
      EXPECT_EQ(seed, seeds[s - 1].octets<32>());
      EXPECT_EQ(seed_leaf(context, role, serial(s), seed).octets,
                v.at("leaves").items()[s - 1].octets<32>());
      const seed_opening opening{seed, ratchet.path(serial(s))};
      bytes path;
      for (const digest32& sibling : opening.path) {
        path.insert(path.end(), sibling.octets.begin(), sibling.octets.end());
      }
      EXPECT_EQ(path, v.at("paths").items()[s - 1].joined_octets());
      EXPECT_TRUE(
          check_seed(context, role, serial(s), capacity, ratchet.root(), opening).has_value());
      ratchet.advance();
    }
  }
}

TEST(ballot_vectors, seed_of_a_ballot) {
  for (const vector_value& v : ballot_vectors("ballot-seed")) {
    SCOPED_TRACE(v.at("id").text());
    const serial number(u32(v, "serial"));
    std::vector<byte_array<32>> parts;
    for (const vector_value& seed : v.at("seeds").items()) {
      parts.push_back(seed.octets<32>());
    }
    std::vector<ballot_seed> boards;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      boards.emplace_back(parts[i]);
    }
    const auto expected = v.at("seed").octets<32>();
    EXPECT_EQ(plain(combine_seeds(seeds_of(v), number, ballot_seed(parts[0]), boards)), expected);
    EXPECT_EQ(revealed_ballot_seed(seeds_of(v), number, parts[0], std::span(parts).subspan(1)),
              expected);
  }
}

// As a voter who chooses this enters it.
result<contest_selection> selection_of(const contest_terms& terms, const revealed_choices& chosen) {
  if (chosen.encoding == contest_encoding::bit_vector) {
    return contest_selection::of_choices(terms,
                                         secret_bytes(std::as_bytes(std::span(chosen.bits))));
  }
  std::vector<option_index> slots(terms.limits.max_choices, contest_selection::no_option);
  for (std::size_t i = 0; i < chosen.codes.size(); ++i) {
    slots[i] = option_index(chosen.codes[i] - 1);
  }
  auto made = chosen.encoding == contest_encoding::packed_ranking
                  ? contest_selection::of_ranks(terms, slots)
                  : contest_selection::of_slots(terms, slots);
  if (!made || !is_packed(terms.encoding)) {
    return made;
  }
  bytes text(terms.packed().shape().text_bytes());
  const byte_view written = bytes_of(chosen.text);
  std::copy(written.begin(), written.end(), text.begin());
  return std::move(*made).with_text(terms, secret_bytes(byte_view(text)));
}

TEST(ballot_vectors, a_device_writes_the_references_bytes) {
  for (const vector_value& v : ballot_vectors("ballot")) {
    SCOPED_TRACE(v.at("id").text());
    const election_context election = election_of(v);
    const ballot_prover prover(election.proofs());
    const style_index style(u32(v, "style"));
    std::vector<contest_selection> selections;
    const auto contests = election.index().contests_of(style);
    for (std::size_t i = 0; i < contests.size(); ++i) {
      const bytes choices = v.at("choices").items()[i].octets();
      byte_reader in(choices);
      const auto revealed = read_revealed_choices(in);
      ASSERT_TRUE(revealed.has_value()) << to_string(revealed.error());
      auto selection = selection_of(election.terms(contests[i]), *revealed);
      ASSERT_TRUE(selection.has_value()) << to_string(selection.error());
      selections.push_back(std::move(*selection));
    }
    const branch_index branch(u32(v, "branch"));
    const auto selection = ballot_selection::make(election, branch, style, std::move(selections));
    ASSERT_TRUE(selection.has_value()) << to_string(selection.error());
    ballot_item item{.place = {branch, device_index(u32(v, "device"))},
                     .number = serial(u32(v, "serial")),
                     .style = style,
                     .digits = static_cast<std::uint16_t>(v.at("digits").number()),
                     .contests = {},
                     .time = {static_cast<std::uint64_t>(v.at("time").number())},
                     .previous = {v.at("previous").octets<32>()},
                     .code = {}};
    item.contests =
        *encrypt_ballot(election, prover, item, *selection, ballot_seed(v.at("seed").octets<32>()));
    EXPECT_EQ(item.ballot_hash().octets, v.at("ballot_hash").octets<32>());
    item.code = confirmation_code(election.chain(), item);
    EXPECT_EQ(item.code.octets, v.at("code").octets<32>());
    EXPECT_EQ(item.encode(), v.at("ballot").octets());
    sequential_executor workers;
    const std::vector<ballot_item> ballots = {item};
    EXPECT_TRUE(ballot_verifier(election).verify(ballots, workers)[0].has_value());
  }
}

// Follows a journal of the reference, comparing what each item leads to.
class journal_follower {
 public:
  explicit journal_follower(const vector_value& v) : election_(election_of(v)) {}

  void follow(const vector_value& item, const vector_value& step) {
    const bytes canonical = item.at("bytes").octets();
    const auto kind = static_cast<journal_kind>(item.at("kind").number());
    switch (kind) {
      case journal_kind::opening:
        return follow_opening(canonical, step);
      case journal_kind::ballot:
        return follow_ballot(canonical, step);
      case journal_kind::close:
        return follow_close(canonical, step);
      case journal_kind::recovery:
        return follow_recovery(canonical, step);
      default:
        return follow_resolution(kind, canonical, step);
    }
  }
  [[nodiscard]] std::uint32_t serials() const { return counted_.committed; }

 private:
  void follow_opening(const bytes& canonical, const vector_value& step) {
    opening_ = *opening_item::decode(canonical);
    EXPECT_EQ(opening_.encode(), canonical);
    EXPECT_EQ(opening_.device_digest().octets, step.at("device_digest").octets<32>());
    EXPECT_EQ(opening_.board_digest().octets, step.at("board_digest").octets<32>());
    const verification outcome = verify(election_, opening_);
    EXPECT_TRUE(outcome.holds()) << outcome.reason();
    link_ = opening_link(election_.chain(), canonical);
    EXPECT_EQ(link_.octets, step.at("link").octets<32>());
  }
  void follow_ballot(const bytes& canonical, const vector_value& step) {
    ballot_ = *ballot_item::decode(canonical);
    EXPECT_EQ(ballot_.number, serial(++counted_.committed));
    EXPECT_EQ(ballot_.previous, link_);
    EXPECT_EQ(ballot_.ballot_hash().octets, step.at("ballot_hash").octets<32>());
    EXPECT_EQ(ballot_.code.octets, step.at("code").octets<32>());
    EXPECT_EQ(ballot_.code, confirmation_code(election_.chain(), ballot_));
    EXPECT_TRUE(check_form(election_, ballot_).has_value());
    sequential_executor workers;
    EXPECT_TRUE(ballot_verifier(election_).verify(std::span(&ballot_, 1), workers)[0].has_value());
  }
  void follow_resolution(journal_kind kind, const bytes& canonical, const vector_value& step) {
    if (kind == journal_kind::cast) {
      ++counted_.cast;
      EXPECT_EQ(cast_item::decode(canonical)->encode(), canonical);
    } else if (kind == journal_kind::voided) {
      ++counted_.voided;
      EXPECT_EQ(void_item::decode(canonical)->encode(), canonical);
    } else {
      ++counted_.challenged;
      const verification outcome =
          verify_challenge(election_, opening_, ballot_, *challenge_item::decode(canonical));
      EXPECT_TRUE(outcome.holds()) << outcome.reason();
    }
    link_ = resolution_link(election_.chain(), kind, canonical, ballot_.code);
    EXPECT_EQ(link_.octets, step.at("link").octets<32>());
  }
  void follow_close(const bytes& canonical, const vector_value& step) {
    const close_item close = *close_item::decode(canonical);
    EXPECT_EQ(close.encode(), canonical);
    EXPECT_EQ(close.device_digest().octets, step.at("device_digest").octets<32>());
    EXPECT_EQ(close.board_digest().octets, step.at("board_digest").octets<32>());
    const verification outcome = verify(election_, opening_, close);
    EXPECT_TRUE(outcome.holds()) << outcome.reason();
    const auto rest = check_close(close, counted_, link_);
    EXPECT_TRUE(rest.has_value()) << (rest ? "" : to_string(rest.error()));
  }

  void follow_recovery(const bytes& canonical, const vector_value& step) {
    const recovery_item recovery = *recovery_item::decode(canonical);
    EXPECT_EQ(recovery.encode(), canonical);
    EXPECT_EQ(recovery.board_digest().octets, step.at("board_digest").octets<32>());
    const verification outcome = verify(
        election_.keys().boards(), board_message(election_.chain(), recovery), recovery.signatures);
    EXPECT_TRUE(outcome.holds()) << outcome.reason();
    const auto rest = check_close(recovery, counted_, link_);
    EXPECT_TRUE(rest.has_value()) << (rest ? "" : to_string(rest.error()));
  }

  election_context election_;
  opening_item opening_{};
  ballot_item ballot_{};
  journal_counters counted_;
  digest32 link_;
};

TEST(ballot_vectors, a_whole_journal) {
  for (const vector_value& v : ballot_vectors("journal")) {
    SCOPED_TRACE(v.at("id").text());
    journal_follower follower(v);
    const auto& items = v.at("items").items();
    const auto& steps = v.at("steps").items();
    ASSERT_EQ(items.size(), steps.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      SCOPED_TRACE(i);
      follower.follow(items[i], steps[i]);
    }
    EXPECT_GT(follower.serials(), 0U);
  }
}

TEST(ballot_vectors, challenges) {
  for (const vector_value& v : ballot_vectors("challenge")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const auto opening = opening_item::decode(v.at("opening").octets());
    const auto ballot = ballot_item::decode(v.at("ballot").octets());
    const auto challenge = challenge_item::decode(v.at("challenge").octets());
    ASSERT_TRUE(opening && ballot && challenge);
    const verification outcome = verify_challenge(election_of(v), *opening, *ballot, *challenge);
    EXPECT_EQ(outcome.holds(), v.at("expect").text() == "accept") << outcome.reason();
  }
}

TEST(ballot_vectors, exclusions) {
  for (const vector_value& v : ballot_vectors("exclusion")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const election_context election = election_of(v);
    const auto exclusion = exclusion_item::decode(v.at("exclusion").octets());
    ASSERT_TRUE(exclusion.has_value());
    EXPECT_EQ(exclusion->board_digest().octets, v.at("digest").octets<32>());
    evidence_hash evidence(election.chain());
    for (const vector_value& item : v.at("items").items()) {
      evidence.add(static_cast<journal_kind>(item.at("kind").number()), item.at("bytes").octets());
    }
    EXPECT_EQ(evidence.digest().octets, v.at("evidence").octets<32>());
    const bool holds = check_exclusion(*exclusion, evidence.digest()).has_value() &&
                       verify(election.keys().boards(), board_message(election.chain(), *exclusion),
                              exclusion->signatures)
                           .holds();
    EXPECT_EQ(holds, v.at("expect").text() == "accept");
  }
}

TEST(ballot_vectors, closings) {
  for (const vector_value& v : ballot_vectors("closings")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    closings_hash closings(digest32{v.at("e1").octets<32>()});
    for (const vector_value& journal : v.at("journals").items()) {
      closings.add(u32(journal, "kind"), journal.at("bytes").octets());
    }
    for (const vector_value& commitment : v.at("lot_commits").items()) {
      closings.add_lot(commitment.octets());
    }
    EXPECT_EQ(closings.digest().octets, v.at("closings").octets<32>());
  }
}

TEST(ballot_vectors, token_hashes) {
  for (const vector_value& v : ballot_vectors("token-hash")) {
    SCOPED_TRACE(v.at("id").text());
    const chain_context election{digest32{v.at("e1").octets<32>()}, domain_of(v)};
    EXPECT_EQ(token_hash(election, v.at("token").octets<32>()).octets, v.at("hash").octets<32>());
  }
}

TEST(ballot_vectors, eligibility_logs) {
  for (const vector_value& v : ballot_vectors("eligibility")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const election_context election = election_of(v);
    const auto log = eligibility_item::decode(v.at("log").octets());
    ASSERT_TRUE(log.has_value());
    EXPECT_EQ(log->board_digest().octets, v.at("digest").octets<32>());
    style_counts cast;
    for (const vector_value& pair : v.at("cast").items()) {
      cast[style_index(static_cast<std::uint32_t>(pair.items()[0].number()))] =
          static_cast<std::uint64_t>(pair.items()[1].number());
    }
    const auto journals = v.at("excluded").number() != 0 ? branch_journals::some_excluded
                                                         : branch_journals::all_count;
    const bool holds =
        check_tokens(election.index(), *log, cast, journals).has_value() &&
        verify(election.keys().boards(), board_message(election.chain(), *log), log->signatures)
            .holds();
    EXPECT_EQ(holds, v.at("expect").text() == "accept");
  }
}

// The check that an item fails by itself, or nothing.
template <class Item>
std::string failing_check(const bytes& canonical) {
  const auto read = Item::decode(canonical);
  if (!read) {
    return "record.items";
  }
  EXPECT_EQ(read->encode(), canonical);
  if constexpr (requires { check_elements(*read); }) {
    return check_elements(*read) ? "" : "record.elements";
  }
  return "";
}

TEST(ballot_vectors, items_fail_the_check_they_name) {
  for (const vector_value& v : ballot_vectors("item")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const bytes canonical = v.at("bytes").octets();
    std::string failed;
    switch (static_cast<journal_kind>(v.at("item").number())) {
      case journal_kind::opening:
        failed = failing_check<opening_item>(canonical);
        break;
      case journal_kind::ballot:
        failed = failing_check<ballot_item>(canonical);
        break;
      case journal_kind::cast:
        failed = failing_check<cast_item>(canonical);
        break;
      case journal_kind::challenge:
        failed = failing_check<challenge_item>(canonical);
        break;
      case journal_kind::voided:
        failed = failing_check<void_item>(canonical);
        break;
      case journal_kind::close:
        failed = failing_check<close_item>(canonical);
        break;
      case journal_kind::recovery:
        failed = failing_check<recovery_item>(canonical);
        break;
      case journal_kind::exclusion:
        failed = failing_check<exclusion_item>(canonical);
        break;
      case journal_kind::eligibility:
        failed = failing_check<eligibility_item>(canonical);
        break;
    }
    const bool accept = v.at("expect").text() == "accept";
    EXPECT_EQ(failed, accept ? std::string() : v.at("fails_check").text());
  }
}

}  // namespace
}  // namespace sandoq
