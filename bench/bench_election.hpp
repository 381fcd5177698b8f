#pragma once

// An election of one contest, k = 3 of n options with blank, for measuring ballots.

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/encrypt_secret.hpp"
#include "sandoq/ballot/roster_secret.hpp"
#include "sandoq/core/system_random.hpp"

namespace sandoq::bench {

inline constexpr std::uint32_t max_choices = 3;

/// One board, one branch, one contest of n options.
inline manifest make_manifest(std::uint32_t options, random_source& random) {
  manifest m;
  m.election = "bench";
  const roster_place place{m.domain, m.election, board_index(0), trustee_index(1)};
  m.boards = {{"board",
               {},
               1,
               {*trustee_secrets::generate(random).roster_entry(place, "one", {}, random)}}};
  m.nodes = {{"nation", node_level::nation, no_parent, {}},
             {"branch", node_level::branch, node_index(0), {}}};
  contest_entry contest;
  contest.id = "contest";
  for (std::uint32_t i = 0; i < options; ++i) {
    contest.options.push_back({"option " + std::to_string(i), {}});
  }
  contest.max_choices = max_choices;
  contest.min_choices = 1;
  contest.blank = blank_option::counted;
  contest.seats = max_choices;
  m.contests = {contest};
  m.styles = {{"style", {contest_index(0)}}};
  m.branch_styles = {{style_index(0)}};
  return m;
}

/// An election and encrypted ballots of it.
class election_of {
 public:
  explicit election_of(std::uint32_t n)
      : context_(make_context(n)),
        prover_(context_.proofs()),
        selection_(make_selection(context_)),
        seed_(random_secret<32>(random_)) {}

  /// Made once for each n.
  static election_of& options(std::uint32_t n) {
    static std::map<std::uint32_t, std::unique_ptr<election_of>> made;
    auto& slot = made[n];
    if (!slot) {
      slot = std::make_unique<election_of>(n);
    }
    return *slot;
  }

  [[nodiscard]] const election_context& context() const { return context_; }
  [[nodiscard]] const bit_vector_shape& shape() const { return context_.contests()[0].bits(); }

  [[nodiscard]] ballot_item encrypt(std::uint32_t number) {
    ballot_item out;
    out.place = {branch_index(1), device_index(1)};
    out.number = serial(number);
    out.contests = *encrypt_ballot(context_, prover_, out, selection_, seed_);
    return out;
  }
  [[nodiscard]] std::span<const ballot_item> ballots(std::size_t count) {
    while (ballots_.size() < count) {
      ballots_.push_back(encrypt(static_cast<std::uint32_t>(ballots_.size() + 1)));
    }
    return std::span(ballots_).first(count);
  }

 private:
  static election_context make_context(std::uint32_t n) {
    system_random random;
    const auto key =
        secret_ops<ristretto255>::mul_base(secret_ops<ristretto255>::random_scalar(random));
    return *election_context::make(
        make_manifest(n, random), digest32{},
        encoded_element<ristretto255>(declassify<"the public key of a benchmark">(key)));
  }
  static ballot_selection make_selection(const election_context& context) {
    const option_index marked[] = {option_index(1), option_index(4), option_index(9)};
    std::vector<contest_selection> selections;
    selections.push_back(*contest_selection::of_options(context.contests()[0], marked));
    return *ballot_selection::make(context, branch_index(1), style_index(0), std::move(selections));
  }

  system_random random_;
  election_context context_;
  ballot_prover prover_;
  ballot_selection selection_;
  ballot_seed seed_;
  std::vector<ballot_item> ballots_;
};

}  // namespace sandoq::bench
