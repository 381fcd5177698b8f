#include "booth_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "../say.hpp"
#include "../shown_text.hpp"
#include "booth_folder.hpp"
#include "booth_steps.hpp"
#include "choices.hpp"
#include "office_names.hpp"
#include "office_session.hpp"
#include "private_file.hpp"
#include "sandoq/ballot/ballot_codes.hpp"
#include "sandoq/ballot/confirmation_code.hpp"
#include "sandoq/core/system_random.hpp"
#include "standard_input.hpp"
#include "trustee_desk.hpp"

namespace sandoq::tool {
namespace {

constexpr std::size_t max_seed_file_bytes = 4096;
constexpr std::size_t max_token_line_bytes = 4096;

result<branch_index> find_branch(const bulletin& board, const std::string& id) {
  const auto& nodes = board.plan().nodes;
  for (std::uint32_t n = 0; n < nodes.size(); ++n) {
    if (nodes[n].id == id) {
      return branch_index{n};
    }
  }
  return fail(errc::not_found, shown(id), "is no place of this election; name a branch by its id");
}

result<std::vector<board_seed>> read_seeds(const std::vector<std::string>& files) {
  std::vector<board_seed> out;
  for (const std::string& name : files) {
    auto content = read_private(name, max_seed_file_bytes);
    if (!content) {
      return tl::unexpected(unreadable(std::move(content.error())));
    }
    const secret_bytes kept(*content);
    detail::wipe(content->data(), content->size());
    auto seed = board_seed::decode(kept);
    if (!seed) {
      return fail_within(name, std::move(seed.error()));
    }
    out.push_back(std::move(*seed));
  }
  return out;
}

std::string name_ballot(const manifest& plan, const ballot_item& item) {
  return fmt::format("ballot {} of {}", item.number.value(), name_device(plan, item.place));
}

/// "anna", "anna (3 votes)", "list red".
std::vector<std::string> codes_in_words(const contest_entry& contest,
                                        const revealed_choices& choices) {
  std::vector<std::uint64_t> counts(limits_of(contest).options, 0);
  for (std::size_t i = 0; i < counts.size() && i < choices.bits.size(); ++i) {
    counts[i] = choices.bits[i];
  }
  for (const std::uint32_t code : choices.codes) {
    if (code >= 1 && code <= counts.size()) {
      counts[code - 1] = 1;
    }
  }
  const ballot_codes codes(contest);
  const bool alone = codes.numbers().lists == code_numbers::list_place::alone;
  const counted_codes read = codes.read(counts);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < read.list_ballots.size(); ++i) {
    if (read.list_ballots[i] != 0) {
      out.push_back("list " + shown(contest.lists[i].id));
    }
  }
  for (std::size_t i = 0; i < read.votes.size() && !alone; ++i) {
    if (read.votes[i] != 0) {
      out.push_back(read.votes[i] == 1 ? shown(contest.options[i].id)
                                       : fmt::format("{} ({} votes)", shown(contest.options[i].id),
                                                     read.votes[i]));
    }
  }
  return out;
}

/// Of a ranking the options in its order.
std::vector<std::string> ranks_in_words(const contest_entry& contest,
                                        const revealed_choices& choices) {
  std::vector<std::string> out;
  for (const std::uint32_t code : choices.codes) {
    if (code >= 1 && code <= contest.options.size()) {
      out.push_back(shown(contest.options[code - 1].id));
    }
  }
  return out;
}

/// What was chosen, and a write-in.
std::string marks_in_words(const contest_entry& contest, const revealed_choices& choices) {
  std::vector<std::string> marked = contest.encoding == contest_encoding::packed_ranking
                                        ? ranks_in_words(contest, choices)
                                        : codes_in_words(contest, choices);
  if (!choices.text.empty()) {
    marked.push_back(fmt::format("\"{}\"", shown(choices.text)));
  }
  return marked.empty() ? "blank" : fmt::format("{}", fmt::join(marked, ", "));
}

/// What was chosen, in words: "mayor: anna; council: blank".
std::string choices_in_words(const manifest& plan, style_index style, const challenge_item& item) {
  std::string out;
  const auto& contests = plan.styles[style.value()].contests;
  for (std::size_t c = 0; c < item.choices.size() && c < contests.size(); ++c) {
    const contest_entry& contest = plan.contests[contests[c].value()];
    out += fmt::format("  {}: {}\n", shown(contest.id), marks_in_words(contest, item.choices[c]));
  }
  return out;
}

}  // namespace

exit_code run_booth_enrol(const booth_enrol_options& options) {
  constexpr std::string_view name = "booth enrol";
  auto session = office_session::begin(options.bulletin);
  if (!session) {
    return refuse(name, session.error());
  }
  const auto branch = find_branch(session->board, options.branch);
  if (!branch) {
    return refuse(name, branch.error());
  }
  system_random random;
  const auto published =
      enrol_device(options.device, session->board, session->election,
                   {{*branch, device_index{options.number}}, options.capacity}, random);
  if (!published) {
    return refuse(name, published.error());
  }
  say("wrote {}: carry it to the boards; one trustee of each then makes a seed (sandoq trustee "
      "seed)\n{} holds the device's key: keep it on memory that does not outlive the day\n",
      *published, options.device);
  return exit_code::accepted;
}

exit_code run_booth_prepare(const booth_prepare_options& options) {
  constexpr std::string_view name = "booth prepare";
  auto session = office_session::begin(options.bulletin);
  auto folder = session ? booth_folder::open(options.device) : tl::unexpected(session.error());
  auto seeds = folder ? read_seeds(options.seeds) : tl::unexpected(folder.error());
  if (!seeds) {
    return refuse(name, seeds.error());
  }
  const auto published =
      prepare_device(*folder, session->board, session->election, std::move(*seeds));
  if (!published) {
    return refuse(name, published.error());
  }
  say("wrote {}: carry it to the boards, who sign it (sandoq trustee sign); then sandoq booth "
      "open\nthe seed files have served: destroy them\n",
      *published);
  return exit_code::accepted;
}

exit_code run_booth_open(const booth_options& options) {
  constexpr std::string_view name = "booth open";
  const auto session = office_session::begin(options.bulletin);
  auto folder = session ? booth_folder::open(options.device) : tl::unexpected(session.error());
  if (!folder) {
    return refuse(name, folder.error());
  }
  if (const auto opened = open_device(*folder, session->board, session->election); !opened) {
    return refuse(name, opened.error());
  }
  say("{} is {}\n", name_device(folder->plan(), folder->state().place()),
      describe(folder->state()));
  return exit_code::accepted;
}

exit_code run_booth_ballot(const booth_options& options) {
  constexpr std::string_view name = "booth ballot";
  auto folder = booth_folder::open(options.device);
  if (!folder) {
    return refuse(name, folder.error());
  }
  const auto choices = read_standard_input(max_choices_bytes);
  const auto item =
      choices ? write_ballot(*folder, choices->view()) : tl::unexpected(choices.error());
  if (!item) {
    return refuse(name, item.error());
  }
  say("code   {}\nbytes  {}\n",
      readable_code::of(item->place.device, item->number, item->code).to_text(),
      to_hex(item->code.view()));
  say("{} waits: sandoq booth cast, challenge or void\n", name_ballot(folder->plan(), *item));
  return exit_code::accepted;
}

exit_code run_booth_cast(const booth_options& options) {
  constexpr std::string_view name = "booth cast";
  auto folder = booth_folder::open(options.device);
  if (!folder) {
    return refuse(name, folder.error());
  }
  private_text token;
  result<ballot_item> item = tl::unexpected(error{});
  if (folder->plan().eligibility == eligibility_log::none) {
    item = cast_ballot(*folder, {});
  } else {
    const auto line = read_standard_input(max_token_line_bytes);
    item = line ? cast_ballot(*folder, line->first_line()) : tl::unexpected(line.error());
  }
  if (!item) {
    return refuse(name, item.error());
  }
  say("{} is cast\n", name_ballot(folder->plan(), *item));
  return exit_code::accepted;
}

exit_code run_booth_challenge(const booth_options& options) {
  constexpr std::string_view name = "booth challenge";
  auto folder = booth_folder::open(options.device);
  if (!folder) {
    return refuse(name, folder.error());
  }
  std::optional<style_index> style;
  if (folder->state().memory && folder->state().memory->pending) {
    style = folder->state().memory->pending->item.style;
  }
  const auto item = challenge_ballot(*folder);
  if (!item) {
    return refuse(name, item.error());
  }
  say("ballot {} of {} is opened to everyone and is not counted; it held\n", item->number.value(),
      name_device(folder->plan(), item->place));
  say_text(choices_in_words(folder->plan(), *style, *item));
  return exit_code::accepted;
}

exit_code run_booth_void(const booth_options& options) {
  constexpr std::string_view name = "booth void";
  auto folder = booth_folder::open(options.device);
  const auto item = folder ? void_ballot(*folder) : tl::unexpected(folder.error());
  if (!item) {
    return refuse(name, item.error());
  }
  say("{} is void: it is neither counted nor opened\n", name_ballot(folder->plan(), *item));
  return exit_code::accepted;
}

exit_code run_booth_close(const booth_options& options) {
  constexpr std::string_view name = "booth close";
  auto session = office_session::begin(options.bulletin);
  auto folder = session ? booth_folder::open(options.device) : tl::unexpected(session.error());
  if (!folder) {
    return refuse(name, folder.error());
  }
  if (folder->election().e1() != session->election.context.e1()) {
    return refuse(name, {errc::mismatch, options.device, "was enrolled for another election"});
  }
  system_random random;
  const auto names = close_device(*folder, session->board, random);
  if (!names) {
    return refuse(name, names.error());
  }
  const close_item& close = *folder->state().closed;
  say("{}: {} ballots cast, {} challenged, {} voided; its key and seeds are erased\n",
      name_device(folder->plan(), close.place), close.counters.cast, close.counters.challenged,
      close.counters.voided);
  say("wrote {}: carry them to the boards, who sign the close (sandoq trustee sign)\n", *names);
  return exit_code::accepted;
}

exit_code run_booth_show(const booth_options& options) {
  constexpr std::string_view name = "booth show";
  const auto folder = booth_folder::open(options.device);
  if (!folder) {
    return refuse(name, folder.error());
  }
  const booth_state& state = folder->state();
  const journal_counters counters = state.closed ? state.closed->counters : state.memory->counters;
  say("{}\n", name_device(folder->plan(), state.place()));
  say("state       {}\nballots     {} cast, {} challenged, {} voided\n", describe(state),
      counters.cast, counters.challenged, counters.voided);
  if (state.memory && state.memory->pending) {
    const ballot_item& item = state.memory->pending->item;
    say("waiting     {}\n", readable_code::of(item.place.device, item.number, item.code).to_text());
  }
  return exit_code::accepted;
}

}  // namespace sandoq::tool
