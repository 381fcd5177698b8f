// What a tally adds has passed ballot_verifier.

#include "sandoq/ballot/ballot_verifier.hpp"

sandoq::verified_ballot pass(const sandoq::ballot_item& ballot,
                             const sandoq::ballot_verifier& verifier) {
#ifdef SANDOQ_MISUSE
  return sandoq::verified_ballot(ballot, {});
#else
  sandoq::sequential_executor here;
  return verifier.verify({&ballot, 1}, here).front().value();
#endif
}
