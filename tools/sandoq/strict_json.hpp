#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

using json = nlohmann::ordered_json;

/// A JSON text in which no member is written twice, no object has more than 64 members, and nothing
/// is more than 64 deep.
/// \return bad_encoding, duplicate or too_large, with what the parser says.
[[nodiscard]] result<json> parse_strictly(std::string_view text);

/// Walks a JSON document and keeps the first thing that is wrong with it. After an error every
/// answer is empty, so callers need not look after each step.
class json_walk {
 public:
  [[nodiscard]] const std::optional<error>& problem() const noexcept { return problem_; }

  void wrong(const std::string& place, const std::string& reason, errc code = errc::bad_encoding) {
    if (!problem_) {
      problem_ = error{code, place, reason};  // no place: the text as a whole
    }
  }

  /// The members of an object must be exactly these; the optional ones may be left out.
  bool members(const json& value, const std::string& place, const std::set<std::string>& names,
               const std::set<std::string>& optional = {}) {
    if (!value.is_object()) {
      wrong(place, "must be an object");
      return false;
    }
    for (const auto& [name, unused] : value.items()) {
      if (!names.contains(name) && !optional.contains(name)) {
        wrong(join(place, name), "unknown member");
        return false;
      }
    }
    for (const std::string& name : names) {
      if (!value.contains(name)) {
        wrong(join(place, name), "is missing", errc::missing);
        return false;
      }
    }
    return true;
  }

  std::string text(const json& value, const std::string& place) {
    if (!value.is_string()) {
      wrong(place, "must be a text");
      return {};
    }
    return value.get<std::string>();
  }

  std::uint32_t number(const json& value, const std::string& place) {
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > 0xffffffffULL) {
      wrong(place, "must be a whole number from 0 to 4294967295", errc::out_of_range);
      return 0;
    }
    return value.get<std::uint32_t>();
  }

  const json& list(const json& value, const std::string& place) {
    static const json empty = json::array();
    if (!value.is_array()) {
      wrong(place, "must be a list");
      return empty;
    }
    return value;
  }

  template <std::size_t N>
  void hex(std::array<std::byte, N>& out, const json& value, const std::string& place) {
    if (!from_hex_into(out, text(value, place))) {
      wrong(place, "must be " + std::to_string(2 * N) + " hexadecimal digits");
    }
  }

  /// Texts by language, normalised, within the bounds that a manifest has for them.
  label_list labels(const json& value, const std::string& place);

  static std::string join(const std::string& place, const std::string& name) {
    return place.empty() ? name : place + "." + name;
  }
  static std::string item(const std::string& place, std::size_t i) {
    return place + "[" + std::to_string(i) + "]";
  }

 private:
  std::optional<error> problem_;
};

}  // namespace sandoq::tool
