#include "present_round.hpp"

#include <utility>

#include "office_names.hpp"

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

}  // namespace

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

result<present_round> give_up(present_round now, std::uint32_t attempt) {
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

}  // namespace sandoq::tool
