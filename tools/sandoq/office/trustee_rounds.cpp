#include "trustee_rounds.hpp"

#include <fmt/core.h>

#include <utility>

#include "office_names.hpp"
#include "present_round.hpp"
#include "sandoq/threshold/ceremony_secret.hpp"

namespace sandoq::tool {
namespace {

std::string stem_of(item_kind kind, const trustee_seat& seat, std::uint32_t attempt) {
  return fmt::format("{}-{}-{}-{}", name_of(kind), attempt, seat.board.value(),
                     seat.trustee.value());
}

template <class State, class Message>
result<Message> message_of_step(result<ceremony_step<State, Message>> step) {
  if (!step) {
    return tl::unexpected(std::move(step.error()));
  }
  return std::move(step->message);
}

/// The commitment that a polynomial on the disk belongs to, after a crash before it was published.
result<dkg_commit> commitment_again(const trustee_at_work& work, const present_round& now,
                                    const stored_attempt& stored) {
  dkg_reveal to_be;
  to_be.origin = {now.attempt(), work.home.seat().board, work.home.seat().trustee};
  to_be.salt = stored.memory.salt;
  for (const auto& coefficient : stored.memory.polynomial.commitments()) {
    to_be.coefficients.push_back({encoded_element<ristretto255>(coefficient).octets()});
  }
  const ceremony_context& election = now.state.present().election;
  dkg_commit out{to_be.origin, to_be.opened_commitment(election.manifest_hash), {}};
  const auto signature = sign(
      work.home.keys().signing(),
      signed_message{"dkg/commit", election.domain, election.manifest_hash, out.signed_digest()},
      work.random);
  if (!signature) {
    return tl::unexpected(signature.error());
  }
  out.signature = *signature;
  return out;
}

result<dkg_commit> begin(const trustee_at_work& work, const present_round& now) {
  if (work.home.has_attempt(now.attempt())) {
    const auto stored = memory_of(work, now);
    if (!stored) {
      return tl::unexpected(stored.error());
    }
    return commitment_again(work, now, *stored);
  }
  auto identity = work.home.identity();
  if (!identity) {
    return tl::unexpected(std::move(identity.error()));
  }
  auto step = commit_to_key(now.plan, std::move(*identity), work.random);
  if (!step) {
    return tl::unexpected(std::move(step.error()));
  }
  if (auto kept = work.home.keep(now.attempt(), {step->state.memory(), now.state.present().earlier},
                                 work.random);
      !kept) {
    return tl::unexpected(std::move(kept.error()));
  }
  return std::move(step->message);
}

/// One round of the ceremony: what it publishes, and where that stands.
template <class Item>
struct round_of {
  item_kind kind;
  ceremony_stage stage;
  std::vector<Item> ceremony_items::*published;
};

/// What all rounds begin with: this trustee takes part, the rounds before are complete. What is
/// published already, whoever has kept it, need not be made.
template <class Item, class Make>
result<own_message> play(const trustee_at_work& work, const result<present_round>& now,
                         const round_of<Item>& round, const Make& make) {
  auto good = now ? admit(work, *now, round.stage) : tl::unexpected(now.error());
  if (!good) {
    return tl::unexpected(std::move(good.error()));
  }
  const trustee_seat& seat = work.home.seat();
  const std::string stem = stem_of(round.kind, seat, now->attempt());
  const auto kind = static_cast<std::uint32_t>(round.kind);
  if (const Item* own = own_of(now->state.items().*round.published, seat); own != nullptr) {
    return own_message{work.board.file_of(kind, own->encode()).value_or(stem), true, true};
  }
  return publish_own(work, stem, kind, [&]() -> result<Item> {
    if (auto may = check_may_make(work, now->attempt()); !may) {
      return tl::unexpected(std::move(may.error()));
    }
    return make(*now);
  });
}

/// The dealers whose shares are wrong, in words.
std::string name_dealers(const trustee_at_work& work,
                         const std::vector<dkg_complaint>& complaints) {
  std::string out;
  for (const dkg_complaint& each : complaints) {
    out += (out.empty() ? "" : " and ") +
           name_trustee(work.board.plan(), {each.origin.board, each.dealer});
  }
  return out;
}

}  // namespace

tl::unexpected<error> made_otherwise(const trustee_at_work& work, std::string_view stem) {
  return fail(errc::duplicate, std::string(stem),
              fmt::format("{} has made another message in this place before, which is kept in {}; "
                          "it makes no second one",
                          work.home.name(), work.home.sent_file(stem).string()));
}

result<own_message> commit_in(const trustee_at_work& work, std::optional<std::uint32_t> attempt) {
  auto now = look(work);
  if (now && attempt && *attempt != now->attempt()) {
    now = give_up(std::move(*now), *attempt);
  }
  return play<dkg_commit>(
      work, now, {item_kind::dkg_commit, ceremony_stage::committing, &ceremony_items::commits},
      [&](const present_round& at) { return begin(work, at); });
}

result<own_message> reveal_in(const trustee_at_work& work) {
  return play<dkg_reveal>(
      work, look(work),
      {item_kind::dkg_reveal, ceremony_stage::revealing, &ceremony_items::reveals},
      [&](const present_round& now) -> result<dkg_reveal> {
        auto committed = come_back(work, now);
        if (!committed) {
          return tl::unexpected(std::move(committed.error()));
        }
        return message_of_step(
            std::move(*committed).reveal(now.state.items().commits, work.workers, work.random));
      });
}

result<own_message> deal_in(const trustee_at_work& work) {
  return play<dkg_deal>(work, look(work),
                        {item_kind::dkg_deal, ceremony_stage::dealing, &ceremony_items::deals},
                        [&](const present_round& now) -> result<dkg_deal> {
                          auto revealed = come_back_revealed(work, now);
                          if (!revealed) {
                            return tl::unexpected(std::move(revealed.error()));
                          }
                          return message_of_step(std::move(*revealed).deal(
                              now.state.items().reveals, work.workers, work.random));
                        });
}

result<own_message> confirm_in(const trustee_at_work& work) {
  return play<dkg_confirm>(
      work, look(work),
      {item_kind::dkg_confirm, ceremony_stage::confirming, &ceremony_items::confirms},
      [&](const present_round& now) -> result<dkg_confirm> {
        const auto& deals = now.state.items().deals;
        auto dealt = come_back_dealt(work, now);
        if (!dealt) {
          return tl::unexpected(std::move(dealt.error()));
        }
        const auto complaints = dealt->complain(deals, work.workers, work.random);
        if (!complaints) {
          return tl::unexpected(complaints.error());
        }
        if (!complaints->empty()) {
          return fail(errc::bad_proof, now.place(),
                      "the share from " + name_dealers(work, *complaints) +
                          " is wrong, so the key cannot be confirmed; sandoq trustee complain "
                          "publishes the proof");
        }
        return message_of_step(std::move(*dealt).confirm(deals, work.workers, work.random));
      });
}

result<std::vector<own_message>> complain_in(const trustee_at_work& work) {
  const auto now = look(work);
  if (!now) {
    return tl::unexpected(now.error());
  }
  if (auto good = admit(work, *now, ceremony_stage::confirming); !good) {
    return tl::unexpected(std::move(good.error()));
  }
  const ceremony_items& items = now->state.items();
  if (own_of(items.confirms, work.home.seat()) != nullptr) {
    return fail(errc::mismatch, now->place(),
                name_trustee(work.board.plan(), work.home.seat()) +
                    " has confirmed the key and cannot complain of it any more");
  }
  if (auto may = check_may_make(work, now->attempt()); !may) {
    return tl::unexpected(std::move(may.error()));
  }
  auto dealt = come_back_dealt(work, *now);
  if (!dealt) {
    return tl::unexpected(std::move(dealt.error()));
  }
  const auto complaints = dealt->complain(items.deals, work.workers, work.random);
  if (!complaints) {
    return tl::unexpected(complaints.error());
  }
  if (complaints->empty()) {
    return fail(errc::mismatch, now->place(),
                "every share that " + work.home.name() +
                    " was sent is right: there is nothing to complain of (sandoq trustee confirm)");
  }
  std::vector<own_message> out;
  for (const dkg_complaint& each : *complaints) {
    const std::string stem =
        fmt::format("{}-{}", stem_of(item_kind::dkg_complaint, work.home.seat(), now->attempt()),
                    each.dealer.value());
    auto published = publish_own(work, stem, static_cast<std::uint32_t>(item_kind::dkg_complaint),
                                 [&]() -> result<dkg_complaint> { return each; });
    if (!published) {
      return tl::unexpected(std::move(published.error()));
    }
    out.push_back(std::move(*published));
  }
  return out;
}

}  // namespace sandoq::tool
