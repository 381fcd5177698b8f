#include "manifest_file.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "file_bytes.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq::tool {
namespace {

bool begins_with(byte_view data, byte_view start) {
  return data.size() >= start.size() && std::equal(start.begin(), start.end(), data.begin());
}

/// Canonical bytes begin with the format version, a u32.
bool is_canonical(byte_view data) {
  constexpr std::array version{std::byte{1}, std::byte{0}, std::byte{0}, std::byte{0}};
  return begins_with(data, version);
}

/// An item as long as a manifest begins with a length of several bytes, of which the first is above
/// 127; JSON begins with ASCII or a byte order mark.
bool is_segment(byte_view data) {
  constexpr std::array byte_order_mark{std::byte{0xef}, std::byte{0xbb}, std::byte{0xbf}};
  return !data.empty() && data.front() > std::byte{127} && !begins_with(data, byte_order_mark);
}

result<manifest> from_segment(byte_view data) {
  segment_reader reader(memory_source(data), "segment");
  segment_item item;
  auto more = reader.next(item);
  if (!more) {
    return tl::unexpected(std::move(more.error()));
  }
  if (item.kind != static_cast<std::uint32_t>(item_kind::manifest)) {
    return fail(errc::mismatch, "",
                "holds something else than a manifest; that of a record or a bulletin is in its "
                "manifest.pb");
  }
  auto out = manifest::decode(item.canonical);
  more = reader.next(item);
  if (!more) {
    return tl::unexpected(std::move(more.error()));
  }
  return *more ? fail(errc::mismatch, "", "holds more than a manifest") : std::move(out);
}

result<manifest> from_bytes(byte_view data, manifest_form form) {
  if (is_canonical(data)) {
    return manifest::decode(data);
  }
  if (is_segment(data)) {
    return from_segment(data);
  }
  return manifest_from_json({reinterpret_cast<const char*>(data.data()), data.size()}, form);
}

}  // namespace

result<manifest> read_manifest_file(const std::string& path, manifest_form form) {
  const auto data = read_file(path, manifest::max_bytes * 4);
  if (!data) {
    return tl::unexpected(data.error());
  }
  auto m = from_bytes(*data, form);
  if (!m) {
    return fail_within(path, std::move(m.error()));
  }
  // Bounds of the canonical form hold for the JSON form too.
  if (auto again = manifest::decode(m->encode()); !again) {
    return fail_within(path, std::move(again.error()));
  }
  if (auto good = m->check_rules(); !good) {
    return fail_within(path, std::move(good.error()));
  }
  return m;
}

}  // namespace sandoq::tool
