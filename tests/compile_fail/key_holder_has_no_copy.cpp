// A share of the key is held once, and so is the log of what it opened.

#include <utility>

#include "sandoq/threshold/key_holder_secret.hpp"

sandoq::key_holder pass_on(sandoq::key_holder& holder) {
#ifdef SANDOQ_MISUSE
  return holder;
#else
  return std::move(holder);
#endif
}
