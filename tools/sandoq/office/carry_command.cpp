#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "../file_bytes.hpp"
#include "../say.hpp"
#include "bulletin.hpp"
#include "office_commands.hpp"
#include "sandoq/core/hash.hpp"
#include "trustee_desk.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view command = "bulletin carry";
constexpr std::size_t max_file_bytes = std::size_t{1} << 31;

/// Bulletin files of a folder, with the hash of their content.
struct listing {
  std::map<std::string, digest32> files;
  std::set<digest32> contents;

  void add(const std::string& name, const digest32& hash) {
    files.emplace(name, hash);
    contents.insert(hash);
  }
};

result<listing> list(const fs::path& folder) {
  const auto names = message_files_in(folder);
  if (!names) {
    return tl::unexpected(names.error());
  }
  listing out;
  for (const std::string& name : *names) {
    const auto data = read_file((folder / name).string(), max_file_bytes);
    if (!data) {
      return tl::unexpected(data.error());
    }
    out.add(name, framed_hash::of("bulletin/file", *data));
  }
  return out;
}

/// Where a file goes that is not there yet: under its own name, or beside another one that has it.
std::string name_for(const std::string& name, const digest32& hash, const listing& there) {
  if (!there.files.contains(name)) {
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
    return refuse(command, target.error());
  }
  std::size_t carried = 0;
  std::size_t clashes = 0;
  for (const auto& [name, hash] : source->files) {
    if (target->contents.contains(hash)) {
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
      say("{} has another content there; carried as {}\n", name, as);
    }
    target->add(as, hash);
    ++carried;
  }
  say("{} files carried, {} were there\n", carried, source->files.size() - carried);
  if (clashes > 0) {
    say("files of one name differ: run sandoq bulletin show, which says whether they claim one "
        "place, and talk to whoever wrote them\n");
    return exit_code::rejected;
  }
  return exit_code::accepted;
}

}  // namespace sandoq::tool
