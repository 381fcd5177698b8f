#include "sandoq/ballot/ballot_verifier.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "sandoq/ballot/ballot_elements.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"
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

result<void> check_alphas(const encoded_elements<G>& ciphertexts) {
  for (std::size_t i = 0; i < ciphertexts.size(); i += 2) {
    if (G::is_identity(ciphertexts[i])) {
      return fail(errc::identity_element, "ciphertext " + std::to_string(i / 2) + "/alpha",
                  "it is the identity, so the ciphertext hides nothing");
    }
  }
  return {};
}

result<decoded_contest> decode_contest(const contest_ballot& contest) {
  auto ciphertexts = decode_ciphertexts(contest.ciphertexts);
  if (!ciphertexts) {
    return tl::unexpected<error>(std::move(ciphertexts.error()));
  }
  if (auto alphas = check_alphas(*ciphertexts); !alphas) {
    return tl::unexpected<error>(std::move(alphas.error()));
  }
  auto proof = decode(contest.proof);
  if (!proof) {
    return fail_within("proof", std::move(proof.error()));
  }
  return decoded_contest{std::move(*ciphertexts), std::move(*proof)};
}

/// Names what does not decode.
result<decoded_ballot> decode_ballot(const ballot_item& ballot) {
  decoded_ballot out;
  out.reserve(ballot.contests.size());
  for (std::size_t c = 0; c < ballot.contests.size(); ++c) {
    auto contest = decode_contest(ballot.contests[c]);
    if (!contest) {
      return fail_within("contest " + std::to_string(c), std::move(contest.error()));
    }
    out.push_back(std::move(*contest));
  }
  return out;
}

/// The elements of many ballots, decoded as one batch: for each contest its ciphertexts and the
/// commitments of its proof, in the order of their bytes. Fails if any does not decode, and says no
/// more. This is the one place where elements of ballots are decoded in bulk.
result<std::vector<encoded_elements<G>>> decode_elements_of(
    std::span<const ballot_item* const> ballots, std::span<const byte_view> hints) {
  byte_writer octets;
  byte_writer all_hints;
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    write_elements(octets, *ballots[i]);
    if (!hints.empty()) {
      all_hints.fixed(hints[i]);
    }
    for (const contest_ballot& contest : ballots[i]->contests) {
      sizes.push_back(2 * contest.ciphertexts.size());
      sizes.push_back(bit_vector_commitments);
    }
  }
  return encoded_elements<G>::decode_lists(octets.view(), sizes, all_hints.view());
}

/// The next ballot from such lists, unless its scalars do not decode or an alpha is the identity.
result<decoded_ballot> decode_scalars_of(const ballot_item& ballot,
                                         std::span<encoded_elements<G>> lists) {
  decoded_ballot out;
  out.reserve(ballot.contests.size());
  for (std::size_t c = 0; c < ballot.contests.size(); ++c) {
    if (auto alphas = check_alphas(lists[2 * c]); !alphas) {
      return tl::unexpected<error>(std::move(alphas.error()));
    }
    auto proof = decode(ballot.contests[c].proof, std::move(lists[2 * c + 1]));
    if (!proof) {
      return tl::unexpected<error>(std::move(proof.error()));
    }
    out.push_back({std::move(lists[2 * c]), std::move(*proof)});
  }
  return out;
}

/// Each ballot decoded, or what is wrong with it.
std::vector<result<decoded_ballot>> decode_ballots(std::span<const ballot_item* const> ballots,
                                                   std::span<const byte_view> hints) {
  std::vector<result<decoded_ballot>> out;
  out.reserve(ballots.size());
  auto lists = decode_elements_of(ballots, hints);
  std::size_t used = 0;
  for (const ballot_item* ballot : ballots) {
    if (lists) {
      const std::size_t own = 2 * ballot->contests.size();
      out.push_back(decode_scalars_of(*ballot, std::span(*lists).subspan(used, own)));
      used += own;
      if (out.back()) {
        continue;
      }
      out.pop_back();
    }
    out.push_back(decode_ballot(*ballot));
  }
  return out;
}

const ballot_item& item_of(const ballot_item& ballot) {
  return ballot;
}
const ballot_item& item_of(const hashed_ballot& ballot) {
  return ballot.item();
}
digest32 hash_of(const ballot_item& ballot) {
  return ballot.ballot_hash();
}
digest32 hash_of(const hashed_ballot& ballot) {
  return ballot.hash();
}

/// Ends of consecutive batches.
template <class Ballot>
std::vector<index_range> divide(std::span<const Ballot> ballots, unsigned threads) {
  const std::size_t even = (ballots.size() + threads - 1) / threads;
  const std::size_t most = std::clamp(even, min_batch_ballots, ballot_verifier::max_batch_ballots);
  std::vector<index_range> out;
  std::size_t elements = 0;
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    const std::size_t more = count_elements(item_of(ballots[i]));
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

template <class Ballot>
void ballot_verifier::verify_batch_of(std::span<const Ballot> ballots,
                                      std::span<const byte_view> hints,
                                      std::span<ballot_outcome> outcomes) const {
  batch sound{*election_, {}, {}, {}};
  std::vector<std::size_t> formed;  // of the right form, among all
  std::vector<const ballot_item*> items;
  std::vector<byte_view> their_hints;
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    if (auto form = check_form(*election_, item_of(ballots[i])); !form) {
      outcomes[i] = reject(ballot_fault::form, std::move(form.error()));
      continue;
    }
    formed.push_back(i);
    items.push_back(&item_of(ballots[i]));
    if (!hints.empty()) {
      their_hints.push_back(hints[i]);
    }
  }
  auto decoded = decode_ballots(items, their_hints);
  std::vector<std::size_t> positions;  // of the sound ballots among all
  for (std::size_t k = 0; k < formed.size(); ++k) {
    if (!decoded[k]) {
      outcomes[formed[k]] = reject(ballot_fault::elements, std::move(decoded[k].error()));
      continue;
    }
    positions.push_back(formed[k]);
    sound.items.push_back(items[k]);
    sound.decoded.push_back(std::move(*decoded[k]));
    sound.hashes.push_back(hash_of(ballots[formed[k]]));
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

template <class Ballot>
std::vector<ballot_outcome> ballot_verifier::verify_all(std::span<const Ballot> ballots,
                                                        executor& workers,
                                                        std::span<const byte_view> hints) const {
  SANDOQ_EXPECTS(hints.empty() || hints.size() == ballots.size(), "hints of all ballots or none");
  std::vector<ballot_outcome> outcomes(
      ballots.size(), reject(ballot_fault::proof, {errc::missing, "ballot", "not verified"}));
  const std::vector<index_range> batches = divide(ballots, workers.concurrency());
  const auto verify_one = [&](const index_range& range) {
    const std::size_t length = range.end - range.begin;
    verify_batch_of(ballots.subspan(range.begin, length),
                    hints.empty() ? hints : hints.subspan(range.begin, length),
                    std::span(outcomes).subspan(range.begin, length));
  };
  if (workers.concurrency() == 1) {
    // May throw for lack of memory, unlike the body of a parallel loop.
    std::for_each(batches.begin(), batches.end(), verify_one);
  } else {
    workers.parallel_for(batches.size(), [&](std::size_t b) noexcept { verify_one(batches[b]); });
  }
  return outcomes;
}

std::vector<ballot_outcome> ballot_verifier::verify(std::span<const ballot_item> ballots,
                                                    executor& workers) const {
  return verify_all(ballots, workers, {});
}

std::vector<ballot_outcome> ballot_verifier::verify_hashed(std::span<const hashed_ballot> ballots,
                                                           executor& workers,
                                                           std::span<const byte_view> hints) const {
  return verify_all(ballots, workers, hints);
}

result<void> ballot_verifier::check_elements(const ballot_item& ballot) {
  if (auto decoded = decode_ballot(ballot); !decoded) {
    return tl::unexpected<error>(std::move(decoded.error()));
  }
  return {};
}

}  // namespace sandoq
