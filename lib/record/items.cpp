#include "sandoq/record/items.hpp"

#include <algorithm>
#include <optional>

#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/threshold/ceremony_collector.hpp"

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

constexpr std::string_view reveals_first = "commits and reveals must come first";

// The round of an item of the ceremony file; none for the election_key.
std::optional<ceremony_round> round_of(item_kind kind) noexcept {
  switch (kind) {
    case item_kind::dkg_absence:
      return ceremony_round::absence;
    case item_kind::dkg_commit:
      return ceremony_round::commit;
    case item_kind::dkg_reveal:
      return ceremony_round::reveal;
    case item_kind::dkg_deal:
      return ceremony_round::deal;
    case item_kind::dkg_complaint:
      return ceremony_round::complaint;
    case item_kind::dkg_confirm:
      return ceremony_round::confirm;
    default:
      return std::nullopt;
  }
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
  evidence_ = false;
}

result<void> item_order::next(std::uint32_t number, byte_view canonical) {
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
      return next_ceremony(row->kind, last);
    case record_section::ballots:
      return next_ballots(row->kind, canonical);
    case record_section::tally:
      return {};
    case record_section::opening:
      return next_opening(row->kind, last);
  }
  return {};
}

// SPEC(80.1): lot_commit*, (request, partial*)*, result*, subtotal*, attributes*, lot_reveal*,
// lot_beacon?, resolution*.
result<void> item_order::next_opening(item_kind kind, std::uint32_t last) {
  const auto turn_of = [](item_kind k) {
    switch (k) {
      case item_kind::lot_commit:
        return 0;
      case item_kind::request:
      case item_kind::partial:
        return 1;
      case item_kind::result:
        return 2;
      case item_kind::subtotal:
        return 3;
      case item_kind::attributes:
        return 4;
      case item_kind::lot_reveal:
        return 5;
      case item_kind::lot_beacon:
        return 6;
      default:  // resolution
        return 7;
    }
  };
  const int before = last == 0 ? 0 : turn_of(static_cast<item_kind>(last));
  if (turn_of(kind) < before) {
    return out_of_order(kind, "only what comes after the items before it may stand");
  }
  if (kind == item_kind::partial && before != 1) {
    return out_of_order(kind, "a request must come first");
  }
  if (kind == item_kind::lot_beacon && last == static_cast<std::uint32_t>(kind)) {
    return out_of_order(kind, "no second one may stand");
  }
  return {};
}

// exclusion := u32 branch || u32 device || u64 time || u8 reason || u32 items || ...  SPEC(52.1)
result<void> item_order::begin_evidence(byte_view exclusion) {
  constexpr std::size_t bytes_before = 4 + 4 + 8 + 1;
  byte_reader in(exclusion);
  if (auto before = in.fixed(bytes_before, "place, time and reason"); !before) {
    return tl::unexpected<error>(std::move(before.error()));
  }
  const auto items = in.u32("items");
  if (!items) {
    return tl::unexpected<error>(items.error());
  }
  evidence_left_ = *items;
  journal_ = *items == 0 ? journal_state::outside : journal_state::evidence;
  return {};
}

result<void> item_order::next_evidence(item_kind kind) {
  if (kind == item_kind::exclusion || kind == item_kind::eligibility) {
    return out_of_order(
        kind, std::to_string(evidence_left_) + " more items of the excluded journal must stand");
  }
  if (--evidence_left_ == 0) {
    journal_ = journal_state::outside;
  }
  return {};
}

// The order inside an attempt (80.4).
result<void> item_order::next_ceremony(item_kind kind, std::uint32_t last) {
  if (last == static_cast<std::uint32_t>(item_kind::election_key)) {
    return out_of_order(kind, "the file must have ended: the election_key is its last");
  }
  const auto before = last == 0 ? std::nullopt : round_of(static_cast<item_kind>(last));
  const auto now = round_of(kind);  // none for the election_key
  const bool needs_reveals = !before || *before <= ceremony_round::commit;
  if (!now) {
    return needs_reveals ? out_of_order(kind, reveals_first) : result<void>{};
  }
  // A next attempt begins after the reveals of the one before.
  const bool begins = begins_attempt(before, *now) && before != ceremony_round::commit;
  if (begins || now == before) {
    return {};
  }
  if (before && *now < *before) {
    return out_of_order(kind, "only later rounds may still come");
  }
  // Commits and reveals cannot be left out.
  const bool next_in_turn = before == ceremony_round::commit ? *now == ceremony_round::reveal
                                                             : *now == ceremony_round::commit;
  if (needs_reveals && !next_in_turn) {
    return out_of_order(kind, reveals_first);
  }
  return {};
}

result<void> item_order::next_ballots(item_kind kind, byte_view canonical) {
  evidence_ = journal_ == journal_state::evidence;
  if (evidence_) {
    return next_evidence(kind);
  }
  switch (kind) {
    case item_kind::opening:
    case item_kind::exclusion:
      if (journal_ != journal_state::outside) {
        return out_of_order(kind, "the journal before it is not closed");
      }
      any_journal_ = true;
      eligibility_done_ = false;
      if (kind == item_kind::exclusion) {
        return begin_evidence(canonical);
      }
      journal_ = journal_state::open;
      return {};
    case item_kind::eligibility:
      if (journal_ != journal_state::outside || !any_journal_ || eligibility_done_) {
        return out_of_order(kind, "the last journal of a branch must have ended");
      }
      eligibility_done_ = true;
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
    case item_kind::recovery:
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
    return fail(errc::missing, "end of the ballot files", "the last journal is not complete");
  }
  return {};
}

}  // namespace sandoq
