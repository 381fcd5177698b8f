// spec/75-result/vectors/result.json: counts and seats, what breaks ties, and the items of both.

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sandoq/tally/contest_allocation.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/tally/subtotal.hpp"
#include "sandoq/tally/ties.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/vector_fields.hpp"

namespace sandoq {
namespace {

using testing::vector_value;

std::vector<std::uint64_t> counts_of(const vector_value& v) {
  std::vector<std::uint64_t> out;
  for (const vector_value& count : v.at("counts").items()) {
    out.push_back(static_cast<std::uint64_t>(count.number()));
  }
  return out;
}

std::vector<option_index> options_of(const vector_value& list) {
  std::vector<option_index> out;
  for (const vector_value& option : list.items()) {
    out.emplace_back(u32_of(option));
  }
  return out;
}

void check_seats_vector(const vector_value& v) {
  seat_allocation expected{options_of(v.at("elected")), options_of(v.at("elected_alternates")), {}};
  for (const vector_value& tie : v.at("ties").items()) {
    expected.ties.push_back(
        {u32_of(tie.at("seats")), u32_of(tie.at("alternates")), options_of(tie.at("options"))});
  }
  const auto counts = counts_of(v);
  EXPECT_EQ(plurality_at_large(counts, {u32_of(v.at("seats")), u32_of(v.at("alternates"))}),
            expected);
  const contest_result published{contest_index(u32_of(v.at("result_contest"))),
                                 static_cast<std::uint64_t>(v.at("result_ballots").number()),
                                 counts, expected};
  EXPECT_EQ(published.encode(), v.at("bytes").octets());
  EXPECT_EQ(contest_result::decode(v.at("bytes").octets()).value(), published);
}

void check_counts_vector(const vector_value& v) {
  contest_entry contest;
  contest.options.resize(u32_of(v.at("options")));
  contest.max_choices = u32_of(v.at("max"));
  contest.min_choices = u32_of(v.at("min"));
  contest.blank = v.at("blank").number() != 0 ? blank_option::counted : blank_option::absent;
  contest_result published;
  published.ballots = static_cast<std::uint64_t>(v.at("ballots").number());
  published.counts = counts_of(v);
  const auto verdict = check_counts(contest, published.ballots, published);
  EXPECT_EQ(verdict.holds(), v.at("expect").text() == "accept") << verdict.reason();
}

lot_context lot_context_of(const vector_value& v) {
  return {digest_of(v.at("e1")), static_cast<election_domain>(v.at("domain").number())};
}

verification_key<ristretto255> key_of(const vector_value& v) {
  return {encoded_element<ristretto255>::decode(v.octets()).value(), not_shared};
}

board_keys keys_of(const vector_value& v) {
  board_keys out;
  out.threshold = u32_of(v.at("threshold"));
  for (const vector_value& key : v.at("signing_keys").items()) {
    out.signing_keys.push_back(key_of(key));
  }
  if (v.has("shut_out")) {
    for (const vector_value& trustee : v.at("shut_out").items()) {
      out.shut_out.push_back(u32_of(trustee));
    }
  }
  return out;
}

// Groups by attributes, the order by lot, and who comes of it.
void check_order_vector(const vector_value& v) {
  const contest_tie tie{
      contest_index(u32_of(v.at("contest"))),
      u32_of(v.at("tie")),
      {u32_of(v.at("seats")), u32_of(v.at("alternates")), options_of(v.at("options"))}};
  tie_attributes attributes{tie.contest, {}, {}};
  const bool any = !v.at("values").is_null();
  for (std::size_t i = 0; any && i < tie.tie.options.size(); ++i) {
    auto& entry = attributes.options.emplace_back();
    entry.option = tie.tie.options[i];
    for (const vector_value& value : v.at("values").items().at(i).items()) {
      entry.values.push_back(u32_of(value));
    }
  }
  std::vector<tie_attributes> all;
  if (any) {
    all.push_back(attributes);
  }
  lot_groups groups;
  for (const vector_value& group : v.at("lot_groups").items()) {
    groups.push_back(options_of(group));
  }
  EXPECT_EQ(order_by_attributes(tie.tie, any ? &attributes : nullptr), groups);
  EXPECT_EQ(needs_lot(std::span(&tie, 1), all), v.at("needs_lot").number() != 0);
  const auto resolved = resolve_ties(std::span(&tie, 1), all, digest_of(v.at("lot_seed")));
  const auto order = options_of(v.at("order"));
  EXPECT_EQ(resolved.at(0).options, order);
  const auto after_seats = order.begin() + static_cast<std::ptrdiff_t>(tie.tie.seats);
  EXPECT_EQ(std::vector(order.begin(), after_seats), options_of(v.at("elected")));
  EXPECT_EQ(std::vector(after_seats, after_seats + static_cast<std::ptrdiff_t>(tie.tie.alternates)),
            options_of(v.at("elected_alternates")));
}

void check_commitment_vector(const vector_value& v) {
  const lot_reveal reveal{board_index(u32_of(v.at("board"))), v.at("value").octets<32>()};
  EXPECT_EQ(reveal.commitment(lot_context_of(v)), digest_of(v.at("commitment")));
}

void check_seed_vector(const vector_value& v) {
  results_hash results;
  for (const vector_value& item : v.at("results").items()) {
    results.add(item.octets());
  }
  EXPECT_EQ(results.digest(), digest_of(v.at("results_hash")));
  std::vector<lot_reveal> reveals;
  for (const vector_value& value : v.at("values").items()) {
    reveals.push_back(
        {board_index(static_cast<std::uint32_t>(reveals.size())), value.octets<32>()});
  }
  lot_beacon beacon;
  beacon.value = v.at("beacon").octets();
  const digest32 seed = lot_seed(lot_context_of(v), results.digest(), reveals, beacon);
  EXPECT_EQ(seed, digest_of(v.at("seed")));
  for (const vector_value& ticket : v.at("tickets").items()) {
    EXPECT_EQ(lot_ticket(seed, contest_index(u32_of(ticket.at("contest"))),
                         u32_of(ticket.at("tie")), u32_of(ticket.at("option"))),
              digest_of(ticket.at("ticket")));
  }
}

void expect_verdict(const vector_value& v, const verification& found) {
  EXPECT_EQ(found.holds(), v.at("expect").text() == "accept") << found.reason();
}

void check_attributes_vector(const vector_value& v) {
  const auto item = tie_attributes::decode(v.at("attributes").octets()).value();
  EXPECT_EQ(item.signed_digest(), digest_of(v.at("digest")));
  const lot_context context = lot_context_of(v);
  expect_verdict(v,
                 verify(key_of(v.at("key")),
                        {"attributes", context.domain, context.election_hash, item.signed_digest()},
                        item.signature));
}

void check_signed_commit_vector(const vector_value& v) {
  const auto item = lot_commit::decode(v.at("lot_commit").octets()).value();
  EXPECT_EQ(item.signed_digest(), digest_of(v.at("digest")));
  // Boards before it have a commitment of their own elsewhere.
  const std::vector<board_keys> boards(item.board.value() + 1, keys_of(v));
  const lot_context context = lot_context_of(v);
  expect_verdict(
      v, verify_board(boards, item.board.value(),
                      {"lot/commit", context.domain, context.election_hash, item.signed_digest()},
                      item.signatures));
}

void check_beacon_vector(const vector_value& v) {
  const auto item = lot_beacon::decode(v.at("lot_beacon").octets()).value();
  EXPECT_EQ(item.signed_digest(), digest_of(v.at("digest")));
  std::vector<board_keys> boards;
  for (const vector_value& board : v.at("boards").items()) {
    boards.push_back(keys_of(board));
  }
  const lot_context context = lot_context_of(v);
  expect_verdict(
      v, verify(boards, {"lot/beacon", context.domain, context.election_hash, item.signed_digest()},
                item.signatures));
}

template <class Item>
void check_item(const vector_value& v) {
  const bytes canonical = v.at("bytes").octets();
  const auto item = Item::decode(canonical);
  EXPECT_EQ(item.has_value(), v.at("expect").text() == "accept")
      << (item ? "" : to_string(item.error()));
  if (item) {
    EXPECT_EQ(item->encode(), canonical);
  }
}

// By the number of the kind (80.3).
void check_item_vector(const vector_value& v) {
  switch (v.at("item").number()) {
    case 42:
      return check_item<contest_result>(v);
    case 43:
      return check_item<subtotal>(v);
    case 44:
      return check_item<tie_attributes>(v);
    case 45:
      return check_item<lot_commit>(v);
    case 46:
      return check_item<lot_reveal>(v);
    case 47:
      return check_item<lot_beacon>(v);
    case 48:
      return check_item<tie_resolution>(v);
    case 51:
      return check_item<contest_allocation>(v);
    default:
      ADD_FAILURE() << "no item of section 75";
  }
}

TEST(ResultVectors, AreReproduced) {
  const std::map<std::string, void (*)(const vector_value&)> checks = {
      {"seats", check_seats_vector},
      {"counts", check_counts_vector},
      {"order", check_order_vector},
      {"lot-commitment", check_commitment_vector},
      {"lot-seed", check_seed_vector},
      {"attributes", check_attributes_vector},
      {"lot-commit", check_signed_commit_vector},
      {"lot-beacon", check_beacon_vector},
      {"item", check_item_vector}};
  std::set<std::string> seen;
  for (const vector_value& v : testing::load_vectors("75-result/vectors/result.json")) {
    SCOPED_TRACE(v.at("id").text() + " " + v.at("comment").text());
    const auto check = checks.find(v.at("kind").text());
    ASSERT_NE(check, checks.end()) << "unknown kind";
    check->second(v);
    seen.insert(check->first);
  }
  EXPECT_EQ(seen.size(), checks.size());
}

}  // namespace
}  // namespace sandoq
