// Every function of secret_ops<integer_group<...>>: the code is one template over two lengths, so
// these cover short orders (4096 and 2048 bits) and long ones. What runs below is GMP's
// compiled code, which is what valgrind looks at. Nonces of several blocks are here too.

#include <vector>

#include "sandoq/group/integer_group_secret.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/deterministic_random.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using testing::claim;
using testing::require;
using testing::secret_choice;

template <class G>
void scalars(random_source& source) {
  using ops = secret_ops<G>;
  const auto x = ops::random_scalar(source);
  const auto y = ops::scalar_from_wide(random_secret<64>(source));
  const auto c = G::scalar_from_u64(77);
  claim(x, "random_scalar");
  claim(y, "scalar_from_wide");
  claim(ops::scalar_from_nonce_bytes(random_secret<G::nonce_bytes>(source)),
        "scalar_from_nonce_bytes");
  claim(ops::scalar_from_u64(secret<std::uint64_t>(3)), "scalar_from_u64");
  claim(ops::scalar_from_choice(secret_choice(true)), "scalar_from_choice");
  claim(ops::add(x, y), "add");
  claim(ops::add(x, c), "add public");
  claim(ops::sub(x, y), "sub");
  claim(ops::sub(x, c), "sub public");
  claim(ops::sub(c, x), "sub from public");
  claim(ops::neg(x), "neg");
  claim(ops::mul(x, y), "mul");
  claim(ops::mul(x, c), "mul public");
  claim(ops::fma(x, c, y), "fma");
  claim(ops::fma(x, y, x), "fma secret");
  claim(ops::select(secret_choice(false), x, y), "select");
  claim(ops::is_zero(x), "is_zero");
  const auto inverse = ops::invert(x);
  claim(inverse, "invert");
  require(declassify<"test: the product is known">(ops::mul(x, inverse)) == G::scalar_from_u64(1),
          "invert");
  const auto stored = ops::encode_scalar(x);
  claim(stored, "encode_scalar");
  const auto back = ops::decode_scalar(stored);
  require(back.has_value() && declassify<"test: the scalar is known">(*back) ==
                                  declassify<"test: the scalar is known">(x),
          "decode_scalar");
  std::array<std::byte, G::scalar_bytes> too_large;
  too_large.fill(std::byte{0xFF});
  require(!ops::decode_scalar(secret(too_large)), "decode_scalar of too large a number");

  const auto witness = random_secret<40>(source);
  const prover_nonces nonces(transcript("sandoq-1/ctime"),
                             secret_bytes(byte_view(expose_for_secret_ops(witness))),
                             random_secret<32>(source));
  claim(nonces.at<G>(1), "prover_nonces::at");
}

/// As many as are worked on in vector lanes.
template <class G>
void many(const element_of<G>& p, random_source& source) {
  using ops = secret_ops<G>;
  std::vector<secret_scalar<G>> xs;
  std::vector<element_of<G>> es;
  for (std::uint64_t i = 0; i < 9; ++i) {
    xs.push_back(ops::random_scalar(source));
    es.push_back(i == 0 ? p : es.back() + p);
  }
  const auto sum = ops::msm(xs, es);
  claim(sum, "msm of many");
  secret_element<G> expected(G::identity());
  for (std::size_t i = 0; i < xs.size(); ++i) {
    expected = ops::add(expected, ops::mul(xs[i], es[i]));
  }
  require(
      declassify<"test: the sum is known">(sum) == declassify<"test: the sum is known">(expected),
      "msm of many");
  const auto powers = fixed_base_table<G>(p).mul_each(xs);
  for (const auto& power : powers) {
    claim(power, "mul_each of one base");
  }
  require(declassify<"test: the product is known">(powers[8]) ==
              declassify<"test: the product is known">(ops::mul(xs[8], p)),
          "mul_each of one base");
  claim(ops::mul_base_each(xs)[8], "mul_base_each");
}

template <class G>
void elements(random_source& source) {
  using ops = secret_ops<G>;
  const auto p = G::mul_vartime(G::scalar_from_u64(12345), G::generator());
  const auto x = ops::random_scalar(source);
  const auto a = ops::mul(x, p);
  claim(a, "mul");
  require(declassify<"test: the product is known">(a) ==
              G::mul_vartime(declassify<"test: the scalar is known">(x), p),
          "mul");
  claim(ops::mul(ops::scalar_from_u64(secret<std::uint64_t>(8)), a), "mul of a secret element");
  claim(ops::mul_base(x), "mul_base");
  claim(fixed_base_table<G>(p).mul(x), "fixed_base_table::mul");
  std::vector<secret_scalar<G>> xs;
  xs.push_back(x.clone());
  claim(ops::msm(xs, std::array{p}), "msm");
  many<G>(p, source);
  claim(ops::add(a, a), "add elements");
  claim(ops::add(a, p), "add a public element");
  claim(ops::sub(a, p), "sub a public element");
  const auto minus_a = ops::neg(a);
  claim(minus_a, "neg an element");
  require(G::is_identity(declassify<"test: the sum is known">(ops::add(a, minus_a))), "neg");
  for (const bool bit : {false, true}) {
    claim(ops::select(secret_choice(bit), p, G::generator()), "select public elements");
    claim(ops::select(secret_choice(bit), a, minus_a), "select elements");
    claim(ops::add_if(secret_choice(bit), a, p), "add_if");
  }
  claim(ops::encode(a), "encode");
}

template <class G>
void subtractions() {
  using ops = secret_ops<G>;
  const secret_element<G> a(G::mul_vartime(G::scalar_from_u64(98765), G::generator()));
  claim(ops::sub(a, a), "sub elements");
  claim(ops::sub(G::generator(), a), "sub from a public element");
}

}  // namespace

int main() {
  testing::require_checker();
  testing::deterministic_random source(1);
  scalars<modp4096>(source);
  elements<modp4096>(source);
  scalars<belenios2048>(source);
  elements<belenios2048>(source);
  subtractions<belenios2048>();
  scalars<rfc3526_2048>(source);
  elements<rfc3526_2048>(source);
  scalars<swisspost3072>(source);
  return 0;
}
