#include "tools/sandoq/rehearsal/shell_words.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tools/sandoq/rehearsal/child_program.hpp"

namespace sandoq::tool {
namespace {

/// What a shell makes of a line.
std::string said_by_shell(const std::string& line) {
  const auto end =
      run_program({"sh", {"sh", "-c", line}, std::filesystem::temp_directory_path(), {}});
  EXPECT_TRUE(end) << (end ? "" : to_string(end.error()));
  EXPECT_TRUE(!end || end->code == 0) << line;
  return end ? end->said : "";
}

const std::vector<std::string>& words() {
  static const std::vector<std::string> all{
      "plain-word_1.pb",
      "",
      "two words",
      "it's",
      "''",
      "a\"b",
      "$HOME",
      "`id`",
      "a;b",
      "*",
      "~",
      "-n",
      "x=y",
      "tab\there",
      "back\\slash",
      "(paren)",
      "شعبه ۱",
      "a\nb",
      "#not",
      "a && b",
      "!",
      "[x]",
      "{a,b}",
      "%s",
      "a|b>c<",
      "100% &c",
      "$(true)?",
  };
  return all;
}

TEST(ShellWords, AShellReadsThemAsTheyWere) {
  for (const std::string& word : words()) {
    EXPECT_EQ(said_by_shell("printf '%s|' " + shell_word(word)), word + "|");
  }
  std::string expected;
  std::vector<std::string> command{"printf", "%s|"};
  for (const std::string& word : words()) {
    command.push_back(word);
    expected += word + "|";
  }
  EXPECT_EQ(said_by_shell(command_line(command)), expected);
}

TEST(ShellWords, WhatNeedsNoQuotesHasNone) {
  const std::vector<std::string> command{"sandoq", "booth", "ballot", "../a/device-1.x", "a:1"};
  EXPECT_EQ(command_line(command), "sandoq booth ballot ../a/device-1.x a:1");
}

TEST(ShellWords, LinesComeOnTheStandardInput) {
  const std::vector<std::string> command{"cat"};
  for (const std::string text : {"one\n", "it's\n\n$two\n", "-n\n%s\n", "\n"}) {
    EXPECT_EQ(said_by_shell(command_line(command, text)), text);
  }
}

}  // namespace
}  // namespace sandoq::tool
