#include "sandoq/threshold/opened_list.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include "sandoq/proofs/packed_prove.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::opened_list_test {
namespace {

using G = ristretto255;
using testing::deterministic_random;
using testing::test_seed;

// c*G by libsodium.
G::element times_generator(std::uint32_t c) {
  unsigned char scalar[32] = {};
  for (std::size_t i = 0; i < 4; ++i) {
    scalar[i] = static_cast<unsigned char>(c >> (8 * i));
  }
  byte_array<32> out{};
  EXPECT_EQ(
      crypto_scalarmult_ristretto255_base(reinterpret_cast<unsigned char*>(out.data()), scalar),
      c == 0 ? -1 : 0);
  return G::decode(out).value();
}

TEST(SlotCodeTable, FindsEveryCodeAndNothingElse) {
  const slot_code_table table(300);
  for (const std::uint32_t c : {1U, 2U, 17U, 299U, 300U}) {
    EXPECT_EQ(table.find(G::encode(times_generator(c))), c);
  }
  EXPECT_EQ(table.find(G::encode(times_generator(301))), std::nullopt);
  EXPECT_EQ(table.find(G::encode(G::identity())), std::nullopt);
  EXPECT_EQ(table.find(G::encode(-times_generator(1))), std::nullopt);
}

class CountCodes : public ::testing::Test {
 protected:
  // Seven ciphertexts in two rows of four: one filling.
  const shuffle_shape shape_ = shuffle_shape::with_rows(7, 1, 2).value();
  const slot_code_table table_{6};

  [[nodiscard]] result<std::vector<std::uint64_t>> count(
      const std::vector<std::uint32_t>& held) const {
    std::vector<G::element> opened;
    for (const std::uint32_t c : held) {
      opened.push_back(times_generator(c));
    }
    sequential_executor workers;
    return count_codes(table_, shape_, encoded_elements<G>(std::move(opened)), workers);
  }
};

TEST_F(CountCodes, CountsThem) {
  EXPECT_EQ(count({3, 1, 6, 0, 3, 3, 2, 6}).value(),
            (std::vector<std::uint64_t>{1, 1, 3, 0, 0, 2}));
}

TEST_F(CountCodes, NamesTheFirstThatIsNoCode) {
  const auto bad = count({3, 1, 6, 0, 7, 9, 2, 6});
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, errc::not_found);
  EXPECT_EQ(bad.error().place, "ciphertext 4");
  EXPECT_EQ(bad.error().reason, "holds no code from 1 to 6");
}

TEST_F(CountCodes, KnowsHowManyFillingsThereAre) {
  for (const auto& held : {std::vector<std::uint32_t>{3, 1, 6, 4, 3, 3, 2, 6},
                           std::vector<std::uint32_t>{3, 1, 0, 4, 3, 3, 2, 0}}) {
    const auto bad = count(held);
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, errc::mismatch);
    EXPECT_EQ(bad.error().place, "fillings");
  }
}

/// Packed ballots of two parts, the second one text.
class ReadChoices : public ::testing::Test {
 protected:
  ReadChoices()
      : numbers_(*packed_shape::derive({.options = 6, .max_choices = 2, .min_choices = 1},
                                       packed_order::subset, 8)) {}

  /// The elements of a permitted choice, by the holder of the key.
  void add(std::vector<std::size_t> codes, std::string_view text) {
    bytes choices(6);
    for (const std::size_t code : codes) {
      choices[code - 1] = std::byte{1};
    }
    bytes room(8);
    const byte_view octets = bytes_of(text);
    std::copy(octets.begin(), octets.end(), room.begin());
    const auto parts = parts_of_subset(numbers_, secret_bytes(choices), secret_bytes(room)).value();
    const packed_context<G> context{.election = election_,
                                    .shape = numbers_.shape(),
                                    .contest_id = "packed",
                                    .descriptor = {},
                                    .branch = branch_index(1),
                                    .device = device_index(1),
                                    .number = serial(1),
                                    .style = style_index(0),
                                    .digits = 1};
    const auto encrypted =
        encrypt_packed(tables_, context, parts, nonce_seed(random_.octets<32>())).value();
    for (std::size_t i = 0; i < encrypted.ciphertexts.size(); i += 2) {
      opened_.push_back(encrypted.ciphertexts[i + 1] -
                        G::mul_vartime(key_, encrypted.ciphertexts[i]));
    }
  }
  void add(const G::element& first, const G::element& second) {
    opened_.push_back(first);
    opened_.push_back(second);
  }
  [[nodiscard]] result<opened_choices> read(std::size_t size, std::size_t rows) const {
    sequential_executor workers;
    return read_choices(numbers_, shuffle_shape::with_rows(size, 2, rows).value(),
                        encoded_elements<G>(opened_), workers);
  }

  deterministic_random random_{test_seed()};
  G::scalar key_ = G::scalar_from_u64(1 + random_.below(1'000'000'000));
  proof_election<G> election_ = *proof_election<G>::make(
      {}, {}, election_domain::drill, encoded_element<G>(G::mul_base_vartime(key_)), {});
  prover_tables<G> tables_{election_};
  packed_numbers numbers_;
  std::vector<G::element> opened_;
};

TEST_F(ReadChoices, CountsInvalidVotesAndGoesOn) {
  const auto anything = G::from_uniform_bytes(random_.octets<64>());
  add({2, 5}, "Name");
  add(G::generator(), G::generator());
  add({6}, "");
  add(G::identity(), anything);  // one place alone makes no filling
  const auto read_back = read(4, 1);
  ASSERT_TRUE(read_back) << to_string(read_back.error());
  EXPECT_EQ(read_back->valid, (std::vector<packed_choice>{{{2, 5}, "Name"}, {{6}, ""}}));
  EXPECT_EQ(read_back->invalid, (std::vector<std::size_t>{1, 3}));
}

// Whoever packs a ballot can encrypt the identity, so that cannot be allowed to stop the count.
TEST_F(ReadChoices, IdentitiesBeyondTheFillingsAreInvalidVotes) {
  add({1}, "");
  add(G::identity(), G::identity());
  add({2}, "");
  add(G::identity(), G::identity());
  const auto filled = read(3, 2);  // one filling
  ASSERT_TRUE(filled);
  EXPECT_EQ(filled->invalid, (std::vector<std::size_t>{3}));
  const auto none = read(4, 1);
  ASSERT_TRUE(none);
  EXPECT_EQ(none->invalid, (std::vector<std::size_t>{1, 3}));
  EXPECT_EQ(none->valid.size(), 2U);
}

TEST_F(ReadChoices, MissesNoFilling) {
  add({1}, "");
  add({3}, "");
  add({2}, "");
  add({4, 5}, "");
  const auto bad = read(3, 2);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, errc::mismatch);
  EXPECT_EQ(bad.error().place, "fillings");
}

}  // namespace
}  // namespace sandoq::opened_list_test
