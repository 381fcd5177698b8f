// spec/00-notation/vectors/notation.json. The types `id` and `labels` are read by the decoder of
// the manifest, in whose bytes they are put.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/merkle.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "tests/support/sample_election.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/known_literal.hpp"

namespace sandoq {
namespace {

using testing::known_literal;
using testing::vector_value;

constexpr std::size_t limit = 1024;

/// Reads one value of a type and writes it again; an error where the bytes are refused.
result<bytes> recode(const std::string& type, byte_view in) {
  byte_reader reader(in);
  byte_writer writer;
  result<void> read;
  const auto take = [&](auto value, const auto& write) {
    if (value) {
      write(*value);
    } else {
      read = tl::unexpected<error>(value.error());
    }
  };
  if (type == "u8") {
    take(reader.u8("x"), [&](auto x) { writer.u8(x); });
  } else if (type == "u16") {
    take(reader.u16("x"), [&](auto x) { writer.u16(x); });
  } else if (type == "u32") {
    take(reader.u32("x"), [&](auto x) { writer.u32(x); });
  } else if (type == "u64") {
    take(reader.u64("x"), [&](auto x) { writer.u64(x); });
  } else if (type == "b32") {
    take(reader.fixed<32>("x"), [&](const auto& x) { writer.fixed(x); });
  } else if (type == "var") {
    take(reader.var(limit, "x"), [&](auto x) { writer.var(x); });
  } else if (type == "text") {
    take(reader.text(limit, "x"), [&](auto x) { writer.text(x); });
  } else if (type == "list of u32") {
    take(reader.count(limit, 4, "x"), [&](std::uint32_t n) {
      writer.count(n);
      for (std::uint32_t i = 0; i < n && read; ++i) {
        take(reader.u32("item"), [&](auto x) { writer.u32(x); });
      }
    });
  } else {
    ADD_FAILURE() << "unknown type " << type;
  }
  if (read) {
    read = reader.finish();
  }
  if (!read) {
    return tl::unexpected<error>(read.error());
  }
  return std::move(writer).take();
}

void check_decode(const vector_value& v) {
  const bytes in = v.at("bytes").octets();
  const auto out = recode(v.at("type").text(), in);
  EXPECT_EQ(out.has_value(), v.at("expect").text() == "accept");
  if (out) {
    EXPECT_EQ(*out, in);
  }
}

// A sound manifest with the bytes of a vector as its election id or as its title.
void check_in_manifest(const vector_value& v, const manifest& sound) {
  byte_writer id;
  id.text(sound.election);
  byte_writer title;
  title.count(sound.title.size());
  for (const label& l : sound.title) {
    title.text(l.language);
    title.text(l.text);
  }
  bytes canonical = sound.encode();
  const auto at_id =
      std::search(canonical.begin(), canonical.end(), id.view().begin(), id.view().end());
  const auto at_title = at_id + static_cast<std::ptrdiff_t>(id.size());
  ASSERT_TRUE(std::equal(title.view().begin(), title.view().end(), at_title));
  const bool is_id = v.at("type").text() == "id";
  const auto from = is_id ? at_id : at_title;
  const auto size = static_cast<std::ptrdiff_t>(is_id ? id.size() : title.size());
  const bytes in = v.at("bytes").octets();
  canonical.insert(canonical.erase(from, from + size), in.begin(), in.end());
  const auto read = manifest::decode(canonical);
  EXPECT_EQ(read.has_value(), v.at("expect").text() == "accept");
  if (read) {
    EXPECT_EQ(read->encode(), canonical);
    EXPECT_NE(is_id ? read->election == sound.election : read->title == sound.title, true);
  } else {
    const std::string& place = read.error().place;
    const auto names = [&](const char* field) { return place.find(field) != std::string::npos; };
    EXPECT_TRUE(is_id ? names("election") : names("title") || names("language") || names("label"))
        << place;
  }
}

void check_hash(const vector_value& v) {
  framed_hash h(
      known_literal(v.at("tag").text(), {"manifest", "ballot", "code", "election", "node", "x"}));
  h.update(v.at("data").octets());
  EXPECT_EQ(to_hex(h.digest_wide().view()), v.at("h64").text());
  EXPECT_EQ(to_hex(h.digest().view()), v.at("h").text());
}

literal node_tag(const vector_value& v) {
  return known_literal(v.at("tag").text(), {"ballot/node", "seed/node"});
}

std::vector<digest32> digests(const vector_value& v) {
  std::vector<digest32> out;
  for (const vector_value& item : v.items()) {
    out.push_back({item.octets<32>()});
  }
  return out;
}

void check_path(const vector_value& v) {
  const auto index = static_cast<std::uint64_t>(v.at("index").number());
  const auto root = merkle_root_from_path(
      node_tag(v), {v.at("leaf").octets<32>()},
      {index - 1, static_cast<std::uint64_t>(v.at("count").number())}, digests(v.at("path")));
  const bool accepted = root && to_hex(root->view()) == v.at("root").text();
  EXPECT_EQ(accepted, v.at("expect").text() == "accept");
}

TEST(notation_vectors, all) {
  testing::deterministic_random random(testing::test_seed());
  const manifest sound = testing::sample_election(random).source();
  std::map<std::string, int> seen;
  std::map<std::string, int> types;
  for (const vector_value& v : testing::load_vectors("00-notation/vectors/notation.json")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const std::string& kind = v.at("kind").text();
    ++seen[kind];
    if (kind == "decode") {
      ++types[v.at("type").text()];
      if (v.at("type").text() == "id" || v.at("type").text() == "labels") {
        check_in_manifest(v, sound);
      } else {
        check_decode(v);
      }
    } else if (kind == "hash") {
      check_hash(v);
    } else if (kind == "wide") {
      EXPECT_EQ(to_hex(ristretto255::encode_scalar(
                    ristretto255::scalar_from_wide(v.at("digest").octets<64>()))),
                v.at("scalar").text());
    } else if (kind == "merkle") {
      EXPECT_EQ(to_hex(merkle_root(node_tag(v), digests(v.at("leaves"))).view()),
                v.at("root").text());
    } else if (kind == "merkle-path") {
      check_path(v);
    } else {
      ADD_FAILURE() << "unknown kind " << kind;
    }
  }
  EXPECT_EQ(seen.size(), 5U);
  EXPECT_GE(types["id"], 9);
  EXPECT_GE(types["labels"], 11);
}

}  // namespace
}  // namespace sandoq
