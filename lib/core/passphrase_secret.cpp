#include "sandoq/core/passphrase_secret.hpp"

#include <sodium/core.h>
#include <sodium/crypto_aead_xchacha20poly1305.h>
#include <sodium/crypto_pwhash_argon2id.h>

#include <string>
#include <utility>

#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

using key_octets = secret<byte_array<32>>;

// libsodium wipes its heap, not its stack.
constexpr std::size_t stack_bytes = 16384;

static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);
static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == 24);
static_assert(crypto_aead_xchacha20poly1305_ietf_ABYTES == key_file::tag_bytes);
static_assert(crypto_pwhash_argon2id_SALTBYTES == 16);
static_assert(crypto_pwhash_argon2id_MEMLIMIT_MIN == passphrase_cost::min_memory_bytes);
static_assert(passphrase_cost::interactive() ==
              passphrase_cost{crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE});
static_assert(passphrase_cost::moderate() ==
              passphrase_cost{crypto_pwhash_argon2id_OPSLIMIT_MODERATE,
                              crypto_pwhash_argon2id_MEMLIMIT_MODERATE});
static_assert(passphrase_cost::sensitive() ==
              passphrase_cost{crypto_pwhash_argon2id_OPSLIMIT_SENSITIVE,
                              crypto_pwhash_argon2id_MEMLIMIT_SENSITIVE});

const unsigned char* as_unsigned(byte_view data) noexcept {
  return reinterpret_cast<const unsigned char*>(data.data());
}
unsigned char* as_unsigned(byte_span data) noexcept {
  return reinterpret_cast<unsigned char*>(data.data());
}

// \pre check_cost
result<key_octets> derive_key(const key_file& file, const secret_bytes& passphrase) {
  if (passphrase.size() == 0) {
    return fail(errc::missing, "passphrase", "is empty");
  }
  SANDOQ_EXPECTS(sodium_init() >= 0, "libsodium works on this machine");
  key_octets key;
  const byte_span octets = expose_for_secret_ops(key);
  const int failed = crypto_pwhash_argon2id(
      as_unsigned(octets), octets.size(),
      reinterpret_cast<const char*>(expose_for_secret_ops(passphrase).data()), passphrase.size(),
      as_unsigned(byte_view(file.salt)), file.cost.operations,
      static_cast<std::size_t>(file.cost.memory_bytes), crypto_pwhash_argon2id_ALG_ARGON2ID13);
  detail::wipe_dead_stack<stack_bytes>();
  if (failed != 0) {
    return fail(errc::io, "passphrase",
                "the machine does not give the " + std::to_string(file.cost.memory_bytes >> 20) +
                    " MiB of memory that the cost of this file needs");
  }
  detail::mark_secret(octets.data(), octets.size());
  return key;
}

// The box of the content, beside everything that the file holds already.
bytes seal(const key_file& file, const key_octets& key, const secret_bytes& content) {
  const bytes associated = file.associated_data();
  secret_bytes box(content.size() + key_file::tag_bytes);
  unsigned long long written = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      as_unsigned(expose_for_secret_ops(box)), &written,
      as_unsigned(expose_for_secret_ops(content)), content.size(),
      as_unsigned(byte_view(associated)), associated.size(), nullptr,
      as_unsigned(byte_view(file.nonce)), as_unsigned(byte_view(expose_for_secret_ops(key))));
  detail::wipe_dead_stack<stack_bytes>();
  SANDOQ_EXPECTS(written == box.size(), "a box is as long as its content and a tag");
  return declassify<"an authenticated ciphertext under the key of this file alone">(box);
}

result<secret_bytes> open(const key_file& file, const key_octets& key) {
  const bytes associated = file.associated_data();
  secret_bytes content(file.box.size() - key_file::tag_bytes);
  const byte_span octets = expose_for_secret_ops(content);
  unsigned long long written = 0;
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      as_unsigned(octets), &written, nullptr, as_unsigned(byte_view(file.box)), file.box.size(),
      as_unsigned(byte_view(associated)), associated.size(), as_unsigned(byte_view(file.nonce)),
      as_unsigned(byte_view(expose_for_secret_ops(key))));
  detail::wipe_dead_stack<stack_bytes>();
  if (failed != 0) {
    return fail(errc::mismatch, "key file", "the passphrase is wrong, or the file is damaged");
  }
  detail::mark_secret(octets.data(), octets.size());
  return content;
}

result<void> check_sizes(const secret_bytes& content, byte_view header) {
  if (header.size() > key_file::max_header_bytes) {
    return fail(errc::too_large, "header",
                "is longer than " + std::to_string(key_file::max_header_bytes) + " bytes");
  }
  if (content.size() > key_file::max_content_bytes) {
    return fail(errc::too_large, "content",
                "is longer than " + std::to_string(key_file::max_content_bytes) + " bytes");
  }
  return {};
}

}  // namespace

result<bytes> seal_with_passphrase(const secret_bytes& content, byte_view header,
                                   const secret_bytes& passphrase, passphrase_cost cost,
                                   random_source& source) {
  if (auto ok = check_cost(cost); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  if (auto ok = check_sizes(content, header); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  key_file file;
  file.cost = cost;
  source.fill(file.salt);
  source.fill(file.nonce);
  file.header.assign(header.begin(), header.end());
  const auto key = derive_key(file, passphrase);
  if (!key) {
    return tl::unexpected(key.error());
  }
  file.box = seal(file, *key, content);
  return file.encode();
}

result<opened_key_file> open_with_passphrase(byte_view file, const secret_bytes& passphrase) {
  auto read = key_file::decode(file);
  if (!read) {
    return tl::unexpected(std::move(read.error()));
  }
  const auto key = derive_key(*read, passphrase);
  if (!key) {
    return tl::unexpected(key.error());
  }
  auto content = open(*read, *key);
  if (!content) {
    return tl::unexpected(std::move(content.error()));
  }
  return opened_key_file{std::move(read->header), std::move(*content)};
}

}  // namespace sandoq
