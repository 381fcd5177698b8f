#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/octet_store.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// Keeps the first octets in memory and, if there are more, all of them in a file of the directory
/// for temporary files (TMPDIR) that has no name and is gone with the store.
class temporary_store final : public octet_store {
 public:
  static constexpr std::size_t default_in_memory = std::size_t{64} << 20;

  /// \param in_memory  octets above which a file is taken
  explicit temporary_store(std::size_t in_memory = default_in_memory) : in_memory_(in_memory) {}
  ~temporary_store() override;

  /// \return io, naming the directory, if there is no room for the file
  [[nodiscard]] result<void> append(byte_view octets) override;
  [[nodiscard]] result<void> read(std::uint64_t offset, byte_span out) override;

 private:
  [[nodiscard]] result<void> open();
  [[nodiscard]] result<void> write(byte_view octets);

  std::size_t in_memory_;
  memory_store first_;
  std::uint64_t size_ = 0;
  std::optional<int> file_;
};

}  // namespace sandoq
