#include "tools/sandoq/language.hpp"

#include <gtest/gtest.h>

#include "tools/sandoq/persian_calendar.hpp"

// Expected Persian numbers and dates are those of ICU, locale fa with the Persian calendar.
namespace sandoq::tool {
namespace {

using std::chrono::sys_days;
using namespace std::chrono_literals;

TEST(Language, WritesNumbers) {
  EXPECT_EQ(number_text(language::english, 1234567890), "1,234,567,890");
  EXPECT_EQ(number_text(language::persian, 0), "۰");
  EXPECT_EQ(number_text(language::persian, 999), "۹۹۹");
  EXPECT_EQ(number_text(language::persian, 1000), "۱\u066C۰۰۰");
  EXPECT_EQ(number_text(language::persian, 80101), "۸۰\u066C۱۰۱");
  EXPECT_EQ(number_text(language::persian, 1234567890), "۱\u066C۲۳۴\u066C۵۶۷\u066C۸۹۰");
}

TEST(Language, WritesPercents) {
  EXPECT_EQ(percent_text(language::english, 4534, 10000), "45.3%");
  EXPECT_EQ(percent_text(language::english, 5, 1000), "0.5%");
  EXPECT_EQ(percent_text(language::english, 7, 7), "100.0%");
  EXPECT_EQ(percent_text(language::english, 0, 0), "\u2013");
  EXPECT_EQ(percent_text(language::persian, 4534, 10000), "\u061C۴۵\u066B۳\u066A");
  EXPECT_EQ(percent_text(language::persian, 5, 1000), "\u061C۰\u066B۵\u066A");
  EXPECT_EQ(percent_text(language::persian, 0, 0), "\u2013");
}

TEST(Language, WritesTimes) {
  const auto when = sys_days(std::chrono::year(2026) / 11 / 22) + 1h + 42min + 59s;
  EXPECT_EQ(time_text(language::english, when), "22 November 2026, 01:42 UTC");
  EXPECT_EQ(time_text(language::persian, when), "۱ آذر ۱۴۰۵، ساعت ۰۱:۴۲ به وقت جهانی");
  EXPECT_EQ(seconds_text(language::persian, 0.254), "۰\u066B۲۵");
}

TEST(Language, KnowsThePersianCalendar) {
  const auto on = [](int year, unsigned month, unsigned day) {
    return persian_date_of(
        sys_days(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day)));
  };
  EXPECT_EQ(on(1970, 1, 1), (persian_date{1348, 10, 11}));
  EXPECT_EQ(on(1999, 3, 20), (persian_date{1377, 12, 29}));
  EXPECT_EQ(on(1999, 3, 21), (persian_date{1378, 1, 1}));
  EXPECT_EQ(on(2000, 3, 20), (persian_date{1379, 1, 1}));
  EXPECT_EQ(on(2017, 3, 20), (persian_date{1395, 12, 30}));
  EXPECT_EQ(on(2021, 3, 20), (persian_date{1399, 12, 30}));
  EXPECT_EQ(on(2024, 3, 19), (persian_date{1402, 12, 29}));
  EXPECT_EQ(on(2025, 3, 20), (persian_date{1403, 12, 30}));
  EXPECT_EQ(on(2026, 9, 22), (persian_date{1405, 6, 31}));
  EXPECT_EQ(on(2026, 9, 23), (persian_date{1405, 7, 1}));
  EXPECT_EQ(on(2030, 3, 20), (persian_date{1408, 12, 30}));
  EXPECT_EQ(on(2063, 3, 20), (persian_date{1441, 12, 30}));
}

TEST(Language, ChoosesLabels) {
  const label_list both{{"en", "Mosque"}, {"fa-IR", "مسجد"}};
  EXPECT_EQ(label_in(language::persian, both, "m").text, "مسجد");
  EXPECT_EQ(label_in(language::english, both, "m").text, "Mosque");
  EXPECT_EQ(own_label(language::persian, both), "مسجد");
  const label_list english{{"en", "Mosque"}};
  EXPECT_EQ(label_in(language::persian, english, "m").text, "Mosque");
  EXPECT_EQ(label_in(language::persian, english, "m").language, "en");
  EXPECT_EQ(own_label(language::persian, english), "");
  EXPECT_EQ(label_in(language::persian, {{"fas", ""}}, "m").text, "m");
  EXPECT_EQ(label_in(language::persian, {}, "m").language, "");
}

}  // namespace
}  // namespace sandoq::tool
