// Rules as data, lists of options, and the steps of an allocation.

#include "sandoq/rules/allocate.hpp"
#include "tests/fuzz/round_trip.hpp"

namespace sandoq::fuzzing {
namespace {

// Two lists of two, three on none, and seven rankings: small, and enough for every step of a rule.
const std::vector<party_list>& some_lists() {
  static const std::vector<party_list> lists{
      {"one", {}, {option_index(0), option_index(1)}},
      {"two", {}, {option_index(2), option_index(3)}},
  };
  return lists;
}

counted_contest some_counts(const rule& law) {
  counted_contest out;
  out.votes = {9, 5, 8, 0, 7, 3, 3};
  out.ballots = 40;
  out.valid = 35;
  if (std::holds_alternative<ranking_rule>(law.method)) {
    for (std::uint32_t i = 0; i < 7; ++i) {
      out.rankings.push_back(
          {1 + i % 3, {{option_index(i)}, {}, {option_index(i * 3 % 7), option_index(0)}}});
    }
  } else if (const auto* part = std::get_if<proportional_rule>(&law.method);
             part != nullptr && part->base == proportional_rule::base_code::list_ballots) {
    out.list_ballots = {20, 11};
  }
  return out;
}

// Whatever the rule: an allocation comes to its end, and its steps have one encoding.
std::string ask(const rule& law) {
  const bool lists = std::holds_alternative<proportional_rule>(law.method);
  const std::span<const party_list> given = lists ? some_lists() : std::span<const party_list>();
  tie_order lot;
  lot.ticket = [](std::uint32_t tie, std::uint32_t subject) {
    digest32 out;
    out.octets[0] = static_cast<std::byte>(subject * 7 + tie * 3);
    return out;
  };
  const auto made = allocate(law, given, some_counts(law), {1, 1}, lot);
  if (!made) {
    return well_refused(made);
  }
  const auto steps = allocation_transcript::decode(made->transcript.encode());
  if (!steps || !(*steps == made->transcript)) {
    return "the steps are not those that their bytes say";
  }
  return made->status == allocation_status::decided ? "" : "a tie stays open in spite of the lot";
}

outcome rule_item(byte_view in) {
  return read_back(
      in, rule::decode(in), [](const rule& law) { return law.encode(); }, ask);
}

outcome lists_item(byte_view in) {
  return read_back(
      in, decode_party_lists(in),
      [](const std::vector<party_list>& lists) { return encode(lists); },
      [](const std::vector<party_list>& lists) {
        return well_refused(check_party_lists(lists, 100));
      });
}

constexpr decoder rules_decoders[] = {
    {"rule", rule_item},
    {"party_lists", lists_item},
    {"transcript", whole<allocation_transcript>},
};

}  // namespace

target rules_target() {
  return {"rules", rules_decoders};
}

}  // namespace sandoq::fuzzing
