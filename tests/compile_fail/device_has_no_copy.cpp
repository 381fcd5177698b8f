// Two copies of a device would use one serial for two ballots.

#include "sandoq/ballot/device_secret.hpp"

sandoq::ready_device second(sandoq::ready_device& device) {
#ifdef SANDOQ_MISUSE
  return device;
#else
  return std::move(device);
#endif
}
