#include "trustee_rounds.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "office_names.hpp"
#include "sandoq/threshold/blame.hpp"
#include "sandoq/threshold/ceremony_secret.hpp"

namespace sandoq::tool {
namespace {

constexpr auto reveal_kind = static_cast<std::uint32_t>(item_kind::dkg_reveal);

/// The highest attempt in which this trustee has revealed, as its folder or the bulletin knows; 0
/// if in none.
result<std::uint32_t> last_reveal(const trustee_at_work& work) {
  auto own = work.home.all_sent(name_of(item_kind::dkg_reveal));
  if (!own) {
    return tl::unexpected(std::move(own.error()));
  }
  for (const published* each : work.board.messages(reveal_kind)) {
    own->push_back(each->canonical);
  }
  std::uint32_t out = 0;
  for (const bytes& each : *own) {
    const auto reveal = dkg_reveal::decode(each);
    if (reveal && seat_of(reveal->origin) == work.home.seat()) {
      out = std::max(out, reveal->origin.attempt);
    }
  }
  return out;
}

/// The ceremony as it stands and this trustee's place in it.
struct present_round {
  ceremony_state state;
  std::shared_ptr<const ceremony_plan> plan;

  [[nodiscard]] std::uint32_t attempt() const { return state.present().attempt; }
  [[nodiscard]] std::string place() const { return fmt::format("attempt {}", attempt()); }
};

const char* messages_of(ceremony_stage stage) {
  switch (stage) {
    case ceremony_stage::committing:
      return "commitments";
    case ceremony_stage::revealing:
      return "reveals";
    case ceremony_stage::dealing:
      return "deals";
    default:
      return "confirmations";
  }
}

result<present_round> look(const trustee_at_work& work) {
  auto state = ceremony_of(work.board);
  if (!state) {
    return tl::unexpected(std::move(state.error()));
  }
  if (state->stage == ceremony_stage::failed) {
    return fail(errc::missing, "key ceremony", "cannot go on: " + state->why_failed);
  }
  auto plan = std::make_shared<ceremony_plan>();
  plan->attempt = state->present();
  plan->boards = state->boards;
  plan->earlier.assign(state->attempts.begin(), state->attempts.end() - 1);
  plan->absences = state->items().absences;
  return present_round{std::move(*state), std::move(plan)};
}

/// The trustee takes part, and the rounds before this one are complete.
result<void> admit(const trustee_at_work& work, const present_round& now, ceremony_stage round) {
  const trustee_seat& seat = work.home.seat();
  if (!now.state.present().who.contains(seat.board, seat.trustee)) {
    return fail(errc::mismatch, now.place(),
                fmt::format("{} is shut out (sandoq ceremony check says why)",
                            name_trustee(work.board.plan(), seat)));
  }
  if (now.state.stage < round) {
    return fail(
        errc::missing, now.place(),
        fmt::format("{} are missing: of {}; fetch them, or wait", messages_of(now.state.stage),
                    name_trustees(work.board.plan(), now.state.waiting_for)));
  }
  return {};
}

template <class Item>
const Item* own_of(const std::vector<Item>& items, const trustee_seat& seat) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) {
    return item.origin.board == seat.board && item.origin.trustee == seat.trustee;
  });
  return found == items.end() ? nullptr : &*found;
}

std::string stem_of(item_kind kind, const trustee_seat& seat, std::uint32_t attempt) {
  return fmt::format("{}-{}-{}-{}", name_of(kind), attempt, seat.board.value(),
                     seat.trustee.value());
}

/// Whoever has revealed in an attempt never makes a message of a lower one or takes its key, and
/// whoever has a share makes no more messages at all: of two keys that one withheld confirmation
/// can complete, honest trustees serve one. SPEC(85.7)
result<void> check_no_later_reveal(const trustee_at_work& work, std::uint32_t attempt) {
  const auto last = last_reveal(work);
  if (!last) {
    return tl::unexpected(last.error());
  }
  if (*last > attempt) {
    return fail(errc::mismatch, fmt::format("attempt {}", attempt),
                fmt::format("{} has revealed in attempt {} and never goes back to an earlier one; "
                            "messages of attempt {} are missing here, or a confirmation of attempt "
                            "{} came too late: compare the copies of the bulletin, and take a late "
                            "confirmation away",
                            work.home.name(), *last, *last, attempt));
  }
  return {};
}

result<void> check_may_make(const trustee_at_work& work, std::uint32_t attempt) {
  if (work.home.has_share()) {
    return fail(errc::mismatch, fmt::format("attempt {}", attempt),
                fmt::format("{} holds a share already (share.key) and makes no message for another "
                            "key; only without that share, destroyed for ever (sandoq trustee "
                            "destroy), can it",
                            work.home.name()));
  }
  return check_no_later_reveal(work, attempt);
}

/// Whoever comes back finds the attempt as it was begun.
result<stored_attempt> memory_of(const trustee_at_work& work, const present_round& now) {
  if (!work.home.has_attempt(now.attempt())) {
    return fail(errc::missing, attempt_name(now.attempt()),
                fmt::format("is not in {}: what {} has committed to cannot be revealed without it; "
                            "the boards have to go on without this trustee (ceremony absent) or "
                            "begin again (trustee commit --attempt)",
                            work.home.folder().path().string(), work.home.name()));
  }
  auto memory = work.home.attempt(now.attempt());
  if (memory && memory->earlier != now.state.present().earlier) {
    return fail(errc::mismatch, now.place(),
                "what stands before it is not what it was when this trustee committed: somebody "
                "has published a message of an earlier attempt late, or one is missing here; "
                "compare the copies of the bulletin (sandoq ceremony check)");
  }
  return memory;
}

result<committed_trustee> come_back(const trustee_at_work& work, const present_round& now) {
  auto memory = memory_of(work, now);
  if (!memory) {
    return tl::unexpected(std::move(memory.error()));
  }
  auto identity = work.home.identity();
  if (!identity) {
    return tl::unexpected(std::move(identity.error()));
  }
  const dkg_commit* own = own_of(now.state.items().commits, work.home.seat());
  if (own == nullptr) {
    return fail(errc::missing, now.place(), "the own commitment is not published");
  }
  return resume_commit(now.plan, std::move(*identity), std::move(memory->memory), *own);
}

result<revealed_trustee> come_back_revealed(const trustee_at_work& work, const present_round& now) {
  auto committed = come_back(work, now);
  if (!committed) {
    return tl::unexpected(std::move(committed.error()));
  }
  const ceremony_items& items = now.state.items();
  return std::move(*committed)
      .go_on(items.commits, *own_of(items.reveals, work.home.seat()), work.workers);
}

result<dealt_trustee> come_back_dealt(const trustee_at_work& work, const present_round& now) {
  auto revealed = come_back_revealed(work, now);
  if (!revealed) {
    return tl::unexpected(std::move(revealed.error()));
  }
  const ceremony_items& items = now.state.items();
  return std::move(*revealed).go_on(items.reveals, *own_of(items.deals, work.home.seat()),
                                    work.workers);
}

template <class State, class Message>
result<Message> message_of_step(result<ceremony_step<State, Message>> step) {
  if (!step) {
    return tl::unexpected(std::move(step.error()));
  }
  return std::move(step->message);
}

/// The plan of an attempt that gives up the present one.
result<present_round> refuse(present_round now, std::uint32_t attempt) {
  if (now.state.stage == ceremony_stage::complete) {
    return fail(errc::mismatch, now.place(), "is complete: there is nothing to give up");
  }
  if (attempt <= now.attempt()) {
    return fail(errc::out_of_range, "--attempt",
                fmt::format("must be above the present attempt, {}", now.attempt()));
  }
  auto plan = std::make_shared<ceremony_plan>(*now.plan);
  auto context =
      next_attempt(now.state.present().election, now.state.boards, plan->earlier, {}, attempt);
  if (!context) {
    return tl::unexpected(std::move(context.error()));
  }
  plan->attempt = *context;
  plan->absences.clear();
  now.state.contexts.back() = std::move(*context);
  now.state.attempts.back() = {};
  now.state.stage = ceremony_stage::committing;
  now.plan = std::move(plan);
  return now;
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
    now = refuse(std::move(*now), *attempt);
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

namespace {

/// The share that the attempt of that ceremony gives, once everybody has confirmed.
result<holder_memory> share_from_attempt(const trustee_at_work& work) {
  auto now = look(work);
  if (!now) {
    return tl::unexpected(std::move(now.error()));
  }
  if (auto free = check_no_later_reveal(work, now->attempt()); !free) {
    return tl::unexpected(std::move(free.error()));
  }
  auto dealt = come_back_dealt(work, *now);
  if (!dealt) {
    return tl::unexpected(std::move(dealt.error()));
  }
  const ceremony_items& items = now->state.items();
  auto confirmed =
      std::move(*dealt).go_on(items.deals, *own_of(items.confirms, work.home.seat()), work.workers);
  if (!confirmed) {
    return tl::unexpected(std::move(confirmed.error()));
  }
  auto holder = std::move(*confirmed).finish(items.confirms, work.workers);
  if (!holder) {
    return tl::unexpected(std::move(holder.error()));
  }
  return holder->memory();
}

}  // namespace

result<holder_memory> share_of(const trustee_at_work& work, const ceremony_state& state) {
  if (state.stage != ceremony_stage::complete) {
    return fail(errc::missing, "key ceremony",
                "is not complete; sandoq bulletin show says what it waits for");
  }
  const trustee_seat& seat = work.home.seat();
  if (!state.present().who.contains(seat.board, seat.trustee)) {
    return fail(errc::mismatch, "key ceremony",
                work.home.name() + " was shut out and holds no share of the key");
  }
  if (!work.home.has_share()) {
    auto fresh = share_from_attempt(work);
    if (!fresh) {
      return fresh;
    }
    if (auto kept = work.home.keep(*fresh, work.random); !kept) {
      return tl::unexpected(std::move(kept.error()));
    }
  }
  auto share = work.home.share();  // what was written can be read: only now may the rest go
  const auto election = derive_election(work.board, state);
  const auto attempts = work.home.attempts();
  if (!share || !election || !attempts) {
    return !share ? std::move(share)
                  : tl::unexpected(!election ? election.error() : attempts.error());
  }
  if (share->published != election->published) {
    return fail(errc::mismatch, std::string(trustee_home::share_name),
                "is of another key than the one that is complete in this bulletin: compare the "
                "copies of the bulletin (sandoq ceremony check); nothing was changed");
  }
  for (const std::uint32_t number : *attempts) {
    if (auto gone = work.home.destroy_attempt(number); !gone) {
      return tl::unexpected(std::move(gone.error()));
    }
  }
  return share;
}

}  // namespace sandoq::tool
