#include <fmt/core.h>

#include <map>
#include <utility>

#include "../manifest_file.hpp"
#include "../say.hpp"
#include "office_commands.hpp"

namespace sandoq::tool {
namespace {

std::string kind_name(std::uint32_t kind) {
  const auto name = name_of_exchange(kind);
  return std::string(name ? *name : name_of(static_cast<item_kind>(kind)));
}

void show_messages(const bulletin& board) {
  constexpr std::uint32_t last_kind = 200;  // above all of 80.3 and 85.2
  std::string out;
  for (std::uint32_t kind = 1; kind < last_kind; ++kind) {
    if (const std::size_t count = board.messages(kind).size(); count > 0) {
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, kind_name(kind));
    }
  }
  if (!board.journals().empty()) {
    out += fmt::format("{}{} journal(s)", out.empty() ? "" : ", ", board.journals().size());
  }
  say("published  {}\n", out.empty() ? "nothing yet" : out);
}

std::string next_command(ceremony_stage stage) {
  switch (stage) {
    case ceremony_stage::committing:
      return "sandoq trustee commit";
    case ceremony_stage::revealing:
      return "sandoq trustee reveal";
    case ceremony_stage::dealing:
      return "sandoq trustee deal";
    default:
      return "sandoq trustee confirm, or complain";
  }
}

void show_statements(const bulletin& board, const ceremony_state& state) {
  const auto all = board.all<statement>(static_cast<std::uint32_t>(exchange_kind::statement));
  if (!all) {
    return;
  }
  sequential_executor workers;
  election_hashes hashes{board.plan().domain, board.manifest_hash(), std::nullopt};
  if (const auto election = election_of(board, state, workers)) {
    hashes = election->hashes;
  }
  const auto boards = without_shut_out(keys_of(state.boards), state.present().who);
  for (const statement& what : *all) {
    const auto so_far = collect(board, what, hashes, boards);
    if (!so_far || what.of == item_kind::dkg_absence) {
      continue;
    }
    std::string waiting;
    for (const std::string& each : so_far->waiting_for) {
      waiting += (waiting.empty() ? "" : ", ") + each;
    }
    say("statement  {}: {}\n", stem_of(what),
        waiting.empty() ? "signed" : "waits for " + waiting + " (sandoq trustee sign)");
  }
}

}  // namespace

exit_code run_bulletin_new(const std::string& directory, const std::string& file) {
  constexpr std::string_view command = "bulletin new";
  const auto plan = read_manifest_file(file);
  if (!plan) {
    return refuse(command, plan.error());
  }
  if (const auto good = boards_of(*plan); !good) {
    return refuse(command, good.error());
  }
  const bytes canonical = plan->encode();
  if (auto made = bulletin::create(directory, canonical); !made) {
    return refuse(command, made.error());
  }
  say("manifest hash  {}\nwrote {}/manifest.pb: everybody gets a copy of this folder and "
      "compares the hash; then sandoq trustee commit\n",
      to_hex(manifest_hash(canonical).view()), directory);
  return exit_code::accepted;
}

exit_code run_bulletin_show(const std::string& directory) {
  constexpr std::string_view command = "bulletin show";
  const auto board = bulletin::read(directory);
  if (!board) {
    return refuse(command, board.error());
  }
  const manifest& plan = board->plan();
  say("election   {} ({})\nmanifest   {}\n", plan.election,
      plan.domain == election_domain::real ? "real" : "drill",
      to_hex(board->manifest_hash().view()));
  show_messages(*board);
  const auto state = ceremony_of(*board);
  if (!state) {
    return refuse(command, state.error());
  }
  for (const ignored_message& each : state->ignored) {
    say("ignored    {}: {}\n", each.file, each.reason);
  }
  if (state->stage == ceremony_stage::failed) {
    say("ceremony   cannot go on: {}\n", state->why_failed);
    return exit_code::rejected;
  }
  if (state->stage == ceremony_stage::complete) {
    sequential_executor workers;
    const auto election = election_of(*board, *state, workers);
    if (!election) {
      return refuse(command, election.error());
    }
    say("ceremony   complete in attempt {}\nelection hash  {}\n", state->present().attempt,
        to_hex(election->published.election_hash.view()));
  } else {
    say("ceremony   attempt {} waits for {}\nnext       {}\n", state->present().attempt,
        state->names_waited_for(), next_command(state->stage));
  }
  show_statements(*board, *state);
  return exit_code::accepted;
}

}  // namespace sandoq::tool
