// Encryption: message and nonce are secret, the ciphertext is released by the encryptor. It is
// decrypted in variable time, so a value that was not released on purpose is found as well.

#include "sandoq/elgamal/encrypt_secret.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/deterministic_random.hpp"

int main() {
  using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
  using G = ristretto255;
  testing::require_checker();
  testing::deterministic_random source(20);
  const G::scalar x = G::scalar_from_u64(123456789);
  const encryptor<G> keyed(G::mul_base_vartime(x));
  const auto opens_to = [&x](const ciphertext<G>& c, std::uint64_t m) {
    testing::require(
        c.beta - G::mul_vartime(x, c.alpha) == G::mul_base_vartime(G::scalar_from_u64(m)),
        "the ciphertext holds another message");
  };
  for (const bool bit : {false, true}) {
    const auto r = secret_ops<G>::random_scalar(source);
    opens_to(keyed.encrypt_bit(testing::secret_choice(bit), r), bit ? 1 : 0);
  }
  for (const std::uint64_t m : {0ULL, 1ULL, 1234567ULL}) {
    const auto r = secret_ops<G>::random_scalar(source);
    const auto message = secret_ops<G>::scalar_from_u64(secret<std::uint64_t>(m));
    opens_to(keyed.encrypt(message, r), m);
  }
  return 0;
}
