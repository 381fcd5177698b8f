#pragma once

#include <cstdint>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// Keeps octets until they are wanted: for a large election a file, temporary_store of layer
/// record.
class octet_store {
 public:
  virtual ~octet_store() = default;

  /// Adds octets behind those before. \return io
  [[nodiscard]] virtual result<void> append(byte_view octets) = 0;
  /// Reads back as many as `out` takes. \pre they were added. \return io
  [[nodiscard]] virtual result<void> read(std::uint64_t offset, byte_span out) = 0;

 protected:
  octet_store() = default;
  octet_store(const octet_store&) = default;
  octet_store& operator=(const octet_store&) = default;
};

/// In memory.
class memory_store final : public octet_store {
 public:
  [[nodiscard]] result<void> append(byte_view octets) override;
  [[nodiscard]] result<void> read(std::uint64_t offset, byte_span out) override;

 private:
  bytes octets_;
};

}  // namespace sandoq
