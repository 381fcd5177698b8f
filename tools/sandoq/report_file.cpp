#include "report_file.hpp"

#include <fstream>
#include <string_view>
#include <system_error>

#include "clock.hpp"
#include "commands.hpp"
#include "file_bytes.hpp"
#include "html_page.hpp"
#include "report_html.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

bool is_report(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) {
    return false;
  }
  const std::string_view signature = report_signature();
  std::string start(signature.size(), '\0');
  std::ifstream file(path, std::ios::binary);
  return file.read(start.data(), static_cast<std::streamsize>(start.size())) && start == signature;
}

bool lies_below(const fs::path& path, const fs::path& directory) {
  for (fs::path at = path.parent_path();; at = at.parent_path()) {
    if (at == directory) {
      return true;
    }
    if (at == at.parent_path()) {
      return false;
    }
  }
}

}  // namespace

result<fs::path> report_place(const fs::path& record, const std::string& wanted) {
  std::error_code problem;
  const fs::path directory = fs::weakly_canonical(record, problem);
  // A trailing slash leaves an empty name behind.
  const fs::path named = directory.has_filename() ? directory : directory.parent_path();
  if (problem || !named.has_filename()) {
    return fail(errc::io, record.string(), "the record has no name; say where the report shall go");
  }
  const fs::path place =
      wanted.empty() ? fs::path(named.string() + ".html") : fs::weakly_canonical(wanted, problem);
  if (problem || !place.has_filename()) {
    return fail(errc::io, wanted, "name a file for the report");
  }
  if (place == named || lies_below(place, named)) {
    return fail(errc::io, place.string(),
                "would lie in the record, which holds its own files only; name a file beside it");
  }
  if (fs::exists(fs::symlink_status(place, problem)) && !is_report(place)) {
    return fail(errc::io, place.string(),
                "exists and is no report; name another file for the report");
  }
  return place;
}

result<std::uint64_t> make_report(const fs::path& place, const record_verdict& found,
                                  pinning pinned, language first) {
  return put_page(place, report_html(found, {pinned, first, seconds_of(now()), version_number()}));
}

result<std::uint64_t> put_page(const fs::path& place, const std::string& text) {
  // Under another name first: nobody shall read half a report.
  const std::string part = place.string() + ".part";
  std::error_code problem;
  if (fs::exists(fs::symlink_status(part, problem))) {
    return fail(errc::io, part, "was left when a report was not written to its end; remove it");
  }
  if (auto written = write_new_file(part, bytes_of(text)); !written) {
    written.error().place = place.string();  // which was asked for; nobody knows of the other name
    return tl::unexpected(std::move(written.error()));
  }
  fs::rename(part, place, problem);
  if (problem) {
    std::error_code ignored;
    fs::remove(part, ignored);
    return fail(errc::io, place.string(), "the report cannot be put there: " + problem.message());
  }
  return text.size();
}

}  // namespace sandoq::tool
