#include "outlook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "../shown_text.hpp"
#include "message_check.hpp"
#include "office_names.hpp"
#include "opening_state.hpp"
#include "polling_state.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/threshold/opening.hpp"
#include "signing_rules.hpp"
#include "statement_check.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

constexpr std::size_t most_lines = 20;  // of one matter; an election may have thousands of devices
constexpr std::size_t most_names = 5;   // in one line

template <class Item>
result<std::vector<Item>> published_as(const bulletin& board, item_kind kind) {
  return board.all<Item>(static_cast<std::uint32_t>(kind));
}
template <class Item>
result<std::vector<Item>> published_as(const bulletin& board) {
  return board.all<Item>(static_cast<std::uint32_t>(Item::kind));
}

/// "3 opening, 1 close"
template <class Key>
std::string counts_text(const std::map<Key, std::size_t>& counts) {
  std::string out;
  for (const auto& [name, count] : counts) {
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, name);
  }
  return out;
}

constexpr std::string_view no_journal = "ended, but without its journal";

/// "a, b, c, d, e and 12 more"
std::string some_of(const std::vector<std::string>& names) {
  const std::size_t shown_names = std::min(names.size(), most_names);
  const std::string out = fmt::format(
      "{}", fmt::join(names.begin(), names.begin() + std::ptrdiff_t(shown_names), ", "));
  return names.size() == shown_names
             ? out
             : fmt::format("{} and {} more", out, names.size() - shown_names);
}

using seats = std::vector<trustee_seat>;

class outlook_writer {
 public:
  outlook_writer(const bulletin& board, const ceremony_state& ceremony,
                 const std::optional<running_election>& election)
      : board_(board), plan_(board.plan()), ceremony_(ceremony), election_(election) {}

  result<election_outlook> write() && {
    auto done = statements();
    if (election_) {
      done = done ? polls() : std::move(done);
      done = done ? lots() : std::move(done);
      done = done ? requests() : std::move(done);
      done = done ? ties() : std::move(done);
    }
    if (!done) {
      return tl::unexpected(std::move(done.error()));
    }
    finish();
    return std::move(out_);
  }

 private:
  void line(std::string about, std::string text) {
    out_.lines.push_back({std::move(about), std::move(text)});
  }
  /// At most so many lines of one matter.
  void lines(const std::vector<std::string>& texts) {
    for (std::size_t i = 0; i < texts.size() && i < most_lines; ++i) {
      line("", texts[i]);
    }
    if (texts.size() > most_lines) {
      line("", fmt::format("and {} more", texts.size() - most_lines));
    }
  }
  void next(std::string text) { out_.next.push_back(std::move(text)); }
  /// What this one runs next, in one line with all others who run the same.
  void next(const std::string& name, const std::string& command) {
    const auto found = std::find_if(who_runs_.begin(), who_runs_.end(),
                                    [&](const auto& each) { return each.first == command; });
    if (found == who_runs_.end()) {
      who_runs_.push_back({command, {name}});
    } else {
      found->second.push_back(name);
    }
  }

  std::string names(const seats& who) const { return name_trustees(plan_, who); }

  /// Who has not signed of a board, besides those who need not.
  static seats others_of(const board_keys& keys, std::uint32_t b,
                         const std::vector<quorum_signature>& valid) {
    seats out;
    for (std::uint32_t t = 1; t <= keys.signing_keys.size(); ++t) {
      const bool has = std::any_of(valid.begin(), valid.end(),
                                   [t](const quorum_signature& each) { return each.trustee == t; });
      if (!has && !std::binary_search(keys.shut_out.begin(), keys.shut_out.end(), t)) {
        out.push_back({board_index(b), trustee_index(t)});
      }
    }
    return out;
  }

  /// "signed by anna; waits for 1 of bahar, cyrus and 2 of darya, emad, farid"
  std::string signing_of(const statement& what, const signatures_so_far& so_far,
                         const std::vector<board_keys>& boards) {
    const auto lot = what.of == item_kind::lot_commit ? decode_body<lot_commit>(what)
                                                      : result<lot_commit>(tl::unexpected(error{}));
    seats signers;
    std::string waits;
    for (std::uint32_t b = 0; b < boards.size(); ++b) {
      const auto& valid = so_far.valid.boards[b];
      for (const quorum_signature& each : valid) {
        signers.push_back({board_index(b), trustee_index(each.trustee)});
      }
      if (valid.size() >= boards[b].threshold || (lot && lot->board.value() != b)) {
        continue;
      }
      const seats others = others_of(boards[b], b, valid);
      waits += fmt::format("{}{} of {}", waits.empty() ? "" : " and ",
                           boards[b].threshold - valid.size(), names(others));
      for (const trustee_seat& each : others) {
        to_sign_.insert({each.board.value(), each.trustee.value()});
      }
    }
    return (signers.empty() ? "" : "signed by " + names(signers) + "; ") + "waits for " + waits;
  }

  result<void> statements() {
    const auto all = published_as<statement>(board_);
    if (!all) {
      return tl::unexpected(all.error());
    }
    const election_hashes hashes =
        election_ ? election_->hashes
                  : election_hashes{plan_.domain, board_.manifest_hash(), std::nullopt};
    std::map<std::string_view, std::size_t> complete;
    std::vector<std::string> open;
    for (const statement& what : *all) {
      if (what.of == item_kind::request || is_past(ceremony_, what)) {
        continue;
      }
      const auto boards = signers_of(ceremony_, board_, what);
      const auto so_far = collect(board_, what, hashes, boards);
      if (!so_far) {
        open.push_back(agreement_name(what) + ": " + to_string(so_far.error()));
      } else if (so_far->complete()) {
        ++complete[name_of(what.of)];
        has_signed_head_ = has_signed_head_ || what.of == item_kind::head;
        if (what.of == item_kind::dkg_absence) {
          next("sandoq ceremony absent, once more: the absence is signed");
        }
      } else {
        open.push_back(agreement_name(what) + ": " + signing_of(what, *so_far, boards));
      }
    }
    if (!complete.empty() || !open.empty()) {
      line("statements",
           complete.empty() ? "none is signed yet" : "signed: " + counts_text(complete));
      lines(open);
    }
    return {};
  }

  /// What a device that has published no journal waits for: a stage, and who does what next.
  result<std::string> before_journal(const polled_device& device, const std::string& name) {
    if (const auto own = openings_.find(device.place); own != openings_.end()) {
      const auto so_far =
          collect(board_, own->second, election_->hashes, election_->context.keys().boards());
      if (!so_far) {
        return tl::unexpected(so_far.error());
      }
      if (so_far->complete()) {
        if (has_closed(device.place, own->second)) {
          return without_journal(name);
        }
        next(name, "sandoq booth open; votes; in the evening sandoq booth close");
        return std::string("opened");
      }
      return std::string("to be opened");
    }
    std::vector<std::string> without;
    for (std::uint32_t b = 0; b < plan_.boards.size(); ++b) {
      if (!seeded_.contains({device.place, b})) {
        without.push_back(name_board(plan_, board_index(b)));
      }
    }
    if (without.empty()) {
      next(name, "sandoq booth prepare");
      return std::string("seeded");
    }
    next(name,
         fmt::format("sandoq trustee seed, one trustee of {}", fmt::join(without, " and one of ")));
    return std::string("enrolled");
  }

  std::string without_journal(const std::string& name) {
    next(name,
         "its journal is not here; fetch it from the device or from another copy of the bulletin");
    return std::string(no_journal);
  }

  /// A close that without the journal counts as never published, but which the device has signed by
  /// the key that the boards have opened.
  bool has_closed(const device_place& at, const statement& opened) const {
    const auto opening = decode_body<opening_item>(opened);
    const auto closes = board_.closes_without_journal();
    return opening && std::any_of(closes.begin(), closes.end(), [&](const close_item& each) {
             return each.place == at && check_device_close(*election_, *opening, each);
           });
  }

  result<std::string> stage_of(const polled_device& device, const std::string& name) {
    if (device.ending && !device.journal &&
        (device.ending->of != item_kind::exclusion || device.needs_evidence())) {
      return without_journal(name);
    }
    if (device.ending) {
      const char* const done = device.is_excluded()                       ? "excluded"
                               : device.ending->of == item_kind::recovery ? "recovered"
                                                                          : "closed";
      return std::string(device.signatures ? "" : "to be ") + done;
    }
    if (!device.journal) {
      return before_journal(device, name);
    }
    if (is_missed(name)) {
      next(name, "sandoq booth close; sandoq journal recover or exclude if it is lost");
      return std::string("with a journal that has no end");
    }
    return std::string("closed");
  }

  bool is_missed(const std::string& name) const {
    return std::any_of(missing_.begin(), missing_.end(), [&](const std::string& each) {
      return each.compare(0, name.size() + 2, name + ": ") == 0;
    });
  }

  /// Which devices have seeds of which board, and an opening that is stated.
  result<void> beginnings() {
    auto openings = board_.statements(item_kind::opening);
    const auto roots = published_as<seed_root>(board_);
    if (!openings || !roots) {
      return tl::unexpected(openings ? roots.error() : openings.error());
    }
    for (statement& what : *openings) {
      if (const auto opening = decode_body<opening_item>(what)) {
        const auto [at, is_first] = openings_.try_emplace(opening->place, std::move(what));
        const auto so_far =
            is_first ? tl::unexpected(error{})
                     : collect(board_, what, election_->hashes, election_->context.keys().boards());
        if (so_far && so_far->complete()) {  // others can state what they like
          at->second = std::move(what);
        }
      }
    }
    for (const seed_root& each : *roots) {
      seeded_.insert({each.place, each.board.value()});
    }
    return {};
  }

  result<void> polls() {
    auto polls = polling_of(board_, *election_);
    auto begun = polls ? beginnings() : tl::unexpected(polls.error());
    if (!begun) {
      return begun;
    }
    missing_ = std::move(polls->missing);
    const auto announced = published_as<announcement>(board_);
    if (!announced) {
      return tl::unexpected(announced.error());
    }
    // Until the boards have opened it, an announced device is shown, and not waited for.
    for (const announcement& each : *announced) {
      const device_place& place = each.opening.place;
      if (std::none_of(polls->devices.begin(), polls->devices.end(),
                       [&](const polled_device& device) { return device.place == place; })) {
        polls->devices.push_back({place, {}, {}, {}});
      }
    }
    std::map<std::string, std::size_t> stages;
    std::vector<std::string> unfinished;
    for (const polled_device& device : polls->devices) {
      const std::string name = name_device(plan_, device.place);
      const auto stage = stage_of(device, name);
      if (!stage) {
        return tl::unexpected(stage.error());
      }
      ++stages[*stage];
      if (*stage == no_journal || (!device.signatures && *stage != "closed")) {
        unfinished.push_back(name + ": " + *stage);
      }
    }
    line("devices", stages.empty() ? "none has announced itself" : counts_text(stages));
    lines(unfinished);
    show_announced_twice();
    show_branches_without(*polls);
    unlogged_ = polls->unlogged.size();
    std::vector<std::string> rest = missing_;
    for (const polled_device& device : polls->devices) {
      const std::string start = name_device(plan_, device.place) + ": ";
      std::erase_if(
          rest, [&](const std::string& each) { return each.compare(0, start.size(), start) == 0; });
    }
    if (!rest.empty()) {
      line("missing", "before the count:");
      lines(rest);
    }
    return {};
  }

  /// Announcements under different keys; people leave one of them.                     SPEC(85.1)
  void show_announced_twice() {
    std::map<device_place, std::vector<std::string>> files;
    for (const published* each :
         board_.messages(static_cast<std::uint32_t>(exchange_kind::announcement))) {
      if (const auto place = place_of_item(each->canonical)) {
        files[*place].push_back(shown(each->file));
      }
    }
    std::vector<std::string> twice;
    for (const auto& [place, names_of] : files) {
      if (names_of.size() > 1) {
        twice.push_back(
            fmt::format("{}: {}; ask the branch which is its own, and take the others "
                        "away",
                        name_device(plan_, place), some_of(names_of)));
      }
    }
    if (!twice.empty()) {
      line("announced", "more than once:");
      lines(twice);
    }
  }

  /// Somebody has to enrol a device there.
  void show_branches_without(const polling_state& polls) {
    std::set<branch_index> with;
    for (const polled_device& device : polls.devices) {
      with.insert(device.place.branch);
    }
    for (std::uint32_t n = 0; n < plan_.nodes.size(); ++n) {
      if (election_->context.index().is_branch(branch_index{n}) &&
          !with.contains(branch_index{n})) {
        next("branch " + shown(plan_.nodes[n].id), "sandoq booth enrol");
      }
    }
  }

  /// Which boards have not even stated a commitment.
  result<void> lots() {
    if (plan_.beacon.empty()) {
      return {};
    }
    const auto stated = board_.statements(item_kind::lot_commit);
    if (!stated) {
      return tl::unexpected(stated.error());
    }
    for (std::uint32_t b = 0; b < plan_.boards.size(); ++b) {
      if (std::none_of(stated->begin(), stated->end(), [b](const statement& each) {
            const auto lot = decode_body<lot_commit>(each);
            return lot && lot->board.value() == b;
          })) {
        next(name_board(plan_, board_index(b)),
             "sandoq trustee lot, one trustee, before the count");
      }
    }
    return {};
  }

  /// Trustees with a share who have not answered every request; nobody if there are enough answers.
  result<seats> who_answers(std::size_t requests) {
    const auto answers = published_as<partial_decryption>(board_, item_kind::partial);
    if (!answers) {
      return tl::unexpected(answers.error());
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::set<std::uint32_t>> of;
    for (const partial_decryption& each : *answers) {
      of[{each.board.value(), each.trustee.value()}].insert(each.number);
    }
    seats out;
    seats done;
    const auto boards = election_->context.keys().boards();
    for (std::uint32_t b = 0; b < boards.size(); ++b) {
      seats late = others_of(boards[b], b, {});
      std::size_t have = 0;
      std::erase_if(late, [&](const trustee_seat& each) {
        const bool all = of[{b, each.trustee.value()}].size() >= requests;
        have += all ? 1 : 0;
        if (all) {
          done.push_back(each);
        }
        return all;
      });
      if (have < boards[b].threshold) {
        out.insert(out.end(), late.begin(), late.end());
      }
    }
    line("answers", done.empty() ? "nobody has answered every request"
                                 : "every request is answered by " + names(done));
    return out;
  }

  result<void> requests() {
    const auto all = requests_of(board_, *election_, {});
    if (!all) {  // only the trustees' own counts tell which are meant
      line("requests", to_string(all.error()));
      return {};
    }
    has_requests_ = !all->empty();
    if (all->empty()) {
      return {};
    }
    const auto waiting =
        std::find_if(all->begin(), all->end(), [](const auto& each) { return !each.is_signed; });
    const auto approved =
        std::count_if(all->begin(), all->end(), [](const auto& each) { return each.is_signed; });
    line("requests", fmt::format("{} stated, {} approved", all->size(), approved));
    if (waiting != all->end()) {
      next(fmt::format("sandoq trustee open, to approve: {}",
                       fmt::join(waiting->waiting_for, ", ")));
    }
    const auto late = who_answers(all->size());
    if (!late) {
      return tl::unexpected(late.error());
    }
    if (waiting == all->end() && !late->empty()) {
      next("sandoq trustee open, to answer: enough of " + names(*late));
    }
    is_answered_ = waiting == all->end() && late->empty();
    return {};
  }

  /// What has been published to break ties; whether there are any, only a count can tell.
  result<void> ties() {
    const auto attributes = published_as<tie_attributes>(board_, item_kind::attributes);
    const auto reveals = published_as<lot_reveal>(board_, item_kind::lot_reveal);
    if (!attributes || !reveals) {
      return tl::unexpected(attributes ? reveals.error() : attributes.error());
    }
    for (const tie_attributes& each : *attributes) {
      if (each.contest.value() < plan_.contests.size()) {
        line("ties", "attributes are stated for " + plan_.contests[each.contest.value()].id);
      }
    }
    for (const lot_reveal& each : *reveals) {
      line("lot", name_board(plan_, each.board) + " has revealed its value");
    }
    return {};
  }

  void finish() {
    for (const auto& [command, who] : who_runs_) {
      next(some_of(who) + ": " + command);
    }
    if (!to_sign_.empty()) {
      seats who;
      for (const auto& [b, t] : to_sign_) {
        who.push_back({board_index(b), trustee_index(t)});
      }
      out_.next.insert(out_.next.begin(), "sandoq trustee sign: enough of " + names(who));
    }
    if (election_ && missing_.empty() && !has_requests_) {
      next("sandoq close, whoever counts");
    } else if (unlogged_ > 0) {
      next(fmt::format("sandoq close, whoever counts: it states the logs of tokens of {} branches",
                       unlogged_));
    }
    if (is_answered_ && (to_sign_.empty() || has_signed_head_)) {
      next(has_signed_head_ ? "sandoq combine, whoever counts: the record can be made"
                            : "sandoq combine, whoever counts: it says whether there are ties, and "
                              "what they need");
    }
  }

  const bulletin& board_;
  const manifest& plan_;
  const ceremony_state& ceremony_;
  const std::optional<running_election>& election_;
  election_outlook out_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> to_sign_;  // board, trustee
  std::map<device_place, statement> openings_;
  std::set<std::pair<device_place, std::uint32_t>> seeded_;                 // device, board
  std::vector<std::string> missing_;                                        // before the count
  std::size_t unlogged_ = 0;                                                // branches
  std::vector<std::pair<std::string, std::vector<std::string>>> who_runs_;  // a command: who
  bool has_requests_ = false;
  bool is_answered_ = false;
  bool has_signed_head_ = false;
};

}  // namespace

result<election_outlook> outlook_of(const bulletin& board, const ceremony_state& ceremony,
                                    const std::optional<running_election>& election) {
  return outlook_writer(board, ceremony, election).write();
}

}  // namespace sandoq::tool
