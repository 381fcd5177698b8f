#include "key_folder.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "private_file.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view title = "sandoq key file";
constexpr std::size_t max_key_file_bytes = std::size_t{1} << 20;

std::optional<std::uint32_t> number_in(const std::string& text) {
  if (text.empty() || text.size() > 9 ||
      !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(std::stoul(text));
}

tl::unexpected<error> wrong_passphrase(std::string_view name) {
  return fail(errc::mismatch, name,
              fmt::format("the passphrase is wrong, or {} is damaged; nothing was changed", name));
}

}  // namespace

std::string key_label::text() const {
  std::string out = fmt::format("{}\nkind {}\ndomain {}\n", title, kind,
                                domain == election_domain::real ? "real" : "drill");
  if (seat) {
    out += fmt::format("board {}\ntrustee {}\n", seat->board.value(), seat->trustee.value());
  }
  for (const auto& [name, value] : more) {
    out += fmt::format("{} {}\n", name, value);
  }
  return out + fmt::format("election {}\n", election);  // last: an id may hold anything
}

result<key_label> key_label::parse(byte_view header) {
  const std::string text(reinterpret_cast<const char*>(header.data()), header.size());
  key_label out;
  std::size_t at = title.size() + 1;
  if (text.compare(0, at, std::string(title) + "\n") != 0 || text.back() != '\n') {
    return fail(errc::bad_encoding, "key file", "was not written by this program");
  }
  while (at < text.size()) {
    const std::size_t end = text.find('\n', at);
    const std::size_t space = text.find(' ', at);
    if (space == std::string::npos || space > end) {
      return fail(errc::bad_encoding, "key file", "has a line without a value");
    }
    const std::string name = text.substr(at, space - at);
    if (name == "election") {
      out.election = text.substr(space + 1, text.size() - space - 2);
      break;
    }
    out.more[name] = text.substr(space + 1, end - space - 1);
    at = end + 1;
  }
  const std::string domain = std::exchange(out.more["domain"], {});
  out.kind = std::exchange(out.more["kind"], {});
  out.domain = domain == "real" ? election_domain::real : election_domain::drill;
  if (out.kind.empty() || (domain != "real" && domain != "drill")) {
    return fail(errc::bad_encoding, "key file", "does not say what it is");
  }
  if (out.more.count("board") != 0) {
    const auto board = number_in(out.more["board"]);
    const auto trustee = number_in(out.more["trustee"]);
    if (!board || !trustee) {
      return fail(errc::bad_encoding, "key file", "does not say whose it is");
    }
    out.seat = trustee_seat{board_index(*board), trustee_index(*trustee)};
  }
  for (const char* used : {"domain", "kind", "board", "trustee"}) {
    out.more.erase(used);
  }
  return out;
}

result<passphrase_cost> cost_named(std::string_view name) {
  if (name == "interactive") {
    return passphrase_cost::interactive();
  }
  if (name == "moderate") {
    return passphrase_cost::moderate();
  }
  if (name == "sensitive") {
    return passphrase_cost::sensitive();
  }
  return fail(errc::not_found, "cost", "must be interactive, moderate or sensitive");
}

result<key_folder> key_folder::at(const fs::path& path, std::string_view name,
                                  secret_bytes passphrase) {
  if (auto closed = check_private_directory(path); !closed) {
    return tl::unexpected(std::move(closed.error()));
  }
  const auto file = read_private(path / name, max_key_file_bytes);
  if (!file) {
    return tl::unexpected(file.error());
  }
  const auto sealed = key_file::decode(*file);
  if (!sealed) {
    return fail_within((path / name).string(), sealed.error());
  }
  return key_folder(path, std::move(passphrase), sealed->cost);
}

bool key_folder::has(std::string_view name) const {
  std::error_code problem;
  return fs::exists(fs::symlink_status(path_ / name, problem));
}

result<std::vector<std::string>> key_folder::names() const {
  auto out = names_in(path_);
  if (out) {
    std::erase_if(*out, [this](const std::string& name) { return !has(name); });
  }
  return out;
}

result<std::vector<std::string>> key_folder::names_in(const fs::path& folder) {
  std::error_code problem;
  std::set<std::string> out;
  for (fs::directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    const fs::path name = at->path().filename();
    const fs::path whole = name.extension() == part_extension ? name.stem() : name;
    if (whole.extension() == extension) {
      out.insert(whole.string());
    }
  }
  if (problem) {
    return fail(errc::io, folder.string(), "cannot be listed: " + problem.message());
  }
  return std::vector<std::string>(out.begin(), out.end());
}

result<key_label> key_folder::label_of(const fs::path& path) {
  const auto file = read_private(path, max_key_file_bytes);
  if (!file) {
    return tl::unexpected(file.error());
  }
  const auto header = key_file_header(*file);
  if (!header) {
    return fail_within(path.string(), header.error());
  }
  auto label = key_label::parse(*header);
  if (!label) {
    return fail_within(path.string(), std::move(label.error()));
  }
  return label;
}

result<void> key_folder::write(std::string_view name, const key_label& label,
                               const secret_bytes& content, random_source& random) const {
  const auto sealed =
      seal_with_passphrase(content, bytes_of(label.text()), passphrase_, cost_, random);
  if (!sealed) {
    return tl::unexpected(sealed.error());
  }
  return write_private(path_ / name, *sealed);
}

result<key_folder::opened> key_folder::read(std::string_view name) const {
  const auto file = read_private(path_ / name, max_key_file_bytes);
  if (!file) {
    return tl::unexpected(file.error());
  }
  auto found = open_with_passphrase(*file, passphrase_);
  if (!found) {
    return found.error().code == errc::mismatch
               ? wrong_passphrase(name)
               : fail_within((path_ / name).string(), std::move(found.error()));
  }
  auto label = key_label::parse(found->header);
  if (!label) {
    return fail_within((path_ / name).string(), std::move(label.error()));
  }
  return opened{std::move(*label), std::move(found->content)};
}

result<std::vector<std::string>> key_folder::change(const secret_bytes& passphrase,
                                                    passphrase_cost cost,
                                                    random_source& random) const {
  const auto all = names();
  if (!all) {
    return tl::unexpected(all.error());
  }
  std::vector<std::string> changed;
  for (const std::string& name : *all) {
    const auto file = read_private(path_ / name, max_key_file_bytes);
    if (!file) {
      return tl::unexpected(file.error());
    }
    const auto found = open_with_passphrase(*file, passphrase_);
    if (!found) {
      if (open_with_passphrase(*file, passphrase)) {
        continue;
      }
      return wrong_passphrase(name);
    }
    const auto sealed =
        seal_with_passphrase(found->content, found->header, passphrase, cost, random);
    if (!sealed) {
      return tl::unexpected(sealed.error());
    }
    if (auto done = replace_private(path_ / name, *sealed); !done) {
      return tl::unexpected(std::move(done.error()));
    }
    changed.push_back(name);
  }
  return changed;
}

}  // namespace sandoq::tool
