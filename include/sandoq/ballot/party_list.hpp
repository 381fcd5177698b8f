#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sandoq/ballot/label.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// The options that stand together, in list order. SPEC(76.1)
struct party_list {
  std::string id;
  label_list labels;
  std::vector<option_index> options;
  friend bool operator==(const party_list&, const party_list&) = default;
};

inline constexpr std::size_t max_party_lists = 1'024;  ///< of one contest

/// Reads the lists of a contest; structure only.
[[nodiscard]] result<std::vector<party_list>> decode_party_lists(byte_view in);
[[nodiscard]] bytes encode(std::span<const party_list> lists);

/// "rule.lists": ids are distinct, and every option is one of the contest's and stands once.
[[nodiscard]] result<void> check_party_lists(std::span<const party_list> lists,
                                             std::uint32_t options);

}  // namespace sandoq
