#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <system_error>

#include "../file_bytes.hpp"
#include "../shown_text.hpp"
#include "bulletin.hpp"
#include "office_commands.hpp"
#include "sandoq/core/hash.hpp"
#include "trustee_desk.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view command = "bulletin carry";
constexpr std::size_t max_file_bytes = std::size_t{1} << 31;

/// Bulletin files of a folder by name, with the hash of their content.
using listing = std::map<std::string, digest32>;

result<digest32> hash_of_file(const fs::path& file) {
  const auto data = read_file(file.string(), max_file_bytes);
  if (!data) {
    return tl::unexpected(data.error());
  }
  return framed_hash::of("bulletin/file", *data);
}

result<listing> list(const fs::path& folder) {
  listing out;
  std::error_code problem;
  for (fs::directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    if (at->path().extension() != bulletin::extension ||
        at->symlink_status().type() != fs::file_type::regular) {
      continue;
    }
    const auto hash = hash_of_file(at->path());
    if (!hash) {
      return tl::unexpected(hash.error());
    }
    out.emplace(at->path().filename().string(), *hash);
  }
  if (problem) {
    return fail(errc::io, folder.string(), "cannot be listed: " + problem.message());
  }
  return out;
}

/// Where a file goes that is not there yet: under its own name, or beside another one that has it.
std::string name_for(const std::string& name, const digest32& hash, const listing& there) {
  if (!there.contains(name)) {
    return name;
  }
  const fs::path own(name);
  return own.stem().string() + "." + to_hex(hash.view()).substr(0, 12) + own.extension().string();
}

bool has_content(const listing& there, const digest32& hash) {
  return std::any_of(there.begin(), there.end(),
                     [&](const auto& entry) { return entry.second == hash; });
}

}  // namespace

exit_code run_bulletin_carry(const std::string& from, const std::string& to) {
  const auto source = list(from);
  auto target = source ? list(to) : source;
  if (!target) {
    return refuse(command, target.error());
  }
  std::size_t carried = 0;
  std::size_t clashes = 0;
  for (const auto& [name, hash] : *source) {
    if (has_content(*target, hash)) {
      continue;
    }
    const std::string as = name_for(name, hash, *target);
    const auto data = read_file((fs::path(from) / name).string(), max_file_bytes);
    if (!data) {
      return refuse(command, data.error());
    }
    if (const auto written = write_durably(fs::path(to) / as, *data); !written) {
      return refuse(command, written.error());
    }
    if (as != name) {
      ++clashes;
      fmt::print("{} has another content there; carried as {}\n", shown(name), shown(as));
    }
    target->emplace(as, hash);
    ++carried;
  }
  fmt::print("{} files carried, {} were there\n", carried, source->size() - carried);
  if (clashes > 0) {
    fmt::print(
        "files of one name differ: run sandoq bulletin show, which says whether they claim one "
        "place, and talk to whoever wrote them\n");
    return exit_code::rejected;
  }
  return exit_code::accepted;
}

}  // namespace sandoq::tool
