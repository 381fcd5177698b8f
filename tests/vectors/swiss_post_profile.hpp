#pragma once

// The challenges of Swiss Post's mix-net, as a profile of the shuffle argument: SHA3-256 over
// nested lists. For published vectors only, so it is no part of the library. SPEC(48.12)

#include <openssl/evp.h>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proofs/shuffle/argument.core.hpp"
#include "sandoq/group/integer_group.hpp"

namespace sandoq::testing {

using swiss_hash = byte_array<32>;

inline swiss_hash sha3_256(byte_view data) {
  swiss_hash out;
  unsigned size = 0;
  EVP_Digest(data.data(), data.size(), reinterpret_cast<unsigned char*>(out.data()), &size,
             EVP_sha3_256(), nullptr);
  return out;
}

/// Of an integer: its shortest big-endian bytes, none for 0.
inline swiss_hash hash_integer(byte_view big_endian) {
  bytes data = {std::byte{1}};
  data.insert(data.end(),
              std::find_if(big_endian.begin(), big_endian.end(),
                           [](std::byte b) { return b != std::byte{0}; }),
              big_endian.end());
  return sha3_256(data);
}
inline swiss_hash hash_text(std::string_view text) {
  bytes data = {std::byte{2}};
  const byte_view octets = bytes_of(text);
  data.insert(data.end(), octets.begin(), octets.end());
  return sha3_256(data);
}
inline swiss_hash hash_list(std::span<const swiss_hash> items) {
  bytes data = {std::byte{3}};
  for (const swiss_hash& item : items) {
    data.insert(data.end(), item.begin(), item.end());
  }
  return sha3_256(data);
}

/// One gamma and a phi for each key, all with one nonce and one mask.
inline shuffling::ciphertext_layout swiss_layout(std::size_t keys, base_index first_key) {
  shuffling::ciphertext_layout out = {{0, generator_base, std::nullopt}};
  for (std::size_t l = 0; l < keys; ++l) {
    out.push_back({0, base_index(first_key.value() + static_cast<std::uint32_t>(l)), 0});
  }
  return out;
}

/// The profile. Statements that the native one never computes are computed here.
class swiss_post_profile {
 public:
  using G = swisspost3072;
  using scalar = scalar_of<G>;
  using element = element_of<G>;
  using sum = shuffling::linear_sum<G>;
  using list = std::vector<swiss_hash>;

  /// \param table  G, then the keys, H, G_1, G_2, ...
  swiss_post_profile(const shared_bases<G>& table, std::size_t keys, byte_view p, byte_view q)
      : table_(table), keys_(keys) {
    const auto all = table.elements();
    start_ = {hash_integer(p), hash_integer(q), of(all.subspan(1, keys)),
              of(all.subspan(1 + keys))};
  }

  /// "shuffle x", ...: the last 32 bytes of every challenge that was drawn.
  [[nodiscard]] const std::map<std::string, swiss_hash>& drawn() const noexcept { return drawn_; }

  result<scalar> first(const shuffling::ciphertext_list<G>& inputs,
                       const shuffling::ciphertext_list<G>& outputs,
                       const shuffling::shuffle_part<G>& part) {
    base_ = joined(start_, {of(inputs), of(outputs), of(part.c_A.elements)});
    return draw("shuffle x", base_);
  }
  result<std::pair<scalar, scalar>> second(const shuffling::shuffle_part<G>& part) {
    const list values = joined({of(part.c_B.elements)}, base_);
    return std::pair{draw("shuffle y", values),
                     draw("shuffle z", joined({hash_text("1")}, values))};
  }
  result<std::pair<scalar, scalar>> hadamard(std::span<const sum> c_A, const sum& c_b,
                                             const shuffling::hadamard_part<G>& part) {
    std::vector<element> c_P = {value(c_A[0])};
    c_P.insert(c_P.end(), part.commitments.elements.begin(), part.commitments.elements.end());
    const list values = joined(start_, {of(c_A), of(value(c_b)), of(c_P)});
    return std::pair{draw("hadamard x", values),
                     draw("hadamard y", joined({hash_text("1")}, values))};
  }
  result<scalar> zero(std::span<const sum> c_A, std::span<const sum> c_B,
                      const shuffling::zero_part<G>& part) {
    const auto given = part.commitments.elements;
    const std::vector<element> c_D = with_identity(given.subspan(2), c_A.size() + 1);
    return draw("zero x", joined(start_, {of(given[0]), of(given[1]), of(c_D), of(c_B), of(c_A)}));
  }
  result<scalar> single_value_product(const sum& c, const scalar& b,
                                      const shuffling::single_value_part<G>& part) {
    const auto given = part.commitments.elements;
    return draw("single-value-product x",
                joined(start_, {of(given[2]), of(given[1]), of(given[0]),
                                hash_integer(G::encode_scalar(b)), of(value(c))}));
  }
  result<scalar> multi_exponentiation(const shuffling::ciphertext_list<G>& D,
                                      const shuffling::weighted_ciphertexts<G>& C,
                                      std::span<const sum> c_A,
                                      const shuffling::multi_exponentiation_part<G>& part) {
    const std::size_t m = c_A.size();
    const std::size_t row = D.elements.size() / m;
    list rows;
    for (std::size_t i = 0; i < m; ++i) {
      rows.push_back(of(shuffling::ciphertext_list<G>{D.elements.subspan(i * row, row), D.step}));
    }
    const std::vector<element> total = value(C);
    std::vector<element> E(part.E.elements.begin(), part.E.elements.end());
    E.insert(E.begin() + static_cast<std::ptrdiff_t>(m * D.step), total.begin(), total.end());
    const auto given = part.commitments.elements;
    const std::vector<element> c_B = with_identity(given.subspan(1), m);
    return draw("multiexp x",
                joined(start_, {hash_list(rows), of(total), of(c_A), of(given[0]), of(c_B),
                                of(shuffling::ciphertext_list<G>{E, D.step})}));
  }

  [[nodiscard]] element value(const sum& s) const {
    const auto bases = table_.elements().subspan(1 + keys_);
    element out = G::msm_vartime(s.scalars, s.elements) + G::mul_vartime(s.blind, bases[0]);
    return out + G::msm_vartime(s.vector, bases.subspan(1, s.vector.size()));
  }

 private:
  static list joined(list a, const list& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  }
  static std::vector<element> with_identity(std::span<const element> given, std::size_t at) {
    std::vector<element> out(given.begin(), given.end());
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(at), G::identity());
    return out;
  }
  static swiss_hash of(const element& e) { return hash_integer(G::encode(e)); }
  static swiss_hash of(std::span<const element> elements) {
    list out;
    for (const element& e : elements) {
      out.push_back(of(e));
    }
    return hash_list(out);
  }
  [[nodiscard]] swiss_hash of(std::span<const sum> sums) const {
    list out;
    for (const sum& s : sums) {
      out.push_back(of(value(s)));
    }
    return hash_list(out);
  }
  static swiss_hash of(const shuffling::ciphertext_list<G>& ciphertexts) {
    list out;
    for (std::size_t i = 0; i < ciphertexts.size(); ++i) {
      out.push_back(of(ciphertexts.elements.subspan(i * ciphertexts.step, ciphertexts.step)));
    }
    return hash_list(out);
  }
  static std::vector<element> value(const shuffling::weighted_ciphertexts<G>& C) {
    std::vector<element> out;
    for (std::size_t place = 0; place < C.list.step; ++place) {
      std::vector<element> column;
      for (std::size_t i = 0; i < C.list.size(); ++i) {
        column.push_back(C.list.at(i, place));
      }
      out.push_back(G::msm_vartime(C.weights, column));
    }
    return out;
  }
  scalar draw(const std::string& name, const list& values) {
    const swiss_hash digest = hash_list(values);
    drawn_[name] = digest;
    byte_array<G::scalar_bytes> padded{};
    std::copy(digest.begin(), digest.end(), padded.end() - digest.size());
    return G::decode_scalar(padded).value();
  }

  const shared_bases<G>& table_;
  std::size_t keys_;
  list start_;
  list base_;
  std::map<std::string, swiss_hash> drawn_;
};

}  // namespace sandoq::testing
