#include "private_segment.hpp"

#include "private_file.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq::tool {

result<std::vector<std::pair<std::uint32_t, bytes>>> read_private_items(
    const std::filesystem::path& path, std::size_t max_bytes) {
  const auto content = read_private(path, max_bytes);
  if (!content) {
    return tl::unexpected(content.error());
  }
  std::vector<std::pair<std::uint32_t, bytes>> out;
  segment_reader reader(memory_source(*content), path.filename().string());
  segment_item item;
  while (true) {
    const auto more = reader.next(item);
    if (!more) {
      return tl::unexpected(more.error());
    }
    if (!*more) {
      return out;
    }
    out.emplace_back(item.kind, bytes(item.canonical.begin(), item.canonical.end()));
  }
}

}  // namespace sandoq::tool
