#include "exact_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

#include "shown_text.hpp"

namespace sandoq::tool {
namespace {

constexpr std::size_t longest_exact = 40;
/// Parts of one that nine digits tell apart, as surpluses are rounded to (spec 76.15).
constexpr std::uint64_t fine = 1'000'000'000;

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::uint64_t number_of(std::string_view digits) {
  std::uint64_t out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

std::string grouped(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    out += i > 0 && (digits.size() - i) % 3 == 0 ? "," : "";
    out += digits[i];
  }
  return out;
}

/// The quotient if nine digits behind the point hold all of it.
std::optional<std::string> decimal(std::string_view top, std::string_view bottom) {
  constexpr std::size_t safe_digits = 18;
  if (top.size() > safe_digits || bottom.size() > 10) {
    return std::nullopt;
  }
  const std::uint64_t divisor = number_of(bottom);
  if (divisor == 0 || fine % divisor != 0) {
    return std::nullopt;
  }
  const std::uint64_t parts = number_of(top) % divisor * (fine / divisor);
  std::string out = grouped(std::to_string(number_of(top) / divisor));
  if (parts > 0) {
    std::string behind = fmt::format("{:09}", parts);
    behind.erase(behind.find_last_not_of('0') + 1);
    out += "." + behind;
  }
  return out;
}

/// Two digits behind the point, four below 1. The leading 17 digits of both decide them.
std::string rounded(std::string_view top, std::string_view bottom) {
  static constexpr std::size_t leading = 17;
  const auto head = [](std::string_view digits) {
    return static_cast<double>(number_of(digits.substr(0, leading)));
  };
  const auto cut = [](std::string_view digits) {
    return static_cast<double>(digits.size() - std::min(digits.size(), leading));
  };
  const double value = head(top) / head(bottom) * std::pow(10.0, cut(top) - cut(bottom));
  if (value >= 1e15) {
    return fmt::format("{:.3e}", value);
  }
  const std::string text = fmt::format("{:.{}f}", value, value < 1 ? 4 : 2);
  const std::size_t point = text.find('.');
  return grouped(std::string_view(text).substr(0, point)) + text.substr(point);
}

std::string positive(std::string_view top, std::string_view bottom) {
  if (bottom == "1" && top.size() <= longest_exact) {
    return grouped(top);
  }
  if (auto whole = decimal(top, bottom)) {
    return *std::move(whole);
  }
  const std::string near = "≈ " + rounded(top, bottom);
  return top.size() + bottom.size() > longest_exact
             ? near
             : grouped(top) + "/" + grouped(bottom) + " " + near;
}

}  // namespace

std::string exact_text(language in, std::string_view value) {
  std::string_view top = value.substr(0, value.find('/'));
  const std::string_view bottom = top.size() == value.size() ? "1" : value.substr(top.size() + 1);
  const bool negative = top.substr(0, 1) == "-";
  top.remove_prefix(negative ? 1 : 0);
  if (!all_digits(top) || !all_digits(bottom) || bottom.front() == '0') {
    return shown(value);
  }
  std::string out = digits_in(in, (negative ? "-" : "") + positive(top, bottom));
  const std::size_t slash = in == language::persian ? out.find('/') : std::string::npos;
  if (slash != std::string::npos) {
    out.replace(slash, 1, "\u2044");  // a plain slash is a decimal point to many readers of Persian
  }
  return out;
}

}  // namespace sandoq::tool
