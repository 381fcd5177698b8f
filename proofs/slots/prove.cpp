#include "proofs/slots/prove.core.hpp"

namespace sandoq {

result<slot_codes> codes_of(const slots_shape& shape, const secret_bytes& choices) {
  const std::size_t n = shape.options();
  const std::size_t k = shape.slots();
  SANDOQ_EXPECTS(choices.size() == n + (shape.counts_blank() ? 1 : 0), "one byte for each option");
  const byte_view in = expose_for_secret_ops(choices);
  slot_codes out;
  out.codes.resize(k);
  choice permitted = choice::yes();
  std::uint64_t marks = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto value = std::to_integer<std::uint64_t>(in[i]);
    permitted = permitted & choice::less(value, 2);
    const choice marked = choice::from_bit(value);
    for (std::size_t j = 0; j < k; ++j) {
      std::uint64_t& code = expose_for_secret_ops(out.codes[j]);
      code = select(marked & choice::equal(marks, j), i + 1, code);
    }
    marks += select(marked, 1, 0);
  }
  for (std::size_t j = 0; j < k; ++j) {
    std::uint64_t& code = expose_for_secret_ops(out.codes[j]);
    code = select(choice::less(j, marks), code, n + j + 1);
  }
  const choice enough = ~choice::less(marks, shape.minimum());
  permitted = permitted & ~choice::less(k, marks);
  if (shape.counts_blank()) {
    const auto value = std::to_integer<std::uint64_t>(in[n]);
    permitted = permitted & choice::less(value, 2);
    out.blank = choice::from_bit(value);
    permitted = permitted & ((enough & ~out.blank) | (choice::is_zero(marks) & out.blank));
  } else {
    permitted = permitted & enough;
  }
  if (!declassify<"only whether the choices are permitted, which holds on every ballot of slots">(
          permitted)) {
    return fail(errc::bad_witness, "choices",
                "one is neither 0 nor 1, more are made than the contest allows, or fewer than it "
                "demands");
  }
  return out;
}

namespace slots {

secret_bytes code_bytes(const slot_codes& codes) {
  secret_bytes out(4 * codes.codes.size() + 1);
  const byte_span to = expose_for_secret_ops(out);
  for (std::size_t j = 0; j < codes.codes.size(); ++j) {
    const std::uint64_t code = expose_for_secret_ops(codes.codes[j]);
    for (std::size_t i = 0; i < 4; ++i) {
      to[4 * j + i] = static_cast<std::byte>(code >> (8 * i));
    }
  }
  to.back() = static_cast<std::byte>(codes.blank.bit());
  return out;
}

secret_bytes bits_of(const slots_shape& shape, const slot_codes& codes) {
  const std::size_t k = shape.slots();
  const auto code = [&](std::size_t j) { return expose_for_secret_ops(codes.codes[j]); };
  secret_bytes out(shape.used_bits());
  const byte_span bits = expose_for_secret_ops(out);
  std::size_t next = 0;
  const auto put = [&](std::uint64_t value) {
    for (std::size_t i = 0; i < shape.digits(); ++i) {
      bits[next++] = static_cast<std::byte>((value >> i) & 1U);
    }
  };
  put(code(0) - select(codes.blank, shape.options(), 0) - 1);
  for (std::size_t j = 1; j < k; ++j) {
    put(code(j) - code(j - 1) - 1);
  }
  put(shape.codes() - code(k - 1));
  if (shape.minimum() != 0) {
    put(shape.options() + select(codes.blank, shape.minimum(), 0) - code(shape.minimum() - 1));
  }
  if (shape.counts_blank()) {
    bits[next] = static_cast<std::byte>(codes.blank.bit());
  }
  return out;
}

}  // namespace slots

template result<encrypted_slots<ristretto255>> encrypt_slots(const prover_tables<ristretto255>&,
                                                             const slots_context<ristretto255>&,
                                                             const secret_bytes&,
                                                             const nonce_seed&);
template result<slots_proof<ristretto255>> prove(const prover_tables<ristretto255>&,
                                                 const slots_statement<ristretto255>&,
                                                 const slots_witness<ristretto255>&,
                                                 const nonce_seed&);

}  // namespace sandoq
