// A challenged ballot is public: there is no way from it to a cast one.

#include "sandoq/ballot/device_secret.hpp"

auto resolve(sandoq::committed_ballot ballot, sandoq::journal_writer& journal) {
  auto opened = std::move(ballot).challenge({1});
#ifdef SANDOQ_MISUSE
  return std::move(opened).cast({2});
#else
  return std::move(opened).commit(journal);
#endif
}
