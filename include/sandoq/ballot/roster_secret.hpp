#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/roster.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/proofs/signature_prove.hpp"

namespace sandoq {

/// The secret keys of one trustee. Move-only.
class trustee_secrets {
 public:
  /// Two fresh keys.
  [[nodiscard]] static trustee_secrets generate(random_source& random);
  /// From stored scalars; bad_witness if one is 0 or both are equal.
  [[nodiscard]] static result<trustee_secrets> from_scalars(secret_scalar<ristretto255> signing,
                                                            secret_scalar<ristretto255> encryption);

  [[nodiscard]] const signing_key<ristretto255>& signing() const noexcept { return signing_; }
  /// The key that shares are encrypted to; used as a Diffie-Hellman key, never to sign.
  [[nodiscard]] const secret_scalar<ristretto255>& encryption() const noexcept {
    return encryption_.scalar();
  }
  [[nodiscard]] trustee_keys public_keys() const {
    return {signing_.public_key(), encryption_.public_key()};
  }

  /// The trustee's line of the roster: public keys and proofs that it holds both secret ones.
  /// SPEC(50.3)
  /// \param place  board and number in the manifest to be, which the proofs are bound to
  [[nodiscard]] result<trustee_entry> roster_entry(const roster_place& place, std::string_view id,
                                                   const label_list& labels,
                                                   random_source& random) const;

 private:
  trustee_secrets(signing_key<ristretto255> signing, signing_key<ristretto255> encryption)
      : signing_(std::move(signing)), encryption_(std::move(encryption)) {}

  signing_key<ristretto255> signing_;
  signing_key<ristretto255> encryption_;  // the same kind of key pair
};

/// The form in which a trustee's keys are stored: b32 signing || b32 encryption. Seal it
/// (sandoq/core/passphrase_secret.hpp). Constant time.
[[nodiscard]] secret_bytes encode(const trustee_secrets& keys);
/// What encode() wrote. \return truncated or trailing_bytes for another length, out_of_range for
/// what is no scalar, bad_witness as from_scalars(). Constant time in the keys.
[[nodiscard]] result<trustee_secrets> decode_trustee_secrets(const secret_bytes& stored);

/// The authority's line of the manifest: its public key and the proof that it holds the secret one.
/// SPEC(50.3)
/// \param election  the election id of the manifest to be, which the proof is bound to
[[nodiscard]] result<authority_entry> make_authority(const signing_key<ristretto255>& key,
                                                     election_domain domain,
                                                     std::string_view election, std::string_view id,
                                                     const label_list& labels,
                                                     random_source& random);

}  // namespace sandoq
