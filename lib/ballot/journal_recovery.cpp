#include "sandoq/ballot/journal_recovery.hpp"

#include <utility>

namespace sandoq {
namespace {

// Follows a journal item by item: place, order, serials and chain.
class journal_walk {
 public:
  explicit journal_walk(const chain_context& election) : election_(election) {}

  result<void> take(const journal_entry& entry) {
    const auto place = place_of_item(entry.canonical);
    if (!place) {
      return tl::unexpected<error>(place.error());
    }
    if (!opened_) {
      return open(entry);
    }
    if (*place != place_) {
      return fail(errc::mismatch, "place", "it is of another device's journal");
    }
    switch (entry.kind) {
      case journal_kind::ballot:
        return commit(entry.canonical);
      case journal_kind::cast:
        return resolve<cast_item>(entry.canonical, counted_.cast);
      case journal_kind::voided:
        return resolve<void_item>(entry.canonical, counted_.voided);
      case journal_kind::challenge:
        return resolve<challenge_item>(entry.canonical, counted_.challenged);
      default:
        return fail(errc::mismatch, "kind", "only ballots and resolutions may follow an opening");
    }
  }

  result<recovered_journal> finish(time_ms time, std::string remark) {
    if (!opened_) {
      return fail(errc::missing, "journal", "there is no opening");
    }
    recovered_journal out;
    if (unresolved_) {
      out.resolution = void_item{place_, serial(counted_.committed), time};
      if (auto ok = resolve<void_item>(out.resolution->encode(), counted_.voided); !ok) {
        return tl::unexpected<error>(std::move(ok.error()));
      }
    }
    out.recovery = {place_, time, counted_, link_, std::move(remark), {}};
    return out;
  }

 private:
  result<void> open(const journal_entry& entry) {
    if (entry.kind != journal_kind::opening) {
      return fail(errc::mismatch, "kind", "a journal begins with its opening");
    }
    const auto opening = opening_item::decode(entry.canonical);
    if (!opening) {
      return tl::unexpected<error>(opening.error());
    }
    opened_ = true;
    place_ = opening->place;
    capacity_ = opening->capacity;
    link_ = opening_link(election_, entry.canonical);
    return {};
  }

  result<void> commit(byte_view canonical) {
    const auto ballot = ballot_item::decode(canonical);
    if (!ballot) {
      return tl::unexpected<error>(ballot.error());
    }
    if (unresolved_ || counted_.committed == capacity_ ||
        ballot->number.value() != counted_.committed + 1) {
      return fail(errc::mismatch, "serial", "this ballot is not the next one");
    }
    if (ballot->previous != link_ || ballot->code != confirmation_code(election_, *ballot)) {
      return fail(errc::mismatch, "chain", "the codes form no unbroken chain");
    }
    ++counted_.committed;
    unresolved_ = ballot->code;
    return {};
  }

  template <class Resolution>
  result<void> resolve(byte_view canonical, std::uint32_t& counter) {
    const auto item = Resolution::decode(canonical);
    if (!item) {
      return tl::unexpected<error>(item.error());
    }
    if (!unresolved_ || item->number.value() != counted_.committed) {
      return fail(errc::mismatch, "serial", "no such ballot waits for a resolution");
    }
    ++counter;
    link_ = resolution_link(election_, Resolution::kind, canonical, *unresolved_);
    unresolved_.reset();
    return {};
  }

  chain_context election_;
  bool opened_ = false;
  device_place place_;
  std::uint32_t capacity_ = 0;
  journal_counters counted_;
  digest32 link_;
  std::optional<digest32> unresolved_;  // the code of a ballot without resolution
};

}  // namespace

result<recovered_journal> recover_journal(const chain_context& election,
                                          std::span<const journal_entry> items, time_ms time,
                                          std::string remark) {
  if (remark.size() > recovery_item::max_remark_bytes) {
    return fail(errc::too_large, "recovery/remark", "a remark has at most 1,024 bytes");
  }
  journal_walk walk(election);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (auto ok = walk.take(items[i]); !ok) {
      return fail_within("journal item " + std::to_string(i), std::move(ok.error()));
    }
  }
  return walk.finish(time, std::move(remark));
}

}  // namespace sandoq
