// The integer groups, one of each rule of membership. A batch must decide as one element after
// another does, and every kernel must multiply as GMP does.

#include "lib/group/integer_arithmetic.hpp"
#include "lib/kernels/aligned_words.hpp"
#include "lib/kernels/montgomery_choice.hpp"
#include "sandoq/group/integer_group.hpp"
#include "tests/fuzz/round_trip.hpp"

namespace sandoq::fuzzing {
namespace {

template <class G>
outcome element(byte_view in) {
  return read_back(in, G::decode(in), [](const auto& e) { return G::encode(e); });
}

template <class G>
outcome scalar(byte_view in) {
  return read_back(in, G::decode_scalar(in), [](const auto& s) { return G::encode_scalar(s); });
}

template <class G>
outcome elements(byte_view in) {
  const std::size_t count = std::min<std::size_t>(in.size() / G::element_bytes, 4);
  const byte_view whole = in.first(count * G::element_bytes);
  std::vector<typename G::element> batch(count);
  const auto decoded = G::decode_batch(batch, whole);
  bool each = true;
  for (std::size_t i = 0; i < count && each; ++i) {
    const auto one = G::decode(whole.subspan(i * G::element_bytes, G::element_bytes));
    each = one.has_value();
    if (each && decoded && *one != batch[i]) {
      return {true, "the batch holds another element"};
    }
  }
  if (decoded.has_value() != each) {
    return {each, "the batch decides otherwise than one by one"};
  }
  return {each, well_refused(decoded)};
}

/// An odd modulus of 512 bits and two numbers below it, 0 aside.
struct montgomery_input {
  static constexpr std::size_t size = 8;
  integers::limb p[size], x[size], y[size];
};

/// What a kernel has in the lowest lane, times R modulo p.
std::vector<integers::limb> times_r(const kernels::montgomery_table& kernel,
                                    const kernels::montgomery_modulus& m,
                                    const kernels::aligned_words& batch) {
  std::vector<integers::limb> power(kernel.radix_bits * static_cast<std::size_t>(m.digits) / 64 +
                                    1);
  power.back() = integers::limb{1} << (kernel.radix_bits * static_cast<std::size_t>(m.digits) % 64);
  const integers::limb_view p = std::span(m.limb).first(montgomery_input::size);
  std::vector<integers::limb> r(p.size());
  integers::reduce_vartime(r, power, p);
  std::vector<integers::limb> out(p.size());
  kernel.store(out.data(), batch.data(), 1, m);
  integers::multiply_vartime(out, out, r, p);
  return out;
}

std::string multiplied_otherwise(const kernels::montgomery_table& kernel,
                                 const montgomery_input& in) {
  kernels::montgomery_modulus m{};
  m.limbs = montgomery_input::size;
  std::copy(std::begin(in.p), std::end(in.p), m.limb);
  kernel.prepare(m);
  const kernels::aligned_words a(kernels::montgomery_batch_words);
  const kernels::aligned_words b(kernels::montgomery_batch_words);
  kernel.load(a.data(), in.x, 1, m);
  kernel.load(b.data(), in.y, 1, m);
  kernel.multiply(b.data(), a.data(), b.data(), m);
  kernel.square(a.data(), a.data(), m);
  std::vector<integers::limb> expected(montgomery_input::size);
  integers::multiply_vartime(expected, in.x, in.y, in.p);
  if (times_r(kernel, m, b) != expected) {
    return std::string(kernel.name) + ": another product";
  }
  integers::multiply_vartime(expected, in.x, in.x, in.p);
  if (times_r(kernel, m, a) != expected) {
    return std::string(kernel.name) + ": another square";
  }
  signed char symbol = 0;
  kernel.jacobi(&symbol, in.x, 1, m);
  if (symbol != 0 && symbol != integers::jacobi_vartime(in.x, in.p)) {
    return std::string(kernel.name) + ": another Jacobi symbol";
  }
  return {};
}

outcome montgomery(byte_view octets) {
  montgomery_input in;
  if (octets.size() != sizeof in) {
    return {};
  }
  integers::from_little_endian(in.p, octets.first(64));
  integers::from_little_endian(in.x, octets.subspan(64, 64));
  integers::from_little_endian(in.y, octets.subspan(128));
  in.p[0] |= 1;
  in.p[montgomery_input::size - 1] |= integers::limb{1} << 63U;
  if (!integers::less_vartime(in.x, in.p) || !integers::less_vartime(in.y, in.p) ||
      integers::is_zero(in.x)) {
    return {};
  }
  for (const kernels::montgomery_table* kernel : kernels::montgomery_kernels_here()) {
    if (std::string broken = multiplied_otherwise(*kernel, in); !broken.empty()) {
      return {true, broken};
    }
  }
  return {true, {}};
}

constexpr decoder integer_decoders[] = {
    {"modp4096_element", element<modp4096>},       {"modp4096_elements", elements<modp4096>},
    {"modp4096_scalar", scalar<modp4096>},         {"belenios2048_element", element<belenios2048>},
    {"belenios2048_scalar", scalar<belenios2048>}, {"rfc3526_2048_element", element<rfc3526_2048>},
    {"rfc3526_2048_scalar", scalar<rfc3526_2048>}, {"montgomery", montgomery},
};

}  // namespace

target integer_target() {
  return {"integer", integer_decoders};
}

}  // namespace sandoq::fuzzing
