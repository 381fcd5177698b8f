// A device whose opening no board has signed encrypts nothing.

#include "sandoq/ballot/device_secret.hpp"

auto serve(sandoq::prepared_device device, sandoq::ballot_selection selection,
           const sandoq::quorum& signatures, sandoq::journal_writer& journal) {
#ifdef SANDOQ_MISUSE
  static_cast<void>(signatures);
  static_cast<void>(journal);
  return std::move(device).encrypt(std::move(selection), 0, {1});
#else
  auto ready = std::move(device).open(signatures, journal);
  return std::move(*ready).encrypt(std::move(selection), 0, {1});
#endif
}
