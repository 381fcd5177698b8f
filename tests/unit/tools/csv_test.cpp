#include "tools/sandoq/csv.hpp"

#include <gtest/gtest.h>

namespace sandoq::tool {
namespace {

using lines = std::vector<std::vector<std::string>>;

result<lines> read_all(std::string text) {
  csv_reader csv(read_from_text(std::move(text)), "test");
  lines out;
  std::vector<std::string> fields;
  for (;;) {
    auto more = csv.next(fields);
    if (!more) {
      return tl::unexpected(more.error());
    }
    if (!*more) {
      return out;
    }
    out.push_back(fields);
  }
}

TEST(Csv, ReadsPlainAndQuotedFields) {
  const auto read = read_all("a,b\r\n\"x, y\",\"say \"\"so\"\"\"\n\"two\nlines\",\n");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*read, (lines{{"a", "b"}, {"x, y", "say \"so\""}, {"two\nlines", ""}}));
}

TEST(Csv, LastLineNeedsNoEnd) {
  EXPECT_EQ(*read_all("a,b"), (lines{{"a", "b"}}));
  EXPECT_EQ(*read_all("a,"), (lines{{"a", ""}}));
  EXPECT_EQ(*read_all("a,\"\""), (lines{{"a", ""}}));
  EXPECT_EQ(*read_all(""), lines{});
}

TEST(Csv, SkipsAByteOrderMark) {
  EXPECT_EQ(*read_all("\xEF\xBB\xBF"
                      "a\n"),
            (lines{{"a"}}));
}

TEST(Csv, KeepsPersianText) {
  EXPECT_EQ(*read_all("\xD8\xB5\xD9\x86\xD8\xAF\xD9\x88\xD9\x82,x\n"),
            (lines{{"\xD8\xB5\xD9\x86\xD8\xAF\xD9\x88\xD9\x82", "x"}}));
}

TEST(Csv, NamesTheLineOfAnError) {
  csv_reader csv(read_from_text("a\n\"b\nc\"\nd\"e\n"), "test");
  std::vector<std::string> fields;
  ASSERT_TRUE(*csv.next(fields));
  ASSERT_TRUE(*csv.next(fields));
  EXPECT_EQ(csv.line(), 2U);
  const auto bad = csv.next(fields);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().place, "test, line 4");
}

TEST(Csv, RejectsWhatBreaksTheFormat) {
  EXPECT_FALSE(read_all("a\"b\n"));
  EXPECT_FALSE(read_all("\"a\"b\n"));
  EXPECT_FALSE(read_all("\"a\n"));
  EXPECT_FALSE(read_all("a\rb\n"));
  EXPECT_FALSE(read_all("\"a\"\rb\n"));
  EXPECT_FALSE(read_all("\xFF\n"));
  EXPECT_FALSE(read_all(std::string(csv_reader::max_field_bytes + 1, 'a')));
  EXPECT_FALSE(read_all(std::string(csv_reader::max_fields, ',')));
  EXPECT_TRUE(read_all(std::string(csv_reader::max_field_bytes, 'a')));
}

TEST(Csv, FieldsMayCrossTheBuffer) {
  std::string text;
  for (int i = 0; i < 40'000; ++i) {
    text += "\"a\"\"b\",c\r\n";
  }
  const auto read = read_all(text);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 40'000U);
  for (const auto& fields : *read) {
    ASSERT_EQ(fields, (std::vector<std::string>{"a\"b", "c"}));
  }
}

}  // namespace
}  // namespace sandoq::tool
