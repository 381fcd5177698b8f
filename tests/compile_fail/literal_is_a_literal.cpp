// A label that was made at run time is no label.

#include <string>

#include "sandoq/group/ristretto255.hpp"

sandoq::ristretto255::element base(const sandoq::digest32& e0) {
#ifdef SANDOQ_MISUSE
  const std::string label = "vec/G";
  return sandoq::ristretto255::base(label.c_str(), e0, 1);
#else
  return sandoq::ristretto255::base("vec/G", e0, 1);
#endif
}
