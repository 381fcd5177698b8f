// Every function of secret_ops<ristretto255> and of its fixed-base tables.

#include <vector>

#include "sandoq/group/ristretto255_secret.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/deterministic_random.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using testing::claim;
using testing::require;
using testing::secret_choice;
using group = ristretto255;
using ops = secret_ops<group>;
using S = secret<group::scalar>;
using E = secret<group::element>;

void scalars(random_source& source) {
  const S x = ops::random_scalar(source);
  const S y = ops::scalar_from_wide(random_secret<64>(source));
  const group::scalar c = group::scalar_from_u64(77);
  claim(x, "random_scalar");
  claim(y, "scalar_from_wide");
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
  claim(ops::invert(x), "invert");
  claim(ops::fma(x, c, y), "fma");
  claim(ops::fma(x, y, x), "fma secret");
  claim(ops::select(secret_choice(false), x, y), "select");
  claim(ops::is_zero(x), "is_zero");
  const auto stored = ops::encode_scalar(x);
  claim(stored, "encode_scalar");
  const auto back = ops::decode_scalar(stored);
  require(back && declassify<"test: the scalar is known">(*back) ==
                      declassify<"test: the scalar is known">(x),
          "decode_scalar");
  claim(*back, "decode_scalar");
  byte_array<32> too_large;
  too_large.fill(std::byte{0xFF});
  require(!ops::decode_scalar(secret<byte_array<32>>(too_large)),
          "decode_scalar of too large a number");
}

void multiples(random_source& source) {
  const group::element p = group::mul_base_vartime(group::scalar_from_u64(12345));
  const fixed_base_table<group> table(p);
  S x = ops::random_scalar(source);
  for (int i = 0; i < 2; ++i) {
    const E out = ops::mul(x, p);
    claim(out, "mul");
    claim(ops::mul(x, out), "mul of a secret element");
    claim(ops::mul_base(x), "mul_base");
    claim(table.mul(x), "fixed_base_table::mul");
    const auto s = declassify<"test: the scalar is known">(x);
    require(declassify<"test: the product is known">(out) == group::mul_vartime(s, p), "mul");
    x = S(group::scalar_from_u64(8));  // few digits, and one at the bound
  }
  std::vector<S> xs;
  std::vector<group::element> es;
  for (std::uint64_t i = 0; i < 3; ++i) {
    xs.push_back(ops::random_scalar(source));
    es.push_back(group::mul_base_vartime(group::scalar_from_u64(i + 5)));
  }
  claim(ops::msm(xs, es), "msm");

  const fixed_bases_table<group> bases(es);
  const E sum = bases.msm(xs);
  claim(sum, "fixed_bases_table::msm");
  require(declassify<"test: the sum is known">(sum) ==
              declassify<"test: the sum is known">(ops::msm(xs, es)),
          "fixed_bases_table::msm");
  const auto claim_each = [](const std::vector<E>& products, const char* what) {
    require(products.size() == 3, what);
    for (const E& product : products) {
      claim(product, what);
    }
  };
  claim_each(ops::mul_each(xs, es), "mul_each");
  claim_each(ops::mul_each(xs.front(), es), "mul_each by one scalar");
  claim_each(ops::mul_base_each(xs), "mul_base_each");
  claim_each(table.mul_each(xs), "fixed_base_table::mul_each");
}

void elements(random_source& source) {
  const E a = ops::mul_base(ops::random_scalar(source));
  const E b = ops::mul_base(ops::random_scalar(source));
  const group::element p = group::generator();
  const group::element q = group::mul_base_vartime(group::scalar_from_u64(9));
  claim(ops::add(a, b), "add elements");
  claim(ops::add(a, p), "add a public element");
  claim(ops::sub(a, b), "sub elements");
  claim(ops::sub(a, p), "sub a public element");
  claim(ops::sub(p, a), "sub from a public element");
  claim(ops::neg(a), "neg an element");
  for (const bool bit : {false, true}) {
    claim(ops::select(secret_choice(bit), p, q), "select public elements");
    claim(ops::select(secret_choice(bit), a, b), "select elements");
    claim(ops::add_if(secret_choice(bit), a, p), "add_if");
  }
  const auto octets = ops::encode(a);
  claim(octets, "encode");
  const auto wire = declassify<"test: the encoding is published">(octets);
  require(group::decode(wire) &&
              *group::decode(wire) == declassify<"test: the element is published">(a),
          "encode");
}

}  // namespace

int main() {
  testing::require_checker();
  testing::deterministic_random source(1);
  scalars(source);
  multiples(source);
  elements(source);
  return 0;
}
