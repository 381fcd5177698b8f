#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "lib/ballot/manifest_words.hpp"
#include "sandoq/ballot/ballot_codes.hpp"
#include "sandoq/ballot/manifest.hpp"

namespace sandoq {
namespace {

using detail::counted;
using detail::place_of;

constexpr std::uint32_t most_transferred_seats = 9;

// A list's code that is on the ballot must be one that can be cast.                    SPEC(50.5)
result<void> check_closed_lists(const contest_entry& contest, const ballot_rule& ballot) {
  const bool cut = ballot.overvote == ballot_rule::overvote_policy::truncate;
  for (std::size_t i = 0; i < contest.lists.size(); ++i) {
    const std::size_t members = contest.lists[i].options.size();
    if (members < ballot.min_votes || (members > ballot.max_votes && !cut)) {
      return fail(errc::out_of_range, place_of("list", i, contest.lists[i].id),
                  "a ballot for it would give " + counted(members, "votes, min and max are ") +
                      std::to_string(ballot.min_votes) + " and " +
                      std::to_string(ballot.max_votes));
    }
  }
  return {};
}

// What voters may enter, and whether the encoding can show that they did.  SPEC(50.5) SPEC(50.10)
result<void> check_ballot_rule(const contest_entry& contest, const ballot_rule& ballot) {
  constexpr std::string_view place = "rule/ballot";
  if (ballot.min_votes != contest.min_choices || ballot.max_votes != contest.max_choices) {
    return fail(errc::mismatch, place,
                "its min and max must be those of the contest, " +
                    std::to_string(contest.min_choices) + " and " +
                    std::to_string(contest.max_choices));
  }
  const bool closed = ballot.form == ballot_rule::list_form::closed;
  const std::uint64_t each = closed ? 1 : ballot.max_each;
  if (ballot.max_votes > each * contest.options.size()) {
    return fail(errc::out_of_range, place,
                "max is more votes than " + counted(contest.options.size(), "options") +
                    " can be given, each at most " + std::to_string(each));
  }
  if (!can_carry(contest.encoding, ballot)) {
    return contest.encoding == contest_encoding::packed_ranking
               ? fail(errc::unsupported, place, "a ranking is never over-voted: overvote is reject")
               : fail(errc::unsupported, place,
                      "no proof of this encoding shows that ballots keep such a rule; take "
                      "packed-subset, whose ballots are opened as a whole");
  }
  if (ballot.overvote == ballot_rule::overvote_policy::cancel &&
      contest.blank == blank_option::absent) {
    return fail(errc::out_of_range, place,
                "a void ballot is cast as a blank one, so blanks must be counted");
  }
  const auto lists = code_numbers_of(contest).lists;
  const bool of_members =
      lists == code_numbers::list_place::alone && ballot.code == ballot_rule::list_code::members;
  return of_members ? check_closed_lists(contest, ballot) : result<void>{};
}

// 76 as far as a contest can use it.                                                   SPEC(50.5)
result<void> check_law(const contest_entry& contest) {
  if (!contest.law) {
    return fail(errc::missing, "rule", "rule 2 needs the rule itself");
  }
  const rule& law = *contest.law;
  if (auto ok = law.check(); !ok) {
    return ok;
  }
  if (auto ok =
          check_party_lists(contest.lists, static_cast<std::uint32_t>(contest.options.size()));
      !ok) {
    return ok;
  }
  if (auto ok = check_ballot_rule(contest, law.ballot); !ok) {
    return ok;
  }
  if (!contest.lists.empty() && !std::holds_alternative<proportional_rule>(law.method)) {
    return fail(errc::mismatch, "lists", "only a proportional rule has lists");
  }
  return {};
}

}  // namespace

// Whether the rule and the encoding go together, and how many places there are.        SPEC(50.5)
result<void> detail::check_contest_rule(const contest_entry& contest) {
  const bool ranked = contest.encoding == contest_encoding::packed_ranking;
  if (contest.rule == seat_rule::plurality_at_large) {
    if (ranked) {
      return fail(errc::mismatch, "rule", "a packed ranking needs a rule for rankings");
    }
    return {};
  }
  if (contest.rule != seat_rule::by_law) {
    return fail(errc::unsupported, "rule",
                "the rule must be 1 (plurality at large) or 2 (the rule that follows)");
  }
  if (auto ok = check_law(contest); !ok) {
    return ok;
  }
  const auto* ranking = std::get_if<ranking_rule>(&contest.law->method);
  if (ranked != (ranking != nullptr)) {
    return fail(errc::mismatch, "rule",
                "a rule for rankings and the encoding packed ranking go together");
  }
  using method = ranking_rule::method_code;
  if (ranking != nullptr &&
      ((ranking->method == method::irv && contest.seats != 1) ||
       (ranking->method == method::stv && contest.seats > most_transferred_seats))) {
    return fail(errc::out_of_range, "seats", "irv fills one seat, stv at most 9");
  }
  if (ranking != nullptr && contest.alternates > 0 && ranking->by_papers()) {
    return fail(errc::out_of_range, "alternates", "irv and stv rank nobody behind the elected");
  }
  return {};
}

}  // namespace sandoq
