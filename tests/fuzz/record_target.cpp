// Any bytes as a record: they become a directory of files, which is verified. In the row "files"
// they are the files as they stand. In the rows "items" and "mixed_items" they are items: framed,
// listed and hashed, and the head signed by all boards of one election or the other, so that no
// checksum stands before the checks of the items.

#include "tests/fuzz/record_target.hpp"

#include <algorithm>
#include <fstream>
#include <memory>

#include "sandoq/verify/checks.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/support/temporary_directory.hpp"

namespace sandoq::fuzzing {
namespace {

std::unique_ptr<testing::small_election> election_of(testing::scenario plan) {
  auto out = std::make_unique<testing::small_election>(std::move(plan), 1);
  out->make();
  return out;
}

}  // namespace

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
  static const auto made = election_of(testing::tiny_eventful_scenario());
  return *made;
}

testing::small_election& mixing_election() {
  static const auto made = election_of(testing::tiny_mixed_scenario());
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

// Nobody but those who made it could make another record of the same keys.
outcome only_the_original(outcome found, bool is_original) {
  if (found.broken.empty() && found.accepted != is_original) {
    found.broken = is_original ? "a good record is rejected" : "a changed record is accepted";
  }
  return found;
}

// What of its opening file an election may do without: sums that were opened besides the totals,
// and the resolution of ties, which may stay open.  SPEC(75.6) SPEC(90.4)
struct left_out {
  bool sums;
  bool ties;
};
constexpr std::array<left_out, 4> ways_to_leave_out{
    {{false, false}, {false, true}, {true, false}, {true, true}}};

bool stays(const left_out& less, const testing::framed_item& item, bool of_a_total) {
  switch (item.kind) {
    case item_kind::request:
    case item_kind::partial:
      return !less.sums || of_a_total;
    case item_kind::subtotal:
      return !less.sums;
    case item_kind::attributes:
    case item_kind::lot_reveal:
    case item_kind::lot_beacon:
    case item_kind::resolution:
      return !less.ties;
    default:
      return true;
  }
}

std::vector<testing::framed_item> opening_items(const testing::election_draft& draft,
                                                const left_out& less) {
  std::vector<testing::framed_item> out;
  std::size_t requests = 0;
  for (const testing::framed_item& item : draft.items.at(record_section::opening)) {
    requests += item.kind == item_kind::request ? 1 : 0;
    if (stays(less, item, requests <= draft.election.contests.size())) {
      out.push_back(item);
    }
  }
  return out;
}

// A good record, and the opening files that may stand in it once the boards have signed its head.
struct good_record {
  testing::small_election& election;
  files original = election.files();
  std::vector<bytes> openings{};

  explicit good_record(testing::small_election& of) : election(of) {
    for (const left_out& less : ways_to_leave_out) {
      bytes& file = openings.emplace_back();
      for (const testing::framed_item& item : opening_items(election.draft, less)) {
        append_item(file, item.kind, item.canonical);
      }
    }
  }

  [[nodiscard]] bool allows(const std::string& name, const bytes& content) const {
    const auto there = original.find(name);
    return name == head_file_name || (there != original.end() && there->second == content) ||
           (name == opening_file_name && std::ranges::count(openings, content) > 0);
  }
};

good_record& sums() {
  static good_record made(signing_election());
  return made;
}

good_record& mixes() {
  static good_record made(mixing_election());
  return made;
}

outcome as_files(byte_view in) {
  files record;
  for (const portion& p : portions_of(in)) {
    bytes& file = record[std::string(file_names[p.number % file_names.size()])];
    file.insert(file.end(), p.content.begin(), p.content.end());
  }
  const bool good = record == sums().original || record == mixes().original;
  return only_the_original(verdict_of(record), good);
}

// What is framed, listed and signed by the boards of that election.
outcome as_items_of(good_record& of, byte_view in) {
  std::map<record_section, std::vector<testing::framed_item>> items;
  for (portion& p : portions_of(in)) {
    const auto kind = static_cast<item_kind>(p.number);
    const auto section = is_item_kind(p.number) ? section_of(kind) : record_section::tally;
    items[section].push_back({kind, std::move(p.content)});
  }
  testing::election_draft& draft = of.election.draft;
  std::swap(draft.items, items);
  const record_head head = draft.head;
  of.election.list_files();
  of.election.sign_head();
  const files record = of.election.files();
  std::swap(draft.items, items);
  draft.head = head;
  const bool good = std::ranges::all_of(
      record, [&](const auto& file) { return of.allows(file.first, file.second); });
  return only_the_original(verdict_of(record), good);
}

outcome as_items(byte_view in) {
  return as_items_of(sums(), in);
}

outcome as_mixed_items(byte_view in) {
  return as_items_of(mixes(), in);
}

constexpr decoder record_decoders[] = {
    {"files", as_files}, {"items", as_items}, {"mixed_items", as_mixed_items}};

}  // namespace

bytes record_as_files(const testing::small_election& election) {
  std::vector<portion> out;
  const auto all = election.files();
  for (std::size_t i = 0; i < file_names.size(); ++i) {
    if (const auto file = all.find(std::string(file_names[i])); file != all.end()) {
      out.push_back({static_cast<std::uint8_t>(i), file->second});
    }
  }
  return joined(out);
}

std::vector<bytes> records_as_items(const testing::small_election& election) {
  std::vector<bytes> out;
  for (const left_out& less : ways_to_leave_out) {
    auto sections = election.draft.items;
    sections.at(record_section::opening) = opening_items(election.draft, less);
    std::vector<portion> portions;
    for (const auto& [section, items] : sections) {
      for (const testing::framed_item& item : items) {
        portions.push_back({static_cast<std::uint8_t>(item.kind), item.canonical});
      }
    }
    out.push_back(joined(portions));
  }
  return out;
}

target record_target() {
  return {"record", record_decoders};
}

}  // namespace sandoq::fuzzing
