// Selections, seeds, keys and a device: what a voter marks, every seed and every key is secret.
// What the device publishes is verified in variable time, so a value that was not released on
// purpose is found as well.

#include <utility>
#include <vector>

#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/challenge.hpp"
#include "sandoq/ballot/device_secret.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/roster_secret.hpp"
#include "sandoq/ballot/seed_secret.hpp"
#include "sandoq/core/executor.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/sample_device.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using testing::claim;
using testing::memory_journal;
using testing::require;
using testing::sample_polls;

std::vector<option_index> marked(const std::vector<std::uint32_t>& options) {
  std::vector<option_index> out;
  for (const std::uint32_t option : options) {
    out.emplace_back(option);
  }
  sandoq::detail::mark_secret(out.data(), out.size() * sizeof(option_index));
  return out;
}

secret_bytes bits(const std::vector<std::uint8_t>& choices) {
  return secret_bytes(std::as_bytes(std::span(choices)));
}

// council: 10 options, 1 to 3, blank.
void selections(const contest_terms& council) {
  const auto by_options = contest_selection::of_options(council, marked({1, 7, 4}));
  require(by_options.has_value(), "a permitted selection was refused");
  claim(by_options->choices(), "of_options");
  // As many slots for a blank ballot as for a full one: none of this may show.
  constexpr std::uint32_t none = contest_selection::no_option.value();
  for (const auto& slots :
       {marked({1, 7, 4}), marked({none, 2, none}), marked({none, none, none})}) {
    const auto by_slots = contest_selection::of_slots(council, slots);
    require(by_slots.has_value(), "permitted slots were refused");
    claim(by_slots->choices(), "of_slots");
  }
  require(!contest_selection::of_slots(council, marked({1, none, 1})), "an option twice in slots");
  require(!contest_selection::of_slots(council, marked({1, none, 10})), "no option in a slot");
  const auto blank = contest_selection::of_blank(council);
  require(blank.has_value(), "a blank was refused");
  if (!ctime::is_poisoned(&expose_for_secret_ops(blank->choices()).back(), 1)) {
    require(false, "the mark of a blank ballot does not count as secret");
  }
  const auto by_bits =
      contest_selection::of_choices(council, bits({0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0}));
  require(by_bits.has_value(), "permitted choices were refused");
  claim(by_bits->choices(), "of_choices");
  require(!contest_selection::of_options(council, marked({1, 1})), "an option twice");
  require(!contest_selection::of_options(council, marked({1, 10})), "an option that is none");
  require(!contest_selection::of_options(council, marked({1, 2, 3, 4})), "an overvote");
  require(!contest_selection::of_choices(council, bits({1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0})),
          "an overvote in bits");
  require(!contest_selection::of_choices(council, bits(std::vector<std::uint8_t>(11, 0))),
          "an undervote in bits");
  require(!contest_selection::of_choices(council, bits({3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})),
          "a choice that is no bit");
}

void seeds(const seed_context& context, random_source& random) {
  seed_ratchet ratchet = seed_ratchet::draw(context, device_seed_role, 5, random);
  ratchet.advance();
  const auto device = ratchet.present();
  require(device.has_value(), "a seed is left");
  claim(*device, "seed_ratchet::present");
  std::vector<ballot_seed> boards;
  boards.push_back(random_secret<32>(random));
  claim(combine_seeds(context, serial(2), *device, boards), "combine_seeds");
  require(ratchet.root() != digest32{}, "a root was made");
}

// A kappa_0 that a board hands over. The same one gives the same root.
void seeds_of_board(const seed_context& context, random_source& random) {
  const secret<byte_array<32>> kappa = random_secret<32>(random);
  claim(kappa, "random_secret");
  const seed_role role = seed_role_of(board_index(1));
  seed_ratchet ratchet = seed_ratchet::from_start(context, role, 3, kappa.clone());
  require(ratchet.root() == seed_ratchet::from_start(context, role, 3, kappa.clone()).root(),
          "one kappa_0 gave two roots");
  for (std::uint32_t s = 1; s <= 3; ++s) {
    const auto seed = ratchet.present();
    require(seed.has_value(), "a seed of the board is left");
    claim(*seed, "seed_ratchet::from_start");
    ratchet.advance();
  }
  require(!ratchet.present(), "a seed beyond the capacity");
}

// Keys that come back from storage, with the two that are refused.
void stored_keys(const trustee_secrets& original, random_source& random) {
  const secret_bytes octets = encode(original);
  claim(octets, "encode of trustee_secrets");
  const auto read = decode_trustee_secrets(octets);
  require(read.has_value(), "decode_trustee_secrets");
  claim(read->encryption(), "decode_trustee_secrets");
  using secret_group = secret_ops<ristretto255>;
  auto stored = trustee_secrets::from_scalars(original.signing().scalar().clone(),
                                              original.encryption().clone());
  require(stored.has_value(), "stored keys were refused");
  claim(stored->signing().scalar(), "from_scalars: signing key");
  claim(stored->encryption(), "from_scalars: encryption key");
  require(stored->public_keys().signing == original.public_keys().signing, "another signing key");
  const auto fresh = trustee_secrets::from_scalars(secret_group::random_scalar(random),
                                                   secret_group::random_scalar(random));
  require(fresh.has_value(), "two random scalars were refused");
  claim(fresh->signing().scalar(), "from_scalars: fresh signing key");
  require(
      !trustee_secrets::from_scalars(original.encryption().clone(), original.encryption().clone()),
      "one scalar for both keys");
  const secret_scalar<ristretto255> zero(ristretto255::scalar{});
  claim(zero, "a secret zero");
  require(!trustee_secrets::from_scalars(zero.clone(), original.encryption().clone()),
          "zero as a key");
}

ballot_selection council(const sample_polls& polls, const std::vector<std::uint32_t>& options) {
  std::vector<contest_selection> list;
  list.push_back(
      *contest_selection::of_options(polls.context().terms(contest_index(0)), marked(options)));
  return *ballot_selection::make(polls.context(), branch_index(3), style_index(0), std::move(list));
}

// Through the stored form and back, as a program does that ends here.
template <class State>
State stored(const sample_polls& polls, const State& state, const device_trees& trees) {
  const secret_bytes octets = encode(state.memory());
  claim(octets, "encode of device_memory");
  auto memory = decode_device_memory(octets, polls.context());
  require(memory.has_value(), "decode_device_memory");
  claim(memory->key, "decode_device_memory: key");
  claim(memory->kappas.back(), "decode_device_memory: kappa");
  if (memory->pending) {
    claim(memory->pending->selection.selections()[0].choices(), "decode_device_memory: choices");
    claim(memory->pending->seeds.back(), "decode_device_memory: seed");
  }
  auto out = State::resume(polls.site(), std::move(*memory), trees);
  require(out.has_value(), "resume of a device");
  return std::move(*out);
}

// One ballot of each resolution; everything written is read and verified.
void device(sample_polls& polls, random_source& random) {
  memory_journal journal;
  ready_device ready = polls.open(polls.site(), journal);
  const device_trees trees = ready.trees();
  committed_ballot first = polls.commit(std::move(ready), council(polls, {1, 4, 9}), journal);
  first = stored(polls, first, trees);
  ready = *std::move(first).cast({2001}).commit(journal);
  committed_ballot second = polls.commit(std::move(ready), polls.council({}), journal);
  ready = *std::move(second).discard({2002}).commit(journal);
  ready = stored(polls, ready, trees);
  committed_ballot third = polls.commit(std::move(ready), council(polls, {3}), journal);
  third = stored(polls, third, trees);
  ready = *std::move(third).challenge({2003}).commit(journal);
  closing_device closing = *std::move(ready).close({3000}, random);
  closing = stored(polls, closing, trees);
  const quorum signatures = polls.sign(closing.message());
  require(std::move(closing).finish(signatures, journal).has_value(), "the close was refused");

  const election_context& election = polls.context();
  const opening_item opening = *opening_item::decode(journal.entries[0].canonical);
  require(verify(election, opening).holds(), "the opening does not verify");
  std::vector<ballot_item> ballots;
  for (const std::size_t i : {1U, 3U, 5U}) {
    ballots.push_back(*ballot_item::decode(journal.entries[i].canonical));
  }
  sequential_executor workers;
  for (const auto& outcome : ballot_verifier(election).verify(ballots, workers)) {
    require(outcome.has_value(), "a ballot does not verify");
  }
  const challenge_item opened = *challenge_item::decode(journal.entries[6].canonical);
  require(verify_challenge(election, opening, ballots[2], opened).holds(),
          "the challenge does not verify");
  const close_item close = *close_item::decode(journal.entries[7].canonical);
  require(verify(election, opening, close).holds(), "the close does not verify");
}

}  // namespace

int main() {
  testing::require_checker();
  testing::deterministic_random random(52);
  sample_polls polls(random);  // makes the keys of the roster and their proofs
  const manifest& source = polls.election().source();
  require(verify(source, *roster::decode(source)).holds(), "the roster does not verify");
  claim(polls.election().secrets(0, 0).encryption(), "trustee_secrets: encryption key");
  claim(polls.election().secrets(0, 0).signing().scalar(), "trustee_secrets: signing key");
  stored_keys(polls.election().secrets(0, 0), random);
  selections(polls.context().terms(contest_index(0)));
  seeds(polls.context().seeds(polls.site().place), random);
  seeds_of_board(polls.context().seeds(polls.site().place), random);
  device(polls, random);
  return 0;
}
