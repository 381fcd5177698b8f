#include "proofs/slots/recompute.core.hpp"

namespace sandoq {

result<revealed_codes> codes_of_vartime(const slots_shape& shape,
                                        std::span<const std::uint32_t> chosen) {
  revealed_codes out{{chosen.begin(), chosen.end()}, shape.counts_blank() && chosen.empty()};
  if (chosen.size() > shape.slots() || (chosen.size() < shape.minimum() && !out.blank)) {
    return fail(errc::bad_witness, "choices",
                "there are more than the contest allows, or fewer than it demands");
  }
  std::uint32_t before = 0;
  for (const std::uint32_t code : chosen) {
    if (code <= before || code > shape.options()) {
      return fail(errc::bad_witness, "choices", "codes are 1 to n and strictly ascending");
    }
    before = code;
  }
  while (out.codes.size() < shape.slots()) {
    out.codes.push_back(shape.options() + static_cast<std::uint32_t>(out.codes.size()) + 1);
  }
  return out;
}

namespace slots {

bytes code_bytes(const revealed_codes& codes) {
  byte_writer out;
  for (const std::uint32_t code : codes.codes) {
    out.u32(code);
  }
  out.u8(codes.blank ? 1 : 0);
  return std::move(out).take();
}

std::vector<bool> bits_of(const slots_shape& shape, const revealed_codes& codes) {
  const std::size_t k = shape.slots();
  const auto& c = codes.codes;
  std::vector<bool> out;
  const auto put = [&](std::uint32_t value) {
    for (std::size_t i = 0; i < shape.digits(); ++i) {
      out.push_back((value >> i & 1U) != 0);
    }
  };
  put(c[0] - (codes.blank ? shape.options() : 0) - 1);
  for (std::size_t j = 1; j < k; ++j) {
    put(c[j] - c[j - 1] - 1);
  }
  put(shape.codes() - c[k - 1]);
  if (shape.minimum() != 0) {
    put(shape.options() + (codes.blank ? shape.minimum() : 0) - c[shape.minimum() - 1]);
  }
  if (shape.counts_blank()) {
    out.push_back(codes.blank);
  }
  return out;
}

}  // namespace slots

template verification emit_recomputed(equation_sink<ristretto255>&,
                                      const slots_statement<ristretto255>&,
                                      const slots_proof<ristretto255>&,
                                      std::span<const std::uint32_t>, const byte_array<32>&);

}  // namespace sandoq
