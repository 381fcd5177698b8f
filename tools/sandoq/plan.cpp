#include "plan.hpp"

#include <fmt/core.h>

#include <array>
#include <utility>

#include "contest_plan.hpp"
#include "manifest_words.hpp"
#include "progress.hpp"
#include "sandoq/ballot/ballot_size.hpp"
#include "sandoq/ballot/roster.hpp"
#include "shown_text.hpp"
#include "standings.hpp"

namespace sandoq::tool {
namespace {

std::string shown_name(const label_list& labels, const std::string& id) {
  std::string out = shown(id);
  for (const label& entry : labels) {
    if (entry.text != id) {
      out += fmt::format("  {}", shown(entry.text));
    }
  }
  return out;
}

std::string cost_words(const ballot_cost& cost) {
  std::string out = fmt::format("  group multiplications a ballot: device {}, verifier {}",
                                with_separators(cost.device), with_separators(cost.verifier));
  if (cost.mixer != 0) {
    out += fmt::format(", each mixer {}, each trustee {}", with_separators(cost.mixer),
                       with_separators(cost.trustee));
  }
  return out + "\n";
}

std::string contest_words(const manifest& m, const contest_entry& contest) {
  const auto plan = plan_contest(m, contest);
  if (!plan) {
    return fmt::format("  {}\n", to_string(plan.error()));
  }
  std::string out = fmt::format("contest {}\n", shown_name(contest.labels, contest.id));
  out += fmt::format("  voted on in {}, {} to {} of {} options, {}, {} and {}\n",
                     shown(m.nodes[contest.scope.value()].id), contest.min_choices,
                     contest.max_choices, contest.options.size(),
                     contest.blank == blank_option::counted ? "blank counted" : "no blank",
                     counted(contest.seats, "seat"),
                     rule_counts_alternates(contest) ? "alternates by its rule"
                                                     : counted(contest.alternates, "alternate"));
  out += fmt::format("  different ballots: {}{}\n", words_of(plan->choices),
                     contest.text_bytes == 0 ? std::string()
                                             : fmt::format(", each with any text of up to {} bytes",
                                                           contest.text_bytes));
  out += fmt::format(
      "  encoding: {} ({})\n",
      manifest_words::encoding_names.at(static_cast<std::size_t>(contest.encoding) - 1), plan->why);
  out += fmt::format("  in every ballot: {}, {} bytes; proof {} bytes\n",
                     counted(plan->ciphertexts, "ciphertext"),
                     with_separators(plan->ciphertext_bytes), with_separators(plan->proof_bytes));
  out += cost_words(plan->cost);
  if (plan->ballots_a_group != 0) {
    out += fmt::format(
        "  memory of a mixer: about {:.0f} kB a ballot; {:.1f} GB for the longest list of one "
        "mix\n",
        static_cast<double>(plan->mixer_bytes_a_ballot) / 1e3,
        static_cast<double>(plan->mixer_bytes) / 1e9);
  }
  out += contest.floor == 0
             ? "  floor: 0, nothing but the contest's total is ever opened\n"
             : fmt::format("  floor: other sums are opened from {} ballots on\n", contest.floor);
  for (const attribute_entry& attribute : contest.attributes) {
    out += fmt::format("  ties are broken by {}\n", shown_name(attribute.labels, attribute.id));
  }
  for (const std::string& warning : plan->warnings) {
    out += fmt::format("  note: {}\n", warning);
  }
  return out;
}

}  // namespace

std::string summary_of(const manifest& m) {
  using manifest_words::level_names;
  std::array<std::uint64_t, level_names.size()> places{};
  for (const tree_node& node : m.nodes) {
    ++places[static_cast<std::size_t>(node.level)];
  }
  std::string out =
      fmt::format("election       {} ({})\n", shown_name(m.title, m.election), name_of(m.domain));
  out += "places         ";
  bool first = true;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i] != 0) {
      out += fmt::format("{}{} {}", first ? "" : ", ", with_separators(places[i]), level_names[i]);
      first = false;
    }
  }
  out += "\n";
  for (const board_entry& board : m.boards) {
    out += fmt::format("board          {}: {} of {} trustees\n", shown_name(board.labels, board.id),
                       board.threshold, board.trustees.size());
  }
  if (m.authority) {
    out += fmt::format("authority      {}\n", shown_name(m.authority->labels, m.authority->id));
  }
  if (!m.beacon.empty()) {
    out += fmt::format("lots           decided by{}\n", shown_name(m.beacon, ""));
  }
  out += fmt::format("eligibility    {}\n", m.eligibility == eligibility_log::tokens
                                                ? "a log of one-time tokens in every branch"
                                                : "no log");
  for (const contest_entry& contest : m.contests) {
    out +=
        fmt::format("contest        {}: {} of {} options\n", shown_name(contest.labels, contest.id),
                    contest.max_choices, contest.options.size());
  }
  out += fmt::format("styles         {}\n", m.styles.size());
  return out;
}

std::string plan_of(const manifest& m) {
  std::string out;
  for (const contest_entry& contest : m.contests) {
    out += contest_words(m, contest);
  }
  for (std::size_t i = 0; i < m.styles.size(); ++i) {
    const auto size = ballot_record_bytes(m, style_index{static_cast<std::uint32_t>(i)});
    out +=
        fmt::format("style {}: one cast ballot adds {} bytes to the record\n",
                    shown(m.styles[i].id), size ? with_separators(*size) : to_string(size.error()));
  }
  out +=
      "multiplications are products of an element and a scalar, those of a sum one by one, without "
      "hashes and decodings; a device encrypts and proves; a verifier checks the ballot, one stage "
      "of a mix for each board, and the answers; a mixer makes one stage; a trustee answers. Sums "
      "are opened once and not for every ballot, and not counted\n";
  return out;
}

result<void> check_keys(const manifest& m) {
  auto keys = roster::decode(m);
  if (!keys) {
    return tl::unexpected(std::move(keys.error()));
  }
  if (auto proved = verify(m, *keys); !proved) {
    return fail(errc::bad_proof, "boards", proved.reason());
  }
  return {};
}

std::vector<std::string> without_keys(const manifest& m) {
  std::vector<std::string> out;
  for (const board_entry& board : m.boards) {
    for (const trustee_entry& trustee : board.trustees) {
      if (trustee.signing_key == wire_element{}) {
        out.push_back(trustee.id);
      }
    }
  }
  if (m.authority && m.authority->signing_key == wire_element{}) {
    out.push_back(m.authority->id);
  }
  return out;
}

}  // namespace sandoq::tool
