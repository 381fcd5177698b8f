// After the close was signed there are no more ballots.

#include "sandoq/ballot/device_secret.hpp"

auto last(sandoq::ready_device device, sandoq::ballot_selection selection,
          sandoq::random_source& random) {
#ifdef SANDOQ_MISUSE
  auto closing = std::move(device).close({1}, random);
  return std::move(*closing).encrypt(std::move(selection), 0, {2});
#else
  static_cast<void>(random);
  return std::move(device).encrypt(std::move(selection), 0, {2});
#endif
}
