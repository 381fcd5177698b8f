#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/small_election.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tools/sandoq/office/bulletin.hpp"
#include "tools/sandoq/office/statements.hpp"

namespace sandoq::tool {

/// A manifest of two boards of 2 of 3 with keys whose secret halves the test holds, and a bulletin
/// that begins with it.
class office_fixture : public ::testing::Test {
 protected:
  office_fixture() : plan(testing::tiny_scenario().election), directory(place.path() / "bulletin") {
    plan.boards.resize(2);
    for (std::uint32_t b = 0; b < plan.boards.size(); ++b) {
      plan.boards[b].id = "board-" + std::to_string(b);
      plan.boards[b].threshold = 2;
      board_keys& board = boards.emplace_back(board_keys{2, {}});
      auto& own = keys.emplace_back();
      for (std::uint32_t t = 1; t <= 3; ++t) {
        own.push_back(signing_key<ristretto255>::generate(random));
        board.signing_keys.push_back({own.back().public_key()});
        trustee_entry& entry = plan.boards[b].trustees.emplace_back();
        entry.id = "trustee-" + std::to_string(b) + "-" + std::to_string(t);
        entry.signing_key = {own.back().public_key().octets()};
      }
    }
    plan.domain = election_domain::real;
    hashes = {plan.domain, manifest_hash(plan.encode()), digest32{random.octets<32>()}};
  }

  void create() {
    const auto made = bulletin::create(directory, plan.encode());
    ASSERT_TRUE(made) << to_string(made.error());
  }
  bulletin read() {
    auto out = bulletin::read(directory);
    EXPECT_TRUE(out) << to_string(out.error());
    return std::move(*out);
  }
  std::string refusal() {
    const auto out = bulletin::read(directory);
    EXPECT_FALSE(out);
    return out ? "" : to_string(out.error());
  }
  /// A file of one message, whatever it is.
  void put(const std::string& name, std::uint32_t kind, byte_view canonical) {
    bytes file;
    append_item(file, static_cast<item_kind>(kind), canonical);
    ASSERT_TRUE(write_durably(directory / name, file));
  }
  statement_signature sign(const statement& what, std::uint32_t b, std::uint32_t t) {
    const signed_message message = message_of(what, hashes).value();
    return {what.of, message.digest, board_index{b}, trustee_index{t},
            sandoq::sign(keys[b][t - 1], message, random).value()};
  }

  testing::deterministic_random random{testing::test_seed()};
  testing::temporary_directory place;
  manifest plan;
  std::filesystem::path directory;
  std::vector<board_keys> boards;
  std::vector<std::vector<signing_key<ristretto255>>> keys;
  election_hashes hashes;
};

}  // namespace sandoq::tool
