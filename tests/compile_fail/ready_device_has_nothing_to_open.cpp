// Between ballots there is nothing to open.

#include "sandoq/ballot/device_secret.hpp"

auto open(sandoq::ready_device device, sandoq::committed_ballot ballot) {
#ifdef SANDOQ_MISUSE
  static_cast<void>(ballot);
  return std::move(device).challenge({1});
#else
  static_cast<void>(device);
  return std::move(ballot).challenge({1});
#endif
}
