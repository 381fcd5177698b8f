#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>
#include <utility>

#include "rule_json.hpp"
#include "rule_layout.hpp"

namespace sandoq::tool {
namespace {

/// Collects the names of members.
struct member_names {
  std::set<std::string> required;
  std::set<std::string> optional;
  void number(const char* name, std::uint32_t&) { required.insert(name); }
  void flag(const char* name, std::uint8_t&) { optional.insert(name); }
  void fraction(const char* name, rule_fraction&) { optional.insert(name); }
  void fractions(const char* name, std::vector<rule_fraction>&) { optional.insert(name); }
  void threshold(const char* name, std::optional<threshold_rule>&) { optional.insert(name); }
  template <class Code, class Names>
  void code(const char* name, Code&, const Names&) {
    optional.insert(name);
  }
};

/// Fills a part of a rule from an object. What is left out is 0; whether it may be, the conditions
/// of the rule say.
class part_reader {
 public:
  part_reader(json_walk& walk, const json& value, const std::string& place)
      : walk_(walk), value_(value), place_(place) {}

  template <class Part>
  void read(Part& out) {
    member_names names;
    rule_layout::members(names, out);
    if (walk_.members(value_, place_, names.required, names.optional)) {
      rule_layout::members(*this, out);
    }
  }

  void number(const char* name, std::uint32_t& out) {
    out = walk_.number(value_[name], json_walk::join(place_, name));
  }

  void flag(const char* name, std::uint8_t& out) {
    out = 0;
    if (!value_.contains(name)) {
      return;
    }
    if (!value_[name].is_boolean()) {
      walk_.wrong(json_walk::join(place_, name), "must be true or false");
      return;
    }
    out = value_[name].get<bool>() ? 1 : 0;
  }

  template <class Code, class Names>
  void code(const char* name, Code& out, const Names& names) {
    out = {};
    if (!value_.contains(name)) {
      return;
    }
    const std::string place = json_walk::join(place_, name);
    const std::string given = walk_.text(value_[name], place);
    const auto found = std::find(names.begin(), names.end(), given);
    if (given.empty() || found == names.end()) {
      walk_.wrong(place, "must be one of " + listed(names));
      return;
    }
    out = static_cast<Code>(found - names.begin());
  }

  void fraction(const char* name, rule_fraction& out) {
    out = value_.contains(name) ? fraction_of(value_[name], json_walk::join(place_, name))
                                : rule_fraction{};
  }

  void fractions(const char* name, std::vector<rule_fraction>& out) {
    if (!value_.contains(name)) {
      return;
    }
    const std::string inside = json_walk::join(place_, name);
    for (std::size_t i = 0; const json& entry : walk_.list(value_[name], inside)) {
      out.push_back(fraction_of(entry, json_walk::item(inside, i++)));
    }
  }

  void threshold(const char* name, std::optional<threshold_rule>& out) {
    if (value_.contains(name)) {
      part_reader(walk_, value_[name], json_walk::join(place_, name)).read(out.emplace());
    }
  }

 private:
  template <class Names>
  static std::string listed(const Names& names) {
    std::string out;
    for (const std::string_view name : names) {
      out += (out.empty() || name.empty() ? "" : ", ") + std::string(name);
    }
    return out;
  }

  /// A number without leading zeros or sign; moves `text` behind it.
  static bool take_number(std::string_view& text, std::uint32_t& out) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out);
    const auto size = static_cast<std::size_t>(end - text.data());
    const bool good = problem == std::errc() && (text.front() != '0' || size == 1);
    text.remove_prefix(size);
    return good;
  }

  rule_fraction fraction_of(const json& value, const std::string& place) {
    const std::string given = walk_.text(value, place);
    std::string_view rest = given;
    rule_fraction out;
    bool good = take_number(rest, out.numerator) && rest.substr(0, 1) == "/";
    if (good) {
      rest.remove_prefix(1);
      good = take_number(rest, out.denominator) && rest.empty();
    }
    if (!good) {
      walk_.wrong(place, "must be a fraction of whole numbers, like \"1/20\"");
      return {};
    }
    return out;
  }

  json_walk& walk_;
  const json& value_;
  std::string place_;
};

}  // namespace

rule rule_from_json(json_walk& walk, const json& value, const std::string& place) {
  rule out;
  if (!walk.members(value, place, {"format", "ballot"},
                    {rule_layout::methods.begin(), rule_layout::methods.end()})) {
    return out;
  }
  const auto fits = [&](std::string_view method) { return value.contains(std::string(method)); };
  if (std::count_if(rule_layout::methods.begin(), rule_layout::methods.end(), fits) != 1) {
    walk.wrong(place, "must have exactly one of plurality, proportional and ranking");
    return out;
  }
  if (walk.number(value["format"], place + ".format") != rule::format) {
    walk.wrong(place + ".format", "must be 1", errc::unsupported);
  }
  part_reader(walk, value["ballot"], place + ".ballot").read(out.ballot);
  if (fits("proportional")) {
    out.method = proportional_rule{};
  } else if (fits("ranking")) {
    out.method = ranking_rule{};
  }
  const std::string name(rule_layout::methods.at(out.method.index()));
  std::visit(
      [&](auto& part) { part_reader(walk, value[name], json_walk::join(place, name)).read(part); },
      out.method);
  if (const auto good = out.check(); !good && !walk.problem()) {
    walk.wrong(place, good.error().place + ": " + good.error().reason, good.error().code);
  }
  return out;
}

std::vector<party_list> party_lists_from_json(json_walk& walk, const json& value,
                                              const std::string& place,
                                              const std::map<std::string, std::uint32_t>& options) {
  std::vector<party_list> out;
  std::set<std::uint32_t> listed;
  std::set<std::string> ids;
  for (std::size_t i = 0; const json& entry : walk.list(value, place)) {
    const std::string here = json_walk::item(place, i++);
    if (!walk.members(entry, here, {"id", "labels", "options"})) {
      return out;
    }
    party_list list{
        walk.text(entry["id"], here + ".id"), walk.labels(entry["labels"], here + ".labels"), {}};
    if (!ids.insert(list.id).second) {
      walk.wrong(here + ".id", "another list has this id", errc::duplicate);
    }
    const std::string inside = here + ".options";
    for (std::size_t k = 0; const json& id : walk.list(entry["options"], inside)) {
      const std::string member = json_walk::item(inside, k++);
      const auto found = options.find(walk.text(id, member));
      if (found == options.end()) {
        walk.wrong(member, "no option of this contest has this id", errc::not_found);
      } else if (!listed.insert(found->second).second) {
        walk.wrong(member, "this option stands on a list already", errc::duplicate);
      } else {
        list.options.emplace_back(found->second);
      }
    }
    if (list.options.empty()) {
      walk.wrong(inside, "a list must have at least one option", errc::missing);
    }
    out.push_back(std::move(list));
  }
  return out;
}

}  // namespace sandoq::tool
