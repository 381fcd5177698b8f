#include "list_file.hpp"

#include <utility>

#include "exchange_items.hpp"
#include "lib/record/file.hpp"
#include "message_place.hpp"
#include "sandoq/mixnet/element_list.hpp"
#include "sandoq/mixnet/mix_items.hpp"
#include "sandoq/record/items.hpp"

namespace sandoq::tool {
namespace {

constexpr literal list_tag = "bulletin/list";

/// Gives the elements of each item to `take`.
template <class Take>
result<void> each_part(segment_reader& rest, const std::string& name, const Take& take) {
  segment_item item;
  while (true) {
    const auto more = rest.next(item);
    if (!more) {
      return tl::unexpected(more.error());
    }
    if (!*more) {
      return {};
    }
    const std::string place = name + " item " + std::to_string(item.number);
    if (item.kind != number(item_kind::mix_elements)) {
      return fail(errc::mismatch, place, name_of_message(item.kind) + " does not stand in a list");
    }
    const auto part = mix_elements::decode(item.canonical);
    if (!part) {
      return fail_within(place, part.error());
    }
    take(byte_view(part->octets));
  }
}

}  // namespace

bool has_list(std::uint32_t kind) noexcept {
  return kind == number(item_kind::mix_stage) || kind == number(item_kind::list_partial);
}

result<digest32> hash_list(segment_reader& rest, const std::string& name) {
  framed_hash hash(list_tag);
  auto done = each_part(rest, name, [&](byte_view part) { hash.update(part); });
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  return hash.digest();
}

digest32 hash_list(byte_view elements) {
  return framed_hash::of(list_tag, elements);
}

result<list_message> read_list_file(const std::filesystem::path& file, const std::string& name) {
  auto opened = open_regular_file(file);
  if (!opened) {
    return tl::unexpected(std::move(opened.error()));
  }
  segment_reader reader(std::move(opened->source), name);
  segment_item first;
  const auto begun = reader.next(first);
  if (!begun) {
    return tl::unexpected(begun.error());
  }
  if (!*begun || !has_list(first.kind)) {
    return fail(errc::mismatch, name, "does not begin with a message that has a list behind it");
  }
  list_message out{{first.canonical.begin(), first.canonical.end()}, {}};
  auto done = each_part(reader, name, [&](byte_view part) {
    out.elements.insert(out.elements.end(), part.begin(), part.end());
  });
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes list_file(std::uint32_t kind, byte_view canonical, byte_view elements) {
  bytes out;
  append_item(out, static_cast<item_kind>(kind), canonical);
  const std::size_t parts = element_list_parts(elements.size() / mix_elements::element_bytes);
  for (std::size_t part = 0; part < parts; ++part) {
    append_item(out, item_kind::mix_elements, element_list_part(elements, part));
  }
  return out;
}

}  // namespace sandoq::tool
