#include "lib/ballot/manifest_words.hpp"

namespace sandoq::detail {

std::string place_of(std::string_view what, std::size_t number, std::string_view id) {
  std::string out(what);
  out += ' ';
  out += std::to_string(number);
  out += " \"";
  out += id;
  out += '"';
  return out;
}

std::string counted(std::uint64_t n, std::string_view what) {
  return std::to_string(n) + ' ' + std::string(what);
}

tl::unexpected<error> repeated_id(std::string place, std::string_view what) {
  return fail(errc::duplicate, place,
              "this " + std::string(what) + " id occurs twice; give each its own");
}

}  // namespace sandoq::detail
