#include "bulletin.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <system_error>
#include <utility>

#include "../progress.hpp"
#include "bulletin_judge.hpp"
#include "lib/record/file.hpp"
#include "list_file.hpp"
#include "message_check.hpp"
#include "message_place.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

bool begins_journal(std::uint32_t kind) {
  return kind == number(item_kind::opening) || kind == number(item_kind::exclusion);
}

/// A journal as its first items tell it.
result<published_journal> look_at_journal(const segment_item& first, segment_reader& rest,
                                          const std::string& name) {
  published_journal out;
  const auto place = place_of_item(first.canonical);
  if (!place) {
    return fail(errc::truncated, name, "is no journal: its first item is too short");
  }
  out.place = *place;
  out.file = name;
  out.first_kind = first.kind;
  out.first.assign(first.canonical.begin(), first.canonical.end());
  bytes opening = out.first;
  if (first.kind == number(item_kind::exclusion)) {
    segment_item second;
    const auto more = rest.next(second);
    if (!more || !*more || second.kind != number(item_kind::opening)) {
      return out;  // evidence is kept as it is
    }
    opening.assign(second.canonical.begin(), second.canonical.end());
  }
  if (auto decoded = opening_item::decode(opening)) {
    out.opening = std::move(*decoded);
  }
  return out;
}

result<message_place> place_of(const published& message) {
  auto out = place_of_message(message.kind, message.canonical);
  return out && message.list ? with_list(std::move(*out), *message.list) : out;
}

/// Whether a message may take the place of those that are there: it says all that they say.
bool outgrows(const published& message, const std::vector<published>& there) {
  if (message.kind != number(item_kind::attributes)) {
    return false;
  }
  const auto whole = tie_attributes::decode(message.canonical);
  return whole && std::all_of(there.begin(), there.end(), [&](const published& each) {
           const auto part = tie_attributes::decode(each.canonical);
           return part && includes(*whole, *part);
         });
}

}  // namespace

std::string ignored_message::in_words() const {
  return more == 0 ? reason : reason + " (and " + with_separators(more) + " more of this file)";
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
      // A file that cannot be understood must not stop people; one that cannot be read must.
      if (done.error().code == errc::io) {
        return tl::unexpected(std::move(done.error()));
      }
      out.leave_aside(name, to_string(done.error()));
    }
  }
  out.taken_.clear();
  std::sort(out.journals_.begin(), out.journals_.end(),
            [](const auto& a, const auto& b) { return a.place < b.place; });
  if (auto judged = bulletin_judge(out).judge(); !judged) {
    return tl::unexpected(std::move(judged.error()));
  }
  return out;
}

result<void> bulletin::read_manifest() {
  auto file = open_regular_file(directory_ / manifest_file_name);
  if (!file) {
    return fail(errc::io, directory_.string(),
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
  std::vector<published> found;
  while (true) {
    const auto more = reader.next(item);
    if (!more) {
      return tl::unexpected(more.error());
    }
    if (!*more) {
      break;
    }
    if (item.number == 1 && begins_journal(item.kind)) {
      auto journal = look_at_journal(item, reader, name);
      if (!journal) {
        return tl::unexpected(std::move(journal.error()));
      }
      journals_.push_back(std::move(*journal));
      return {};
    }
    const bool is_list = item.number == 1 && has_list(item.kind);
    if (file->size_bytes > (is_list ? max_list_file_bytes : max_message_file_bytes)) {
      return fail(errc::too_large, name,
                  is_list ? "is larger than 1 GiB" : "is no journal and larger than 64 MiB");
    }
    if (!is_list && has_list(item.kind)) {
      return fail(errc::mismatch, name + " item " + std::to_string(item.number),
                  name_of_message(item.kind) + " has a file for itself and its list");
    }
    if (const auto where = place_of_message(item.kind, item.canonical); !where) {
      return fail_within(name + " item " + std::to_string(item.number), where.error());
    }
    found.push_back({item.kind, {item.canonical.begin(), item.canonical.end()}, name});
    if (is_list) {
      auto list = hash_list(reader, name);
      if (!list) {
        return tl::unexpected(std::move(list.error()));
      }
      found.back().list = *list;
      break;
    }
  }
  for (published& message : found) {
    take(std::move(message));
  }
  return {};
}

/// Hashes tell what is there already: one place may hold any number of forgeries.
void bulletin::take(published message) {
  const std::array kind{std::byte(message.kind & 0xffU), std::byte(message.kind >> 8U & 0xffU),
                        std::byte(message.kind >> 16U & 0xffU), std::byte(message.kind >> 24U)};
  framed_hash hash("bulletin/message");
  hash.update(kind).update(message.canonical);
  if (message.list) {
    hash.update(message.list->view());
  }
  if (taken_.insert(hash.digest()).second) {
    messages_[place_of(message).value()].push_back(std::move(message));
  }
}

void bulletin::leave_aside(const std::string& file, std::string reason) {
  const auto [at, is_first] = aside_at_.try_emplace(file, left_aside_.size());
  if (is_first) {
    left_aside_.push_back({file, std::move(reason)});
  } else {
    ++left_aside_[at->second].more;
  }
}

std::vector<const published*> bulletin::messages_at(const message_place& begin) const {
  std::vector<const published*> out;
  for (auto at = messages_.lower_bound(begin);
       at != messages_.end() && begins_with(at->first, begin); ++at) {
    std::transform(at->second.begin(), at->second.end(), std::back_inserter(out),
                   [](const published& each) { return &each; });
  }
  return out;
}

std::optional<std::string> bulletin::file_of(std::uint32_t kind, byte_view canonical) const {
  const auto where = place_of_message(kind, canonical);
  const auto found = where ? messages_.find(*where) : messages_.end();
  if (found == messages_.end()) {
    return std::nullopt;
  }
  for (const published& each : found->second) {
    if (std::equal(canonical.begin(), canonical.end(), each.canonical.begin(),
                   each.canonical.end())) {
      return each.file;
    }
  }
  return std::nullopt;
}

result<std::vector<statement>> bulletin::statements(item_kind of) const {
  return all_at<statement>({number(exchange_kind::statement), number(of)});
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

result<bytes> bulletin::read_list(const published& message) const {
  auto whole = read_list_file(directory_ / message.file, message.file);
  if (!whole) {
    return tl::unexpected(std::move(whole.error()));
  }
  return std::move(whole->elements);
}

result<std::string> bulletin::publish(std::string_view stem, std::uint32_t kind,
                                      byte_view canonical) {
  if (auto before = file_of(kind, canonical)) {
    return std::move(*before);
  }
  bytes file;
  append_item(file, static_cast<item_kind>(kind), canonical);
  return publish(stem, {kind, {canonical.begin(), canonical.end()}, {}}, file);
}

result<std::string> bulletin::publish_list(std::string_view stem, std::uint32_t kind,
                                           byte_view canonical, byte_view elements) {
  published message{kind, {canonical.begin(), canonical.end()}, {}, hash_list(elements)};
  if (const auto where = place_of(message); where) {
    for (const published* each : messages_at(*where)) {
      if (each->canonical == message.canonical) {
        return each->file;
      }
    }
  }
  return publish(stem, std::move(message), list_file(kind, canonical, elements));
}

result<std::string> bulletin::publish(std::string_view stem, published message, byte_view file) {
  const auto where = place_of(message);
  if (!where) {
    return tl::unexpected(where.error());
  }
  if (const auto found = messages_.find(*where); found != messages_.end()) {
    if (!outgrows(message, found->second)) {
      return fail(errc::duplicate, std::string(stem),
                  "another message for this place is published as " + found->second.front().file);
    }
    messages_.erase(found);
  }
  message.file = free_name(directory_, stem, file);
  if (auto written = write_durably(directory_ / message.file, file); !written) {
    return tl::unexpected(std::move(written.error()));
  }
  const std::uint32_t kind = message.kind;
  const std::string name = message.file;
  messages_[*where].push_back(std::move(message));
  if (is_item_kind(kind) && section_of(static_cast<item_kind>(kind)) == record_section::ceremony) {
    ceremony_.reset();  // it was found without this message
  }
  return name;
}

}  // namespace sandoq::tool
