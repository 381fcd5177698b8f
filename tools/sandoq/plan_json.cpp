#include <nlohmann/json.hpp>

#include "contest_plan.hpp"
#include "manifest_words.hpp"
#include "plan.hpp"
#include "sandoq/ballot/ballot_size.hpp"

namespace sandoq::tool {
namespace {

using json = nlohmann::ordered_json;

json name_of(contest_encoding encoding) {
  const auto code = static_cast<std::size_t>(encoding);
  return code == 0 ? json() : json(manifest_words::encoding_names.at(code - 1));
}

json contest_to_json(const manifest& m, const contest_entry& contest) {
  const auto plan = plan_contest(m, contest);
  if (!plan) {
    return {{"id", contest.id}, {"error", to_string(plan.error())}};
  }
  return {
      {"id", contest.id},
      {"encoding", name_of(contest.encoding)},
      {"auto", name_of(plan->automatic)},
      {"why", plan->why},
      {"ciphertexts", plan->ciphertexts},
      {"ciphertext_bytes", plan->ciphertext_bytes},
      {"proof_bytes", plan->proof_bytes},
      {"multiplications",
       {{"device", plan->cost.device},
        {"verifier", plan->cost.verifier},
        {"mixer", plan->cost.mixer},
        {"trustee", plan->cost.trustee}}},
      {"choices", plan->choices.exact},
      {"floor", contest.floor},
      {"ballots_a_group", plan->ballots_a_group},
      {"mixer_memory", {{"a_ballot", plan->mixer_bytes_a_ballot}, {"longest", plan->mixer_bytes}}},
      {"warnings", plan->warnings}};
}

json style_to_json(const manifest& m, style_index style) {
  json out{{"id", m.styles[style.value()].id}};
  const auto ballot = ballot_bytes(m, style);
  const auto record = ballot_record_bytes(m, style);
  if (ballot && record) {
    out["ballot_bytes"] = *ballot;
    out["record_bytes"] = *record;
  } else {
    out["error"] = to_string(ballot ? record.error() : ballot.error());
  }
  return out;
}

}  // namespace

std::string plan_to_json(const manifest& m) {
  json out{{"election", m.election}, {"contests", json::array()}, {"styles", json::array()}};
  for (const contest_entry& contest : m.contests) {
    out["contests"].push_back(contest_to_json(m, contest));
  }
  for (std::uint32_t i = 0; i < m.styles.size(); ++i) {
    out["styles"].push_back(style_to_json(m, style_index{i}));
  }
  return out.dump(2);
}

}  // namespace sandoq::tool
