#include "sandoq/ballot/ballot_verifier.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "lib/ballot/contest_proof.hpp"
#include "lib/ballot/decoded_ballot.hpp"
#include "lib/ballot/opened_ballot.hpp"
#include "sandoq/ballot/ballot_elements.hpp"
#include "sandoq/ballot/challenge.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/batch.hpp"

namespace sandoq {

namespace {

using G = ristretto255;

/// Batches below this size gain little from more threads: the shared bases weigh too much.
constexpr std::size_t min_batch_ballots = 32;

tl::unexpected<rejected_ballot> reject(ballot_fault fault, error why) {
  return tl::unexpected<rejected_ballot>(rejected_ballot{fault, std::move(why)});
}

/// Consecutive batches of ballots with so many elements each.
std::vector<index_range> divide(std::span<const std::size_t> elements, unsigned threads) {
  const std::size_t even = (elements.size() + threads - 1) / threads;
  const std::size_t most = std::clamp(even, min_batch_ballots, ballot_verifier::max_batch_ballots);
  std::vector<index_range> out;
  std::size_t so_far = 0;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (out.empty() || i - out.back().begin == most ||
        so_far + elements[i] > ballot_verifier::max_batch_elements) {
      out.push_back({i, i});
      so_far = 0;
    }
    out.back().end = i + 1;
    so_far += elements[i];
  }
  return out;
}

ballot_outcome unverified() {
  return reject(ballot_fault::proof, {errc::missing, "ballot", "not verified"});
}

std::vector<ciphertext<G>> ciphertexts_of(const encoded_elements<G>& elements) {
  std::vector<ciphertext<G>> out(elements.size() / 2);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = {elements[2 * i], elements[2 * i + 1]};
  }
  return out;
}

}  // namespace

/// What comes into one batch.
struct ballot_verifier::part {
  std::vector<const ballot_item*> items;
  std::vector<digest32> hashes;
  std::vector<ballot_challenge> challenges;  // by their ballots' numbers here
  std::span<const byte_view> hints;
};

/// The decodable ballots of one batch, and the challenges of such whose seeds are right.
struct ballot_verifier::batch {
  struct opened {
    std::size_t number;  // among the challenges of the batch
    std::size_t item;
    const challenge_item* challenge;
    byte_array<32> seed;
  };
  static constexpr std::size_t none = std::size_t(-1);

  const election_context& election;
  std::vector<const ballot_item*> items;
  std::vector<decoded_ballot> decoded;
  std::vector<opened> challenges;
  std::vector<digest32> hashes;        // of the items, then of the challenges
  std::vector<std::size_t> positions;  // of the items among all ballots
  std::vector<std::size_t> item_at;    // of all ballots: which item, or none

  /// Ballots that are not of the right form, or do not decode, have their outcomes now.
  void take(std::span<const ballot_item* const> ballots, std::span<const digest32> ballot_hashes,
            std::span<const byte_view> hints, std::span<ballot_outcome> outcomes) {
    std::vector<std::size_t> formed;
    std::vector<const ballot_item*> to_decode;
    std::vector<byte_view> their_hints;
    item_at.assign(ballots.size(), none);
    for (std::size_t i = 0; i < ballots.size(); ++i) {
      if (auto form = check_form(election, *ballots[i]); !form) {
        outcomes[i] = reject(ballot_fault::form, std::move(form.error()));
        continue;
      }
      formed.push_back(i);
      to_decode.push_back(ballots[i]);
      if (!hints.empty()) {
        their_hints.push_back(hints[i]);
      }
    }
    auto all = decode_ballots(to_decode, their_hints);
    for (std::size_t k = 0; k < formed.size(); ++k) {
      if (!all[k]) {
        outcomes[formed[k]] = reject(ballot_fault::elements, std::move(all[k].error()));
        continue;
      }
      item_at[formed[k]] = items.size();
      positions.push_back(formed[k]);
      items.push_back(to_decode[k]);
      decoded.push_back(std::move(*all[k]));
      hashes.push_back(ballot_hashes[formed[k]]);
    }
  }

  /// What is said of a challenge before equations; it has them unless this rejects it.
  verification take_challenge(std::size_t number, const ballot_challenge& what,
                              const ballot_item& ballot) {
    const std::size_t item = item_at[what.ballot];
    if (item == none) {
      return verify_challenge(election, *what.opening, ballot, *what.challenge);
    }
    auto ok = check_opened(election, *what.opening, ballot, *what.challenge);
    if (ok) {
      challenges.push_back(
          {number, item, what.challenge, opened_seed(election, ballot, *what.challenge)});
      // Covers all that the equations depend on.
      hashes.push_back(
          framed_hash::of("verify/challenge", hashes[item].view(), what.challenge->encode()));
    }
    return ok;
  }

  /// The failures of items, then of challenges.
  [[nodiscard]] std::vector<batch_failure> close() const {
    sequential_executor here;
    return verify_batch<G>(
        election.e1(), hashes, election.proofs().bases(),
        [this](std::size_t i, equation_sink<G>& sink) {
          return i < items.size() ? emit_ballot(i, sink)
                                  : emit_challenge(challenges[i - items.size()], sink);
        },
        here);
  }

  [[nodiscard]] contest_index contest_at(std::size_t item, std::size_t c) const {
    return election.index().contests_of(items[item]->style)[c];
  }

  verification emit_contest(std::size_t item, std::size_t c, equation_sink<G>& sink) const {
    return sandoq::emit_contest(sink, election, contest_at(item, c), *items[item],
                                decoded[item][c]);
  }

  verification emit_ballot(std::size_t item, equation_sink<G>& sink) const {
    for (std::size_t c = 0; c < decoded[item].size(); ++c) {
      if (auto outcome = emit_contest(item, c, sink); !outcome) {
        return outcome;
      }
    }
    return verification::ok();
  }

  verification emit_challenge(const opened& what, equation_sink<G>& sink) const {
    return emit_opened(sink, election, *items[what.item], decoded[what.item], *what.challenge,
                       what.seed);
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

void ballot_verifier::verify_part(const part& what, std::span<ballot_outcome> outcomes,
                                  std::span<verification> verifications) const {
  batch sound{*election_, {}, {}, {}, {}, {}, {}};
  sound.take(what.items, what.hashes, what.hints, outcomes);
  for (std::size_t k = 0; k < what.challenges.size(); ++k) {
    const ballot_challenge& challenge = what.challenges[k];
    verifications[k] = sound.take_challenge(k, challenge, *what.items[challenge.ballot]);
  }
  const auto failures = sound.close();
  auto failure = failures.begin();
  for (std::size_t item = 0; item < sound.items.size(); ++item) {
    const std::size_t position = sound.positions[item];
    if (failure != failures.end() && failure->item == item) {
      outcomes[position] = reject(ballot_fault::proof, sound.fault_of(item, failure->reason));
      ++failure;
    } else {
      outcomes[position] = sound.accept(item);
    }
  }
  for (; failure != failures.end(); ++failure) {
    const auto& [number, item, challenge, seed] =
        sound.challenges[failure->item - sound.items.size()];
    verifications[number] = verify_challenge(*election_, *what.challenges[number].opening,
                                             *sound.items[item], *challenge);
  }
}

std::vector<ballot_outcome> ballot_verifier::verify(std::span<const ballot_item> ballots,
                                                    executor& workers) const {
  std::vector<ballot_outcome> outcomes(ballots.size(), unverified());
  std::vector<std::size_t> elements(ballots.size());
  std::transform(ballots.begin(), ballots.end(), elements.begin(),
                 [](const ballot_item& ballot) { return count_elements(ballot); });
  const std::vector<index_range> batches = divide(elements, workers.concurrency());
  workers.parallel_for(batches.size(), [&](std::size_t b) noexcept {
    const index_range range = batches[b];
    part what;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      what.items.push_back(&ballots[i]);
      what.hashes.push_back(ballots[i].ballot_hash());
    }
    verify_part(what, std::span(outcomes).subspan(range.begin, range.end - range.begin), {});
  });
  return outcomes;
}

// No parallel loop, whose body could not throw for lack of memory.
checked_ballots ballot_verifier::verify_hashed(std::span<const hashed_ballot> ballots,
                                               std::span<const ballot_challenge> challenges,
                                               std::span<const byte_view> hints) const {
  SANDOQ_EXPECTS(hints.empty() || hints.size() == ballots.size(), "hints of all ballots or none");
  checked_ballots out{std::vector<ballot_outcome>(ballots.size(), unverified()),
                      std::vector<verification>(challenges.size(), verification::ok())};
  std::vector<std::size_t> elements;
  elements.reserve(ballots.size());
  for (const hashed_ballot& ballot : ballots) {
    elements.push_back(count_elements(ballot.item()));
  }
  for (const ballot_challenge& challenge : challenges) {
    elements[challenge.ballot] *= 2;
  }
  std::size_t done = 0;  // of the challenges
  for (const auto& [begin, end] : divide(elements, 1)) {
    part what;
    for (std::size_t i = begin; i < end; ++i) {
      what.items.push_back(&ballots[i].item());
      what.hashes.push_back(ballots[i].hash());
    }
    const std::size_t first = done;
    for (; done < challenges.size() && challenges[done].ballot < end; ++done) {
      what.challenges.push_back(challenges[done]);
      what.challenges.back().ballot -= begin;
    }
    what.hints = hints.empty() ? hints : hints.subspan(begin, end - begin);
    verify_part(what, std::span(out.ballots).subspan(begin, end - begin),
                std::span(out.challenges).subspan(first, done - first));
  }
  SANDOQ_EXPECTS(done == challenges.size(), "challenges come in the order of their ballots");
  return out;
}

result<void> ballot_verifier::check_elements(const ballot_item& ballot) {
  if (auto decoded = decode_ballot(ballot); !decoded) {
    return tl::unexpected<error>(std::move(decoded.error()));
  }
  return {};
}

}  // namespace sandoq
