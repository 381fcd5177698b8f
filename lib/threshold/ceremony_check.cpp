#include "sandoq/threshold/ceremony_check.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/threshold/ceremony_complete.hpp"
#include "lib/threshold/ceremony_round.hpp"
#include "sandoq/threshold/blame.hpp"

namespace sandoq {
namespace {

check_outcome failed(std::string_view id, std::string place, std::string reason) {
  return {std::string(id), check_status::fail, std::move(place), std::move(reason)};
}

check_outcome outcome_of(std::string_view id, result<void> done) {
  if (!done) {
    return failed(id, std::move(done.error().place), std::move(done.error().reason));
  }
  return {std::string(id), check_status::pass, {}, {}};
}

// Who an attempt shut out in truth: exactly the guilty of the attempt before.
result<void> check_blame_between(const attempt_context& before, const ceremony_items& failed,
                                 const attempt_context& after, const ceremony_items& next,
                                 std::span<const board> boards) {
  const auto place = "attempt " + std::to_string(before.attempt);
  const auto judged = judge_attempt(before, boards, failed);
  if (!judged) {
    return fail_within(place, judged.error());
  }
  if (judged->guilty.empty()) {
    return fail(errc::missing, place, "failed, and its items prove nobody guilty");
  }
  if (judged->reveals_at_fault != failed.deals.empty()) {
    return fail(errc::mismatch, place,
                judged->reveals_at_fault ? "went on to deal although a reveal is wrong"
                                         : "has no deals although every reveal is right");
  }
  participants expected = before.who;
  for (const auto& each : judged->guilty) {
    if (after.who.contains(each.board, each.trustee)) {
      return fail(errc::mismatch, name_trustee(each.board, each.trustee),
                  "takes part in attempt " + std::to_string(after.attempt) + " although it " +
                      each.reason + " in " + place);
    }
    expected.shut_out(each.board, each.trustee);
  }
  for (const auto& absence : next.absences) {
    expected.shut_out(absence.origin.board, absence.origin.trustee);
  }
  if (!(expected == after.who)) {
    return fail(errc::mismatch, "attempt " + std::to_string(after.attempt),
                "leaves out a trustee whom nothing proves guilty and nobody states absent");
  }
  return {};
}

result<void> check_blame(const ceremony_context& context, std::span<const board> boards,
                         std::span<const ceremony_items> attempts) {
  const auto sizes = sizes_of(boards);
  auto present = context_of(context, sizes, attempts, 0);
  participants expected = participants::all(sizes);
  for (const auto& absence : attempts.front().absences) {
    expected.shut_out(absence.origin.board, absence.origin.trustee);
  }
  if (!(expected == present.who)) {
    return fail(errc::mismatch, "attempt " + std::to_string(present.attempt),
                "leaves out a trustee whom nobody states absent");
  }
  for (std::size_t a = 1; a < attempts.size(); ++a) {
    auto next = context_of(context, sizes, attempts, a);
    if (auto done = check_blame_between(present, attempts[a - 1], next, attempts[a], boards);
        !done) {
      return done;
    }
    present = std::move(next);
  }
  return {};
}

// The quorum of every absence, by those who take part in its attempt.
result<void> check_absence_quorums(const ceremony_context& context,
                                   std::span<const board_keys> boards,
                                   std::span<const ceremony_items> attempts) {
  for (const ceremony_items& attempt : attempts) {
    if (attempt.absences.empty()) {
      continue;
    }
    const auto signers = without_shut_out(boards, participants_of(attempt.commits, boards.size()));
    for (const auto& absence : attempt.absences) {
      const signed_message message{"dkg/absence", context.domain, context.manifest_hash,
                                   absence.signed_digest()};
      if (const auto ok = verify(signers, message, absence.signatures); !ok) {
        return fail(errc::bad_signature, detail::place_of("dkg_absence", absence.origin),
                    ok.reason());
      }
    }
  }
  return {};
}

}  // namespace

check_outcome check_ceremony_complete(std::span<const board_size> boards,
                                      std::span<const ceremony_items> attempts,
                                      const election_key& published) {
  return outcome_of("ceremony.complete", detail::check_complete(boards, attempts, published));
}

check_outcome check_ceremony_signatures(const ceremony_context& context,
                                        std::span<const board_keys> boards,
                                        std::span<const ceremony_items> attempts,
                                        executor& workers) {
  using detail::collect_signed;
  std::vector<detail::signed_item> all;
  for (const auto& items : attempts) {
    collect_signed<dkg_commit>(all, "dkg_commit", "dkg/commit", context, boards, items.commits);
    collect_signed<dkg_reveal>(all, "dkg_reveal", "dkg/reveal", context, boards, items.reveals);
    collect_signed<dkg_deal>(all, "dkg_deal", "dkg/deal", context, boards, items.deals);
    collect_signed<dkg_complaint>(all, "dkg_complaint", "dkg/complaint", context, boards,
                                  items.complaints);
    collect_signed<dkg_confirm>(all, "dkg_confirm", "dkg/confirm", context, boards, items.confirms);
  }
  auto done = detail::check_signatures(context, all, workers);
  if (done) {
    done = check_absence_quorums(context, boards, attempts);
  }
  return outcome_of("ceremony.signatures", std::move(done));
}

check_outcome check_ceremony_blame(const ceremony_context& context, std::span<const board> boards,
                                   std::span<const ceremony_items> attempts) {
  return outcome_of("ceremony.blame", check_blame(context, boards, attempts));
}

check_outcome check_ceremony_commitments(const ceremony_context& context,
                                         const ceremony_items& items) {
  return outcome_of("ceremony.commitments",
                    detail::check_openings(context, items.commits, items.reveals));
}

check_outcome check_ceremony_possession(const attempt_context& context, const ceremony_items& items,
                                        const ceremony_elements& elements, executor& workers) {
  const digest32 commitments_hash = hash_of_commitments(context, items.commits);
  auto done = detail::check_possession(context.election, commitments_hash, items.reveals,
                                       elements.coefficients, workers);
  if (done) {
    done = detail::check_ephemerals(items.deals, elements.ephemerals);
  }
  return outcome_of("ceremony.possession", std::move(done));
}

check_outcome check_ceremony_confirmations(const ceremony_items& items,
                                           const derived_key& derived) {
  return outcome_of("ceremony.confirmations",
                    detail::check_transcript_hashes(items.confirms, derived.transcript_hash));
}

check_outcome check_ceremony_key(const ceremony_context& context,
                                 std::span<const ceremony_items> attempts,
                                 const derived_key& derived, const election_key& published) {
  constexpr std::string_view id = "ceremony.key";
  if (auto identity = derived.first_identity(); !identity.empty()) {
    return failed(id, identity, "is the identity");
  }
  const election_key computed = make_election_key(context, derived, attempts);
  for (std::size_t b = 0; b < computed.boards.size(); ++b) {
    const auto place = "election_key/board " + std::to_string(b);
    if (computed.boards[b].key != published.boards[b].key) {
      return failed(id, place, "the board's key is not the sum of its trustees' parts");
    }
    if (computed.boards[b].share_keys != published.boards[b].share_keys) {
      return failed(id, place, "a share key does not follow from the revealed coefficients");
    }
  }
  if (computed.joint_key != published.joint_key) {
    return failed(id, "election_key/joint key", "is not the sum of the boards' keys");
  }
  if (computed.election_hash != published.election_hash) {
    return failed(id, "election_key/e1", "is not the hash of manifest, keys and ceremony");
  }
  return outcome_of(id, {});
}

namespace {

// The checks that need elements, or a word why they were not run.
void check_contents(verdict& out, const ceremony_context& context, std::span<const board> boards,
                    std::span<const ceremony_items> attempts, const election_key& published,
                    executor& workers) {
  const auto skip = [&](std::initializer_list<std::string_view> ids, std::string_view reason) {
    for (const auto id : ids) {
      out.not_run(id, reason);
    }
  };
  const auto& items = attempts.back();
  const auto elements = decode_elements(items);
  if (!elements) {
    skip({"ceremony.blame", "ceremony.commitments", "ceremony.possession", "ceremony.confirmations",
          "ceremony.key"},
         to_string(elements.error()));
    return;
  }
  if (out.checks().back().status == check_status::pass) {
    out.add(check_ceremony_blame(context, boards, attempts));
  } else {
    out.not_run("ceremony.blame", "ceremony.signatures did not pass");
  }
  out.add(check_ceremony_commitments(context, items));
  if (out.checks().back().status != check_status::pass) {
    skip({"ceremony.possession", "ceremony.confirmations", "ceremony.key"},
         "ceremony.commitments did not pass");
    return;
  }
  const auto sizes = sizes_of(boards);
  const auto attempt = context_of(context, sizes, attempts, attempts.size() - 1);
  out.add(check_ceremony_possession(attempt, items, *elements, workers));
  const auto derived = derive_key(attempt, sizes, items, elements->coefficients);
  out.add(check_ceremony_confirmations(items, derived));
  out.add(check_ceremony_key(context, attempts, derived, published));
}

}  // namespace

verdict check_ceremony(const ceremony_context& context, std::span<const board> boards,
                       std::span<const ceremony_items> attempts, const election_key& published,
                       executor& workers) {
  verdict out;
  out.add(check_ceremony_complete(sizes_of(boards), attempts, published));
  if (out.checks().back().status != check_status::pass) {
    for (const char* id : {"ceremony.signatures", "ceremony.blame", "ceremony.commitments",
                           "ceremony.possession", "ceremony.confirmations", "ceremony.key"}) {
      out.not_run(id, "ceremony.complete did not pass");
    }
    return out;
  }
  out.add(check_ceremony_signatures(context, keys_of(boards), attempts, workers));
  check_contents(out, context, boards, attempts, published, workers);
  return out;
}

}  // namespace sandoq
