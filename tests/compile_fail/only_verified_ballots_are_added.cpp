// A tally adds nothing that has not passed the verifier of ballots.

#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/tally/accumulate.hpp"

bool count(sandoq::branch_tally& tally, const sandoq::ballot_item& ballot,
           const sandoq::ballot_verifier& verifier) {
#ifdef SANDOQ_MISUSE
  static_cast<void>(verifier);
  return tally.add(ballot).has_value();
#else
  sandoq::sequential_executor here;
  const auto outcome = verifier.verify({&ballot, 1}, here).front();
  return outcome && tally.add(*outcome).has_value();
#endif
}
