#include "sandoq/ballot/roster_secret.hpp"

#include "sandoq/core/canonical_secret.hpp"
#include "sandoq/proofs/schnorr_prove.hpp"

namespace sandoq {

trustee_secrets trustee_secrets::generate(random_source& random) {
  auto signing = signing_key<ristretto255>::generate(random);
  return {std::move(signing), signing_key<ristretto255>::generate(random)};
}

result<trustee_secrets> trustee_secrets::from_scalars(secret_scalar<ristretto255> signing,
                                                      secret_scalar<ristretto255> encryption) {
  auto signing_pair = signing_key<ristretto255>::from_scalar(std::move(signing));
  if (!signing_pair) {
    return fail_within("signing key", std::move(signing_pair.error()));
  }
  auto encryption_pair = signing_key<ristretto255>::from_scalar(std::move(encryption));
  if (!encryption_pair) {
    return fail_within("encryption key", std::move(encryption_pair.error()));
  }
  if (signing_pair->public_key() == encryption_pair->public_key()) {
    return fail(errc::bad_witness, "encryption key", "it must not be the signing key");
  }
  return trustee_secrets(std::move(*signing_pair), std::move(*encryption_pair));
}

result<trustee_entry> trustee_secrets::roster_entry(const roster_place& place, std::string_view id,
                                                    const label_list& labels,
                                                    random_source& random) const {
  const trustee_keys keys = public_keys();
  const encoded_element<ristretto255> generator(ristretto255::generator());
  transcript signing_tr = signing_key_transcript(place, keys);
  auto signing_proof = prove(schnorr_statement<ristretto255>{generator, keys.signing},
                             signing_.scalar(), signing_tr, random);
  if (!signing_proof) {
    return tl::unexpected<error>(std::move(signing_proof.error()));
  }
  transcript encryption_tr = encryption_key_transcript(place, keys);
  auto encryption_proof = prove(schnorr_statement<ristretto255>{generator, keys.encryption},
                                encryption_.scalar(), encryption_tr, random);
  if (!encryption_proof) {
    return tl::unexpected<error>(std::move(encryption_proof.error()));
  }
  return trustee_entry{.id = std::string(id),
                       .labels = labels,
                       .signing_key = {keys.signing.octets()},
                       .encryption_key = {keys.encryption.octets()},
                       .signing_proof = *signing_proof,
                       .encryption_proof = *encryption_proof};
}

secret_bytes encode(const trustee_secrets& keys) {
  using ops = secret_ops<ristretto255>;
  secret_writer out;
  out.fixed(ops::encode_scalar(keys.signing().scalar()));
  out.fixed(ops::encode_scalar(keys.encryption()));
  return std::move(out).take();
}

result<trustee_secrets> decode_trustee_secrets(const secret_bytes& stored) {
  using ops = secret_ops<ristretto255>;
  secret_reader in(stored, "trustee's keys");
  auto signing = in.take(ops::decode_scalar(in.secret_fixed<32>("signing key")), "signing key");
  auto encryption =
      in.take(ops::decode_scalar(in.secret_fixed<32>("encryption key")), "encryption key");
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  auto keys = trustee_secrets::from_scalars(std::move(signing), std::move(encryption));
  if (!keys) {
    return fail_within("trustee's keys", std::move(keys.error()));
  }
  return keys;
}

result<authority_entry> make_authority(const signing_key<ristretto255>& key, election_domain domain,
                                       std::string_view election, std::string_view id,
                                       const label_list& labels, random_source& random) {
  const auto public_key = key.public_key();
  transcript tr = authority_key_transcript(domain, election, public_key);
  const encoded_element<ristretto255> generator(ristretto255::generator());
  auto proof =
      prove(schnorr_statement<ristretto255>{generator, public_key}, key.scalar(), tr, random);
  if (!proof) {
    return tl::unexpected<error>(std::move(proof.error()));
  }
  return authority_entry{.id = std::string(id),
                         .labels = labels,
                         .signing_key = {public_key.octets()},
                         .signing_proof = *proof};
}

}  // namespace sandoq
