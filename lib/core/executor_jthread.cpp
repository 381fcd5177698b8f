#include "sandoq/core/executor.hpp"

namespace sandoq {

std::unique_ptr<executor> make_executor(unsigned threads) {
  return make_jthread_executor(threads);
}

const char* executor_backend_name() noexcept {
  return "jthread";
}

}  // namespace sandoq
