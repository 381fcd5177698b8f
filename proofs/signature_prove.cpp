#include "sandoq/proofs/signature_prove.hpp"

#include "proofs/signature_prove.core.hpp"

namespace sandoq {

template class signing_key<ristretto255>;
template result<wire_signature> sign_with_seed(const signing_key<ristretto255>&,
                                               const signed_message&, const nonce_seed&);
template result<wire_signature> sign(const signing_key<ristretto255>&, const signed_message&,
                                     random_source&);

}  // namespace sandoq
