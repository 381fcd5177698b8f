#pragma once

// The property of every decoder: what it reads has exactly the bytes it was read from, and what it
// refuses is refused with a place and a reason.

#include <algorithm>
#include <utility>

#include "sandoq/core/canonical.hpp"
#include "sandoq/core/result.hpp"
#include "tests/fuzz/target.hpp"

namespace sandoq::fuzzing {

[[nodiscard]] inline outcome refused(const error& e) {
  if (e.place.empty() || e.reason.empty()) {
    return {false, "an error without place or reason: " + to_string(e)};
  }
  return {};
}

/// \param encode  gives the bytes of the value; \param follow  what else must hold of a value that
/// was read: a text that says what does not, or nothing
template <class Value, class Encode, class Follow>
[[nodiscard]] outcome read_back(byte_view in, const result<Value>& read, const Encode& encode,
                                const Follow& follow) {
  if (!read) {
    return refused(read.error());
  }
  const auto again = encode(*read);
  if (!std::ranges::equal(again, in)) {
    return {true, "the value has other bytes than those it was read from"};
  }
  return {true, follow(*read)};
}

template <class Value, class Encode>
[[nodiscard]] outcome read_back(byte_view in, const result<Value>& read, const Encode& encode) {
  return read_back(in, read, encode, [](const Value&) { return std::string(); });
}

/// The reasons that a step after decoding gave, if it has any: only their form is looked at.
template <class T>
[[nodiscard]] std::string well_refused(const result<T>& step) {
  return step ? std::string() : refused(step.error()).broken;
}

/// A type with decode() and encode().
template <class Value>
[[nodiscard]] outcome whole(byte_view in) {
  return read_back(in, Value::decode(in), [](const Value& v) { return v.encode(); });
}

/// A part of items, with a reader and a writer: nothing may be left.
template <class Value, auto Read>
[[nodiscard]] outcome part(byte_view in) {
  byte_reader reader(in);
  result<Value> read = [&]() -> result<Value> {
    auto value = Read(reader);
    if (!value) {
      return value;
    }
    if (auto end = reader.finish(); !end) {
      return tl::unexpected<error>(std::move(end.error()));
    }
    return value;
  }();
  return read_back(in, read, [](const Value& v) {
    byte_writer out;
    if constexpr (requires { v.write(out); }) {
      v.write(out);
    } else {
      write(out, v);
    }
    return std::move(out).take();
  });
}

}  // namespace sandoq::fuzzing
