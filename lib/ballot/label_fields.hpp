#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "lib/ballot/structure_reader.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/canonical.hpp"

namespace sandoq::detail {

/// Ids and labels, as everything that has a name holds them.                           SPEC(00.2)
inline constexpr std::size_t max_labels = 8;
inline constexpr std::size_t max_language_bytes = 16;
inline constexpr std::size_t max_label_bytes = 1'024;
inline constexpr std::size_t empty_list_bytes = 4;
inline constexpr std::size_t shortest_id_bytes = 5;
inline constexpr std::size_t shortest_named_bytes = shortest_id_bytes + empty_list_bytes;

inline bool holds_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet < 0x20 || octet == 0x7f;
  });
}

inline std::string read_id(structure_reader& in, std::string_view field) {
  std::string id = in.text(manifest::max_id_bytes, field);
  if (in.good() && id.empty()) {
    in.refuse(errc::out_of_range, field, "an id has 1 to 256 bytes");
  }
  if (holds_control_characters(id)) {
    in.refuse(errc::bad_text, field, "an id holds no control characters");
  }
  return id;
}

inline label_list read_labels(structure_reader& in, std::string_view field) {
  label_list out;
  const std::size_t n = in.count_or_none(max_labels, 2 * empty_list_bytes + 1, field);
  for (std::size_t i = 0; i < n && in.good(); ++i) {
    label next;
    next.language = in.text(max_language_bytes, "language");
    if (in.good() && next.language.empty()) {
      in.refuse(errc::out_of_range, "language", "a language tag has 1 to 16 bytes");
    }
    if (in.good() && !out.empty() && out.back().language >= next.language) {
      in.refuse(errc::bad_encoding, "language", "languages must be strictly ascending");
    }
    next.text = in.text(max_label_bytes, "label");
    out.push_back(std::move(next));
  }
  return out;
}

inline void write_labels(byte_writer& out, const label_list& labels) {
  out.count(labels.size());
  for (const label& l : labels) {
    out.text(l.language);
    out.text(l.text);
  }
}

}  // namespace sandoq::detail
