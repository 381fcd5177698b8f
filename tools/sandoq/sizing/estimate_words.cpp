#include "estimate_words.hpp"

#include <fmt/core.h>

namespace sandoq::tool {
namespace {

constexpr estimate_words english_estimate{
    "What an election needs",
    "voters",
    "branches",
    "devices in the profile",
    "devices needed while the polls are open",
    "encrypting one ballot, one core of a device",
    "lists to be mixed",
    "machines within {}",
    "Time of each phase, on one machine",
    "Machines for the count",
    "Bytes",
    "Sending a branch's journals",
    "What this rests on",
    {"key ceremony", "encrypting in booths", "tallying", "mixing", "opening", "verifying"},
    "tallying",
    "verifying",
    "the record on disk",
    "what a branch sends, on average",
    "{} kbit/s",
    "Times are costs that were measured on one machine with {} threads, times what there is to do. "
    "Waiting for people, carrying and paper come on top.",
};

constexpr estimate_words persian_estimate{
    "نیازهای یک انتخابات",
    "رأی‌دهنده",
    "شعبه",
    "دستگاه در این نمونه",
    "دستگاه لازم در ساعت‌های رأی‌گیری",
    "رمزگذاری یک برگه با یک هستهٔ دستگاه",
    "فهرست برای آمیختن",
    "رایانه در {}",
    "زمان هر مرحله با یک رایانه",
    "رایانه برای شمارش",
    "حجم",
    "فرستادن دفترهای یک شعبه",
    "پایهٔ این برآورد",
    {"ساختن کلید", "رمزگذاری در شعبه", "شمارش", "آمیزش", "بازگشایی", "راستی‌آزمایی"},
    "شمارش",
    "راستی‌آزمایی",
    "پروندهٔ انتخابات روی دیسک",
    "آنچه یک شعبه می‌فرستد، به‌طور میانگین",
    "{} کیلوبیت بر ثانیه",
    "زمان‌ها حاصل‌ضرب هزینه‌هایی است که روی یک رایانه "
    "با {} رشته اندازه گرفته شده در اندازهٔ کار. "
    "انتظار برای آدم‌ها، جابه‌جایی و کاغذ بر آن "
    "افزوده می‌شود.",
};

std::string in_words(language in, double value, std::string_view en, std::string_view fa) {
  // Two digits that count; whole numbers from ten on.
  const std::string number =
      value < 10 ? tenths_text(in, value) : number_text(in, static_cast<std::uint64_t>(value + .5));
  return fmt::format("{} {}", number, in == language::persian ? fa : en);
}

}  // namespace

const estimate_words& estimate_words_of(language in) noexcept {
  return in == language::persian ? persian_estimate : english_estimate;
}

std::string span_text(language in, double seconds) {
  if (seconds < 1) {
    return in_words(in, 1000 * seconds, "ms", "هزارم ثانیه");
  }
  if (seconds < 90) {
    return in_words(in, seconds, "s", "ثانیه");
  }
  return seconds < 120 * 60 ? in_words(in, seconds / 60, "min", "دقیقه")
                            : in_words(in, seconds / 3600, "h", "ساعت");
}

std::string size_text(language in, double octets) {
  if (octets < 1e6) {
    return in_words(in, octets / 1e3, "kB", "کیلوبایت");
  }
  return octets < 1e9 ? in_words(in, octets / 1e6, "MB", "مگابایت")
                      : in_words(in, octets / 1e9, "GB", "گیگابایت");
}

}  // namespace sandoq::tool
