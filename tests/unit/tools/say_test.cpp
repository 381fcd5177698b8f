#include "tools/sandoq/say.hpp"

#include <gtest/gtest.h>

namespace sandoq::tool {
namespace {

template <class Print>
std::string printed(const Print& print) {
  ::testing::internal::CaptureStdout();
  print();
  std::fflush(stdout);
  return ::testing::internal::GetCapturedStdout();
}

TEST(Say, ShowsEveryTextHoweverItComes) {
  const std::string nasty = "a\nverdict: accept\x1b[2J.pb";
  const std::string tame = "a\\x0averdict: accept\\x1b[2J.pb";
  EXPECT_EQ(printed([&] { say("wrote {}: {} of {}\n", nasty, 1U, std::size_t{2}); }),
            "wrote " + tame + ": 1 of 2\n");
  EXPECT_EQ(printed([&] { say("{}\n", std::string_view(nasty)); }), tame + "\n");
  EXPECT_EQ(printed([&] { say("{}|{}\n", nasty.c_str(), "\x1b"); }), tame + "|\\x1b\n");
  EXPECT_EQ(printed([&] { say("{}\n", std::vector<std::string>{nasty, "b"}); }), tame + ", b\n");
  EXPECT_EQ(printed([&] { say_list("files:", {nasty, "b"}); }), "files:\n  " + tame + "\n  b\n");
  EXPECT_EQ(printed([&] { say_list("files:", {}); }), "");
  ::testing::internal::CaptureStderr();
  say_error("close", {errc::missing, nasty, nasty});
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(said.find('\x1b'), std::string::npos);
  EXPECT_EQ(said.find('\n'), said.size() - 1);
}

}  // namespace
}  // namespace sandoq::tool
