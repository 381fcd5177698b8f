#pragma once

#include <cstdint>
#include <filesystem>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/verify/verify_record.hpp"

namespace sandoq {

/// A file of hints that was made.
struct made_hints {
  std::uint64_t ballots = 0;
  std::uint64_t elements = 0;
  std::uint64_t size_bytes = 0;
};

/// Computes the hints of a record's ballots and writes them to a file, which is replaced. Says
/// nothing about the record beyond that its ballot files are those of the head and can be read
/// item by item. Cost: one decoding an element. Memory: a batch of elements.      SPEC(80.7)
/// \return what is wrong with the record, or why nothing could be written; mismatch for a place in
/// the record itself
[[nodiscard]] result<made_hints> make_record_hints(const std::filesystem::path& directory,
                                                   const std::filesystem::path& hints,
                                                   executor& workers,
                                                   const progress_function& progress = {});

}  // namespace sandoq
