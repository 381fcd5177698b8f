#pragma once

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/record/items.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/small_election.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tools/sandoq/office/bulletin.hpp"
#include "tools/sandoq/office/ceremony_state.hpp"
#include "tools/sandoq/office/trustee_home.hpp"
#include "tools/sandoq/office/trustee_rounds.hpp"

namespace sandoq::tool {

/// A board of 2 of 3 and one of 1 of 1, each trustee with a folder of its own, and one bulletin
/// that all of them read anew at every step.
class trustee_fixture : public ::testing::Test {
 protected:
  static constexpr passphrase_cost cheap{1, 8192};

  trustee_fixture()
      : plan(testing::tiny_scenario().election), directory(place.path() / "bulletin") {
    plan.domain = election_domain::real;
    plan.boards.assign(
        {{"a", {}, 2, std::vector<trustee_entry>(3)}, {"b", {}, 1, std::vector<trustee_entry>(1)}});
    for (std::uint32_t b = 0; b < 2; ++b) {
      for (std::uint32_t t = 1; t <= plan.boards[b].trustees.size(); ++t) {
        enrol({board_index(b), trustee_index(t)});
      }
    }
    const auto made = bulletin::create(directory, plan.encode());
    EXPECT_TRUE(made) << to_string(made.error());
  }

  static secret_bytes passphrase() { return secret_bytes(bytes_of("a passphrase of a test")); }

  std::filesystem::path folder_of(const trustee_seat& seat) const {
    return place.path() / fmt::format("home-{}-{}", seat.board.value(), seat.trustee.value());
  }

  void enrol(const trustee_seat& seat) {
    trustee_entry& entry = plan.boards[seat.board.value()].trustees[seat.trustee.value() - 1];
    auto keys = trustee_secrets::generate(random);
    entry = keys.roster_entry({plan.domain, plan.election, seat.board, seat.trustee},
                              name_trustee(seat.board, seat.trustee), {}, random)
                .value();
    auto home = trustee_home::create(key_folder(folder_of(seat), passphrase(), cheap),
                                     {"identity", plan.election, plan.domain, seat, {}},
                                     std::move(keys), random);
    ASSERT_TRUE(home) << to_string(home.error());
    homes.push_back(std::make_unique<trustee_home>(std::move(*home)));
  }

  bulletin read() {
    auto out = bulletin::read(directory);
    EXPECT_TRUE(out) << to_string(out.error());
    return std::move(*out);
  }
  ceremony_state look() {
    auto state = ceremony_of(read());
    EXPECT_TRUE(state) << to_string(state.error());
    return std::move(*state);
  }

  /// A step of the trustee at that place (0..2: board 0, 3: board 1) at the bulletin as it is now.
  template <class Step>
  auto step(std::size_t who, const Step& what) {
    bulletin board = read();
    return what(trustee_at_work{*homes[who], board, workers, random});
  }
  result<own_message> commit(std::size_t who, std::optional<std::uint32_t> attempt = {}) {
    return step(who, [&](const trustee_at_work& work) { return commit_in(work, attempt); });
  }
  void commits(const std::vector<std::size_t>& who, std::optional<std::uint32_t> attempt = {}) {
    for (const std::size_t each : who) {
      const auto done = commit(each, attempt);
      ASSERT_TRUE(done) << to_string(done.error());
    }
  }
  void all(const std::vector<std::size_t>& who,
           result<own_message> (*round)(const trustee_at_work&)) {
    for (const std::size_t each : who) {
      const auto done = step(each, round);
      ASSERT_TRUE(done) << to_string(done.error());
    }
  }
  /// Rounds 1 to 3 of the present attempt.
  void deal(const std::vector<std::size_t>& who) {
    commits(who);
    all(who, reveal_in);
    all(who, deal_in);
  }

  /// Puts a message in the place of the one that is published under that name.
  template <class Item>
  void put(const std::string& name, item_kind kind, const Item& item) {
    bytes file;
    append_item(file, kind, item.encode());
    std::filesystem::remove(directory / name);
    ASSERT_TRUE(write_durably(directory / name, file));
  }
  /// Signs a message as the trustee at that place.
  template <class Item>
  void sign_as(std::size_t who, Item& item, literal purpose) {
    item.signature = sandoq::sign(homes[who]->keys().signing(),
                                  signed_message{purpose, plan.domain, manifest_hash(plan.encode()),
                                                 item.signed_digest()},
                                  random)
                         .value();
  }
  /// Trustee 2 of board 0 sends trustee 1 a box that does not open.
  void spoil() {
    dkg_deal deal = look().items().deals[1];
    deal.shares[0].box[7] ^= std::byte{1};
    sign_as(1, deal, "dkg/deal");
    put("dkg_deal-1-0-2.pb", item_kind::dkg_deal, deal);
  }

  testing::deterministic_random random{testing::test_seed()};
  testing::temporary_directory place;
  sequential_executor workers;
  manifest plan;
  std::filesystem::path directory;
  std::vector<std::unique_ptr<trustee_home>> homes;
};

}  // namespace sandoq::tool
