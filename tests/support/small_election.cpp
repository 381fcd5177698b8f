#include "tests/support/small_election.hpp"

#include <fstream>
#include <utility>

#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/selection_secret.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/schnorr_prove.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "tests/support/must.hpp"

namespace sandoq::testing {

namespace {

using G = ristretto255;

wire_element wire(const encoded_element<G>& e) {
  return {e.octets()};
}

secret_bytes secret_choices(const std::vector<std::uint8_t>& choices) {
  bytes plain;
  for (const std::uint8_t choice : choices) {
    plain.push_back(static_cast<std::byte>(choice));
  }
  return secret_bytes(plain);
}

// What a challenge shows: bits as they are, otherwise the codes of what is marked, and the text.
revealed_choices revealed(const contest_terms& terms, const std::vector<std::uint8_t>& choices) {
  revealed_choices out;
  out.encoding = terms.encoding;
  if (terms.encoding == contest_encoding::packed_ranking) {
    out.codes = ranks_of(choices);
    return out;
  }
  if (terms.encoding == contest_encoding::bit_vector) {
    out.bits = choices;
    return out;
  }
  const std::size_t options = terms.limits.options;
  for (std::uint32_t i = 0; i < options; ++i) {
    if (choices[i] == 1) {
      out.codes.push_back(i + 1);
    }
  }
  const std::size_t marks = options + (terms.limits.blank == blank_option::counted ? 1 : 0);
  for (std::size_t i = marks; i < choices.size() && choices[i] != 0; ++i) {
    out.text.push_back(static_cast<char>(choices[i]));
  }
  return out;
}

}  // namespace

small_election::small_election(scenario plan, std::uint64_t seed, tampering tamper)
    : plan_(std::move(plan)),
      random_(seed),
      tamper_(std::move(tamper)),
      workers_(make_jthread_executor(1)) {}

small_election::~small_election() = default;

void small_election::at(stage s) {
  if (tamper_) {
    tamper_(s, *this);
  }
}

wire_signature small_election::sign_as(std::size_t board, std::size_t trustee,
                                       const signed_message& message) {
  return must(sign(secrets(board, trustee).signing(), message, random_));
}

quorum small_election::sign_quorum(const signed_message& message) {
  quorum out;
  for (std::size_t b = 0; b < plan_.boards.size(); ++b) {
    auto& signatures = out.boards.emplace_back();
    const auto present = who_.of(board_index(static_cast<std::uint32_t>(b)));
    for (const trustee_index i : present.first(plan_.boards[b].threshold)) {
      signatures.push_back({i.value(), sign_as(b, i.value(), message)});
    }
  }
  return out;
}

void small_election::make_roster() {
  draft.election = plan_.election;
  for (std::size_t b = 0; b < plan_.boards.size(); ++b) {
    auto& trustees = trustees_.emplace_back();
    for (std::uint32_t i = 1; i <= plan_.boards[b].trustees; ++i) {
      trustees.push_back(trustee_secrets::generate(random_));
    }
  }
  who_ = participants::all(plan_.boards);
  at(stage::manifest);
  for (std::uint32_t b = 0; b < plan_.boards.size(); ++b) {
    for (std::uint32_t i = 1; i <= plan_.boards[b].trustees; ++i) {
      const roster_place place{draft.election.domain, draft.election.election, board_index(b),
                               trustee_index(i)};
      draft.election.boards[b].trustees.push_back(must(secrets(b, i).roster_entry(
          place, "trustee-" + std::to_string(b) + "-" + std::to_string(i), {}, random_)));
    }
  }
  if (plan_.election.authority) {
    authority_key_ = signing_key<G>::generate(random_);
    const authority_entry& named = *plan_.election.authority;
    draft.election.authority =
        must(make_authority(*authority_key_, draft.election.domain, draft.election.election,
                            named.id, named.labels, random_));
  }
  at(stage::roster);
  draft.e0 = manifest_hash(draft.election.encode());
}

void small_election::open_device(const device_place& place, std::uint32_t capacity) {
  journal_draft& journal = draft.journals.emplace_back();
  device_keys_.push_back(signing_key<G>::generate(random_));
  ratchets_.clear();
  const seed_context seeds = context_->seeds(place);
  for (std::uint32_t role = 0; role <= plan_.boards.size(); ++role) {
    ratchets_.push_back(seed_ratchet::draw(seeds, seed_role(role), capacity, random_));
  }
  opening_item& opening = journal.opening;
  opening.place = place;
  opening.device_key = wire(device_key().public_key());
  transcript tr = device_key_transcript(context_->chain(), place);
  opening.key_proof = must(
      prove(schnorr_statement<G>{encoded_element<G>(G::generator()), device_key().public_key()},
            device_key().scalar(), tr, random_));
  opening.time = now();
  opening.capacity = capacity;
  opening.device_root = ratchets_[0].root();
  for (std::size_t b = 0; b < plan_.boards.size(); ++b) {
    opening.board_roots.push_back(ratchets_[b + 1].root());
  }
  at(stage::opening);
  opening.device_signature =
      must(sign(device_key(), device_message(context_->chain(), opening), random_));
  at(stage::opening_device_signed);
  opening.signatures = sign_quorum(board_message(context_->chain(), opening));
  at(stage::opening_signed);
  link_ = opening_link(context_->chain(), opening.encode());
}

void small_election::vote_on(const vote& v, const device_place& place) {
  journal_draft& journal = draft.journals.back();
  ballot_draft& b = journal.ballots.emplace_back();
  const serial number(static_cast<std::uint32_t>(journal.ballots.size()));
  b.ballot.place = place;
  b.ballot.number = number;
  b.ballot.style = style_index(v.style);
  b.ballot.digits = v.digits;
  std::vector<contest_selection> selections;
  const auto contests = context_->index().contests_of(b.ballot.style);
  for (std::size_t c = 0; c < contests.size(); ++c) {
    selections.push_back(must(
        contest_selection::of_choices(context_->terms(contests[c]), secret_choices(v.choices[c]))));
  }
  const auto selection =
      must(ballot_selection::make(*context_, place.branch, b.ballot.style, std::move(selections)));
  std::vector<ballot_seed> board_seeds;
  std::vector<seed_opening> openings;
  for (seed_ratchet& ratchet : ratchets_) {
    ballot_seed seed = must(ratchet.present());
    openings.push_back({declassify<"a test has no secrets">(seed), ratchet.path(number)});
    board_seeds.push_back(std::move(seed));
    ratchet.advance();
  }
  const ballot_seed device_seed = std::move(board_seeds.front());
  board_seeds.erase(board_seeds.begin());
  const ballot_seed seed = combine_seeds(context_->seeds(place), number, device_seed, board_seeds);
  b.seed = declassify<"a test has no secrets">(seed);
  b.ballot.contests = must(encrypt_ballot(*context_, *prover_, b.ballot, selection, seed));
  b.ballot.time = now();
  b.ballot.previous = link_;
  at(stage::ballot);
  b.ballot.code = confirmation_code(context_->chain(), b.ballot);
  at(stage::ballot_coded);
  seed_opening device_opening = std::move(openings.front());
  openings.erase(openings.begin());
  resolve(v, std::move(openings), std::move(device_opening));
}

void small_election::resolve(const vote& v, std::vector<seed_opening> board_seeds,
                             seed_opening device_seed) {
  ballot_draft& b = draft.journals.back().ballots.back();
  const device_place place = b.ballot.place;
  const serial number = b.ballot.number;
  switch (v.resolution) {
    case journal_kind::challenge:
      b.resolution =
          challenge_item{place, number, now(), {}, std::move(device_seed), std::move(board_seeds)};
      for (std::size_t c = 0; c < v.choices.size(); ++c) {
        const contest_index contest = context_->index().contests_of(b.ballot.style)[c];
        std::get<challenge_item>(b.resolution)
            .choices.push_back(revealed(context_->terms(contest), v.choices[c]));
      }
      break;
    case journal_kind::voided:
      b.resolution = void_item{place, number, now()};
      break;
    default:
      b.resolution = cast_item{place, number, now()};
  }
  at(stage::resolution);
  link_ = std::visit(
      [&](const auto& item) {
        return resolution_link(context_->chain(), std::decay_t<decltype(item)>::kind, item.encode(),
                               b.ballot.code);
      },
      b.resolution);
}

void small_election::close_device(const device_place& place) {
  journal_draft& journal = draft.journals.back();
  close_item& close = journal.close;
  close.place = place;
  close.time = now();
  for (const ballot_draft& b : journal.ballots) {
    ++close.counters.committed;
    close.counters.cast += std::holds_alternative<cast_item>(b.resolution) ? 1 : 0;
    close.counters.challenged += std::holds_alternative<challenge_item>(b.resolution) ? 1 : 0;
    close.counters.voided += std::holds_alternative<void_item>(b.resolution) ? 1 : 0;
  }
  close.last_link = link_;
  at(stage::close);
  close.device_signature =
      must(sign(device_key(), device_message(context_->chain(), close), random_));
  at(stage::close_device_signed);
  close.signatures = sign_quorum(board_message(context_->chain(), close));
  at(stage::close_signed);
}

void small_election::run_device(std::size_t branch, std::uint32_t device, std::uint32_t capacity) {
  const device_place place{context_->index().branches()[branch], device_index(device)};
  open_device(place, capacity);
  for (const vote& v : plan_.votes) {
    if (v.branch == branch && v.device == device) {
      vote_on(v, place);
    }
  }
  const lost_device* fate = fate_of(plan_, branch, device);
  if (fate == nullptr) {
    close_device(place);
  } else if (fate->excluded) {
    exclude_device(*fate->excluded, fate->remark);
  } else {
    recover_device(fate->remark);
  }
}

void small_election::make() {
  make_roster();
  run_ceremony();
  for (std::size_t branch = 0; branch < plan_.devices.size(); ++branch) {
    for (std::uint32_t d = 0; d < plan_.devices[branch].size(); ++d) {
      run_device(branch, d + 1, plan_.devices[branch][d]);
    }
    if (draft.election.eligibility == eligibility_log::tokens) {
      log_tokens(context_->index().branches()[branch]);
    }
  }
  make_tally();
  commit_to_lot();
  mix_ballots();
  open_sums();
  make_results();
  make_ties();
  make_allocations();
  encode_items();
  at(stage::items);
  list_files();
  at(stage::head);
  sign_head();
  at(stage::head_signed);
}

}  // namespace sandoq::testing
