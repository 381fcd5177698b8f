#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "contest_json.hpp"
#include "manifest_json.hpp"
#include "manifest_words.hpp"
#include "strict_json.hpp"

namespace sandoq::tool {
namespace {

using manifest_words::eligibility_names;
using manifest_words::level_names;

/// Turns the JSON form into a manifest, one part after another.
class manifest_reader {
 public:
  explicit manifest_reader(manifest_form form) : form_(form) {}

  manifest read(const json& root) {
    if (!walk_.members(root, "",
                       {"format", "suite", "domain", "election", "title", "boards", "tree",
                        "contests", "styles"},
                       {"authority", "beacon", "eligibility"})) {
      return {};
    }
    read_heading(root);
    for (std::size_t i = 0; const json& value : walk_.list(root["boards"], "boards")) {
      out_.boards.push_back(read_board(value, json_walk::item("boards", i++)));
    }
    read_optional_parts(root);
    read_style_names(root["styles"]);
    read_node(root["tree"], "tree", no_parent, 0);
    for (std::size_t i = 0; const json& value : walk_.list(root["contests"], "contests")) {
      out_.contests.push_back(read_contest(value, json_walk::item("contests", i++)));
    }
    read_styles(root["styles"]);
    return std::move(out_);
  }

  [[nodiscard]] const std::optional<error>& problem() const noexcept { return walk_.problem(); }

 private:
  void read_heading(const json& root) {
    if (walk_.number(root["format"], "format") != format_version) {
      walk_.wrong("format", "must be 1", errc::unsupported);
    }
    if (walk_.text(root["suite"], "suite") != suite_name) {
      walk_.wrong("suite", "must be " + std::string(suite_name), errc::unsupported);
    }
    const std::string domain = walk_.text(root["domain"], "domain");
    if (domain != "real" && domain != "drill") {
      walk_.wrong("domain", "must be real or drill");
    }
    out_.domain = domain == "real" ? election_domain::real : election_domain::drill;
    out_.election = walk_.text(root["election"], "election");
    out_.title = walk_.labels(root["title"], "title");
  }

  void read_optional_parts(const json& root) {
    if (root.contains("authority")) {
      const json& value = root["authority"];
      authority_entry& authority = out_.authority.emplace();
      const std::set<std::string> keys{"signing_key", "signing_proof"};
      if (named_with_keys(value, "authority", keys)) {
        authority.id = walk_.text(value["id"], "authority.id");
        authority.labels = walk_.labels(value["labels"], "authority.labels");
      }
      if (!walk_.problem() && value.contains("signing_key")) {
        walk_.hex(authority.signing_key.octets, value["signing_key"], "authority.signing_key");
        walk_.hex(authority.signing_proof.octets, value["signing_proof"],
                  "authority.signing_proof");
      }
    }
    if (root.contains("beacon")) {
      out_.beacon = walk_.labels(root["beacon"], "beacon");
    }
    if (root.contains("eligibility")) {
      const std::string name = walk_.text(root["eligibility"], "eligibility");
      if (name != eligibility_names[0] && name != eligibility_names[1]) {
        walk_.wrong("eligibility", "must be none or tokens");
      }
      out_.eligibility =
          name == eligibility_names[1] ? eligibility_log::tokens : eligibility_log::none;
    }
  }

  board_entry read_board(const json& value, const std::string& place) {
    board_entry board;
    if (!walk_.members(value, place, {"id", "labels", "threshold", "trustees"})) {
      return board;
    }
    board.id = walk_.text(value["id"], place + ".id");
    board.labels = walk_.labels(value["labels"], place + ".labels");
    board.threshold = walk_.number(value["threshold"], place + ".threshold");
    const std::string inside = place + ".trustees";
    for (std::size_t i = 0; const json& trustee : walk_.list(value["trustees"], inside)) {
      board.trustees.push_back(read_trustee(trustee, json_walk::item(inside, i++)));
    }
    return board;
  }

  /// An object with id, labels and keys; a draft may leave all the keys out.
  bool named_with_keys(const json& value, const std::string& place, std::set<std::string> keys) {
    const bool left_out = form_ == manifest_form::draft && value.is_object() &&
                          std::none_of(keys.begin(), keys.end(),
                                       [&](const auto& key) { return value.contains(key); });
    if (left_out) {
      keys.clear();
    }
    keys.insert({"id", "labels"});
    return walk_.members(value, place, keys);
  }

  trustee_entry read_trustee(const json& value, const std::string& place) {
    trustee_entry trustee{};
    if (!named_with_keys(value, place,
                         {"signing_key", "encryption_key", "signing_proof", "encryption_proof"})) {
      return trustee;
    }
    trustee.id = walk_.text(value["id"], place + ".id");
    trustee.labels = walk_.labels(value["labels"], place + ".labels");
    if (!value.contains("signing_key")) {
      return trustee;
    }
    walk_.hex(trustee.signing_key.octets, value["signing_key"], place + ".signing_key");
    walk_.hex(trustee.encryption_key.octets, value["encryption_key"], place + ".encryption_key");
    walk_.hex(trustee.signing_proof.octets, value["signing_proof"], place + ".signing_proof");
    walk_.hex(trustee.encryption_proof.octets, value["encryption_proof"],
              place + ".encryption_proof");
    return trustee;
  }

  node_level read_level(const json& value, const std::string& place) {
    if (const auto level = manifest_words::level_named(walk_.text(value, place))) {
      return *level;
    }
    walk_.wrong(place, "must be " + named_levels(" or "));
    return node_level::nation;
  }

  void read_node(const json& value, const std::string& place, node_index parent,
                 std::size_t depth) {
    if (depth >= level_names.size()) {
      walk_.wrong(place, "the tree is deeper than " + named_levels(", "));
      return;
    }
    const bool branch =
        value.is_object() && value.contains("level") && value["level"] == level_names.back();
    if (!walk_.members(value, place, {"id", "level", "labels", branch ? "styles" : "children"})) {
      return;
    }
    const node_index self{static_cast<std::uint32_t>(out_.nodes.size())};
    const std::string id = walk_.text(value["id"], place + ".id");
    nodes_.try_emplace(id, self);
    out_.nodes.push_back({id, read_level(value["level"], place + ".level"), parent,
                          walk_.labels(value["labels"], place + ".labels")});
    if (branch) {
      auto& styles = out_.branch_styles.emplace_back();
      for (const std::uint32_t style :
           references(value["styles"], place + ".styles", styles_, "style")) {
        styles.push_back(style_index{style});
      }
      return;
    }
    const std::string inside = place + ".children";
    for (std::size_t i = 0; const json& child : walk_.list(value["children"], inside)) {
      read_node(child, json_walk::item(inside, i++), self, depth + 1);
    }
  }

  static std::string named_levels(const std::string& before_last) {
    std::string out;
    for (std::size_t i = 0; i < level_names.size(); ++i) {
      const bool last = i + 1 == level_names.size();
      out += (i == 0 ? "" : last ? before_last : ", ") + std::string(level_names[i]);
    }
    return out;
  }

  contest_entry read_contest(const json& value, const std::string& place) {
    contest_entry contest = contest_from_json(walk_, value, place, nodes_);
    contests_.try_emplace(contest.id, static_cast<std::uint32_t>(contests_.size()));
    return contest;
  }

  void read_style_names(const json& value) {
    for (std::size_t i = 0; const json& style : walk_.list(value, "styles")) {
      const std::string place = json_walk::item("styles", i++);
      if (walk_.members(style, place, {"id", "contests"})) {
        styles_.try_emplace(walk_.text(style["id"], place + ".id"),
                            static_cast<std::uint32_t>(i - 1));
      }
    }
  }

  void read_styles(const json& value) {
    for (std::size_t i = 0; const json& style : walk_.list(value, "styles")) {
      const std::string place = json_walk::item("styles", i++);
      if (walk_.problem()) {
        return;
      }
      style_entry entry{walk_.text(style["id"], place + ".id"), {}};
      for (const std::uint32_t contest :
           references(style["contests"], place + ".contests", contests_, "contest")) {
        entry.contests.push_back(contest_index{contest});
      }
      out_.styles.push_back(std::move(entry));
    }
  }

  /// Ids in any order become ascending indices; an id named twice is an error.
  std::set<std::uint32_t> references(const json& value, const std::string& place,
                                     const std::map<std::string, std::uint32_t>& known,
                                     const std::string& what) {
    std::set<std::uint32_t> out;
    for (std::size_t i = 0; const json& id : walk_.list(value, place)) {
      const std::string here = json_walk::item(place, i++);
      const auto found = known.find(walk_.text(id, here));
      if (found == known.end()) {
        walk_.wrong(here, "no " + what + " has this id", errc::not_found);
      } else if (!out.insert(found->second).second) {
        walk_.wrong(here, "names the same " + what + " twice", errc::duplicate);
      }
    }
    return out;
  }

  manifest_form form_;
  json_walk walk_;
  manifest out_;
  std::map<std::string, node_index> nodes_;
  std::map<std::string, std::uint32_t> contests_;
  std::map<std::string, std::uint32_t> styles_;
};

}  // namespace

result<manifest> manifest_from_json(std::string_view text, manifest_form form) {
  auto root = parse_strictly(text);
  if (!root) {
    return tl::unexpected(std::move(root.error()));
  }
  manifest_reader reader(form);
  manifest out = reader.read(*root);
  if (reader.problem()) {
    return tl::unexpected(*reader.problem());
  }
  return out;
}

}  // namespace sandoq::tool
