// A resolution takes the ballot away: one that is merely named cannot be resolved and kept.

#include "sandoq/ballot/device_secret.hpp"

auto resolve(sandoq::committed_ballot ballot) {
#ifdef SANDOQ_MISUSE
  return ballot.cast({1});
#else
  return std::move(ballot).cast({1});
#endif
}
