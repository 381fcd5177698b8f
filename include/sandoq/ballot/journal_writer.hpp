#pragma once

#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// Where a device's journal goes. A device shows no code and takes no further step before append
/// has said that the item will survive a power cut.
class journal_writer {
 public:
  virtual ~journal_writer() = default;

  /// Writes one item durably. After an error the device offers the same item again; a writer must
  /// then know whether it already has it.
  [[nodiscard]] virtual result<void> append(journal_kind kind, byte_view canonical) = 0;

 protected:
  journal_writer() = default;
  journal_writer(const journal_writer&) = default;
  journal_writer& operator=(const journal_writer&) = default;
};

}  // namespace sandoq
