#include "bulletin.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "lib/record/file.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr auto number(item_kind kind) noexcept {
  return static_cast<std::uint32_t>(kind);
}
constexpr auto number(exchange_kind kind) noexcept {
  return static_cast<std::uint32_t>(kind);
}

constexpr std::size_t agreed_bytes_before_quorum = 4 + 32;  // kind and digest

bool begins_journal(std::uint32_t kind) {
  return kind == number(item_kind::opening) || kind == number(item_kind::exclusion);
}

std::string name_of_message(std::uint32_t kind) {
  if (const auto name = name_of_exchange(kind)) {
    return std::string(*name);
  }
  return is_item_kind(kind) ? std::string(name_of(static_cast<item_kind>(kind)))
                            : "kind " + std::to_string(kind);
}

/// Which u32 of a message, counted in bytes from its start, say what it is about.
std::optional<std::vector<std::size_t>> fields_of(std::uint32_t kind) {
  switch (kind) {
    case number(item_kind::dkg_absence):
    case number(item_kind::dkg_commit):
    case number(item_kind::dkg_reveal):
    case number(item_kind::dkg_deal):
    case number(item_kind::dkg_confirm):
    case number(item_kind::partial):
      return {{0, 4, 8}};  // attempt or number, board, trustee
    case number(item_kind::dkg_complaint):
      return {{0, 4, 8, 12}};  // and the dealer
    case number(item_kind::attributes):
    case number(item_kind::lot_reveal):
      return {{0}};
    case number(exchange_kind::announcement):
    case number(exchange_kind::tokens):
    case number(exchange_kind::trustee_entry):
      return {{0, 4}};
    case number(exchange_kind::seed_root):
      return {{0, 4, 12}};  // branch, device, board
    case number(exchange_kind::authority_entry):
      return std::vector<std::size_t>{};
    default:
      return std::nullopt;
  }
}

/// The same for the body of a statement.
std::optional<std::vector<std::size_t>> fields_of_statement(item_kind of) {
  switch (of) {
    case item_kind::dkg_absence:
      return {{0, 4, 8}};
    case item_kind::opening:
    case item_kind::close:
    case item_kind::exclusion:
    case item_kind::recovery:
      return {{0, 4}};
    case item_kind::eligibility:
    case item_kind::lot_commit:
      return {{0}};
    case item_kind::request:
      return {{33}};  // after e1 and domain
    case item_kind::lot_beacon:
      return std::vector<std::size_t>{};
    default:
      return std::nullopt;
  }
}

result<void> append_fields(std::vector<std::uint32_t>& out, byte_view data,
                           const std::vector<std::size_t>& offsets) {
  for (const std::size_t offset : offsets) {
    if (data.size() < offset + 4) {
      return fail(errc::truncated, "message", "is too short");
    }
    byte_reader in(data.subspan(offset));
    out.push_back(*in.u32("field"));
  }
  return {};
}

void append_hash(std::vector<std::uint32_t>& out, byte_view data) {
  const digest32 hash = framed_hash::of("bulletin/place", data);
  byte_reader in(hash.view());
  for (int i = 0; i < 8; ++i) {
    out.push_back(*in.u32("hash"));
  }
}

}  // namespace

result<std::vector<std::string>> message_files_in(const fs::path& directory) {
  std::error_code problem;
  std::vector<std::string> names;
  for (fs::directory_iterator at(directory, problem), end; !problem && at != end;
       at.increment(problem)) {
    const fs::path& path = at->path();
    if (path.extension() == bulletin::extension &&
        at->symlink_status().type() == fs::file_type::regular) {
      names.push_back(path.filename().string());
    }
  }
  if (problem) {
    return fail(errc::io, directory.string(), "cannot be listed: " + problem.message());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// Makes a new file beside a path. One that another program is writing, or that a crash has left,
/// stays as it is.
result<file_descriptor> create_beside(const fs::path& path, fs::path& part) {
  constexpr int most = 100;
  std::error_code ignored;
  for (int n = 0;; ++n) {
    part = path.string() + (n == 0 ? "" : "." + std::to_string(n)) + ".part";
    if (n == most || !fs::exists(fs::symlink_status(part, ignored))) {
      return create_file(part);
    }
  }
}

result<void> write_durably(const fs::path& path, byte_view data) {
  std::error_code problem;
  if (fs::exists(fs::symlink_status(path, problem))) {
    return fail(errc::duplicate, path.string(), "is there already and is left as it is");
  }
  fs::path part;
  auto file = create_beside(path, part);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  auto done = write_all(*file, data, part);
  if (done && ::fsync(file->number()) != 0) {
    done = io_failure(part, "cannot be written to the disk");
  }
  auto closed = close_file(std::move(*file), part);
  done = done ? std::move(closed) : std::move(done);
  if (done) {
    fs::rename(part, path, problem);
    if (problem) {
      done = fail(errc::io, path.string(), "cannot be put into its place: " + problem.message());
    }
  }
  if (!done) {
    fs::remove(part, problem);
    return done;
  }
  // The name is durable only when its directory is.
  const fs::path parent = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (const int opened = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); opened >= 0) {
    const file_descriptor closes(opened);
    (void)::fsync(opened);
  }
  return {};
}

result<bulletin::place> bulletin::place_of(std::uint32_t kind, byte_view canonical) {
  place out{kind};
  if (kind == number(exchange_kind::agreed)) {
    // One a statement, whatever its quorum.
    if (canonical.size() < agreed_bytes_before_quorum) {
      return fail(errc::truncated, "message", "is too short");
    }
    append_hash(out, canonical.first(agreed_bytes_before_quorum));
    return out;
  }
  if (kind == number(exchange_kind::signature)) {
    // Any valid one will do, so different ones stand side by side.
    append_hash(out, canonical);
    return out;
  }
  if (kind == number(exchange_kind::statement)) {
    const auto what = statement::decode(canonical);
    if (!what) {
      return tl::unexpected(what.error());
    }
    out.push_back(number(what->of));
    if (what->of == item_kind::head) {
      append_hash(out, what->body);
      return out;
    }
    const auto fields = fields_of_statement(what->of);
    if (!fields) {
      return fail(errc::mismatch, "statement",
                  "no quorum signs a " + std::string(name_of(what->of)));
    }
    if (auto done = append_fields(out, what->body, *fields); !done) {
      return tl::unexpected(std::move(done.error()));
    }
    return out;
  }
  const auto fields = fields_of(kind);
  if (!fields) {
    return fail(errc::mismatch, name_of_message(kind), "does not belong into a bulletin");
  }
  if (auto done = append_fields(out, canonical, *fields); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

result<void> bulletin::create(const fs::path& directory, byte_view canonical_manifest) {
  std::error_code problem;
  fs::create_directories(directory, problem);
  if (problem) {
    return fail(errc::io, directory.string(), "cannot be made: " + problem.message());
  }
  if (!fs::is_empty(directory, problem) || problem) {
    return fail(errc::io, directory.string(), "a bulletin begins in an empty directory");
  }
  bytes file;
  append_item(file, item_kind::manifest, canonical_manifest);
  return write_durably(directory / manifest_file_name, file);
}

result<bulletin> bulletin::read(const fs::path& directory) {
  bulletin out;
  out.directory_ = directory;
  const auto names = message_files_in(directory);
  if (!names) {
    return tl::unexpected(names.error());
  }
  if (auto done = out.read_manifest(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  for (const std::string& name : *names) {
    if (name == manifest_file_name) {
      continue;
    }
    if (auto done = out.read_file(name); !done) {
      return tl::unexpected(std::move(done.error()));
    }
  }
  std::sort(out.journals_.begin(), out.journals_.end(),
            [](const auto& a, const auto& b) { return a.place < b.place; });
  const auto twice =
      std::adjacent_find(out.journals_.begin(), out.journals_.end(),
                         [](const auto& a, const auto& b) { return a.place == b.place; });
  if (twice != out.journals_.end()) {
    return fail(errc::duplicate, twice->file,
                "and " + (twice + 1)->file + " are both the journal of " +
                    name_device(twice->place) + "; keep the one that the branch stands by");
  }
  return out;
}

result<void> bulletin::read_manifest() {
  auto file = open_regular_file(directory_ / manifest_file_name);
  if (!file) {
    return fail(errc::missing, directory_.string(),
                "is no bulletin: it has no readable manifest.pb (sandoq bulletin new makes one)");
  }
  segment_reader reader(std::move(file->source), manifest_file_name);
  segment_item item;
  const auto more = reader.next(item);
  if (!more) {
    return tl::unexpected(more.error());
  }
  if (!*more || item.kind != number(item_kind::manifest)) {
    return fail(errc::mismatch, manifest_file_name, "does not begin with a manifest");
  }
  canonical_.assign(item.canonical.begin(), item.canonical.end());
  auto decoded = manifest::decode(canonical_);
  if (!decoded) {
    return fail_within(manifest_file_name, std::move(decoded.error()));
  }
  if (auto good = decoded->check_rules(); !good) {
    return fail_within(manifest_file_name, std::move(good.error()));
  }
  plan_ = std::move(*decoded);
  manifest_hash_ = sandoq::manifest_hash(canonical_);
  const auto end = reader.next(item);
  if (!end) {
    return tl::unexpected(end.error());
  }
  return *end ? fail(errc::trailing_bytes, manifest_file_name, "holds more than the manifest")
              : result<void>{};
}

result<void> bulletin::read_file(const std::string& name) {
  auto file = open_regular_file(directory_ / name);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  segment_reader reader(std::move(file->source), name);
  segment_item item;
  while (true) {
    const auto more = reader.next(item);
    if (!more) {
      return tl::unexpected(more.error());
    }
    if (!*more) {
      return {};
    }
    if (item.number == 1 && begins_journal(item.kind)) {
      return take_journal(item.canonical, name);
    }
    if (file->size_bytes > max_message_file_bytes) {
      return fail(errc::too_large, name, "is no journal and larger than 64 MiB");
    }
    if (auto taken = take({item.kind, {item.canonical.begin(), item.canonical.end()}, name});
        !taken) {
      return fail_within(name + " item " + std::to_string(item.number), std::move(taken.error()));
    }
  }
}

result<void> bulletin::take(published message) {
  auto where = place_of(message.kind, message.canonical);
  if (!where) {
    return tl::unexpected(std::move(where.error()));
  }
  const auto found = messages_.find(*where);
  if (found == messages_.end()) {
    messages_.emplace(std::move(*where), std::move(message));
    return {};
  }
  if (found->second.canonical == message.canonical) {
    return {};
  }
  return fail(errc::duplicate, message.file,
              "and " + found->second.file + " hold two different messages for one place (" +
                  name_of_message(message.kind) +
                  "); ask whoever wrote them, keep both as evidence elsewhere, and leave one here");
}

result<void> bulletin::take_journal(byte_view first_item, const std::string& name) {
  byte_reader in(first_item);
  const auto branch = in.u32("branch");
  const auto device = in.u32("device");
  if (!branch || !device) {
    return fail(errc::truncated, name, "is no journal: its first item is too short");
  }
  journals_.push_back({{branch_index{*branch}, device_index{*device}}, name});
  return {};
}

std::vector<const published*> bulletin::messages(std::uint32_t kind) const {
  std::vector<const published*> out;
  for (auto at = messages_.lower_bound({kind}); at != messages_.end() && at->first[0] == kind;
       ++at) {
    out.push_back(&at->second);
  }
  return out;
}

std::optional<std::string> bulletin::file_of(std::uint32_t kind, byte_view canonical) const {
  const auto where = place_of(kind, canonical);
  const auto found = where ? messages_.find(*where) : messages_.end();
  if (found == messages_.end() ||
      !std::equal(canonical.begin(), canonical.end(), found->second.canonical.begin(),
                  found->second.canonical.end())) {
    return std::nullopt;
  }
  return found->second.file;
}

result<std::vector<statement>> bulletin::statements(item_kind of) const {
  auto found = all<statement>(number(exchange_kind::statement));
  if (found) {
    std::erase_if(*found, [of](const statement& each) { return each.of != of; });
  }
  return found;
}

result<std::vector<journal_entry>> bulletin::read_journal(const published_journal& journal) const {
  auto file = open_regular_file(directory_ / journal.file);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  segment_reader reader(std::move(file->source), journal.file);
  std::vector<journal_entry> out;
  segment_item item;
  while (true) {
    const auto more = reader.next(item);
    if (!more) {
      return tl::unexpected(more.error());
    }
    if (!*more) {
      return out;
    }
    const bool belongs = is_item_kind(item.kind) &&
                         section_of(static_cast<item_kind>(item.kind)) == record_section::ballots &&
                         item.kind != number(item_kind::eligibility);
    if (!belongs) {
      return fail(errc::mismatch, journal.file + " item " + std::to_string(item.number),
                  name_of_message(item.kind) + " does not stand in a journal");
    }
    out.push_back(
        {static_cast<journal_kind>(item.kind), {item.canonical.begin(), item.canonical.end()}});
  }
}

result<std::string> bulletin::publish(std::string_view stem, std::uint32_t kind,
                                      byte_view canonical) {
  const auto where = place_of(kind, canonical);
  if (!where) {
    return tl::unexpected(where.error());
  }
  const std::string name = std::string(stem) + std::string(extension);
  const auto found = messages_.find(*where);
  if (found != messages_.end()) {
    if (std::equal(canonical.begin(), canonical.end(), found->second.canonical.begin(),
                   found->second.canonical.end())) {
      return found->second.file;
    }
    return fail(errc::duplicate, name,
                "another message for this place is published as " + found->second.file);
  }
  bytes file;
  append_item(file, static_cast<item_kind>(kind), canonical);
  if (auto written = write_durably(directory_ / name, file); !written) {
    return tl::unexpected(std::move(written.error()));
  }
  messages_.emplace(*where, published{kind, {canonical.begin(), canonical.end()}, name});
  return name;
}

}  // namespace sandoq::tool
