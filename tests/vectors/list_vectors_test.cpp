// spec/55-threshold/vectors/list.json: requests for mixed lists, answers to them, their
// combination, and what the opened elements say.

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/threshold/list_answer.hpp"
#include "sandoq/threshold/list_answer_secret.hpp"
#include "sandoq/threshold/list_combine.hpp"
#include "sandoq/threshold/opened_list.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/vectors/vector_fields.hpp"

namespace sandoq::list_vectors_test {
namespace {

using group = ristretto255;
using testing::digest_of;
using testing::u32_of;
using testing::vector_value;

constexpr std::string_view path = "55-threshold/vectors/list.json";

bool accepted(const vector_value& v) {
  return v.at("expect").text() == "accept";
}

std::string trace(const vector_value& v) {
  return v.at("id").text() + " " + v.at("comment").text();
}

list_request request_of(const vector_value& v) {
  return list_request::decode(v.at("request").octets()).value();
}

// Who may open a list, and with what.
struct election {
  std::vector<board_size> sizes;
  std::vector<board_keys> boards;
  election_keys keys;
  std::vector<std::vector<group::scalar>> shares;
  decoded_request request;

  explicit election(const vector_value& v) {
    for (const vector_value& board : v.at("boards").items()) {
      auto& signing_keys = boards.emplace_back();
      signing_keys.threshold = u32_of(board.at("threshold"));
      auto& share_keys = keys.share_keys.emplace_back();
      auto& of_board = shares.emplace_back();
      for (const vector_value& trustee : board.at("trustees").items()) {
        signing_keys.signing_keys.push_back(
            {encoded_element<group>::decode(trustee.at("signing_key").octets()).value(),
             not_shared});
        share_keys.push_back(
            encoded_element<group>::decode(trustee.at("share_key").octets()).value());
        of_board.push_back(group::decode_scalar(trustee.at("share").octets()).value());
      }
      sizes.push_back({static_cast<std::uint32_t>(share_keys.size()), signing_keys.threshold});
    }
    sequential_executor workers;
    request = decode_elements(request_of(v), u32_of(v.at("width")),
                              v.at("ciphertexts").joined_octets(), workers)
                  .value();
  }
};

std::map<std::string, election> elections() {
  std::map<std::string, election> out;
  for (const vector_value& v : testing::load_vectors(path, "list")) {
    if (accepted(v)) {
      out.emplace(v.at("id").text(), election(v));
    }
  }
  return out;
}

TEST(ListVectors, RequestsAndTheirLists) {
  sequential_executor workers;
  for (const vector_value& v : testing::load_vectors(path, "list")) {
    SCOPED_TRACE(trace(v));
    const auto request = request_of(v);
    const auto decoded = decode_elements(request, u32_of(v.at("width")),
                                         v.at("ciphertexts").joined_octets(), workers);
    EXPECT_EQ(decoded.has_value(), accepted(v));
    if (!accepted(v)) {
      continue;
    }
    EXPECT_EQ(request.hash(), digest_of(v.at("request_hash")));
    const opening_context context{digest_of(v.at("e1")),
                                  static_cast<election_domain>(v.at("domain").number())};
    const election e(v);
    checking_sink<group> sink;
    EXPECT_TRUE(emit_request_signatures(sink, context, e.boards, request));
    EXPECT_TRUE(sink.holds());
  }
}

// A part of the reason that goes with each condition of the vectors.
std::string_view words_of(const std::string& condition) {
  static const std::map<std::string, std::string_view> words = {
      {"number", "answers request"}, {"count", "factors for"},      {"hash", "another hash"},
      {"identity", "identity"},      {"proof", "equal logarithms"}, {"signature", "signature"}};
  const auto found = words.find(condition);
  EXPECT_NE(found, words.end()) << condition;
  return found == words.end() ? "" : found->second;
}

TEST(ListVectors, Answers) {
  const auto known = elections();
  sequential_executor workers;
  for (const vector_value& v : testing::load_vectors(path, "list-partial")) {
    SCOPED_TRACE(trace(v));
    const election& e = known.at(v.at("list_id").text());
    const auto answer = list_partial::decode(v.at("partial").octets()).value();
    EXPECT_EQ(answer.encode(), v.at("partial").octets());
    const std::size_t b = answer.board.value();
    const std::size_t j = answer.trustee.value() - 1;
    const answering_trustee trustee{e.boards[b].signing_keys[j], e.keys.share_keys[b][j]};
    const bytes factors = v.at("factors").joined_octets();
    const auto verdict = verify(e.request, trustee, answer, factors, workers);
    if (!accepted(v)) {
      EXPECT_FALSE(verdict);
      EXPECT_NE(verdict.reason().find(words_of(v.at("condition").text())), std::string::npos)
          << verdict.reason();
      continue;
    }
    EXPECT_TRUE(verdict) << verdict.reason();
    testing::deterministic_random random(testing::test_seed());
    const auto ours = prove_list_answer(
        e.request,
        {answer.board, answer.trustee, trustee.share_key, secret_scalar<group>(e.shares[b][j])},
        signing_key<group>::generate(random), random, workers);
    ASSERT_TRUE(ours);
    EXPECT_EQ(ours->factors, factors);
    EXPECT_EQ(ours->item.factors, answer.factors);
  }
}

TEST(ListVectors, Combinations) {
  const auto known = elections();
  sequential_executor workers;
  for (const vector_value& v : testing::load_vectors(path, "list-combine")) {
    SCOPED_TRACE(trace(v));
    const election& e = known.at(v.at("list_id").text());
    std::vector<list_answer> answers;
    const auto& partials = v.at("partials").items();
    for (std::size_t i = 0; i < partials.size(); ++i) {
      answers.push_back({list_partial::decode(partials[i].octets()).value(),
                         v.at("factors").items().at(i).joined_octets()});
    }
    const auto verified = verify_list_answers(e.request, e.boards, e.keys, answers, workers);
    EXPECT_TRUE(verified.rejected().empty());
    const auto opened = combine(e.request, e.sizes, verified, workers);
    ASSERT_EQ(opened.has_value(), accepted(v));
    if (accepted(v)) {
      EXPECT_EQ(bytes(opened->octets().begin(), opened->octets().end()),
                v.at("opened").joined_octets());
    }
  }
}

// The shape of the opened list that went into the mix: with rows of two there are fillings.
shuffle_shape shape_of(std::size_t size, std::size_t width, std::size_t total) {
  const auto shape = shuffle_shape::with_rows(size, width, total == size ? 1 : 2).value();
  EXPECT_EQ(shape.total(), total);
  return shape;
}

encoded_elements<group> opened_of(const vector_value& v) {
  return encoded_elements<group>::decode(v.at("opened").joined_octets()).value();
}

TEST(ListVectors, CodesOfSlots) {
  sequential_executor workers;
  for (const vector_value& v : testing::load_vectors(path, "list-slots")) {
    SCOPED_TRACE(trace(v));
    const auto opened = opened_of(v);
    const auto counts =
        count_codes(slot_code_table(u32_of(v.at("codes"))),
                    shape_of(u32_of(v.at("size")), 1, opened.size()), opened, workers);
    ASSERT_EQ(counts.has_value(), accepted(v));
    if (accepted(v)) {
      std::vector<std::uint64_t> expected;
      for (const vector_value& count : v.at("counts").items()) {
        expected.push_back(static_cast<std::uint64_t>(count.number()));
      }
      EXPECT_EQ(*counts, expected);
    }
  }
}

packed_numbers numbers_of(const vector_value& v) {
  return packed_numbers(*packed_shape::derive(
      {.options = u32_of(v.at("options")),
       .max_choices = u32_of(v.at("max")),
       .min_choices = u32_of(v.at("min")),
       .blank = v.at("blank").number() != 0 ? blank_option::counted : blank_option::absent},
      v.at("ranking").number() != 0 ? packed_order::ranking : packed_order::subset,
      u32_of(v.at("text_bytes"))));
}

packed_choice choice_of(const vector_value& v) {
  packed_choice out;
  for (const vector_value& code : v.at("codes").items()) {
    out.codes.push_back(u32_of(code));
  }
  for (const std::byte octet : v.at("text").octets()) {
    out.text.push_back(static_cast<char>(octet));
  }
  return out;
}

TEST(ListVectors, PackedChoices) {
  sequential_executor workers;
  for (const vector_value& v : testing::load_vectors(path, "list-packed")) {
    SCOPED_TRACE(trace(v));
    const auto numbers = numbers_of(v);
    const std::size_t width = numbers.shape().width();
    const auto opened = opened_of(v);
    const auto read = read_choices(
        numbers, shape_of(u32_of(v.at("size")), width, opened.size() / width), opened, workers);
    ASSERT_EQ(read.has_value(), accepted(v));
    if (!accepted(v)) {
      continue;
    }
    std::vector<packed_choice> choices;
    for (const vector_value& choice : v.at("choices").items()) {
      choices.push_back(choice_of(choice));
    }
    EXPECT_EQ(read->valid, choices);
    std::vector<std::size_t> invalid;
    for (const vector_value& place : v.at("invalid").items()) {
      invalid.push_back(u32_of(place));
    }
    EXPECT_EQ(read->invalid, invalid);
  }
}

TEST(ListVectors, ItemsAreReadStrictly) {
  constexpr std::uint32_t request_kind = 49;
  for (const vector_value& v : testing::load_vectors(path, "item")) {
    SCOPED_TRACE(trace(v));
    const bytes canonical = v.at("bytes").octets();
    const bool read = u32_of(v.at("item")) == request_kind
                          ? list_request::decode(canonical).has_value()
                          : list_partial::decode(canonical).has_value();
    EXPECT_EQ(read, accepted(v));
  }
}

}  // namespace
}  // namespace sandoq::list_vectors_test
