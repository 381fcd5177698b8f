#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "sandoq/ballot/device_secret.hpp"
#include "sandoq/ballot/journal_writer.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/sample_election.hpp"

namespace sandoq::testing {

/// A journal in memory that refuses as many items as it is told to.
class memory_journal final : public journal_writer {
 public:
  struct entry {
    journal_kind kind;
    bytes canonical;
  };

  result<void> append(journal_kind kind, byte_view canonical) override {
    if (failures > 0) {
      --failures;
      return fail(errc::io, "journal", "the disk is full");
    }
    entries.push_back({kind, bytes(canonical.begin(), canonical.end())});
    return {};
  }

  std::vector<entry> entries;
  int failures = 0;
};

/// The sample election with devices. Tables and context are made once.
class sample_polls {
 public:
  static constexpr std::uint32_t capacity = 6;

  explicit sample_polls(deterministic_random& random,
                        election_domain domain = election_domain::drill,
                        sample_election::change_function change = nullptr)
      : random_(random),
        election_(random, domain, change),
        context_(std::make_unique<election_context>(election_.context())),
        prover_(std::make_unique<ballot_prover>(context_->proofs())) {}

  [[nodiscard]] const sample_election& election() const { return election_; }
  [[nodiscard]] const election_context& context() const { return *context_; }
  [[nodiscard]] const ballot_prover& prover() const { return *prover_; }
  [[nodiscard]] device_site site(std::uint32_t branch = 3, std::uint32_t device = 1) const {
    return {*context_, *prover_, {branch_index(branch), device_index(device)}};
  }

  [[nodiscard]] enrolled_device enrol(const device_site& at) {
    return *enrolled_device::enrol(at, capacity, {1000}, random_);
  }
  /// One seed for each of the two boards.
  [[nodiscard]] std::vector<seed_ratchet> board_seeds(const device_site& at) {
    std::vector<seed_ratchet> out;
    for (std::uint32_t b = 0; b < 2; ++b) {
      out.push_back(seed_ratchet::draw(context_->seeds(at.place), seed_role_of(board_index(b)),
                                       capacity, random_));
    }
    return out;
  }
  [[nodiscard]] prepared_device prepare(const device_site& at) {
    return *enrol(at).prepare(board_seeds(at));
  }
  [[nodiscard]] quorum sign(const signed_message& message) {
    return election_.sign_all(message, random_);
  }
  [[nodiscard]] ready_device open(const device_site& at, journal_writer& journal) {
    prepared_device device = prepare(at);
    const quorum signatures = sign(device.message());
    return *std::move(device).open(signatures, journal);
  }

  /// Style "council" with these options marked; none means blank.
  [[nodiscard]] ballot_selection council(const std::vector<std::uint32_t>& options,
                                         std::uint32_t branch = 3) const {
    const contest_terms& contest = context_->terms(contest_index(0));
    std::vector<option_index> marked;
    for (const std::uint32_t option : options) {
      marked.emplace_back(option);
    }
    std::vector<contest_selection> selections;
    selections.push_back(options.empty() ? *contest_selection::of_blank(contest)
                                         : *contest_selection::of_options(contest, marked));
    return *ballot_selection::make(*context_, branch_index(branch), sample_election::council_only,
                                   std::move(selections));
  }
  /// Style "council+mayor": these options of the council, this of the mayor.
  [[nodiscard]] ballot_selection council_and_mayor(const std::vector<option_index>& council,
                                                   const std::vector<option_index>& mayor) const {
    std::vector<contest_selection> selections;
    selections.push_back(
        *contest_selection::of_options(context_->terms(contest_index(0)), council));
    selections.push_back(*contest_selection::of_options(context_->terms(contest_index(1)), mayor));
    return *ballot_selection::make(*context_, branch_index(3), sample_election::council_and_mayor,
                                   std::move(selections));
  }

  [[nodiscard]] committed_ballot commit(ready_device device, ballot_selection selection,
                                        journal_writer& journal) const {
    encrypted_ballot ballot = *std::move(device).encrypt(std::move(selection), 1234, {2000});
    return *std::move(ballot).commit(journal);
  }

 private:
  deterministic_random& random_;
  sample_election election_;
  std::unique_ptr<election_context> context_;  // devices refer to both
  std::unique_ptr<ballot_prover> prover_;
};

}  // namespace sandoq::testing
