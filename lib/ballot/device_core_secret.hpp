#pragma once

// What is behind the states of a device (device_secret.hpp), for those who build them.

#include <utility>
#include <vector>

#include "sandoq/ballot/device_secret.hpp"
#include "sandoq/proofs/signature_prove.hpp"

namespace sandoq::detail {

struct device_core {
  const election_context* election;
  const ballot_prover* prover;
  signing_key<ristretto255> key;
  opening_item opening;
  std::vector<seed_ratchet> seeds;  // the device's own, then one a board
  digest32 link{};                  // of the last resolution; link_0 before the first
  journal_counters counters{};
};

struct ballot_secrets {
  ballot_item item;
  ballot_selection selection;
  std::vector<ballot_seed> seeds;  // of this serial, in the order of device_core::seeds
};

struct device_steps {
  template <class State, class... Parts>
  static State make(Parts&&... parts) {
    return State(std::forward<Parts>(parts)...);
  }
};

/// A state that was moved from has nothing left to step with: that is a bug of the calling program.
[[nodiscard]] device_core& living(const device_core_ptr& core);

/// The place is a branch and a device of it, the capacity one that a device may have.
[[nodiscard]] result<void> check_site(const device_site& site, std::uint32_t capacity);

}  // namespace sandoq::detail
