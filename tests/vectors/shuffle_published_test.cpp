// spec/48-shuffle/vectors/published.json: what Swiss Post published, through the argument that
// elections use and a profile of challenges.

#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/vector_file.hpp"
#include "tests/vectors/swiss_post_profile.hpp"

// A namespace of its own, where several tests are compiled as one.
namespace sandoq::shuffle_published_test {
namespace {

using G = swisspost3072;
using element = element_of<G>;
using scalar = scalar_of<G>;
using testing::swiss_post_profile;
using testing::vector_value;
using whole = encoded_elements<G>;
using shuffling::announced;

/// A number in Base64, with as many bytes as the field has.
bytes padded_octets(const std::string& text, std::size_t size_bytes) {
  bytes raw(text.size());
  std::size_t size = 0;
  EXPECT_EQ(
      sodium_base642bin(reinterpret_cast<unsigned char*>(raw.data()), raw.size(), text.c_str(),
                        text.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL),
      0);
  raw.resize(size);
  while (raw.size() > size_bytes && raw.front() == std::byte{0}) {
    raw.erase(raw.begin());
  }
  EXPECT_LE(raw.size(), size_bytes);
  raw.insert(raw.begin(), size_bytes - std::min(size_bytes, raw.size()), std::byte{0});
  return raw;
}
element published(const vector_value& v) {
  return G::decode(padded_octets(v.text(), G::element_bytes)).value();
}
scalar number(const vector_value& v) {
  return G::decode_scalar(padded_octets(v.text(), G::scalar_bytes)).value();
}
std::vector<element> elements(const vector_value& v) {
  std::vector<element> out;
  for (const auto& item : v.items()) {
    out.push_back(published(item));
  }
  return out;
}
std::vector<scalar> numbers(const vector_value& v) {
  std::vector<scalar> out;
  for (const auto& item : v.items()) {
    out.push_back(number(item));
  }
  return out;
}
void append_ciphertext(std::vector<element>& out, const vector_value& v) {
  out.push_back(published(v.at("gamma")));
  const auto phis = elements(v.at("phis"));
  out.insert(out.end(), phis.begin(), phis.end());
}
std::vector<element> ciphertexts(const vector_value& v) {
  std::vector<element> out;
  for (const auto& item : v.items()) {
    append_ciphertext(out, item);
  }
  return out;
}

/// The values of one vector, kept alive for the parts that refer to them.
class published_case {
 public:
  explicit published_case(const vector_value& v)
      : vector_(v), given_(v.at("input").at("statement")), read_(v.at("input").at("argument")) {
    const auto keys = elements(v.at("context").at("pk"));
    table_.add(keys);
    key_.blind = table_.add(published(v.at("context").at("ck").at("h")));
    key_.vector = table_.add(elements(v.at("context").at("ck").at("g")));
    layout_ = testing::swiss_layout(keys.size(), base_index(1));
    // p = 2q + 1, and -1 mod q has the bytes of q - 1.
    q_ = bytes_of_order();
    p_ = doubled_plus_one(q_);
    profile_.emplace(table_, keys.size(), p_, q_);
    sink_.emplace(table_);
    argument_.emplace(*sink_, key_, layout_, *profile_);
  }

  /// Whether the proof holds, and all challenges are those that were published.
  void check() {
    const std::string& kind = vector_.at("kind").text();
    const auto done = emit(kind);
    ASSERT_TRUE(done) << to_string(done.error());
    EXPECT_TRUE(sink_->holds()) << "equation " << *sink_->first_failure();
    for (const char* name : {"x", "y", "z"}) {
      if (vector_.at("output").has(name)) {
        const bytes expected = padded_octets(vector_.at("output").at(name).text(), 32);
        EXPECT_EQ(to_hex(profile_->drawn().at(kind + " " + name)), to_hex(expected));
      }
    }
    EXPECT_GT(set_, 0U) << "every kind has a value that a verifier sets";
  }
  /// The same with another first response, which must fail.
  void check_changed() {
    change_ = true;
    ASSERT_TRUE(emit(vector_.at("kind").text()));
    EXPECT_FALSE(sink_->holds());
  }

 private:
  using sum = shuffling::linear_sum<G>;

  static bytes bytes_of_order() {
    const auto octets = G::encode_scalar(-G::scalar_from_u64(1));
    bytes out(octets.begin(), octets.end());
    out.back() |= std::byte{1};  // q is odd, q - 1 even
    return out;
  }
  static bytes doubled_plus_one(const bytes& q) {
    bytes out(q.size());
    unsigned carry = 1;
    for (std::size_t i = q.size(); i-- > 0;) {
      carry += 2 * std::to_integer<unsigned>(q[i]);
      out[i] = static_cast<std::byte>(carry & 0xFFU);
      carry >>= 8U;
    }
    EXPECT_EQ(carry, 0U);
    return out;
  }

  /// Values that the parts refer to live as long as the case.
  announced<G> keep(std::vector<element> values) {
    return announced<G>(kept_.emplace_back(std::move(values)));
  }
  std::span<const scalar> keep_numbers(std::vector<scalar> values) {
    return kept_numbers_.emplace_back(std::move(values));
  }
  /// A published value that a verifier sets is what it sets it to.
  void is_set(bool equal) {
    EXPECT_TRUE(equal);
    ++set_;
  }
  std::vector<element> without_identity(std::vector<element> values, std::size_t at) {
    is_set(G::is_identity(values[at]));
    values.erase(values.begin() + static_cast<std::ptrdiff_t>(at));
    return values;
  }
  std::vector<sum> sums(std::string_view field) {
    return shuffling::sums_of<G>(elements(given_.at(field)));
  }

  shuffling::single_value_part<G> single(const vector_value& v) {
    auto a = numbers(v.at("a_tilde"));
    const auto b = numbers(v.at("b_tilde"));
    is_set(b.front() == a.front());
    if (change_) {
      a.back() += G::scalar_from_u64(1);
    }
    return {keep({published(v.at("c_d")), published(v.at("c_lower_delta")),
                  published(v.at("c_upper_delta"))}),
            keep_numbers(std::move(a)), keep_numbers({b.begin() + 1, b.end() - 1}),
            number(v.at("r_tilde")), number(v.at("s_tilde"))};
  }
  shuffling::zero_part<G> zero(const vector_value& v) {
    std::vector<element> commitments = {published(v.at("c_a0")), published(v.at("c_bm"))};
    auto c_D = elements(v.at("c_d"));
    c_D = without_identity(std::move(c_D), v.at("c_d").items().size() / 2 + 1);
    commitments.insert(commitments.end(), c_D.begin(), c_D.end());
    auto a = numbers(v.at("a"));
    if (change_) {
      a[0] += G::scalar_from_u64(1);
    }
    return {keep(std::move(commitments)),
            keep_numbers(std::move(a)),
            keep_numbers(numbers(v.at("b"))),
            number(v.at("r")),
            number(v.at("s")),
            number(v.at("t"))};
  }
  shuffling::hadamard_part<G> hadamard(const vector_value& v) {
    auto c_P = elements(v.at("cUpperB"));
    c_P.erase(c_P.begin());
    return {keep(std::move(c_P)), zero(v.at("zero_argument"))};
  }
  shuffling::product_part<G> product(const vector_value& v) {
    shuffling::product_part<G> out;
    if (v.has("hadamard_argument")) {
      out.hadamard = hadamard(v.at("hadamard_argument"));
    }
    out.single = single(v.at("single_vpa"));
    return out;
  }
  shuffling::multi_exponentiation_part<G> multi(const vector_value& v) {
    const std::size_t m = v.at("c_b").items().size() / 2;
    std::vector<element> commitments = {published(v.at("c_a_0"))};
    const auto c_B = without_identity(elements(v.at("c_b")), m);
    commitments.insert(commitments.end(), c_B.begin(), c_B.end());
    auto E = ciphertexts(v.at("e"));
    const auto skipped = E.begin() + static_cast<std::ptrdiff_t>(m * layout_.size());
    E.erase(skipped, skipped + static_cast<std::ptrdiff_t>(layout_.size()));
    auto a = numbers(v.at("a"));
    if (change_) {
      a[0] += G::scalar_from_u64(1);
    }
    return {keep(std::move(commitments)),       keep(std::move(E)),
            keep_numbers(std::move(a)),         number(v.at("r")),
            keep_numbers({number(v.at("b"))}),  number(v.at("s")),
            keep_numbers({number(v.at("tau"))})};
  }
  [[nodiscard]] shuffling::ciphertext_list<G> list(const std::vector<element>& values) {
    return {keep(values).elements, layout_.size()};
  }

  result<void> emit(const std::string& kind) {
    if (kind == "single-value-product") {
      return argument_->single_value_product(sum::of(published(given_.at("c_a"))),
                                             number(given_.at("b")), single(read_));
    }
    if (kind == "zero") {
      return argument_->zero(sums("c_a"), sums("c_b"), number(given_.at("y")), zero(read_));
    }
    if (kind == "hadamard") {
      return argument_->hadamard(sums("c_a"), sum::of(published(given_.at("c_b"))),
                                 hadamard(read_));
    }
    if (kind == "product") {
      return argument_->product(sums("c_a"), number(given_.at("b")), product(read_));
    }
    if (kind == "multiexp") {
      std::vector<element> D;
      for (const auto& row : given_.at("ciphertexts").items()) {
        const auto some = ciphertexts(row);
        D.insert(D.end(), some.begin(), some.end());
      }
      std::vector<element> C;
      append_ciphertext(C, given_.at("ciphertext_product"));
      return argument_->multi_exponentiation(
          list(D), {keep_numbers({G::scalar_from_u64(1)}), list(C)}, sums("c_a"), multi(read_));
    }
    shuffling::shuffle_part<G> part;
    part.c_A = keep(elements(read_.at("ca")));
    part.c_B = keep(elements(read_.at("cb")));
    part.product = product(read_.at("product_argument"));
    part.multi = multi(read_.at("multi_exp_argument"));
    return argument_->shuffle(list(ciphertexts(given_.at("ciphertexts"))),
                              list(ciphertexts(given_.at("shuffled_ciphertexts"))), part);
  }

  const vector_value& vector_;
  const vector_value& given_;
  const vector_value& read_;
  shared_bases<G> table_;
  shuffling::commitment_key key_{};
  shuffling::ciphertext_layout layout_;
  bytes q_, p_;
  std::optional<swiss_post_profile> profile_;
  std::optional<checking_sink<G>> sink_;
  std::optional<shuffling::argument<G, swiss_post_profile>> argument_;
  std::deque<whole> kept_;
  std::deque<std::vector<scalar>> kept_numbers_;
  std::size_t set_ = 0;
  bool change_ = false;
};

TEST(shuffle_published, all_arguments_hold_with_the_published_challenges) {
  for (const auto& v : testing::load_vectors("48-shuffle/vectors/published.json")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    published_case(v).check();
  }
}

TEST(shuffle_published, another_response_is_refused) {
  for (const auto& v : testing::load_vectors("48-shuffle/vectors/published.json")) {
    if (v.at("comment").text().find("m=8") == std::string::npos) {
      SCOPED_TRACE(v.at("id").text());
      published_case(v).check_changed();
    }
  }
}

}  // namespace
}  // namespace sandoq::shuffle_published_test
