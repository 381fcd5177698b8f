#include <fmt/core.h>

#include <map>
#include <utility>

#include "../manifest_file.hpp"
#include "../say.hpp"
#include "office_commands.hpp"
#include "office_names.hpp"
#include "outlook.hpp"

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

void show_line(std::string_view about, std::string_view text) {
  say("{}{}\n", fmt::format("{:<11}", about), text);
}

/// How far the ceremony is. \return the election, once its key exists.
result<std::optional<running_election>> show_ceremony(const bulletin& board,
                                                      const ceremony_state& state) {
  if (state.stage != ceremony_stage::complete) {
    show_line("ceremony", fmt::format("attempt {} waits for {}", state.present().attempt,
                                      name_trustees(board.plan(), state.waiting_for)));
    show_line("next", next_command(state.stage));
    return std::optional<running_election>();
  }
  sequential_executor workers;
  auto election = election_of(board, state, workers);
  if (!election) {
    return tl::unexpected(std::move(election.error()));
  }
  show_line("ceremony", fmt::format("complete in attempt {}", state.present().attempt));
  say("election hash  {}\n", to_hex(election->published.election_hash.view()));
  return std::optional(std::move(*election));
}

result<void> show_outlook(const bulletin& board, const ceremony_state& state,
                          const std::optional<running_election>& election) {
  const auto outlook = outlook_of(board, state, election);
  if (!outlook) {
    return tl::unexpected(outlook.error());
  }
  for (const auto& [about, text] : outlook->lines) {
    show_line(about, text);
  }
  for (const std::string& each : outlook->next) {
    show_line("next", each);
  }
  return {};
}

}  // namespace

exit_code run_bulletin_new(const std::string& directory, const std::string& file) {
  constexpr std::string_view command = "bulletin new";
  const auto plan = read_manifest_file(file);
  if (!plan) {
    error problem = plan.error();
    if (read_manifest_file(file, manifest_form::draft)) {
      problem.reason +=
          "; it is a draft: sandoq manifest enrol makes the manifest of it, with the "
          "trustees' keys";
    }
    return refuse(command, problem);
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
    say("ignored    {}: {}\n", each.file, each.in_words());
  }
  if (state->stage == ceremony_stage::failed) {
    say("ceremony   cannot go on: {}\n", state->why_failed);
    return exit_code::rejected;
  }
  const auto election = show_ceremony(*board, *state);
  auto done = election ? show_outlook(*board, *state, *election) : tl::unexpected(election.error());
  if (!done) {
    return refuse(command, done.error());
  }
  return exit_code::accepted;
}

}  // namespace sandoq::tool
