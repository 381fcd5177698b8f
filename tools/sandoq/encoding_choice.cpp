#include "encoding_choice.hpp"

#include <variant>

#include "sandoq/proofs/bit_vector_shape.hpp"
#include "sandoq/proofs/slots_shape.hpp"

namespace sandoq::tool {
namespace {

constexpr std::size_t few_options = 200;

}  // namespace

result<encoding_choice> choose_encoding(const contest_entry& contest) {
  if (contest.law && std::holds_alternative<ranking_rule>(contest.law->method)) {
    return encoding_choice{contest_encoding::packed_ranking, encoding_reason::ranking};
  }
  if (contest.text_bytes != 0) {
    return encoding_choice{contest_encoding::packed_subset, encoding_reason::write_in};
  }
  const std::size_t n = contest.options.size();
  if (n <= few_options) {
    return encoding_choice{contest_encoding::bit_vector, encoding_reason::few};
  }
  if (contest.max_choices <= slots_shape::max_slots) {
    return encoding_choice{contest_encoding::slots, encoding_reason::many};
  }
  if (n <= bit_vector_shape::max_options) {
    return encoding_choice{contest_encoding::bit_vector, encoding_reason::choices};
  }
  return fail(errc::unsupported, "encoding",
              "no encoding has more than 1024 options and more than 64 choices; lower max");
}

std::string_view words_of(encoding_reason why) {
  switch (why) {
    case encoding_reason::ranking:
      return "a ranking is opened as a whole, which only packed ballots allow";
    case encoding_reason::write_in:
      return "only packed ballots have room for a write-in";
    case encoding_reason::few:
      return "at most 200 options: sums of every place cost nothing";
    case encoding_reason::many:
      return "more than 200 options: a ciphertext for each choice is smaller than one for each "
             "option";
    case encoding_reason::choices:
      return "more than 200 options, but too many choices for slots (64)";
  }
  return "";
}

}  // namespace sandoq::tool
