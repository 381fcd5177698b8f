#include "sandoq/threshold/ceremony_secret.hpp"

#include <algorithm>
#include <utility>

#include "lib/threshold/ceremony_session_secret.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {

using session = detail::trustee_session;

namespace {

std::unique_ptr<session> used_up(std::unique_ptr<session>& held) {
  SANDOQ_EXPECTS(held != nullptr, "a trustee takes each step once");
  return std::move(held);
}

}  // namespace

committed_trustee::committed_trustee(std::unique_ptr<session> s) noexcept
    : session_(std::move(s)) {}
committed_trustee::committed_trustee(committed_trustee&&) noexcept = default;
committed_trustee& committed_trustee::operator=(committed_trustee&&) noexcept = default;
committed_trustee::~committed_trustee() = default;

revealed_trustee::revealed_trustee(std::unique_ptr<session> s) noexcept : session_(std::move(s)) {}
revealed_trustee::revealed_trustee(revealed_trustee&&) noexcept = default;
revealed_trustee& revealed_trustee::operator=(revealed_trustee&&) noexcept = default;
revealed_trustee::~revealed_trustee() = default;

dealt_trustee::dealt_trustee(std::unique_ptr<session> s) noexcept : session_(std::move(s)) {}
dealt_trustee::dealt_trustee(dealt_trustee&&) noexcept = default;
dealt_trustee& dealt_trustee::operator=(dealt_trustee&&) noexcept = default;
dealt_trustee::~dealt_trustee() = default;

confirmed_trustee::confirmed_trustee(std::unique_ptr<session> s) noexcept
    : session_(std::move(s)) {}
confirmed_trustee::confirmed_trustee(confirmed_trustee&&) noexcept = default;
confirmed_trustee& confirmed_trustee::operator=(confirmed_trustee&&) noexcept = default;
confirmed_trustee::~confirmed_trustee() = default;

result<ceremony_step<committed_trustee, dkg_commit>> commit_to_key(
    std::shared_ptr<const ceremony_plan> plan, trustee_identity identity, random_source& source) {
  SANDOQ_EXPECTS(plan != nullptr, "a ceremony has a plan");
  const std::size_t b = identity.board.value();
  const std::uint32_t threshold = b < plan->boards.size() ? plan->boards[b].threshold : 0;
  // An impossible threshold is refused below.
  ceremony_memory memory{secret_polynomial<ristretto255>::random(std::max(threshold, 1U), source),
                         {}};
  // The salt stays in this process until the next round publishes it.
  source.fill(memory.salt);
  auto s = detail::open_session(std::move(plan), std::move(identity), std::move(memory));
  if (!s) {
    return tl::unexpected(std::move(s.error()));
  }
  auto message = detail::signed_by(**s, "dkg/commit", detail::make_commit(**s), source);
  if (!message) {
    return tl::unexpected(std::move(message.error()));
  }
  (*s)->items.commits = {*message};
  return ceremony_step<committed_trustee, dkg_commit>{committed_trustee(std::move(*s)), *message};
}

result<committed_trustee> resume_commit(std::shared_ptr<const ceremony_plan> plan,
                                        trustee_identity identity, ceremony_memory memory,
                                        const dkg_commit& published) {
  auto s = detail::open_session(std::move(plan), std::move(identity), std::move(memory));
  if (!s) {
    return tl::unexpected(std::move(s.error()));
  }
  if (published.commitment != detail::make_commit(**s).commitment) {
    return fail(errc::mismatch, detail::place_of("dkg_commit", (*s)->origin()),
                "was made with another memory than the one at hand");
  }
  (*s)->items.commits = {published};
  return committed_trustee(std::move(*s));
}

ceremony_memory committed_trustee::memory() const {
  SANDOQ_EXPECTS(session_ != nullptr, "a trustee that has not gone on");
  return {session_->polynomial.clone(), session_->salt};
}

result<ceremony_step<revealed_trustee, dkg_reveal>> committed_trustee::reveal(
    std::span<const dkg_commit> commits, executor& workers, random_source& source) && {
  auto s = used_up(session_);
  if (auto done = detail::take_commits(*s, commits, workers); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  auto message = detail::make_reveal(*s, source).and_then([&](dkg_reveal made) {
    return detail::signed_by(*s, "dkg/reveal", std::move(made), source);
  });
  if (!message) {
    return tl::unexpected(std::move(message.error()));
  }
  s->items.reveals = {*message};
  return ceremony_step<revealed_trustee, dkg_reveal>{revealed_trustee(std::move(s)),
                                                     std::move(*message)};
}

result<revealed_trustee> committed_trustee::go_on(std::span<const dkg_commit> commits,
                                                  const dkg_reveal& published,
                                                  executor& workers) && {
  auto s = used_up(session_);
  if (auto done = detail::take_commits(*s, commits, workers); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  s->items.reveals = {published};
  return revealed_trustee(std::move(s));
}

result<ceremony_step<dealt_trustee, dkg_deal>> revealed_trustee::deal(
    std::span<const dkg_reveal> reveals, executor& workers, random_source& source) && {
  auto s = used_up(session_);
  if (auto done = detail::take_reveals(*s, reveals, workers); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  auto message = detail::signed_by(*s, "dkg/deal", detail::make_deal(*s, source), source);
  if (!message) {
    return tl::unexpected(std::move(message.error()));
  }
  s->items.deals = {*message};
  return ceremony_step<dealt_trustee, dkg_deal>{dealt_trustee(std::move(s)), std::move(*message)};
}

result<dealt_trustee> revealed_trustee::go_on(std::span<const dkg_reveal> reveals,
                                              const dkg_deal& published, executor& workers) && {
  auto s = used_up(session_);
  if (auto done = detail::take_reveals(*s, reveals, workers); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  s->items.deals = {published};
  return dealt_trustee(std::move(s));
}

result<std::vector<dkg_complaint>> dealt_trustee::complain(std::span<const dkg_deal> deals,
                                                           executor& workers,
                                                           random_source& source) const {
  SANDOQ_EXPECTS(session_ != nullptr, "a trustee that has not gone on");
  const session& s = *session_;
  if (auto done = detail::check_deals(s, deals, workers); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  std::vector<dkg_complaint> out;
  for (const auto& deal : deals) {
    const bool concerns =
        deal.origin.board == s.identity.board && deal.origin.trustee != s.identity.trustee;
    if (!concerns || detail::receive_share(s, deal)) {
      continue;
    }
    auto complaint = detail::make_complaint(s, deal, source).and_then([&](dkg_complaint made) {
      return detail::signed_by(s, "dkg/complaint", std::move(made), source);
    });
    if (!complaint) {
      return tl::unexpected(std::move(complaint.error()));
    }
    out.push_back(std::move(*complaint));
  }
  return out;
}

result<ceremony_step<confirmed_trustee, dkg_confirm>> dealt_trustee::confirm(
    std::span<const dkg_deal> deals, executor& workers, random_source& source) && {
  auto s = used_up(session_);
  if (auto done = detail::take_deals(*s, deals, workers); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  auto message = detail::signed_by(
      *s, "dkg/confirm", dkg_confirm{s->origin(), s->derived->transcript_hash, {}}, source);
  if (!message) {
    return tl::unexpected(std::move(message.error()));
  }
  s->items.confirms = {*message};
  return ceremony_step<confirmed_trustee, dkg_confirm>{confirmed_trustee(std::move(s)), *message};
}

result<confirmed_trustee> dealt_trustee::go_on(std::span<const dkg_deal> deals,
                                               const dkg_confirm& published, executor& workers) && {
  auto s = used_up(session_);
  if (auto done = detail::take_deals(*s, deals, workers); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  s->items.confirms = {published};
  return confirmed_trustee(std::move(s));
}

result<key_holder> confirmed_trustee::finish(std::span<const dkg_confirm> confirms,
                                             executor& workers) && {
  auto s = used_up(session_);
  if (auto done = detail::take_confirms(*s, confirms, workers); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  std::vector<ceremony_items> all = s->plan->earlier;
  all.push_back(s->items);
  auto published = make_election_key(s->election(), *s->derived, all);
  const opening_context context{published.election_hash, s->election().domain};
  const auto& share_key =
      s->derived->boards[s->identity.board.value()].share_keys[s->identity.trustee.value() - 1];
  decryption_share share{s->identity.board, s->identity.trustee, share_key,
                         std::move(s->key_share)};
  return key_holder(context, std::move(s->keys), std::move(published), std::move(share),
                    std::move(s->identity.signing));
}

}  // namespace sandoq
