#include "sandoq/ballot/contest.hpp"

#include <utility>

#include "sandoq/core/canonical.hpp"

namespace sandoq {
namespace {

template <class... Cases>
struct cases : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
cases(Cases...) -> cases<Cases...>;

/// n', N, weights; L + blank, N; or w.                                                 SPEC(50.6)
void write_constants(byte_writer& out, const contest_terms::shape_form& shape) {
  const auto number = [&](std::size_t value) { out.u32(static_cast<std::uint32_t>(value)); };
  std::visit(cases{[&](const bit_vector_shape& bits) {
                     number(bits.ciphertexts());
                     number(bits.bits());
                     out.count(bits.weights().size());
                     for (const std::uint32_t weight : bits.weights()) {
                       out.u32(weight);
                     }
                   },
                   [&](const slots_shape& slots) {
                     number(slots.ciphertexts());
                     number(slots.bits());
                     out.count(0);
                   },
                   [&](const packed_numbers& packed) {
                     number(packed.shape().width());
                     number(0);
                     out.count(0);
                   }},
             shape);
}

template <class Shape>
result<contest_terms::shape_form> as_form(result<Shape> shape) {
  return std::move(shape).map([](Shape&& made) {
    if constexpr (std::is_same_v<Shape, packed_shape>) {
      return contest_terms::shape_form(packed_numbers(made));
    } else {
      return contest_terms::shape_form(std::move(made));
    }
  });
}

result<contest_terms::shape_form> shape_of(const contest_entry& contest) {
  const choice_limits limits = limits_of(contest);
  switch (contest.encoding) {
    case contest_encoding::bit_vector:
      return as_form(bit_vector_shape::derive(limits));
    case contest_encoding::slots:
      return as_form(slots_shape::derive(limits));
    case contest_encoding::packed_subset:
      return as_form(packed_shape::derive(limits, packed_order::subset, contest.text_bytes));
    case contest_encoding::packed_ranking:
      return as_form(packed_shape::derive(limits, packed_order::ranking, contest.text_bytes));
  }
  return fail(errc::unsupported, "encoding", "there is no such encoding");
}

}  // namespace

std::size_t contest_terms::ciphertexts() const noexcept {
  return std::visit(cases{[](const packed_numbers& packed) { return packed.shape().width(); },
                          [](const auto& made) { return made.ciphertexts(); }},
                    shape);
}

digest32 descriptor_hash(const digest32& e0, contest_index index, const contest_entry& contest,
                         const contest_terms::shape_form& shape) {
  byte_writer out;
  out.fixed(e0.view());
  out.u32(index.value());
  out.fixed(encode(contest));
  write_constants(out, shape);
  return framed_hash::of("contest", out.view());
}

result<contest_terms> terms_of(const digest32& e0, contest_index index,
                               const contest_entry& contest) {
  auto shape = shape_of(contest);
  if (!shape) {
    return fail_within("contest \"" + contest.id + '"', std::move(shape.error()));
  }
  const digest32 descriptor = descriptor_hash(e0, index, contest, *shape);
  return contest_terms{.index = index,
                       .id = contest.id,
                       .encoding = contest.encoding,
                       .limits = limits_of(contest),
                       .shape = std::move(*shape),
                       .descriptor = descriptor,
                       .codes = ballot_codes(contest)};
}

}  // namespace sandoq
