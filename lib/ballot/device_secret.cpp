#include "sandoq/ballot/device_secret.hpp"

#include <string>

#include "lib/ballot/device_core_secret.hpp"
#include "lib/ballot/reveal_secret.hpp"
#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/schnorr_prove.hpp"
#include "sandoq/proofs/signature_prove.hpp"

namespace sandoq {
namespace detail {

void device_core_deleter::operator()(device_core* core) const noexcept {
  delete core;
}
void ballot_secrets_deleter::operator()(ballot_secrets* secrets) const noexcept {
  delete secrets;
}

device_core& living(const device_core_ptr& core) {
  SANDOQ_EXPECTS(core != nullptr, "a device state is used once");
  return *core;
}

result<void> check_site(const device_site& site, std::uint32_t capacity) {
  if (!site.election.index().is_branch(site.place.branch)) {
    return fail(
        errc::out_of_range, "device",
        "node " + std::to_string(site.place.branch.value()) + " is no branch of this election");
  }
  if (site.place.device.value() < 1) {
    return fail(errc::out_of_range, "device", "devices of a branch are numbered from 1");
  }
  if (capacity < 1 || capacity > seed_ratchet::max_capacity) {
    return fail(errc::out_of_range, "device",
                "the capacity must be 1 to " + std::to_string(seed_ratchet::max_capacity));
  }
  SANDOQ_EXPECTS(&site.prover.election() == &site.election.proofs(), "tables of this election");
  return {};
}

}  // namespace detail

namespace {

using detail::ballot_secrets;
using detail::ballot_secrets_ptr;
using detail::device_core;
using detail::device_core_ptr;
using detail::device_steps;
using detail::living;

tl::unexpected<error> failed(error e) {
  return tl::unexpected<error>(std::move(e));
}

// All of the opening up to the device's signature, signed.
result<opening_item> announce(const device_site& site, const signing_key<ristretto255>& key,
                              const seed_ratchet& seeds, time_ms time, random_source& random) {
  const chain_context election = site.election.chain();
  transcript tr = device_key_transcript(election, site.place);
  const encoded_element<ristretto255> generator(ristretto255::generator());
  auto proof =
      prove(schnorr_statement<ristretto255>{generator, key.public_key()}, key.scalar(), tr, random);
  if (!proof) {
    return failed(std::move(proof.error()));
  }
  opening_item out{.place = site.place,
                   .device_key = {key.public_key().octets()},
                   .key_proof = *proof,
                   .time = time,
                   .capacity = seeds.capacity(),
                   .device_root = seeds.root(),
                   .device_signature = {},
                   .board_roots = {},
                   .signatures = {}};
  auto signature = sign(key, device_message(election, out), random);
  if (!signature) {
    return failed(std::move(signature.error()));
  }
  out.device_signature = *signature;
  return out;
}

result<void> check_board_seeds(const device_core& core, std::span<const seed_ratchet> seeds) {
  const std::size_t boards = core.election->keys().boards().size();
  if (seeds.size() != boards) {
    return fail(errc::mismatch, "board seeds",
                "there must be one for each of " + std::to_string(boards) + " boards");
  }
  for (std::uint32_t b = 0; b < boards; ++b) {
    const std::string place = "board seeds/board " + std::to_string(b);
    if (seeds[b].role() != seed_role_of(board_index(b))) {
      return fail(errc::mismatch, place, "this seed was drawn for another board");
    }
    if (seeds[b].context() != core.seeds.front().context()) {
      return fail(errc::mismatch, place, "this seed was drawn for another device or election");
    }
    if (seeds[b].capacity() != core.opening.capacity) {
      return fail(errc::mismatch, place, "this seed was drawn for another capacity");
    }
    if (seeds[b].next() != serial(1)) {
      return fail(errc::mismatch, place, "this seed was used already");
    }
  }
  return {};
}

result<void> check_quorum(const device_core& core, const signed_message& message,
                          const quorum& signatures) {
  if (auto ok = verify(core.election->keys().boards(), message, signatures); !ok) {
    return fail(errc::bad_signature, "signatures of the boards", ok.reason());
  }
  return {};
}

result<void> check_request(const device_core& core, const ballot_selection& selection,
                           std::uint16_t digits) {
  if (selection.branch() != core.opening.place.branch) {
    return fail(errc::mismatch, "ballot",
                "it was filled in for branch " + std::to_string(selection.branch().value()) +
                    ", this device stands in branch " +
                    std::to_string(core.opening.place.branch.value()));
  }
  if (digits > ballot_item::no_digits) {
    return fail(errc::out_of_range, "ballot",
                "a voter's own digits are 0 to 9999, or 10000 for none");
  }
  if (core.counters.committed >= core.opening.capacity) {
    return fail(errc::out_of_range, "ballot",
                "the capacity of this device is used up; close it and open another");
  }
  return {};
}

// The seeds of the next serial of device and boards, which stay where they are until they are used.
result<std::vector<ballot_seed>> present_seeds(const device_core& core) {
  std::vector<ballot_seed> out;
  for (const seed_ratchet& ratchet : core.seeds) {
    auto seed = ratchet.present();
    if (!seed) {
      return failed(std::move(seed.error()));
    }
    out.push_back(std::move(*seed));
  }
  return out;
}

seed_opening reveal(const seed_ratchet& ratchet, serial number, const ballot_seed& seed) {
  return {declassify<"the seed of a challenged ballot, which is never counted">(seed),
          ratchet.path(number)};
}

challenge_item open_ballot(const device_core& core, const ballot_secrets& secrets, time_ms time) {
  challenge_item out{.place = secrets.item.place,
                     .number = secrets.item.number,
                     .time = time,
                     .choices = {},
                     .device_seed = {},
                     .board_seeds = {}};
  for (const contest_selection& contest : secrets.selection.selections()) {
    out.choices.push_back(detail::reveal(core.election->terms(contest.contest()), contest));
  }
  out.device_seed = reveal(core.seeds.front(), out.number, secrets.seeds.front());
  for (std::size_t b = 1; b < core.seeds.size(); ++b) {
    out.board_seeds.push_back(reveal(core.seeds[b], out.number, secrets.seeds[b]));
  }
  return out;
}

// Chains the resolution, and forgets the ballot.
template <class Resolution>
resolved_ballot<Resolution> resolve(device_core_ptr core, ballot_secrets_ptr secrets,
                                    Resolution item) {
  core->link =
      resolution_link(core->election->chain(), Resolution::kind, item.encode(), secrets->item.code);
  secrets.reset();
  return device_steps::make<resolved_ballot<Resolution>>(std::move(core), std::move(item));
}

template <class Resolution>
Resolution plain_resolution(const ballot_item& ballot, time_ms time) {
  return {.place = ballot.place, .number = ballot.number, .time = time};
}

}  // namespace

result<enrolled_device> enrolled_device::enrol(const device_site& site, std::uint32_t capacity,
                                               time_ms time, random_source& random) {
  if (auto ok = detail::check_site(site, capacity); !ok) {
    return failed(std::move(ok.error()));
  }
  auto key = signing_key<ristretto255>::generate(random);
  std::vector<seed_ratchet> seeds;
  seeds.push_back(
      seed_ratchet::draw(site.election.seeds(site.place), device_seed_role, capacity, random));
  auto opening = announce(site, key, seeds.front(), time, random);
  if (!opening) {
    return failed(std::move(opening.error()));
  }
  return enrolled_device(device_core_ptr(new device_core{
      &site.election, &site.prover, std::move(key), std::move(*opening), std::move(seeds)}));
}

const opening_item& enrolled_device::announcement() const {
  return living(core_).opening;
}

result<prepared_device> enrolled_device::prepare(std::vector<seed_ratchet>&& board_seeds) && {
  device_core& core = living(core_);
  if (auto ok = check_board_seeds(core, board_seeds); !ok) {
    return failed(std::move(ok.error()));
  }
  for (seed_ratchet& seeds : board_seeds) {
    core.opening.board_roots.push_back(seeds.root());
    core.seeds.push_back(std::move(seeds));
  }
  return device_steps::make<prepared_device>(std::move(core_));
}

const opening_item& prepared_device::opening() const {
  return living(core_).opening;
}

signed_message prepared_device::message() const {
  const device_core& core = living(core_);
  return board_message(core.election->chain(), core.opening);
}

result<ready_device> prepared_device::open(const quorum& signatures, journal_writer& journal) && {
  device_core& core = living(core_);
  if (auto ok = check_quorum(core, message(), signatures); !ok) {
    return failed(std::move(ok.error()));
  }
  opening_item complete = core.opening;
  complete.signatures = signatures;
  const bytes canonical = complete.encode();
  if (auto ok = journal.append(journal_kind::opening, canonical); !ok) {
    return failed(std::move(ok.error()));
  }
  core.opening = std::move(complete);
  core.link = opening_link(core.election->chain(), canonical);
  return device_steps::make<ready_device>(std::move(core_));
}

serial ready_device::next_serial() const {
  return serial(counters().committed + 1);
}
std::uint32_t ready_device::capacity() const {
  return living(core_).opening.capacity;
}
const journal_counters& ready_device::counters() const {
  return living(core_).counters;
}

result<encrypted_ballot> ready_device::encrypt(ballot_selection&& selection, std::uint16_t digits,
                                               time_ms time) && {
  device_core& core = living(core_);
  if (auto ok = check_request(core, selection, digits); !ok) {
    return failed(std::move(ok.error()));
  }
  auto seeds = present_seeds(core);
  if (!seeds) {
    return failed(std::move(seeds.error()));
  }
  ballot_item item{.place = core.opening.place,
                   .number = next_serial(),
                   .style = selection.style(),
                   .digits = digits,
                   .contests = {},
                   .time = time,
                   .previous = core.link,
                   .code = {}};
  const ballot_seed seed = combine_seeds(core.election->seeds(item.place), item.number,
                                         seeds->front(), std::span(*seeds).subspan(1));
  auto contests = encrypt_ballot(*core.election, *core.prover, item, selection, seed);
  if (!contests) {
    return failed(std::move(contests.error()));
  }
  item.contests = std::move(*contests);
  item.code = confirmation_code(core.election->chain(), item);
  for (seed_ratchet& ratchet : core.seeds) {
    ratchet.advance();
  }
  ++core.counters.committed;
  return device_steps::make<encrypted_ballot>(
      std::move(core_), ballot_secrets_ptr(new ballot_secrets{std::move(item), std::move(selection),
                                                              std::move(*seeds)}));
}

result<closing_device> ready_device::close(time_ms time, random_source& random) && {
  device_core& core = living(core_);
  close_item item{.place = core.opening.place,
                  .time = time,
                  .counters = core.counters,
                  .last_link = core.link,
                  .device_signature = {},
                  .signatures = {}};
  auto signature = sign(core.key, device_message(core.election->chain(), item), random);
  if (!signature) {
    return failed(std::move(signature.error()));
  }
  item.device_signature = *signature;
  return device_steps::make<closing_device>(std::move(core_), std::move(item));
}

result<committed_ballot> encrypted_ballot::commit(journal_writer& journal) && {
  static_cast<void>(living(core_));
  if (auto ok = journal.append(journal_kind::ballot, secrets_->item.encode()); !ok) {
    return failed(std::move(ok.error()));
  }
  return device_steps::make<committed_ballot>(std::move(core_), std::move(secrets_));
}

const ballot_item& committed_ballot::item() const {
  static_cast<void>(living(core_));
  return secrets_->item;
}

readable_code committed_ballot::readable() const {
  return readable_code::of(item().place.device, item().number, item().code);
}

resolved_ballot<cast_item> committed_ballot::cast(time_ms time) && {
  device_core& core = living(core_);
  const auto resolution = plain_resolution<cast_item>(secrets_->item, time);
  ++core.counters.cast;
  return resolve(std::move(core_), std::move(secrets_), resolution);
}

resolved_ballot<challenge_item> committed_ballot::challenge(time_ms time) && {
  device_core& core = living(core_);  // before the secrets, which went the same way
  auto opened = open_ballot(core, *secrets_, time);
  ++core.counters.challenged;
  return resolve(std::move(core_), std::move(secrets_), std::move(opened));
}

resolved_ballot<void_item> committed_ballot::discard(time_ms time) && {
  device_core& core = living(core_);
  const auto resolution = plain_resolution<void_item>(secrets_->item, time);
  ++core.counters.voided;
  return resolve(std::move(core_), std::move(secrets_), resolution);
}

template <class Resolution>
result<ready_device> resolved_ballot<Resolution>::commit(journal_writer& journal) && {
  static_cast<void>(living(core_));
  if (auto ok = journal.append(Resolution::kind, item_.encode()); !ok) {
    return failed(std::move(ok.error()));
  }
  return device_steps::make<ready_device>(std::move(core_));
}

template <class Resolution>
result<written_resolution<Resolution>> resolved_ballot<Resolution>::commit_and_show(
    journal_writer& journal) && {
  auto device = std::move(*this).commit(journal);
  if (!device) {
    return failed(std::move(device.error()));
  }
  return written_resolution<Resolution>{std::move(item_), std::move(*device)};
}

template class resolved_ballot<cast_item>;
template class resolved_ballot<challenge_item>;
template class resolved_ballot<void_item>;

signed_message closing_device::message() const {
  return board_message(living(core_).election->chain(), item_);
}

result<close_item> closing_device::finish(const quorum& signatures, journal_writer& journal) && {
  if (auto ok = check_quorum(living(core_), message(), signatures); !ok) {
    return failed(std::move(ok.error()));
  }
  close_item complete = item_;
  complete.signatures = signatures;
  if (auto ok = journal.append(journal_kind::close, complete.encode()); !ok) {
    return failed(std::move(ok.error()));
  }
  core_.reset();
  return complete;
}

}  // namespace sandoq
