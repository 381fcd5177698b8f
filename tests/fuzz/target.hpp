#pragma once

// What a fuzzer feeds and what must hold then. A target is a family of decoders; its inputs begin
// with one byte, the row of the decoder in the family, and the rest is what that decoder reads.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sandoq/core/bytes.hpp"

namespace sandoq::fuzzing {

/// What one input came to.
struct outcome {
  bool accepted = false;
  std::string broken;  ///< the property that does not hold; empty is good
};

struct decoder {
  /// For an item of a record the name of its kind, by which seeds and tests find it.
  std::string_view name;
  outcome (*run)(byte_view input);
};

/// The rows of a family only ever grow at the end, so that corpora keep their meaning.
struct target {
  std::string_view name;
  std::span<const decoder> decoders;
};

// One table a file; a new family is declared here and listed in target.cpp.
[[nodiscard]] target group_target();
[[nodiscard]] target integer_target();
[[nodiscard]] target proofs_target();
[[nodiscard]] target manifest_target();
[[nodiscard]] target ceremony_target();
[[nodiscard]] target journal_target();
[[nodiscard]] target counting_target();
[[nodiscard]] target container_target();
[[nodiscard]] target record_target();
[[nodiscard]] target manifest_json_target();
[[nodiscard]] target ballot_csv_target();
[[nodiscard]] target text_target();
[[nodiscard]] target exchange_target();
[[nodiscard]] target booth_target();
[[nodiscard]] target kernels_target();
[[nodiscard]] target sizing_target();
[[nodiscard]] target rules_target();
[[nodiscard]] target mix_target();

[[nodiscard]] const std::vector<target>& all_targets();
/// nullptr if there is none.
[[nodiscard]] const target* find_target(std::string_view name);
/// The decoder that an input names by its first byte, or nullptr.
[[nodiscard]] const decoder* decoder_of(const target& family, byte_view input);

struct seed {
  std::string_view decoder;
  bytes input;  ///< with the row in front
};
/// Well-formed inputs of every decoder of a family, made anew from small elections: they follow
/// every change of the format by themselves. (The record as files and as items included.)
[[nodiscard]] std::vector<seed> seeds_of(const target& family);

}  // namespace sandoq::fuzzing
