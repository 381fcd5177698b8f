#include "sandoq/threshold/ceremony_check.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/threshold/ceremony_round.hpp"

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

result<void> check_key_sizes(std::span<const board_size> boards, const election_key& published) {
  if (published.boards.size() != boards.size()) {
    return fail(errc::mismatch, "election_key",
                "has " + std::to_string(published.boards.size()) + " boards, must have " +
                    std::to_string(boards.size()));
  }
  for (std::size_t b = 0; b < boards.size(); ++b) {
    const std::size_t found = published.boards[b].share_keys.size();
    if (found != boards[b].trustees) {
      return fail(errc::mismatch, "election_key/board " + std::to_string(b),
                  "has " + std::to_string(found) + " share keys, must have " +
                      std::to_string(boards[b].trustees));
    }
  }
  return {};
}

result<void> check_complete(std::span<const board_size> boards, const ceremony_items& items,
                            const election_key& published) {
  const std::uint32_t attempt = items.commits.empty() ? 0 : items.commits.front().origin.attempt;
  if (attempt == 0) {
    return fail(errc::missing, "dkg_commit", "there is no attempt number of at least 1");
  }
  using done = result<void>;
  return detail::check_origins<dkg_commit>("dkg_commit", items.commits, boards, attempt)
      .and_then([&]() -> done {
        return detail::check_origins<dkg_reveal>("dkg_reveal", items.reveals, boards, attempt);
      })
      .and_then([&]() -> done {
        return detail::check_origins<dkg_deal>("dkg_deal", items.deals, boards, attempt);
      })
      .and_then([&]() -> done {
        return detail::check_origins<dkg_confirm>("dkg_confirm", items.confirms, boards, attempt);
      })
      .and_then([&]() -> done { return detail::check_lengths(items.reveals, boards); })
      .and_then([&]() -> done { return detail::check_lengths(items.deals, boards); })
      .and_then([&]() -> done { return check_key_sizes(boards, published); });
}

}  // namespace

check_outcome check_ceremony_complete(std::span<const board_size> boards,
                                      const ceremony_items& items, const election_key& published) {
  return outcome_of("ceremony.complete", check_complete(boards, items, published));
}

check_outcome check_ceremony_signatures(const ceremony_context& context,
                                        std::span<const board_keys> boards,
                                        const ceremony_items& items, executor& workers) {
  using detail::collect_signed;
  std::vector<detail::signed_item> all;
  collect_signed<dkg_commit>(all, "dkg_commit", "dkg/commit", context, boards, items.commits);
  collect_signed<dkg_reveal>(all, "dkg_reveal", "dkg/reveal", context, boards, items.reveals);
  collect_signed<dkg_deal>(all, "dkg_deal", "dkg/deal", context, boards, items.deals);
  collect_signed<dkg_confirm>(all, "dkg_confirm", "dkg/confirm", context, boards, items.confirms);
  return outcome_of("ceremony.signatures", detail::check_signatures(context, all, workers));
}

check_outcome check_ceremony_commitments(const ceremony_context& context,
                                         const ceremony_items& items) {
  return outcome_of("ceremony.commitments",
                    detail::check_openings(context, items.commits, items.reveals));
}

check_outcome check_ceremony_possession(const ceremony_context& context,
                                        const ceremony_items& items,
                                        const ceremony_elements& elements, executor& workers) {
  const digest32 commitments_hash = hash_of_commitments(
      context.manifest_hash, items.commits.front().origin.attempt, items.commits);
  auto done = detail::check_possession(context, commitments_hash, items.reveals,
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

check_outcome check_ceremony_key(const ceremony_context& context, const ceremony_items& items,
                                 const derived_key& derived, const election_key& published) {
  constexpr std::string_view id = "ceremony.key";
  if (auto identity = derived.first_identity(); !identity.empty()) {
    return failed(id, identity, "is the identity");
  }
  const election_key computed = make_election_key(context, derived, items);
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
void check_contents(verdict& out, const ceremony_context& context,
                    std::span<const board_size> sizes, const ceremony_items& items,
                    const election_key& published, executor& workers) {
  const auto skip = [&](std::initializer_list<std::string_view> ids, std::string_view reason) {
    for (const auto id : ids) {
      out.not_run(id, reason);
    }
  };
  const auto elements = decode_elements(items);
  if (!elements) {
    skip({"ceremony.commitments", "ceremony.possession", "ceremony.confirmations", "ceremony.key"},
         to_string(elements.error()));
    return;
  }
  out.add(check_ceremony_commitments(context, items));
  if (out.checks().back().status != check_status::pass) {
    skip({"ceremony.possession", "ceremony.confirmations", "ceremony.key"},
         "ceremony.commitments did not pass");
    return;
  }
  out.add(check_ceremony_possession(context, items, *elements, workers));
  const auto derived = derive_key(context, sizes, items, elements->coefficients);
  out.add(check_ceremony_confirmations(items, derived));
  out.add(check_ceremony_key(context, items, derived, published));
}

}  // namespace

verdict check_ceremony(const ceremony_context& context, std::span<const board_keys> boards,
                       const ceremony_items& items, const election_key& published,
                       executor& workers) {
  std::vector<board_size> sizes;
  for (const auto& b : boards) {
    sizes.push_back({static_cast<std::uint32_t>(b.signing_keys.size()), b.threshold});
  }
  verdict out;
  out.add(check_ceremony_complete(sizes, items, published));
  if (out.checks().back().status != check_status::pass) {
    for (const char* id : {"ceremony.signatures", "ceremony.commitments", "ceremony.possession",
                           "ceremony.confirmations", "ceremony.key"}) {
      out.not_run(id, "ceremony.complete did not pass");
    }
    return out;
  }
  out.add(check_ceremony_signatures(context, boards, items, workers));
  check_contents(out, context, sizes, items, published, workers);
  return out;
}

}  // namespace sandoq
