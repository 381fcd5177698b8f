#include "lib/verify/list_opening.hpp"

#include <utility>
#include <variant>

#include "sandoq/threshold/list_answer.hpp"
#include "sandoq/threshold/opened_list.hpp"

namespace sandoq {

std::optional<list_subject> list_opening::next_subject() const {
  if (group_ == v_.mixed.size()) {
    return std::nullopt;
  }
  const mix_group& next = v_.mix_groups[group_];
  const mixed_group& mixed = v_.mixed[group_];
  return list_subject{.group = next.group,
                      .contest = next.contest,
                      .stages = mixed.stages,
                      .ciphertexts = static_cast<std::uint32_t>(mixed.shape.total()),
                      .list = mixed.list,
                      .closings = {}};
}

std::size_t list_opening::pairs() const {
  const shuffle_shape& shape = v_.mixed[group_ - 1].shape;
  return shape.total() * shape.width();
}

void list_opening::begin(const list_request& request, const opening_set& set,
                         const std::string& place) {
  ++group_;
  is_open_ = true;
  set_ = set;
  request_place_ = place;
  request_.reset();
  answers_.clear();
  roll_.begin(request.number);
  if (!v_.board.is_open(check_id::opening_partials)) {
    return;
  }
  auto decoded =
      decode_elements(request, v_.mixed[group_ - 1].shape.width(), read_last_list(), v_.workers);
  if (!decoded) {  // mix.proofs has looked at the elements already
    v_.board.fail_within(check_id::opening_partials, place, decoded.error());
    return;
  }
  request_ = std::move(*decoded);
}

// Passes over the stages before the last one. Empty if the files are no longer the listed ones.
bytes list_opening::read_last_list() {
  while (const mix_stream::heading* const next = stream_.peek()) {
    const auto* const stage = std::get_if<mix_stage>(next);
    const bool is_last =
        stage != nullptr && stage->group == group_ && stage->stage == v_.mixed[group_ - 1].stages;
    stream_.pass();
    if (is_last) {
      return stream_.read_list(2 * pairs()).value_or(bytes{});
    }
  }
  return {};
}

void list_opening::take(list_partial&& answer, const std::string& place) {
  if (!is_open_) {
    return;  // its request has failed
  }
  std::string wrong = roll_.take(answer.number, answer.board, answer.trustee);
  if (!v_.board.is_open(check_id::opening_partials)) {
    return;
  }
  bytes factors;
  if (wrong.empty()) {
    wrong = take_factors(answer, factors);
  }
  if (!wrong.empty()) {
    v_.board.fail(check_id::opening_partials, place, wrong);
    return;
  }
  answers_.push_back({std::move(answer), std::move(factors)});
}

// The factors beside the list: those of the same trustee must come next.
std::string list_opening::take_factors(const list_partial& answer, bytes& factors) {
  const mix_stream::heading* const next = stream_.peek();
  const auto* const beside = next == nullptr ? nullptr : std::get_if<mix_factors>(next);
  if (beside == nullptr) {
    return "there are no factors for it beside the list";
  }
  if (beside->group != group_ || beside->board != answer.board ||
      beside->trustee != answer.trustee) {
    return "the factors beside the list (" + stream_.place() + ") are of another group or trustee";
  }
  if (beside->count != pairs()) {
    return "its mix_factors announces " + std::to_string(beside->count) + " factors for " +
           std::to_string(pairs()) + " pairs";
  }
  stream_.pass();
  auto read = stream_.read_list(pairs());
  if (!read) {
    return "its factors: " + to_string(read.error());
  }
  factors = std::move(*read);
  return {};
}

void list_opening::end() {
  if (!std::exchange(is_open_, false)) {
    return;
  }
  if (const std::string lacking = roll_.lacking(); !lacking.empty()) {
    v_.board.fail(check_id::opening_quorum, request_place_, lacking);
  }
  if (!v_.board.is_open(check_id::opening_partials)) {
    return;
  }
  const mix_stream::heading* const next = stream_.peek();
  if (next != nullptr && std::holds_alternative<mix_factors>(*next)) {
    v_.board.fail(
        check_id::opening_partials, stream_.place(),
        "factors beside the list of group " + std::to_string(group_) + " that belong to no answer");
    return;
  }
  combine_and_read();
}

void list_opening::combine_and_read() {
  const verified_list_answers answers =
      verify_list_answers(*request_, v_.boards, *v_.keys, std::exchange(answers_, {}), v_.workers);
  if (!answers.rejected().empty()) {
    const rejected_answer& first = answers.rejected().front();
    v_.board.fail(check_id::opening_partials,
                  request_place_ + "/" + name_trustee(first.board, first.trustee), first.reason);
    return;
  }
  if (!v_.board.is_open(check_id::result_counts)) {
    return;
  }
  const auto opened = combine(*request_, v_.board_sizes, answers, v_.workers);
  request_.reset();
  if (!opened) {
    v_.board.fail_within(check_id::opening_quorum, request_place_, opened.error());
    return;
  }
  read(*opened);
}

void list_opening::read(const encoded_elements<ristretto255>& opened) {
  const contest_terms& contest = v_.terms[group().contest.value()];
  const shuffle_shape& shape = v_.mixed[group_ - 1].shape;
  const auto hand_on = [this](auto content) {
    if (!content) {
      v_.board.fail_within(check_id::result_counts, request_place_, content.error());
      return;
    }
    results_.take_opened_group(
        opened_group{set_, group().contest, group().ballots, std::move(*content)});
  };
  if (contest.encoding == contest_encoding::slots) {
    const slot_code_table table(contest.limits.options + contest.limits.max_choices);
    hand_on(count_codes(table, shape, opened, v_.workers));
  } else {
    hand_on(read_choices(contest.packed(), shape, opened, v_.workers));
  }
}

}  // namespace sandoq
