#include "sandoq/record/hints_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "sandoq/core/canonical.hpp"
#include "sandoq/record/items.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/temporary_directory.hpp"

namespace sandoq {
namespace {

namespace fs = std::filesystem;

record_head head_with(std::uint32_t ballot_files) {
  record_head head;
  const auto list = [&head](std::string_view name) {
    head.files.push_back({std::string(name), 1, 1, {}});
  };
  list(manifest_file_name);
  list(ceremony_file_name);
  for (std::uint32_t i = 1; i <= ballot_files; ++i) {
    list(ballot_file_name(i));
  }
  list(tally_file_name);
  list(opening_file_name);
  return head;
}

class hints_file_test : public ::testing::Test {
 protected:
  bytes random_hints(std::size_t n) {
    bytes out(hints_file::hint_bytes * n);
    random.fill(out);
    return out;
  }
  void write(const record_head& of, const std::vector<bytes>& hints) const {
    auto writer = hints_writer::create(place, of);
    ASSERT_TRUE(writer) << to_string(writer.error());
    for (std::size_t file = 0; file < hints.size(); ++file) {
      const std::size_t half = hints[file].size() / 64 * 32;
      ASSERT_TRUE(writer->put(file, byte_view(hints[file]).first(half)));
      ASSERT_TRUE(writer->put(file, byte_view(hints[file]).subspan(half)));
    }
    const auto size = writer->finish();
    ASSERT_TRUE(size) << to_string(size.error());
    EXPECT_EQ(*size, fs::file_size(place));
  }
  bytes content() const {
    std::ifstream in(place, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const byte_view view = bytes_of(text);
    return {view.begin(), view.end()};
  }
  void overwrite(byte_view data) const {
    std::ofstream out(place, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(data.data()),
              static_cast<std::streamsize>(data.size()));
  }
  void expect_refused(errc code, const std::string& reason, const record_head& of) const {
    const auto opened = hints_file::open(place, of);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, code) << to_string(opened.error());
    EXPECT_NE(to_string(opened.error()).find(reason), std::string::npos)
        << to_string(opened.error());
  }

  testing::deterministic_random random{testing::test_seed()};
  testing::temporary_directory folder;
  const fs::path place = folder.path() / "r.hints";
  const record_head head = head_with(3);
};

TEST_F(hints_file_test, lies_beside_the_record_whatever_the_record_is_called) {
  const fs::path record = folder.path() / "r";
  fs::create_directory(record);
  EXPECT_EQ(hints_place(record), fs::canonical(folder.path()) / "r.hints");
  EXPECT_EQ(hints_place(record / ""), fs::canonical(folder.path()) / "r.hints");
  EXPECT_EQ(hints_place(record / "." / ""), fs::canonical(folder.path()) / "r.hints");
}

TEST_F(hints_file_test, gives_back_what_was_written_and_no_more) {
  const std::vector<bytes> hints = {random_hints(5), {}, random_hints(2)};
  write(head, hints);
  const auto opened = hints_file::open(place, head);
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_EQ(opened->elements(), 7U);
  for (std::size_t file = 0; file < hints.size(); ++file) {
    const std::size_t listed = hints[file].size() / 32;
    for (std::size_t first = 0; first <= listed + 1; ++first) {
      for (std::size_t n = 0; n <= listed + 1; ++n) {
        bytes out(32 * n);
        ASSERT_EQ(opened->read(file, first, out), first <= listed && n <= listed - first);
        if (first <= listed && n <= listed - first) {
          EXPECT_TRUE(std::ranges::equal(out, byte_view(hints[file]).subspan(32 * first, 32 * n)));
        }
      }
    }
  }
  bytes one(32);
  EXPECT_FALSE(opened->read(3, 0, one));
  EXPECT_FALSE(opened->read(0, std::numeric_limits<std::uint64_t>::max(), one));
}

TEST_F(hints_file_test, is_laid_out_as_the_specification_says) {
  const std::vector<bytes> hints = {random_hints(1), random_hints(2), {}};
  write(head, hints);
  byte_writer want;
  want.text("sandoq hints");
  want.u32(1);
  want.fixed(framed_hash::of("hints/record", head.encode()).view());
  want.u32(3);
  want.u64(1);
  want.u64(2);
  want.u64(0);
  want.fixed(hints[0]);
  want.fixed(hints[1]);
  EXPECT_TRUE(std::ranges::equal(content(), want.view()));
}

TEST_F(hints_file_test, of_another_record_is_refused) {
  write(head, {random_hints(1)});
  record_head other = head;
  other.cast_ballots = 1;
  expect_refused(errc::mismatch, "of another record", other);
  expect_refused(errc::mismatch, "of another record", head_with(2));
}

TEST_F(hints_file_test, of_another_length_or_form_is_refused) {
  write(head, {random_hints(1), random_hints(1)});
  const bytes good = content();
  bytes longer = good;
  longer.push_back(std::byte{0});
  overwrite(longer);
  expect_refused(errc::mismatch, "not as long as it says", head);
  overwrite(byte_view(good).first(good.size() - 1));
  expect_refused(errc::mismatch, "not as long as it says", head);
  overwrite(byte_view(good).first(40));
  expect_refused(errc::truncated, "record", head);
  bytes changed = good;
  changed[16] = std::byte{2};
  overwrite(changed);
  expect_refused(errc::unsupported, "format", head);
  changed = good;
  changed[4] = std::byte{'S'};
  overwrite(changed);
  expect_refused(errc::bad_encoding, "sandoq hints", head);
  changed = good;
  std::fill_n(changed.begin() + 4 + 12 + 4 + 32 + 4, 8, std::byte{0xFF});  // of the first file
  overwrite(changed);
  expect_refused(errc::mismatch, "not as long as it says", head);
  fs::remove(place);
  expect_refused(errc::missing, "", head);
}

TEST_F(hints_file_test, replaces_older_hints_and_nothing_else) {
  write(head, {random_hints(1)});
  write(head, {random_hints(4)});
  EXPECT_EQ(hints_file::open(place, head)->elements(), 4U);
  overwrite(bytes_of("my notes, which begin otherwise"));
  const auto refused = hints_writer::create(place, head);
  ASSERT_FALSE(refused);
  EXPECT_NE(to_string(refused.error()).find("holds no hints"), std::string::npos);
  EXPECT_EQ(content().size(), 31U);
}

TEST_F(hints_file_test, leaves_nothing_if_it_is_not_finished) {
  {
    auto writer = hints_writer::create(place, head);
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->put(1, random_hints(3)));
    const auto second = hints_writer::create(place, head);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, errc::duplicate);
  }
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

}  // namespace
}  // namespace sandoq
