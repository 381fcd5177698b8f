// opening.* and result.*: one pass over opening.pb, request by request.                SPEC(90.2)

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/verify/results_check.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/record_reader.hpp"
#include "sandoq/threshold/combine.hpp"
#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/opening_policy.hpp"
#include "sandoq/threshold/partial_decryption.hpp"

namespace sandoq {

namespace {

class openings_pass {
 public:
  explicit openings_pass(verify_state& v)
      : v_(v),
        stream_(v.reader, {listed_file_of(v.head, opening_file_name)}),
        results_(v),
        families_(v.election.contests.size()) {
    closings_hash closings = *v.closings;
    for (const lot_commit& commit : v.lot_commits) {
      closings.add_lot(commit.encode());
    }
    closings_ = closings.digest();
  }

  void run() {
    segment_item item;
    // Once a request is wrong nothing after it is run; until then all of them must be seen.
    while (v_.board.is_open(check_id::opening_requests)) {
      const auto more = stream_.next(item);
      if (!more) {
        v_.fail_reading(more.error());
        return;
      }
      if (!*more) {
        finish();
        return;
      }
      if (const auto ok = take(item); !ok) {
        v_.board.fail_within(check_id::record_files, stream_.place(), ok.error());
        return;
      }
    }
  }

 private:
  // Fails only if the item no longer decodes, which the first pass has seen it do.
  result<void> take(const segment_item& item) {
    switch (static_cast<item_kind>(item.kind)) {
      case item_kind::request:
        end_request();
        return decode_and<opening_request>(
            item, [this](opening_request&& request) { begin_request(std::move(request)); });
      case item_kind::partial:
        return decode_and<partial_decryption>(
            item, [this](partial_decryption&& partial) { take_partial(std::move(partial)); });
      case item_kind::result:
        end_request();
        require_all_totals();
        return decode_and<contest_result>(item, [&](const contest_result& published) {
          results_.take_result(published, item.canonical, stream_.place());
        });
      case item_kind::subtotal:
        end_request();
        return decode_and<subtotal>(item, [&](const subtotal& published) {
          results_.take_subtotal(published, stream_.place());
        });
      default:  // kept by the first pass: commitments to a lot, and what resolves ties
        return {};
    }
  }

  template <class T, class Action>
  static result<void> decode_and(const segment_item& item, Action&& action) {
    auto decoded = T::decode(item.canonical);
    if (!decoded) {
      return tl::unexpected<error>(std::move(decoded.error()));
    }
    action(std::move(*decoded));
    return {};
  }

  void begin_request(opening_request&& request) {
    if (!v_.board.is_open(check_id::opening_requests)) {
      return;
    }
    opening_set set{request.number, request.nodes()};
    if (const std::string wrong = wrong_request(request, set); !wrong.empty()) {
      v_.board.fail(check_id::opening_requests, stream_.place(), wrong);
      return;
    }
    checking_sink<ristretto255> sink;
    const opening_context context{v_.e1(), v_.domain()};
    const auto signatures = emit_request_signatures(sink, context, v_.boards, request);
    if (!signatures || !sink.holds()) {
      v_.board.fail(check_id::opening_requests, stream_.place(),
                    signatures ? "a signature of its quorum does not hold" : signatures.reason());
      return;
    }
    auto decoded = decode_elements(request);
    if (!decoded) {  // record.elements has looked at them already
      v_.board.fail_within(check_id::opening_requests, stream_.place(), decoded.error());
      return;
    }
    previous_ = decoded->hash;
    contest_ = request.contest;
    ballots_ = request.ballots;
    families_[contest_.value()].push_back(set);
    set_ = std::move(set);
    request_ = std::move(*decoded);
    request_place_ = stream_.place();
    ++requests_;
    answers_.clear();
    answered_.assign(v_.board_sizes.size(), 0);
  }

  // 55.7, the quorum aside; empty if every field is as it must be.
  std::string wrong_request(const opening_request& request, const opening_set& set) const {
    if (request.election_hash != v_.e1() || request.domain != v_.domain()) {
      return "belongs to another election or domain";
    }
    if (request.number != requests_ + 1 || request.previous != previous_) {
      return "its number or the hash of the request before is wrong";
    }
    if (const auto ok = check_places(*v_.grounds, request.contest, set.nodes); !ok) {
      return ok.reason();
    }
    if (const auto ok = check_turn(*v_.grounds, request.contest, set, 0); !ok) {
      return ok.reason();
    }
    if (std::string wrong = v_.sums.difference(request); !wrong.empty()) {
      return wrong;
    }
    if (request.closings != closings_) {
      return "the hash of the closings is not that of journals and commitments to a lot";
    }
    return {};
  }

  void take_partial(partial_decryption&& partial) {
    if (!request_) {
      return;  // its request has failed
    }
    const std::uint32_t board = partial.board.value();
    const std::uint32_t trustee = partial.trustee.value();
    const bool exists =
        board < v_.board_sizes.size() && trustee >= 1 && trustee <= v_.board_sizes[board].trustees;
    if (exists) {
      answered_[board] |= std::uint64_t{1} << (trustee - 1);
    }
    if (!v_.board.is_open(check_id::opening_partials)) {
      return;
    }
    if (const std::string wrong = wrong_partial(partial, exists); !wrong.empty()) {
      v_.board.fail(check_id::opening_partials, stream_.place(), wrong);
      return;
    }
    answers_.push_back(std::move(partial));
  }

  // 55.8 and 55.9, proof and signature aside. Ascending order bounds what is kept.
  std::string wrong_partial(const partial_decryption& partial, bool exists) const {
    if (partial.number != request_->number) {
      return "answers request " + std::to_string(partial.number) + ", stands under " +
             std::to_string(request_->number);
    }
    if (!exists) {
      return "there is no such trustee";
    }
    const auto& shut_out = v_.boards[partial.board.value()].shut_out;
    if (std::binary_search(shut_out.begin(), shut_out.end(), partial.trustee.value())) {
      return "its trustee was shut out by the key ceremony";
    }
    if (partial.factors.size() != request_->alphas.size()) {
      return "has " + std::to_string(partial.factors.size()) + " factors for " +
             std::to_string(request_->alphas.size()) + " ciphertexts";
    }
    if (!answers_.empty() && std::pair(answers_.back().board, answers_.back().trustee) >=
                                 std::pair(partial.board, partial.trustee)) {
      return "answers must ascend by board and trustee, each trustee once";
    }
    return {};
  }

  void end_request() {
    if (!request_) {
      return;
    }
    const decoded_request request = std::move(*request_);
    request_.reset();
    for (std::size_t b = 0; b < answered_.size(); ++b) {
      const auto enough = v_.board_sizes[b].threshold;
      const auto there = static_cast<std::uint32_t>(std::popcount(answered_[b]));
      if (there < enough) {
        v_.board.fail(check_id::opening_quorum, request_place_,
                      "board " + std::to_string(b) + " answered by " + std::to_string(there) +
                          " trustees, " + std::to_string(enough) + " are needed");
      }
    }
    if (!v_.board.is_open(check_id::opening_partials)) {
      return;
    }
    const verified_answers answers =
        verify_answers(request, v_.boards, *v_.keys, answers_, v_.workers);
    if (!answers.rejected().empty()) {
      const rejected_answer& first = answers.rejected().front();
      v_.board.fail(check_id::opening_partials,
                    request_place_ + "/" + name_trustee(first.board, first.trustee), first.reason);
      return;
    }
    if (!v_.board.is_open(check_id::result_counts)) {
      return;
    }
    auto opened = combine(request, v_.board_sizes, answers);
    if (!opened) {
      v_.board.fail_within(check_id::opening_quorum, request_place_, opened.error());
      return;
    }
    results_.take_opened(set_, contest_, ballots_, std::move(*opened));
  }

  // Requests come before results, so once the first of these stands no further one can.
  void require_all_totals() {
    const auto totals = v_.grounds->totals();
    if (requests_ < totals.size()) {
      v_.board.fail(check_id::opening_requests, opening_file_name,
                    "no request opens contest " + std::to_string(totals[requests_].value()) +
                        ", which has ballots");
    }
  }

  void check_families() {
    for (std::uint32_t c = 0; c < families_.size(); ++c) {
      const auto ok = check_policy(*v_.grounds, contest_index(c), families_[c]);
      if (!ok) {
        v_.board.fail(check_id::opening_policy, "contest " + std::to_string(c), ok.reason());
        return;
      }
    }
  }

  void finish() {
    end_request();
    require_all_totals();
    if (!v_.board.is_open(check_id::opening_requests)) {
      return;
    }
    check_families();
    v_.board.pass({check_id::opening_requests, check_id::opening_policy, check_id::opening_partials,
                   check_id::opening_quorum});
    results_.finish();
  }

  verify_state& v_;
  item_stream stream_;
  results_check results_;
  std::vector<std::vector<opening_set>> families_;  // good requests by contest
  digest32 closings_;
  std::size_t requests_ = 0;                // good ones so far
  digest32 previous_;                       // hash of the request before
  std::optional<decoded_request> request_;  // the one whose answers are being read
  std::string request_place_;
  opening_set set_;
  contest_index contest_;
  std::uint64_t ballots_ = 0;
  std::vector<partial_decryption> answers_;
  std::vector<std::uint64_t> answered_;  // by board: a bit for each trustee
};

}  // namespace

void verify_openings(verify_state& v) {
  if (v.board.is_open(check_id::opening_requests)) {
    openings_pass(v).run();
  }
}

}  // namespace sandoq
