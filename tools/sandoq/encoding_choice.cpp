#include "encoding_choice.hpp"

#include <variant>

#include "sandoq/ballot/ballot_codes.hpp"
#include "sandoq/proofs/bit_vector_shape.hpp"
#include "sandoq/proofs/slots_shape.hpp"

namespace sandoq::tool {
namespace {

constexpr std::uint32_t few_options = 200;

choice_limits limits_as(contest_entry contest, contest_encoding encoding) {
  contest.encoding = encoding;
  return limits_of(contest);
}

}  // namespace

result<encoding_choice> choose_encoding(const contest_entry& contest) {
  if (contest.law && std::holds_alternative<ranking_rule>(contest.law->method)) {
    return encoding_choice{contest_encoding::packed_ranking, encoding_reason::ranking};
  }
  if (contest.text_bytes != 0) {
    return encoding_choice{contest_encoding::packed_subset, encoding_reason::write_in};
  }
  const auto carried = [&](contest_encoding encoding) {
    return !contest.law || can_carry(encoding, contest.law->ballot);
  };
  if (!carried(contest_encoding::bit_vector)) {
    return encoding_choice{contest_encoding::packed_subset, encoding_reason::opened};
  }
  const std::uint32_t n = limits_as(contest, contest_encoding::bit_vector).options;
  if (n <= few_options) {
    return encoding_choice{contest_encoding::bit_vector, encoding_reason::few};
  }
  if (limits_as(contest, contest_encoding::slots).max_choices <= slots_shape::max_slots &&
      carried(contest_encoding::slots)) {
    return encoding_choice{contest_encoding::slots, encoding_reason::many};
  }
  if (n <= bit_vector_shape::max_options) {
    return encoding_choice{contest_encoding::bit_vector, encoding_reason::choices};
  }
  if (!carried(contest_encoding::slots)) {
    return encoding_choice{contest_encoding::packed_subset, encoding_reason::lists};
  }
  return fail(
      errc::unsupported, "encoding",
      "no encoding has more than 1024 options (votes for one counted) and more than 64 choices; "
      "lower max or each");
}

std::string_view words_of(encoding_reason why) {
  switch (why) {
    case encoding_reason::ranking:
      return "a ranking is opened as a whole, which only packed ballots allow";
    case encoding_reason::write_in:
      return "only packed ballots have room for a write-in";
    case encoding_reason::few:
      return "at most 200 options, votes for one and lists counted: sums of every place cost "
             "nothing";
    case encoding_reason::many:
      return "more than 200 options, votes for one counted: a ciphertext for each choice is "
             "smaller "
             "than one for each option";
    case encoding_reason::choices:
      return "more than 200 options, and slots have no room for so many choices (64), or for lists";
    case encoding_reason::opened:
      return "no proof shows that ballots keep this rule: they are opened as a whole";
    case encoding_reason::lists:
      return "too many options for codes of lists beside them, but in packed ballots";
  }
  return "";
}

}  // namespace sandoq::tool
