// opening.* and result.*: one pass over opening.pb, request by request.                SPEC(90.2)

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/verify/verify_state.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/record_reader.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/threshold/combine.hpp"
#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/partial_decryption.hpp"

namespace sandoq {

namespace {

using element = ristretto255::element;

class openings_pass {
 public:
  explicit openings_pass(verify_state& v)
      : v_(v),
        stream_(v.reader, {listed_file_of(v.head, opening_file_name)}),
        opened_(v.election.contests.size()) {
    for (std::uint32_t c = 0; c < v.scopes.size(); ++c) {
      if (v.scopes[c] && v.scopes[c]->total.ballots > 0) {
        to_open_.emplace_back(c);
      }
    }
  }

  void run() {
    segment_item item;
    // Once a request is wrong nothing after it is run; until then all of them must be seen.
    while (v_.board.is_open(check_id::opening_requests)) {
      const auto more = stream_.next(item);
      if (!more) {
        v_.board.fail(check_id::record_files, more.error());
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
        return decode_and(item, &openings_pass::begin_request);
      case item_kind::partial:
        return decode_and(item, &openings_pass::take_partial);
      default:
        end_request();
        return decode_and(item, &openings_pass::take_result);
    }
  }

  template <class T>
  result<void> decode_and(const segment_item& item, void (openings_pass::*action)(T&&)) {
    auto decoded = T::decode(item.canonical);
    if (!decoded) {
      return tl::unexpected<error>(std::move(decoded.error()));
    }
    (this->*action)(std::move(*decoded));
    return {};
  }

  void begin_request(opening_request&& request) {
    if (!v_.board.is_open(check_id::opening_requests)) {
      return;
    }
    if (const std::string wrong = wrong_request(request); !wrong.empty()) {
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
    request_ = std::move(*decoded);
    request_place_ = stream_.place();
    ++requests_;
    answers_.clear();
    answered_.assign(v_.board_sizes.size(), 0);
  }

  // 55.6, the quorum aside; empty if every field is as it must be.
  std::string wrong_request(const opening_request& request) const {
    if (requests_ == to_open_.size() || request.contest != to_open_[requests_]) {
      return "opens contest " + std::to_string(request.contest.value()) + "; " +
             (requests_ == to_open_.size()
                  ? "every contest with ballots is opened already"
                  : "the next with ballots is " + std::to_string(to_open_[requests_].value()));
    }
    const scope_total& scope = *v_.scopes[request.contest.value()];
    if (request.election_hash != v_.e1() || request.domain != v_.domain()) {
      return "belongs to another election or domain";
    }
    if (request.number != requests_ + 1 || request.previous != previous_) {
      return "its number or the hash of the request before is wrong";
    }
    if (request.node != scope.node || request.lo != scope.lo || request.hi != scope.hi ||
        request.node_hash != scope.hash || request.ballots != scope.total.ballots) {
      return "node, range, hash or ballots are not those of the contest's scope";
    }
    if (request.ciphertexts != scope.total.sums) {
      return "the ciphertexts are not the sums of the contest's scope";
    }
    if (request.closings != v_.closings) {
      return "the hash of the closings is not that of the journals";
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

  // 55.7 and 55.8, proof and signature aside. Ascending order bounds what is kept.
  std::string wrong_partial(const partial_decryption& partial, bool exists) const {
    if (partial.number != request_->number) {
      return "answers request " + std::to_string(partial.number) + ", stands under " +
             std::to_string(request_->number);
    }
    if (!exists) {
      return "there is no such trustee";
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
    opened_[contest_.value()] = std::move(*opened);
  }

  void take_result(contest_result&& published) {
    require_all_requests();
    const std::size_t index = results_++;
    if (!v_.board.is_open(check_id::result_counts)) {
      return;
    }
    if (index >= v_.election.contests.size() || published.contest.value() != index) {
      v_.board.fail(check_id::result_counts, stream_.place(),
                    "is of contest " + std::to_string(published.contest.value()) +
                        "; results stand in contest order, each once");
      return;
    }
    const contest_entry& contest = v_.election.contests[index];
    const std::uint64_t ballots = v_.scopes[index] ? v_.scopes[index]->total.ballots : 0;
    if (const auto ok = check_counts(contest, ballots, published); !ok) {
      v_.board.fail(check_id::result_counts, stream_.place(), ok.reason());
      return;
    }
    if (ballots > 0) {
      if (const auto ok = check_opened_counts(opened_[index], published.counts); !ok) {
        v_.board.fail(check_id::result_counts, stream_.place(), ok.reason());
        return;
      }
    }
    if (const auto ok = check_seats(contest, published); !ok) {
      v_.board.fail(check_id::result_seats, stream_.place(), ok.reason());
    }
    note_result(contest, std::move(published));
  }

  void note_result(const contest_entry& contest, contest_result&& published) {
    contest_counts counts{contest.id, {}};
    for (std::size_t i = 0; i < published.counts.size(); ++i) {
      counts.options.push_back(
          {i < contest.options.size() ? contest.options[i].id : "blank", published.counts[i]});
    }
    v_.out.counts.push_back(std::move(counts));
    v_.out.results.push_back(std::move(published));
  }

  // Results come last, so once the first stands no further request can.
  void require_all_requests() {
    if (requests_ < to_open_.size()) {
      v_.board.fail(check_id::opening_requests, "opening.pb",
                    "no request opens contest " + std::to_string(to_open_[requests_].value()) +
                        ", which has ballots");
    }
  }

  void finish() {
    end_request();
    require_all_requests();
    if (results_ != v_.election.contests.size()) {
      v_.board.fail(check_id::result_counts, "opening.pb",
                    "has " + std::to_string(results_) + " results for " +
                        std::to_string(v_.election.contests.size()) + " contests");
    }
    v_.board.pass({check_id::opening_requests, check_id::opening_partials, check_id::opening_quorum,
                   check_id::result_counts, check_id::result_seats});
  }

  verify_state& v_;
  item_stream stream_;
  std::vector<contest_index> to_open_;        // contests with ballots, ascending
  std::vector<std::vector<element>> opened_;  // by contest
  std::size_t requests_ = 0;                  // good ones so far
  std::size_t results_ = 0;
  digest32 previous_;                       // hash of the request before
  std::optional<decoded_request> request_;  // the one whose answers are being read
  std::string request_place_;
  contest_index contest_;
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
