#include "sandoq/record/items.hpp"

#include <algorithm>

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
    kind_row{item_kind::opening, "opening", record_section::ballots},
    kind_row{item_kind::ballot, "ballot", record_section::ballots},
    kind_row{item_kind::cast, "cast", record_section::ballots},
    kind_row{item_kind::challenge, "challenge", record_section::ballots},
    kind_row{item_kind::voided, "void", record_section::ballots},
    kind_row{item_kind::close, "close", record_section::ballots},
    kind_row{item_kind::tally_node, "tally_node", record_section::tally},
    kind_row{item_kind::request, "request", record_section::opening},
    kind_row{item_kind::partial, "partial", record_section::opening},
    kind_row{item_kind::result, "result", record_section::opening},
};

const kind_row* find_kind(std::uint32_t number) noexcept {
  const auto at = std::find_if(kinds.begin(), kinds.end(), [number](const kind_row& row) {
    return static_cast<std::uint32_t>(row.kind) == number;
  });
  return at == kinds.end() ? nullptr : &*at;
}

tl::unexpected<error> out_of_order(item_kind kind, std::string_view expected) {
  std::string reason = "an item of kind ";
  reason.append(name_of(kind)).append(" stands where ").append(expected);
  return fail(errc::mismatch, "kind", reason);
}

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
  SANDOQ_EXPECTS(number >= 1 && number <= 999'999, "ballot files have six digits, from 1");
  std::string digits = std::to_string(number);
  return "ballots-" + std::string(6 - digits.size(), '0') + digits + ".pb";
}

result<record_section> section_of_listed_file(std::string_view name, std::size_t place,
                                              std::size_t files) {
  SANDOQ_EXPECTS(place < files && files >= min_listed_files, "the place is one of a full list");
  record_section section = record_section::ballots;
  std::string expected;
  if (place == 0) {
    section = record_section::manifest;
    expected = manifest_file_name;
  } else if (place == 1) {
    section = record_section::ceremony;
    expected = ceremony_file_name;
  } else if (place + 2 == files) {
    section = record_section::tally;
    expected = tally_file_name;
  } else if (place + 1 == files) {
    section = record_section::opening;
    expected = opening_file_name;
  } else {
    expected = ballot_file_name(static_cast<std::uint32_t>(place - 1));
  }
  if (name != expected) {
    return fail(errc::mismatch, "file " + std::to_string(place + 1) + " of the list",
                "the name that must stand here is " + expected);
  }
  return section;
}

void item_order::begin_file(record_section section) noexcept {
  section_ = section;
  items_ = 0;
  last_kind_ = 0;
}

result<void> item_order::next(std::uint32_t number) {
  const kind_row* row = find_kind(number);
  if (row == nullptr) {
    return fail(errc::unsupported, "kind", "kind " + std::to_string(number) + " is unknown");
  }
  if (row->section != section_) {
    return out_of_order(row->kind, "it does not belong: it has another file");
  }
  const std::uint32_t last = last_kind_;
  last_kind_ = number;
  ++items_;
  switch (section_) {
    case record_section::head:
    case record_section::manifest:
      return items_ == 1 ? result<void>{} : out_of_order(row->kind, "the file must have ended");
    case record_section::ceremony:
      if (last == static_cast<std::uint32_t>(item_kind::election_key)) {
        return out_of_order(row->kind, "the file must have ended: the election_key is its last");
      }
      return number >= last ? result<void>{}
                            : out_of_order(row->kind, "only later rounds may still come");
    case record_section::ballots:
      return next_ballots(row->kind);
    case record_section::tally:
      return {};
    case record_section::opening:
      if (row->kind == item_kind::partial && last == 0) {
        return out_of_order(row->kind, "a request or a result must come first");
      }
      if (last == static_cast<std::uint32_t>(item_kind::result) && row->kind != item_kind::result) {
        return out_of_order(row->kind, "only results may still come");
      }
      return {};
  }
  return {};
}

result<void> item_order::next_ballots(item_kind kind) {
  switch (kind) {
    case item_kind::opening:
      if (journal_ != journal_state::outside) {
        return out_of_order(kind, "the journal before it is not closed");
      }
      journal_ = journal_state::open;
      any_journal_ = true;
      return {};
    case item_kind::ballot:
      if (journal_ != journal_state::open) {
        return out_of_order(kind, journal_ == journal_state::outside
                                      ? "the opening of a journal must stand"
                                      : "the ballot before it must be resolved first");
      }
      journal_ = journal_state::unresolved;
      return {};
    case item_kind::close:
      if (journal_ != journal_state::open) {
        return out_of_order(kind, journal_ == journal_state::outside
                                      ? "the opening of a journal must stand"
                                      : "the last ballot must be resolved first");
      }
      journal_ = journal_state::outside;
      return {};
    default:  // cast, challenge, void
      if (journal_ != journal_state::unresolved) {
        return out_of_order(kind, "no ballot waits for a resolution");
      }
      journal_ = journal_state::open;
      return {};
  }
}

result<void> item_order::end_file() {
  switch (section_) {
    case record_section::head:
    case record_section::manifest:
    case record_section::ballots:
      if (items_ == 0) {
        return fail(errc::missing, "end of file", "the file has no item");
      }
      return {};
    case record_section::ceremony:
      if (last_kind_ != static_cast<std::uint32_t>(item_kind::election_key)) {
        return fail(errc::missing, "end of file", "the election_key must be the last item");
      }
      return {};
    case record_section::tally:
    case record_section::opening:
      return {};
  }
  return {};
}

result<void> item_order::end_ballots() const {
  if (!any_journal_) {
    return fail(errc::missing, "ballot files", "there is no journal");
  }
  if (journal_ != journal_state::outside) {
    return fail(errc::missing, "end of the ballot files", "the last journal is not closed");
  }
  return {};
}

}  // namespace sandoq
