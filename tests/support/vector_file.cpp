#include "tests/support/vector_file.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "tests/support/source_dir.hpp"

namespace sandoq::testing {

struct vector_value_builder {
  static vector_value build(const nlohmann::json& in) {
    vector_value out;
    if (in.is_string()) {
      out.kind_ = vector_value::kind::text;
      out.text_ = in.get<std::string>();
    } else if (in.is_number_integer()) {
      out.kind_ = vector_value::kind::number;
      out.number_ = in.get<std::int64_t>();
    } else if (in.is_boolean()) {
      out.kind_ = vector_value::kind::number;
      out.number_ = in.get<bool>() ? 1 : 0;
    } else if (in.is_array()) {
      out.kind_ = vector_value::kind::list;
      for (const auto& item : in) {
        out.items_.push_back(build(item));
      }
    } else if (in.is_object()) {
      out.kind_ = vector_value::kind::object;
      for (const auto& [key, value] : in.items()) {
        out.members_.emplace(key, build(value));
      }
    }
    return out;
  }
};

bool vector_value::has(std::string_view key) const {
  return members_.find(key) != members_.end();
}

const vector_value& vector_value::at(std::string_view key) const {
  static const vector_value none;
  const auto found = members_.find(key);
  if (found == members_.end()) {
    ADD_FAILURE() << "the vector has no field " << key;
    return none;
  }
  return found->second;
}

const std::vector<vector_value>& vector_value::items() const {
  EXPECT_EQ(kind_, kind::list) << "not a list";
  return items_;
}

const std::string& vector_value::text() const {
  EXPECT_EQ(kind_, kind::text) << "not a text";
  return text_;
}

std::int64_t vector_value::number() const {
  EXPECT_EQ(kind_, kind::number) << "not an integer";
  return number_;
}

bytes vector_value::octets() const {
  auto read = from_hex(text());
  EXPECT_TRUE(read) << "not hexadecimal: " << text_;
  return std::move(read).value_or(bytes{});
}

bytes vector_value::joined_octets() const {
  bytes out;
  for (const vector_value& item : items()) {
    const bytes part = item.octets();
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

void vector_value::expect_size(std::size_t read, std::size_t expected) {
  EXPECT_EQ(read, expected) << "the field has another number of bytes";
}

std::vector<vector_value> load_vectors(std::string_view path) {
  const std::string file = source_dir() + "/spec/" + std::string(path);
  std::ifstream in(file);
  EXPECT_TRUE(in) << "cannot open " << file;
  const auto parsed = nlohmann::json::parse(in, nullptr, false);
  EXPECT_FALSE(parsed.is_discarded()) << file << " is not JSON";
  if (parsed.is_discarded() || !parsed.contains("vectors")) {
    ADD_FAILURE() << file << " holds no vectors";
    return {};
  }
  auto vectors = vector_value_builder::build(parsed["vectors"]).items();
  EXPECT_FALSE(vectors.empty()) << file << " holds no vectors";
  return vectors;
}

}  // namespace sandoq::testing
