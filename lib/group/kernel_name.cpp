#include "sandoq/group/kernel_name.hpp"

#include "lib/kernels/select.hpp"

namespace sandoq {

std::string_view ristretto255_kernel_name() noexcept {
  return kernels::ristretto255_kernel().name;
}

}  // namespace sandoq
