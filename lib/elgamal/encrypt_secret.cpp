#include "sandoq/elgamal/encrypt_secret.hpp"

#include "lib/elgamal/encrypt_secret.core.hpp"

namespace sandoq {

template class encryptor<ristretto255>;

}  // namespace sandoq
