#include "sandoq/threshold/blame.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "lib/threshold/ceremony_round.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/threshold/ceremony_elements.hpp"
#include "sandoq/threshold/lagrange.hpp"
#include "sandoq/threshold/share_box.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

// Gathers each guilty trustee once, with the first reason found.
class accusation {
 public:
  void guilty(board_index board, trustee_index trustee, std::string reason) {
    found_.try_emplace({board, trustee}, std::move(reason));
  }
  [[nodiscard]] bool empty() const noexcept { return found_.empty(); }
  [[nodiscard]] std::vector<guilty_trustee> take() && {
    std::vector<guilty_trustee> out;
    for (auto& [who, reason] : found_) {
      out.push_back({who.first, who.second, std::move(reason)});
    }
    return out;
  }

 private:
  std::map<std::pair<board_index, trustee_index>, std::string> found_;
};

struct judged_attempt {
  const attempt_context& context;
  std::span<const board> boards;
  const ceremony_items& items;
  digest32 commitments_hash;
  std::vector<encoded_elements<group>> coefficients;  // of the reveals, in order

  [[nodiscard]] const trustee_keys& keys_of(board_index b, trustee_index j) const {
    return boards[b.value()].trustees[j.value() - 1];
  }
};

// What is wrong with one reveal on its own; empty if nothing is.
std::string fault_of_reveal(const judged_attempt& a, std::size_t p) {
  const dkg_reveal& reveal = a.items.reveals[p];
  const std::size_t t = a.boards[reveal.origin.board.value()].threshold;
  if (reveal.coefficients.size() != t || reveal.proofs.size() != t) {
    return "revealed " + std::to_string(reveal.coefficients.size()) + " coefficients with " +
           std::to_string(reveal.proofs.size()) + " proofs, must reveal exactly " +
           std::to_string(t);
  }
  if (reveal.opened_commitment(a.context.election.manifest_hash) != a.items.commits[p].commitment) {
    return "revealed something else than it had committed to";
  }
  for (const auto& coefficient : a.coefficients[p].elements()) {
    if (group::is_identity(coefficient)) {
      return "revealed the identity as a coefficient";
    }
  }
  checking_sink<group> sink;
  const auto proved = detail::emit_possession(sink, a.context.election, a.commitments_hash, reveal,
                                              a.coefficients[p]);
  if (!proved) {
    return "does not prove knowledge of its coefficients: " + proved.reason();
  }
  return sink.holds() ? ""
                      : "does not prove knowledge of coefficient " +
                            std::to_string(sink.first_failure().value_or(0));
}

void judge_reveals(const judged_attempt& a, accusation& out) {
  std::vector<const dkg_reveal*> sound;
  for (std::size_t p = 0; p < a.items.reveals.size(); ++p) {
    const dkg_reveal& reveal = a.items.reveals[p];
    if (auto fault = fault_of_reveal(a, p); !fault.empty()) {
      out.guilty(reveal.origin.board, reveal.origin.trustee, std::move(fault));
      continue;  // whoever is copied late must not become guilty of it
    }
    for (const dkg_reveal* other : sound) {
      if (other->coefficients.front() == reveal.coefficients.front()) {
        out.guilty(reveal.origin.board, reveal.origin.trustee,
                   "revealed the same coefficient 0 as " +
                       name_trustee(other->origin.board, other->origin.trustee));
      }
    }
    sound.push_back(&reveal);
  }
}

// \return for each deal whether it is wrong in itself: a complaint about it says nothing more.
result<std::vector<bool>> judge_deals(const judged_attempt& a, accusation& out) {
  std::vector<bool> at_fault(a.items.deals.size());
  const auto ephemerals = decode_ephemerals(a.items.deals);
  if (!ephemerals) {
    return tl::unexpected(ephemerals.error());
  }
  for (std::size_t p = 0; p < a.items.deals.size(); ++p) {
    const auto& [origin, shares, signature] = a.items.deals[p];
    const std::size_t receivers = a.context.who.of(origin.board).size();
    if (shares.size() != receivers) {
      out.guilty(origin.board, origin.trustee,
                 "dealt " + std::to_string(shares.size()) + " shares to " +
                     std::to_string(receivers) + " receivers");
      at_fault[p] = true;
      continue;
    }
    for (const auto& ephemeral : (*ephemerals)[p].elements()) {
      if (group::is_identity(ephemeral)) {
        out.guilty(origin.board, origin.trustee, "dealt with the identity as an ephemeral key");
        at_fault[p] = true;
      }
    }
  }
  return at_fault;
}

// True iff the box holds the share that lies on the dealer's polynomial.
bool is_share(const judged_attempt& a, const dkg_complaint& complaint, const sealed_share& box) {
  const auto& [attempt, board, accuser] = complaint.origin;
  const share_route route{a.context.election.manifest_hash, a.commitments_hash, board,
                          complaint.dealer, accuser};
  const auto share =
      open_share_vartime(route, a.keys_of(board, accuser).encryption, box, complaint.shared);
  const auto& polynomial = a.coefficients[a.context.who.ordinal(board, complaint.dealer)];
  return share && group::mul_base_vartime(*share) ==
                      evaluate_commitments<group>(polynomial.elements(), accuser.value());
}

result<void> judge_complaint(const judged_attempt& a, const dkg_complaint& complaint,
                             accusation& out) {
  const auto& [attempt, board, accuser] = complaint.origin;
  const dkg_deal& deal = a.items.deals[a.context.who.ordinal(board, complaint.dealer)];
  const sealed_share& box = deal.shares[a.context.who.place(board, accuser)];
  const auto ephemeral = encoded_element<group>::decode(box.ephemeral.view());
  const auto shared = encoded_element<group>::decode(complaint.shared.view());
  for (const auto* element : {&ephemeral, &shared}) {
    if (!*element) {
      return fail_within(detail::place_of("dkg_complaint", complaint.origin), element->error());
    }
  }
  auto tr = complaint_transcript(a.context.election.manifest_hash, a.commitments_hash,
                                 complaint.origin, complaint.dealer);
  const chaum_pedersen_statement<group> statement{encoded_element<group>(group::generator()),
                                                  *ephemeral, a.keys_of(board, accuser).encryption,
                                                  *shared};
  const auto against = name_trustee(board, complaint.dealer);
  if (const auto proved = verify(statement, complaint.proof, tr); !proved) {
    out.guilty(board, accuser, "accused " + against + " with a false proof: " + proved.reason());
  } else if (is_share(a, complaint, box)) {
    out.guilty(board, accuser, "accused " + against + ", who had sent it the right share");
  } else {
    out.guilty(board, complaint.dealer,
               "sent " + name_trustee(board, accuser) +
                   " a share that does not lie on the polynomial it had revealed");
  }
  return {};
}

result<judged_attempt> prepare(const attempt_context& context, std::span<const board> boards,
                               const ceremony_items& items) {
  SANDOQ_EXPECTS(items.commits.size() == items.reveals.size(), "one reveal of each participant");
  auto coefficients = decode_coefficients(items.reveals);
  if (!coefficients) {
    return tl::unexpected(std::move(coefficients.error()));
  }
  return judged_attempt{context, boards, items, hash_of_commitments(context, items.commits),
                        std::move(*coefficients)};
}

}  // namespace

result<attempt_judgement> judge_attempt(const attempt_context& context,
                                        std::span<const board> boards,
                                        const ceremony_items& items) {
  const auto a = prepare(context, boards, items);
  if (!a) {
    return tl::unexpected(a.error());
  }
  accusation out;
  judge_reveals(*a, out);
  const bool reveals_at_fault = !out.empty();
  if (!reveals_at_fault && !items.deals.empty()) {
    const auto at_fault = judge_deals(*a, out);
    if (!at_fault) {
      return tl::unexpected(at_fault.error());
    }
    for (const auto& complaint : items.complaints) {
      if ((*at_fault)[context.who.ordinal(complaint.origin.board, complaint.dealer)]) {
        continue;
      }
      if (auto done = judge_complaint(*a, complaint, out); !done) {
        return tl::unexpected(std::move(done.error()));
      }
    }
  }
  return attempt_judgement{std::move(out).take(), reveals_at_fault};
}

result<std::vector<guilty_trustee>> find_guilty(const attempt_context& context,
                                                std::span<const board> boards,
                                                const ceremony_items& items) {
  auto judged = judge_attempt(context, boards, items);
  if (!judged) {
    return tl::unexpected(std::move(judged.error()));
  }
  return std::move(judged->guilty);
}

result<attempt_context> next_attempt(const ceremony_context& election,
                                     std::span<const board> boards,
                                     std::span<const ceremony_items> attempts,
                                     std::span<const dkg_absence> absences, std::uint32_t number) {
  const auto sizes = sizes_of(boards);
  attempt_context out{election, number, participants::all(sizes),
                      hash_of_earlier(attempts, absences)};
  std::uint32_t last_number = 0;
  if (!attempts.empty()) {
    const auto last = context_of(election, sizes, attempts, attempts.size() - 1);
    const auto guilty = find_guilty(last, boards, attempts.back());
    if (!guilty) {
      return tl::unexpected(guilty.error());
    }
    if (guilty->empty()) {
      return fail(errc::missing, "attempt " + std::to_string(last.attempt),
                  "proves nobody guilty; leave its items away and only count on");
    }
    out.who = last.who;
    last_number = last.attempt;
    for (const auto& each : *guilty) {
      out.who.shut_out(each.board, each.trustee);
    }
  }
  for (const auto& absence : absences) {
    out.who.shut_out(absence.origin.board, absence.origin.trustee);
  }
  if (number <= last_number) {
    return fail(errc::out_of_range, "attempt " + std::to_string(number),
                "must have a higher number than attempt " + std::to_string(last_number));
  }
  for (std::uint32_t b = 0; b < sizes.size(); ++b) {
    const std::size_t left = out.who.of(board_index(b)).size();
    if (left < sizes[b].threshold) {
      return fail(errc::out_of_range, "board " + std::to_string(b),
                  "has " + std::to_string(left) + " trustees left, fewer than its threshold " +
                      std::to_string(sizes[b].threshold) + "; the election needs a new manifest");
    }
  }
  return out;
}

}  // namespace sandoq
