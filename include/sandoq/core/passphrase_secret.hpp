#pragma once

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/key_file.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq {

/// Seals content under a passphrase, in the form of key_file: a fresh salt and nonce, Argon2id,
/// XChaCha20-Poly1305. Content and passphrase are secret; their lengths are not, that of the
/// content shows in the file. \param header      public, authenticated: kind, election, trustee; at
/// most 4,096 bytes \param passphrase  its bytes as they are: whoever reads it normalises it and
/// demands a length \return missing for an empty passphrase; out_of_range for a cost outside its
/// bounds; too_large for too long a header or content; io if the memory for the cost is not there.
/// Cost: that of `cost`. Argon2id reads its memory at places that depend on the passphrase
/// (docs/side_channels.md). Source: RFC 9106, draft-irtf-cfrg-xchacha-03; computed by libsodium.
[[nodiscard]] result<bytes> seal_with_passphrase(const secret_bytes& content, byte_view header,
                                                 const secret_bytes& passphrase,
                                                 passphrase_cost cost, random_source& source);

/// What was in a file: the header, now known to be genuine, and the content.
struct opened_key_file {
  bytes header;
  secret_bytes content;
};

/// Opens what seal_with_passphrase() made.
/// \return as key_file::decode for what is no such file; missing for an empty passphrase; io if the
/// memory is not there; mismatch if the passphrase is wrong or any byte of the file was changed,
/// which look alike. Cost: what the file asks for, which key_file::decode() tells beforehand.
[[nodiscard]] result<opened_key_file> open_with_passphrase(byte_view file,
                                                           const secret_bytes& passphrase);

}  // namespace sandoq
