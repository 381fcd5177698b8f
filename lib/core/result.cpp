#include "sandoq/core/result.hpp"

#include <utility>

namespace sandoq {

std::string_view name_of(errc code) noexcept {
  switch (code) {
    case errc::truncated:
      return "truncated";
    case errc::trailing_bytes:
      return "trailing bytes";
    case errc::too_large:
      return "too large";
    case errc::bad_encoding:
      return "bad encoding";
    case errc::bad_text:
      return "bad text";
    case errc::out_of_range:
      return "out of range";
    case errc::not_in_group:
      return "not in the group";
    case errc::identity_element:
      return "identity element";
    case errc::bad_statement:
      return "bad statement";
    case errc::bad_witness:
      return "bad witness";
    case errc::bad_proof:
      return "bad proof";
    case errc::bad_signature:
      return "bad signature";
    case errc::mismatch:
      return "mismatch";
    case errc::duplicate:
      return "duplicate";
    case errc::missing:
      return "missing";
    case errc::not_found:
      return "not found";
    case errc::unsupported:
      return "unsupported";
    case errc::io:
      return "input/output";
  }
  return "unknown";
}

tl::unexpected<error> fail(errc code, std::string_view place, std::string_view reason) {
  return tl::unexpected<error>(error{code, std::string(place), std::string(reason)});
}

tl::unexpected<error> fail_within(std::string_view outer, error inner) {
  std::string place(outer);
  if (!inner.place.empty()) {
    if (!place.empty()) {
      place += '/';
    }
    place += inner.place;
  }
  inner.place = std::move(place);
  return tl::unexpected<error>(std::move(inner));
}

std::string to_string(const error& e) {
  std::string out;
  if (!e.place.empty()) {
    out += e.place;
    out += ": ";
  }
  out += e.reason;
  if (e.code != errc::io) {  // the reason, often the operating system's, says all of it
    out += " (";
    out += name_of(e.code);
    out += ')';
  }
  return out;
}

}  // namespace sandoq
