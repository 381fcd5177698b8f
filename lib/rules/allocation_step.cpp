#include "sandoq/rules/allocation_step.hpp"

#include "lib/ballot/structure_reader.hpp"
#include "sandoq/core/canonical.hpp"

namespace sandoq {
namespace {

constexpr std::size_t max_steps = 65'536;
constexpr std::size_t max_entries = 16'384;
constexpr std::size_t max_value_bytes = 65'536;

allocation_step read_step(detail::structure_reader& in) {
  allocation_step out;
  out.kind = static_cast<step_kind>(in.u8("kind"));
  if (in.good() && (out.kind < step_kind::votes || out.kind > step_kind::reserve)) {
    in.refuse(errc::unsupported, "kind", "no step of this kind");
  }
  const std::size_t subjects = in.count_or_none(max_entries, 4, "subjects");
  for (std::size_t i = 0; i < subjects && in.good(); ++i) {
    out.subjects.push_back(in.u32("subject"));
  }
  const std::size_t values = in.count_or_none(max_entries, 4 + 1, "values");
  for (std::size_t i = 0; i < values && in.good(); ++i) {
    out.values.push_back(in.text(max_value_bytes, "value"));
    if (in.good() && out.values.back().empty()) {
      in.refuse(errc::missing, "value", "a value has at least one digit");
    }
  }
  return out;
}

}  // namespace

result<allocation_transcript> allocation_transcript::decode(byte_view data) {
  detail::structure_reader in(data, "allocation");
  allocation_transcript out;
  const std::size_t count = in.count_or_none(max_steps, 1 + 4 + 4, "steps");
  for (std::size_t i = 0; i < count && in.good(); ++i) {
    const detail::structure_reader::scope here(in, "step", i);
    out.steps.push_back(read_step(in));
  }
  if (auto done = in.finish(); !done) {
    return tl::unexpected<error>(std::move(done.error()));
  }
  return out;
}

bytes allocation_transcript::encode() const {
  byte_writer out;
  out.count(steps.size());
  for (const allocation_step& step : steps) {
    out.u8(static_cast<std::uint8_t>(step.kind));
    out.count(step.subjects.size());
    for (const std::uint32_t subject : step.subjects) {
      out.u32(subject);
    }
    out.count(step.values.size());
    for (const std::string& value : step.values) {
      out.text(value);
    }
  }
  return std::move(out).take();
}

}  // namespace sandoq
