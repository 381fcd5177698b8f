#include "sandoq/threshold/combine.hpp"

#include <cstddef>
#include <utility>

#include "lib/threshold/combination.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/batch.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

// Everything that an answer's equations depend on.
digest32 hash_of_answer(const decoded_request& request, const encoded_element<group>& share_key,
                        const partial_decryption& answer) {
  return framed_hash::of("batch/partial", request.hash.view(), share_key.view(), answer.encode());
}

}  // namespace

verified_answers verify_answers(const decoded_request& request, std::span<const board_keys> boards,
                                const election_keys& keys,
                                std::span<const partial_decryption> answers, executor& workers) {
  SANDOQ_EXPECTS(boards.size() == keys.share_keys.size(), "one list of share keys a board");
  verified_answers out;
  out.request_hash_ = request.hash;
  std::vector<std::size_t> known;
  std::vector<answering_trustee> trustees;
  std::vector<digest32> hashes;
  std::vector<detail::answer_origin> origins;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto& answer = answers[i];
    origins.push_back({answer.board, answer.trustee});
    auto trustee = detail::find_trustee(boards, keys, origins.back());
    if (!trustee) {
      out.rejected_.push_back({answer.board, answer.trustee, "there is no such trustee"});
      continue;
    }
    known.push_back(i);
    hashes.push_back(hash_of_answer(request, trustee->share_key, answer));
    trustees.push_back(std::move(*trustee));
  }

  const shared_bases<group> bases;
  const auto failures = verify_batch<group>(
      request.election_hash, hashes, bases,
      [&](std::size_t item, equation_sink<group>& sink) {
        return emit(sink, request, trustees[item], answers[known[item]]);
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
  for (const std::size_t i : detail::one_each(origins, std::move(kept))) {
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
  std::vector<detail::answer_origin> origins;
  for (const partial_decryption& answer : answers.answers_) {
    origins.push_back({answer.board, answer.trustee});
  }
  const auto chosen = detail::choose(boards, origins);
  if (!chosen) {
    return tl::unexpected(chosen.error());
  }
  std::vector<std::span<const group::element>> factors;
  for (const std::size_t i : chosen->used) {
    factors.emplace_back(answers.factors_[i]);
  }
  std::vector<group::element> opened = request.betas;
  detail::take_away(opened, *chosen, factors);
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
