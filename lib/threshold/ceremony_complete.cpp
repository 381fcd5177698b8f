#include "lib/threshold/ceremony_complete.hpp"

#include <tuple>
#include <utility>

#include "lib/threshold/ceremony_round.hpp"

namespace sandoq::detail {
namespace {

std::string place_of_attempt(std::uint32_t attempt) {
  return "attempt " + std::to_string(attempt);
}

// Absences take away from `who`; each names a participant, and they ascend.
result<void> check_absences(std::span<const dkg_absence> absences, std::uint32_t attempt,
                            participants& who) {
  const dkg_origin* before = nullptr;
  for (const auto& [origin, remark, signatures] : absences) {
    if (origin.attempt != attempt) {
      return fail(errc::mismatch, place_of("dkg_absence", origin),
                  "is of attempt " + std::to_string(origin.attempt) + ", not of attempt " +
                      std::to_string(attempt));
    }
    if (before != nullptr &&
        std::tie(origin.board, origin.trustee) <= std::tie(before->board, before->trustee)) {
      return fail(errc::mismatch, place_of("dkg_absence", origin),
                  "absences must ascend by board and trustee, none twice");
    }
    if (!who.contains(origin.board, origin.trustee)) {
      return fail(errc::mismatch, place_of("dkg_absence", origin),
                  "there is no such trustee, or it was shut out before");
    }
    before = &origin;
  }
  for (const auto& absence : absences) {
    who.shut_out(absence.origin.board, absence.origin.trustee);
  }
  return {};
}

// Who takes part, as the commits say it: some of `who`, in order.
result<participants> participants_of(std::span<const dkg_commit> commits, const participants& who) {
  std::vector<std::vector<trustee_index>> out(who.boards());
  const dkg_origin* before = nullptr;
  for (const auto& commit : commits) {
    const dkg_origin& origin = commit.origin;
    if (!who.contains(origin.board, origin.trustee)) {
      return fail(errc::mismatch, place_of("dkg_commit", origin),
                  "there is no such trustee, or it was shut out before");
    }
    if (before != nullptr &&
        std::tie(origin.board, origin.trustee) <= std::tie(before->board, before->trustee)) {
      return fail(errc::mismatch, place_of("dkg_commit", origin),
                  "commits must ascend by board and trustee, none twice");
    }
    before = &origin;
    out[origin.board.value()].push_back(origin.trustee);
  }
  return participants(std::move(out));
}

result<void> check_enough(std::span<const board_size> boards, const participants& who,
                          std::uint32_t attempt) {
  for (std::uint32_t b = 0; b < boards.size(); ++b) {
    const std::size_t left = who.of(board_index(b)).size();
    if (left < boards[b].threshold || left == 0) {
      return fail(errc::missing, place_of_attempt(attempt) + ", dkg_commit",
                  "board " + std::to_string(b) + " takes part with " + std::to_string(left) +
                      " trustees, its threshold is " + std::to_string(boards[b].threshold));
    }
  }
  return {};
}

result<void> check_complaints(std::span<const dkg_complaint> complaints, const participants& who,
                              std::uint32_t attempt) {
  const dkg_complaint* before = nullptr;
  for (const auto& complaint : complaints) {
    const auto& [number, board, accuser] = complaint.origin;
    const auto place = place_of("dkg_complaint", complaint.origin);
    if (number != attempt) {
      return fail(errc::mismatch, place, "is not of attempt " + std::to_string(attempt));
    }
    if (!who.contains(board, accuser) || !who.contains(board, complaint.dealer)) {
      return fail(errc::mismatch, place, "accuser and dealer must be participants of one board");
    }
    if (accuser == complaint.dealer) {
      return fail(errc::mismatch, place, "accuses itself");
    }
    if (before != nullptr &&
        std::tie(board, accuser, complaint.dealer) <=
            std::tie(before->origin.board, before->origin.trustee, before->dealer)) {
      return fail(errc::mismatch, place,
                  "complaints must ascend by accuser and dealer, none twice");
    }
    before = &complaint;
  }
  return {};
}

// The rounds after the commits of an attempt that failed.
result<void> check_failed(const ceremony_items& items, const participants& who,
                          std::uint32_t attempt) {
  if (!items.confirms.empty()) {
    return fail(errc::mismatch, place_of_attempt(attempt) + ", dkg_confirm",
                "only the last attempt is confirmed");
  }
  if (auto done = check_origins<dkg_reveal>("dkg_reveal", items.reveals, who, attempt); !done) {
    return done;
  }
  if (items.deals.empty()) {
    return items.complaints.empty()
               ? result<void>{}
               : fail(errc::mismatch, place_of_attempt(attempt) + ", dkg_complaint",
                      "nobody has dealt, so there is nothing to complain of");
  }
  if (auto done = check_origins<dkg_deal>("dkg_deal", items.deals, who, attempt); !done) {
    return done;
  }
  return check_complaints(items.complaints, who, attempt);
}

// The same of the attempt that succeeded.
result<void> check_succeeded(std::span<const board_size> boards, const ceremony_items& items,
                             const participants& who, std::uint32_t attempt) {
  if (!items.complaints.empty()) {
    return fail(errc::mismatch, place_of("dkg_complaint", items.complaints.front().origin),
                "stands in the last attempt; a complaint ends an attempt");
  }
  using done = result<void>;
  return check_origins<dkg_reveal>("dkg_reveal", items.reveals, who, attempt)
      .and_then(
          [&]() -> done { return check_origins<dkg_deal>("dkg_deal", items.deals, who, attempt); })
      .and_then([&]() -> done {
        return check_origins<dkg_confirm>("dkg_confirm", items.confirms, who, attempt);
      })
      .and_then([&]() -> done { return check_lengths(items.reveals, boards); })
      .and_then([&]() -> done { return check_lengths(items.deals, who); });
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

result<void> check_attempt(std::span<const board_size> boards, const ceremony_items& items,
                           bool is_last, std::uint32_t& number, participants& who) {
  const std::uint32_t attempt = items.commits.empty() ? 0 : items.commits.front().origin.attempt;
  if (attempt <= number) {
    return fail(errc::missing, "dkg_commit",
                "every attempt has commits, and a number above that of the attempt before, at "
                "least 1");
  }
  number = attempt;
  if (auto done = check_absences(items.absences, attempt, who); !done) {
    return done;
  }
  auto present = participants_of(items.commits, who);
  if (!present) {
    return tl::unexpected(std::move(present.error()));
  }
  who = std::move(*present);
  if (auto done = check_origins<dkg_commit>("dkg_commit", items.commits, who, attempt); !done) {
    return done;
  }
  if (auto done = check_enough(boards, who, attempt); !done) {
    return done;
  }
  return is_last ? check_succeeded(boards, items, who, attempt) : check_failed(items, who, attempt);
}

}  // namespace

result<void> check_complete(std::span<const board_size> boards,
                            std::span<const ceremony_items> attempts,
                            const election_key& published) {
  if (attempts.empty() || attempts.size() > ceremony_items::max_attempts) {
    return fail(errc::missing, "ceremony",
                "has " + std::to_string(attempts.size()) + " attempts, must have 1 to " +
                    std::to_string(ceremony_items::max_attempts));
  }
  participants who = participants::all(boards);
  std::uint32_t number = 0;
  for (std::size_t a = 0; a < attempts.size(); ++a) {
    if (auto done = check_attempt(boards, attempts[a], a + 1 == attempts.size(), number, who);
        !done) {
      return done;
    }
  }
  return check_key_sizes(boards, published);
}

}  // namespace sandoq::detail
