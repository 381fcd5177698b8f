#include "sandoq/threshold/list_answer.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include "sandoq/transcript/weights.hpp"
#include "tests/support/byte_mutations.hpp"
#include "tests/support/list_fixture.hpp"

namespace sandoq::list_answer_test {
namespace {

using group = ristretto255;
using testing::list_fixture;

constexpr std::size_t who = 2;  // board 0, trustee 3

list_request some_request(testing::deterministic_random& random) {
  list_request out;
  out.group = 3;
  out.contest = contest_index(5);
  out.stages = 2;
  out.ciphertexts = 20;
  out.list = digest32{random.octets<32>()};
  out.closings = digest32{random.octets<32>()};
  out.election_hash = digest32{random.octets<32>()};
  out.domain = election_domain::real;
  out.number = 9;
  out.previous = digest32{random.octets<32>()};
  out.signatures.boards = {{{1, {random.octets<64>()}}}, {{2, {random.octets<64>()}}}};
  return out;
}

TEST(ListOpening, DecodesExactlyWhatItEncodes) {
  testing::deterministic_random random(testing::test_seed());
  const auto request = some_request(random);
  testing::expect_canonical(request);
  EXPECT_EQ(request.encode().size(), 32U + 1 + 4 + 32 + 4 * 4 + 32 + 32 + 4 + 2 * (4 + 4 + 64));
  list_partial answer;
  answer.number = 9;
  answer.board = board_index(1);
  answer.trustee = trustee_index(2);
  answer.factors = digest32{random.octets<32>()};
  answer.proof.octets = random.octets<96>();
  answer.signature.octets = random.octets<64>();
  testing::expect_canonical(answer);
  EXPECT_EQ(answer.encode().size(), 3U * 4 + 32 + 96 + 64);
}

TEST(ListOpening, KnowsTwoDomains) {
  testing::deterministic_random random(testing::test_seed());
  auto request = some_request(random);
  request.domain = static_cast<election_domain>(3);
  EXPECT_EQ(list_request::decode(request.encode()).error().code, errc::out_of_range);
}

// Five ciphertexts of width 2.
class ListAnswer : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    static testing::deterministic_random random(testing::test_seed());
    election = new testing::ceremony_fixture({{3, 2}, {1, 1}}, random);
    ASSERT_TRUE(election->run());
    std::vector<group::element> plaintexts;
    for (int i = 0; i < 10; ++i) {
      plaintexts.push_back(group::from_uniform_bytes(random.octets<64>()));
    }
    list = new list_fixture(*election, plaintexts, 2);
  }
  static void TearDownTestSuite() {
    delete list;
    delete election;
  }
  static verification check(const list_answer& answer) {
    return verify(list->decoded(), list->trustee(who), answer.item, answer.factors,
                  election->workers());
  }
  /// Whoever changes factors gives the item their hash and signs it.
  static void expect_rejected(list_answer answer, std::string_view reason) {
    answer.item.factors = factors_hash(answer.factors);
    list->sign_again(answer, who);
    const auto verdict = check(answer);
    EXPECT_FALSE(verdict);
    EXPECT_NE(verdict.reason().find(reason), std::string::npos) << verdict.reason();
  }
  static void put(list_answer& answer, std::size_t i, const group::element& e) {
    const auto octets = group::encode(e);
    std::copy(octets.begin(), octets.end(),
              answer.factors.begin() + static_cast<std::ptrdiff_t>(32 * i));
  }

  static testing::ceremony_fixture* election;
  static list_fixture* list;
};
testing::ceremony_fixture* ListAnswer::election = nullptr;
list_fixture* ListAnswer::list = nullptr;

TEST_F(ListAnswer, IsTheMultipleOfEveryAlphaAndVerifies) {
  const auto answer = list->answer(who);
  const auto verdict = check(answer);
  EXPECT_TRUE(verdict) << verdict.reason();
  ASSERT_EQ(answer.factors.size(), 10U * 32);
  const auto share = group::encode_scalar(
      declassify<"the share of a test">(election->holders()[who].memory().share.share));
  for (std::size_t i = 0; i < 10; ++i) {
    byte_array<32> expected{};
    ASSERT_EQ(crypto_scalarmult_ristretto255(
                  reinterpret_cast<unsigned char*>(expected.data()),
                  reinterpret_cast<const unsigned char*>(share.data()),
                  reinterpret_cast<const unsigned char*>(list->list().octets(2 * i, 1).data())),
              0);
    EXPECT_EQ(to_hex(byte_view(answer.factors).subspan(32 * i, 32)), to_hex(expected));
  }
}

TEST_F(ListAnswer, IsBoundToRequestPlaceAndKeys) {
  const auto answer = list->answer(who);
  auto request = list->decoded();
  request.hash.octets[0] ^= std::byte{1};
  EXPECT_FALSE(
      verify(request, list->trustee(who), answer.item, answer.factors, election->workers()));
  auto other = answer;
  other.item.number = 5;
  expect_rejected(other, "answers request 5, not request 4");
  other = answer;
  other.item.board = board_index(1);
  expect_rejected(other, "equal logarithms");
  other = answer;
  other.item.trustee = trustee_index(1);
  expect_rejected(other, "equal logarithms");
  auto impostor = list->trustee(who);
  impostor.share_key = list->trustee(1).share_key;
  EXPECT_EQ(
      verify(list->decoded(), impostor, answer.item, answer.factors, election->workers()).reason(),
      "the proof of equal logarithms does not hold");
  impostor = list->trustee(who);
  impostor.signing_key = list->trustee(1).signing_key;
  EXPECT_EQ(
      verify(list->decoded(), impostor, answer.item, answer.factors, election->workers()).reason(),
      "the signature does not hold");
}

TEST_F(ListAnswer, RejectsChangedFactorsAndNumbersOfThem) {
  const auto answer = list->answer(who);
  const auto stranger = group::from_uniform_bytes(election->random().octets<64>());
  for (std::size_t i = 0; i < 10; ++i) {
    auto other = answer;
    put(other, i, stranger);
    expect_rejected(other, "equal logarithms");
  }
  auto other = answer;
  std::swap_ranges(other.factors.begin(), other.factors.begin() + 32, other.factors.begin() + 32);
  expect_rejected(other, "equal logarithms");
  other = answer;
  other.factors.resize(9 * 32);
  expect_rejected(other, "has 9 factors for 10");
  other = answer;
  other.factors.insert(other.factors.end(), other.factors.begin(), other.factors.begin() + 32);
  expect_rejected(other, "has 11 factors for 10");
  other = answer;
  put(other, 3, group::identity());
  expect_rejected(other, "factor 3 must be the identity exactly where");
  other = answer;
  std::fill_n(other.factors.begin() + 7 * 32, 32, std::byte{0xFF});
  expect_rejected(other, "element 7");
  other = answer;
  other.factors.pop_back();
  EXPECT_NE(check(other).reason().find("end within an element"), std::string::npos);
  other = answer;
  put(other, 4, stranger);  // and the item keeps its hash
  EXPECT_NE(check(other).reason().find("another hash"), std::string::npos);
}

TEST_F(ListAnswer, RejectsEveryChangedByteOfProofAndSignature) {
  const auto answer = list->answer(who);
  for (std::size_t at = 0; at < 96; ++at) {
    auto other = answer;
    other.item.proof.octets[at] ^= std::byte{1};
    list->sign_again(other, who);
    EXPECT_FALSE(check(other)) << at;
  }
  for (std::size_t at = 0; at < 64; ++at) {
    auto other = answer;
    other.item.signature.octets[at] ^= std::byte{1};
    EXPECT_FALSE(check(other)) << at;
  }
}

// Errors that cancel under weights that were known before the factors are fixed.
TEST_F(ListAnswer, RejectsTwoErrorsThatCancelUnderOldWeights) {
  auto answer = list->answer(who);
  const auto honest = encoded_elements<group>::decode(answer.factors).value();
  const auto share_key = list->trustee(who).share_key;
  const auto statement = [&](const encoded_elements<group>& factors) {
    return make_partial_statement(list->decoded(), answer.item.board, answer.item.trustee,
                                  share_key, factors, election->workers());
  };
  const weights drawn(statement(honest).context.fork("weights"));
  const auto shift = group::from_uniform_bytes(election->random().octets<64>());
  put(answer, 2, honest[2] + group::mul_vartime(drawn.at<group>(7), shift));
  put(answer, 7, honest[7] - group::mul_vartime(drawn.at<group>(2), shift));
  const auto changed = encoded_elements<group>::decode(answer.factors).value();
  group::element under_old = share_key.element();
  for (std::uint32_t i = 0; i < 10; ++i) {
    under_old += group::mul_vartime(drawn.at<group>(i), changed[i]);
  }
  ASSERT_EQ(under_old, statement(honest).factor_sum.element());
  EXPECT_NE(under_old, statement(changed).factor_sum.element());
  expect_rejected(answer, "equal logarithms");
}

TEST_F(ListAnswer, ALongListIsTheSameForAnyNumberOfWorkers) {
  std::vector<group::element> plaintexts(1030, group::generator());
  list_fixture longer(*election, plaintexts, 1);
  const auto two = make_jthread_executor(2);
  const auto answer = longer.answer(who, *two);
  EXPECT_EQ(answer.factors, longer.answer(who).factors);
  for (executor* workers : {two.get(), &static_cast<executor&>(election->workers())}) {
    const auto verdict =
        verify(longer.decoded(), longer.trustee(who), answer.item, answer.factors, *workers);
    EXPECT_TRUE(verdict) << verdict.reason();
    auto other = answer;
    std::fill_n(other.factors.begin() + 1027 * 32, 32, std::byte{0xFF});
    EXPECT_NE(verify(longer.decoded(), longer.trustee(who), other.item, other.factors, *workers)
                  .reason()
                  .find("element 1027"),
              std::string::npos);
  }
}

// alpha_i = (i + 1)A and D_i = (i + 1)B, so the sums are known from those of numbers.
TEST(PartialStatement, TakesEveryBlockWithItsOwnWeights) {
  testing::deterministic_random random(testing::test_seed());
  const auto bases = [&] { return group::from_uniform_bytes(random.octets<64>()); };
  const group::element a = bases();
  const group::element b = bases();
  const encoded_element<group> share_key(bases());
  constexpr std::uint32_t count = 8200;
  const auto multiples = [&](const group::element& step) {
    std::vector<group::element> out(count);
    group::element running = group::identity();
    for (auto& e : out) {
      running += step;
      e = running;
    }
    return encoded_elements<group>(std::move(out));
  };
  decoded_request request;
  request.alphas = multiples(a);
  const auto two = make_jthread_executor(2);
  const auto statement = make_partial_statement(request, board_index(0), trustee_index(1),
                                                share_key, multiples(b), *two);
  const weights drawn(statement.context.fork("weights"));
  group::scalar sum = group::scalar_from_u64(0);
  for (std::uint32_t i = 0; i < count; ++i) {
    sum += drawn.at<group>(i) * group::scalar_from_u64(i + 1);
  }
  EXPECT_EQ(statement.alpha_sum.element(), group::generator() + group::mul_vartime(sum, a));
  EXPECT_EQ(statement.factor_sum.element(), share_key.element() + group::mul_vartime(sum, b));
}

TEST_F(ListAnswer, OpensOnlyTheListOfTheRequest) {
  auto& workers = election->workers();
  const auto refusal = [&](const list_request& request, byte_view octets) {
    const auto decoded = decode_elements(request, 2, octets, workers);
    return decoded ? std::string() : to_string(decoded.error());
  };
  const byte_view octets = list->list().octets();
  const auto& request = list->request();
  EXPECT_EQ(refusal(request, octets), "");
  EXPECT_NE(refusal(request, octets.first(octets.size() - 128)).find("has 512 bytes, not 640"),
            std::string::npos);
  auto other = request;
  other.list.octets[31] ^= std::byte{1};
  EXPECT_NE(refusal(other, octets).find("hash of another list"), std::string::npos);
  const auto with = [&](std::size_t element, std::byte fill) {
    bytes changed(octets.begin(), octets.end());
    std::fill_n(changed.begin() + static_cast<std::ptrdiff_t>(32 * element), 32, fill);
    other = request;
    other.list = shuffle_list_hash(5, changed);
    return refusal(other, changed);
  };
  EXPECT_NE(with(6, std::byte{0}).find("alphas/element 3: is the identity"), std::string::npos);
  EXPECT_EQ(with(7, std::byte{0}), "");
  EXPECT_NE(with(6, std::byte{0xFF}).find("alphas/element 3"), std::string::npos);
  EXPECT_NE(with(9, std::byte{0xFF}).find("betas/element 4"), std::string::npos);
}

}  // namespace
}  // namespace sandoq::list_answer_test
