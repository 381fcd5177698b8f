#pragma once

#include "sandoq/ballot/manifest.hpp"
#include "tests/support/list_rules.hpp"

namespace sandoq::testing {

/// Makes the contests of the sample election mixed ones:
///   council   slots, 3 of 10, blanks counted; two lists of 3 with codes, four independents
///   mayor     a ranking of 3 by IRV, blanks counted, room for a write-in of 33 bytes
///   question  a packed subset, at most 2 of 2, none at all included
inline void mix_contests(manifest& m) {
  contest_entry& council = m.contests[0];
  council.encoding = contest_encoding::slots;
  council.rule = seat_rule::by_law;
  council.law = law_of(hare());
  council.law->ballot.min_votes = council.min_choices;
  council.law->ballot.max_votes = council.max_choices;
  council.law->ballot.overvote = ballot_rule::overvote_policy::reject;
  council.law->ballot.strike = 1;
  council.lists = {{"red", {{"en", "Red"}}, {option_index(7), option_index(0), option_index(2)}},
                   {"blue", {}, {option_index(1), option_index(3), option_index(9)}}};

  contest_entry& mayor = m.contests[1];
  mayor.encoding = contest_encoding::packed_ranking;
  mayor.max_choices = 3;
  mayor.min_choices = 1;
  mayor.blank = blank_option::counted;
  mayor.seats = 1;
  mayor.alternates = 0;
  mayor.text_bytes = 33;
  mayor.rule = seat_rule::by_law;
  mayor.law = rule{{}, ranking_rule{}};
  mayor.law->ballot.min_votes = 1;
  mayor.law->ballot.max_votes = 3;
  mayor.law->ballot.overvote = ballot_rule::overvote_policy::reject;

  contest_entry& question = m.contests[2];
  question.encoding = contest_encoding::packed_subset;
  question.min_choices = 0;
  question.blank = blank_option::absent;
}

}  // namespace sandoq::testing
