#include "sandoq/ballot/ballot_verifier.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/proofs/batch.hpp"
#include "sandoq/proofs/bit_vector.hpp"

namespace sandoq {

namespace {

using G = ristretto255;

/// Batches below this size gain little from more threads: the shared bases weigh too much.
constexpr std::size_t min_batch_ballots = 32;

struct decoded_contest {
  encoded_elements<G> ciphertexts;
  bit_vector_proof<G> proof;
};
using decoded_ballot = std::vector<decoded_contest>;

tl::unexpected<rejected_ballot> reject(ballot_fault fault, error why) {
  return tl::unexpected<rejected_ballot>(rejected_ballot{fault, std::move(why)});
}

error within(const std::string& place, error inner) {
  inner.place = place + "/" + inner.place;
  return inner;
}

result<decoded_contest> decode_contest(const contest_ballot& contest) {
  auto ciphertexts = decode_ciphertexts(contest.ciphertexts);
  if (!ciphertexts) {
    return tl::unexpected<error>(std::move(ciphertexts.error()));
  }
  for (std::size_t i = 0; i < ciphertexts->size(); i += 2) {
    if (G::is_identity((*ciphertexts)[i])) {
      return fail(errc::identity_element, "ciphertext " + std::to_string(i / 2) + "/alpha",
                  "it is the identity, so the ciphertext hides nothing");
    }
  }
  auto proof = decode(contest.proof);
  if (!proof) {
    return fail_within("proof", std::move(proof.error()));
  }
  return decoded_contest{std::move(*ciphertexts), std::move(*proof)};
}

tl::expected<decoded_ballot, rejected_ballot> decode_ballot(const election_context& election,
                                                            const ballot_item& ballot) {
  if (auto form = check_form(election, ballot); !form) {
    return reject(ballot_fault::form, std::move(form.error()));
  }
  decoded_ballot out;
  out.reserve(ballot.contests.size());
  for (std::size_t c = 0; c < ballot.contests.size(); ++c) {
    auto contest = decode_contest(ballot.contests[c]);
    if (!contest) {
      return reject(ballot_fault::elements,
                    within("contest " + std::to_string(c), std::move(contest.error())));
    }
    out.push_back(std::move(*contest));
  }
  return out;
}

std::size_t elements_of(const ballot_item& ballot) {
  std::size_t out = 0;
  for (const contest_ballot& contest : ballot.contests) {
    out += 2 * contest.ciphertexts.size() + 6;
  }
  return out;
}

/// Ends of consecutive batches.
std::vector<index_range> divide(std::span<const ballot_item> ballots, unsigned threads) {
  const std::size_t even = (ballots.size() + threads - 1) / threads;
  const std::size_t most = std::clamp(even, min_batch_ballots, ballot_verifier::max_batch_ballots);
  std::vector<index_range> out;
  std::size_t elements = 0;
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    const std::size_t more = elements_of(ballots[i]);
    if (out.empty() || i - out.back().begin == most ||
        elements + more > ballot_verifier::max_batch_elements) {
      out.push_back({i, i});
      elements = 0;
    }
    out.back().end = i + 1;
    elements += more;
  }
  return out;
}

std::vector<ciphertext<G>> ciphertexts_of(const encoded_elements<G>& elements) {
  std::vector<ciphertext<G>> out(elements.size() / 2);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = {elements[2 * i], elements[2 * i + 1]};
  }
  return out;
}

}  // namespace

/// The decodable ballots of one batch.
struct ballot_verifier::batch {
  const election_context& election;
  std::vector<const ballot_item*> items;
  std::vector<decoded_ballot> decoded;
  std::vector<digest32> hashes;

  [[nodiscard]] contest_index contest_at(std::size_t item, std::size_t c) const {
    return election.index().contests_of(items[item]->style)[c];
  }

  verification emit_contest(std::size_t item, std::size_t c, equation_sink<G>& sink) const {
    const auto context = election.proof_context(contest_at(item, c), *items[item]);
    const decoded_contest& contest = decoded[item][c];
    return emit(sink, bit_vector_statement<G>{context, contest.ciphertexts}, contest.proof);
  }

  verification emit_ballot(std::size_t item, equation_sink<G>& sink) const {
    for (std::size_t c = 0; c < decoded[item].size(); ++c) {
      if (auto outcome = emit_contest(item, c, sink); !outcome) {
        return outcome;
      }
    }
    return verification::ok();
  }

  /// Where a ballot that failed in the batch fails by itself.
  [[nodiscard]] error fault_of(std::size_t item, const std::string& reason) const {
    for (std::size_t c = 0; c < decoded[item].size(); ++c) {
      const std::string place = "contest " + std::to_string(c);
      checking_sink<G> sink(election.proofs().bases());
      if (auto outcome = emit_contest(item, c, sink); !outcome) {
        return {errc::bad_proof, place, outcome.reason()};
      }
      if (!sink.holds()) {
        return {errc::bad_proof,
                place + "/equation " + std::to_string(sink.first_failure().value_or(0)),
                "the proof does not hold"};
      }
    }
    return {errc::bad_proof, "ballot", reason};
  }

  [[nodiscard]] verified_ballot accept(std::size_t item) {
    std::vector<verified_ballot::contest> contests;
    contests.reserve(decoded[item].size());
    for (std::size_t c = 0; c < decoded[item].size(); ++c) {
      contests.push_back({contest_at(item, c), ciphertexts_of(decoded[item][c].ciphertexts)});
    }
    return {*items[item], std::move(contests)};
  }
};

void ballot_verifier::verify_batch_of(std::span<const ballot_item> ballots,
                                      std::span<ballot_outcome> outcomes) const {
  batch sound{*election_, {}, {}, {}};
  std::vector<std::size_t> positions;  // of the sound ballots among all
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    auto decoded = decode_ballot(*election_, ballots[i]);
    if (!decoded) {
      outcomes[i] = tl::unexpected<rejected_ballot>(std::move(decoded.error()));
      continue;
    }
    positions.push_back(i);
    sound.items.push_back(&ballots[i]);
    sound.decoded.push_back(std::move(*decoded));
    sound.hashes.push_back(ballots[i].ballot_hash());
  }
  sequential_executor here;
  const auto failures = verify_batch<G>(
      election_->e1(), sound.hashes, election_->proofs().bases(),
      [&sound](std::size_t item, equation_sink<G>& sink) { return sound.emit_ballot(item, sink); },
      here);
  auto failure = failures.begin();
  for (std::size_t item = 0; item < positions.size(); ++item) {
    if (failure != failures.end() && failure->item == item) {
      outcomes[positions[item]] =
          reject(ballot_fault::proof, sound.fault_of(item, failure->reason));
      ++failure;
    } else {
      outcomes[positions[item]] = sound.accept(item);
    }
  }
}

std::vector<ballot_outcome> ballot_verifier::verify(std::span<const ballot_item> ballots,
                                                    executor& workers) const {
  std::vector<ballot_outcome> outcomes(
      ballots.size(), reject(ballot_fault::proof, {errc::missing, "ballot", "not verified"}));
  const std::vector<index_range> batches = divide(ballots, workers.concurrency());
  workers.parallel_for(batches.size(), [&](std::size_t b) noexcept {
    const index_range range = batches[b];
    verify_batch_of(ballots.subspan(range.begin, range.end - range.begin),
                    std::span(outcomes).subspan(range.begin, range.end - range.begin));
  });
  return outcomes;
}

}  // namespace sandoq
