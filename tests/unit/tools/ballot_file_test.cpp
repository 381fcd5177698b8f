#include "tools/sandoq/ballot_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "tests/support/source_dir.hpp"

namespace sandoq::tool {
namespace {

result<ballot_file> read(std::string text, std::optional<std::size_t> limit = std::nullopt) {
  return read_ballot_file(read_from_text(std::move(text)), "dir/town.csv.gz", limit);
}

TEST(BallotFile, TakesChoicesAsASetAndKnowsTheSpecialValues) {
  const auto file = read(
      "precinct,choice1,choice2,choice3\n"
      "P2,Zoe,Ali,Zoe\n"
      "P1,undervote,UWI,overvote\n"
      "P1,,Ali,undervote\n");
  ASSERT_TRUE(file) << to_string(file.error());
  EXPECT_EQ(file->contest, "town");
  EXPECT_EQ(file->columns, 3U);
  EXPECT_EQ(file->max_choices(), 2U);
  EXPECT_EQ(file->options, (std::vector<std::string>{"Ali", "Zoe"}));
  EXPECT_EQ(file->precincts, (std::vector<std::string>{"P1", "P2"}));
  ASSERT_EQ(file->ballots.size(), 3U);
  EXPECT_EQ(file->ballots[0].precinct, 1U);
  EXPECT_EQ(file->ballots[0].choices, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_TRUE(file->ballots[1].choices.empty());
}

TEST(BallotFile, OptionsAndPrecinctsAreThoseOfTheWholeFile) {
  const auto file = read("precinct,choice1\nP1,B\nP2,A\n", 1);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->options.size(), 2U);
  EXPECT_EQ(file->precincts.size(), 2U);
  ASSERT_EQ(file->ballots.size(), 1U);
  EXPECT_EQ(file->ballots[0].choices, (std::vector<std::uint32_t>{1}));
}

TEST(BallotFile, SortsByCodePoint) {
  // U+FF21 (three bytes) stands before U+10000 (four bytes), though UTF-16 would sort otherwise.
  const auto file = read("precinct,choice1\nP,\xF0\x90\x80\x80\nP,\xEF\xBC\xA1\nP,z\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->options, (std::vector<std::string>{"z", "\xEF\xBC\xA1", "\xF0\x90\x80\x80"}));
}

TEST(BallotFile, NamesTheLineOfABadOne) {
  const auto bad = read("precinct,choice1\nP,A\nP,A,B\n");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().place, "dir/town.csv.gz, line 3");
  EXPECT_EQ(bad.error().reason, "expected 2 fields, found 3");
}

TEST(BallotFile, RejectsWhatItCannotCount) {
  EXPECT_FALSE(read(""));
  EXPECT_FALSE(read("precinct\nP\n"));
  EXPECT_FALSE(read("precinct,choice2\nP,A\n"));
  EXPECT_FALSE(read("ward,choice1\nP,A\n"));
  EXPECT_FALSE(read("precinct,choice1\n,A\n"));
  EXPECT_FALSE(read("precinct,choice1\nP,blank\n"));
  EXPECT_FALSE(read("precinct,choice1\nP,\"a\nb\"\n"));
  EXPECT_FALSE(read("precinct,choice1\nP,undervote\n"));
  EXPECT_FALSE(read("precinct,choice1\nP," + std::string(257, 'x') + "\n"));
  std::string many = "precinct,choice1\n";
  for (int i = 0; i < 1025; ++i) {
    many += "P,c" + std::to_string(i) + "\n";
  }
  EXPECT_FALSE(read(many));
}

TEST(BallotFile, ReadsRealBallots) {
  const auto file = read_ballot_file(
      testing::source_dir() + "/data/cvr/minneapolis-2013-park.csv.gz", std::nullopt);
  ASSERT_TRUE(file) << to_string(file.error());
  EXPECT_EQ(file->contest, "minneapolis-2013-park");
  EXPECT_EQ(file->ballots.size(), 80'101U);
  EXPECT_EQ(file->precincts.size(), 117U);
  EXPECT_EQ(file->options.size(), 10U);
  const auto blank = std::count_if(file->ballots.begin(), file->ballots.end(),
                                   [](const auto& ballot) { return ballot.choices.empty(); });
  EXPECT_EQ(blank, 20'927);  // from the provenance note of the data
}

TEST(BallotFile, TheFilesNameMustMakeAnId) {
  const std::string text = "precinct,choice1\nP,A\n";
  for (const std::string& name : {std::string("\xff.csv"), std::string("a\x1b.csv"),
                                  std::string(257, 'x') + ".csv", std::string("dir/.csv/")}) {
    const auto bad = read_ballot_file(read_from_text(text), name, std::nullopt);
    ASSERT_FALSE(bad) << name;
    EXPECT_EQ(bad.error().code, errc::bad_text) << name;
  }
  EXPECT_TRUE(
      read_ballot_file(read_from_text(text), std::string(256, 'x') + ".csv.gz", std::nullopt));
}

TEST(BallotFile, NamesAFileThatIsNotThere) {
  const auto none = read_ballot_file("/nonexistent/x.csv", std::nullopt);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, errc::io);
  EXPECT_FALSE(read_ballot_file("/", std::nullopt));
}

TEST(BallotFile, ATruncatedGzipFileIsAnError) {
  std::ifstream whole(testing::source_dir() + "/data/cvr/minneapolis-2013-park.csv.gz",
                      std::ios::binary);
  std::string start(100'000, '\0');
  whole.read(start.data(), static_cast<std::streamsize>(start.size()));
  const std::string path = ::testing::TempDir() + "sandoq_cut.csv.gz";
  std::ofstream(path, std::ios::binary) << start;
  const auto cut = read_ballot_file(path, std::nullopt);
  std::remove(path.c_str());
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().code, errc::io);
}

}  // namespace
}  // namespace sandoq::tool
