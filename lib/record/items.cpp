#include "sandoq/record/items.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "sandoq/core/contract.hpp"

namespace sandoq {

namespace {

struct kind_row {
  item_kind kind;
  std::string_view name;
  record_section section;
};

// SPEC(80.3), in the order of the numbers.
constexpr std::array kinds{
    kind_row{item_kind::head, "head", record_section::head},
    kind_row{item_kind::manifest, "manifest", record_section::manifest},
    kind_row{item_kind::dkg_commit, "dkg_commit", record_section::ceremony},
    kind_row{item_kind::dkg_reveal, "dkg_reveal", record_section::ceremony},
    kind_row{item_kind::dkg_deal, "dkg_deal", record_section::ceremony},
    kind_row{item_kind::dkg_confirm, "dkg_confirm", record_section::ceremony},
    kind_row{item_kind::election_key, "election_key", record_section::ceremony},
    kind_row{item_kind::dkg_complaint, "dkg_complaint", record_section::ceremony},
    kind_row{item_kind::dkg_absence, "dkg_absence", record_section::ceremony},
    kind_row{item_kind::opening, "opening", record_section::ballots},
    kind_row{item_kind::ballot, "ballot", record_section::ballots},
    kind_row{item_kind::cast, "cast", record_section::ballots},
    kind_row{item_kind::challenge, "challenge", record_section::ballots},
    kind_row{item_kind::voided, "void", record_section::ballots},
    kind_row{item_kind::close, "close", record_section::ballots},
    kind_row{item_kind::exclusion, "exclusion", record_section::ballots},
    kind_row{item_kind::recovery, "recovery", record_section::ballots},
    kind_row{item_kind::eligibility, "eligibility", record_section::ballots},
    kind_row{item_kind::tally_node, "tally_node", record_section::tally},
    kind_row{item_kind::request, "request", record_section::opening},
    kind_row{item_kind::partial, "partial", record_section::opening},
    kind_row{item_kind::result, "result", record_section::opening},
    kind_row{item_kind::subtotal, "subtotal", record_section::opening},
    kind_row{item_kind::attributes, "attributes", record_section::opening},
    kind_row{item_kind::lot_commit, "lot_commit", record_section::opening},
    kind_row{item_kind::lot_reveal, "lot_reveal", record_section::opening},
    kind_row{item_kind::lot_beacon, "lot_beacon", record_section::opening},
    kind_row{item_kind::resolution, "resolution", record_section::opening},
    kind_row{item_kind::list_request, "list_request", record_section::opening},
    kind_row{item_kind::list_partial, "list_partial", record_section::opening},
    kind_row{item_kind::allocation, "allocation", record_section::opening},
    kind_row{item_kind::mix_group, "mix_group", record_section::mix},
    kind_row{item_kind::mix_stage, "mix_stage", record_section::mix},
    kind_row{item_kind::mix_elements, "mix_elements", record_section::mix},
    kind_row{item_kind::mix_factors, "mix_factors", record_section::mix},
};

const kind_row* find_kind(std::uint32_t number) noexcept {
  const auto at = std::find_if(kinds.begin(), kinds.end(), [number](const kind_row& row) {
    return static_cast<std::uint32_t>(row.kind) == number;
  });
  return at == kinds.end() ? nullptr : &*at;
}

std::string numbered_name(std::string_view before, std::uint32_t number) {
  SANDOQ_EXPECTS(number >= 1 && number <= 999'999, "numbers of files have six digits, from 1");
  const std::string digits = std::to_string(number);
  return std::string(before) + std::string(6 - digits.size(), '0') + digits + ".pb";
}

struct file_step {
  record_section before;
  record_section after;
};

// SPEC(80.1): which files may come one after another.
constexpr std::array file_steps{
    file_step{record_section::head, record_section::manifest},
    file_step{record_section::manifest, record_section::ceremony},
    file_step{record_section::ceremony, record_section::ballots},
    file_step{record_section::ballots, record_section::ballots},
    file_step{record_section::ballots, record_section::tally},
    file_step{record_section::tally, record_section::mix},
    file_step{record_section::tally, record_section::opening},
    file_step{record_section::mix, record_section::mix},
    file_step{record_section::mix, record_section::opening},
};

}  // namespace

std::string_view name_of(item_kind kind) noexcept {
  const kind_row* row = find_kind(static_cast<std::uint32_t>(kind));
  return row == nullptr ? std::string_view("unknown") : row->name;
}

bool is_item_kind(std::uint32_t number) noexcept {
  return find_kind(number) != nullptr;
}

record_section section_of(item_kind kind) noexcept {
  const kind_row* row = find_kind(static_cast<std::uint32_t>(kind));
  SANDOQ_EXPECTS(row != nullptr, "section_of takes a kind of the table");
  return row->section;
}

std::string ballot_file_name(std::uint32_t number) {
  return numbered_name("ballots-", number);
}

std::string mix_file_name(std::uint32_t number) {
  return numbered_name("mix-", number);
}

std::string file_name_order::expected(record_section section) const {
  const std::uint32_t number = section == section_ ? number_ + 1 : 1;
  switch (section) {
    case record_section::manifest:
      return std::string(manifest_file_name);
    case record_section::ceremony:
      return std::string(ceremony_file_name);
    case record_section::ballots:
      return ballot_file_name(number);
    case record_section::tally:
      return std::string(tally_file_name);
    case record_section::mix:
      return mix_file_name(number);
    default:
      return std::string(opening_file_name);
  }
}

result<record_section> file_name_order::next(std::string_view name) {
  std::string choices;
  for (const auto& [before, after] : file_steps) {
    if (before != section_) {
      continue;
    }
    const std::string wanted = expected(after);
    if (name == wanted) {
      number_ = after == section_ ? number_ + 1 : 1;
      section_ = after;
      return after;
    }
    choices += (choices.empty() ? "" : " or ") + wanted;
  }
  return fail(errc::mismatch, "list of files",
              choices.empty() ? std::string("none may come after opening.pb")
                              : "the name that must stand next is " + choices);
}

result<void> file_name_order::end() const {
  if (section_ != record_section::opening) {
    return fail(errc::missing, "list of files", "the last one must be opening.pb");
  }
  return {};
}

}  // namespace sandoq
