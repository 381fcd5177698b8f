#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "lib/verify/verify_state.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/mixnet/mix_items.hpp"
#include "sandoq/record/record_reader.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq {

/// One more pass over the mix files: what begins a list, and the list if anybody asks for it. A
/// file that is no longer the listed one fails record.files, and ends the stream.
/// Memory: one item, and the list that is read.                              SPEC(60.2) SPEC(80.4)
class mix_stream {
 public:
  using heading = std::variant<mix_group, mix_stage, mix_factors>;

  explicit mix_stream(verify_state& v) : v_(v), stream_(v.reader, mix_files_of(v.head)) {}

  /// The next item that is no part of a list; nullptr at the end. It holds until the next call.
  [[nodiscard]] const heading* peek();
  /// Passes over it; the parts of its list, if there are any, come next.
  void pass() noexcept { heading_.reset(); }
  /// Reads all parts that come next. \return the joiner's error if they are not that many elements
  /// in full parts.
  [[nodiscard]] result<bytes> read_list(std::size_t elements);
  /// "mix-000001.pb item 7", of the last item that was read.
  [[nodiscard]] std::string place() const { return stream_.place(); }
  /// Of all items so far.
  [[nodiscard]] std::uint64_t read_bytes() const noexcept { return read_bytes_; }

 private:
  [[nodiscard]] bool fetch();
  [[nodiscard]] bool at_part() const {
    return static_cast<item_kind>(item_.kind) == item_kind::mix_elements;
  }

  verify_state& v_;
  item_stream stream_;
  segment_item item_;
  bool fetched_ = false;  // item_ is still to be looked at
  bool ended_ = false;
  std::uint64_t read_bytes_ = 0;
  std::optional<heading> heading_;
};

}  // namespace sandoq
