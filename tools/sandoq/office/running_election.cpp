#include "running_election.hpp"

#include <fmt/core.h>

#include <utility>

#include "office_names.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/threshold/ceremony_check.hpp"
#include "sandoq/threshold/ceremony_elements.hpp"
#include "sandoq/threshold/derived_key.hpp"

namespace sandoq::tool {
namespace {

const char* name_of_message(ceremony_stage stage) {
  switch (stage) {
    case ceremony_stage::committing:
      return "commitment";
    case ceremony_stage::revealing:
      return "reveal";
    case ceremony_stage::dealing:
      return "deal";
    default:
      return "confirmation";
  }
}

result<void> first_failure(const manifest& plan, const verdict& checks) {
  for (const check_outcome& check : checks.checks()) {
    if (check.status == check_status::fail) {
      return tl::unexpected(with_names(
          plan, error{errc::mismatch, check.place, check.id + " fails: " + check.reason}));
    }
  }
  return {};
}

}  // namespace

result<running_election> election_of(const bulletin& from, executor& workers) {
  const auto state = ceremony_of(from);
  if (!state) {
    return tl::unexpected(state.error());
  }
  return election_of(from, *state, workers);
}

result<running_election> derive_election(const bulletin& from, const ceremony_state& state) {
  if (state.stage == ceremony_stage::failed) {
    return fail(errc::missing, "key ceremony", "cannot go on: " + state.why_failed);
  }
  if (state.stage != ceremony_stage::complete) {
    return fail(
        errc::missing, "key ceremony",
        fmt::format("is not complete: attempt {} waits for the {} of {}", state.present().attempt,
                    name_of_message(state.stage), name_trustees(from.plan(), state.waiting_for)));
  }
  const attempt_context& last = state.present();
  const auto elements = decode_elements(state.items());
  if (!elements) {
    return tl::unexpected(elements.error());
  }
  const derived_key derived =
      derive_key(last, sizes_of(state.boards), state.items(), elements->coefficients);
  election_key published = make_election_key(last.election, derived, state.attempts);
  auto context = election_context::make(from.plan(), published.election_hash, derived.joint_key,
                                        without_shut_out(keys_of(state.boards), last.who));
  if (!context) {
    return tl::unexpected(std::move(context.error()));
  }
  const election_hashes hashes{last.election.domain, last.election.manifest_hash,
                               published.election_hash};
  return running_election{from.plan(), state.attempts, std::move(published), std::move(*context),
                          hashes};
}

result<running_election> election_of(const bulletin& from, const ceremony_state& state,
                                     executor& workers) {
  auto out = derive_election(from, state);
  if (!out) {
    return out;
  }
  if (auto good =
          first_failure(from.plan(), check_ceremony(state.present().election, state.boards,
                                                    state.attempts, out->published, workers));
      !good) {
    return tl::unexpected(std::move(good.error()));
  }
  return out;
}

}  // namespace sandoq::tool
