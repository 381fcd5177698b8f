#include "ceremony_state.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "sandoq/ballot/roster.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/threshold/ceremony_elements.hpp"
#include "sandoq/threshold/derived_key.hpp"

namespace sandoq::tool {
namespace {

using group = ristretto255;

template <class Item>
struct found_item {
  Item item;
  std::string file;
};

/// The messages of one attempt that hold by themselves, each list in trustee order.
struct attempt_messages {
  std::vector<found_item<dkg_absence>> absences;
  std::vector<found_item<dkg_commit>> commits;
  std::vector<found_item<dkg_reveal>> reveals;
  std::vector<found_item<dkg_deal>> deals;
  std::vector<found_item<dkg_complaint>> complaints;
  std::vector<found_item<dkg_confirm>> confirms;
};

trustee_seat seat_of(const dkg_origin& origin) {
  return {origin.board, origin.trustee};
}

std::string name(const trustee_seat& seat) {
  return name_trustee(seat.board, seat.trustee);
}

bool is_element(byte_view octets) {
  return encoded_element<group>::decode(octets).has_value();
}

/// True iff all elements in front and all scalars after them decode.
bool is_proof(byte_view octets, std::size_t elements) {
  for (std::size_t at = 0; at + 32 <= octets.size(); at += 32) {
    const byte_view part = octets.subspan(at, 32);
    if (at / 32 < elements ? !is_element(part) : !group::decode_scalar(part).has_value()) {
      return false;
    }
  }
  return true;
}

bool decodes(const dkg_commit& /*item*/) {
  return true;
}
bool decodes(const dkg_confirm& /*item*/) {
  return true;
}
bool decodes(const dkg_reveal& item) {
  return std::all_of(item.coefficients.begin(), item.coefficients.end(),
                     [](const auto& each) { return is_element(each.view()); }) &&
         std::all_of(item.proofs.begin(), item.proofs.end(),
                     [](const auto& each) { return is_proof(each.view(), 1); });
}
bool decodes(const dkg_deal& item) {
  return std::all_of(item.shares.begin(), item.shares.end(),
                     [](const auto& each) { return is_element(each.ephemeral.view()); });
}
bool decodes(const dkg_complaint& item) {
  return is_element(item.shared.view()) && is_proof(item.proof.view(), 2);
}

/// Reads the messages of a ceremony and follows it from attempt to attempt.
class ceremony_reader {
 public:
  ceremony_reader(const bulletin& from, std::vector<board> boards)
      : from_(from), context_{from.manifest_hash(), from.plan().domain} {
    out_.boards = std::move(boards);
    keys_ = keys_of(out_.boards);
  }

  result<ceremony_state> read() {
    take<dkg_commit>(item_kind::dkg_commit, "dkg/commit", &attempt_messages::commits);
    take<dkg_reveal>(item_kind::dkg_reveal, "dkg/reveal", &attempt_messages::reveals);
    take<dkg_deal>(item_kind::dkg_deal, "dkg/deal", &attempt_messages::deals);
    take<dkg_complaint>(item_kind::dkg_complaint, "dkg/complaint", &attempt_messages::complaints);
    take<dkg_confirm>(item_kind::dkg_confirm, "dkg/confirm", &attempt_messages::confirms);
    for (const auto& [number, messages] : by_number_) {
      out_.begun.push_back(number);
    }
    take_absences();
    std::optional<std::uint32_t> number = 1;
    while (number) {
      auto next = follow(*number);
      if (!next) {
        return tl::unexpected(std::move(next.error()));
      }
      number = *next;
    }
    return std::move(out_);
  }

 private:
  void ignore(const std::string& file, std::string reason) {
    out_.ignored.push_back({file, std::move(reason)});
  }

  bool is_seat(const dkg_origin& origin) const {
    const std::uint32_t b = origin.board.value();
    return b < keys_.size() && origin.trustee.value() >= 1 &&
           origin.trustee.value() <= keys_[b].signing_keys.size() && origin.attempt >= 1;
  }

  template <class Item>
  void take(item_kind kind, literal purpose,
            std::vector<found_item<Item>> attempt_messages::*list) {
    for (const published* message : from_.messages(static_cast<std::uint32_t>(kind))) {
      auto item = Item::decode(message->canonical);
      if (!item) {
        ignore(message->file, "cannot be read: " + to_string(item.error()));
        continue;
      }
      if (!is_seat(item->origin)) {
        ignore(message->file, "is of an attempt or a trustee that there is not");
        continue;
      }
      const auto& key =
          keys_[item->origin.board.value()].signing_keys[item->origin.trustee.value() - 1];
      if (const auto ok = verify(key,
                                 signed_message{purpose, context_.domain, context_.manifest_hash,
                                                item->signed_digest()},
                                 item->signature);
          !ok) {
        ignore(message->file, "is not signed by " + name(seat_of(item->origin)));
        continue;
      }
      if (!decodes(*item)) {
        ignore(message->file, "holds an element or scalar that does not decode");
        continue;
      }
      (by_number_[item->origin.attempt].*list).push_back({std::move(*item), message->file});
    }
  }

  void take_absences() {
    for (const published* message :
         from_.messages(static_cast<std::uint32_t>(item_kind::dkg_absence))) {
      auto item = dkg_absence::decode(message->canonical);
      if (!item) {
        ignore(message->file, "cannot be read: " + to_string(item.error()));
      } else if (!is_seat(item->origin)) {
        ignore(message->file, "is of an attempt or a trustee that there is not");
      } else {
        by_number_[item->origin.attempt].absences.push_back({std::move(*item), message->file});
      }
    }
  }

  /// The absences of an attempt that both boards have signed: those of `who` who are left.
  std::vector<dkg_absence> absences_of(std::uint32_t number, const participants& who) const {
    std::vector<dkg_absence> out;
    const auto found = by_number_.find(number);
    if (found == by_number_.end()) {
      return out;
    }
    participants left = who;
    for (const auto& each : found->second.absences) {
      left.shut_out(each.item.origin.board, each.item.origin.trustee);
    }
    const auto signers = without_shut_out(keys_, left);
    for (const auto& each : found->second.absences) {
      const signed_message message{"dkg/absence", context_.domain, context_.manifest_hash,
                                   each.item.signed_digest()};
      if (who.contains(each.item.origin.board, each.item.origin.trustee) &&
          verify(signers, message, each.item.signatures)) {
        out.push_back(each.item);
      }
    }
    return out;
  }

  /// The messages of participants, once each.
  template <class Item>
  std::vector<Item> of_participants(const std::vector<found_item<Item>>& found,
                                    const participants& who) {
    std::vector<Item> out;
    for (const auto& each : found) {
      const trustee_seat seat = seat_of(each.item.origin);
      if (who.contains(seat.board, seat.trustee)) {
        out.push_back(each.item);
      } else {
        ignore(each.file,
               fmt::format("{} takes no part in attempt {}", name(seat), each.item.origin.attempt));
      }
    }
    return out;
  }

  template <class Item>
  static std::vector<trustee_seat> missing(const std::vector<Item>& found,
                                           const participants& who) {
    std::vector<trustee_seat> out;
    for (std::uint32_t b = 0; b < who.boards(); ++b) {
      for (const trustee_index j : who.of(board_index(b))) {
        const trustee_seat seat{board_index(b), j};
        if (std::none_of(found.begin(), found.end(),
                         [&](const Item& item) { return seat_of(item.origin) == seat; })) {
          out.push_back(seat);
        }
      }
    }
    return out;
  }

  /// Puts the attempt of that number, or the first one after it that takes its place, on the list.
  /// \return the number of the next one, if this one proves somebody guilty.
  result<std::optional<std::uint32_t>> follow(std::uint32_t number) {
    const auto base = next_attempt(context_, out_.boards, out_.attempts, {}, number);
    if (!base) {
      return no_more(base.error());
    }
    if (out_.attempts.size() == ceremony_items::max_attempts) {
      return no_more({errc::too_large, "key ceremony", "16 attempts have failed"});
    }
    while (true) {
      const auto absences = absences_of(number, base->who);
      auto present = next_attempt(context_, out_.boards, out_.attempts, absences, number);
      if (!present) {
        return no_more(present.error());
      }
      ceremony_items items;
      items.absences = absences;
      auto guilty = judge(*present, items);
      if (!guilty) {
        return tl::unexpected(std::move(guilty.error()));
      }
      const bool proved = !guilty->empty();
      const auto later = proved || out_.stage == ceremony_stage::complete
                             ? std::nullopt
                             : taking_its_place(number, base->who);
      if (later) {
        if (by_number_.count(number) != 0) {
          out_.given_up.push_back(number);
        }
        number = *later;
        continue;
      }
      out_.attempts.push_back(std::move(items));
      out_.contexts.push_back(std::move(*present));
      out_.guilty.push_back(std::move(*guilty));
      return proved ? std::optional(number + 1) : std::nullopt;
    }
  }

  result<std::optional<std::uint32_t>> no_more(const error& why) {
    out_.stage = ceremony_stage::failed;
    out_.waiting_for.clear();
    out_.why_failed = to_string(why);
    return std::optional<std::uint32_t>();
  }

  /// A later attempt that as many trustees as open the key have begun, or that begins with an
  /// absence.
  std::optional<std::uint32_t> taking_its_place(std::uint32_t number,
                                                const participants& who) const {
    for (auto at = by_number_.upper_bound(number); at != by_number_.end(); ++at) {
      std::vector<std::uint32_t> begun(out_.boards.size());
      for (const auto& commit : at->second.commits) {
        const trustee_seat seat = seat_of(commit.item.origin);
        begun[seat.board.value()] += who.contains(seat.board, seat.trustee) ? 1 : 0;
      }
      bool enough = true;
      for (std::size_t b = 0; b < begun.size(); ++b) {
        enough = enough && begun[b] >= out_.boards[b].threshold;
      }
      if (enough || !absences_of(at->first, who).empty()) {
        return at->first;
      }
    }
    return std::nullopt;
  }

  /// Who is stated absent in an attempt after that one.
  std::vector<trustee_seat> absent_later(const attempt_context& present) const {
    std::vector<trustee_seat> out;
    for (auto at = by_number_.upper_bound(present.attempt); at != by_number_.end(); ++at) {
      for (const dkg_absence& each : absences_of(at->first, present.who)) {
        out.push_back(seat_of(each.origin));
      }
    }
    return out;
  }

  /// Fills in the rounds as far as they go, sets stage and waiting_for. \return who is guilty.
  result<std::vector<guilty_trustee>> judge(const attempt_context& present, ceremony_items& items) {
    static const attempt_messages nothing;
    const auto found = by_number_.find(present.attempt);
    const attempt_messages& m = found == by_number_.end() ? nothing : found->second;
    const auto wait = [&](ceremony_stage stage, std::vector<trustee_seat> whom) {
      out_.stage = stage;
      out_.waiting_for = std::move(whom);
      return !out_.waiting_for.empty();
    };
    items.commits = of_participants(m.commits, present.who);
    if (wait(ceremony_stage::committing, missing(items.commits, present.who))) {
      return std::vector<guilty_trustee>();
    }
    items.reveals = of_participants(m.reveals, present.who);
    if (wait(ceremony_stage::revealing, missing(items.reveals, present.who))) {
      return std::vector<guilty_trustee>();
    }
    auto guilty = find_guilty(present, out_.boards, items);
    if (!guilty || !guilty->empty()) {
      return guilty;
    }
    items.deals = of_participants(m.deals, present.who);
    if (wait(ceremony_stage::dealing, missing(items.deals, present.who))) {
      return std::vector<guilty_trustee>();
    }
    guilty = find_guilty(present, out_.boards, items);
    if (!guilty || !guilty->empty()) {
      return guilty;
    }
    return judge_last_round(present, m, items);
  }

  /// Of every participant a confirmation or complaints, or a later absence in their place. \return
  /// who is guilty.
  result<std::vector<guilty_trustee>> judge_last_round(const attempt_context& present,
                                                       const attempt_messages& m,
                                                       ceremony_items& items) {
    if (auto single = check_no_double_answer(m); !single) {
      return tl::unexpected(std::move(single.error()));
    }
    const auto absent = absent_later(present);
    const auto is_absent = [&](const trustee_seat& seat) {
      return std::find(absent.begin(), absent.end(), seat) != absent.end();
    };
    for (const auto& each : m.complaints) {
      const auto& [number, board, accuser] = each.item.origin;
      if (!present.who.contains(board, accuser) || !present.who.contains(board, each.item.dealer) ||
          accuser == each.item.dealer) {
        ignore(each.file, "accuser and dealer must be two participants of one board");
      } else if (is_absent({board, accuser})) {
        ignore(each.file, "the boards state the accuser absent from the next attempt");
      } else {
        items.complaints.push_back(each.item);
      }
    }
    items.confirms = confirms_of(present, m, items);
    auto open = missing(items.confirms, present.who);
    std::erase_if(open, [&](const trustee_seat& seat) {
      return std::any_of(items.complaints.begin(), items.complaints.end(),
                         [&](const auto& each) { return seat_of(each.origin) == seat; });
    });
    if (!items.complaints.empty()) {
      std::erase_if(open, is_absent);
    }
    out_.stage = open.empty() ? ceremony_stage::complete : ceremony_stage::confirming;
    out_.waiting_for = std::move(open);
    if (items.complaints.empty() || !out_.waiting_for.empty()) {
      return std::vector<guilty_trustee>();
    }
    items.confirms.clear();
    return find_guilty(present, out_.boards, items);
  }

  /// A trustee who confirms and complains says two things at one place.                SPEC(85.1)
  static result<void> check_no_double_answer(const attempt_messages& m) {
    for (const auto& complaint : m.complaints) {
      for (const auto& confirm : m.confirms) {
        if (seat_of(complaint.item.origin) == seat_of(confirm.item.origin)) {
          return fail(errc::duplicate, complaint.file,
                      "and " + confirm.file + ": " + name(seat_of(confirm.item.origin)) +
                          " cannot both complain and confirm in one attempt; ask that trustee, "
                          "keep both as evidence elsewhere, and leave one here");
        }
      }
    }
    return {};
  }

  /// The confirmations of this very key.
  std::vector<dkg_confirm> confirms_of(const attempt_context& present, const attempt_messages& m,
                                       const ceremony_items& items) {
    const auto coefficients = decode_coefficients(items.reveals);
    if (m.confirms.empty() || !coefficients) {
      return {};
    }
    const digest32 expected =
        derive_key(present, sizes_of(out_.boards), items, *coefficients).transcript_hash;
    auto confirms = of_participants(m.confirms, present.who);
    for (const auto& each : m.confirms) {
      if (each.item.transcript_hash != expected) {
        ignore(each.file, "confirms other messages than those that are published");
      }
    }
    std::erase_if(confirms,
                  [&](const dkg_confirm& each) { return each.transcript_hash != expected; });
    return confirms;
  }

  const bulletin& from_;
  ceremony_context context_;
  std::vector<board_keys> keys_;
  std::map<std::uint32_t, attempt_messages> by_number_;
  ceremony_state out_;
};

}  // namespace

bool ceremony_state::has_messages(std::uint32_t attempt) const {
  return std::find(begun.begin(), begun.end(), attempt) != begun.end();
}

bool ceremony_state::waits_for(const trustee_seat& seat) const {
  return std::find(waiting_for.begin(), waiting_for.end(), seat) != waiting_for.end();
}

std::string ceremony_state::names_waited_for() const {
  std::string out;
  for (const trustee_seat& seat : waiting_for) {
    out += (out.empty() ? "" : ", ") + name(seat);
  }
  return out;
}

result<std::vector<board>> boards_of(const manifest& plan) {
  const auto keys = roster::decode(plan);
  if (!keys) {
    return tl::unexpected(keys.error());
  }
  if (const auto ok = verify(plan, *keys); !ok) {
    return fail(errc::bad_proof, "manifest/roster", ok.reason());
  }
  std::vector<board> out;
  for (std::uint32_t b = 0; b < plan.boards.size(); ++b) {
    auto& each = out.emplace_back();
    each.threshold = plan.boards[b].threshold;
    for (std::uint32_t j = 1; j <= plan.boards[b].trustees.size(); ++j) {
      each.trustees.push_back(keys->keys_of(board_index(b), trustee_index(j)));
    }
  }
  return out;
}

result<ceremony_state> ceremony_of(const bulletin& from) {
  auto boards = boards_of(from.plan());
  if (!boards) {
    return tl::unexpected(std::move(boards.error()));
  }
  return ceremony_reader(from, std::move(*boards)).read();
}

}  // namespace sandoq::tool
