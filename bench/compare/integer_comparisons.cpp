// The integer group of 4096 bits with exponents of 256 beside GMP and OpenSSL, which take one
// number after another.

#include <gmp.h>
#include <openssl/bn.h>

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "bench/compare/comparison.hpp"
#include "bench/compare/gmp_library.hpp"
#include "bench/sodium_ops.hpp"
#include "lib/group/integer_group_access.hpp"
#include "sandoq/core/system_random.hpp"
#include "sandoq/group/integer_group.hpp"

namespace sandoq::compare {
namespace {

using G = modp4096;
using numbers = integers::constants<modp4096_parameters>;
using bench::require;

std::vector<G::scalar> random_scalars(std::size_t n) {
  system_random source;
  std::vector<G::scalar> out(n);
  for (G::scalar& s : out) {
    byte_array<G::nonce_bytes> wide;
    source.fill(wide);
    s = G::scalar_from_nonce_bytes(wide);
  }
  return out;
}
std::vector<G::element> random_elements(std::size_t n) {
  std::vector<G::element> out(n);
  G::mul_base_each_vartime(out, random_scalars(n));
  return out;
}

constexpr std::size_t count = 1024;

// Theirs.

/// Numbers of one GMP: x to the power e modulo p.
struct gmp_numbers {
  explicit gmp_numbers(const gmp_library& by) : gmp(by) {
    for (mpz_ptr each : {x, e, p, y}) {
      gmp.init(each);
    }
    set(p, numbers::p);
    set(x, integers::limbs_of(random_elements(1)[0]));
    set(y, integers::limbs_of(random_elements(1)[0]));
    set(e, integers::limbs_of(random_scalars(1)[0]));
  }
  gmp_numbers(const gmp_numbers&) = delete;
  gmp_numbers& operator=(const gmp_numbers&) = delete;
  ~gmp_numbers() {
    for (mpz_ptr each : {x, e, p, y}) {
      gmp.clear(each);
    }
  }
  void set(mpz_ptr out, integers::limb_view limbs) const {
    gmp.import(out, limbs.size(), -1, 8, 0, 0, limbs.data());
  }
  [[nodiscard]] std::vector<std::uint64_t> limbs(mpz_srcptr from) const {
    std::vector<std::uint64_t> out(2 * numbers::p.size());
    gmp.export_to(out.data(), nullptr, -1, 8, 0, 0, from);
    return out;
  }

  const gmp_library& gmp;
  mpz_t x, e, p, y;
};

side power_by_gmp(const gmp_library& gmp) {
  auto n = std::make_shared<gmp_numbers>(gmp);
  return {1, [n] { n->gmp.powm(n->x, n->x, n->e, n->p); }};
}
side membership_by_gmp(const gmp_library& gmp) {
  auto n = std::make_shared<gmp_numbers>(gmp);
  n->set(n->e, numbers::q);
  return {1, [n] {
            n->gmp.powm(n->y, n->x, n->e, n->p);
            require(n->y->_mp_size == 1 && n->y->_mp_d[0] == 1);
          }};
}
side products_by_gmp(const gmp_library& gmp) {
  auto n = std::make_shared<gmp_numbers>(gmp);
  return {16, [n] {
            for (int i = 0; i < 2 * 16; ++i) {
              n->gmp.mul(n->x, n->x, n->y);
              n->gmp.mod(n->x, n->x, n->p);
            }
          }};
}

/// A library that was built here must come to what Debian's comes to.
void compare_results(const gmp_library& a, const gmp_library& b) {
  gmp_numbers left(a);
  gmp_numbers right(b);
  for (const auto& [to, from] :
       {std::pair<mpz_ptr, mpz_srcptr>{right.x, left.x}, {right.y, left.y}, {right.e, left.e}}) {
    right.set(to, left.limbs(from));
  }
  for (const gmp_numbers* n : {&left, &right}) {
    auto* const out = const_cast<gmp_numbers*>(n);
    n->gmp.powm(out->x, n->x, n->e, n->p);
    n->gmp.mul(out->x, n->x, n->y);
    n->gmp.mod(out->x, n->x, n->p);
  }
  require(left.limbs(left.x) == right.limbs(right.x));
}

side power_by_openssl() {
  struct big_numbers {
    std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> context{BN_CTX_new(), BN_CTX_free};
    std::unique_ptr<BN_MONT_CTX, decltype(&BN_MONT_CTX_free)> form{BN_MONT_CTX_new(),
                                                                   BN_MONT_CTX_free};
    std::array<std::unique_ptr<BIGNUM, decltype(&BN_free)>, 3> value{
        {{nullptr, BN_free}, {nullptr, BN_free}, {nullptr, BN_free}}};
  };
  auto n = std::make_shared<big_numbers>();
  const auto number = [](integers::limb_view limbs) {
    bytes octets(8 * limbs.size());
    integers::to_big_endian(octets, limbs);
    return BN_bin2bn(reinterpret_cast<const unsigned char*>(octets.data()),
                     static_cast<int>(octets.size()), nullptr);
  };
  n->value[0].reset(number(integers::limbs_of(random_elements(1)[0])));
  n->value[1].reset(number(integers::limbs_of(random_scalars(1)[0])));
  n->value[2].reset(number(numbers::p));
  require(BN_MONT_CTX_set(n->form.get(), n->value[2].get(), n->context.get()) == 1);
  return {1, [n] {
            require(BN_mod_exp_mont(n->value[0].get(), n->value[0].get(), n->value[1].get(),
                                    n->value[2].get(), n->context.get(), n->form.get()) == 1);
          }};
}

// Ours.

side powers() {
  constexpr std::size_t bases = 32;
  auto elements = std::make_shared<std::vector<G::element>>(random_elements(bases));
  return {bases, [elements, scalars = random_scalars(bases)] {
            G::mul_each_vartime(*elements, scalars, *elements);
          }};
}
side sums_of_ciphertexts() {
  auto sums = std::make_shared<std::array<G::element, 2>>();
  return {count, [sums, addends = random_elements(2 * count)] { G::add_columns(*sums, addends); }};
}
side membership() {
  auto wire = std::make_shared<bytes>(count * G::element_bytes);
  G::encode_batch(*wire, random_elements(count));
  auto out = std::make_shared<std::vector<G::element>>(count);
  return {count, [wire, out] { require(G::decode_batch(*out, *wire).has_value()); }};
}
side sum_of_multiples() {
  return {count, [scalars = random_scalars(count), elements = random_elements(count)] {
            require(!G::is_identity(G::msm_vartime(scalars, elements)));
          }};
}

}  // namespace

std::vector<comparison> integer_comparisons(const gmp_library* tuned) {
  const gmp_library& debian = debian_gmp();
  if (tuned != nullptr) {
    compare_results(debian, *tuned);
  }
  std::vector<comparison> out;
  // Beside Debian's GMP, and again beside the one for this CPU, if it is here.
  const auto add = [&](const comparison& beside, goals goal_tuned,
                       side (*theirs)(const gmp_library&)) {
    out.push_back(beside);
    out.back().baseline = "GMP, " + beside.baseline;
    out.back().make_theirs = [&debian, theirs] { return theirs(debian); };
    out.push_back(beside);
    out.back().name += "_tuned";
    out.back().baseline = "GMP built for this CPU, " + beside.baseline;
    out.back().goal = goal_tuned;
    if (tuned != nullptr) {
      out.back().make_theirs = [tuned, theirs] { return theirs(*tuned); };
    }
  };
  add({"modexp_4096_256",
       "power of 4096 bits, exponent of 256, many at once",
       "mpz_powm",
       {2.6, 1.5, 1},
       powers,
       {}},
      {2.1, 1.2, 0}, power_by_gmp);
  out.push_back({"modexp_4096_256_openssl",
                 "the same",
                 "OpenSSL, BN_mod_exp_mont",
                 {1.8, 1, 0},
                 powers,
                 power_by_openssl});
  add({"aggregate_4096",
       "ElGamal ciphertext of two residues, multiplied into a product",
       "mpz_mul and mpz_mod",
       {2.9, 1.8, 1.3},
       sums_of_ciphertexts,
       {}},
      {}, products_by_gmp);
  add({"membership_4096",
       "residue whose order is checked among 1,024, from its bytes",
       "mpz_powm",
       {20, 12, 8},
       membership,
       {}},
      {}, membership_by_gmp);
  add({"multiexp_4096_1024",
       "factor of a product of 1,024 powers",
       "mpz_powm",
       {14, 9, 7},
       sum_of_multiples,
       {}},
      {}, power_by_gmp);
  return out;
}

}  // namespace sandoq::compare
