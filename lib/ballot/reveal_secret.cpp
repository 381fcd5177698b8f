#include "lib/ballot/reveal_secret.hpp"

#include <cstddef>
#include <cstdint>

#include "lib/ballot/choice_check_secret.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq::detail {

revealed_choices reveal(const contest_terms& terms, const contest_selection& selection) {
  const bytes plain =
      declassify<"the choices of a challenged ballot, which is never counted">(selection.choices());
  const choice_layout layout = layout_of(terms);
  const auto value = [&](std::size_t i) { return std::to_integer<std::uint8_t>(plain[i]); };
  revealed_choices out;
  out.encoding = terms.encoding;
  if (terms.encoding == contest_encoding::packed_ranking) {
    for (std::size_t i = 0; i < layout.options; i += 4) {
      const std::uint32_t code = value(i) + (std::uint32_t{value(i + 1)} << 8U) +
                                 (std::uint32_t{value(i + 2)} << 16U) +
                                 (std::uint32_t{value(i + 3)} << 24U);
      if (code != 0) {
        out.codes.push_back(code);
      }
    }
  } else if (terms.encoding == contest_encoding::bit_vector) {
    for (std::size_t i = 0; i < plain.size(); ++i) {
      out.bits.push_back(value(i));
    }
  } else {
    for (std::uint32_t i = 0; i < layout.options; ++i) {
      if (value(i) != 0) {
        out.codes.push_back(i + 1);
      }
    }
  }
  for (std::size_t i = plain.size() - layout.text; i < plain.size() && value(i) != 0; ++i) {
    out.text.push_back(static_cast<char>(value(i)));
  }
  return out;
}

}  // namespace sandoq::detail
