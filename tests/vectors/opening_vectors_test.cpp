// spec/55-threshold/vectors/ceremony.json: which sets may be opened together (kinds "policy" and
// "list-policy"), and the structure of requests and answers (kind "item").

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/opening_policy.hpp"
#include "tests/support/vector_file.hpp"

namespace sandoq {
namespace {

using testing::vector_value;

node_index node_of(const vector_value& v) {
  return node_index(static_cast<std::uint32_t>(v.number()));
}

// The vectors speak of sets of branches, so the tree is a nation of branches.
opening_grounds grounds_of(const vector_value& v, std::uint32_t mixed_each = 0) {
  contest_places places{node_index(0), static_cast<std::uint32_t>(v.at("floor").number()), {}};
  for (const vector_value& branch : v.at("counts").items()) {
    places.branches.push_back(
        {node_of(branch.items().at(0)), static_cast<std::uint64_t>(branch.items().at(1).number())});
  }
  places.mixed_each = mixed_each;
  const std::uint32_t nodes = places.branches.back().branch.value() + 1;
  std::vector<node_index> ends = {node_index(nodes)};
  for (std::uint32_t n = 1; n < nodes; ++n) {
    ends.emplace_back(n + 1);
  }
  return {std::move(ends), {std::move(places)}};
}

/// Adds the sets of that member, in order; the branches of each ascending.
void add_sets(std::vector<opening_set>& family, const vector_value& v, bool are_lists) {
  std::uint32_t group = 0;
  for (const vector_value& set : v.items()) {
    opening_set& out = family.emplace_back();
    out.number = static_cast<std::uint32_t>(family.size());
    out.group = are_lists ? ++group : 0;
    for (const vector_value& branch : set.items()) {
      out.nodes.push_back(node_of(branch));
    }
    std::sort(out.nodes.begin(), out.nodes.end());
  }
}

TEST(OpeningPolicyVectors, AreReproduced) {
  std::size_t checked = 0;
  for (const vector_value& v : testing::load_vectors("55-threshold/vectors/ceremony.json")) {
    if (v.at("kind").text() != "policy") {
      continue;
    }
    SCOPED_TRACE(v.at("id").text() + " " + v.at("comment").text());
    ++checked;
    std::vector<opening_set> family;
    add_sets(family, v.at("sets"), false);
    const auto found = check_policy(grounds_of(v), contest_index(0), family);
    EXPECT_EQ(found.holds(), v.at("expect").text() == "accept") << found.reason();
  }
  EXPECT_GT(checked, 0U);
}

TEST(OpeningPolicyVectors, OfListsAreReproduced) {
  std::size_t checked = 0;
  for (const vector_value& v : testing::load_vectors("55-threshold/vectors/ceremony.json")) {
    if (v.at("kind").text() != "list-policy") {
      continue;
    }
    SCOPED_TRACE(v.at("id").text() + " " + v.at("comment").text());
    ++checked;
    std::vector<opening_set> family;
    add_sets(family, v.at("sets"), false);
    add_sets(family, v.at("lists"), true);
    const opening_grounds grounds = grounds_of(v, 2);
    auto found = check_policy(grounds, contest_index(0), family);
    if (found.holds()) {
      found = check_lists_complete(grounds, contest_index(0), family);
    }
    EXPECT_EQ(found.holds(), v.at("expect").text() == "accept") << found.reason();
  }
  EXPECT_GT(checked, 0U);
}

template <class Item>
bool reads(const bytes& canonical) {
  const auto item = Item::decode(canonical);
  if (item) {
    EXPECT_EQ(item->encode(), canonical);
  }
  return item.has_value();
}

TEST(OpeningItemVectors, AreReadStrictly) {
  constexpr std::int64_t request_kind = 40;
  constexpr std::int64_t partial_kind = 41;
  std::size_t checked = 0;
  for (const vector_value& v : testing::load_vectors("55-threshold/vectors/ceremony.json")) {
    if (v.at("kind").text() != "item") {
      continue;
    }
    const std::int64_t kind = v.at("item").number();
    if (kind != request_kind && kind != partial_kind) {
      continue;  // those of the ceremony
    }
    SCOPED_TRACE(v.at("id").text() + " " + v.at("comment").text());
    ++checked;
    const bytes canonical = v.at("bytes").octets();
    const bool read = kind == request_kind ? reads<opening_request>(canonical)
                                           : reads<partial_decryption>(canonical);
    EXPECT_EQ(read, v.at("expect").text() == "accept");
  }
  EXPECT_GT(checked, 0U);
}

}  // namespace
}  // namespace sandoq
