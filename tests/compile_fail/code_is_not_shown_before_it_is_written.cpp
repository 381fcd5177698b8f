// A code that is shown but not written could be taken back after a challenge.

#include "sandoq/ballot/device_secret.hpp"

sandoq::digest32 show(sandoq::encrypted_ballot ballot, sandoq::journal_writer& journal) {
#ifdef SANDOQ_MISUSE
  static_cast<void>(journal);
  return ballot.code();
#else
  auto committed = std::move(ballot).commit(journal);
  return committed ? committed->code() : sandoq::digest32{};
#endif
}
