#include <string_view>

#include "rule_json.hpp"
#include "rule_layout.hpp"

namespace sandoq::tool {
namespace {

std::string fraction_text(const rule_fraction& value) {
  return std::to_string(value.numerator) + "/" + std::to_string(value.denominator);
}

/// Makes the object of a part of a rule; what is 0 because it has no meaning is left out.
class part_writer {
 public:
  template <class Part>
  static json write(const Part& part) {
    part_writer writer;
    rule_layout::members(writer, part);
    return std::move(writer.out_);
  }

  void number(const char* name, std::uint32_t value) { out_[name] = value; }
  void flag(const char* name, std::uint8_t value) { out_[name] = value != 0; }
  template <class Code, class Names>
  void code(const char* name, Code value, const Names& names) {
    const auto at = static_cast<std::size_t>(value);
    if (at < names.size() && !names[at].empty()) {
      out_[name] = names[at];
    }
  }
  void fraction(const char* name, const rule_fraction& value) {
    if (value.numerator != 0) {
      out_[name] = fraction_text(value);
    }
  }
  void fractions(const char* name, const std::vector<rule_fraction>& values) {
    for (const rule_fraction& value : values) {
      out_[name].push_back(fraction_text(value));
    }
  }
  void threshold(const char* name, const std::optional<threshold_rule>& value) {
    if (value) {
      out_[name] = write(*value);
    }
  }

 private:
  json out_ = json::object();
};

}  // namespace

json rule_to_json(const rule& law) {
  json out{{"format", rule::format}, {"ballot", part_writer::write(law.ballot)}};
  out[std::string(rule_layout::methods.at(law.method.index()))] =
      std::visit([](const auto& part) { return part_writer::write(part); }, law.method);
  return out;
}

json party_lists_to_json(std::span<const party_list> lists, std::span<const option_entry> options) {
  json out = json::array();
  for (const party_list& list : lists) {
    json labels = json::object();
    for (const label& entry : list.labels) {
      labels[entry.language] = entry.text;
    }
    json members = json::array();
    for (const option_index member : list.options) {
      members.push_back(options[member.value()].id);
    }
    out.push_back({{"id", list.id}, {"labels", labels}, {"options", members}});
  }
  return out;
}

}  // namespace sandoq::tool
