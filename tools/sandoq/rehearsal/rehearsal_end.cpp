#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "../office/booth_folder.hpp"
#include "../office/private_file.hpp"
#include "rehearsal_parts.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

/// Keys, seeds and passphrases, by the names under which the rehearsal has kept them. What holds a
/// device's secrets is looked into instead.
bool is_secret(const fs::path& file) {
  const std::string name = file.filename().string();
  const std::string stem = fs::path(name).extension() == ".part" ? file.stem().string() : name;
  return fs::path(stem).extension() == ".key" || name.find("passphrase") != std::string::npos ||
         name.rfind("seed-", 0) == 0;
}

/// The secrets of somebody's folder.
std::vector<fs::path> secrets_in(const fs::path& folder, errands& does) {
  std::vector<fs::path> out;
  std::error_code problem;
  for (fs::recursive_directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    if (is_secret(at->path()) && fs::is_regular_file(at->symlink_status())) {
      out.push_back(at->path());
    }
  }
  if (problem) {
    does.note(fail(errc::io, folder.string(), "cannot be listed: " + problem.message()));
  }
  return out;
}

/// The secrets below a folder, of whoever has one there; the state of a device, open or not, is
/// one of them.
std::vector<fs::path> all_secrets_in(const fs::path& folder, std::vector<std::string>& unlisted) {
  std::vector<fs::path> out;
  std::error_code problem;
  for (fs::recursive_directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    const fs::path& file = at->path();
    const std::string name = file.filename().string();
    const bool is_state =
        name == booth_folder::state_name ||
        name == std::string(booth_folder::state_name) + std::string(part_extension);
    if ((is_secret(file) || is_state) && fs::is_regular_file(at->symlink_status())) {
      out.push_back(file);
    }
  }
  if (problem && problem != std::errc::no_such_file_or_directory) {
    unlisted.push_back(folder.string() + ": " + problem.message());
  }
  return out;
}

/// A closed device remembers nothing; of one that did not close the state is gone.
result<void> check_forgotten(const fs::path& device) {
  std::error_code problem;
  if (!fs::exists(device / booth_folder::state_name, problem)) {
    return {};
  }
  const auto folder = booth_folder::open(device);
  if (!folder) {
    return tl::unexpected(folder.error());
  }
  return folder->state().memory
             ? fail(errc::mismatch, device.string(), "still holds the device's secrets")
             : result<void>();
}

void check_none_left(rehearsal& r, const person& who) {
  for (const fs::path& left : secrets_in(r.does.folder_of(who), r.does)) {
    r.does.note(fail(errc::mismatch, left.string(), "is a secret and is still there"));
  }
}

/// \return how many files
std::size_t destroy_of(rehearsal& r, const person& who, const command_words& homes,
                       const std::string& passphrase_file) {
  const std::size_t there = secrets_in(r.does.folder_of(who), r.does).size();
  for (const std::string& home : homes) {
    r.does.run(who, {"trustee", "destroy", "--home", home, "--only", "all", "--yes"});
  }
  r.does.by_hand(who, {"shred", "-u", passphrase_file});
  check_none_left(r, who);
  return there;
}

std::size_t destroy_of(rehearsal& r, const booth_person& booth) {
  r.does.run(booth, {"booth", "show", "device"});
  if (booth.befell) {  // what a dead device still remembers
    r.does.by_hand(booth, {"shred", "-u", "device/state"});
  }
  check_none_left(r, booth);
  r.does.note(check_forgotten(r.does.folder_of(booth) / "device"));
  return booth.befell ? 1 : 0;
}

}  // namespace

broken_off destroy_after_a_stop(const rehearsal& r) {
  broken_off out;
  const auto clear = [&](const person& who) {
    for (const fs::path& file : all_secrets_in(r.does.folder_of(who), out.left)) {
      std::error_code gone;
      if (!fs::exists(fs::symlink_status(file, gone))) {
        continue;  // NAME.part, which went with NAME
      }
      if (const auto done = destroy_file(file); done) {
        ++out.destroyed;
      } else {
        out.left.push_back(to_string(done.error()));
      }
    }
  };
  for (const auto& members : r.people.boards) {
    std::for_each(members.begin(), members.end(), clear);
  }
  std::for_each(r.people.booths.begin(), r.people.booths.end(), clear);
  if (r.people.authority) {
    clear(*r.people.authority);
  }
  return out;
}

std::size_t destroy_secrets(rehearsal& r) {
  r.does.begin_stage("the end: keys, backups and passphrases are destroyed");
  std::size_t destroyed = 0;
  for (const auto& members : r.people.boards) {
    for (const trustee_person& each : members) {
      destroyed += r.does.failed() ? 0 : destroy_of(r, each, each.homes, each.passphrase_file);
    }
  }
  if (r.people.authority && !r.does.failed()) {
    destroyed += destroy_of(r, *r.people.authority, {"home"}, "passphrase");
  }
  for (const booth_person& booth : r.people.booths) {
    destroyed += r.does.failed() ? 0 : destroy_of(r, booth);
  }
  return destroyed;
}

}  // namespace sandoq::tool
