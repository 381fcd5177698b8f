#include "sandoq/core/contract.hpp"

#include <cstdio>
#include <cstdlib>

namespace sandoq::detail {

void contract_failure(const char* condition, const char* message, const char* file,
                      int line) noexcept {
  std::fprintf(stderr, "sandoq: broken contract: %s (%s) at %s:%d\n", message, condition, file,
               line);
  std::abort();
}

}  // namespace sandoq::detail
