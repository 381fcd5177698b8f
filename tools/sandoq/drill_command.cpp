#include <fmt/core.h>

#include <cstdio>
#include <filesystem>
#include <optional>
#include <utility>

#include "commands.hpp"
#include "drill.hpp"
#include "manifest_words.hpp"
#include "oracle.hpp"
#include "rehearsal/errands.hpp"
#include "rehearsal/interruption.hpp"
#include "rehearsal/people.hpp"
#include "rehearsal/rehearsal.hpp"
#include "report.hpp"
#include "report_file.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "say.hpp"
#include "scratch_directory.hpp"
#include "shown_text.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

/// The record's directory: where the user wants it, or a place of its own that goes away again.
class record_place {
 public:
  static result<record_place> make(const drill_options& options) {
    record_place place;
    if (options.out.empty()) {
      auto scratch = scratch_directory::make();
      if (!scratch) {
        return tl::unexpected(std::move(scratch.error()));
      }
      place.wanted_ = scratch->path() / "drill";
      place.scratch_.emplace(std::move(*scratch));
    } else {
      // The record is put into place by renaming, which needs the directory's own name.
      std::error_code problem;
      place.wanted_ = fs::weakly_canonical(options.out, problem);
      if (problem || place.wanted_ == fs::current_path(problem)) {
        return fail(errc::io, options.out,
                    "name a new directory, one in which nobody works at present");
      }
    }
    place.record_ = options.by_commands ? record_of_town(place.wanted_) : place.wanted_;
    return place;
  }

  [[nodiscard]] const fs::path& record() const noexcept { return record_; }
  /// Where everybody has a folder, if the drill is held by commands.
  [[nodiscard]] const fs::path& town() const noexcept { return wanted_; }
  [[nodiscard]] bool kept() const noexcept { return !scratch_; }

 private:
  record_place() = default;
  fs::path wanted_;
  fs::path record_;
  std::optional<scratch_directory> scratch_;
};

/// What a count in the clear says against the record; nothing if all is as it was voted.
std::optional<std::string> difference_of(const scenario& planned, const record_verdict& found) {
  if (counts_of(found) != count_in_the_clear(planned)) {
    return "the counts DIFFER from those of a count in the clear";
  }
  if (const auto seats = difference_of_seats(planned, found.allocations)) {
    return "the seats DIFFER from those of a count in the clear: " + *seats;
  }
  return std::nullopt;
}

/// Where branches of the profile stayed closed: how many, and why.
void print_branches(const scenario& planned) {
  if (planned.closed_branches > 0) {
    fmt::print(
        "{} of {} branches opened, as many as the voters fill; --all-branches opens every one\n",
        with_separators(planned.devices.size()),
        with_separators(planned.devices.size() + planned.closed_branches));
  }
}

void print_words(const scenario& planned, const rehearsal_outcome& done,
                 const record_verdict& found, const std::optional<std::string>& differs,
                 const record_place& place, const std::vector<stopwatch::phase>& seconds) {
  const drill_outcome& held = done.drill;
  fmt::print("A drill: its keys and ballots are valid in no real election.\n");
  fmt::print("{} ballots cast, {} challenged and opened, {} voided, on {} devices\n",
             with_separators(held.counters.cast), with_separators(held.counters.challenged),
             with_separators(held.counters.voided), with_separators(held.devices));
  print_branches(planned);
  fmt::print("{}", results_in_words(found));
  for (const std::string& line : held.only_totals) {
    fmt::print("{}\n", shown(line));
  }
  if (!found.ties.empty()) {
    fmt::print(
        "In a drill the program makes up attributes and beacon; in an election they are the "
        "authority's and the world's.\n");
  }
  fmt::print("{}\n", differs ? shown(*differs)
                             : std::string("the counts are exactly those of a count in the clear"));
  if (!differs && !found.allocations.empty()) {
    fmt::print("and so is every step to the seats of {}\n",
               counted(found.allocations.size(), "contest"));
  }
  fmt::print("{}{}", checks_in_words(found), notes_in_words(found));
  fmt::print("{}\n", phases_in_words(seconds));
  if (done.commands > 0) {
    fmt::print(
        "{} commands of people in folders of their own; {} files with secrets destroyed, none "
        "left\n",
        with_separators(done.commands), with_separators(done.destroyed));
  }
  if (place.kept()) {
    fmt::print("record: {0}\nreport: {0}.html\n", place.record().string());
    if (done.commands > 0) {
      fmt::print("commands: {}\n", (place.town() / errands::list_name).string());
    }
  } else {
    fmt::print("The record was discarded; --out DIR keeps it.\n");
  }
}

result<counting_wishes> wishes_of(const drill_options& options, const manifest& plan) {
  counting_wishes out;
  out.subtotals = manifest_words::level_named(options.subtotals);
  if (!options.beacon.empty()) {
    out.ties.beacon = options.beacon;
  }
  for (const std::string& text : options.attributes) {
    auto values = read_attribute_values(text);
    if (!values) {
      return tl::unexpected(std::move(values.error()));
    }
    out.ties.attributes.insert_or_assign(std::move(values->first), std::move(values->second));
  }
  if (auto good = check_tie_rules(plan, out.ties); !good) {
    return tl::unexpected(std::move(good.error()));
  }
  return out;
}

/// The scenario that the options ask for, with floor and mishaps.
result<scenario> plan_drill(const drill_options& options) {
  auto planned = make_scenario(options.electorate);
  if (!planned) {
    return planned;
  }
  for (contest_entry& contest : planned->plan.contests) {
    contest.floor = options.floor;
  }
  for (const auto& [devices, what] :
       {std::pair{&options.lose, mishap::lost}, std::pair{&options.exclude, mishap::excluded}}) {
    for (const std::string& device : *devices) {
      if (auto known = add_mishap(*planned, device, what); !known) {
        return tl::unexpected(std::move(known.error()));
      }
    }
  }
  if (options.by_commands) {
    auto possible = check_rehearsal_size(*planned);
    possible = possible ? check_absent(planned->plan, options.absent) : std::move(possible);
    if (!possible) {
      return tl::unexpected(std::move(possible.error()));
    }
  }
  return planned;
}

/// Holds it in this program, or by many.
result<rehearsal_outcome> hold(const drill_options& options, const scenario& planned,
                               const counting_wishes& wishes, const record_place& place,
                               executor& workers, stopwatch& watch) {
  if (options.by_commands) {
    return hold_rehearsal(planned, wishes, options.absent, place.town(), options.in, watch);
  }
  // Before the long work, so that it does not end in an error.
  if (const auto report_file = report_place(place.record(), ""); place.kept() && !report_file) {
    return tl::unexpected(report_file.error());
  }
  auto held = hold_drill(planned, wishes, place.record(), workers, watch);
  if (!held) {
    return tl::unexpected(std::move(held.error()));
  }
  return rehearsal_outcome{std::move(*held)};
}

exit_code hold_and_report(const drill_options& options) {
  stopwatch watch;
  watch.begin("setup");
  const auto planned = plan_drill(options);
  if (!planned) {
    return unusable("drill", planned.error());
  }
  const auto wishes = wishes_of(options, planned->plan);
  if (!wishes) {
    return unusable("drill", wishes.error());
  }
  const auto place = record_place::make(options);
  if (!place) {
    return unusable("drill", place.error());
  }
  const auto workers = make_executor(options.threads);
  const auto held = hold(options, *planned, *wishes, *place, *workers, watch);
  if (!held) {
    return unusable("drill", held.error());
  }
  watch.begin("verify");
  const auto found =
      verify_record(place->record(), {held->drill.manifest_hash, election_domain::drill}, *workers);
  watch.end();
  if (!found) {
    return unusable("drill", found.error());
  }
  if (place->kept() && !options.by_commands) {  // else a command has written it
    const auto report_file = report_place(place->record(), "");
    const auto written = report_file
                             ? make_report(*report_file, *found, pinning::present, options.in)
                             : tl::unexpected(report_file.error());
    if (!written) {
      return unusable("drill", written.error());
    }
  }
  const auto differs = difference_of(*planned, *found);
  if (options.json) {
    std::vector<extra_member> extras{{"oracle", differs ? "different" : "equal"}};
    if (place->kept()) {
      extras.push_back({"record", place->record().string()});
    }
    fmt::print("{}\n", verdict_to_json(*found, watch.phases(), pinning::present, extras));
  } else {
    print_words(*planned, *held, *found, differs, *place, watch.phases());
  }
  return found->accepted && !differs ? exit_code::accepted : exit_code::rejected;
}

}  // namespace

exit_code run_drill(const drill_options& options) {
  const exit_code code = hold_and_report(options);
  interruption::end_by_signal();  // now that nothing is left to be cleaned up
  return code;
}

}  // namespace sandoq::tool
