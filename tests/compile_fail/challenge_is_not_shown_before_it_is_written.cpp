// Who sees choices and seeds of a ballot that is not yet challenged in the journal could still have
// it counted.

#include "sandoq/ballot/device_secret.hpp"

sandoq::challenge_item show(sandoq::committed_ballot ballot, sandoq::journal_writer& journal) {
  auto challenged = std::move(ballot).challenge({1});
#ifdef SANDOQ_MISUSE
  static_cast<void>(journal);
  return challenged.item();
#else
  auto opened = std::move(challenged).commit_and_show(journal);
  return opened ? opened->item : sandoq::challenge_item{};
#endif
}
