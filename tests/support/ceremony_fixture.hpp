#pragma once

// A key ceremony of any size in one process, with a hook between the rounds where a test can do
// what a dishonest trustee would.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/ciphertext.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/threshold/ceremony_secret.hpp"
#include "sandoq/threshold/key_holder_secret.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::testing {

/// The long-term keys of all trustees in record order, kept so that tests can sign in their name.
struct long_term_keys {
  board_index board;
  trustee_index trustee;
  secret_scalar<ristretto255> signing;
  secret_scalar<ristretto255> decryption;
};

/// What happens to the messages of a round before everyone reads them. The program of `adversary`,
/// if there is one, stops after round 1: the hooks write what it says from then on.
struct ceremony_hooks {
  std::optional<std::size_t> adversary{};
  std::function<void(std::vector<dkg_commit>&)> commits = [](auto&) {};
  std::function<void(std::vector<dkg_reveal>&)> reveals = [](auto&) {};
  std::function<void(std::vector<dkg_deal>&)> deals = [](auto&) {};
  std::function<void(std::vector<dkg_confirm>&)> confirms = [](auto&) {};
};

class ceremony_fixture {
 public:
  ceremony_fixture(std::vector<board_size> sizes, deterministic_random& random) : random_(random) {
    plan_ = std::make_shared<ceremony_plan>();
    const ceremony_context context{digest32{random.octets<32>()}, election_domain::drill};
    for (std::uint32_t b = 0; b < sizes.size(); ++b) {
      board made{sizes[b].threshold, {}};
      for (std::uint32_t i = 1; i <= sizes[b].trustees; ++i) {
        long_term_keys s{board_index(b), trustee_index(i),
                         secret_ops<ristretto255>::random_scalar(random),
                         secret_ops<ristretto255>::random_scalar(random)};
        made.trustees.push_back({public_of(s.signing), public_of(s.decryption)});
        secrets_.push_back(std::move(s));
      }
      plan_->boards.push_back(std::move(made));
    }
    plan_->attempt = first_attempt(context, sizes);
  }

  [[nodiscard]] ceremony_plan& plan() { return *plan_; }
  [[nodiscard]] const ceremony_context& context() const { return plan_->attempt.election; }
  [[nodiscard]] const attempt_context& attempt() const { return plan_->attempt; }
  [[nodiscard]] const std::vector<board>& boards() const { return plan_->boards; }
  [[nodiscard]] std::vector<board_size> sizes() const { return sizes_of(plan_->boards); }
  [[nodiscard]] std::vector<board_keys> keys() const { return keys_of(plan_->boards); }
  [[nodiscard]] std::size_t trustees() const { return secrets_.size(); }
  [[nodiscard]] trustee_identity identity(std::size_t place) const {
    const auto& s = secrets_[place];
    return {s.board, s.trustee, signing_key<ristretto255>::from_scalar(s.signing.clone()).value(),
            s.decryption.clone()};
  }

  /// Signs a changed item again as its trustee would.
  template <class Item>
  void sign_again(Item& item, literal purpose) {
    for (std::size_t p = 0; p < secrets_.size(); ++p) {
      if (secrets_[p].board == item.origin.board && secrets_[p].trustee == item.origin.trustee) {
        item.signature = sandoq::sign(identity(p).signing,
                                      signed_message{purpose, plan_->attempt.election.domain,
                                                     plan_->attempt.election.manifest_hash,
                                                     item.signed_digest()},
                                      random_)
                             .value();
      }
    }
  }

  /// Runs all rounds until the first error of an honest trustee, `observer` being the first to look
  /// in each round. On success every holder is in holders().
  result<void> run(std::size_t observer = 0, const ceremony_hooks& hooks = {}) {
    items_ = {};
    holders_.clear();
    std::vector<std::optional<committed_trustee>> committed;
    for (std::size_t p = 0; p < trustees(); ++p) {
      auto step = commit_to_key(plan_, identity(p), random_);
      if (!step) {
        return tl::unexpected(step.error());
      }
      items_.commits.push_back(step->message);
      committed.emplace_back(std::move(step->state));
    }
    hooks.commits(items_.commits);
    std::vector<std::optional<revealed_trustee>> revealed;
    auto done = round(committed, observer, hooks, revealed, items_.reveals, [&](auto&& t) {
      return std::move(t).reveal(items_.commits, workers_, random_);
    });
    if (!done) {
      return done;
    }
    hooks.reveals(items_.reveals);
    std::vector<std::optional<dealt_trustee>> dealt;
    done = round(revealed, observer, hooks, dealt, items_.deals,
                 [&](auto&& t) { return std::move(t).deal(items_.reveals, workers_, random_); });
    if (!done) {
      return done;
    }
    hooks.deals(items_.deals);
    std::vector<std::optional<confirmed_trustee>> confirmed;
    done = round(dealt, observer, hooks, confirmed, items_.confirms,
                 [&](auto&& t) { return std::move(t).confirm(items_.deals, workers_, random_); });
    if (!done) {
      return done;
    }
    hooks.confirms(items_.confirms);
    for (auto& t : confirmed) {
      if (t) {
        auto holder = std::move(*t).finish(items_.confirms, workers_);
        if (!holder) {
          return tl::unexpected(holder.error());
        }
        holders_.push_back(std::move(*holder));
      }
    }
    return {};
  }

  [[nodiscard]] ceremony_items& items() { return items_; }
  [[nodiscard]] std::vector<key_holder>& holders() { return holders_; }
  [[nodiscard]] key_holder& holder(std::uint32_t board, std::uint32_t trustee) {
    for (auto& h : holders_) {
      if (h.board() == board_index(board) && h.trustee() == trustee_index(trustee)) {
        return h;
      }
    }
    std::abort();
  }
  [[nodiscard]] const election_key& published() const { return holders_.front().published_keys(); }
  [[nodiscard]] executor& workers() { return workers_; }
  [[nodiscard]] deterministic_random& random() { return random_; }

 private:
  static encoded_element<ristretto255> public_of(const secret_scalar<ristretto255>& x) {
    return encoded_element<ristretto255>(
        declassify<"a public key of a test">(secret_ops<ristretto255>::mul_base(x)));
  }

  // The observer goes first, so that a rejected round costs the work of one trustee.
  template <class From, class To, class Message, class Step>
  result<void> round(std::vector<std::optional<From>>& from, std::size_t observer,
                     const ceremony_hooks& hooks, std::vector<std::optional<To>>& to,
                     std::vector<Message>& messages, Step step) {
    auto first = step(*from[observer]);
    if (!first) {
      return tl::unexpected(first.error());
    }
    for (std::size_t p = 0; p < from.size(); ++p) {
      if (hooks.adversary == p) {
        to.emplace_back();
        Message silent{};
        silent.origin = {plan_->attempt.attempt, secrets_[p].board, secrets_[p].trustee};
        messages.push_back(std::move(silent));
        continue;
      }
      auto done = p == observer ? std::move(first) : step(*from[p]);
      if (!done) {
        return tl::unexpected(done.error());
      }
      to.emplace_back(std::move(done->state));
      messages.push_back(std::move(done->message));
    }
    return {};
  }

  deterministic_random& random_;
  std::shared_ptr<ceremony_plan> plan_;
  std::vector<long_term_keys> secrets_;
  sequential_executor workers_;
  ceremony_items items_;
  std::vector<key_holder> holders_;
};

/// How the ballots of a contest are opened.
struct opened_as {
  bool sums = true;
  std::uint32_t mixed_each = 0;
};

/// A nation of branches 1, 2, ...: the ballots of every contest in every branch.
/// \param kinds  of the first contests; the others have sums only
inline opening_grounds make_grounds(const std::vector<std::vector<std::uint64_t>>& ballots,
                                    std::uint32_t floor = 0,
                                    const std::vector<opened_as>& kinds = {}) {
  const auto nodes = static_cast<std::uint32_t>(ballots.front().size() + 1);
  std::vector<node_index> ends = {node_index(nodes)};
  for (std::uint32_t n = 1; n < nodes; ++n) {
    ends.emplace_back(n + 1);
  }
  std::vector<contest_places> contests;
  for (const auto& row : ballots) {
    contest_places& c = contests.emplace_back();
    c.floor = floor;
    const opened_as kind =
        contests.size() <= kinds.size() ? kinds[contests.size() - 1] : opened_as{};
    c.has_sums = kind.sums;
    c.mixed_each = kind.mixed_each;
    for (std::uint32_t b = 0; b < row.size(); ++b) {
      if (row[b] > 0) {
        c.branches.push_back({node_index(b + 1), row[b]});
      }
    }
  }
  return {std::move(ends), std::move(contests)};
}

/// A request for ciphertexts of the given counts, over the whole nation if no nodes are given.
inline opening_request make_request(ceremony_fixture& election,
                                    std::span<const std::uint64_t> counts, std::uint64_t ballots,
                                    std::uint32_t contest = 0,
                                    std::vector<node_index> nodes = {node_index(0)}) {
  using group = ristretto255;
  auto& random = election.random();
  const auto joint_key = group::decode(election.published().joint_key.view()).value();
  const auto& answered = election.holders().front().log().answered;
  opening_request out;
  out.election_hash = election.published().election_hash;
  out.domain = election.plan().attempt.election.domain;
  out.number = static_cast<std::uint32_t>(answered.size()) + 1;
  out.previous = answered.empty() ? digest32{} : answered.back().hash;
  out.contest = contest_index(contest);
  for (const node_index node : nodes) {
    out.places.push_back({node, digest32{random.octets<32>()}});
  }
  out.ballots = ballots;
  out.closings = answered.empty() ? digest32{random.octets<32>()} : answered.back().closings;
  for (const std::uint64_t count : counts) {
    const auto r = group::scalar_from_wide(random.octets<64>());
    out.ciphertexts.push_back(
        encode(encrypt_vartime<group>(group::scalar_from_u64(count), r, joint_key)));
  }
  return out;
}

/// Collects the approval of the first t_b trustees of every board.
inline result<void> collect_quorum(ceremony_fixture& election, const opening_grounds& grounds,
                                   opening_request& request) {
  request.signatures = {};
  const auto sizes = election.sizes();
  for (std::uint32_t b = 0; b < sizes.size(); ++b) {
    auto& signatures = request.signatures.boards.emplace_back();
    for (std::uint32_t j = 1; j <= sizes[b].threshold; ++j) {
      auto signature =
          election.holder(b, j).approve(request, {grounds, request.subject()}, election.random());
      if (!signature) {
        return tl::unexpected(signature.error());
      }
      signatures.push_back({j, *signature});
    }
  }
  return {};
}

/// The same for a request over all ballots of an election with one contest.
inline result<void> collect_quorum(ceremony_fixture& election, opening_request& request) {
  const std::vector<std::uint64_t> one_branch = {request.ballots};
  return collect_quorum(election, make_grounds({one_branch}), request);
}

}  // namespace sandoq::testing
