#include "tools/sandoq/csv_writer.hpp"

#include <gtest/gtest.h>

namespace sandoq::tool {
namespace {

TEST(CsvWriter, QuotesByTheRfc) {
  std::string out;
  add_csv_line(out, {"a", "", "b,c", "say \"yes\"", "نامزد ۱"});
  EXPECT_EQ(out, "a,,\"b,c\",\"say \"\"yes\"\"\",نامزد ۱\r\n");
}

TEST(CsvWriter, DefusesFormulas) {
  for (const char* text :
       {"=1+1", "+1", "-1", "@SUM(A1)", " =1", "\u00A0=1", "\uFF1D1", "'quoted"}) {
    EXPECT_EQ(csv_cell(text), std::string("'") + text);
  }
  for (const char* text : {"", "a=b", "1-2", "user@example", "علی", "(=)"}) {
    EXPECT_EQ(csv_cell(text), text);
  }
  EXPECT_EQ(csv_cell("\t=1"), "\\x09=1");
  EXPECT_EQ(csv_cell("a\r\nb\u202E"), "a\\x0d\\x0ab\\u202e");
}

}  // namespace
}  // namespace sandoq::tool
