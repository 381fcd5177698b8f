#pragma once

#include <span>
#include <vector>

#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/hashed_ballot.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/verdict.hpp"

namespace sandoq {

/// Checks an opened ballot: numbers of choices and seeds, choices within the limits of their
/// contests, seeds under the roots of the opening, and every byte of every contest ballot
/// recomputed from them. A device that encrypted something else than it showed cannot pass.
/// SPEC(52.6) \param opening  of the same device \param ballot   of the same serial, of the form of
/// its style Public data only: the choices of a challenged ballot are published. Cost: 2n' + 8
/// multiplications a contest.
verification verify_challenge(const election_context& election, const opening_item& opening,
                              const ballot_item& ballot, const challenge_item& challenge);

/// A ballot that was challenged, with what opens it.
struct challenged_ballot {
  const opening_item* opening;
  const hashed_ballot* ballot;
  const challenge_item* challenge;
};

/// verify_challenge of many, in order, with the same words: the equations of all ballots are closed
/// by one multi-scalar multiplication, and what fails is looked at by itself. Cost a ballot: 2n' +
/// 6 decodings a contest and as many terms. Error probability 2^-128.          SPEC(52.6)
/// SPEC(40.10)
[[nodiscard]] std::vector<verification> verify_challenges(
    const election_context& election, std::span<const challenged_ballot> challenged,
    executor& workers);

}  // namespace sandoq
