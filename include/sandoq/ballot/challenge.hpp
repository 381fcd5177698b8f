#pragma once

#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/verdict.hpp"

namespace sandoq {

/// Checks an opened ballot: numbers of choices and seeds, choices within the limits of their
/// contests, seeds under the roots of the opening, and every byte of every contest ballot
/// recomputed from them. A device that encrypted something else than it showed cannot pass.
/// ballot_verifier checks many together.
/// SPEC(52.6) \param opening  of the same device \param ballot   of the same serial, of the form of
/// its style Public data only: the choices of a challenged ballot are published. Cost: 2n' + 8
/// multiplications a contest.
verification verify_challenge(const election_context& election, const opening_item& opening,
                              const ballot_item& ballot, const challenge_item& challenge);

}  // namespace sandoq
