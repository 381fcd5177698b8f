#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "../say.hpp"
#include "office_commands.hpp"
#include "own_count.hpp"
#include "private_file.hpp"
#include "sandoq/tally/lot_secret.hpp"

namespace sandoq::tool {
namespace {

/// The own board's commitment, if a trustee of it has signed one already. Anybody can state one.
result<std::optional<statement>> stated_lot(const trustee_at_work& work,
                                            const running_election& election) {
  const std::uint32_t own = work.home.seat().board.value();
  const auto all = candidates_of(work.board, item_kind::lot_commit, election.hashes,
                                 election.context.keys().boards());
  if (!all) {
    return tl::unexpected(all.error());
  }
  for (const candidate& each : *all) {
    const auto item = decode_body<lot_commit>(each.what);
    if (item && item->board.value() == own && !each.so_far.valid.boards[own].empty()) {
      return std::optional(each.what);
    }
  }
  return std::optional<statement>();
}

result<own_message> commit_to_lot(const trustee_at_work& work) {
  if (work.board.plan().beacon.empty()) {
    return fail(errc::mismatch, "lot", "the manifest names no public value, so there is no lot");
  }
  const auto state = ceremony_of(work.board);
  if (!state) {
    return tl::unexpected(state.error());
  }
  const auto election = election_of(work.board, *state, work.workers);
  if (!election) {
    return tl::unexpected(election.error());
  }
  const auto stated = stated_lot(work, *election);
  if (!stated) {
    return tl::unexpected(stated.error());
  }
  if (!work.home.has_lot()) {
    if (*stated) {
      return fail(errc::duplicate, "lot",
                  "another trustee of this board has fixed its value already; sandoq trustee sign");
    }
    const std::string stem = fmt::format("lot_commit-{}", work.home.seat().board.value());
    const auto before = work.home.sent(stem);
    if (!before) {
      return tl::unexpected(before.error());
    }
    if (*before) {
      return made_otherwise(work, stem);
    }
    const auto value = lot_value::draw(work.home.seat().board, work.random);
    if (auto kept = work.home.keep(value, work.random); !kept) {
      return tl::unexpected(std::move(kept.error()));
    }
  }
  const auto value = work.home.lot();
  if (!value) {
    return tl::unexpected(value.error());
  }
  const lot_context context{*election->hashes.e1, election->hashes.domain};
  const statement what = tool::state(item_kind::lot_commit, value->commit(context));
  return publish_own(
      work, stem_of(what), static_cast<std::uint32_t>(exchange_kind::statement),
      [&]() -> result<statement> { return what; },
      [&](byte_view made) {
        const bytes own = what.encode();
        return std::equal(made.begin(), made.end(), own.begin(), own.end());
      });
}

/// Nothing is revealed while anybody could still choose a value by it, or where nothing needs it.
result<void> check_reveal(const trustee_at_work& work) {
  const auto election = election_of(work.board, work.workers);
  if (!election) {
    return tl::unexpected(election.error());
  }
  return own_count(work.board, *election, work.workers).check_lot_is_due();
}

result<own_message> reveal_lot(const trustee_at_work& work) {
  const auto kind = static_cast<std::uint32_t>(item_kind::lot_reveal);
  for (const published* each : work.board.messages(kind)) {
    const auto item = lot_reveal::decode(each->canonical);
    if (item && item->board == work.home.seat().board) {
      return own_message{each->file, true};
    }
  }
  if (!work.home.has_lot()) {
    return fail(errc::missing, std::string(trustee_home::lot_name),
                "this trustee keeps no value of a lot; whoever has fixed it reveals it");
  }
  if (auto ready = check_reveal(work); !ready) {
    return tl::unexpected(std::move(ready.error()));
  }
  auto value = work.home.lot();
  if (!value) {
    return tl::unexpected(std::move(value.error()));
  }
  auto done = publish_own(work, fmt::format("lot_reveal-{}", work.home.seat().board.value()), kind,
                          [&]() -> result<lot_reveal> { return std::move(*value).reveal(); });
  if (done) {
    const auto gone = destroy_file(work.home.folder().path() / trustee_home::lot_name);
    if (!gone) {
      return tl::unexpected(gone.error());
    }
  }
  return done;
}

}  // namespace

exit_code run_trustee_lot(const lot_options& options) {
  constexpr std::string_view command = "trustee lot";
  auto desk = trustee_desk::open(options.trustee);
  if (!desk) {
    return refuse(command, desk.error());
  }
  if (options.reveal && !options.yes &&
      !agreed_to("the value cannot be taken back. Are the results final, and is a lot needed?")) {
    return refuse(command, {errc::missing, "lot", "was not revealed"});
  }
  const auto done = options.reveal ? reveal_lot(desk->work()) : commit_to_lot(desk->work());
  if (!done) {
    return refuse(command, done.error());
  }
  say("{} {}: carry it to the others; {}\n", done->was_published ? "left as it was:" : "wrote",
      done->file,
      options.reveal ? "then sandoq combine"
                     : "the trustees of this board sign it (sandoq trustee sign)");
  return exit_code::accepted;
}

}  // namespace sandoq::tool
