#include "sandoq/threshold/list_combine.hpp"

#include <utility>

#include "lib/group/blocks.hpp"
#include "lib/threshold/combination.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/threshold/list_answer.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using elements = encoded_elements<group>;

// Factors are decoded block by block, so that of each answer only its bytes are kept.
constexpr std::size_t combine_block = 1024;

std::vector<detail::answer_origin> origins_of(std::span<const list_answer> answers) {
  std::vector<detail::answer_origin> out;
  for (const list_answer& answer : answers) {
    out.push_back({answer.item.board, answer.item.trustee});
  }
  return out;
}

elements combined(const decoded_request& request, const detail::combination& chosen,
                  std::span<const list_answer> answers, index_range range) {
  const std::size_t count = range.end - range.begin;
  std::vector<elements> decoded;
  std::vector<std::span<const group::element>> factors;
  decoded.reserve(chosen.used.size());
  for (const std::size_t i : chosen.used) {
    auto part = elements::decode(
        byte_view(answers[i].factors)
            .subspan(range.begin * group::element_bytes, count * group::element_bytes));
    SANDOQ_EXPECTS(part.has_value(), "a verified answer has decoded before");
    factors.push_back(decoded.emplace_back(std::move(*part)).elements());
  }
  const auto betas = std::span(request.betas).subspan(range.begin, count);
  std::vector<group::element> opened(betas.begin(), betas.end());
  detail::take_away(opened, chosen, factors);
  return elements(std::move(opened));
}

}  // namespace

verified_list_answers verify_list_answers(const decoded_request& request,
                                          std::span<const board_keys> boards,
                                          const election_keys& keys,
                                          std::vector<list_answer> answers, executor& workers) {
  SANDOQ_EXPECTS(boards.size() == keys.share_keys.size(), "one list of share keys a board");
  verified_list_answers out;
  out.request_hash_ = request.hash;
  const auto origins = origins_of(answers);
  std::vector<std::size_t> valid;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto trustee = detail::find_trustee(boards, keys, origins[i]);
    const auto verdict =
        trustee ? verify(request, *trustee, answers[i].item, answers[i].factors, workers)
                : verification::rejected("there is no such trustee");
    if (verdict) {
      valid.push_back(i);
    } else {
      out.rejected_.push_back({origins[i].board, origins[i].trustee, verdict.reason()});
    }
  }
  for (const std::size_t i : detail::one_each(origins, std::move(valid))) {
    out.answers_.push_back(std::move(answers[i]));
  }
  return out;
}

result<elements> combine(const decoded_request& request, std::span<const board_size> boards,
                         const verified_list_answers& answers, executor& workers) {
  if (answers.request_hash() != request.hash) {
    return fail(errc::mismatch, "answers", "belong to another request");
  }
  const auto chosen = detail::choose(boards, origins_of(answers.answers()));
  if (!chosen) {
    return tl::unexpected(chosen.error());
  }
  return detail::joined(detail::by_blocks<elements>(
      workers, request.betas.size(), combine_block,
      [&](index_range range) { return combined(request, *chosen, answers.answers(), range); }));
}

}  // namespace sandoq
