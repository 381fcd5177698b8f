// From a device's state to its memory and back.

#include <string>
#include <utility>

#include "lib/ballot/device_core_secret.hpp"
#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

using detail::ballot_secrets;
using detail::ballot_secrets_ptr;
using detail::device_core;
using detail::device_core_ptr;
using detail::device_steps;
using detail::living;

constexpr std::string_view memory_place = "device memory";

tl::unexpected<error> refuse(errc code, std::string_view field, std::string_view reason) {
  return fail(code, std::string(memory_place) + "/" + std::string(field), reason);
}

device_memory remember(const device_core& core) {
  device_memory out;
  out.key = core.key.scalar().clone();
  out.opening = core.opening;
  for (const seed_ratchet& ratchet : core.seeds) {
    out.kappas.push_back(ratchet.memory());
  }
  out.used = core.seeds.front().next().value() - 1;
  out.link = core.link;
  out.counters = core.counters;
  return out;
}

device_memory remember(const device_core& core, const ballot_secrets& secrets) {
  device_memory out = remember(core);
  std::vector<ballot_seed> seeds;
  for (const ballot_seed& seed : secrets.seeds) {
    seeds.push_back(seed.clone());
  }
  out.pending = pending_ballot{secrets.item, secrets.selection.clone(), std::move(seeds)};
  return out;
}

device_trees trees_of(const device_core& core) {
  device_trees out;
  for (const seed_ratchet& ratchet : core.seeds) {
    out.leaves.push_back(ratchet.leaves());
  }
  return out;
}

std::string_view name_of(device_stage stage) {
  switch (stage) {
    case device_stage::enrolled:
      return "waits for the seeds of the boards";
    case device_stage::prepared:
      return "waits for the boards to sign its opening";
    case device_stage::ready:
      return "waits for the next ballot";
    case device_stage::pending:
      return "has a ballot that is not resolved";
    case device_stage::closing:
      return "waits for the boards to sign its close";
  }
  return "is in no stage";
}

result<void> check_stage(const device_memory& memory, device_stage wanted) {
  if (memory.stage() != wanted) {
    return fail(errc::mismatch, memory_place,
                "it is of a device that " + std::string(name_of(memory.stage())) +
                    ", not of one that " + std::string(name_of(wanted)));
  }
  return {};
}

// As many seeds and trees as roles; all boards once there is one.
result<void> check_roles(const device_memory& memory, const device_trees& trees,
                         std::size_t boards) {
  const std::size_t roots = memory.opening.board_roots.size();
  if (roots != 0 && roots != boards) {
    return refuse(errc::mismatch, "board roots",
                  "there must be one for each of " + std::to_string(boards) + " boards");
  }
  if (memory.kappas.size() != 1 + roots) {
    return refuse(errc::mismatch, "kappas", "there must be one for the device and for each board");
  }
  if (trees.leaves.size() != 1 + roots) {
    return fail(errc::mismatch, "device trees",
                "there must be one for the device and for each board");
  }
  for (const auto& leaves : trees.leaves) {
    if (leaves.size() != memory.opening.capacity) {
      return fail(errc::mismatch, "device trees", "have not as many leaves as the capacity");
    }
  }
  return {};
}

result<void> check_counters(const device_memory& memory) {
  if (memory.used > memory.opening.capacity) {
    return refuse(errc::out_of_range, "used",
                  std::to_string(memory.used) + " serials are used, the capacity is " +
                      std::to_string(memory.opening.capacity));
  }
  journal_counters resolved = memory.counters;
  if (memory.pending && resolved.committed > 0) {
    --resolved.committed;
  }
  if (memory.used != memory.counters.committed || !resolved.adds_up()) {
    return refuse(errc::mismatch, "counters", "do not add up to the serials that were used");
  }
  return {};
}

// The opening, and the link where it follows from the opening alone.
result<void> check_opening(const election_context& election, const device_memory& memory) {
  if (memory.opening.signatures.boards.empty()) {
    if (memory.used != 0 || memory.link != digest32{}) {
      return refuse(errc::mismatch, "opening", "has no signatures, and yet ballots were taken");
    }
    return {};
  }
  if (auto ok = verify(election, memory.opening); !ok) {
    return refuse(errc::bad_signature, "opening", ok.reason());
  }
  const bool at_first = memory.used == (memory.pending ? 1U : 0U);
  if (at_first && memory.link != opening_link(election.chain(), memory.opening.encode())) {
    return refuse(errc::mismatch, "link", "does not come from the opening");
  }
  return {};
}

result<void> check_pending(const device_core& core, const pending_ballot& pending) {
  const ballot_item& item = pending.item;
  if (item.place != core.opening.place || item.number.value() != core.counters.committed) {
    return refuse(errc::mismatch, "pending ballot", "is not the last one of this device");
  }
  if (item.previous != core.link) {
    return refuse(errc::mismatch, "pending ballot/previous", "does not follow the link");
  }
  if (item.code != confirmation_code(core.election->chain(), item)) {
    return refuse(errc::mismatch, "pending ballot/code", "is not the ballot's");
  }
  if (auto form = check_form(*core.election, item); !form) {
    return fail_within("device memory/pending ballot", std::move(form.error()));
  }
  if (pending.selection.branch() != item.place.branch || pending.selection.style() != item.style) {
    return refuse(errc::mismatch, "pending ballot/choices", "are for another branch or style");
  }
  if (pending.seeds.size() != core.seeds.size()) {
    return refuse(errc::mismatch, "pending ballot/seeds",
                  "there must be one for the device and for each board");
  }
  const std::size_t place = item.number.value() - 1;
  for (std::size_t r = 0; r < core.seeds.size(); ++r) {
    const seed_ratchet& ratchet = core.seeds[r];
    if (leaf_of_seed(ratchet.context(), ratchet.role(), item.number, pending.seeds[r]) !=
        ratchet.leaves()[place]) {
      return refuse(errc::mismatch, "pending ballot/seeds",
                    "the seed of role " + std::to_string(r) + " is not the one of its serial");
    }
  }
  return {};
}

// The ballot made once more: every byte of it comes from choices and seeds (52.4).
result<void> check_ballot(const device_core& core, const pending_ballot& pending) {
  const ballot_seed seed =
      combine_seeds(core.seeds.front().context(), pending.item.number, pending.seeds.front(),
                    std::span(pending.seeds).subspan(1));
  const auto contests =
      encrypt_ballot(*core.election, *core.prover, pending.item, pending.selection, seed);
  if (!contests || *contests != pending.item.contests) {
    return refuse(errc::mismatch, "pending ballot/choices",
                  "and seeds do not give the ballot that was committed");
  }
  return {};
}

result<void> check_closing(const device_core& core, const close_item& close) {
  if (close.place != core.opening.place || close.counters != core.counters ||
      close.last_link != core.link) {
    return refuse(errc::mismatch, "close", "is not what this device comes to");
  }
  const verification_key<ristretto255> signer{core.key.public_key(), not_shared};
  if (auto ok =
          verify(signer, device_message(core.election->chain(), close), close.device_signature);
      !ok) {
    return refuse(errc::bad_signature, "close", "is not signed by this device");
  }
  return {};
}

result<std::vector<seed_ratchet>> resume_seeds(const device_site& site, device_memory& memory,
                                               device_trees& trees) {
  std::vector<seed_ratchet> out;
  for (std::uint32_t r = 0; r < memory.kappas.size(); ++r) {
    const digest32& root = r == 0 ? memory.opening.device_root : memory.opening.board_roots[r - 1];
    auto ratchet =
        seed_ratchet::resume(site.election.seeds(site.place), seed_role(r), memory.used,
                             std::move(memory.kappas[r]), std::move(trees.leaves[r]), root);
    if (!ratchet) {
      return fail_within(memory_place, std::move(ratchet.error()));
    }
    out.push_back(std::move(*ratchet));
  }
  return out;
}

// Everything but the pending ballot, which stays in the memory.
result<device_core_ptr> wake(const device_site& site, device_memory& memory, device_trees trees) {
  if (auto ok = detail::check_site(site, memory.opening.capacity); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  if (memory.opening.place != site.place) {
    return refuse(errc::mismatch, "place", "is not where this device works");
  }
  auto key = signing_key<ristretto255>::from_scalar(std::move(memory.key));
  if (!key) {
    return fail_within("device memory/key", std::move(key.error()));
  }
  if (key->public_key().octets() != memory.opening.device_key.octets) {
    return refuse(errc::mismatch, "key", "is not the one of the opening");
  }
  if (auto ok = check_roles(memory, trees, site.election.keys().boards().size()); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  if (auto ok = check_counters(memory); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  if (auto ok = check_opening(site.election, memory); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  auto seeds = resume_seeds(site, memory, trees);
  if (!seeds) {
    return tl::unexpected(std::move(seeds.error()));
  }
  return device_core_ptr(new device_core{&site.election, &site.prover, std::move(*key),
                                         std::move(memory.opening), std::move(*seeds), memory.link,
                                         memory.counters});
}

// A state that is a core and nothing else.
template <class State>
result<State> resume_plain(const device_site& site, device_memory& memory, device_trees&& trees,
                           device_stage stage) {
  if (auto ok = check_stage(memory, stage); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  auto core = wake(site, memory, std::move(trees));
  if (!core) {
    return tl::unexpected(std::move(core.error()));
  }
  return device_steps::make<State>(std::move(*core));
}

// The same with a ballot.
template <class State>
result<State> resume_ballot(const device_site& site, device_memory& memory, device_trees&& trees) {
  if (auto ok = check_stage(memory, device_stage::pending); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  auto core = wake(site, memory, std::move(trees));
  if (!core) {
    return tl::unexpected(std::move(core.error()));
  }
  pending_ballot& pending = *memory.pending;
  if (auto ok = check_pending(**core, pending); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  if (auto ok = check_ballot(**core, pending); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  return device_steps::make<State>(
      std::move(*core),
      ballot_secrets_ptr(new ballot_secrets{std::move(pending.item), std::move(pending.selection),
                                            std::move(pending.seeds)}));
}

}  // namespace

device_stage device_memory::stage() const noexcept {
  if (closing) {
    return device_stage::closing;
  }
  if (pending) {
    return device_stage::pending;
  }
  if (!opening.signatures.boards.empty()) {
    return device_stage::ready;
  }
  return opening.board_roots.empty() ? device_stage::enrolled : device_stage::prepared;
}

device_memory enrolled_device::memory() const {
  return remember(living(core_));
}
device_memory prepared_device::memory() const {
  return remember(living(core_));
}
device_memory ready_device::memory() const {
  return remember(living(core_));
}
device_memory encrypted_ballot::memory() const {
  const device_core& core = living(core_);  // before the secrets, which went the same way
  return remember(core, *secrets_);
}
device_memory committed_ballot::memory() const {
  const device_core& core = living(core_);
  return remember(core, *secrets_);
}
device_memory closing_device::memory() const {
  device_memory out = remember(living(core_));
  out.closing = item_;
  return out;
}

device_trees enrolled_device::trees() const {
  return trees_of(living(core_));
}
device_trees prepared_device::trees() const {
  return trees_of(living(core_));
}
device_trees ready_device::trees() const {
  return trees_of(living(core_));
}
const digest32& ready_device::link() const {
  return living(core_).link;
}

result<enrolled_device> enrolled_device::resume(const device_site& site, device_memory memory,
                                                device_trees trees) {
  return resume_plain<enrolled_device>(site, memory, std::move(trees), device_stage::enrolled);
}
result<prepared_device> prepared_device::resume(const device_site& site, device_memory memory,
                                                device_trees trees) {
  return resume_plain<prepared_device>(site, memory, std::move(trees), device_stage::prepared);
}
result<ready_device> ready_device::resume(const device_site& site, device_memory memory,
                                          device_trees trees) {
  return resume_plain<ready_device>(site, memory, std::move(trees), device_stage::ready);
}
result<encrypted_ballot> encrypted_ballot::resume(const device_site& site, device_memory memory,
                                                  device_trees trees) {
  return resume_ballot<encrypted_ballot>(site, memory, std::move(trees));
}
result<committed_ballot> committed_ballot::resume(const device_site& site, device_memory memory,
                                                  device_trees trees) {
  return resume_ballot<committed_ballot>(site, memory, std::move(trees));
}
result<closing_device> closing_device::resume(const device_site& site, device_memory memory,
                                              device_trees trees) {
  if (auto ok = check_stage(memory, device_stage::closing); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  auto core = wake(site, memory, std::move(trees));
  if (!core) {
    return tl::unexpected(std::move(core.error()));
  }
  if (memory.pending) {
    return refuse(errc::mismatch, "close", "a ballot is not resolved");
  }
  if (auto ok = check_closing(**core, *memory.closing); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  return device_steps::make<closing_device>(std::move(*core), std::move(*memory.closing));
}

}  // namespace sandoq
