#include "contest_plan.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <variant>

#include "encoding_choice.hpp"
#include "manifest_words.hpp"
#include "progress.hpp"
#include "sandoq/ballot/ballot_codes.hpp"
#include "sandoq/ballot/ballot_size.hpp"
#include "sandoq/proofs/bit_vector_shape.hpp"
#include "sandoq/proofs/shuffle_shape.hpp"
#include "sandoq/proofs/slots_shape.hpp"

namespace sandoq::tool {
namespace {

constexpr std::uint64_t longest_mix = std::uint64_t{1} << 20;
/// Above this a bit vector is stretched: every option costs every ballot 96 bytes.
constexpr std::size_t many_options = 128;
/// Fewer ballots than these together may tell what single voters chose.
constexpr std::uint32_t advised_floor = 50;
/// More different ballots than voters of any city: most of them are cast by nobody else.
constexpr std::uint32_t rare_pattern_bits = 20;
/// The same for a group that is opened: so many different ballots for each that is cast.
constexpr double rare_patterns_a_ballot = 16;

std::string_view name_of(contest_encoding encoding) {
  return manifest_words::encoding_names.at(static_cast<std::size_t>(encoding) - 1);
}

/// Whoever is needed to open: a threshold of every board.
std::uint64_t answers_needed(const manifest& m) {
  std::uint64_t out = 0;
  for (const board_entry& board : m.boards) {
    out += board.threshold;
  }
  return out;
}

/// Ciphertexts of a ballot that are mixed. Z is added up.                              SPEC(60.1)
std::uint64_t mixed_ciphertexts(const contest_entry& contest, std::size_t ciphertexts) {
  return contest.encoding == contest_encoding::slots ? limits_of(contest).max_choices : ciphertexts;
}

/// Device and verifier, by the length of what is encrypted and proved. SPEC(45) SPEC(46) SPEC(47)
ballot_cost cost_of_ballot(const contest_entry& contest, std::uint64_t ciphertexts) {
  ballot_cost out;
  if (contest.encoding == contest_encoding::bit_vector) {
    const auto shape = bit_vector_shape::derive(limits_of(contest));
    out.device = 2 * ciphertexts + shape->bits() + 9;
    out.verifier = 2 * ciphertexts + 6;
  } else if (contest.encoding == contest_encoding::slots) {
    const auto shape = slots_shape::derive(limits_of(contest));
    out.device = 3 * ciphertexts + 2 * shape->bits() * (1 + shape->rounds()) + 9;
    out.verifier = 2 * ciphertexts + 2 * shape->rounds() + 6;
  } else {
    out.device = 2 * ciphertexts + 1;
    out.verifier = ciphertexts + 1;
  }
  return out;
}

ballot_cost cost_of(const manifest& m, const contest_entry& contest, std::uint64_t ciphertexts) {
  ballot_cost out = cost_of_ballot(contest, ciphertexts);
  if (!is_mixed(contest.encoding)) {
    return out;
  }
  const std::uint64_t pairs = mixed_ciphertexts(contest, ciphertexts);
  const std::uint64_t lines = contest.encoding == contest_encoding::slots ? pairs : 1;
  out.verifier += 4 * pairs * m.boards.size() + 2 * pairs * answers_needed(m);
  out.mixer = 4 * pairs + 6 * lines;
  out.trustee = 3 * pairs;
  return out;
}

/// How long one mix can be, and what memory its mixer needs: measured, see shuffle().
void add_mix(contest_plan& out, const contest_entry& contest) {
  constexpr std::uint64_t bytes_a_pair = 2'000;
  constexpr std::uint64_t bytes_a_column = 4'000;
  const bool slots = contest.encoding == contest_encoding::slots;
  const std::uint64_t lines = slots ? limits_of(contest).max_choices : 1;
  const std::uint64_t width = slots ? 1 : out.ciphertexts;
  out.ballots_a_group = longest_mix / lines;
  out.mixer_bytes_a_ballot = lines * (width * bytes_a_pair + bytes_a_column);
  if (const auto shape = shuffle_shape::of(out.ballots_a_group * lines, width)) {
    out.mixer_bytes = shape->total() * width * bytes_a_pair + shape->columns() * bytes_a_column;
  }
}

void warn_of_bit_vector(contest_plan& out, const contest_entry& contest) {
  const std::uint32_t codes = limits_of(contest).options;
  if (codes <= many_options) {
    return;
  }
  contest_entry other = contest;
  other.encoding = contest_encoding::slots;
  std::string warning = fmt::format("{} options make large ballots", codes);
  const bool carried = !contest.law || can_carry(contest_encoding::slots, contest.law->ballot);
  if (const auto slots = contest_ballot_size_of(other); slots && carried) {
    warning += fmt::format(
        ": {} bytes, slots would take {}; but only bit vectors have sums of "
        "every place without a mix",
        with_separators(out.ciphertext_bytes + out.proof_bytes),
        with_separators(64 * slots->ciphertexts + slots->proof_bytes));
  }
  out.warnings.push_back(std::move(warning));
}

void warn_of_groups(contest_plan& out, const contest_entry& contest) {
  const std::string most = with_separators(out.ballots_a_group);
  if (contest.floor == 0) {
    out.warnings.push_back(
        fmt::format("floor 0 permits one group alone, and a mix takes {} ballots at most: with "
                    "more of them nothing can be opened",
                    most));
    return;
  }
  out.warnings.push_back(
      fmt::format("a mix takes {} ballots at most: more are mixed and opened in several groups "
                  "of places, each of {} ballots or more",
                  most, with_separators(contest.floor)));
  if (contest.floor < advised_floor) {
    out.warnings.push_back(fmt::format(
        "floor {}: what so few ballots hold tells much of single voters; {} or more is advised",
        contest.floor, advised_floor));
  }
}

/// Whether most of the different ballots are cast by nobody, in all places or in the smallest
/// group.
bool has_rare_patterns(const contest_plan& plan, const contest_entry& contest) {
  const double in_a_group = rare_patterns_a_ballot * static_cast<double>(contest.floor);
  return contest.text_bytes != 0 || plan.choices.log2 > rare_pattern_bits ||
         (contest.floor != 0 && std::exp2(plan.choices.log2) > in_a_group);
}

void warn_of_mix(contest_plan& out, const contest_entry& contest) {
  if (contest.encoding == contest_encoding::slots) {
    out.warnings.emplace_back(
        "voters should be told: the opened slots show how often each option was chosen and how "
        "many ballots left how many slots empty, for every group");
  } else {
    out.warnings.push_back(fmt::format(
        "voters should be told: after the mix the choices of each ballot are seen as a whole, "
        "though not whose they are{}",
        has_rare_patterns(out, contest)
            ? "; a voter who is told to cast a rare one can be found out"
            : ""));
  }
  warn_of_groups(out, contest);
  if (contest.law && contest.law->ballot.code == ballot_rule::list_code::members &&
      code_numbers_of(contest).lists == code_numbers::list_place::none) {
    out.warnings.push_back(fmt::format(
        "a list code gives every member of the list a vote: where nearly all ballots of a group "
        "are of one list, its counts tell so; a floor of {} or more is advised",
        advised_floor));
  }
}

/// Lists whose codes no ballot can hold, as the first one's id and how many others.
void warn_of_codes(contest_plan& out, const contest_entry& contest,
                   bool wrong(const party_list&, const contest_entry&), std::string_view why) {
  const auto first = std::find_if(contest.lists.begin(), contest.lists.end(),
                                  [&](const party_list& list) { return wrong(list, contest); });
  const auto count = std::count_if(first, contest.lists.end(),
                                   [&](const party_list& list) { return wrong(list, contest); });
  if (count > 0) {
    out.warnings.push_back(
        fmt::format("list \"{}\"{} cannot be cast: {}", first->id,
                    count > 1 ? fmt::format(" (and {} more)", count - 1) : std::string(), why));
  }
}

/// What voters should know of a rule, whatever the encoding.
void warn_of_entries(contest_plan& out, const contest_entry& contest) {
  if (!contest.law || contest.encoding == contest_encoding::packed_ranking) {
    return;
  }
  const ballot_rule& ballot = contest.law->ballot;
  if (ballot.overvote == ballot_rule::overvote_policy::truncate) {
    out.warnings.emplace_back(
        "voters should be told: what is marked beyond the limits is not read, in the order in "
        "which it was entered");
  } else if (ballot.overvote == ballot_rule::overvote_policy::cancel) {
    out.warnings.emplace_back(
        "voters should be told: a ballot with too much on it is void; it is cast and counted as a "
        "blank one");
  }
  if (ballot.max_each > 1 && contest.encoding != contest_encoding::packed_subset) {
    out.warnings.emplace_back(
        "voters should be told: what is opened shows for every option how many ballots gave it one "
        "vote or more, two or more, and so on");
  }
}

/// What the letter of a rule permits and nobody means.
void warn_of_lists(contest_plan& out, const contest_entry& contest) {
  if (!contest.law) {
    return;
  }
  const ballot_rule& ballot = contest.law->ballot;
  if (ballot.code == ballot_rule::list_code::members &&
      code_numbers_of(contest).lists == code_numbers::list_place::none) {
    if (contest.lists.empty()) {
      out.warnings.emplace_back("the rule has list codes, and the contest has no list");
    }
    if (ballot.strike == 0 && ballot.overvote != ballot_rule::overvote_policy::truncate) {
      warn_of_codes(
          out, contest,
          [](const party_list& list, const contest_entry& of) {
            return list.options.size() > of.max_choices;
          },
          fmt::format("it has more options than a ballot takes ({}), and none can be struck out",
                      contest.max_choices));
    }
    if (ballot.exclusive != 0) {
      warn_of_codes(
          out, contest,
          [](const party_list& list, const contest_entry& of) {
            return list.options.size() < of.min_choices;
          },
          fmt::format(
              "it has fewer options than a ballot needs ({}), and no others may stand beside it",
              contest.min_choices));
    }
  }
  const bool closed = ballot.form == ballot_rule::list_form::closed;
  if (closed && ballot.strike != 0) {
    warn_of_codes(
        out, contest,
        [](const party_list& list, const contest_entry& of) {
          return list.options.size() < of.min_choices;
        },
        fmt::format("it has fewer options than a ballot needs ({})", contest.min_choices));
  }
  if (ballot.form == ballot_rule::list_form::open) {
    warn_of_codes(
        out, contest,
        [](const party_list& list, const contest_entry& of) {
          return list.options.size() * of.law->ballot.max_each < of.min_choices;
        },
        fmt::format("its options take fewer votes than a ballot needs ({}), and no others may "
                    "stand beside them",
                    contest.min_choices));
  }
  if (ballot.strike != 0 && ballot.overvote == ballot_rule::overvote_policy::cancel) {
    warn_of_codes(
        out, contest,
        [](const party_list& list, const contest_entry& of) {
          return list.options.size() > of.max_choices;
        },
        fmt::format("it has more options than a ballot takes ({}): alone, with nobody struck out, "
                    "it makes a ballot void",
                    contest.max_choices));
  }
  std::size_t independents = contest.options.size();
  for (const party_list& list : contest.lists) {
    independents -= list.options.size();
  }
  if (closed && independents > 0) {
    out.warnings.push_back(fmt::format(
        "lists are closed: nobody can vote for the {} on no list",
        independents == 1 ? std::string("option") : fmt::format("{} options", independents)));
  }
  const auto* by_lists = std::get_if<proportional_rule>(&contest.law->method);
  if (by_lists != nullptr && contest.lists.empty() &&
      by_lists->independents == proportional_rule::independents_code::excluded) {
    out.warnings.emplace_back(
        "nobody can be elected: the rule has seats for lists only, and the contest has no list");
  }
}

}  // namespace

result<contest_plan> plan_contest(const manifest& m, const contest_entry& contest) {
  const auto size = contest_ballot_size_of(contest);
  if (!size) {
    return tl::unexpected(size.error());
  }
  contest_plan out;
  if (const auto chosen = choose_encoding(contest)) {
    out.automatic = chosen->encoding;
    out.why = chosen->encoding == contest.encoding
                  ? std::string(words_of(chosen->why))
                  : fmt::format("as the manifest says; auto would be {}: {}",
                                name_of(chosen->encoding), words_of(chosen->why));
  } else {
    out.why = "as the manifest says";
  }
  out.ciphertexts = size->ciphertexts;
  out.ciphertext_bytes = 64 * size->ciphertexts;
  out.proof_bytes = size->proof_bytes;
  out.cost = cost_of(m, contest, size->ciphertexts);
  out.choices = count_choices(contest);
  warn_of_lists(out, contest);
  warn_of_entries(out, contest);
  if (!is_mixed(contest.encoding)) {
    warn_of_bit_vector(out, contest);
    return out;
  }
  add_mix(out, contest);
  warn_of_mix(out, contest);
  return out;
}

}  // namespace sandoq::tool
