#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "../clock.hpp"
#include "../report_file.hpp"
#include "../say.hpp"
#include "minutes_form.hpp"
#include "office_commands.hpp"
#include "sandoq/threshold/ceremony_check.hpp"
#include "sandoq/threshold/ceremony_elements.hpp"
#include "sandoq/threshold/derived_key.hpp"
#include "statement_check.hpp"

namespace sandoq::tool {
namespace {

result<trustee_seat> find_seat(const manifest& plan, const std::string& id) {
  for (std::uint32_t b = 0; b < plan.boards.size(); ++b) {
    for (std::uint32_t t = 1; t <= plan.boards[b].trustees.size(); ++t) {
      if (plan.boards[b].trustees[t - 1].id == id) {
        return trustee_seat{board_index(b), trustee_index(t)};
      }
    }
  }
  return fail(errc::not_found, id, "no trustee of the manifest has this id");
}

/// The statement that is waiting for signatures, if somebody has signed one that still can be
/// agreed to. Anybody can state something.
result<std::optional<statement>> stated_before(const bulletin& board, const ceremony_state& state,
                                               const trustee_seat& seat) {
  const election_hashes hashes{board.plan().domain, board.manifest_hash(), std::nullopt};
  const auto all = board.statements(item_kind::dkg_absence);
  if (!all) {
    return tl::unexpected(all.error());
  }
  for (const statement& each : *all) {
    const auto item = decode_body<dkg_absence>(each);
    if (item && item->origin.board == seat.board && item->origin.trustee == seat.trustee &&
        item->origin.attempt == attempt_without(state)) {
      const auto so_far = collect(board, each, hashes, signers_of(state, board, each));
      if (so_far && std::any_of(so_far->valid.boards.begin(), so_far->valid.boards.end(),
                                [](const auto& valid) { return !valid.empty(); })) {
        return std::optional(each);
      }
    }
  }
  return std::optional<statement>();
}

struct stated_absence {
  std::string file;
  std::vector<std::string> waiting_for;  ///< signatures; none: the item is published
};

/// States an absence, or makes the item of a statement that is signed.                 SPEC(85.7)
result<stated_absence> state_absence(bulletin& board, const ceremony_state& state,
                                     const trustee_seat& seat, const std::string& remark) {
  const auto before = stated_before(board, state, seat);
  if (!before) {
    return tl::unexpected(before.error());
  }
  const dkg_absence absence{{attempt_without(state), seat.board, seat.trustee}, remark, {}};
  const statement what = *before ? **before : tool::state(item_kind::dkg_absence, absence);
  sequential_executor workers;
  const std::optional<running_election> none;
  if (auto good = statement_check({board, state, none, seat, workers})(what); !good) {
    return tl::unexpected(std::move(good.error()));
  }
  const election_hashes hashes{board.plan().domain, board.manifest_hash(), std::nullopt};
  const auto so_far = collect(board, what, hashes, signers_of(state, board, what));
  if (!so_far) {
    return tl::unexpected(so_far.error());
  }
  const auto file = so_far->complete()
                        ? board.publish(stem_of(what) + "-signed",
                                        static_cast<std::uint32_t>(item_kind::dkg_absence),
                                        complete(what, so_far->valid))
                        : board.publish(stem_of(what), what);
  if (!file) {
    return tl::unexpected(file.error());
  }
  return stated_absence{*file, so_far->waiting_for};
}

/// All checks of 90.2 that can be judged: those of the whole ceremony, once it is complete.
result<minuted_ceremony> judge(const bulletin& board, const ceremony_state& state) {
  minuted_ceremony out{board, state, {}, std::nullopt};
  if (state.stage != ceremony_stage::complete) {
    return out;
  }
  const auto elements = decode_elements(state.items());
  if (!elements) {
    return tl::unexpected(elements.error());
  }
  const attempt_context& last = state.present();
  const derived_key derived =
      derive_key(last, sizes_of(state.boards), state.items(), elements->coefficients);
  out.published = make_election_key(last.election, derived, state.attempts);
  sequential_executor workers;
  out.checks = check_ceremony(last.election, state.boards, state.attempts, *out.published, workers);
  return out;
}

}  // namespace

exit_code run_ceremony_absent(const absence_options& options) {
  constexpr std::string_view command = "ceremony absent";
  auto board = bulletin::read(options.bulletin);
  if (!board) {
    return refuse(command, board.error());
  }
  const auto seat = find_seat(board->plan(), options.trustee);
  if (!seat) {
    return refuse(command, seat.error());
  }
  const auto state = ceremony_of(*board);
  if (!state) {
    return refuse(command, state.error());
  }
  const auto done = state_absence(*board, *state, *seat, options.remark);
  if (!done) {
    return refuse(command, done.error());
  }
  if (done->waiting_for.empty()) {
    say("wrote {}: carry it to the others; the ceremony goes on without {}: sandoq trustee "
        "commit\n",
        done->file, options.trustee);
    return exit_code::accepted;
  }
  std::string waiting;
  for (const std::string& each : done->waiting_for) {
    waiting += (waiting.empty() ? "" : ", ") + each;
  }
  say("wrote {}: carry it to the others; it waits for {} (sandoq trustee sign); then sandoq "
      "ceremony absent once more\n",
      done->file, waiting);
  return exit_code::accepted;
}

exit_code run_ceremony_check(const ceremony_check_options& options) {
  constexpr std::string_view command = "ceremony check";
  std::optional<std::filesystem::path> place;
  if (!options.html.empty()) {
    auto wanted = report_place(options.bulletin, options.html);
    if (!wanted) {
      return refuse(command, wanted.error());
    }
    place = std::move(*wanted);
  }
  const auto board = bulletin::read(options.bulletin);
  if (!board) {
    return refuse(command, board.error());
  }
  const auto state = ceremony_of(*board);
  if (!state) {
    return refuse(command, state.error());
  }
  const auto ceremony = judge(*board, *state);
  if (!ceremony) {
    return refuse(command, ceremony.error());
  }
  say_text(minutes_text(options.in, *ceremony));
  if (place) {
    const auto written =
        put_page(*place, minutes_html(options.in, *ceremony, seconds_of(now()), version_number()));
    if (!written) {
      return refuse(command, written.error());
    }
    say("\nwrote {}\n", place->string());
  }
  if (!ceremony->published) {  // the minutes say it too; a script looks at the code
    sequential_executor workers;
    return refuse(command, election_of(*board, *state, workers).error());
  }
  return ceremony->checks.accepted() ? exit_code::accepted : exit_code::rejected;
}

}  // namespace sandoq::tool
