#include <fmt/core.h>

#include <cstdio>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "file_bytes.hpp"
#include "record_check.hpp"
#include "results_csv.hpp"
#include "say.hpp"
#include "shown_text.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

struct csv_places {
  fs::path results;
  fs::path places;
  fs::path subtotals;
  fs::path groups;
  fs::path write_ins;
};

/// A name that ends in .csv is the file of the results, with the others beside it; any
/// other is a directory.
result<csv_places> files_of(const export_options& options) {
  const fs::path wanted = options.csv;
  std::error_code problem;
  csv_places out{wanted / "results.csv", wanted / "places.csv", wanted / "subtotals.csv",
                 wanted / "groups.csv", wanted / "write-ins.csv"};
  if (wanted.extension() == ".csv") {
    const fs::path stem = fs::path(wanted).replace_extension();
    const auto beside = [&stem](const char* ending) { return fs::path(stem) += ending; };
    out = {wanted, beside("-places.csv"), beside("-subtotals.csv"), beside("-groups.csv"),
           beside("-write-ins.csv")};
  } else if (fs::exists(wanted, problem)) {
    return fail(errc::io, options.csv, "exists already; name a new directory");
  }
  for (const fs::path& file : {out.results, out.places, out.subtotals, out.groups, out.write_ins}) {
    if (fs::exists(fs::symlink_status(file, problem))) {
      return fail(errc::io, file.string(), "exists already; name a new file");
    }
  }
  const fs::path record = fs::weakly_canonical(options.record.directory, problem) / "";
  const fs::path target = fs::weakly_canonical(out.results, problem);
  if (target.string().rfind(record.string(), 0) == 0) {
    return fail(errc::io, options.csv, "lies in the record, which holds its own files only");
  }
  return out;
}

result<void> write(const fs::path& file, const std::string& csv, const export_options& options) {
  const std::string text = (options.byte_order_mark ? "\uFEFF" : "") + csv;
  return write_new_file(file.string(), bytes_of(text));
}

result<void> write_all(const csv_places& files, const record_verdict& found,
                       const export_options& options) {
  std::error_code problem;
  if (files.results != fs::path(options.csv) && !fs::create_directory(options.csv, problem)) {
    return fail(errc::io, options.csv, "the directory cannot be made: " + problem.message());
  }
  const std::vector<std::pair<fs::path, std::string (*)(const record_verdict&)>> tables{
      {files.results, results_csv},
      {files.places, places_csv},
      {files.subtotals, subtotals_csv},
      {files.groups, groups_csv},
      {files.write_ins, write_ins_csv}};
  for (const auto& [file, table] : tables) {
    if (auto written = write(file, table(found), options); !written) {
      return written;
    }
  }
  return {};
}

}  // namespace

exit_code run_export(const export_options& options) {
  const auto files = files_of(options);
  if (!files) {
    return unusable("export", files.error());
  }
  const auto found = check_record(options.record);
  if (!found) {
    return unusable("export", found.error());
  }
  if (!found->accepted) {
    fmt::print(
        stderr,
        "sandoq export: the record is rejected, so nothing is exported; `sandoq verify` says "
        "why\n");
    return exit_code::rejected;
  }
  if (auto written = write_all(*files, *found, options); !written) {
    return unusable("export", written.error());
  }
  if (pinning_of(options.record) == pinning::absent) {
    fmt::print(stderr, "only inner consistency was checked, since no manifest was pinned\n");
  }
  for (const fs::path& file :
       {files->results, files->places, files->subtotals, files->groups, files->write_ins}) {
    fmt::print("{}\n", shown(file.string()));
  }
  return exit_code::accepted;
}

}  // namespace sandoq::tool
