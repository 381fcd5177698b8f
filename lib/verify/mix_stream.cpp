#include "lib/verify/mix_stream.hpp"

#include <utility>

#include "sandoq/mixnet/element_list.hpp"
#include "sandoq/record/items.hpp"

namespace sandoq {

namespace {

template <class T>
result<mix_stream::heading> decode_as(byte_view canonical) {
  auto item = T::decode(canonical);
  if (!item) {
    return tl::unexpected<error>(std::move(item.error()));
  }
  return mix_stream::heading(std::move(*item));
}

result<mix_stream::heading> decode(const segment_item& item) {
  switch (static_cast<item_kind>(item.kind)) {
    case item_kind::mix_group:
      return decode_as<mix_group>(item.canonical);
    case item_kind::mix_stage:
      return decode_as<mix_stage>(item.canonical);
    case item_kind::mix_factors:
      return decode_as<mix_factors>(item.canonical);
    default:
      return fail(errc::mismatch, "kind", "does not belong into a mix file");
  }
}

}  // namespace

// True if there is an item to look at.
bool mix_stream::fetch() {
  if (fetched_ || ended_) {
    return fetched_;
  }
  const auto more = stream_.next(item_);
  if (!more) {
    v_.fail_reading(more.error());
  }
  fetched_ = more.value_or(false);
  ended_ = !fetched_;
  read_bytes_ += fetched_ ? item_.canonical.size() : 0;
  return fetched_;
}

const mix_stream::heading* mix_stream::peek() {
  if (heading_) {
    return &*heading_;
  }
  while (fetch() && at_part()) {
    fetched_ = false;
  }
  if (!fetched_) {
    return nullptr;
  }
  auto decoded = decode(item_);
  fetched_ = false;
  if (!decoded) {  // the first pass has seen it decode
    v_.board.fail_within(check_id::record_files, stream_.place(), decoded.error());
    ended_ = true;
    return nullptr;
  }
  heading_ = std::move(*decoded);
  return &*heading_;
}

result<bytes> mix_stream::read_list(std::size_t elements) {
  element_list_joiner list(elements);
  while (fetch() && at_part()) {
    if (auto ok = list.add(item_.canonical); !ok) {
      return tl::unexpected<error>(std::move(ok.error()));
    }
    fetched_ = false;
  }
  return std::move(list).finish();
}

}  // namespace sandoq
