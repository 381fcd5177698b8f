#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "../file_bytes.hpp"
#include "../say.hpp"
#include "../shown_text.hpp"
#include "booth_folder.hpp"
#include "bulletin.hpp"
#include "lib/record/file.hpp"
#include "list_file.hpp"
#include "office_commands.hpp"
#include "private_file.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/record/segment.hpp"
#include "trustee_desk.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view carry_name = "bulletin carry";
constexpr std::size_t max_carried_bytes = std::size_t{1} << 31;

/// A trustee's or a device's folder: its files are not for others, and no bulletin goes in there.
result<void> check_holds_no_secrets(const fs::path& folder) {
  std::error_code problem;
  for (fs::directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    const fs::path name = at->path().filename();
    if (name.extension() == ".key" || name == booth_folder::state_name ||
        name == folder_lock_name) {
      return fail(errc::io, folder.string(),
                  "holds " + shown(name.string()) +
                      ", as the folder of a trustee or a device does, and nothing is carried from "
                      "or to such a one; name a bulletin, or a folder between two");
    }
  }
  return {};
}

/// How long a file may be that begins as this one: of journals and mixed lists much longer than of
/// others.
std::uint64_t most_bytes(const fs::path& path) {
  auto file = open_regular_file(path);
  if (!file) {
    return bulletin::max_message_file_bytes;
  }
  segment_reader reader(std::move(file->source), path.filename().string());
  segment_item first;
  const auto more = reader.next(first);
  if (!more || !*more) {
    return bulletin::max_message_file_bytes;
  }
  const bool is_journal = first.kind == static_cast<std::uint32_t>(item_kind::opening) ||
                          first.kind == static_cast<std::uint32_t>(item_kind::exclusion);
  return is_journal             ? max_carried_bytes
         : has_list(first.kind) ? max_list_file_bytes
                                : bulletin::max_message_file_bytes;
}

/// Nothing that a bulletin would read: it must not stop what is.
bool is_too_large(const fs::path& path) {
  std::error_code problem;
  const auto size = fs::file_size(path, problem);
  return !problem && size > bulletin::max_message_file_bytes && size > most_bytes(path);
}

/// Bulletin files of a folder, with the hash of their content.
struct listing {
  std::map<std::string, digest32> files;
  std::set<digest32> contents;
  std::vector<std::string> too_large;

  void add(const std::string& name, const digest32& hash) {
    files.emplace(name, hash);
    contents.insert(hash);
  }
};

result<listing> list(const fs::path& folder) {
  if (auto fit = check_holds_no_secrets(folder); !fit) {
    return tl::unexpected(std::move(fit.error()));
  }
  const auto names = message_files_in(folder);
  if (!names) {
    return tl::unexpected(names.error());
  }
  listing out;
  for (const std::string& name : *names) {
    if (is_too_large(folder / name)) {
      out.too_large.push_back(name);
      continue;
    }
    const auto data = read_file((folder / name).string(), max_carried_bytes);
    if (!data) {
      return tl::unexpected(data.error());
    }
    out.add(name, framed_hash::of("bulletin/file", *data));
  }
  return out;
}

/// Where a file goes that is not there yet: under its own name, or beside another one that has it.
std::string name_for(const std::string& name, const digest32& hash, const listing& there) {
  const bool taken =
      there.files.contains(name) ||
      std::find(there.too_large.begin(), there.too_large.end(), name) != there.too_large.end();
  if (!taken) {
    return name;
  }
  const fs::path own(name);
  return own.stem().string() + "." + to_hex(hash.view()).substr(0, 12) + own.extension().string();
}

}  // namespace

exit_code run_bulletin_carry(const std::string& from, const std::string& to) {
  const auto source = list(from);
  auto target = source ? list(to) : source;
  if (!target) {
    return refuse(carry_name, target.error());
  }
  std::size_t carried = 0;
  std::size_t clashes = 0;
  for (const auto& [name, hash] : source->files) {
    if (target->contents.contains(hash)) {
      continue;
    }
    const std::string as = name_for(name, hash, *target);
    const auto data = read_file((fs::path(from) / name).string(), max_carried_bytes);
    if (!data) {
      return refuse(carry_name, data.error());
    }
    if (const auto written = write_durably(fs::path(to) / as, *data); !written) {
      return refuse(carry_name, written.error());
    }
    if (as != name) {
      ++clashes;
      say("{} has another content there; carried as {}\n", name, as);
    }
    target->add(as, hash);
    ++carried;
  }
  say("{} files carried, {} were there\n", carried, source->files.size() - carried);
  for (const std::string& name : source->too_large) {
    say("{} is left: it is larger than any file of a bulletin\n", name);
  }
  if (clashes > 0) {
    say("files of one name differ: run sandoq bulletin show, which says whether they claim one "
        "place, and talk to whoever wrote them\n");
  }
  return clashes == 0 && source->too_large.empty() ? exit_code::accepted : exit_code::rejected;
}

}  // namespace sandoq::tool
