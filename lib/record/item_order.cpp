#include <optional>

#include "sandoq/core/canonical.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/threshold/ceremony_collector.hpp"

namespace sandoq {

namespace {

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

int turn_in_opening(item_kind kind) noexcept {
  switch (kind) {
    case item_kind::lot_commit:
      return 0;
    case item_kind::request:
    case item_kind::partial:
    case item_kind::list_request:
    case item_kind::list_partial:
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
    case item_kind::resolution:
      return 7;
    default:  // allocation
      return 8;
  }
}

}  // namespace

void item_order::begin_file(record_section section) noexcept {
  section_ = section;
  items_ = 0;
  last_kind_ = 0;
  evidence_ = false;
}

result<void> item_order::next(std::uint32_t number, byte_view canonical) {
  if (!is_item_kind(number)) {
    return fail(errc::unsupported, "kind", "kind " + std::to_string(number) + " is unknown");
  }
  const auto kind = static_cast<item_kind>(number);
  if (section_of(kind) != section_) {
    return out_of_order(kind, "it does not belong: it has another file");
  }
  const std::uint32_t last = last_kind_;
  last_kind_ = number;
  ++items_;
  switch (section_) {
    case record_section::head:
    case record_section::manifest:
      return items_ == 1 ? result<void>{} : out_of_order(kind, "the file must have ended");
    case record_section::ceremony:
      return next_ceremony(kind, last);
    case record_section::ballots:
      return next_ballots(kind, canonical);
    case record_section::tally:
      return {};
    case record_section::mix:
      return next_mix(kind);
    case record_section::opening:
      return next_opening(kind, last);
  }
  return {};
}

// SPEC(80.1): lot_commit*, (request, partial*, or list_request, list_partial*)*, result*,
// subtotal*, attributes*, lot_reveal*, lot_beacon?, resolution*, allocation*.
result<void> item_order::next_opening(item_kind kind, std::uint32_t last) {
  const int before = last == 0 ? 0 : turn_in_opening(static_cast<item_kind>(last));
  if (turn_in_opening(kind) < before) {
    return out_of_order(kind, "only what comes after the items before it may stand");
  }
  const auto follows = [last](item_kind k) { return last == static_cast<std::uint32_t>(k); };
  if (kind == item_kind::partial && !follows(item_kind::request) && !follows(kind)) {
    return out_of_order(kind, "a request must come first");
  }
  if (kind == item_kind::list_partial && !follows(item_kind::list_request) && !follows(kind)) {
    return out_of_order(kind, "a list_request must come first");
  }
  if (kind == item_kind::lot_beacon && follows(kind)) {
    return out_of_order(kind, "no second one may stand");
  }
  return {};
}

// SPEC(80.4): (mix_group, (mix_stage, mix_elements+)*, (mix_factors, mix_elements+)*)+.
result<void> item_order::next_mix(item_kind kind) {
  if (kind == item_kind::mix_elements) {
    if (!mix_ || *mix_ == item_kind::mix_group) {
      return out_of_order(kind, "the item that these elements belong to must come first");
    }
    list_begun_ = true;
    return {};
  }
  if (!list_begun_) {
    return out_of_order(kind, "the elements of the list before it must stand");
  }
  if (kind != item_kind::mix_group && !mix_) {
    return out_of_order(kind, "a mix_group must come first");
  }
  if (kind == item_kind::mix_stage && *mix_ == item_kind::mix_factors) {
    return out_of_order(kind, "no further stage may stand: the group has been opened");
  }
  mix_ = kind;
  list_begun_ = kind == item_kind::mix_group;
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
    case record_section::mix:
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

result<void> item_order::end_mix() const {
  if (!list_begun_) {
    return fail(errc::missing, "end of the mix files", "the last list has no elements");
  }
  return {};
}

}  // namespace sandoq
