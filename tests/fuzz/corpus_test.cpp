// The corpora of the tree and the seeds, without a fuzzer: every property holds for each of them.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <set>

#include "sandoq/record/items.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/support/source_dir.hpp"

namespace sandoq::fuzzing {

// How GoogleTest shows the parameter.
void PrintTo(const target& family, std::ostream* out) {
  *out << family.name;
}

namespace {

namespace fs = std::filesystem;

bytes content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const byte_view octets = bytes_of(text);
  return {octets.begin(), octets.end()};
}

fs::path corpus_of(const target& family) {
  return fs::path(testing::source_dir()) / "tests/fuzz/corpus" / family.name;
}

class Corpus : public ::testing::TestWithParam<target> {
 protected:
  // Runs an input; returns whether its decoder took it.
  static bool run(const bytes& input, const std::string& name) {
    const decoder* found = decoder_of(GetParam(), input);
    EXPECT_NE(found, nullptr) << name << " names no decoder";
    if (found == nullptr) {
      return false;
    }
    const outcome result = found->run(byte_view(input).subspan(1));
    EXPECT_EQ(result.broken, "") << name;
    return result.accepted;
  }
};

TEST_P(Corpus, KeepsTheProperties) {
  ASSERT_TRUE(fs::is_directory(corpus_of(GetParam())));
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(corpus_of(GetParam()))) {
    SCOPED_TRACE(entry.path().string());
    (void)run(content_of(entry.path()), entry.path().filename().string());
    ++files;
  }
  EXPECT_GT(files, 0U);
}

// A decoder whose seeds are all refused, or a property that sees no refusal, would test nothing.
TEST_P(Corpus, EveryDecoderTakesItsSeedsAndRefusesThemCut) {
  std::set<std::string_view> taken;
  std::set<std::string_view> refused;
  for (const seed& s : seeds_of(GetParam())) {
    if (run(s.input, std::string(s.decoder))) {
      taken.insert(s.decoder);
    }
    bytes cut = s.input;
    cut.pop_back();
    if (!run(cut, std::string(s.decoder) + ", cut")) {
      refused.insert(s.decoder);
    }
  }
  for (const decoder& d : GetParam().decoders) {
    EXPECT_TRUE(taken.contains(d.name)) << d.name << " takes no seed: see seeds.cpp";
    // A label or a list of lines may end anywhere, and whole elements are what is read of
    // "elements".
    if (d.name != "label" && d.name != "csv" && d.name != "ballots" && d.name != "elements" &&
        d.name != "modp4096_elements") {
      EXPECT_TRUE(refused.contains(d.name)) << d.name << " refuses no seed without its last byte";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, Corpus, ::testing::ValuesIn(all_targets()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Targets, HoldADecoderForEveryKindOfItem) {
  std::set<std::string_view> names;
  for (const target& family : all_targets()) {
    for (const decoder& d : family.decoders) {
      EXPECT_TRUE(names.insert(d.name).second) << d.name << " stands twice";
    }
  }
  for (std::uint32_t number = 0; number < 1024; ++number) {
    if (is_item_kind(number)) {
      const std::string_view name = name_of(static_cast<item_kind>(number));
      EXPECT_TRUE(names.contains(name)) << "add a decoder \"" << name << "\" to item_targets.cpp";
    }
  }
}

}  // namespace
}  // namespace sandoq::fuzzing
