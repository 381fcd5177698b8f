#include <algorithm>
#include <optional>
#include <utility>

#include "../clock.hpp"
#include "booth_stage.hpp"
#include "booth_steps.hpp"
#include "choices.hpp"
#include "exchange_items.hpp"
#include "sandoq/ballot/chain.hpp"

namespace sandoq::tool {
namespace {

/// Resumes the ballot that waits.
result<committed_ballot> waiting_ballot(booth_folder& folder) {
  if (stage_of(folder.state()) != device_stage::pending) {
    return wrong_stage(folder.state(), "waiting for what becomes of a ballot");
  }
  auto trees = folder.trees();
  if (!trees) {
    return tl::unexpected(std::move(trees.error()));
  }
  const device_site site = folder.site(folder.state().place());
  return committed_ballot::resume(site, folder.take_memory(), std::move(*trees));
}

/// Writes a resolution.
template <class Resolution>
result<Resolution> settle(booth_folder& folder, resolved_ballot<Resolution> resolved,
                          std::optional<used_token> token = {}) {
  staged_item staged;
  auto written = std::move(resolved).commit_and_show(staged);
  if (!written) {
    return tl::unexpected(std::move(written.error()));
  }
  if (auto done = folder.store(written->device.memory(), std::move(staged.item), token); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return std::move(written->item);
}

result<std::optional<used_token>> take_token(const booth_folder& folder, std::string_view text,
                                             style_index style) {
  if (folder.plan().eligibility == eligibility_log::none) {
    return std::nullopt;
  }
  byte_array<32> token{};
  if (!from_hex_into(token, text)) {
    return fail(errc::bad_encoding, "token",
                "must be 64 hexadecimal digits, on the first line of the standard input");
  }
  const used_token out{token_hash(folder.election().chain(), token), style};
  const auto before = folder.tokens();
  if (!before) {
    return tl::unexpected(before.error());
  }
  if (std::any_of(before->tokens.begin(), before->tokens.end(),
                  [&](const used_token& each) { return each.hash == out.hash; })) {
    return fail(errc::duplicate, "token", "was used at this device before; the ballot still waits");
  }
  return out;
}

}  // namespace

result<ballot_item> write_ballot(booth_folder& folder, std::string_view choices) {
  if (stage_of(folder.state()) != device_stage::ready) {
    return wrong_stage(folder.state(), "open, with no ballot waiting");
  }
  auto filled =
      read_choices(folder.plan(), folder.election(), folder.state().place().branch, choices);
  if (!filled) {
    return tl::unexpected(std::move(filled.error()));
  }
  auto trees = folder.trees();
  if (!trees) {
    return tl::unexpected(std::move(trees.error()));
  }
  const device_site site = folder.site(folder.state().place());
  auto ready = ready_device::resume(site, folder.take_memory(), std::move(*trees));
  if (!ready) {
    return tl::unexpected(std::move(ready.error()));
  }
  auto encrypted = std::move(*ready).encrypt(std::move(filled->selection), filled->digits, now());
  if (!encrypted) {
    return tl::unexpected(std::move(encrypted.error()));
  }
  staged_item staged;
  const auto committed = std::move(*encrypted).commit(staged);
  if (!committed) {
    return tl::unexpected(committed.error());
  }
  if (auto done = folder.store(committed->memory(), std::move(staged.item)); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return committed->item();
}

result<ballot_item> cast_ballot(booth_folder& folder, std::string_view token) {
  if (stage_of(folder.state()) != device_stage::pending) {
    return wrong_stage(folder.state(), "waiting for what becomes of a ballot");
  }
  const auto taken = take_token(folder, token, folder.state().memory->pending->item.style);
  if (!taken) {
    return tl::unexpected(taken.error());
  }
  auto ballot = waiting_ballot(folder);
  if (!ballot) {
    return tl::unexpected(std::move(ballot.error()));
  }
  ballot_item item = ballot->item();
  const auto written = settle(folder, std::move(*ballot).cast(now()), *taken);
  return written ? result<ballot_item>(std::move(item)) : tl::unexpected(written.error());
}

result<challenge_item> challenge_ballot(booth_folder& folder) {
  auto ballot = waiting_ballot(folder);
  if (!ballot) {
    return tl::unexpected(std::move(ballot.error()));
  }
  return settle(folder, std::move(*ballot).challenge(now()));
}

result<ballot_item> void_ballot(booth_folder& folder) {
  auto ballot = waiting_ballot(folder);
  if (!ballot) {
    return tl::unexpected(std::move(ballot.error()));
  }
  ballot_item item = ballot->item();
  const auto written = settle(folder, std::move(*ballot).discard(now()));
  return written ? result<ballot_item>(std::move(item)) : tl::unexpected(written.error());
}

}  // namespace sandoq::tool
