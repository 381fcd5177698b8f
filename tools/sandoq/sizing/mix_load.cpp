#include "mix_load.hpp"

#include <algorithm>
#include <cmath>

#include "sandoq/ballot/ballot_size.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/mixnet/mix_items.hpp"
#include "sandoq/proofs/shuffle.hpp"
#include "sandoq/proofs/shuffle_shape.hpp"
#include "sandoq/tally/group_plan.hpp"
#include "sandoq/threshold/list_opening.hpp"

namespace sandoq::tool {
namespace {

/// What each row of ciphertexts after the first one adds to the time of a stage, as a part of what
/// the stage takes in one row: 0.15 for 131,072 ciphertexts in 8 or 16 (`./dev bench shuffle
/// --rows`). Only longer lists have several, too long for small drills.
constexpr double further_row = 0.15;

/// Lists of one contest, about equally long.
struct division {
  double lists = 0;
  std::size_t ciphertexts = 0;  ///< of each
};

/// As plan_groups() divides. SPEC(60.1)
division divide(double ballots, double each, std::uint64_t branches) {
  if (ballots * each < 2) {
    return {};
  }
  const auto most = static_cast<double>(max_mixed_ciphertexts);
  if (ballots * each <= most) {
    return {1, static_cast<std::size_t>(std::llround(ballots) * std::llround(each))};
  }
  const double lists = std::max(
      std::ceil(ballots / std::floor(most / each)),
      std::ceil(static_cast<double>(branches) / static_cast<double>(mix_group::max_places)));
  return {lists, static_cast<std::size_t>(std::ceil(ballots / lists) * each)};
}

/// The lists of one contest.
class contest_mix {
 public:
  contest_mix(const manifest& m, const contest_entry& contest, std::size_t ciphertexts)
      : contest_(contest),
        slots_(contest.encoding == contest_encoding::slots),
        each_(slots_ ? limits_of(contest).max_choices : 1),
        width_(slots_ ? 1 : ciphertexts),
        boards_(static_cast<double>(m.boards.size())) {
    for (const board_entry& board : m.boards) {
      signers_ += board.threshold;
    }
  }

  void add_to(mix_load& out, double ballots, std::uint64_t branches) const {
    const division parts = divide(ballots, each_, branches);
    const auto shape = shuffle_shape::of(parts.ciphertexts, width_);
    if (!shape) {  // fewer than two: nothing to mix
      return;
    }
    const auto w = static_cast<double>(width_);
    const double stages = parts.lists * boards_;
    const double all = parts.lists * static_cast<double>(shape->total());
    const double lines = all * boards_;
    const double rows = 1 + further_row * (static_cast<double>(shape->rows()) - 1);
    out.lists += parts.lists;
    out.stages += stages;
    out.bases = std::max(out.bases, static_cast<double>(shape->bases()));
    out.lines += lines;
    out.pairs += lines * w;
    out.proved_lines += lines * rows;
    out.proved_pairs += lines * w * rows;
    out.answers += parts.lists * signers_;
    out.answer_pairs += all * w * signers_;
    (slots_ ? out.opened_slots : out.opened_packed) += all * w;
    out.codes +=
        slots_ ? parts.lists * static_cast<double>(limits_of(contest_).options + each_) : 0;
    out.bytes += parts.lists * bytes_of_list(*shape);
  }

 private:
  /// Items without their frames. SPEC(60.2) SPEC(55.11)
  [[nodiscard]] double bytes_of_list(const shuffle_shape& shape) const {
    const auto w = static_cast<double>(width_);
    const auto total = static_cast<double>(shape.total());
    const double stage = static_cast<double>(mix_stage{}.encode().size() +
                                             shuffle_proof_bytes<ristretto255>(shape)) +
                         2 * w * total * mix_elements::element_bytes;
    const double answer =
        static_cast<double>(list_partial{}.encode().size() + mix_factors{}.encode().size()) +
        w * total * mix_elements::element_bytes;
    return static_cast<double>(mix_group{}.encode().size() + list_request{}.encode().size()) +
           boards_ * stage + signers_ * answer;
  }

  const contest_entry& contest_;
  bool slots_;
  std::uint32_t each_;  // ciphertexts of a ballot that are mixed
  std::size_t width_;
  double boards_;
  double signers_ = 0;
};

}  // namespace

result<mix_load> mix_load_of(const manifest& m, std::span<const double> ballots,
                             std::span<const std::uint64_t> branches) {
  mix_load out;
  for (std::size_t c = 0; c < m.contests.size(); ++c) {
    const contest_entry& contest = m.contests[c];
    if (!is_mixed(contest.encoding)) {
      continue;
    }
    const auto size = contest_ballot_size_of(contest);
    if (!size) {
      return fail_within("contest \"" + contest.id + '"', size.error());
    }
    contest_mix(m, contest, size->ciphertexts).add_to(out, ballots[c], branches[c]);
  }
  return out;
}

}  // namespace sandoq::tool
