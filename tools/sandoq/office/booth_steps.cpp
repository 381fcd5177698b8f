#include "booth_steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "../clock.hpp"
#include "../shown_text.hpp"
#include "choices.hpp"
#include "exchange_items.hpp"
#include "journal_file.hpp"
#include "office_names.hpp"
#include "polling_state.hpp"
#include "private_file.hpp"
#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/seed.hpp"
#include "sandoq/ballot/seed_secret.hpp"
#include "sandoq/core/canonical_secret.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

std::string place_stem(const device_place& place) {
  return fmt::format("{}-{}", place.branch.value(), place.device.value());
}

/// What the device must do before, in words.
tl::unexpected<error> wrong_stage(const booth_state& state, std::string_view wanted) {
  return fail(errc::mismatch, "the device",
              fmt::format("is {}; this step needs one that is {}", describe(state), wanted));
}

std::optional<device_stage> stage_of(const booth_state& state) {
  return state.memory ? std::optional(state.memory->stage()) : std::nullopt;
}

/// The bulletin must be of the election that the device was enrolled for.
result<void> check_election(const booth_folder& folder, const running_election& election) {
  if (folder.election().e1() != election.context.e1() ||
      folder.election().domain() != election.context.domain()) {
    return fail(errc::mismatch, "the device", "was enrolled for another election");
  }
  return {};
}

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

/// A second device of one name would get no seeds, and the first one no more: refused before there
/// is a key.
result<void> check_place_is_free(const bulletin& board, const running_election& election,
                                 const device_place& place) {
  const auto taken = [&](const std::string& by, const std::string& file) {
    return fail(errc::duplicate, name_device(board.plan(), place),
                fmt::format("is {} already ({}); enrol this one under another number, or take that "
                            "file away if it is of no device of the branch",
                            by, shown(file)));
  };
  for (const published* each :
       board.messages(static_cast<std::uint32_t>(exchange_kind::announcement))) {
    if (const auto of = place_of_item(each->canonical); of && *of == place) {
      return taken("announced", each->file);
    }
  }
  for (const published_journal& each : board.journals()) {
    if (each.place == place) {
      return taken("known by its journal", each.file);
    }
  }
  const auto openings = board.statements(item_kind::opening);
  if (!openings) {
    return tl::unexpected(openings.error());
  }
  for (const statement& what : *openings) {
    const auto of = place_of_item(what.body);
    if (!of || *of != place) {
      continue;
    }
    const auto so_far = collect(board, what, election.hashes, election.context.keys().boards());
    if (so_far && so_far->complete()) {
      return taken("opened", board.file_of(static_cast<std::uint32_t>(what.kind), what.encode())
                                 .value_or(stem_of(what)));
    }
  }
  return {};
}

/// A trustee's home, or whatever else holds keys.
result<void> check_no_keys(const std::filesystem::path& folder) {
  std::error_code problem;
  for (std::filesystem::directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    if (at->path().extension() == ".key") {
      return fail(errc::io, folder.string(),
                  "holds keys (" + shown(at->path().filename().string()) +
                      "), so it is a trustee's or the authority's: a device gets its own folder");
    }
  }
  return {};
}

/// Takes away what a broken-off enrolment has made in a folder that was not there before.
void undo_enrolment(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (const std::string_view name :
       {booth_folder::trees_name, booth_folder::election_name, folder_lock_name}) {
    std::filesystem::remove(folder / name, ignored);
  }
  std::filesystem::remove(folder, ignored);  // only if it is empty
}

/// Up to the stored state. \return what the device announces
result<announcement> make_device(const std::filesystem::path& folder, const bulletin& board,
                                 const running_election& election, const new_device& device,
                                 random_source& random) {
  auto made = booth_folder::create(folder, board, election);
  if (!made) {
    return tl::unexpected(std::move(made.error()));
  }
  auto enrolled = enrolled_device::enrol(made->site(device.place), device.capacity, now(), random);
  if (!enrolled) {
    return tl::unexpected(std::move(enrolled.error()));
  }
  const announcement announced{enrolled->announcement()};
  auto done = made->store(enrolled->trees());
  done = done ? made->store(enrolled->memory()) : std::move(done);
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  return announced;
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

result<std::string> enrol_device(const std::filesystem::path& folder, bulletin& board,
                                 const running_election& election, const new_device& device,
                                 random_source& random) {
  const std::string stem = "announcement-" + place_stem(device.place);
  std::error_code ignored;
  if (std::filesystem::exists(folder / booth_folder::state_name, ignored)) {
    // Perhaps the announcement of before was not written any more.
    auto there = booth_folder::open(folder);
    if (!there) {
      return tl::unexpected(std::move(there.error()));
    }
    if (auto same = check_election(*there, election); !same) {
      return tl::unexpected(std::move(same.error()));
    }
    if (stage_of(there->state()) != device_stage::enrolled ||
        there->state().place() != device.place ||
        there->state().memory->opening.capacity != device.capacity) {
      return fail(errc::duplicate, folder.string(), "is the folder of a device already");
    }
    return board.publish(stem, announcement{there->state().memory->opening});
  }
  auto allowed = check_place_is_free(board, election, device.place);
  allowed = allowed ? check_no_keys(folder) : std::move(allowed);
  if (!allowed) {
    return tl::unexpected(std::move(allowed.error()));
  }
  const bool is_new = !std::filesystem::exists(std::filesystem::symlink_status(folder, ignored));
  const auto announced = make_device(folder, board, election, device, random);
  if (!announced) {
    if (is_new && !std::filesystem::exists(folder / booth_folder::state_name, ignored)) {
      undo_enrolment(folder);
    }
    return tl::unexpected(announced.error());
  }
  return board.publish(stem, *announced);
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

namespace {

/// Signs the close, if that has not happened yet. The close waits in the memory afterwards.
result<close_item> sign_close(booth_folder& folder, random_source& random) {
  if (folder.state().closed) {
    return *folder.state().closed;
  }
  if (stage_of(folder.state()) == device_stage::closing) {
    return *folder.state().memory->closing;
  }
  if (stage_of(folder.state()) != device_stage::ready) {
    return wrong_stage(folder.state(),
                       "open, with no ballot waiting (sandoq booth void ends one that waits)");
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
  const auto closing = std::move(*ready).close(now(), random);
  if (!closing) {
    return tl::unexpected(closing.error());
  }
  close_item item = closing->item();
  if (auto done = folder.store(closing->memory()); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return item;
}

}  // namespace

result<std::vector<std::string>> close_device(booth_folder& folder, bulletin& board,
                                              random_source& random) {
  const auto item = sign_close(folder, random);
  if (!item) {
    return tl::unexpected(item.error());
  }
  const auto tokens = folder.tokens();
  if (!tokens) {
    return tl::unexpected(tokens.error());
  }
  const statement what = state(item_kind::close, *item);
  std::vector<std::string> names;
  const auto add = [&names](result<std::string> published) -> result<void> {
    if (!published) {
      return tl::unexpected(std::move(published.error()));
    }
    names.push_back(std::move(*published));
    return {};
  };
  auto done = add(publish_journal(board, folder.journal(), item->place));
  if (done && folder.plan().eligibility != eligibility_log::none) {
    done = add(board.publish("tokens-" + place_stem(item->place), *tokens));
  }
  done = done ? add(board.publish(stem_of(what), what)) : std::move(done);
  if (done && !folder.state().closed) {
    done = folder.erase_secrets(*item);
  }
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  return names;
}

std::string describe(const booth_state& state) {
  if (state.closed) {
    return "closed";
  }
  const device_memory& memory = *state.memory;
  switch (memory.stage()) {
    case device_stage::enrolled:
      return "enrolled and waits for the boards' seeds";
    case device_stage::prepared:
      return "prepared and waits for the signatures under its opening";
    case device_stage::ready:
      return fmt::format("open and ready for serial {} of {}", memory.used + 1,
                         memory.opening.capacity);
    case device_stage::pending:
      return fmt::format("open, and ballot {} waits to be cast, challenged or voided",
                         memory.pending->item.number.value());
    case device_stage::closing:
      return "closing";
  }
  return "in no known state";
}

}  // namespace sandoq::tool
