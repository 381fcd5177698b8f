#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "../clock.hpp"
#include "../say.hpp"
#include "../shown_text.hpp"
#include "journal_file.hpp"
#include "office_names.hpp"
#include "office_session.hpp"
#include "poll_commands.hpp"
#include "polling_state.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal_recovery.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

struct reason_word {
  std::string_view word;
  exclusion_reason reason;
};
constexpr std::array reason_words{
    reason_word{"lost", exclusion_reason::lost},
    reason_word{"invalid-ballot", exclusion_reason::invalid_ballot},
    reason_word{"failed-challenge", exclusion_reason::failed_challenge},
    reason_word{"broken-journal", exclusion_reason::broken_journal},
    reason_word{"other", exclusion_reason::other},
};

result<device_place> read_place(const manifest& plan, const std::string& text) {
  const std::size_t colon = text.rfind(':');
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const char* const begin = colon == std::string::npos ? end : text.data() + colon + 1;
  const auto [stopped, problem] = std::from_chars(begin, end, number);
  if (problem != std::errc() || stopped != end || number < 1) {
    return fail(errc::bad_text, shown(text), "write BRANCH-ID:NUMBER");
  }
  for (std::uint32_t n = 0; n < plan.nodes.size(); ++n) {
    if (plan.nodes[n].id == text.substr(0, colon)) {
      return device_place{branch_index{n}, device_index{number}};
    }
  }
  return fail(errc::not_found, shown(text), "there is no such branch");
}

/// What the boards have signed about the end of that journal already.
result<std::optional<statement>> ending_of(const office_session& session,
                                           const device_place& place) {
  const auto polls = polling_of(session.board, session.election);
  if (!polls) {
    return tl::unexpected(polls.error());
  }
  for (const polled_device& device : polls->devices) {
    if (device.place == place && device.signatures) {
      return device.ending;
    }
  }
  return std::nullopt;
}

/// Publishes what the boards are to sign, unless they have it already.
exit_code propose(std::string_view command, office_session& session, const device_place& place,
                  const statement& what) {
  const auto before = ending_of(session, place);
  if (!before) {
    return refuse(command, before.error());
  }
  if (*before && ((*before)->of == what.of || what.of == item_kind::recovery)) {
    return refuse(command, {errc::duplicate, name_device(session.board.plan(), place),
                            fmt::format("its {} is signed already", name_of((*before)->of))});
  }
  const auto published = session.board.publish(stem_of(what), what);
  if (!published) {
    return refuse(command, published.error());
  }
  say("wrote {}: carry it to the boards, who sign it (sandoq trustee sign); then sandoq "
      "close\n",
      *published);
  return exit_code::accepted;
}

}  // namespace

exit_code run_journal_recover(const journal_recover_options& options) {
  constexpr std::string_view command = "journal recover";
  auto session = office_session::begin(options.bulletin);
  if (!session) {
    return refuse(command, session.error());
  }
  const auto journal = find_journal(session->board, options.journal);
  const auto items =
      journal ? session->board.read_journal(*journal) : tl::unexpected(journal.error());
  const auto made =
      items ? recover_journal(session->election.context.chain(), *items, now(), options.remark)
            : tl::unexpected(items.error());
  if (!made) {
    return refuse(command, made.error());
  }
  const journal_counters& counted = made->recovery.counters;
  say("{}: {} ballots cast, {} challenged, {} voided{}\n",
      name_device(session->board.plan(), journal->place), counted.cast, counted.challenged,
      counted.voided, made->resolution ? "; the last one had no resolution and is void" : "");
  return propose(command, *session, journal->place, state(item_kind::recovery, made->recovery));
}

exit_code run_journal_exclude(const journal_exclude_options& options) {
  constexpr std::string_view command = "journal exclude";
  auto session = office_session::begin(options.bulletin);
  if (!session) {
    return refuse(command, session.error());
  }
  const auto reason =
      std::find_if(reason_words.begin(), reason_words.end(),
                   [&](const reason_word& each) { return each.word == options.reason; });
  if (reason == reason_words.end()) {
    return refuse(command, {errc::bad_text, "--reason", "is none of those of section 52.10"});
  }
  std::vector<journal_entry> evidence;
  result<device_place> place = tl::unexpected(error{});
  if (options.journal.empty()) {
    place = read_place(session->board.plan(), options.device);
    const auto& all = session->board.journals();
    if (place && std::any_of(all.begin(), all.end(),
                             [&](const auto& each) { return each.place == *place; })) {
      return refuse(command, {errc::mismatch, options.device,
                              "has a journal in this bulletin: name that, so that it is kept as "
                              "evidence"});
    }
  } else {
    const auto journal = find_journal(session->board, options.journal);
    auto items = journal ? session->board.read_journal(*journal) : tl::unexpected(journal.error());
    if (!items) {
      return refuse(command, items.error());
    }
    place = journal->place;
    evidence = std::move(*items);
  }
  const auto made = place ? exclude_journal(session->election.context.chain(), *place, now(),
                                            reason->reason, options.remark, evidence)
                          : tl::unexpected(place.error());
  if (!made) {
    return refuse(command, made.error());
  }
  return propose(command, *session, *place, state(item_kind::exclusion, *made));
}

}  // namespace sandoq::tool
