#include "sandoq/threshold/combine.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/batch.hpp"
#include "sandoq/threshold/lagrange.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

// Everything that an answer's equations depend on.
digest32 hash_of_answer(const decoded_request& request, const encoded_element<group>& share_key,
                        const partial_decryption& answer) {
  return framed_hash::of("batch/partial", request.hash.view(), share_key.view(), answer.encode());
}

bool is_known(std::span<const board_keys> boards, const election_keys& keys,
              const partial_decryption& answer) {
  const std::size_t b = answer.board.value();
  const std::size_t j = answer.trustee.value();
  return b < boards.size() && j >= 1 && j <= boards[b].signing_keys.size() &&
         j <= keys.share_keys[b].size();
}

answering_trustee trustee_of(std::span<const board_keys> boards, const election_keys& keys,
                             const partial_decryption& answer) {
  const std::size_t b = answer.board.value();
  const std::size_t j = answer.trustee.value() - 1;
  return {{boards[b].signing_keys[j].element, not_shared}, keys.share_keys[b][j]};
}

}  // namespace

verified_answers verify_answers(const decoded_request& request, std::span<const board_keys> boards,
                                const election_keys& keys,
                                std::span<const partial_decryption> answers, executor& workers) {
  SANDOQ_EXPECTS(boards.size() == keys.share_keys.size(), "one list of share keys a board");
  verified_answers out;
  out.request_hash_ = request.hash;
  std::vector<std::size_t> known;
  std::vector<digest32> hashes;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto& answer = answers[i];
    if (!is_known(boards, keys, answer)) {
      out.rejected_.push_back({answer.board, answer.trustee, "there is no such trustee"});
      continue;
    }
    known.push_back(i);
    hashes.push_back(hash_of_answer(request, trustee_of(boards, keys, answer).share_key, answer));
  }

  const shared_bases<group> bases;
  const auto failures = verify_batch<group>(
      request.election_hash, hashes, bases,
      [&](std::size_t item, equation_sink<group>& sink) {
        const auto& answer = answers[known[item]];
        return emit(sink, request, trustee_of(boards, keys, answer), answer);
      },
      workers);
  std::vector<char> valid(known.size(), 1);
  for (const auto& failure : failures) {
    const auto& answer = answers[known[failure.item]];
    valid[failure.item] = 0;
    out.rejected_.push_back({answer.board, answer.trustee, failure.reason});
  }

  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (valid[i] != 0) {
      kept.push_back(known[i]);
    }
  }
  const auto place = [&](std::size_t i) { return std::pair(answers[i].board, answers[i].trustee); };
  std::stable_sort(kept.begin(), kept.end(),
                   [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
  kept.erase(std::unique(kept.begin(), kept.end(),
                         [&](std::size_t a, std::size_t b) { return place(a) == place(b); }),
             kept.end());
  for (const std::size_t i : kept) {
    out.answers_.push_back(answers[i]);
    auto factors = encoded_elements<group>::decode(std::as_bytes(std::span(answers[i].factors)));
    SANDOQ_EXPECTS(factors.has_value(), "a verified answer has decoded before");
    out.factors_.emplace_back(factors->elements().begin(), factors->elements().end());
  }
  return out;
}

result<std::vector<group::element>> combine(const decoded_request& request,
                                            std::span<const board_size> boards,
                                            const verified_answers& answers) {
  if (answers.request_hash_ != request.hash) {
    return fail(errc::mismatch, "answers", "belong to another request");
  }
  std::vector<group::scalar> weights;
  std::vector<std::size_t> used;  // places in answers_
  for (std::uint32_t b = 0; b < boards.size(); ++b) {
    std::vector<std::uint32_t> points;
    for (std::size_t i = 0; i < answers.answers_.size(); ++i) {
      // Ascending, so these are the lowest-numbered ones.
      if (answers.answers_[i].board == board_index(b) && points.size() < boards[b].threshold) {
        points.push_back(answers.answers_[i].trustee.value());
        used.push_back(i);
      }
    }
    if (points.size() < boards[b].threshold) {
      return fail(errc::missing, "board " + std::to_string(b),
                  "has " + std::to_string(points.size()) + " valid answers and needs " +
                      std::to_string(boards[b].threshold) + "; collect " +
                      std::to_string(boards[b].threshold - points.size()) + " more");
    }
    for (const auto& weight : lagrange_at_zero<group>(points)) {
      weights.push_back(weight);
    }
  }

  std::vector<group::element> opened;
  opened.reserve(request.betas.size());
  std::vector<group::element> factors(used.size());
  for (std::size_t i = 0; i < request.betas.size(); ++i) {
    for (std::size_t k = 0; k < used.size(); ++k) {
      factors[k] = answers.factors_[used[k]][i];
    }
    opened.push_back(request.betas[i] - group::msm_vartime(weights, factors));
  }
  return opened;
}

result<std::vector<std::uint64_t>> decode_counts(std::span<const group::element> opened,
                                                 std::uint64_t ballots,
                                                 const small_dlog<group>& search) {
  SANDOQ_EXPECTS(search.bound() >= ballots, "the search must reach the number of ballots");
  std::vector<std::uint64_t> counts;
  counts.reserve(opened.size());
  for (std::size_t i = 0; i < opened.size(); ++i) {
    const auto count = search.find_vartime(opened[i]);
    if (!count || *count > ballots) {
      return fail(errc::not_found, "ciphertext " + std::to_string(i),
                  "holds no count from 0 to " + std::to_string(ballots));
    }
    counts.push_back(*count);
  }
  return counts;
}

}  // namespace sandoq
