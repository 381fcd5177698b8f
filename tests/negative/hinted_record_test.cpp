// Hints beside a record change how long verifying takes, and nothing else, whatever they are.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "sandoq/ballot/ballot_elements.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/record/hints_file.hpp"
#include "sandoq/record/record_reader.hpp"
#include "sandoq/verify/record_hints.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/small_election.hpp"
#include "tests/support/temporary_directory.hpp"

namespace sandoq::testing {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void overwrite(const fs::path& path, const std::string& data) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << data;
}

// A record whose second ballot has bytes that are no element, and whose third a wrong proof.
void spoil(stage s, small_election& e) {
  if (s != stage::ballot) {
    return;
  }
  journal_draft& journal = e.draft.journals.back();
  ballot_item& ballot = journal.ballots.back().ballot;
  if (journal.ballots.size() == 2) {
    ballot.contests.back().ciphertexts[0].beta.octets.fill(std::byte{0xFF});
  } else if (journal.ballots.size() == 3) {
    ballot.contests[0].bits().z_B.octets[0] ^= std::byte{1};
  }
}

class hinted_record : public ::testing::Test {
 protected:
  void make(scenario plan, small_election::tampering tamper = {}) {
    election.emplace(std::move(plan), random.below(1'000'000), std::move(tamper));
    election->make();
    election->write(record);
    const auto workers = make_jthread_executor(2);
    const auto made = make_record_hints(record, hints, *workers);
    ASSERT_TRUE(made) << to_string(made.error());
    made_elements = made->elements;
    header_bytes = hints_header::encoded_bytes(ballot_files_of(election->draft.head).size());
    ASSERT_EQ(made->size_bytes, header_bytes + 32 * made->elements);
    plain = verify();
  }
  record_verdict verify(const std::optional<fs::path>& with = {}, unsigned threads = 2) const {
    const auto workers = make_jthread_executor(threads);
    verify_options options;
    options.hints = with;
    auto outcome = verify_record(record, options, *workers);
    EXPECT_TRUE(outcome);
    return *outcome;
  }
  void expect_same_with_hints() const {
    const record_verdict hinted = verify(hints);
    EXPECT_EQ(hinted.hints_left_aside, std::nullopt);
    expect_same(hinted);
  }
  void expect_same(const record_verdict& outcome) const {
    EXPECT_EQ(outcome.accepted, plain.accepted);
    EXPECT_EQ(outcome.counts, plain.counts);
    EXPECT_TRUE(std::equal(outcome.checks.checks().begin(), outcome.checks.checks().end(),
                           plain.checks.checks().begin(), plain.checks.checks().end()));
  }
  // Every hint of the file replaced by what an adversary might put there.
  std::vector<std::string> hostile() {
    const std::string good = content(hints);
    std::vector<std::string> out(7, good);
    std::fill(out[0].begin() + offset(0), out[0].end(), '\0');
    std::fill(out[1].begin() + offset(0), out[1].end(), '\xFF');
    std::rotate(out[2].begin() + offset(0), out[2].begin() + offset(1), out[2].end());
    for (std::size_t i = header_bytes; i < good.size(); i += 32) {
      out[3][i + random.below(32)] ^= static_cast<char>(1U << random.below(8));
      out[4][i + 31] = static_cast<char>(out[4][i + 31] ^ '\x80');  // beyond the 255 bits
      if (random.below(2) == 0) {
        out[5].replace(i, 32, 32, '\x01');
      }
      if (random.below(16) == 0) {  // so few that those that are tried are good, as a rule
        out[6].replace(i, 32, 32, '\x01');
      }
    }
    return out;
  }
  [[nodiscard]] std::ptrdiff_t offset(std::size_t hint) const {
    return static_cast<std::ptrdiff_t>(header_bytes + 32 * hint);
  }

  deterministic_random random{test_seed()};
  temporary_directory folder;
  const fs::path record = folder.path() / "r";
  const fs::path hints = folder.path() / "r.hints";
  std::optional<small_election> election;
  std::size_t header_bytes = 0;
  std::uint64_t made_elements = 0;
  record_verdict plain;
};

TEST_F(hinted_record, is_accepted_with_any_hints_as_without) {
  for (scenario (*plan)() : {small_scenario, eventful_scenario}) {
    fs::remove_all(record);
    make(plan());
    EXPECT_TRUE(plain.accepted);
    expect_same_with_hints();
    for (const std::string& file : hostile()) {
      overwrite(hints, file);
      expect_same_with_hints();
    }
  }
}

// Everything of the first device is evidence, and ballots that count follow.
scenario first_excluded() {
  scenario out = eventful_scenario();
  out.lost.back().branch = 0;
  out.lost.back().device = 1;
  out.election.eligibility = eligibility_log::none;
  out.parts.clear();
  return out;
}

// Over the ends of files and of blocks, which are small with several threads, and behind ballots
// that are evidence and have no hints: hints that stood one place beside would be of no use.
TEST_F(hinted_record, has_use_of_all_its_hints) {
  for (scenario (*plan)() : {small_scenario, first_excluded}) {
    for (const std::size_t items : {3U, 1000U}) {
      fs::remove_all(record);
      scenario several = plan();
      several.items_a_ballot_file = items;
      make(std::move(several));
      ASSERT_TRUE(plain.accepted);
      EXPECT_FALSE(plain.hints);
      for (const unsigned threads : {1U, 3U}) {
        const record_verdict hinted = verify(hints, threads);
        expect_same(hinted);
        ASSERT_TRUE(hinted.hints);
        EXPECT_EQ(hinted.hints->listed, made_elements);
        EXPECT_EQ(hinted.hints->used, made_elements) << threads << " threads, " << items;
      }
    }
  }
  const std::vector<std::string> files = hostile();
  for (const std::size_t wrong : {0U, 1U, 2U, 3U}) {
    overwrite(hints, files[wrong]);
    EXPECT_EQ(verify(hints).hints->used, 0U) << wrong;
  }
}

// The other root is as good.
TEST_F(hinted_record, has_use_of_either_root) {
  make(small_scenario());
  std::string file = content(hints);
  for (std::size_t i = header_bytes; i < file.size(); i += 32) {
    int borrow = 0;
    for (std::size_t k = 0; k < 32; ++k) {  // 2^255 - 19 - I
      const int of_p = k == 0 ? 0xed : k == 31 ? 0x7f : 0xff;
      const int digit = of_p - static_cast<unsigned char>(file[i + k]) - borrow;
      borrow = digit < 0 ? 1 : 0;
      file[i + k] = static_cast<char>(digit & 0xff);
    }
  }
  overwrite(hints, file);
  const record_verdict hinted = verify(hints);
  expect_same(hinted);
  EXPECT_EQ(hinted.hints->used, made_elements);
}

TEST_F(hinted_record, is_rejected_with_any_hints_for_the_reasons_it_is_rejected_for_without) {
  make(small_scenario(), spoil);
  EXPECT_EQ(plain.checks.find("ballot.elements")->status, check_status::fail);
  expect_same_with_hints();
  for (const std::string& file : hostile()) {
    overwrite(hints, file);
    expect_same_with_hints();
  }
}

TEST_F(hinted_record, is_verified_without_hints_that_are_not_its_own) {
  make(tiny_scenario());
  const fs::path missing = folder.path() / "missing";
  const record_verdict alone = verify(missing);
  ASSERT_TRUE(alone.hints_left_aside);
  EXPECT_EQ(alone.hints_left_aside->code, errc::missing);
  expect_same(alone);
  overwrite(hints, content(hints) + '\0');
  const record_verdict with_longer = verify(hints);
  ASSERT_TRUE(with_longer.hints_left_aside);
  EXPECT_NE(to_string(*with_longer.hints_left_aside).find("not as long"), std::string::npos);
  expect_same(with_longer);
}

TEST_F(hinted_record, has_hints_of_every_ballot_that_is_no_evidence_in_the_order_of_the_record) {
  make(eventful_scenario());
  bytes elements;
  for (const journal_draft& journal : election->draft.journals) {
    if (journal.exclusion) {
      continue;
    }
    for (const ballot_draft& ballot : journal.ballots) {
      byte_writer out;
      write_elements(out, ballot.ballot);
      elements.insert(elements.end(), out.view().begin(), out.view().end());
    }
  }
  bytes want(elements.size());
  ristretto255::make_hints(want, elements);
  const std::string file = content(hints).substr(header_bytes);
  EXPECT_TRUE(std::ranges::equal(want, bytes_of(file)));
}

TEST_F(hinted_record, holds_no_hints_itself) {
  make(tiny_scenario());
  const auto workers = make_jthread_executor(1);
  const fs::path link = folder.path() / "link";
  fs::create_directory_symlink(record, link);
  for (const fs::path& place : {record / "hints", record / "." / "h.hints", link / "hints"}) {
    const auto made = make_record_hints(record, place, *workers);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, errc::mismatch);
    EXPECT_FALSE(fs::exists(place));
  }
  EXPECT_TRUE(verify().accepted);
}

TEST_F(hinted_record, gets_no_hints_if_it_cannot_be_read) {
  make(tiny_scenario());
  fs::remove(hints);
  const fs::path ballots = record / ballot_file_name(1);
  std::string data = content(ballots);
  data.back() = static_cast<char>(data.back() ^ 1);
  overwrite(ballots, data);
  const auto workers = make_jthread_executor(1);
  EXPECT_FALSE(make_record_hints(record, hints, *workers));
  EXPECT_FALSE(fs::exists(hints));
}

}  // namespace
}  // namespace sandoq::testing
