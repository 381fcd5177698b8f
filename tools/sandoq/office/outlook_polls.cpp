#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "../shown_text.hpp"
#include "message_check.hpp"
#include "office_names.hpp"
#include "outlook_parts.hpp"
#include "polling_state.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

template <class Item>
result<std::vector<Item>> published_as(const bulletin& board) {
  return board.all<Item>(static_cast<std::uint32_t>(Item::kind));
}

constexpr std::string_view no_journal = "ended, but without its journal";

class polls_writer {
 public:
  polls_writer(outlook_page& page, const bulletin& board, const running_election& election,
               polling_state polls)
      : page_(page),
        board_(board),
        plan_(board.plan()),
        election_(election),
        polls_(std::move(polls)) {}

  result<polls_outlook> write() && {
    auto done = find_beginnings();
    done = done ? add_announced() : std::move(done);
    done = done ? write_devices() : std::move(done);
    if (!done) {
      return tl::unexpected(std::move(done.error()));
    }
    write_announced_twice();
    write_branches_without();
    write_missing();
    return polls_outlook{std::move(polls_.missing), polls_.unlogged.size()};
  }

 private:
  /// What a device that has published no journal waits for: a stage, and who does what next.
  result<std::string> before_journal(const polled_device& device, const std::string& name) {
    if (const auto own = openings_.find(device.place); own != openings_.end()) {
      const auto so_far =
          collect(board_, own->second, election_.hashes, election_.context.keys().boards());
      if (!so_far) {
        return tl::unexpected(so_far.error());
      }
      if (so_far->complete()) {
        if (has_closed(device.place, own->second)) {
          return without_journal(name);
        }
        page_.next(name, "sandoq booth open; votes; in the evening sandoq booth close");
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
      page_.next(name, "sandoq booth prepare");
      return std::string("seeded");
    }
    page_.next(name, fmt::format("sandoq trustee seed, one trustee of {}",
                                 fmt::join(without, " and one of ")));
    return std::string("enrolled");
  }

  std::string without_journal(const std::string& name) {
    page_.next(
        name,
        "its journal is not here; fetch it from the device or from another copy of the bulletin");
    return std::string(no_journal);
  }

  /// A close that without the journal counts as never published, but which the device has signed by
  /// the key that the boards have opened.
  bool has_closed(const device_place& at, const statement& opened) const {
    const auto opening = decode_body<opening_item>(opened);
    const auto closes = board_.closes_without_journal();
    return opening && std::any_of(closes.begin(), closes.end(), [&](const close_item& each) {
             return each.place == at && check_device_close(election_, *opening, each);
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
      page_.next(name, "sandoq booth close; sandoq journal recover or exclude if it is lost");
      return std::string("with a journal that has no end");
    }
    return std::string("closed");
  }

  bool is_missed(const std::string& name) const {
    return std::any_of(polls_.missing.begin(), polls_.missing.end(), [&](const std::string& each) {
      return each.compare(0, name.size() + 2, name + ": ") == 0;
    });
  }

  /// Which devices have seeds of which board, and an opening that is stated.
  result<void> find_beginnings() {
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
                     : collect(board_, what, election_.hashes, election_.context.keys().boards());
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

  /// Until the boards have opened it, an announced device is shown, and not waited for.
  result<void> add_announced() {
    const auto announced = published_as<announcement>(board_);
    if (!announced) {
      return tl::unexpected(announced.error());
    }
    for (const announcement& each : *announced) {
      const device_place& place = each.opening.place;
      if (std::none_of(polls_.devices.begin(), polls_.devices.end(),
                       [&](const polled_device& device) { return device.place == place; })) {
        polls_.devices.push_back({place, {}, {}, {}});
      }
    }
    return {};
  }

  result<void> write_devices() {
    std::map<std::string, std::size_t> stages;
    std::vector<std::string> unfinished;
    for (const polled_device& device : polls_.devices) {
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
    std::string counts;
    for (const auto& [stage, count] : stages) {
      counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, stage);
    }
    page_.line("devices", stages.empty() ? "none has announced itself" : counts);
    page_.lines(unfinished);
    return {};
  }

  /// What is missing before the count, besides what is of one device.
  void write_missing() {
    std::vector<std::string> rest = polls_.missing;
    for (const polled_device& device : polls_.devices) {
      const std::string start = name_device(plan_, device.place) + ": ";
      std::erase_if(
          rest, [&](const std::string& each) { return each.compare(0, start.size(), start) == 0; });
    }
    if (!rest.empty()) {
      page_.line("missing", "before the count:");
      page_.lines(rest);
    }
  }

  /// Announcements under different keys; people leave one of them.                     SPEC(85.1)
  void write_announced_twice() {
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
      page_.line("announced", "more than once:");
      page_.lines(twice);
    }
  }

  /// Somebody has to enrol a device there.
  void write_branches_without() {
    std::set<branch_index> with;
    for (const polled_device& device : polls_.devices) {
      with.insert(device.place.branch);
    }
    for (std::uint32_t n = 0; n < plan_.nodes.size(); ++n) {
      if (election_.context.index().is_branch(branch_index{n}) && !with.contains(branch_index{n})) {
        page_.next("branch " + shown(plan_.nodes[n].id), "sandoq booth enrol");
      }
    }
  }

  outlook_page& page_;
  const bulletin& board_;
  const manifest& plan_;
  const running_election& election_;
  polling_state polls_;
  std::map<device_place, statement> openings_;
  std::set<std::pair<device_place, std::uint32_t>> seeded_;  // device, board
};

}  // namespace

result<polls_outlook> write_polls(outlook_page& page, const bulletin& board,
                                  const running_election& election) {
  auto polls = polling_of(board, election);
  if (!polls) {
    return tl::unexpected(std::move(polls.error()));
  }
  return polls_writer(page, board, election, std::move(*polls)).write();
}

}  // namespace sandoq::tool
