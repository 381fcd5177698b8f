// No voter is served, and no serial used, while the ballot before is unresolved or unwritten.

#include "sandoq/ballot/device_secret.hpp"

using resolved = sandoq::resolved_ballot<sandoq::cast_item>;

auto serve(resolved before, sandoq::ballot_selection selection, sandoq::journal_writer& journal) {
#ifdef SANDOQ_MISUSE
  static_cast<void>(journal);
  return std::move(before).encrypt(std::move(selection), 0, {1});
#else
  auto ready = std::move(before).commit(journal);
  return std::move(*ready).encrypt(std::move(selection), 0, {1});
#endif
}
