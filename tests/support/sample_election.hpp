#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/roster_secret.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::testing {

/// A small election with everything that rules speak of: two boards (2 of 3 and 1 of 1), ten places
/// on most levels with levels skipped, three contests of different limits, three styles, an
/// authority with attributes, a beacon, eligibility logs.
///
///   0 nation
///     1 province > 2 city > 3 branch, 4 branch
///                > 5 district > 6 branch
///     7 province > 8 branch
///     9 branch
class sample_election {
 public:
  static constexpr branch_index first_branch{3};
  static constexpr style_index council_only{0};
  static constexpr style_index council_and_mayor{1};
  static constexpr style_index council_and_question{2};

  /// What a test changes of the manifest before it counts.
  using change_function = void (*)(manifest&);

  explicit sample_election(deterministic_random& random,
                           election_domain domain = election_domain::drill,
                           change_function change = nullptr)
      : joint_secret_(secret_ops<ristretto255>::random_scalar(random)) {
    source_.domain = domain;
    source_.election = "sample-2026";
    source_.title = {{"en", "Sample"}, {"fa", "\xd9\x86\xd9\x85\xd9\x88\xd9\x86\xd9\x87"}};
    add_boards(random);
    add_tree();
    add_contests();
    add_authority(random);
    source_.styles = {{"council", {contest_index(0)}},
                      {"council+mayor", {contest_index(0), contest_index(1)}},
                      {"council+question", {contest_index(0), contest_index(2)}}};
    const style_index a = council_only;
    const style_index b = council_and_mayor;
    source_.branch_styles = {{a, b}, {b}, {a}, {a, council_and_question}, {a}};
    if (change != nullptr) {
      change(source_);
    }
    e1_ = digest32{random.octets<32>()};
  }

  [[nodiscard]] const manifest& source() const { return source_; }
  [[nodiscard]] const digest32& e1() const { return e1_; }
  /// Of board b, trustee i from 0.
  [[nodiscard]] const trustee_secrets& secrets(std::size_t b, std::size_t i) const {
    return secrets_[b][i];
  }
  [[nodiscard]] encoded_element<ristretto255> joint_key() const {
    const auto key = secret_ops<ristretto255>::mul_base(joint_secret_);
    return encoded_element<ristretto255>(declassify<"a test's public key">(key));
  }
  /// The secret that a test opens counts with.
  [[nodiscard]] ristretto255::scalar joint_secret() const {
    return declassify<"a test opens its own ballots">(joint_secret_);
  }
  [[nodiscard]] election_context context() const {
    return *election_context::make(source_, e1_, joint_key());
  }

  /// A quorum under a message: trustees 1 and 3 of board 0, trustee 1 of board 1.
  [[nodiscard]] quorum sign_all(const signed_message& message, random_source& random) const {
    return {{{{1, *sign(secrets_[0][0].signing(), message, random)},
              {3, *sign(secrets_[0][2].signing(), message, random)}},
             {{1, *sign(secrets_[1][0].signing(), message, random)}}}};
  }

 private:
  void add_boards(random_source& random) {
    const std::size_t trustees[2] = {3, 1};
    for (std::uint32_t b = 0; b < 2; ++b) {
      board_entry board{"board-" + std::to_string(b), {{"en", "Board"}}, b == 0 ? 2U : 1U, {}};
      std::vector<trustee_secrets> secrets;
      for (std::uint32_t i = 1; i <= trustees[b]; ++i) {
        secrets.push_back(trustee_secrets::generate(random));
        const roster_place place{source_.domain, source_.election, board_index(b),
                                 trustee_index(i)};
        const std::string id = "trustee-" + std::to_string(b) + '-' + std::to_string(i);
        board.trustees.push_back(*secrets.back().roster_entry(place, id, {}, random));
      }
      source_.boards.push_back(std::move(board));
      secrets_.push_back(std::move(secrets));
    }
  }

  void add_authority(random_source& random) {
    const auto key = signing_key<ristretto255>::generate(random);
    source_.authority =
        *make_authority(key, source_.domain, source_.election, "authority", {{"en", "A"}}, random);
    source_.beacon = {{"en", "the closing price of a day to come"}};
    source_.eligibility = eligibility_log::tokens;
    source_.contests[0].floor = 30;
    source_.contests[0].attributes = {{"degree", {{"en", "Degree"}}}, {"age", {}}};
  }

  void add_tree() {
    const auto add = [this](node_level level, std::uint32_t parent) {
      source_.nodes.push_back(
          {"node-" + std::to_string(source_.nodes.size()), level, node_index(parent), {}});
    };
    add(node_level::nation, 0xffffffffU);
    add(node_level::province, 0);
    add(node_level::city, 1);
    add(node_level::branch, 2);
    add(node_level::branch, 2);
    add(node_level::district, 2);
    add(node_level::branch, 5);
    add(node_level::province, 0);
    add(node_level::branch, 7);
    add(node_level::branch, 0);
    source_.nodes[0].labels = {{"en", "Nation"}};
  }

  void add_contest(std::string id, std::uint32_t scope, const choice_limits& limits) {
    contest_entry contest;
    contest.id = std::move(id);
    contest.scope = node_index(scope);
    for (std::uint32_t i = 0; i < limits.options; ++i) {
      contest.options.push_back({"option-" + std::to_string(i), {}});
    }
    contest.max_choices = limits.max_choices;
    contest.min_choices = limits.min_choices;
    contest.blank = limits.blank;
    contest.seats = limits.max_choices;
    contest.alternates = limits.options - limits.max_choices;
    source_.contests.push_back(std::move(contest));
  }

  void add_contests() {
    add_contest("council", 0, {10, 3, 1, blank_option::counted});
    add_contest("mayor", 2, {3, 1, 0, blank_option::absent});
    add_contest("question", 7, {2, 2, 1, blank_option::counted});
  }

  manifest source_;
  std::vector<std::vector<trustee_secrets>> secrets_;
  secret_scalar<ristretto255> joint_secret_;
  digest32 e1_;
};

/// Its manifest, from the seed of the tests.
[[nodiscard]] inline manifest sample_manifest() {
  deterministic_random random(test_seed());
  return sample_election(random).source();
}

}  // namespace sandoq::testing
