// A trustee's answer to one request: every factor, the proof for all of them, the signature; beside
// the scalar multiplications alone through libsodium's byte interface.

#include <memory>

#include "bench/compare/comparison.hpp"
#include "bench/sodium_ops.hpp"
#include "sandoq/core/system_random.hpp"
#include "sandoq/threshold/partial_decryption_secret.hpp"

namespace sandoq::compare {
namespace {

using group = ristretto255;
using bench::require;

/// A request about ciphertexts that nobody has seen before, and who answers it.
struct trustee {
  explicit trustee(std::size_t ciphertexts) : request(make_request(ciphertexts, random)) {
    share.share = secret_ops<group>::random_scalar(random);
    share.share_key = encoded_element<group>(
        declassify<"the share key of a benchmark">(secret_ops<group>::mul_base(share.share)));
  }
  static decoded_request make_request(std::size_t ciphertexts, random_source& random) {
    opening_request out;
    out.number = 1;
    for (std::size_t i = 0; i < ciphertexts; ++i) {
      const auto element = [&] {
        byte_array<64> wide;
        random.fill(wide);
        return group::from_uniform_bytes(wide);
      };
      out.ciphertexts.push_back(encode(ciphertext<group>{element(), element()}));
    }
    return decode_elements(out).value();
  }

  system_random random;
  signing_key<group> key = signing_key<group>::generate(random);
  decryption_share share;
  decoded_request request;
};

side answer_request() {
  constexpr std::size_t count = 1024;
  auto who = std::make_shared<trustee>(count);
  return {
      count, [who] {
        require(
            prove_partial_decryption(who->request, who->share, who->key, who->random).has_value());
      }};
}

}  // namespace

std::vector<comparison> trustee_comparisons() {
  return {
      {"partial_decrypt_batch",
       "ciphertext of a request for 1,024, decrypted in part, constant time, batch proof included",
       "libsodium, scalar multiplication",
       {5, 3, 1.3},
       answer_request,
       multiply_by_libsodium},
  };
}

}  // namespace sandoq::compare
