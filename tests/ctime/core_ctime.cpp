// Everything in core that takes a secret.

#include <array>

#include "sandoq/core/aead_secret.hpp"
#include "sandoq/core/canonical_secret.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/secret_hash.hpp"
#include "tests/ctime/ctime_program.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using testing::claim;
using testing::require;
using testing::secret_choice;

/// Fixed bytes; random_secret marks them.
class fixed_source final : public random_source {
 public:
  void fill(byte_span out) noexcept override {
    for (std::byte& octet : out) {
      octet = static_cast<std::byte>(next_ = static_cast<unsigned char>(5 * next_ + 1));
    }
  }

 private:
  unsigned char next_ = 7;
};

void choices() {
  const secret<std::uint64_t> a(5);
  const secret<std::uint64_t> b(9);
  const std::uint64_t x = expose_for_secret_ops(a);
  const std::uint64_t y = expose_for_secret_ops(b);
  const choice less = choice::less(x, y);
  const choice zero = choice::is_zero(x);
  claim(less, "less");
  claim(zero, "is_zero");
  claim(choice::equal(x, y), "equal");
  claim((less & ~zero) ^ (less | zero), "logic of choices");
  claim(secret<std::uint64_t>(select(less, x, y)), "select");
  const std::array<std::uint64_t, 3> left = {1, 2, 3};
  const std::array<std::uint64_t, 3> right = {4, 5, 6};
  const auto chosen = select(secret_choice(true), left, right);
  if (!ctime::is_poisoned(chosen.data(), sizeof chosen)) {
    std::exit(4);
  }
  require(declassify<"test: the comparison itself">(less), "less");
}

void hashing_and_comparing() {
  fixed_source source;
  const auto seed = random_secret<32>(source);
  claim(seed, "random_secret");
  secret_bytes text(100);
  source.fill(expose_for_secret_ops(text));
  detail::mark_secret(expose_for_secret_ops(text).data(), text.size());
  secret_sha512 state;
  state.update(seed).update(text).update(bytes_of("public"));
  const auto digest = state.finish();
  claim(digest, "secret_sha512");
  const choice same =
      ct_equal(expose_for_secret_ops(seed), byte_view(expose_for_secret_ops(text)).first(32));
  claim(same, "ct_equal");
}

void moving() {
  secret<std::uint64_t> a(1);
  secret<std::uint64_t> b(std::move(a));
  const secret<std::uint64_t> c = b.clone();
  a = std::move(b);
  claim(a, "move");
  claim(c, "clone");
  secret_bytes d{byte_view(byte_array<4>{})};
  const secret_bytes e = d.clone();
  d = secret_bytes(3);
  claim(e, "secret_bytes::clone");
  claim(d, "secret_bytes of zeros");
  require(declassify<"test: the number is known">(c) == 1, "secret::clone");
}

void sealing() {
  fixed_source source;
  const auto key = random_secret<32>(source);
  const auto message = random_secret<32>(source);
  auto box = seal_32(key, message);
  const auto opened = open_32(key, box);
  require(opened && declassify<"test: the message is known">(
                        ct_equal(expose_for_secret_ops(*opened), expose_for_secret_ops(message))),
          "open_32");
  claim(*opened, "open_32");
  box[0] ^= std::byte{1};
  require(!open_32(key, box), "open_32 of a changed box");
}

void storing() {
  fixed_source source;
  const auto octets = random_secret<32>(source);
  secret_writer out;
  out.u32(7);
  for (int i = 0; i < 20; ++i) {  // outgrows its room
    out.fixed(octets);
  }
  out.var(bytes_of("public"));
  secret_bytes text(100);
  out.var(text);
  const secret_bytes stored = std::move(out).take();
  claim(stored, "secret_writer");
  secret_reader in(stored, "test");
  require(in.u32("number") == 7, "secret_reader::u32");
  for (int i = 0; i < 20; ++i) {
    claim(in.secret_fixed<32>("octets"), "secret_reader::secret_fixed");
  }
  require(in.var(10, "public").size() == 6, "secret_reader::var");
  claim(in.secret_var(100, "text"), "secret_reader::secret_var");
  require(in.finish().has_value(), "secret_reader::finish");
}

}  // namespace

int main() {
  testing::require_checker();
  choices();
  hashing_and_comparing();
  moving();
  sealing();
  storing();
  return 0;
}
