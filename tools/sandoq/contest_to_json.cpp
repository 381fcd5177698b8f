#include "contest_json.hpp"
#include "manifest_words.hpp"
#include "rule_json.hpp"

namespace sandoq::tool {
namespace {

// Options and attributes have the same form.
template <class Entry>
json named_to_json(const std::vector<Entry>& entries) {
  json out = json::array();
  for (const Entry& entry : entries) {
    out.push_back({{"id", entry.id}, {"labels", labels_to_json(entry.labels)}});
  }
  return out;
}

}  // namespace

json labels_to_json(const label_list& labels) {
  json out = json::object();
  for (const label& entry : labels) {
    out[entry.language] = entry.text;
  }
  return out;
}

json contest_to_json(const contest_entry& contest, const std::string& scope) {
  const auto encoding = static_cast<std::size_t>(contest.encoding) - 1;
  json out{{"id", contest.id},
           {"labels", labels_to_json(contest.labels)},
           {"scope", scope},
           {"encoding", manifest_words::encoding_names.at(encoding)},
           {"options", named_to_json(contest.options)},
           {"max", contest.max_choices},
           {"min", contest.min_choices},
           {"blank", contest.blank == blank_option::counted},
           {"seats", contest.seats},
           {"alternates", contest.alternates},
           {"rule", contest.law ? rule_to_json(*contest.law) : json(manifest_words::rule_name)},
           {"floor", contest.floor},
           {"attributes", named_to_json(contest.attributes)}};
  if (is_packed(contest.encoding)) {
    out["text"] = contest.text_bytes;
  }
  if (!contest.lists.empty()) {
    out["lists"] = party_lists_to_json(contest.lists, contest.options);
  }
  return out;
}

}  // namespace sandoq::tool
