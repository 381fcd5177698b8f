#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "booth_stage.hpp"
#include "booth_steps.hpp"
#include "exchange_items.hpp"
#include "office_names.hpp"
#include "sandoq/ballot/seed.hpp"
#include "sandoq/ballot/seed_secret.hpp"
#include "sandoq/core/canonical_secret.hpp"
#include "sandoq/proofs/signature.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

/// A trustee of that board has published this root for the device.
result<void> check_seed_root(const bulletin& board, const running_election& election,
                             const seed_ratchet& seeds, const device_place& place, board_index of) {
  const auto published = board.all<seed_root>(static_cast<std::uint32_t>(exchange_kind::seed_root));
  if (!published) {
    return tl::unexpected(published.error());
  }
  const std::string name = "seed of " + name_board(board.plan(), of);
  const auto boards = election.context.keys().boards();
  error problem{errc::missing, name, "no trustee has published its root (sandoq trustee seed)"};
  for (const seed_root& each : *published) {
    if (each.place != place || each.board != of) {
      continue;
    }
    const auto& keys = boards[of.value()].signing_keys;
    const signed_message message{"seed/root", election.hashes.domain, *election.hashes.e1,
                                 each.signed_digest()};
    if (each.trustee.value() < 1 || each.trustee.value() > keys.size() ||
        !verify(keys[each.trustee.value() - 1], message, each.signature)) {
      problem = {errc::bad_signature, name, "the trustee's signature under its root does not hold"};
      continue;
    }
    if (each.root != seeds.root() || each.capacity != seeds.capacity()) {
      problem = {errc::mismatch, name, "is none of which a trustee has published the root"};
      continue;
    }
    return {};
  }
  return tl::unexpected(std::move(problem));
}

result<std::vector<seed_ratchet>> ratchets_of(std::vector<board_seed> seeds, const bulletin& board,
                                              const running_election& election,
                                              const opening_item& opening) {
  std::vector<seed_ratchet> out;
  const std::size_t boards = board.plan().boards.size();
  std::sort(seeds.begin(), seeds.end(),
            [](const board_seed& a, const board_seed& b) { return a.board < b.board; });
  const auto twice = std::adjacent_find(
      seeds.begin(), seeds.end(), [](const auto& a, const auto& b) { return a.board == b.board; });
  if (twice != seeds.end()) {
    return fail(errc::duplicate, "seeds",
                "there are two of " + name_board(board.plan(), twice->board) +
                    ", or one file was named twice; there must be one file of each board");
  }
  if (seeds.size() != boards) {
    return fail(errc::mismatch, "seeds",
                fmt::format("there must be one file of each of {} boards", boards));
  }
  for (std::uint32_t b = 0; b < boards; ++b) {
    board_seed& seed = seeds[b];
    if (seed.board.value() != b || seed.place != opening.place ||
        seed.capacity != opening.capacity) {
      return fail(errc::mismatch, "seed of " + name_board(board.plan(), seed.board),
                  fmt::format("is for {} and {} ballots; there must be one file of each board, for "
                              "{} and {} ballots",
                              name_device(board.plan(), seed.place), seed.capacity,
                              name_device(board.plan(), opening.place), opening.capacity));
    }
    out.push_back(seed_ratchet::from_start(election.context.seeds(opening.place),
                                           seed_role_of(seed.board), seed.capacity,
                                           std::move(seed.kappa)));
    if (auto good = check_seed_root(board, election, out.back(), opening.place, seed.board);
        !good) {
      return tl::unexpected(std::move(good.error()));
    }
  }
  return out;
}

}  // namespace

result<board_seed> board_seed::decode(const secret_bytes& file) {
  secret_reader in(file, "seed file");
  board_seed out;
  out.place.branch = branch_index(in.u32("branch"));
  out.place.device = device_index(in.u32("device"));
  out.capacity = in.u32("capacity");
  out.board = board_index(in.u32("board"));
  out.kappa = in.secret_fixed<32>("kappa");
  if (in.good() && (out.capacity < 1 || out.capacity > seed_ratchet::max_capacity)) {
    in.refuse(errc::out_of_range, "capacity", "must be 1 to 1,048,576");
  }
  if (auto end = in.finish(); !end) {
    return tl::unexpected(std::move(end.error()));
  }
  return out;
}

result<std::string> prepare_device(booth_folder& folder, bulletin& board,
                                   const running_election& election,
                                   std::vector<board_seed> seeds) {
  if (auto same = check_election(folder, election); !same) {
    return tl::unexpected(std::move(same.error()));
  }
  if (stage_of(folder.state()) == device_stage::prepared) {
    const statement before = state(item_kind::opening, folder.state().memory->opening);
    return board.publish(stem_of(before), before);
  }
  if (stage_of(folder.state()) != device_stage::enrolled) {
    return wrong_stage(folder.state(), "enrolled");
  }
  auto trees = folder.trees();
  auto ratchets = ratchets_of(std::move(seeds), board, election, folder.state().memory->opening);
  if (!trees || !ratchets) {
    return tl::unexpected(trees ? std::move(ratchets.error()) : std::move(trees.error()));
  }
  const device_site site = folder.site(folder.state().place());
  // A crash may have left the boards' leaves behind the device's own.
  trees->leaves.resize(std::min<std::size_t>(trees->leaves.size(), 1));
  auto enrolled = enrolled_device::resume(site, folder.take_memory(), std::move(*trees));
  if (!enrolled) {
    return tl::unexpected(std::move(enrolled.error()));
  }
  auto prepared = std::move(*enrolled).prepare(std::move(*ratchets));
  if (!prepared) {
    return tl::unexpected(std::move(prepared.error()));
  }
  auto done = folder.store(prepared->trees());
  done = done ? folder.store(prepared->memory()) : std::move(done);
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  const statement what = state(item_kind::opening, prepared->opening());
  return board.publish(stem_of(what), what);
}

result<void> open_device(booth_folder& folder, const bulletin& board,
                         const running_election& election) {
  if (auto same = check_election(folder, election); !same) {
    return same;
  }
  if (stage_of(folder.state()) != device_stage::prepared) {
    return wrong_stage(folder.state(), "prepared");
  }
  const auto signatures = collect(board, state(item_kind::opening, folder.state().memory->opening),
                                  election.hashes, election.context.keys().boards());
  if (!signatures) {
    return tl::unexpected(signatures.error());
  }
  if (!signatures->complete()) {
    return fail(errc::missing, "signatures under the opening",
                fmt::format("{} (sandoq trustee sign)", fmt::join(signatures->waiting_for, ", ")));
  }
  auto trees = folder.trees();
  if (!trees) {
    return tl::unexpected(std::move(trees.error()));
  }
  const device_site site = folder.site(folder.state().place());
  auto prepared = prepared_device::resume(site, folder.take_memory(), std::move(*trees));
  if (!prepared) {
    return tl::unexpected(std::move(prepared.error()));
  }
  staged_item staged;
  const auto ready = std::move(*prepared).open(signatures->valid, staged);
  if (!ready) {
    return tl::unexpected(ready.error());
  }
  return folder.store(ready->memory(), std::move(staged.item));
}

}  // namespace sandoq::tool
