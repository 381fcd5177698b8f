#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "../say.hpp"
#include "office_commands.hpp"
#include "signing_rules.hpp"
#include "statement_check.hpp"
#include "statement_words.hpp"
#include "trustee_share.hpp"

namespace sandoq::tool {
namespace {

constexpr std::string_view sign_name = "trustee sign";

/// Everything that signing needs, found once.
struct signing_day {
  trustee_at_work work;
  ceremony_state ceremony;
  std::optional<running_election> election;
  election_hashes hashes;
};

result<signing_day> look_at_signing_day(const trustee_at_work& work) {
  auto ceremony = ceremony_of(work.board);
  if (!ceremony) {
    return tl::unexpected(std::move(ceremony.error()));
  }
  signing_day out{work,
                  std::move(*ceremony),
                  std::nullopt,
                  {work.board.plan().domain, work.board.manifest_hash(), std::nullopt}};
  const trustee_seat& seat = work.home.seat();
  if (!out.ceremony.present().who.contains(seat.board, seat.trustee)) {
    return fail(errc::mismatch, work.home.name(),
                "is shut out: its signature counts nowhere (sandoq ceremony check says why)");
  }
  if (out.ceremony.stage == ceremony_stage::complete) {
    auto election = election_of(work.board, out.ceremony, work.workers);
    if (!election) {
      return tl::unexpected(std::move(election.error()));
    }
    out.hashes = election->hashes;
    out.election.emplace(std::move(*election));
    // The first command after the ceremony keeps the share and lets go of the polynomials.
    if (auto share = share_of(work, out.ceremony); !share) {
      return tl::unexpected(std::move(share.error()));
    }
  }
  return out;
}

/// Signatures that do not hold are not in the bulletin.                                SPEC(85.1)
bool is_signed(const signing_day& day, const statement& what, const signed_message& message) {
  const trustee_seat& seat = day.work.home.seat();
  return !day.work.board
              .messages_at(place_of_signatures(what.of, message.digest, seat.board, seat.trustee))
              .empty();
}

std::string stem_of_signature(const statement& what, const signed_message& message,
                              const trustee_seat& seat) {
  const std::string which =
      is_signed_once(what.of) ? "" : "-" + to_hex(message.digest.view()).substr(0, 16);
  return fmt::format("signature-{}{}-{}-{}", stem_of(what), which, seat.board.value(),
                     seat.trustee.value());
}

result<own_message> sign_one(const signing_day& day, const statement& what,
                             const signed_message& message) {
  const trustee_at_work& work = day.work;
  const trustee_seat& seat = work.home.seat();
  return publish_own(
      work, stem_of_signature(what, message, seat), number(exchange_kind::signature),
      [&]() -> result<statement_signature> {
        const auto signature = sign(work.home.keys().signing(), message, work.random);
        if (!signature) {
          return tl::unexpected(signature.error());
        }
        return statement_signature{what.of, message.digest, seat.board, seat.trustee, *signature};
      },
      [&](byte_view made) {
        const auto before = statement_signature::decode(made);
        return before && before->of == what.of && before->digest == message.digest;
      });
}

/// What others state falsely is left aside; refused is what this trustee could sign and did not.
enum class outcome { signed_now, was_signed, left_aside, refused };
constexpr std::size_t outcome_count = 4;

bool names(const std::vector<std::string>& agree, const statement& what) {
  return std::find(agree.begin(), agree.end(), agreement_name(what)) != agree.end();
}

/// What was agreed to and is not stated, or not any more: somebody has put another statement there.
std::vector<std::string> named_in_vain(const std::vector<std::string>& agree,
                                       const std::vector<statement>& stated) {
  std::vector<std::string> out;
  for (const std::string& name : agree) {
    if (std::none_of(stated.begin(), stated.end(),
                     [&](const statement& what) { return agreement_name(what) == name; })) {
      out.push_back(name);
    }
  }
  return out;
}

/// Whether the person has agreed already, by an option. --yes does not choose between statements.
bool agreed_before(const sign_options& options, const statement& what, bool contested) {
  return names(options.agree, what) || (options.yes && !is_judgement(what.of) && !contested);
}

/// Goes through all statements, and finds out of each only once whether it holds.
class signing_round {
 public:
  signing_round(const signing_day& day, const sign_options& options,
                const std::vector<statement>& all)
      : day_(day),
        options_(options),
        all_(all),
        check_(
            {day.work.board, day.ceremony, day.election, day.work.home.seat(), day.work.workers}) {}

  outcome deal_with(const statement& what) {
    const auto message = message_of(what, day_.hashes);
    if (message && is_signed(day_, what, *message)) {
      return outcome::was_signed;
    }
    say("{}: {}\n", agreement_name(what), in_words(day_.work.board, what));
    const auto condition = message ? check_(what) : result<void>(tl::unexpected(message.error()));
    if (!condition) {
      const bool is_named = names(options_.agree, what);
      say("  {}: {}\n", is_named ? "not signed" : "left aside", to_string(condition.error()));
      return is_named ? outcome::refused : outcome::left_aside;
    }
    return ask(what, *message);
  }

 private:
  outcome ask(const statement& what, const signed_message& message) {
    const bool contested = is_signed_once(what.of) && sound_like(what) > 1;
    if (contested) {
      say("  another statement for the same place could be signed too: choose one\n");
    }
    if (!agreed_before(options_, what, contested) && !agreed_to("  sign it?")) {
      say("  not signed{}\n",
          options_.yes && (is_judgement(what.of) || contested)
              ? ": --yes does not answer what only a person can judge; --agree " +
                    agreement_name(what) + " does, for this statement and no other"
              : "");
      return outcome::refused;
    }
    const auto done = sign_one(day_, what, message);
    if (!done) {
      say("  not signed: {}\n", to_string(done.error()));
      return outcome::refused;
    }
    say("  wrote {}{}\n", done->file, done->was_made ? " again, as it was" : "");
    if (what.of != item_kind::head && what.of != item_kind::eligibility) {
      check_.forget();  // the count may have become another one
    }
    return done->was_made ? outcome::was_signed : outcome::signed_now;
  }

  /// How many statements for the same place it would sign just as well.                SPEC(85.3)
  std::size_t sound_like(const statement& what) {
    const std::string stem = stem_of(what);
    const auto known = sound_.find({what.of, stem});
    if (known != sound_.end()) {
      return known->second;
    }
    const auto count = std::count_if(all_.begin(), all_.end(), [&](const statement& other) {
      return other.of == what.of && stem_of(other) == stem && (other == what || check_(other));
    });
    return sound_[{what.of, stem}] = static_cast<std::size_t>(count);
  }

  const signing_day& day_;
  const sign_options& options_;
  const std::vector<statement>& all_;
  statement_check check_;
  std::map<std::pair<item_kind, std::string>, std::size_t> sound_;
};

}  // namespace

exit_code run_trustee_sign(const sign_options& options) {
  auto desk = trustee_desk::open(options.trustee);
  if (!desk) {
    return refuse(sign_name, desk.error());
  }
  const auto day = look_at_signing_day(desk->work());
  if (!day) {
    return refuse(sign_name, day.error());
  }
  const auto all = desk->board().all<statement>(number(exchange_kind::statement));
  if (!all) {
    return refuse(sign_name, all.error());
  }
  signing_round round(*day, options, *all);
  std::array<std::size_t, outcome_count> became{};
  for (const statement& what : *all) {
    if (!is_for_others(what, desk->home().seat()) && !is_past(day->ceremony, what)) {
      ++became[static_cast<std::size_t>(round.deal_with(what))];
    }
  }
  const auto [now, before, aside, refused] = became;
  const std::vector<std::string> in_vain = named_in_vain(options.agree, *all);
  say_list("agreed to, but stated by nobody here; look at what is, and name that in full:",
           in_vain);
  say("{} signed now, {} before, {} left aside, {} refused{}\n", now, before, aside, refused,
      now > 0 ? ": carry the new files to the others; sandoq bulletin show says what is "
                "still waited for"
              : "");
  return refused == 0 && in_vain.empty() ? exit_code::accepted : exit_code::rejected;
}

}  // namespace sandoq::tool
