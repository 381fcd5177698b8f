#include "profile_contest.hpp"

#include <algorithm>

#include "sandoq/ballot/ballot_codes.hpp"
#include "sandoq/proofs/bit_vector_shape.hpp"
#include "sandoq/proofs/packed_shape.hpp"
#include "sandoq/proofs/slots_shape.hpp"
#include "tools/sandoq/manifest_words.hpp"
#include "tools/sandoq/rule_json.hpp"
#include "tools/sandoq/rule_layout.hpp"

namespace sandoq::tool {
namespace {

using manifest_words::encoding_names;

constexpr std::uint32_t most_ranked_options = 128;
/// STV fills no more, and names no alternates (spec 50.5).
constexpr std::uint32_t most_ranked_seats = 9;
/// With a name in two languages an option takes some 60 bytes of the manifest's 16 MiB.
constexpr std::uint64_t most_options = 200'000;

contest_encoding read_encoding(json_walk& walk, const json& from, const std::string& place) {
  const std::string name = walk.text(from, place);
  const auto* const found = std::find(encoding_names.begin(), encoding_names.end(), name);
  if (found == encoding_names.end()) {
    walk.wrong(place, "must be bit-vector, slots, packed-subset or packed-ranking",
               errc::unsupported);
    return contest_encoding::bit_vector;
  }
  return static_cast<contest_encoding>(found - encoding_names.begin() + 1);
}

/// IRV for one seat and STV for several, unless the profile says otherwise.
ranking_rule::method_code read_method(json_walk& walk, const json& from, const std::string& place,
                                      contest_encoding encoding) {
  using code = ranking_rule::method_code;
  const bool several = from["seats"].is_number_unsigned() && from["seats"] > 1;
  const code usual = several ? code::stv : code::irv;
  if (!from.contains("method")) {
    return usual;
  }
  if (encoding != contest_encoding::packed_ranking) {
    walk.wrong(place, "only rankings are counted by a method; take packed-ranking");
    return usual;
  }
  const auto& names = rule_layout::ranking_method;
  const auto* const found =
      std::find(names.begin() + 1, names.end(), walk.text(from["method"], place));
  if (found == names.end()) {
    walk.wrong(place, "must be irv, stv, schulze or borda", errc::unsupported);
    return usual;
  }
  const auto method = static_cast<code>(found - names.begin());
  if (method == code::irv && several) {
    walk.wrong(place, "fills one seat; take stv for several");
  }
  return method;
}

/// `"lists": {"number": N, "options": M}`: N lists of M options each.
void read_lists(json_walk& walk, const json& from, const std::string& place, profile_contest& out) {
  if (!walk.members(from, place, {"number", "options"})) {
    return;
  }
  out.lists = read_in_range(walk, from, place, "number", 1, max_party_lists);
  if (out.lists == 0) {
    return;  // an error, which the walk has
  }
  out.listed = read_in_range(walk, from, place, "options", 1, out.options / out.lists);
}

/// The rule of a contest as a manifest has it, and lists for it. What does not fit the contest is
/// found when the manifest is made.
void read_law(json_walk& walk, const json& from, const std::string& place, profile_contest& out) {
  if (from.contains("rule")) {
    out.law = rule_from_json(walk, from["rule"], place + ".rule");
    if (out.law && out.law->ballot.max_votes != from["max_choices"]) {
      walk.wrong(place + ".rule.ballot.max", "must be max_choices");
    }
    if (out.encoding == contest_encoding::packed_ranking) {
      walk.wrong(place + ".rule", "a ranking names its method instead");
    }
  }
  if (from.contains("lists")) {
    read_lists(walk, from["lists"], place + ".lists", out);
    if (!out.law || !std::holds_alternative<proportional_rule>(out.law->method)) {
      walk.wrong(place + ".lists", "only a proportional rule has lists");
    }
  }
}

std::uint32_t most_options_of(contest_encoding encoding) {
  switch (encoding) {
    case contest_encoding::bit_vector:
      return bit_vector_shape::max_options;
    case contest_encoding::slots:
      return slots_shape::max_options;
    case contest_encoding::packed_subset:
      return packed_shape::max_options;
    case contest_encoding::packed_ranking:
      break;
  }
  return most_ranked_options;
}

/// Codes of the ballots of one of `held` contests of this kind (spec 50.10).
code_numbers numbers_of(const profile_contest& each, std::uint32_t held) {
  contest_entry one;
  one.encoding = each.encoding;
  one.law = each.law;
  one.max_choices = each.max_choices;
  one.options.resize(each.options / std::max(held, 1U));
  one.lists.resize(each.lists);
  return code_numbers_of(one);
}

/// The same of all of them together.
std::uint64_t codes_of(const profile_contest& each, std::uint32_t held) {
  const code_numbers numbers = numbers_of(each, held);
  return std::uint64_t{numbers.limits.options} * held +
         std::uint64_t{each.options % std::max(held, 1U)} * numbers.each;
}

}  // namespace

std::uint32_t read_in_range(json_walk& walk, const json& of, const std::string& place,
                            const char* name, std::uint32_t least, std::uint32_t most) {
  const std::string here = json_walk::join(place, name);
  const std::uint32_t n = walk.number(of[name], here);
  if (n < least || n > most) {
    walk.wrong(
        here,
        "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most),
        errc::out_of_range);
  }
  return n;
}

profile_contest read_profile_contest(json_walk& walk, const json& from, const std::string& place,
                                     std::uint32_t held) {
  profile_contest out;
  if (!walk.members(from, place, {"encoding", "options", "max_choices", "seats", "alternates"},
                    {"text", "method", "rule", "lists"})) {
    return out;
  }
  out.encoding = read_encoding(walk, from["encoding"], place + ".encoding");
  out.options =
      read_in_range(walk, from, place, "options", held, held * most_options_of(out.encoding));
  const std::uint32_t fewest = std::max(out.options / std::max(held, 1U), 1U);
  const bool mixed = is_mixed(out.encoding);
  const bool ranked = out.encoding == contest_encoding::packed_ranking;
  read_law(walk, from, place, out);
  const std::uint32_t votes = fewest * (out.law ? out.law->ballot.max_each : 1);
  const bool slots = mixed && numbers_of(out, held).lists != code_numbers::list_place::alone;
  out.max_choices = read_in_range(walk, from, place, "max_choices", 1,
                                  slots ? std::min(votes, slots_shape::max_slots) : votes);
  out.method = read_method(walk, from, place + ".method", out.encoding);
  using code = ranking_rule::method_code;
  const bool papers = ranked && (out.method == code::irv || out.method == code::stv);
  out.seats = read_in_range(walk, from, place, "seats", 1,
                            papers ? std::min(fewest, most_ranked_seats) : fewest);
  if (papers && from["alternates"] != 0) {
    walk.wrong(place + ".alternates", "must be 0: irv and stv elect no alternates",
               errc::out_of_range);
  } else {
    out.alternates = read_in_range(walk, from, place, "alternates", 0,
                                   fewest > out.seats ? fewest - out.seats : 0);
  }
  if (from.contains("text")) {
    out.text_bytes = read_in_range(walk, from, place, "text", 0, packed_shape::max_text_bytes);
    if (out.text_bytes != 0 && !is_packed(out.encoding)) {
      walk.wrong(place + ".text",
                 "only packed encodings have room for a write-in; take packed-subset");
    }
  }
  return out;
}

void profile_allowance::add(const profile_contest& each, std::uint32_t held) {
  contests += held;
  options += each.options;
  const std::uint64_t codes = codes_of(each, held);
  if (each.encoding == contest_encoding::bit_vector) {
    sums += codes + held;
  } else if (each.encoding == contest_encoding::slots) {
    sums += held;  // blanks
  } else if (each.encoding == contest_encoding::packed_subset) {
    packed_choices += codes * numbers_of(each, held).limits.max_choices;
  }
}

void profile_allowance::check(json_walk& walk, const std::string& place) const {
  if (contests > manifest::max_contests || sums > manifest::max_ciphertexts) {
    walk.wrong(place,
               "make " + std::to_string(contests) + " contests with " + std::to_string(sums) +
                   " ciphertexts to be added up; an election has at most " +
                   std::to_string(manifest::max_contests) + " and " +
                   std::to_string(manifest::max_ciphertexts),
               errc::too_large);
  }
  if (packed_choices > manifest::max_packed_choices) {
    walk.wrong(place,
               "make packed subsets with " + std::to_string(packed_choices) +
                   " options times choices; an election has at most " +
                   std::to_string(manifest::max_packed_choices) + ": take slots",
               errc::too_large);
  }
  if (options > most_options) {
    walk.wrong(place,
               "make contests with " + std::to_string(options) +
                   " options together; a manifest has room for the names of about " +
                   std::to_string(most_options),
               errc::too_large);
  }
}

}  // namespace sandoq::tool
