#include "lib/rules/party.hpp"

namespace sandoq::rules_detail {
namespace {

party independent_party(std::uint32_t subject, const subject_list& members,
                        const counted_contest& counted) {
  party out;
  out.subject = subject;
  out.independent = true;
  for (const std::uint32_t option : members) {
    out.votes += counted.votes[option];
    if (counted.votes[option] > 0) {
      out.members.push_back(option);
    }
  }
  return out;
}

party list_party(const proportional_rule& part, std::uint32_t index, const party_list& list,
                 const counted_contest& counted) {
  const bool own = part.base == proportional_rule::base_code::list_ballots;
  party out;
  out.subject = static_cast<std::uint32_t>(counted.votes.size()) + index;
  for (const option_index option : list.options) {
    const std::uint64_t votes = counted.votes[option.value()];
    if (own || votes > 0) {
      out.members.push_back(option.value());
    }
    if (!own) {
      out.votes += votes;
    }
  }
  if (own) {
    out.votes = counted.list_ballots[index];
  }
  return out;
}

}  // namespace

std::vector<party> parties_of(const proportional_rule& part, std::span<const party_list> lists,
                              const counted_contest& counted) {
  std::vector<party> out;
  std::vector<bool> listed(counted.votes.size(), false);
  for (std::uint32_t index = 0; index < lists.size(); ++index) {
    out.push_back(list_party(part, index, lists[index], counted));
    for (const option_index option : lists[index].options) {
      listed[option.value()] = true;
    }
  }
  subject_list alone;
  for (std::uint32_t option = 0; option < listed.size(); ++option) {
    if (!listed[option]) {
      alone.push_back(option);
    }
  }
  using code = proportional_rule::independents_code;
  if (part.independents == code::pooled && !alone.empty()) {
    const std::size_t pool = counted.votes.size() + lists.size();
    out.push_back(independent_party(static_cast<std::uint32_t>(pool), alone, counted));
  } else if (part.independents == code::own) {
    for (const std::uint32_t option : alone) {
      out.push_back(independent_party(option, {option}, counted));
    }
  }
  return out;
}

}  // namespace sandoq::rules_detail
