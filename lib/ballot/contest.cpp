#include "sandoq/ballot/contest.hpp"

#include <utility>

#include "sandoq/core/canonical.hpp"

namespace sandoq {

digest32 descriptor_hash(const digest32& e0, contest_index index, const contest_entry& contest,
                         const bit_vector_shape& shape) {
  byte_writer out;
  out.fixed(e0.view());
  out.u32(index.value());
  out.fixed(encode(contest));
  out.u32(static_cast<std::uint32_t>(shape.ciphertexts()));
  out.u32(static_cast<std::uint32_t>(shape.bits()));
  out.count(shape.weights().size());
  for (const std::uint32_t weight : shape.weights()) {
    out.u32(weight);
  }
  return framed_hash::of("contest", out.view());
}

result<contest_terms> terms_of(const digest32& e0, contest_index index,
                               const contest_entry& contest) {
  auto shape = bit_vector_shape::derive(limits_of(contest));
  if (!shape) {
    return fail_within("contest \"" + contest.id + '"', std::move(shape.error()));
  }
  const digest32 descriptor = descriptor_hash(e0, index, contest, *shape);
  return contest_terms{index, contest.id, std::move(*shape), descriptor};
}

}  // namespace sandoq
