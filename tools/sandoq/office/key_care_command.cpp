#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "../say.hpp"
#include "../shown_text.hpp"
#include "office_commands.hpp"
#include "private_file.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_copied_bytes = std::size_t{1} << 30;

/// The name of a file of the folder that its cost is read from.
result<std::string> first_key_of(const std::string& home) {
  const auto names = key_folder::names_in(home);
  if (!names) {
    return tl::unexpected(names.error());
  }
  if (names->empty()) {
    return fail(errc::io, home, "holds no key file");
  }
  const bool has_identity =
      std::find(names->begin(), names->end(), trustee_home::identity_name) != names->end();
  return has_identity ? std::string(trustee_home::identity_name) : names->front();
}

/// A folder of keys that no other program works with.
struct taken_folder {
  file_descriptor lock;
  key_folder keys;
};

result<taken_folder> open_folder(const key_care_options& options) {
  const auto first = first_key_of(options.home);  // nothing is put into a folder that holds no key
  if (!first) {
    return tl::unexpected(first.error());
  }
  auto lock = lock_folder(options.home);
  if (!lock) {
    return tl::unexpected(std::move(lock.error()));
  }
  auto passphrase = ask_passphrase(options.passphrase, "passphrase of " + shown(options.home));
  if (!passphrase) {
    return tl::unexpected(std::move(passphrase.error()));
  }
  auto keys = key_folder::at(options.home, *first, std::move(*passphrase));
  if (!keys) {
    return tl::unexpected(std::move(keys.error()));
  }
  return taken_folder{std::move(*lock), std::move(*keys)};
}

result<std::vector<std::string>> change_passphrase(const key_care_options& options) {
  auto folder = open_folder(options);
  if (!folder) {
    return tl::unexpected(std::move(folder.error()));
  }
  auto fresh = ask_new_passphrase({options.new_passphrase_file},
                                  "new passphrase for " + shown(options.home));
  if (!fresh) {
    return tl::unexpected(std::move(fresh.error()));
  }
  return folder->keys.change(*fresh, folder->keys.cost(), *std::make_unique<system_random>());
}

/// What a folder has only for the programs that work with it.
bool is_passing(const fs::path& name) {
  return name == folder_lock_name || name.extension() == part_extension;
}

/// Copies the files of a folder and of its folders into a new one. \return how many.
result<std::size_t> copy_all(const fs::path& from, const fs::path& to) {
  if (auto made = make_private_directory(to); !made) {
    return tl::unexpected(std::move(made.error()));
  }
  std::error_code problem;
  if (!fs::is_empty(to, problem) || problem) {
    return fail(errc::duplicate, to.string(), "is not empty; a backup needs a folder of its own");
  }
  std::size_t count = 0;
  for (fs::directory_iterator at(from, problem), end; !problem && at != end;
       at.increment(problem)) {
    const fs::path target = to / at->path().filename();
    const fs::file_type type = at->symlink_status().type();
    if (type == fs::file_type::directory) {
      const auto inside = copy_all(at->path(), target);
      if (!inside) {
        return inside;
      }
      count += *inside;
    } else if (type == fs::file_type::regular && !is_passing(at->path().filename())) {
      const auto data = read_private(at->path(), max_copied_bytes);
      if (!data) {
        return tl::unexpected(data.error());
      }
      if (auto written = write_private(target, *data); !written) {
        return tl::unexpected(std::move(written.error()));
      }
      const auto again = read_private(target, max_copied_bytes);
      if (!again || *again != *data) {
        return fail(errc::io, target.string(), "is not what was written");
      }
      ++count;
    }
  }
  if (problem) {
    return fail(errc::io, from.string(), "cannot be listed: " + problem.message());
  }
  return count;
}

result<std::size_t> back_up(const key_care_options& options) {
  auto folder = open_folder(options);
  if (!folder) {
    return tl::unexpected(std::move(folder.error()));
  }
  const auto names = folder->keys.names();
  if (!names) {
    return tl::unexpected(names.error());
  }
  for (const std::string& name : *names) {  // nothing is copied that cannot be opened
    if (auto good = folder->keys.read(name); !good) {
      return tl::unexpected(std::move(good.error()));
    }
  }
  if (lies_in(options.to, options.home)) {
    return fail(errc::io, options.to, "lies in the folder itself; a backup is kept elsewhere");
  }
  const auto copied = copy_all(options.home, options.to);
  if (!copied) {
    return copied;
  }
  for (const std::string& name : *names) {
    if (auto good = folder->keys.moved_to(options.to).read(name); !good) {
      return fail_within(options.to, std::move(good.error()));
    }
  }
  return copied;
}

/// What `--only` means, of what is there, even if only the part is that a crash has left of it.
result<std::vector<std::string>> doomed(const key_care_options& options) {
  auto names = key_folder::names_in(options.home);
  if (names && options.only != "all") {
    std::erase_if(*names, [&](const std::string& name) { return !name.starts_with(options.only); });
  }
  return names && names->empty() ? fail(errc::missing, options.home, "holds no such key file")
                                 : std::move(names);
}

}  // namespace

exit_code run_trustee_passphrase(const key_care_options& options) {
  constexpr std::string_view command = "trustee passphrase";
  const auto changed = change_passphrase(options);
  if (!changed) {
    return refuse(command, changed.error());
  }
  for (const std::string& name : *changed) {
    say("wrote {} under the new passphrase\n", name);
  }
  say("backups still open with the old passphrase: make new ones and destroy the old\n");
  return exit_code::accepted;
}

exit_code run_trustee_backup(const key_care_options& options) {
  const auto copied = back_up(options);
  if (!copied) {
    return refuse("trustee backup", copied.error());
  }
  say("wrote {} files to {}, compared them and opened every key with the passphrase; keep "
      "the copy elsewhere.\nThe opening log must not be taken back: after a restoration the "
      "bulletin may know more than the copy, and sandoq refuses to go on then\n",
      *copied, options.to);
  return exit_code::accepted;
}

exit_code run_trustee_destroy(const key_care_options& options) {
  constexpr std::string_view command = "trustee destroy";
  if (const auto there = doomed(options); !there) {
    return refuse(command, there.error());
  }
  const auto lock = lock_folder(options.home);
  if (!lock) {
    return refuse(command, lock.error());
  }
  const auto names = doomed(options);
  if (!names) {
    return refuse(command, names.error());
  }
  for (const std::string& name : *names) {
    say("{}\n", name);
  }
  if (!options.yes && !agreed_to("destroy these for ever?")) {
    return refuse(command, {errc::missing, options.home, "nothing was destroyed"});
  }
  for (const std::string& name : *names) {
    if (auto gone = destroy_file(fs::path(options.home) / name); !gone) {
      return refuse(command, gone.error());
    }
  }
  say("overwrote and removed {} file(s). Flash memory, journals and backups may keep old "
      "blocks that no program can reach: what counts is that nobody knows the passphrase "
      "any more. Forget it, destroy what it is written on, and destroy the backups\n",
      names->size());
  return exit_code::accepted;
}

}  // namespace sandoq::tool
