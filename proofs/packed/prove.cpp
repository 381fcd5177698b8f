#include <array>
#include <cstddef>
#include <utility>

#include "proofs/packed/statement.core.hpp"
#include "proofs/packed/words.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/packed_prove.hpp"
#include "sandoq/proofs/plaintext_knowledge_prove.hpp"

namespace sandoq {

namespace {

using G = ristretto255;
using ops = secret_ops<G>;
constexpr std::size_t part_bytes = packed_shape::part_bytes;

/// A number of secret words, wiped at its end.
class secret_words {
 public:
  explicit secret_words(std::size_t size) : words_(size) {}
  secret_words(const secret_words&) = delete;
  secret_words& operator=(const secret_words&) = delete;
  ~secret_words() { detail::wipe(words_.data(), 8 * words_.size()); }

  [[nodiscard]] std::span<std::uint64_t> words() noexcept { return words_; }

  /// v_1 ... v_w: the number in parts of 30 bytes, then the text.
  [[nodiscard]] packed_parts with_text(const packed_shape& shape, const secret_bytes& text) const {
    packed_parts out{secret_bytes(shape.width() * part_bytes)};
    const byte_span to = expose_for_secret_ops(out.octets);
    const std::size_t of_choice = shape.choice_parts() * part_bytes;
    for (std::size_t i = 0; i < of_choice; ++i) {
      to[i] = static_cast<std::byte>(words_[i / 8] >> (8 * (i % 8)));
    }
    const byte_view written = expose_for_secret_ops(text);
    for (std::size_t i = 0; i < written.size(); ++i) {
      to[of_choice + i] = written[i];
    }
    return out;
  }

 private:
  packed::words words_;
};

tl::unexpected<error> not_permitted() {
  return fail(
      errc::bad_witness, "choices",
      "one is not an option or stands twice, more are made than the contest allows, or fewer "
      "than it demands");
}

/// m_l = v_l + 1, 31 bytes.
secret<byte_array<31>> number_at(const packed_parts& parts, std::size_t l) {
  return secret<byte_array<31>>::made_by([&] {
    const byte_view from = expose_for_secret_ops(parts.octets).subspan(l * part_bytes, part_bytes);
    byte_array<31> out{};
    std::uint64_t carry = 1;
    for (std::size_t i = 0; i < part_bytes; ++i) {
      carry += std::to_integer<std::uint64_t>(from[i]);
      out[i] = static_cast<std::byte>(carry & 0xFFU);
      carry >>= 8U;
    }
    out[part_bytes] = static_cast<std::byte>(carry);
    return out;
  });
}

}  // namespace

result<packed_parts> parts_of_subset(const packed_numbers& numbers, const secret_bytes& choices,
                                     const secret_bytes& text) {
  const packed_shape& shape = numbers.shape();
  const std::size_t n = shape.options();
  const std::size_t k = shape.choices();
  SANDOQ_EXPECTS(numbers.table() != nullptr, "numbers of subsets");
  SANDOQ_EXPECTS(choices.size() == n + (shape.counts_blank() ? 1 : 0), "one byte for each option");
  SANDOQ_EXPECTS(text.size() == shape.text_bytes(), "a byte for each of the text");
  const byte_view in = expose_for_secret_ops(choices);
  secret_words number(shape.words());
  choice permitted = choice::yes();
  std::uint64_t marks = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto value = std::to_integer<std::uint64_t>(in[i]);
    permitted = permitted & choice::less(value, 2);
    const choice marked = choice::from_bit(value);
    for (std::size_t t = 1; t <= k; ++t) {
      packed::add_masked(number.words(), numbers.table()->at(i, t),
                         (marked & choice::equal(marks + 1, t)).mask());
    }
    marks += select(marked, 1, 0);
  }
  for (std::size_t s = 0; s < k; ++s) {  // C(n, s) for every smaller size
    packed::add_masked(number.words(), numbers.table()->at(n, s), choice::less(s, marks).mask());
  }
  permitted = permitted & ~choice::less(k, marks);
  const choice enough = ~choice::less(marks, shape.minimum());
  if (shape.counts_blank()) {
    const auto value = std::to_integer<std::uint64_t>(in[n]);
    const choice blank = choice::from_bit(value);
    permitted =
        permitted & choice::less(value, 2) & ((enough & ~blank) | (choice::is_zero(marks) & blank));
  } else {
    permitted = permitted & enough;
  }
  if (!declassify<"only whether a packed subset is permitted, which holds on every ballot">(
          permitted)) {
    return not_permitted();
  }
  return number.with_text(shape, text);
}

result<packed_parts> parts_of_ranking(const packed_numbers& numbers,
                                      std::span<const secret<std::uint64_t>> ranks,
                                      const secret_bytes& text) {
  const packed_shape& shape = numbers.shape();
  SANDOQ_EXPECTS(numbers.table() == nullptr, "numbers of rankings");
  SANDOQ_EXPECTS(ranks.size() == shape.choices(), "one code for each rank");
  SANDOQ_EXPECTS(text.size() == shape.text_bytes(), "a byte for each of the text");
  choice permitted = choice::yes();
  choice ended = choice::no();
  std::uint64_t used = 0;
  for (std::size_t j = 0; j < ranks.size(); ++j) {
    const std::uint64_t code = expose_for_secret_ops(ranks[j]);
    const choice empty = choice::is_zero(code);
    permitted = permitted & ~choice::less(shape.options(), code) & (empty | ~ended);
    for (std::size_t i = 0; i < j; ++i) {
      permitted = permitted & (empty | ~choice::equal(code, expose_for_secret_ops(ranks[i])));
    }
    ended = ended | empty;
    used += select(empty, 0, 1);
  }
  const choice enough = ~choice::less(used, shape.minimum());
  permitted = permitted & (shape.counts_blank() ? enough | choice::is_zero(used) : enough);
  if (!declassify<"only whether a packed ranking is permitted, which holds on every ballot">(
          permitted)) {
    return not_permitted();
  }
  secret_words number(shape.words());
  for (std::size_t j = ranks.size(); j-- > 0;) {
    packed::multiply_add(number.words(), std::uint64_t{shape.options()} + 1,
                         expose_for_secret_ops(ranks[j]));
  }
  return number.with_text(shape, text);
}

result<encrypted_packed> encrypt_packed(const prover_tables<G>& tables,
                                        const packed_context<G>& context, const packed_parts& parts,
                                        const nonce_seed& ballot_seed) {
  SANDOQ_EXPECTS(&context.election == &tables.election(), "tables of the same election");
  const std::size_t w = context.shape.width();
  SANDOQ_EXPECTS(parts.octets.size() == w * part_bytes, "the parts of this contest");
  transcript tr("sandoq-1/encrypt");
  absorb_context(tr, context);
  const prover_nonces nonces(tr, parts.octets, ballot_seed);
  std::vector<secret_scalar<G>> r(w);
  choice usable = choice::yes();
  for (std::size_t l = 0; l < w; ++l) {
    r[l] = nonces.at<G>(static_cast<std::uint32_t>(l));
    usable = usable & ~ops::is_zero(r[l]);
  }
  const auto alphas = ops::mul_base_each(r);
  const auto masks = tables.key().table().mul_each(r);
  std::vector<element_of<G>> elements;
  elements.reserve(2 * w);
  for (std::size_t l = 0; l < w; ++l) {
    secret_element<G> message;
    usable = usable & ops::element_of_number(message, number_at(parts, l));
    elements.push_back(declassify<"alpha of a packed ballot: r*G for a fresh r">(alphas[l]));
    elements.push_back(declassify<"beta of a packed ballot: the element is masked by r*K">(
        ops::add(masks[l], message)));
  }
  if (!declassify<"a zero nonce, or no element for a number: the device stops">(usable)) {
    return fail(
        errc::bad_witness, "ciphertext nonce",
        "it is zero, or a number has no element; the device stops here and opens no further "
        "ballot (52.4)");
  }
  return encrypted_packed{encoded_elements<G>(std::move(elements)), std::move(r)};
}

result<plaintext_knowledge_proof<G>> prove(const packed_statement<G>& statement,
                                           std::span<const secret_scalar<G>> r,
                                           const nonce_seed& ballot_seed) {
  transcript tr = packed::open_transcript(statement);
  return prove_with_seed<G>(packed::knowledge_of(statement), r, tr, ballot_seed);
}

}  // namespace sandoq
