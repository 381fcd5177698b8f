// Any bytes as a record: they become a directory of files, which is verified. In the row "files"
// they are the files as they stand. In the row "items" they are items: framed, listed and hashed,
// and the head signed by all boards, so that no checksum stands before the checks of the items.

#include "tests/fuzz/record_target.hpp"

#include <algorithm>
#include <fstream>
#include <memory>

#include "sandoq/verify/checks.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/support/temporary_directory.hpp"

namespace sandoq::fuzzing {

std::vector<portion> portions_of(byte_view body) {
  std::vector<portion> out;
  while (body.size() >= 3) {
    const std::size_t wanted =
        std::to_integer<std::size_t>(body[1]) | std::to_integer<std::size_t>(body[2]) << 8;
    const std::size_t length = std::min(wanted, body.size() - 3);
    const byte_view content = body.subspan(3, length);
    out.push_back({std::to_integer<std::uint8_t>(body[0]), {content.begin(), content.end()}});
    body = body.subspan(3 + length);
  }
  return out;
}

bytes joined(const std::vector<portion>& portions) {
  bytes out;
  for (const portion& p : portions) {
    const std::size_t length = std::min<std::size_t>(p.content.size(), 0xffff);
    out.push_back(std::byte{p.number});
    out.push_back(static_cast<std::byte>(length & 0xff));
    out.push_back(static_cast<std::byte>(length >> 8));
    out.insert(out.end(), p.content.begin(),
               p.content.begin() + static_cast<std::ptrdiff_t>(length));
  }
  return out;
}

testing::small_election& signing_election() {
  static const auto made = [] {
    auto election = std::make_unique<testing::small_election>(testing::tiny_scenario(), 1);
    election->make();
    return election;
  }();
  return *made;
}

namespace {

using files = std::map<std::string, bytes>;

// What is wrong with a verdict, whatever the record. SPEC(90.1)
std::string ill_formed(const record_verdict& found) {
  const auto checks = found.checks.checks();
  if (checks.size() != check_count) {
    return "the verdict has another number of checks";
  }
  bool good = true;
  for (std::size_t i = 0; i < check_count; ++i) {
    const check_outcome& check = checks[i];
    if (check.id != check_table[i].id) {
      return "the checks have another order";
    }
    if (check.status != check_status::pass && check.reason.empty()) {
      return check.id + " gives no reason";
    }
    if (check.status == check_status::fail && check.place.empty()) {
      return check.id + " fails nowhere";
    }
    good = good &&
           (check.status == check_status::pass ||
            (check.status == check_status::not_run && check_table[i].need == check_need::optional));
  }
  if (good != found.accepted) {
    return "accepted does not follow from the checks";
  }
  return found.accepted || found.counts.empty() ? "" : "a rejected record has counts";
}

// Keeps one directory and writes what differs from the last record.
outcome verdict_of(const files& record) {
  static const testing::temporary_directory dir;
  static files standing;
  for (const auto& [name, content] : standing) {
    if (!record.contains(name)) {
      std::filesystem::remove(dir.path() / name);
    }
  }
  for (const auto& [name, content] : record) {
    if (const auto there = standing.find(name);
        there != standing.end() && there->second == content) {
      continue;
    }
    std::ofstream out(dir.path() / name, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(content.data()),
              static_cast<std::streamsize>(content.size()));
  }
  standing = record;
  sequential_executor alone;
  const auto found = verify_record(dir.path(), {}, alone);
  if (!found) {
    return {false, "no verdict: " + to_string(found.error())};
  }
  return {found->accepted, ill_formed(*found)};
}

// Nobody but the one who made it could make another record of the same keys.
outcome only_the_original(outcome found, bool is_original) {
  if (found.broken.empty() && found.accepted != is_original) {
    found.broken = is_original ? "the original is rejected" : "a changed record is accepted";
  }
  return found;
}

const files& original_files() {
  static const files original = signing_election().files();
  return original;
}

outcome as_files(byte_view in) {
  files record;
  for (const portion& p : portions_of(in)) {
    bytes& file = record[std::string(file_names[p.number % file_names.size()])];
    file.insert(file.end(), p.content.begin(), p.content.end());
  }
  return only_the_original(verdict_of(record), record == original_files());
}

outcome as_items(byte_view in) {
  std::map<record_section, std::vector<testing::framed_item>> items;
  for (portion& p : portions_of(in)) {
    const auto kind = static_cast<item_kind>(p.number);
    const auto section = is_item_kind(p.number) ? section_of(kind) : record_section::tally;
    items[section].push_back({kind, std::move(p.content)});
  }
  testing::small_election& election = signing_election();
  (void)original_files();  // before anything is changed
  std::swap(election.draft.items, items);
  const record_head head = election.draft.head;
  election.list_files();
  election.sign_head();
  files record = election.files();
  std::swap(election.draft.items, items);
  election.draft.head = head;
  const bool unchanged = std::ranges::all_of(record, [](const auto& file) {
    return file.first == head_file_name || file.second == original_files().at(file.first);
  });
  return only_the_original(verdict_of(record), unchanged);
}

constexpr decoder record_decoders[] = {{"files", as_files}, {"items", as_items}};

}  // namespace

bytes record_as_files() {
  std::vector<portion> out;
  const auto all = signing_election().files();
  for (std::size_t i = 0; i < file_names.size(); ++i) {
    if (const auto file = all.find(std::string(file_names[i])); file != all.end()) {
      out.push_back({static_cast<std::uint8_t>(i), file->second});
    }
  }
  return joined(out);
}

bytes record_as_items() {
  std::vector<portion> out;
  for (const auto& [section, items] : signing_election().draft.items) {
    for (const testing::framed_item& item : items) {
      out.push_back({static_cast<std::uint8_t>(item.kind), item.canonical});
    }
  }
  return joined(out);
}

target record_target() {
  return {"record", record_decoders};
}

}  // namespace sandoq::fuzzing
