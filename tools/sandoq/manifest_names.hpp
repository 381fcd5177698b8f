#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/verify/verify_record.hpp"

namespace sandoq::tool {

/// Finds the parts of a manifest by their ids, as verdicts name them. Points into the manifest,
/// which may be missing: then nothing is found. Cost: a table of all places.
class manifest_names {
 public:
  explicit manifest_names(const record_verdict& found);

  /// The labels of a place; none if there is no such place.
  [[nodiscard]] const label_list& place(std::string_view id) const;
  /// nullptr if there is no such contest.
  [[nodiscard]] const contest_entry* contest(std::string_view id) const;
  [[nodiscard]] const label_list& board(std::string_view id) const;
  [[nodiscard]] const label_list& trustee(std::string_view board, std::string_view id) const;

 private:
  [[nodiscard]] const board_entry* board_of(std::string_view id) const;

  const manifest* election_;
  std::unordered_map<std::string_view, std::size_t> places_;
  std::unordered_map<std::string_view, std::size_t> contests_;
};

/// The labels of an option; none if the contest is not there or has no such option.
[[nodiscard]] const label_list& option_labels(const contest_entry* contest, std::string_view id);

}  // namespace sandoq::tool
