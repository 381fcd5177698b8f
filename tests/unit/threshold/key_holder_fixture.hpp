#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "tests/support/ceremony_fixture.hpp"

namespace sandoq::testing {

/// Trustee 2 of the second board, in an election of one trustee and of two; its requests.
class key_holder_fixture : public ::testing::Test {
 protected:
  static constexpr std::uint64_t counts[] = {3, 2};

  void SetUp() override {
    ASSERT_TRUE(election_.run());
    request_ = make_request(election_, counts, 140);
    ASSERT_TRUE(collect_quorum(election_, grounds_, request_));
  }
  key_holder& holder() { return election_.holder(1, 2); }

  result<partial_decryption> ask(const opening_request& request) {
    return holder().answer(request, {grounds_, request.subject()}, random_);
  }
  void expect_refused(const opening_request& request, std::string_view place) {
    const auto answer = ask(request);
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().place.find(place), std::string::npos) << to_string(answer.error());
  }
  // Signed by everyone, whatever it says.
  template <class Request>
  void sign_blindly(Request& request) {
    request.signatures = {};
    std::size_t p = 0;
    for (const auto& size : election_.sizes()) {
      auto& signatures = request.signatures.boards.emplace_back();
      for (std::uint32_t j = 1; j <= size.trustees; ++j, ++p) {
        const signed_message message{"open", election_.context().domain,
                                     election_.published().election_hash, request.hash()};
        signatures.push_back({j, sign(election_.identity(p).signing, message, random_).value()});
      }
    }
  }
  // The request that comes after those that the holder has answered.
  opening_request next(std::uint64_t ballots, std::uint32_t contest,
                       std::vector<node_index> nodes) {
    const auto& answered = holder().log().answered;
    return following(answered.size(), answered.empty() ? digest32{} : answered.back().hash, ballots,
                     contest, std::move(nodes));
  }
  // The request after so many, the last of which has that hash.
  opening_request following(std::size_t before, const digest32& last, std::uint64_t ballots,
                            std::uint32_t contest, std::vector<node_index> nodes) {
    auto out = make_request(election_, counts, ballots, contest, std::move(nodes));
    out.number = static_cast<std::uint32_t>(before) + 1;
    out.previous = last;
    out.closings = request_.closings;
    sign_blindly(out);
    return out;
  }
  // The request after the last one in a holder's log.
  opening_request chained(const key_holder& to, std::uint64_t ballots, std::uint32_t contest,
                          std::vector<node_index> nodes) {
    const opening_log& log = to.log();
    const digest32 last = !log.approved.empty()  ? log.approved.back().hash
                          : log.answered.empty() ? digest32{}
                                                 : log.answered.back().hash;
    return following(to.logged(), last, ballots, contest, std::move(nodes));
  }
  // The same trustee, come back with another log.
  result<key_holder> come_back(opening_log log) {
    return key_holder::resume(holder().context(), election_.boards(), holder().memory(),
                              election_.identity(2).signing, std::move(log));
  }
  key_holder with_log(opening_log log) { return std::move(come_back(std::move(log)).value()); }
  result<wire_signature> approve(key_holder& by, const opening_request& request) {
    return by.approve(request, {grounds_, request.subject()}, random_);
  }
  result<partial_decryption> answer(key_holder& by, const opening_request& request) {
    return by.answer(request, {grounds_, request.subject()}, random_);
  }
  // What the log has as the answer to a request for a sum.
  static partial_decryption sum_answer(const opening_log& log, std::uint32_t number) {
    return std::get<partial_decryption>(log.answered.at(number - 1).answer);
  }
  void answer_totals() {
    ASSERT_TRUE(ask(request_));
    ASSERT_TRUE(ask(next(77, 2, {node_index(0)})));
  }

  deterministic_random random_{test_seed()};
  ceremony_fixture election_{{{1, 1}, {2, 2}}, random_};
  // Contest 1 has no ballots; contest 2 has few voters in branch 3.
  opening_grounds grounds_ = make_grounds({{60, 55, 25}, {0, 0, 0}, {0, 70, 7}}, 50);
  opening_request request_;
};

}  // namespace sandoq::testing
