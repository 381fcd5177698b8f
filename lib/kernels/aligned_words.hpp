#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace sandoq::kernels {

/// Working memory of a kernel: words that start with a cache line, not initialised.
class aligned_words {
 public:
  explicit aligned_words(std::size_t count)
      : words_(static_cast<std::uint64_t*>(::operator new(8 * count, line))) {}
  [[nodiscard]] std::uint64_t* data() const noexcept { return words_.get(); }

 private:
  static constexpr std::align_val_t line{64};
  struct release {
    void operator()(std::uint64_t* p) const noexcept { ::operator delete(p, line); }
  };
  std::unique_ptr<std::uint64_t, release> words_;
};

}  // namespace sandoq::kernels
