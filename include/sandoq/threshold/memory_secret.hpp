#pragma once

#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/threshold/ceremony_secret.hpp"
#include "sandoq/threshold/key_holder_secret.hpp"

namespace sandoq {

/// \file
/// The forms in which a trustee's program stores what it must keep between two visits. Whoever has
/// them has the trustee's part of the key: seal them (sandoq/core/passphrase_secret.hpp) and
/// destroy them when they have served. Lengths tell numbers of boards and trustees only.

/// list (1..64) of b32 coefficient || b32 salt. Constant time.
[[nodiscard]] secret_bytes encode(const ceremony_memory& memory);
/// What encode() wrote. \return truncated, trailing_bytes, too_large or missing for another
/// structure; out_of_range if a coefficient is no scalar. Constant time in the coefficients.
[[nodiscard]] result<ceremony_memory> decode_ceremony_memory(const secret_bytes& stored);

/// u32 board || u32 trustee || b32 share || var election_key. Constant time in the share.
[[nodiscard]] secret_bytes encode(const holder_memory& memory);
/// What encode() wrote; key_holder::resume() compares it with everything else. \return as above;
/// mismatch if the keys have no such trustee. Constant time in the share.
[[nodiscard]] result<holder_memory> decode_holder_memory(const secret_bytes& stored);

}  // namespace sandoq
