// record_writer and record_reader, against the file system.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "sandoq/record/record_reader.hpp"
#include "sandoq/record/record_writer.hpp"
#include "tests/support/temporary_directory.hpp"

namespace sandoq {
namespace {

namespace fs = std::filesystem;
using testing::temporary_directory;

bytes filled(std::size_t size, int value) {
  return bytes(size, static_cast<std::byte>(value));
}

bytes content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const byte_view view = bytes_of(text);
  return {view.begin(), view.end()};
}

void overwrite(const fs::path& path, byte_view content) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(content.data()),
            static_cast<std::streamsize>(content.size()));
}

result<quorum> one_signature(const digest32& /*digest*/) {
  quorum out;
  out.boards = {{{1, {}}}};
  return out;
}

// Items need only be of their kinds: nothing here decodes them.
result<void> put_ceremony(record_writer& writer) {
  for (const auto kind : {item_kind::dkg_commit, item_kind::dkg_reveal, item_kind::election_key}) {
    if (auto ok = writer.put(kind, filled(5, 1)); !ok) {
      return ok;
    }
  }
  return {};
}

result<void> put_ceremony_and_journal(record_writer& writer) {
  if (auto ok = writer.put(item_kind::manifest, filled(5, 1)); !ok) {
    return ok;
  }
  if (auto ok = put_ceremony(writer); !ok) {
    return ok;
  }
  for (const auto kind : {item_kind::opening, item_kind::close, item_kind::tally_node}) {
    if (auto ok = writer.put(kind, filled(5, 1)); !ok) {
      return ok;
    }
  }
  return {};
}

result<void> put_some(record_writer& writer, std::size_t ballots, std::size_t ballot_bytes) {
  for (const auto kind : {item_kind::manifest, item_kind::dkg_commit, item_kind::dkg_reveal,
                          item_kind::election_key, item_kind::opening}) {
    if (auto ok = writer.put(kind, filled(5, 1)); !ok) {
      return ok;
    }
  }
  for (std::size_t i = 0; i < ballots; ++i) {
    if (auto ok = writer.put(item_kind::ballot, filled(ballot_bytes, static_cast<int>(i))); !ok) {
      return ok;
    }
    if (auto ok = writer.put(item_kind::cast, filled(3, static_cast<int>(i))); !ok) {
      return ok;
    }
  }
  if (auto ok = writer.put(item_kind::close, filled(4, 2)); !ok) {
    return ok;
  }
  if (auto ok = writer.put(item_kind::tally_node, filled(6, 3)); !ok) {
    return ok;
  }
  return writer.put(item_kind::result, filled(7, 4));
}

record_head write_record(const fs::path& place, std::size_t ballots = 2,
                         std::size_t ballot_bytes = 100) {
  auto writer = record_writer::create(place);
  EXPECT_TRUE(writer) << to_string(writer.error());
  EXPECT_TRUE(put_some(*writer, ballots, ballot_bytes));
  auto head = writer->finish({}, one_signature);
  EXPECT_TRUE(head) << to_string(head.error());
  return *head;
}

std::set<std::string> names_in(const fs::path& directory) {
  std::set<std::string> out;
  for (const auto& entry : fs::directory_iterator(directory)) {
    out.insert(entry.path().filename().string());
  }
  return out;
}

TEST(RecordFiles, StandAsTheHeadSays) {
  const temporary_directory dir;
  const record_head written = write_record(dir.path() / "r");
  EXPECT_EQ(names_in(dir.path()), std::set<std::string>{"r"}) << "nothing beside the record";
  EXPECT_EQ(names_in(dir.path() / "r"),
            (std::set<std::string>{"head.pb", "manifest.pb", "ceremony.pb", "ballots-000001.pb",
                                   "tally.pb", "opening.pb"}));
  const auto reader = record_reader::open(dir.path() / "r");
  ASSERT_TRUE(reader);
  const auto head = reader->read_head();
  ASSERT_TRUE(head) << to_string(head.error());
  EXPECT_EQ(*head, written);
  EXPECT_TRUE(reader->check_listing(*head));
  for (const listed_file& file : head->files) {
    const bytes content = content_of(dir.path() / "r" / file.name);
    EXPECT_EQ(content.size(), file.size_bytes);
    EXPECT_EQ(listed_hash(sha512::of(content)), file.hash);
  }
}

TEST(RecordFiles, RollOverAt32MiBBetweenItems) {
  const temporary_directory dir;
  // 5 items of 15 MiB: the third is the first at which the file has reached 32 MiB afterwards.
  const record_head head = write_record(dir.path() / "r", 5, std::size_t{15} << 20);
  const auto files = ballot_files_of(head);
  ASSERT_EQ(files.size(), 2U);
  EXPECT_GE(files[0].size_bytes, file_rollover_bytes);
  const auto reader = record_reader::open(dir.path() / "r");
  ASSERT_TRUE(reader);
  item_stream stream(*reader, files);
  segment_item item;
  std::size_t items = 0;
  std::size_t ballots = 0;
  while (true) {
    const auto more = stream.next(item);
    ASSERT_TRUE(more) << to_string(more.error());
    if (!*more) {
      break;
    }
    ++items;
    if (static_cast<item_kind>(item.kind) == item_kind::ballot) {
      EXPECT_EQ(item.canonical.front(), static_cast<std::byte>(ballots));
      ++ballots;
    }
  }
  EXPECT_EQ(items, 12U);
  EXPECT_EQ(ballots, 5U);
}

// A record with that many parts of one mixed list, of 4 MiB each.
record_head write_mixed_record(const fs::path& place, std::size_t parts) {
  auto writer = record_writer::create(place);
  EXPECT_TRUE(writer) << to_string(writer.error());
  EXPECT_TRUE(put_ceremony_and_journal(*writer));
  EXPECT_TRUE(writer->put(item_kind::mix_group, filled(5, 1)));
  EXPECT_TRUE(writer->put(item_kind::mix_stage, filled(5, 2)));
  for (std::size_t i = 0; i < parts; ++i) {
    EXPECT_TRUE(
        writer->put(item_kind::mix_elements, filled(std::size_t{4} << 20, static_cast<int>(i))));
  }
  EXPECT_TRUE(writer->put(item_kind::list_request, filled(6, 3)));
  auto head = writer->finish({}, one_signature);
  EXPECT_TRUE(head) << to_string(head.error());
  return *head;
}

TEST(RecordFiles, OfTheMixStandBetweenTallyAndOpeningAndRollOver) {
  const temporary_directory dir;
  const record_head head = write_mixed_record(dir.path() / "r", 10);
  std::vector<std::string> names;
  for (const listed_file& file : head.files) {
    names.push_back(file.name);
  }
  EXPECT_EQ(names,
            (std::vector<std::string>{"manifest.pb", "ceremony.pb", "ballots-000001.pb", "tally.pb",
                                      "mix-000001.pb", "mix-000002.pb", "opening.pb"}));
  const auto mix = mix_files_of(head);
  ASSERT_EQ(mix.size(), 2U);
  EXPECT_EQ(mix[0].items, 2U + 8U) << "the eighth part is the one that reaches 32 MiB";
  EXPECT_GE(mix[0].size_bytes, file_rollover_bytes);
  EXPECT_EQ(ballot_files_of(head).size(), 1U);
  const auto reader = record_reader::open(dir.path() / "r");
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->read_head(), head);
  EXPECT_TRUE(reader->check_listing(head));
}

TEST(RecordFiles, HaveNoMixWithoutAGroup) {
  const temporary_directory dir;
  EXPECT_TRUE(mix_files_of(write_record(dir.path() / "r")).empty());
}

TEST(RecordFiles, OfTheMixEndWithAList) {
  const temporary_directory dir;
  auto writer = record_writer::create(dir.path() / "r");
  ASSERT_TRUE(writer);
  ASSERT_TRUE(put_ceremony_and_journal(*writer));
  ASSERT_TRUE(writer->put(item_kind::mix_group, filled(5, 1)));
  ASSERT_TRUE(writer->put(item_kind::mix_stage, filled(5, 2)));
  EXPECT_FALSE(writer->put(item_kind::list_request, filled(6, 3)));
}

TEST(RecordFiles, AreNoticedWhenTheyChangeBetweenPasses) {
  const temporary_directory dir;
  const record_head head = write_record(dir.path() / "r");
  const fs::path file = dir.path() / "r" / "ballots-000001.pb";
  bytes content = content_of(file);
  content[20] ^= std::byte{1};  // inside the first ballot
  overwrite(file, content);
  const auto reader = record_reader::open(dir.path() / "r");
  ASSERT_TRUE(reader);
  EXPECT_TRUE(reader->check_listing(head)) << "sizes only";
  item_stream stream(*reader, ballot_files_of(head));
  segment_item item;
  auto more = stream.next(item);
  while (more && *more) {
    more = stream.next(item);
  }
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, errc::mismatch);
}

TEST(RecordWriter, NeverTouchesWhatIsThere) {
  const temporary_directory dir;
  fs::create_directory(dir.path() / "full");
  overwrite(dir.path() / "full" / "letter.txt", filled(3, 65));
  EXPECT_EQ(record_writer::create(dir.path() / "full").error().code, errc::duplicate);
  overwrite(dir.path() / "file", filled(3, 65));
  EXPECT_EQ(record_writer::create(dir.path() / "file").error().code, errc::duplicate);
  fs::create_directory_symlink(dir.path() / "gone", dir.path() / "link");
  EXPECT_EQ(record_writer::create(dir.path() / "link").error().code, errc::duplicate);
  fs::create_directory(dir.path() / "busy.part");
  EXPECT_EQ(record_writer::create(dir.path() / "busy").error().code, errc::duplicate);
  EXPECT_FALSE(record_writer::create(dir.path() / "no" / "such" / "folder"));
  EXPECT_EQ(content_of(dir.path() / "full" / "letter.txt"), filled(3, 65));
}

TEST(RecordWriter, TakesAnEmptyDirectoryAndATrailingSlash) {
  const temporary_directory dir;
  fs::create_directory(dir.path() / "empty");
  write_record(dir.path() / "empty" / "");
  EXPECT_TRUE(fs::exists(dir.path() / "empty" / "head.pb"));
}

TEST(RecordWriter, LeavesWhatCameInBetweenAlone) {
  const temporary_directory dir;
  auto writer = record_writer::create(dir.path() / "r");
  ASSERT_TRUE(writer);
  ASSERT_TRUE(put_some(*writer, 1, 10));
  fs::create_directory(dir.path() / "r");
  overwrite(dir.path() / "r" / "letter.txt", filled(3, 65));
  EXPECT_FALSE(writer->finish({}, one_signature));
  EXPECT_EQ(names_in(dir.path() / "r"), std::set<std::string>{"letter.txt"});
}

TEST(RecordWriter, LeavesNothingWhenBrokenOff) {
  const temporary_directory dir;
  {
    auto writer = record_writer::create(dir.path() / "r");
    ASSERT_TRUE(writer);
    ASSERT_TRUE(put_some(*writer, 1, 10));
    EXPECT_FALSE(names_in(dir.path()).empty());
  }
  EXPECT_TRUE(names_in(dir.path()).empty());
}

TEST(RecordWriter, KeepsTheOrder) {
  const temporary_directory dir;
  auto writer = record_writer::create(dir.path() / "r");
  ASSERT_TRUE(writer);
  EXPECT_FALSE(writer->put(item_kind::head, filled(1, 0)));
  ASSERT_TRUE(writer->put(item_kind::manifest, filled(1, 0)));
  EXPECT_FALSE(writer->put(item_kind::manifest, filled(1, 0)));
  ASSERT_TRUE(put_ceremony(*writer));
  EXPECT_FALSE(writer->put(item_kind::manifest, filled(1, 0)));
  EXPECT_FALSE(writer->put(item_kind::ballot, filled(1, 0))) << "no journal is open";
}

TEST(RecordWriter, EndsOnlyWithAWholeRecord) {
  const temporary_directory dir;
  auto writer = record_writer::create(dir.path() / "r");
  ASSERT_TRUE(writer);
  ASSERT_TRUE(writer->put(item_kind::manifest, filled(1, 0)));
  ASSERT_TRUE(put_ceremony(*writer));
  ASSERT_TRUE(writer->put(item_kind::opening, filled(1, 0)));
  EXPECT_FALSE(writer->finish({}, one_signature)) << "a journal is open";
}

TEST(RecordReader, RefusesOtherListings) {
  const temporary_directory dir;
  const fs::path r = dir.path() / "r";
  const record_head head = write_record(r);
  const auto reader = record_reader::open(r);
  ASSERT_TRUE(reader);
  ASSERT_TRUE(reader->check_listing(head));

  overwrite(r / "notes.txt", filled(1, 65));
  EXPECT_FALSE(reader->check_listing(head));
  fs::remove(r / "notes.txt");
  overwrite(r / ".hidden", filled(1, 65));
  EXPECT_FALSE(reader->check_listing(head));
  fs::remove(r / ".hidden");
  fs::create_directory(r / "folder");
  EXPECT_FALSE(reader->check_listing(head));
  fs::remove(r / "folder");
  ASSERT_TRUE(reader->check_listing(head));

  fs::rename(r / "tally.pb", dir.path() / "tally.pb");
  EXPECT_FALSE(reader->check_listing(head)) << "missing";
  fs::create_symlink(dir.path() / "tally.pb", r / "tally.pb");
  EXPECT_FALSE(reader->check_listing(head)) << "a symlink, though to the right bytes";
  EXPECT_FALSE(reader->open_file("tally.pb"));
  fs::remove(r / "tally.pb");
  fs::create_directory(r / "tally.pb");
  EXPECT_FALSE(reader->check_listing(head)) << "a directory";
  EXPECT_FALSE(reader->open_file("tally.pb"));
  fs::remove(r / "tally.pb");
  ASSERT_EQ(::mkfifo((r / "tally.pb").c_str(), 0600), 0);
  EXPECT_FALSE(reader->check_listing(head)) << "a fifo";
  EXPECT_FALSE(reader->open_file("tally.pb")) << "and nobody waits for its other end";
  fs::remove(r / "tally.pb");
  bytes longer = content_of(dir.path() / "tally.pb");
  longer.push_back(std::byte{0});
  overwrite(r / "tally.pb", longer);
  EXPECT_FALSE(reader->check_listing(head)) << "another size";
}

TEST(RecordReader, ReadsOneHeadOnly) {
  const temporary_directory dir;
  const fs::path r = dir.path() / "r";
  write_record(r);
  const auto reader = record_reader::open(r);
  ASSERT_TRUE(reader);
  const bytes good = content_of(r / "head.pb");
  ASSERT_TRUE(reader->read_head());

  bytes two = good;
  two.insert(two.end(), good.begin(), good.end());
  overwrite(r / "head.pb", two);
  EXPECT_FALSE(reader->read_head());
  overwrite(r / "head.pb", {});
  EXPECT_FALSE(reader->read_head());
  bytes trailing = good;
  trailing.push_back(std::byte{0});
  overwrite(r / "head.pb", trailing);
  EXPECT_FALSE(reader->read_head());
  bytes other_kind;
  append_item(other_kind, item_kind::manifest, filled(10, 0));
  overwrite(r / "head.pb", other_kind);
  EXPECT_FALSE(reader->read_head());
  fs::remove(r / "head.pb");
  EXPECT_EQ(reader->read_head().error().code, errc::missing);
}

TEST(RecordReader, NeedsADirectory) {
  const temporary_directory dir;
  EXPECT_EQ(record_reader::open(dir.path() / "gone").error().code, errc::missing);
  overwrite(dir.path() / "file", filled(1, 0));
  EXPECT_FALSE(record_reader::open(dir.path() / "file"));
}

}  // namespace
}  // namespace sandoq
