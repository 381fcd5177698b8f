#include "trustee_share.hpp"

#include <utility>

#include "present_round.hpp"
#include "running_election.hpp"

namespace sandoq::tool {
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
