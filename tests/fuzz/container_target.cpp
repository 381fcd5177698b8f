// The head, the framing of segments, key files. A segment is read at once and in small pieces.

#include <optional>

#include "sandoq/core/key_file.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/record/hints_file.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/segment.hpp"
#include "tests/fuzz/round_trip.hpp"
#include "tools/sandoq/office/key_folder.hpp"

namespace sandoq::fuzzing {
namespace {

// Gives at most `piece` bytes at a time.
class slow_source final : public segment_source {
 public:
  slow_source(byte_view data, std::size_t piece) : data_(data), piece_(piece) {}

  result<std::size_t> read(byte_span out) override {
    const std::size_t n = std::min({piece_, out.size(), data_.size()});
    std::copy_n(data_.begin(), n, out.begin());
    data_ = data_.subspan(n);
    return n;
  }

 private:
  byte_view data_;
  std::size_t piece_;
};

struct segment_contents {
  bytes framed;         // the items, framed anew
  std::string refusal;  // how the reading ended; empty at the end of the file
  std::uint64_t size_bytes = 0;
  digest64 hash;
  std::string broken;
  friend bool operator==(const segment_contents&, const segment_contents&) = default;
};

segment_contents contents_of(std::unique_ptr<segment_source> source) {
  segment_contents out;
  segment_reader reader(std::move(source), "f");
  segment_item item;
  item_order order;
  std::optional<record_section> section;  // of the first item
  for (;;) {
    const auto more = reader.next(item);
    if (!more) {
      out.refusal = to_string(more.error());
      out.broken = refused(more.error()).broken;
      break;
    }
    if (!*more) {
      break;
    }
    if (item.offset != out.framed.size()) {
      out.broken = "an item does not begin where the one before ended";
    }
    append_item(out.framed, static_cast<item_kind>(item.kind), item.canonical);
    if (!section) {
      section = is_item_kind(item.kind) ? section_of(static_cast<item_kind>(item.kind))
                                        : record_section::ballots;
      order.begin_file(*section);
    }
    if (const auto may_stand = order.next(item.kind, item.canonical);
        !may_stand && out.broken.empty()) {
      out.broken = refused(may_stand.error()).broken;
    }
  }
  const auto rest = reader.finish();
  if (!rest) {
    out.broken = "finish() fails on bytes in memory";
    return out;
  }
  out.size_bytes = rest->size_bytes;
  out.hash = rest->hash;
  return out;
}

outcome segment(byte_view in) {
  segment_contents found = contents_of(memory_source(in));
  const std::size_t piece = in.empty() ? 1 : 1 + std::to_integer<std::size_t>(in.back()) % 7;
  outcome out{found.refusal.empty(), found.broken};
  if (!out.broken.empty()) {
    return out;
  }
  if (found.size_bytes != in.size() || found.hash != sha512::of(in)) {
    out.broken = "size or hash are not those of the file";
  } else if (!std::ranges::equal(found.framed,
                                 in.first(std::min(in.size(), found.framed.size())))) {
    out.broken = "the items, framed again, are other bytes";
  } else if (out.accepted && found.framed.size() != in.size()) {
    out.broken = "bytes of an accepted segment belong to no item";
  } else if (found != contents_of(std::make_unique<slow_source>(in, piece))) {
    out.broken = "read in small pieces it is another segment";
  }
  return out;
}

// Labels may say the same in another order; what was read must survive its own text.
outcome key_label(byte_view in) {
  const auto read = tool::key_label::parse(in);
  if (!read) {
    return refused(read.error());
  }
  const std::string text = read->text();
  const auto again = tool::key_label::parse(bytes_of(text));
  if (!again) {
    return {true, "its own text is refused: " + to_string(again.error())};
  }
  const bool same = again->text() == text && again->election == read->election &&
                    again->seat == read->seat && again->more == read->more;
  return {true, same ? "" : "its own text is another label"};
}

constexpr decoder container_decoders[] = {
    {"head", whole<record_head>},          {"segment", segment},
    {"key_file", whole<key_file>},         {"key_label", key_label},
    {"hints_header", whole<hints_header>},
};

}  // namespace

target container_target() {
  return {"container", container_decoders};
}

}  // namespace sandoq::fuzzing
