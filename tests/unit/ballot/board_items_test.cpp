// What the boards write into the ballot files: recoveries, exclusions and eligibility logs.

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/journal_recovery.hpp"
#include "sandoq/ballot/membership.hpp"
#include "tests/support/byte_mutations.hpp"
#include "tests/support/sample_device.hpp"
#include "tests/support/sodium_hash.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::expect_canonical;
using testing::memory_journal;
using testing::sample_election;
using testing::sample_polls;
using testing::sodium_h;
using testing::test_seed;

constexpr device_place there{branch_index(7), device_index(2)};

class board_items : public ::testing::Test {
 protected:
  digest32 digest() { return {random_.octets<32>()}; }
  wire_signature signature() { return {random_.octets<64>()}; }
  quorum signatures() { return {{{{1, signature()}, {3, signature()}}, {{2, signature()}}}}; }

  recovery_item recovery() {
    return {there, {5}, {17, 12, 4, 1}, digest(), "a flood", signatures()};
  }
  exclusion_item exclusion() {
    return {there, {5}, exclusion_reason::other, 3, digest(), "a flood", signatures()};
  }
  eligibility_item log() {
    return {
        branch_index(7), {{digest(), style_index(1)}, {digest(), style_index(0)}}, signatures()};
  }

  deterministic_random random_{test_seed()};
};

template <class Item>
errc code_of(const Item& item) {
  const auto read = Item::decode(item.encode());
  EXPECT_FALSE(read.has_value());
  return read ? errc::io : read.error().code;
}

// The bytes before the quorum.
template <class Item>
bytes unsigned_part(const Item& item) {
  bytes out = item.encode();
  out.resize(out.size() - item.signatures.encode().size());
  return out;
}

TEST_F(board_items, their_bytes_are_canonical) {
  EXPECT_GT(expect_canonical(recovery()), 0U);
  EXPECT_GT(expect_canonical(exclusion()), 0U);
  EXPECT_GT(expect_canonical(log()), 0U);
}

TEST_F(board_items, have_bounds) {
  recovery_item r = recovery();
  r.remark.assign(1024, 'x');
  EXPECT_TRUE(recovery_item::decode(r.encode()).has_value());
  r.remark.push_back('x');
  EXPECT_EQ(code_of(r), errc::too_large);
  exclusion_item x = exclusion();
  x.remark.assign(1025, 'x');
  EXPECT_EQ(code_of(x), errc::too_large);
  x.remark = "";
  EXPECT_TRUE(exclusion_item::decode(x.encode()).has_value());
  eligibility_item e = log();
  e.tokens.clear();
  EXPECT_TRUE(eligibility_item::decode(e.encode()).has_value()) << "nobody came";
  e.tokens.resize(eligibility_item::max_tokens);
  EXPECT_TRUE(eligibility_item::decode(e.encode()).has_value());
  e.tokens.emplace_back();
  EXPECT_EQ(code_of(e), errc::too_large);
  // A count that the bytes cannot hold is refused before memory is taken.
  bytes cut = log().encode();
  cut[4] = std::byte{200};
  EXPECT_EQ(eligibility_item::decode(cut).error().code, errc::truncated);
  bytes bad_text = recovery().encode();
  bad_text[4 + 4 + 8 + 16 + 32 + 4] = std::byte{0xff};
  EXPECT_EQ(recovery_item::decode(bad_text).error().code, errc::bad_text);
}

TEST_F(board_items, boards_sign_everything_before_the_quorum) {
  const chain_context election{digest(), election_domain::drill};
  const auto r = recovery();
  const auto x = exclusion();
  const auto e = log();
  EXPECT_EQ(board_message(election, r).digest, sodium_h("recovery", unsigned_part(r)));
  EXPECT_EQ(board_message(election, x).digest, sodium_h("exclusion", unsigned_part(x)));
  EXPECT_EQ(board_message(election, e).digest, sodium_h("eligibility", unsigned_part(e)));
  EXPECT_EQ(board_message(election, r).purpose.view(), "recovery");
  EXPECT_EQ(board_message(election, x).purpose.view(), "exclusion");
  EXPECT_EQ(board_message(election, e).purpose.view(), "eligibility");
}

TEST_F(board_items, elements_of_their_quorums_are_looked_at) {
  EXPECT_FALSE(check_elements(recovery()).has_value()) << "random bytes are no signatures";
  EXPECT_FALSE(check_elements(exclusion()).has_value());
  EXPECT_FALSE(check_elements(log()).has_value());
  recovery_item r = recovery();
  r.signatures = {{{{1, {}}}}};
  EXPECT_TRUE(check_elements(r).has_value()) << "the identity and 0 decode";
}

TEST_F(board_items, token_and_evidence_hashes_are_those_of_the_specification) {
  const chain_context election{digest(), election_domain::real};
  const auto token = random_.octets<32>();
  byte_writer hashed;
  hashed.fixed(election.e1.view());
  hashed.u8(1);
  hashed.fixed(token);
  EXPECT_EQ(token_hash(election, token), sodium_h("eligibility/token", hashed.view()));
  const auto a = random_.octets<40>();
  const auto b = random_.octets<9>();
  byte_writer evidence;
  evidence.fixed(election.e1.view());
  evidence.u8(1);
  evidence.u32(21);
  evidence.var(a);
  evidence.u32(24);
  evidence.var(b);
  evidence_hash hash(election);
  hash.add(journal_kind::ballot, a);
  hash.add(journal_kind::voided, b);
  EXPECT_EQ(hash.digest(), sodium_h("exclusion/evidence", evidence.view()));
}

class lost_journal : public ::testing::Test {
 protected:
  lost_journal() : polls_(random_) {}

  // Two ballots, cast and challenged, and a third that nobody resolved.
  std::vector<journal_entry> left_behind() {
    memory_journal journal;
    ready_device device = polls_.open(polls_.site(), journal);
    device = *polls_.commit(std::move(device), polls_.council({1, 4}), journal)
                  .cast({3000})
                  .commit(journal);
    device = *polls_.commit(std::move(device), polls_.council({}), journal)
                  .challenge({3001})
                  .commit(journal);
    (void)polls_.commit(std::move(device), polls_.council({2}), journal);
    std::vector<journal_entry> out;
    for (const auto& entry : journal.entries) {
      out.push_back({entry.kind, entry.canonical});
    }
    return out;
  }
  [[nodiscard]] chain_context chain() const { return polls_.context().chain(); }

  deterministic_random random_{test_seed()};
  sample_polls polls_;
};

TEST_F(lost_journal, is_recovered_with_its_last_ballot_void) {
  const auto items = left_behind();
  ASSERT_EQ(items.size(), 6U);
  const auto recovered = recover_journal(chain(), items, {4000}, "lightning");
  ASSERT_TRUE(recovered) << to_string(recovered.error());
  ASSERT_TRUE(recovered->resolution.has_value());
  EXPECT_EQ(*recovered->resolution, (void_item{polls_.site().place, serial(3), {4000}}));
  EXPECT_EQ(recovered->recovery.counters, (journal_counters{3, 1, 1, 1}));
  EXPECT_EQ(recovered->recovery.remark, "lightning");
  const auto last = ballot_item::decode(items.back().canonical);
  const digest32 link =
      resolution_link(chain(), journal_kind::voided, recovered->resolution->encode(), last->code);
  EXPECT_TRUE(check_close(recovered->recovery, {3, 1, 1, 1}, link).has_value());
  EXPECT_FALSE(check_close(recovered->recovery, {3, 2, 0, 1}, link).has_value());
  EXPECT_FALSE(check_close(recovered->recovery, {3, 1, 1, 1}, last->previous).has_value());
  auto whole = items;
  whole.push_back({journal_kind::voided, recovered->resolution->encode()});
  const auto again = recover_journal(chain(), whole, {4000}, "lightning");
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->resolution.has_value());
  EXPECT_EQ(again->recovery, recovered->recovery);
}

TEST_F(lost_journal, is_not_recovered_where_it_is_broken) {
  const auto good = left_behind();
  const auto refused = [&](auto change) {
    auto items = good;
    change(items);
    return !recover_journal(chain(), items, {4000}, "").has_value();
  };
  EXPECT_TRUE(refused([](auto& items) { items.clear(); }));
  EXPECT_TRUE(refused([](auto& items) { items.erase(items.begin()); })) << "no opening";
  EXPECT_TRUE(refused([](auto& items) { items.erase(items.begin() + 1); })) << "no ballot";
  EXPECT_TRUE(refused([](auto& items) { items.erase(items.begin() + 2); })) << "no resolution";
  EXPECT_TRUE(refused([](auto& items) { items.push_back(items.back()); }));
  EXPECT_TRUE(refused([](auto& items) { items.push_back(items.front()); })) << "opened twice";
  EXPECT_TRUE(refused([](auto& items) { items[3].canonical.back() ^= std::byte{1}; })) << "code";
  EXPECT_TRUE(refused([](auto& items) { items[2].canonical.back() ^= std::byte{1}; })) << "chain";
  EXPECT_TRUE(refused([](auto& items) { items[2].canonical[4] ^= std::byte{1}; })) << "device";
  EXPECT_TRUE(refused([](auto& items) { items[2].canonical.pop_back(); }));
  EXPECT_FALSE(recover_journal(chain(), good, {4000}, std::string(1025, 'x')).has_value());
  EXPECT_FALSE(recover_journal({chain().e1, election_domain::real}, good, {4000}, "").has_value());
}

TEST_F(lost_journal, is_excluded_whatever_it_holds) {
  auto items = left_behind();
  items[1].canonical.back() ^= std::byte{1};
  const device_place place = polls_.site().place;
  const auto made =
      exclude_journal(chain(), place, {1}, exclusion_reason::broken_journal, "", items);
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_EQ(made->items, 6U);
  evidence_hash hash(chain());
  for (const journal_entry& entry : items) {
    hash.add(entry.kind, entry.canonical);
  }
  EXPECT_TRUE(check_exclusion(*made, hash.digest()).has_value());
  EXPECT_FALSE(check_exclusion(*made, digest32{}).has_value());
  const auto nothing = exclude_journal(chain(), place, {1}, exclusion_reason::lost, "", {});
  ASSERT_TRUE(nothing);
  EXPECT_EQ(nothing->evidence, evidence_hash(chain()).digest());
}

TEST_F(lost_journal, is_excluded_for_one_of_five_reasons) {
  const device_place place = polls_.site().place;
  const auto made = [&](exclusion_reason reason, const std::string& remark) {
    return exclude_journal(chain(), place, {1}, reason, remark, {}).has_value();
  };
  EXPECT_TRUE(made(exclusion_reason::lost, ""));
  EXPECT_TRUE(made(exclusion_reason::other, "told"));
  EXPECT_FALSE(made(exclusion_reason::other, ""));
  EXPECT_FALSE(made(static_cast<exclusion_reason>(0), "x"));
  EXPECT_FALSE(made(static_cast<exclusion_reason>(6), "x"));
  EXPECT_FALSE(made(exclusion_reason::lost, std::string(1025, 'x')));
  EXPECT_EQ(name_of(exclusion_reason::failed_challenge), "failed challenge");
  EXPECT_EQ(name_of(static_cast<exclusion_reason>(9)), "unknown");
}

TEST_F(lost_journal, takes_evidence_of_one_journal_only) {
  const auto items = left_behind();
  const device_place place = polls_.site().place;
  const auto made = [&](const device_place& at, std::vector<journal_entry> evidence) {
    return exclude_journal(chain(), at, {1}, exclusion_reason::lost, "", evidence).has_value();
  };
  EXPECT_TRUE(made(place, items));
  EXPECT_FALSE(made({place.branch, device_index(2)}, items));
  EXPECT_FALSE(made({branch_index(4), place.device}, items));
  EXPECT_FALSE(made(place, {{journal_kind::exclusion, items[0].canonical}}));
  EXPECT_FALSE(made(place, {{journal_kind::eligibility, items[0].canonical}}));
  EXPECT_FALSE(made(place, {{journal_kind::cast, bytes(7)}}));
}

class token_log : public ::testing::Test {
 protected:
  token_log() : election_(random_), index_(*manifest_index::build(election_.source())) {}

  // Branch 3 gives styles 0 and 1.
  eligibility_item log(std::size_t of_0, std::size_t of_1) {
    std::vector<accepted_token> tokens;
    for (std::size_t i = 0; i < of_0 + of_1; ++i) {
      tokens.push_back({random_.octets<32>(), style_index(i < of_0 ? 0 : 1)});
    }
    return *make_eligibility_log(chain_, branch_index(3), tokens);
  }
  [[nodiscard]] bool fits(const eligibility_item& item, const style_counts& cast,
                          branch_journals journals = branch_journals::all_count) const {
    return check_tokens(index_, item, cast, journals).has_value();
  }

  deterministic_random random_{test_seed()};
  sample_election election_;
  manifest_index index_;
  chain_context chain_{election_.e1(), election_domain::drill};
};

constexpr style_index s0{0};
constexpr style_index s1{1};

TEST_F(token_log, is_in_the_order_of_hashes) {
  const auto item = log(20, 10);
  EXPECT_TRUE(std::is_sorted(item.tokens.begin(), item.tokens.end()));
  EXPECT_TRUE(fits(item, {{s0, 20}, {s1, 10}}));
  auto swapped = item;
  std::swap(swapped.tokens[3], swapped.tokens[4]);
  EXPECT_FALSE(fits(swapped, {{s0, 20}, {s1, 10}}));
  auto twice = item;
  twice.tokens[4].hash = twice.tokens[3].hash;
  EXPECT_FALSE(fits(twice, {{s0, 20}, {s1, 10}}));
}

TEST_F(token_log, gives_each_of_its_hashes_once) {
  const eligibility_item item = log(5, 4);
  std::vector<digest32> hashes;
  for (const used_token& token : item.tokens) {
    hashes.push_back(token.hash);
  }
  EXPECT_EQ(distinct_tokens(item), hashes);
  eligibility_item repeated = item;
  repeated.tokens.push_back(item.tokens.front());  // not even beside itself
  repeated.tokens.insert(repeated.tokens.begin(), item.tokens[4]);
  EXPECT_EQ(distinct_tokens(repeated), hashes);
}

TEST_F(token_log, has_one_token_for_each_ballot_of_a_style) {
  const auto item = log(2, 1);
  EXPECT_TRUE(fits(item, {{s0, 2}, {s1, 1}}));
  EXPECT_FALSE(fits(item, {{s0, 1}, {s1, 2}}));
  EXPECT_FALSE(fits(item, {{s0, 2}}));
  EXPECT_FALSE(fits(item, {{s0, 3}, {s1, 1}}));
  EXPECT_FALSE(fits(item, {{s0, 2}, {s1, 1}, {style_index(2), 1}}));
  EXPECT_FALSE(fits(item, {}));
  EXPECT_TRUE(fits(log(0, 0), {}));
}

TEST_F(token_log, may_have_more_where_a_journal_is_excluded) {
  const auto item = log(2, 1);
  const auto some = branch_journals::some_excluded;
  EXPECT_TRUE(fits(item, {{s0, 2}, {s1, 1}}, some));
  EXPECT_TRUE(fits(item, {{s0, 1}}, some));
  EXPECT_TRUE(fits(item, {}, some));
  EXPECT_FALSE(fits(item, {{s0, 3}, {s1, 1}}, some));
  EXPECT_FALSE(fits(item, {{s0, 2}, {s1, 2}}, some));
}

TEST_F(token_log, names_styles_of_its_branch_only) {
  auto item = log(2, 0);
  item.tokens[1].style = style_index(2);
  EXPECT_FALSE(fits(item, {{s0, 1}, {style_index(2), 1}}));
  item.tokens[1].style = style_index(99);
  EXPECT_FALSE(fits(item, {{s0, 1}, {style_index(99), 1}}));
}

TEST_F(token_log, is_not_made_of_a_token_twice) {
  const accepted_token token{random_.octets<32>(), s0};
  EXPECT_EQ(make_eligibility_log(chain_, branch_index(3), std::vector{token, token}).error().code,
            errc::duplicate);
  EXPECT_FALSE(make_eligibility_log(chain_, branch_index(3),
                                    std::vector<accepted_token>(eligibility_item::max_tokens + 1))
                   .has_value());
}

}  // namespace
}  // namespace sandoq
