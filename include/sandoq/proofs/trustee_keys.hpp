#pragma once

#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq {

/// The public keys of one trustee: one to sign for the board, one that shares are encrypted to.
struct trustee_keys {
  encoded_element<ristretto255> signing;
  encoded_element<ristretto255> encryption;
};

}  // namespace sandoq
