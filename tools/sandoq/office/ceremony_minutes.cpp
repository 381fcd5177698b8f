#include "ceremony_minutes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "../report_words.hpp"
#include "ceremony_words.hpp"
#include "sandoq/core/canonical.hpp"

namespace sandoq::tool {
namespace {

using manner = minuted_piece::manner;

minuted_piece words(std::string_view text) {
  return {manner::words, std::string(text)};
}
minuted_piece code(std::string_view text) {
  return {manner::code, std::string(text)};
}

/// "3f9a 11c2 0b7e d4d1": where copies differ. Two messages with one code can be made with 2^32
/// tries, so that equal ones prove nothing; the election hash does.
std::string short_hash(item_kind kind, byte_view canonical) {
  byte_writer in;
  in.u32(static_cast<std::uint32_t>(kind));
  in.fixed(canonical);
  const std::string hex = to_hex(framed_hash::of("ceremony/message", in.view()).view());
  return fmt::format("{} {} {} {}", hex.substr(0, 4), hex.substr(4, 4), hex.substr(8, 4),
                     hex.substr(12, 4));
}

/// Writes the minutes in one language.
class minutes_writer {
 public:
  minutes_writer(language in, const minuted_ceremony& ceremony)
      : in_(in),
        say_(ceremony_words_of(in)),
        all_(words_of(in)),
        c_(ceremony),
        plan_(ceremony.board.plan()) {}

  std::vector<minuted_section> write() {
    about();
    for (std::size_t a = 0; a < c_.state.attempts.size(); ++a) {
      attempt(a);
    }
    if (!c_.state.ignored.empty()) {
      begin(std::string(say_.ignored));
      for (const ignored_message& each : c_.state.ignored) {
        line({code(each.file), {manner::english, each.in_words()}});
      }
    }
    checks();
    keys();
    return std::move(out_);
  }

 private:
  void begin(std::string heading) { out_.push_back({std::move(heading), {}}); }
  void line(minuted_line pieces) { out_.back().lines.push_back(std::move(pieces)); }
  std::string number(std::uint64_t n) const { return number_text(in_, n); }

  /// Label and id of a trustee.
  minuted_line name(board_index board, trustee_index trustee) const {
    const auto& entry = plan_.boards[board.value()].trustees[trustee.value() - 1];
    const chosen_label called = label_in(in_, entry.labels, entry.id);
    minuted_line out{{manner::name, std::string(called.text)}};
    if (called.text != entry.id) {
      out.push_back(code(entry.id));
    }
    return out;
  }

  static minuted_line joined(minuted_line first, const minuted_line& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
  }

  void about() {
    begin(std::string(say_.heading));
    const chosen_label title = label_in(in_, plan_.title, plan_.election);
    line({words(std::string(say_.election) + ":"),
          {manner::name, std::string(title.text)},
          words(fmt::format("\u2013 {}",
                            plan_.domain == election_domain::drill ? all_.drill : all_.real))});
    line({words(std::string(all_.manifest_hash) + ":"),
          code(to_hex(c_.board.manifest_hash().view()))});
    for (const board_entry& board : plan_.boards) {
      const chosen_label called = label_in(in_, board.labels, board.id);
      line({{manner::name, std::string(called.text)},
            words("\u2013 " + fmt::format(fmt::runtime(say_.threshold), number(board.threshold),
                                          number(board.trustees.size())))});
    }
    line(standing());
    line({words(say_.compare)});
    if (!c_.state.given_up.empty()) {
      line({words(fmt::format(fmt::runtime(say_.given_up), given_up_text()))});
    }
  }

  /// "2, 4\u20139": one trustee can put messages under any number of attempts, so neighbours are
  /// told together, and not without end.
  std::string given_up_text() const {
    constexpr std::size_t max_ranges = 16;
    const std::vector<std::uint32_t>& all = c_.state.given_up;
    std::string out;
    std::size_t ranges = 0;
    for (std::size_t first = 0; first < all.size(); ++ranges) {
      if (ranges == max_ranges) {
        return out + ", \u2026";
      }
      std::size_t last = first;
      while (last + 1 < all.size() && all[last + 1] == all[last] + 1) {
        ++last;
      }
      out += (first > 0 ? ", " : "") + number(all[first]) +
             (last > first ? "\u2013" + number(all[last]) : "");
      first = last + 1;
    }
    return out;
  }

  minuted_line standing() const {
    if (c_.state.stage == ceremony_stage::complete) {
      return {words(say_.complete)};
    }
    if (c_.state.stage == ceremony_stage::failed) {
      return {words(say_.failed), {manner::english, c_.state.why_failed}};
    }
    minuted_line out{words(say_.waits)};
    for (const trustee_seat& seat : c_.state.waiting_for) {
      out = joined(std::move(out), name(seat.board, seat.trustee));
    }
    return out;
  }

  void attempt(std::size_t a) {
    const ceremony_items& items = c_.state.attempts[a];
    const attempt_context& context = c_.state.contexts[a];
    begin(fmt::format(fmt::runtime(say_.attempt), number(context.attempt)));
    for (const dkg_absence& absence : items.absences) {
      line(joined(name(absence.origin.board, absence.origin.trustee),
                  {words(say_.absent),
                   words(std::string(all_.remark) + ":"),
                   {manner::name, absence.remark}}));
    }
    const bool last = a + 1 == c_.state.attempts.size();
    round(0, item_kind::dkg_commit, items.commits, context.who, last);
    round(1, item_kind::dkg_reveal, items.reveals, context.who, last && !items.reveals.empty());
    round(2, item_kind::dkg_deal, items.deals, context.who, last && !items.deals.empty());
    for (const dkg_complaint& complaint : items.complaints) {
      judged(complaint, c_.state.guilty[a]);
    }
    round(3, item_kind::dkg_confirm, items.confirms, context.who, last && !items.confirms.empty());
    for (const guilty_trustee& each : c_.state.guilty[a]) {
      line(joined(name(each.board, each.trustee),
                  {words(say_.shut_out), {manner::english, each.reason}}));
    }
  }

  template <class Item>
  void round(std::size_t number_of_round, item_kind kind, const std::vector<Item>& items,
             const participants& who, bool show_missing) {
    if (items.empty() && !show_missing) {
      return;
    }
    line({words(std::string(say_.rounds[number_of_round]) + ":")});
    for (std::uint32_t b = 0; b < who.boards(); ++b) {
      for (const trustee_index j : who.of(board_index(b))) {
        const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) {
          return item.origin.board.value() == b && item.origin.trustee == j;
        });
        if (found != items.end()) {
          line(joined({words("  ")},
                      joined(name(board_index(b), j), {code(short_hash(kind, found->encode()))})));
        } else if (show_missing) {
          line(joined({words("  ")}, joined(name(board_index(b), j), {words(say_.missing)})));
        }
      }
    }
  }

  void judged(const dkg_complaint& complaint, const std::vector<guilty_trustee>& guilty) {
    const board_index board = complaint.origin.board;
    const trustee_index accuser = complaint.origin.trustee;
    line(joined(joined(name(board, accuser), {words(say_.complains)}),
                joined(name(board, complaint.dealer),
                       {code(short_hash(item_kind::dkg_complaint, complaint.encode()))})));
    const auto is_guilty = [&](trustee_index who) {
      return std::any_of(guilty.begin(), guilty.end(), [&](const guilty_trustee& each) {
        return each.board == board && each.trustee == who;
      });
    };
    if (guilty.empty()) {
      line({words("  "), words(say_.not_judged)});
    } else if (is_guilty(complaint.dealer)) {
      line(joined({words("  "), words(say_.was_right)}, name(board, complaint.dealer)));
    } else {
      line(joined({words("  "), words(say_.was_wrong)}, name(board, accuser)));
    }
  }

  void checks() {
    if (c_.checks.checks().empty()) {
      return;
    }
    begin(std::string(all_.checks));
    for (const check_outcome& check : c_.checks.checks()) {
      line({words(all_.statuses[static_cast<std::size_t>(check.status)]),
            words(sentence_of(in_, check.id)), code(check.id)});
      if (check.status == check_status::fail) {
        line({words("  "), {manner::english, check.place + ": " + check.reason}});
      }
    }
  }

  void keys() {
    if (!c_.published) {
      return;
    }
    begin(std::string(say_.keys));
    for (std::size_t b = 0; b < c_.published->boards.size(); ++b) {
      const board_entry& board = plan_.boards[b];
      const chosen_label called = label_in(in_, board.labels, board.id);
      line({words(std::string(say_.board_key)),
            {manner::name, std::string(called.text)},
            code(to_hex(c_.published->boards[b].key.octets))});
    }
    line({words(std::string(say_.joint_key) + ":"), code(to_hex(c_.published->joint_key.octets))});
    line({words(std::string(all_.election_hash) + ":"),
          code(to_hex(c_.published->election_hash.view()))});
  }

  language in_;
  const ceremony_words& say_;
  const report_words& all_;
  const minuted_ceremony& c_;
  const manifest& plan_;
  std::vector<minuted_section> out_;
};

}  // namespace

std::vector<minuted_section> minutes_of(language in, const minuted_ceremony& ceremony) {
  return minutes_writer(in, ceremony).write();
}

}  // namespace sandoq::tool
