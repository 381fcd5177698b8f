#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "../sum_count.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/threshold/key_holder_secret.hpp"
#include "stated_requests.hpp"
#include "trustee_desk.hpp"

namespace sandoq::tool {

/// One visit of a trustee: approves what is to be approved, answers what may be answered. The log
/// is on the disk before anybody sees what it says.                         SPEC(55.7) SPEC(85.5)
class opening_visit {
 public:
  /// \param counted, mixed  the trustee's own count, and all groups of its own mix; both outlive it
  opening_visit(trustee_desk& desk, const counted_election& counted,
                std::span<const mixed_ballots> mixed, key_holder holder,
                std::vector<stated_request> requests)
      : desk_(desk),
        counted_(counted),
        mixed_(mixed),
        holder_(std::move(holder)),
        requests_(std::move(requests)) {}

  /// Nothing of this trustee may be public that its log does not know: the log would be an old one,
  /// and the policy is as good as the log. \return mismatch
  [[nodiscard]] result<void> check_log() const;

  /// What would be opened that this trustee has not approved or answered yet, in words.
  [[nodiscard]] std::vector<std::string> news() const;

  /// Takes up all requests, keeps the log, publishes.
  [[nodiscard]] result<void> work(random_source& random, executor& workers);

  /// Says what was done, and what comes next.
  void report() const;

 private:
  [[nodiscard]] const verification_key<ristretto255>& own_key() const;
  /// The digests under which the bulletin has a valid signature of this trustee's for a request.
  [[nodiscard]] result<std::set<digest32>> own_signatures() const;
  [[nodiscard]] result<void> check_answers() const;
  [[nodiscard]] result<void> take(const stated_request& each, random_source& random,
                                  executor& workers);
  template <class Request, class Own, class Answer>
  [[nodiscard]] result<void> take(const stated_request& each, const Request& request,
                                  const Own& own, random_source& random, const Answer& answer);
  [[nodiscard]] std::uint32_t groups() const noexcept {
    return static_cast<std::uint32_t>(mixed_.size());
  }
  [[nodiscard]] std::string in_words(const opening_request& request) const;
  [[nodiscard]] std::string in_words(const list_request& request) const;
  [[nodiscard]] result<void> publish();

  trustee_desk& desk_;
  const counted_election& counted_;
  std::span<const mixed_ballots> mixed_;
  key_holder holder_;
  std::vector<stated_request> requests_;
  std::vector<statement_signature> approved_;
  std::vector<std::string> approved_stems_;
  std::vector<partial_decryption> answers_;
  std::vector<list_answer> list_answers_;
  std::vector<std::uint32_t> waiting_;
};

}  // namespace sandoq::tool
