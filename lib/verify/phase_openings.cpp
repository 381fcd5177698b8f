// opening.* and result.*: one pass over opening.pb, request by request; for lists with the mix
// files in step. SPEC(90.2)

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/verify/answer_roll.hpp"
#include "lib/verify/list_opening.hpp"
#include "lib/verify/results_check.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/record_reader.hpp"
#include "sandoq/threshold/combine.hpp"
#include "sandoq/threshold/list_answer.hpp"
#include "sandoq/threshold/list_opening.hpp"
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
        roll_(v),
        lists_(v, results_),
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
      case item_kind::list_request:
        end_request();
        return decode_and<list_request>(
            item, [this](const list_request& request) { begin_list(request); });
      case item_kind::list_partial:
        return decode_and<list_partial>(
            item, [this](list_partial&& p) { lists_.take(std::move(p), stream_.place()); });
      case item_kind::result:
        end_request();
        require_all_requests();
        return decode_and<contest_result>(item, [&](const contest_result& published) {
          results_.take_result(published, item.canonical, stream_.place());
        });
      case item_kind::subtotal:
        end_request();
        return decode_and<subtotal>(item, [&](const subtotal& published) {
          results_.take_subtotal(published, stream_.place());
        });
      case item_kind::allocation:
        end_request();
        return decode_and<contest_allocation>(item, [&](const contest_allocation& published) {
          results_.take_allocation(published, stream_.place());
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
    if (!check_signatures(request)) {
      return;
    }
    auto decoded = decode_elements(request);
    if (!decoded) {  // record.elements has looked at them already
      v_.board.fail_within(check_id::opening_requests, stream_.place(), decoded.error());
      return;
    }
    contest_ = request.contest;
    ballots_ = request.ballots;
    set_ = set;
    request_ = std::move(*decoded);
    request_place_ = stream_.place();
    answers_.clear();
    roll_.begin(request.number);
    note_request(request_->hash, contest_, std::move(set));
  }

  void begin_list(const list_request& request) {
    if (!v_.board.is_open(check_id::opening_requests)) {
      return;
    }
    opening_set set{request.number, {}, request.group};
    if (const std::string wrong = wrong_request(request, set); !wrong.empty()) {
      v_.board.fail(check_id::opening_requests, stream_.place(), wrong);
      return;
    }
    if (!check_signatures(request)) {
      return;
    }
    lists_.begin(request, set, stream_.place());
    note_request(request.hash(), request.contest, std::move(set));
  }

  void note_request(const digest32& hash, contest_index contest, opening_set set) {
    previous_ = hash;
    ++requests_;
    families_[contest.value()].push_back(std::move(set));
  }

  template <class Request>
  bool check_signatures(const Request& request) {
    checking_sink<ristretto255> sink;
    const opening_context context{v_.e1(), v_.domain()};
    const auto signatures = emit_request_signatures(sink, context, v_.boards, request);
    if (signatures && sink.holds()) {
      return true;
    }
    v_.board.fail(check_id::opening_requests, stream_.place(),
                  signatures ? "a signature of its quorum does not hold" : signatures.reason());
    return false;
  }

  // What requests of both kinds have in common; empty if it is as it must be.
  template <class Request>
  std::string out_of_chain(const Request& request) const {
    if (request.election_hash != v_.e1() || request.domain != v_.domain()) {
      return "belongs to another election or domain";
    }
    if (request.number != requests_ + 1 || request.previous != previous_) {
      return "its number or the hash of the request before is wrong";
    }
    if (request.closings != closings_) {
      return "the hash of the closings is not that of journals and commitments to a lot";
    }
    return {};
  }

  std::string out_of_turn(contest_index contest, const opening_set& set) const {
    return check_turn(*v_.grounds, contest, set, static_cast<std::uint32_t>(v_.mixed.size()))
        .reason();
  }

  // 55.11, the quorum aside; empty if every field is as it must be. Fills in the places.
  std::string wrong_request(const list_request& request, opening_set& set) const {
    if (std::string wrong = out_of_chain(request); !wrong.empty()) {
      return wrong;
    }
    auto expected = lists_.next_subject();
    if (!expected) {
      return "there is no group whose list is still to be opened";
    }
    expected->closings = closings_;
    if (request.subject() != *expected) {
      return "its group, contest, stages, number of ciphertexts or list is not that of group " +
             std::to_string(expected->group) + ", whose list is the next";
    }
    for (const mixed_place& place : v_.mix_groups[request.group - 1].places) {
      set.nodes.push_back(place.node);
    }
    return out_of_turn(request.contest, set);
  }

  // 55.7, the quorum aside; empty if every field is as it must be.
  std::string wrong_request(const opening_request& request, const opening_set& set) const {
    if (std::string wrong = out_of_chain(request); !wrong.empty()) {
      return wrong;
    }
    if (const auto ok = check_places(*v_.grounds, request.contest, set.nodes); !ok) {
      return ok.reason();
    }
    if (std::string wrong = out_of_turn(request.contest, set); !wrong.empty()) {
      return wrong;
    }
    return v_.sums.difference(request);
  }

  void take_partial(partial_decryption&& partial) {
    if (!request_) {
      return;  // its request has failed
    }
    std::string wrong = roll_.take(partial.number, partial.board, partial.trustee);
    if (!v_.board.is_open(check_id::opening_partials)) {
      return;
    }
    if (wrong.empty() && partial.factors.size() != request_->alphas.size()) {
      wrong = "has " + std::to_string(partial.factors.size()) + " factors for " +
              std::to_string(request_->alphas.size()) + " ciphertexts";
    }
    if (!wrong.empty()) {
      v_.board.fail(check_id::opening_partials, stream_.place(), wrong);
      return;
    }
    answers_.push_back(std::move(partial));
  }

  void end_request() {
    lists_.end();
    if (!request_) {
      return;
    }
    const decoded_request request = std::move(*request_);
    request_.reset();
    if (const std::string lacking = roll_.lacking(); !lacking.empty()) {
      v_.board.fail(check_id::opening_quorum, request_place_, lacking);
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
  void require_all_requests() {
    const auto totals = v_.grounds->totals();
    if (requests_ < totals.size()) {
      v_.board.fail(check_id::opening_requests, opening_file_name,
                    "no request opens contest " + std::to_string(totals[requests_].value()) +
                        ", which has ballots");
    } else if (const auto left = lists_.next_subject()) {
      v_.board.fail(check_id::opening_requests, opening_file_name,
                    "no request opens the list of group " + std::to_string(left->group));
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
    require_all_requests();
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
  answer_roll roll_;  // of the present sum
  list_opening lists_;
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
};

}  // namespace

void verify_openings(verify_state& v) {
  if (v.board.is_open(check_id::opening_requests)) {
    openings_pass(v).run();
  }
}

}  // namespace sandoq
