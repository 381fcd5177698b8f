#include "label_text.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

#include "sandoq/core/bytes.hpp"

namespace sandoq::tool {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
}

bool is_persian(std::string_view language) {
  return language == "fa" || language.substr(0, 3) == "fa-";
}

}  // namespace

result<std::string> normalised_label(std::string_view language, std::string_view text) {
  if (!is_utf8(bytes_of(text))) {
    return fail(errc::bad_text, "label", "is not UTF-8");
  }
  utf8proc_uint8_t* mapped = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) {
    return fail(errc::bad_text, "label", utf8proc_errmsg(size));
  }
  std::string out(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
  if (is_persian(language)) {
    replace_all(out, "\u064A", "\u06CC");  // Arabic yeh
    replace_all(out, "\u0643", "\u06A9");  // Arabic kaf
  }
  return out;
}

}  // namespace sandoq::tool
