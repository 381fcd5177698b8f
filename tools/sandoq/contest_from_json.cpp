#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "contest_json.hpp"
#include "encoding_choice.hpp"
#include "manifest_words.hpp"
#include "rule_json.hpp"

namespace sandoq::tool {
namespace {

using manifest_words::automatic;
using manifest_words::encoding_names;
using manifest_words::rule_name;

/// Reads the members of one contest, one after another.
class contest_reader {
 public:
  contest_reader(json_walk& walk, const json& value, const std::string& place)
      : walk_(walk), value_(value), place_(place) {}

  contest_entry read(const std::map<std::string, node_index>& nodes) {
    if (!walk_.members(value_, place_,
                       {"id", "labels", "scope", "options", "max", "min", "blank", "seats",
                        "alternates", "rule"},
                       {"floor", "attributes", "encoding", "text", "lists"})) {
      return {};
    }
    read_choices(nodes);
    read_seats();
    read_lists();
    read_encoding();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string at(const char* member) const { return json_walk::join(place_, member); }
  [[nodiscard]] std::uint32_t number(const char* member) {
    return walk_.number(value_[member], at(member));
  }

  void read_choices(const std::map<std::string, node_index>& nodes) {
    out_.id = walk_.text(value_["id"], at("id"));
    out_.labels = walk_.labels(value_["labels"], at("labels"));
    const auto scope = nodes.find(walk_.text(value_["scope"], at("scope")));
    if (scope == nodes.end()) {
      walk_.wrong(at("scope"), "no place of the tree has this id", errc::not_found);
    } else {
      out_.scope = scope->second;
    }
    out_.options = read_named<option_entry>("options");
    out_.max_choices = number("max");
    out_.min_choices = number("min");
    if (!value_["blank"].is_boolean()) {
      walk_.wrong(at("blank"), "must be true or false");
    } else {
      out_.blank = value_["blank"].get<bool>() ? blank_option::counted : blank_option::absent;
    }
  }

  void read_seats() {
    out_.seats = number("seats");
    out_.alternates = number("alternates");
    const json& rule = value_["rule"];
    if (rule.is_object()) {
      out_.rule = seat_rule::by_law;
      out_.law = rule_from_json(walk_, rule, at("rule"));
    } else if (!rule.is_string() || rule.get<std::string>() != rule_name) {
      walk_.wrong(at("rule"), std::string("must be ") + rule_name + " or the object of a rule",
                  errc::unsupported);
    }
    if (value_.contains("floor")) {
      out_.floor = number("floor");
    }
    if (value_.contains("attributes")) {
      out_.attributes = read_named<attribute_entry>("attributes");
    }
  }

  /// Options and attributes have the same form.
  template <class Entry>
  std::vector<Entry> read_named(const char* member) {
    std::vector<Entry> out;
    for (std::size_t i = 0; const json& entry : walk_.list(value_[member], at(member))) {
      const std::string here = json_walk::item(at(member), i++);
      if (walk_.members(entry, here, {"id", "labels"})) {
        out.push_back({walk_.text(entry["id"], here + ".id"),
                       walk_.labels(entry["labels"], here + ".labels")});
      }
    }
    return out;
  }

  void read_lists() {
    if (!value_.contains("lists")) {
      return;
    }
    std::map<std::string, std::uint32_t> options;
    for (std::uint32_t i = 0; const option_entry& option : out_.options) {
      options.try_emplace(option.id, i++);
    }
    out_.lists = party_lists_from_json(walk_, value_["lists"], at("lists"), options);
    if (!out_.lists.empty() && !out_.law) {
      walk_.wrong(at("lists"), "only a proportional rule has lists; its contest's rule is " +
                                   std::string(rule_name));
    }
  }

  void read_encoding() {
    if (value_.contains("text")) {
      out_.text_bytes = number("text");
    }
    const std::string name = value_.contains("encoding")
                                 ? walk_.text(value_["encoding"], at("encoding"))
                                 : std::string(automatic);
    const auto* const found = std::find(encoding_names.begin(), encoding_names.end(), name);
    if (found != encoding_names.end()) {
      out_.encoding = static_cast<contest_encoding>(found - encoding_names.begin() + 1);
    } else if (name != automatic) {
      walk_.wrong(at("encoding"),
                  "must be bit-vector, slots, packed-subset, packed-ranking or auto");
    } else if (auto chosen = choose_encoding(out_); chosen) {
      out_.encoding = chosen->encoding;
    } else if (!walk_.problem()) {
      walk_.wrong(at("encoding"), chosen.error().reason, chosen.error().code);
    }
    if (out_.text_bytes != 0 && !is_packed(out_.encoding)) {
      walk_.wrong(at("text"), "only packed encodings have room for a write-in; take packed-subset");
    }
  }

  json_walk& walk_;
  const json& value_;
  std::string place_;
  contest_entry out_;
};

}  // namespace

contest_entry contest_from_json(json_walk& walk, const json& value, const std::string& place,
                                const std::map<std::string, node_index>& nodes) {
  return contest_reader(walk, value, place).read(nodes);
}

}  // namespace sandoq::tool
