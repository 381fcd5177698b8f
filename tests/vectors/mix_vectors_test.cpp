// spec/60-mix/vectors/mix.json: cascades, and each changed in one point.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandoq/mixnet/cascade.hpp"
#include "sandoq/mixnet/mix_items.hpp"
#include "tests/vectors/vector_fields.hpp"

namespace sandoq::mix_vectors_test {
namespace {

using group = ristretto255;
using testing::digest_of;
using testing::u32_of;
using testing::vector_value;

constexpr std::string_view path = "60-mix/vectors/mix.json";
constexpr std::size_t most_bases = 8;  // more than any list of the vectors takes

/// A vector, and the accepted one that has what it does not change.
class changed_vector {
 public:
  changed_vector(const vector_value& v, const std::vector<vector_value>& all) : own_(v), base_(v) {
    if (v.has("base_id")) {
      base_ = *std::find_if(all.begin(), all.end(), [&](const vector_value& other) {
        return other.at("id").text() == v.at("base_id").text();
      });
    }
  }
  [[nodiscard]] const vector_value& at(std::string_view field) const {
    return own_.has(field) ? own_.at(field) : base_.at(field);
  }
  [[nodiscard]] std::vector<mixed_stage> stages() const {
    std::vector<mixed_stage> out;
    for (const vector_value& stage : own_.at("stages").items()) {
      const vector_value& from =
          stage.has("stage")
              ? stage
              : base_.at("stages").items().at(static_cast<std::size_t>(stage.number()));
      auto item = mix_stage::decode(from.at("stage").octets());
      EXPECT_TRUE(item) << to_string(item.error());
      EXPECT_EQ(item->encode(), from.at("stage").octets());
      out.push_back({std::move(*item), from.at("elements").joined_octets()});
    }
    return out;
  }

 private:
  const vector_value& own_;
  vector_value base_;
};

std::vector<board_keys> boards_of(const vector_value& v) {
  std::vector<board_keys> out;
  for (const vector_value& board : v.items()) {
    board_keys& keys = out.emplace_back();
    for (const vector_value& key : board.at("signing_keys").items()) {
      keys.signing_keys.push_back(
          {encoded_element<group>::decode(key.octets()).value(), not_shared});
    }
    for (const vector_value& trustee : board.at("shut_out").items()) {
      keys.shut_out.push_back(u32_of(trustee));
    }
  }
  return out;
}

/// What is wrong, in the word of the vectors, or nothing.
std::string judge(const changed_vector& v) {
  const auto shuffles =
      shuffle_election<group>::make(digest_of(v.at("e0")), digest_of(v.at("e1")),
                                    static_cast<election_domain>(v.at("domain").number()),
                                    encoded_element<group>::decode(v.at("key").octets()).value(),
                                    most_bases)
          .value();
  const auto boards = boards_of(v.at("boards"));
  const mix_election election{shuffles, boards, digest_of(v.at("root"))};
  const bytes contest = v.at("contest").octets();
  const mix_subject subject{mix_group::decode(v.at("group").octets()).value(),
                            {reinterpret_cast<const char*>(contest.data()), contest.size()},
                            u32_of(v.at("width"))};
  auto begun = cascade::begin(election, subject, v.at("inputs").joined_octets());
  if (!begun) {
    EXPECT_EQ(begun.error().code, errc::out_of_range);
    return "size";
  }
  sequential_executor workers;
  const auto done = verify_cascade(std::move(*begun), v.stages(), workers);
  return done ? "" : std::string(name_of(done.error().fault));
}

TEST(mix_vectors, every_fault_has_its_name) {
  const auto all = testing::load_vectors(path, "cascade");
  std::map<std::string, int> met;
  for (const vector_value& v : all) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const bool accepted = v.at("expect").text() == "accept";
    const std::string expected = accepted ? "" : v.at("condition").text();
    EXPECT_EQ(judge(changed_vector(v, all)), expected);
    ++met[expected];
  }
  for (std::uint8_t fault = 0; fault <= static_cast<std::uint8_t>(mix_fault::proof); ++fault) {
    const std::string name(name_of(static_cast<mix_fault>(fault)));
    EXPECT_GT(met[name], 0) << name << " is in no vector";
  }
}

template <class Item>
bool reads(byte_view canonical) {
  const auto read = Item::decode(canonical);
  return read.has_value() && std::ranges::equal(read->encode(), canonical);
}

TEST(mix_vectors, items_are_read_strictly) {
  const std::map<std::uint32_t, bool (*)(byte_view)> kinds = {{60, reads<mix_group>},
                                                              {61, reads<mix_stage>},
                                                              {62, reads<mix_elements>},
                                                              {63, reads<mix_factors>}};
  for (const vector_value& v : testing::load_vectors(path, "item")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    EXPECT_EQ(kinds.at(u32_of(v.at("item")))(v.at("bytes").octets()),
              v.at("expect").text() == "accept");
  }
}

}  // namespace
}  // namespace sandoq::mix_vectors_test
