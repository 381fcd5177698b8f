// Encryption compiled for every integer group.

#include "lib/elgamal/encrypt_secret.core.hpp"
#include "sandoq/group/integer_group_secret.hpp"

namespace sandoq {

#define SANDOQ_INSTANTIATE(G) template class encryptor<G>;

SANDOQ_FOR_EACH_INTEGER_GROUP(SANDOQ_INSTANTIATE)

#undef SANDOQ_INSTANTIATE

}  // namespace sandoq
