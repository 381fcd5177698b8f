#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <tl/expected.hpp>
#include <vector>

#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/hashed_ballot.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/verified_ballot.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"

namespace sandoq {

/// The check of 90.2 that a ballot fails; the first of them, if it fails several.
enum class ballot_fault : std::uint8_t {
  form,      ///< ballot.form: style, digits, numbers of contests, ciphertexts, responses
  elements,  ///< ballot.elements: an element or scalar does not decode, an alpha is the identity
  proof,     ///< ballot.proof: an equation does not hold
};

/// A ballot that must not be counted. The place reads "contest 1/ciphertext 3/alpha" or
/// "contest 0/equation 2"; contests are numbered as on the ballot, from 0.
struct rejected_ballot {
  ballot_fault fault;
  error why;
};

/// What the verification of one ballot came to.
using ballot_outcome = tl::expected<verified_ballot, rejected_ballot>;

/// What opens one of the ballots that are verified together.
struct ballot_challenge {
  std::size_t ballot;           ///< its number among them
  const opening_item* opening;  ///< of its device
  const challenge_item* challenge;
};

/// What the verification of ballots and their challenges came to, in the order of both.
struct checked_ballots {
  std::vector<ballot_outcome> ballots;
  std::vector<verification> challenges;  ///< verify_challenge would say the same, in the same words
};

/// Verifies ballots in batches: decodes them, emits the equations of all proofs with weights of
/// 40.10 (h_j = the ballot hash, which covers every byte up to the last response) and closes each
/// batch by one multi-scalar multiplication; a batch that fails is halved until every guilty ballot
/// is known. No secrets. Immutable: one object serves any number of threads.
/// SPEC(45.5) SPEC(40.10) SPEC(52.5)
class ballot_verifier {
 public:
  static constexpr std::size_t max_batch_ballots = 512;
  /// A batch ends early where its ballots are long, so that memory does not grow with them; one
  /// that was challenged counts twice.
  static constexpr std::size_t max_batch_elements = 32'768;

  /// \pre election outlives the verifier
  explicit ballot_verifier(const election_context& election) : election_(&election) {}

  /// The outcome of every ballot, in order. Batches run in parallel, each in one thread.
  /// Memory beyond the outcomes: about 600 bytes an element of the batches under way.
  /// Cost a ballot: 2n' + 6 decodings a contest and as many terms of the batch's multiplication.
  [[nodiscard]] std::vector<ballot_outcome> verify(std::span<const ballot_item> ballots,
                                                   executor& workers) const;
  /// The same of ballots that are hashed already, in the calling thread, and of what opens some of
  /// them: equations of both go into one multiplication, so a challenge costs as many terms as its
  /// ballot, and no decoding. \param hints  32 bytes for each element of each ballot, from
  /// anywhere: they change how long it takes, and no outcome (SPEC(80.7)); or none \pre challenges
  /// come in the order of their ballots                                        SPEC(52.6)
  [[nodiscard]] checked_ballots verify_hashed(std::span<const hashed_ballot> ballots,
                                              std::span<const ballot_challenge> challenges = {},
                                              std::span<const byte_view> hints = {}) const;

  /// What verify would say of the ballot's elements and scalars, in the same words, without looking
  /// at form or proofs.                                                    SPEC(10.3) SPEC(52.5)
  [[nodiscard]] static result<void> check_elements(const ballot_item& ballot);

 private:
  struct part;
  struct batch;
  void verify_part(const part& what, std::span<ballot_outcome> outcomes,
                   std::span<verification> verifications) const;

  const election_context* election_;
};

}  // namespace sandoq
