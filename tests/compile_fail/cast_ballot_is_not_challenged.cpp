// A cast ballot is never opened.

#include "sandoq/ballot/device_secret.hpp"

auto resolve(sandoq::committed_ballot ballot, sandoq::journal_writer& journal) {
  auto counted = std::move(ballot).cast({1});
#ifdef SANDOQ_MISUSE
  return std::move(counted).challenge({2});
#else
  return std::move(counted).commit(journal);
#endif
}
