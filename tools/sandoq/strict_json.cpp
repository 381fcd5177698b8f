#include "strict_json.hpp"

#include <map>
#include <utility>
#include <vector>

#include "label_text.hpp"
#include "lib/ballot/label_fields.hpp"

namespace sandoq::tool {
namespace {

/// What the parser says, without the number that it begins with.
error no_json(const json::exception& problem) {
  std::string_view said = problem.what();
  if (const auto number = said.find("] "); number != std::string_view::npos) {
    said.remove_prefix(number + 2);
  }
  return {errc::bad_encoding, "", "is no JSON text: " + std::string(said)};
}

/// Goes over the text before anything is built from it, and stops at what the library would let
/// pass: members that are written twice, objects of many members, and values deep inside others. No
/// manifest has them; the library searches all members of an object for each one more, and copies
/// and removes what is nested by calling itself.
class form_check final : public nlohmann::json_sax<json> {
 public:
  static constexpr std::size_t max_members = 64;
  static constexpr std::size_t max_depth = 64;

  [[nodiscard]] const std::optional<error>& problem() const noexcept { return problem_; }

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_array(std::size_t) override { return deeper(); }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool start_object(std::size_t) override {
    seen_.emplace_back();
    return deeper();
  }
  bool end_object() override {
    seen_.pop_back();
    --depth_;
    return true;
  }
  bool key(string_t& name) override {
    if (seen_.back().size() == max_members) {
      problem_ = error{errc::too_large, "", "an object has more than 64 members"};
    } else if (!seen_.back().insert(name).second) {
      problem_ = error{errc::duplicate, "", "the member \"" + name + "\" is written twice"};
    }
    return !problem_;
  }
  bool parse_error(std::size_t, const std::string&, const json::exception& e) override {
    problem_ = no_json(e);
    return false;
  }

 private:
  bool deeper() {
    if (++depth_ > max_depth) {
      problem_ = error{errc::too_large, "", "has values nested deeper than 64"};
    }
    return !problem_;
  }

  std::size_t depth_ = 0;
  std::vector<std::set<std::string>> seen_;  // member names of the objects that are open
  std::optional<error> problem_;
};

}  // namespace

result<json> parse_strictly(std::string_view text) {
  form_check form;
  if (!json::sax_parse(text, &form)) {
    return tl::unexpected<error>(
        form.problem().value_or(error{errc::bad_encoding, "", "is no JSON text"}));
  }
  try {
    return json::parse(text);
  } catch (const json::exception& problem) {
    return tl::unexpected(no_json(problem));
  }
}

label_list json_walk::labels(const json& value, const std::string& place) {
  std::map<std::string, std::string> sorted;
  if (!value.is_object()) {
    wrong(place, "must be an object of language: text");
    return {};
  }
  if (value.size() > detail::max_labels) {
    wrong(place, "must have at most " + std::to_string(detail::max_labels) + " languages",
          errc::too_large);
    return {};
  }
  for (const auto& [language, shown] : value.items()) {
    if (language.empty() || language.size() > detail::max_language_bytes) {
      wrong(place,
            "a language tag must have 1 to " + std::to_string(detail::max_language_bytes) +
                " bytes, not " + std::to_string(language.size()),
            errc::out_of_range);
      return {};
    }
    auto normal = normalised_label(language, text(shown, join(place, language)));
    if (!normal) {
      wrong(join(place, language), normal.error().reason, errc::bad_text);
      return {};
    }
    if (normal->size() > detail::max_label_bytes) {
      wrong(join(place, language),
            "has " + std::to_string(normal->size()) + " bytes; shorten it to at most " +
                std::to_string(detail::max_label_bytes),
            errc::too_large);
      return {};
    }
    sorted[language] = *normal;
  }
  label_list out;
  for (auto& [language, shown] : sorted) {
    out.push_back({language, shown});
  }
  return out;
}

}  // namespace sandoq::tool
