// Every field of every kind of item, changed alone in a way that a decoder may read, under hashes
// and a head that fit and are signed by all boards: so no checksum stands before the check that is
// about the field. changed_fields.txt says for each change which checks fail; a field without a
// line there, or without a place in any item, fails the test.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <utility>

#include "sandoq/verify/verify_record.hpp"
#include "tests/support/item_layout.hpp"
#include "tests/support/small_election.hpp"
#include "tests/support/source_dir.hpp"
#include "tests/support/temporary_directory.hpp"

namespace sandoq::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view name_of_change(change_kind change) {
  switch (change) {
    case change_kind::repeat:
      return " +1";
    case change_kind::drop:
      return " -1";
    default:
      return "";
  }
}

// "kind: field -> checks", one a line; # begins a comment.
std::map<std::string, std::string> expected_failures() {
  std::ifstream in(source_dir() + "/tests/negative/changed_fields.txt");
  std::map<std::string, std::string> out;
  for (std::string line; std::getline(in, line);) {
    const auto arrow = line.find(" -> ");
    if (!line.empty() && line[0] != '#') {
      EXPECT_NE(arrow, std::string::npos) << line;
      EXPECT_TRUE(out.emplace(line.substr(0, arrow), line.substr(arrow + 4)).second) << line;
    }
  }
  return out;
}

// Nobody is an alternate, in a run-off, or writes beside a ranking in these elections: records of
// the corpus and vectors of section 52 have such.
const std::set<std::pair<std::string_view, std::string>> changed_elsewhere = {
    {"allocation", "alternates"},
    {"allocation", "alternates/option"},
    {"allocation", "runoff"},
    {"allocation", "runoff/option"},
    {"challenge", "choices/ranking/text"}};

class ChangedFields : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directory(record_); }

  // Makes the record of that election.
  void begin(scenario what) {
    whole_.emplace(std::move(what), seed_, add_labels);
    whole_->make();
    for (const fs::directory_entry& old : fs::directory_iterator(record_)) {
      fs::remove(old.path());
    }
    ASSERT_EQ(failing_checks(), "");
  }

  static void add_labels(stage s, small_election& e) {
    if (s == stage::roster) {
      for (board_entry& board : e.draft.election.boards) {
        for (trustee_entry& trustee : board.trustees) {
          trustee.labels = {{"en", "a trustee"}};
        }
      }
    }
  }

  // The failing checks of the draft as it stands, in their order.
  [[nodiscard]] std::string failing_checks() const {
    for (const auto& [name, content] : whole_->files()) {
      std::ofstream out(record_ / name, std::ios::binary | std::ios::trunc);
      out.write(reinterpret_cast<const char*>(content.data()),
                static_cast<std::streamsize>(content.size()));
    }
    if (raw_head_) {
      bytes framed;
      append_item(framed, item_kind::head, *raw_head_);
      std::ofstream out(record_ / head_file_name, std::ios::binary | std::ios::trunc);
      out.write(reinterpret_cast<const char*>(framed.data()),
                static_cast<std::streamsize>(framed.size()));
    }
    sequential_executor alone;
    const auto outcome = verify_record(record_, {}, alone);
    EXPECT_TRUE(outcome);
    std::string failing;
    for (const check_outcome& check : outcome->checks.checks()) {
      if (check.status == check_status::fail) {
        failing += (failing.empty() ? "" : " ") + check.id;
      }
    }
    EXPECT_EQ(outcome->accepted, failing.empty());
    return failing;
  }

  // What a party with all keys would repair: the hashes that name the item, and the head.
  std::string failing_after(framed_item& item, bytes canonical) {
    const digest32 e0 = whole_->draft.e0;
    const digest32 e1 = whole_->draft.key.election_hash;
    std::swap(item.canonical, canonical);
    if (item.kind == item_kind::manifest) {
      whole_->draft.e0 = manifest_hash(item.canonical);
    }
    if (item.kind == item_kind::election_key) {
      if (const auto key = election_key::decode(item.canonical)) {
        whole_->draft.key.election_hash = key->election_hash;
      }
    }
    whole_->list_files();
    whole_->sign_head();
    std::string failing = failing_checks();
    std::swap(item.canonical, canonical);
    whole_->draft.e0 = e0;
    whole_->draft.key.election_hash = e1;
    whole_->list_files();
    return failing;
  }

  // The head is signed again too, unless the change is in the signatures.
  std::string failing_after_head(const bytes& canonical, const located_field& f) {
    const record_head before = whole_->draft.head;
    const auto changed = record_head::decode(canonical);
    if (changed && f.path.substr(0, 6) != "quorum") {
      whole_->draft.head = *changed;
      whole_->sign_head();
    } else {
      raw_head_ = canonical;
    }
    std::string failing = failing_checks();
    raw_head_.reset();
    whole_->draft.head = before;
    return failing;
  }

  // Tries all changes of the first item that has the field; false if none has it.
  void try_changes(item_kind kind, framed_item& item, std::set<std::string>& tried) {
    const auto located = locate_fields(kind, item.canonical);
    ASSERT_TRUE(located) << name_of(kind) << " has other fields than item_fields.cpp says";
    for (const located_field& f : *located) {
      const auto changes = changes_of(f);
      if (changes.empty() || !tried.insert(f.path).second) {
        continue;
      }
      for (const change_kind change : changes) {
        const bytes canonical = changed_item(item.canonical, f, change);
        const std::string failing = kind == item_kind::head ? failing_after_head(canonical, f)
                                                            : failing_after(item, canonical);
        expect(kind, f, change, failing);
      }
    }
  }

  void expect(item_kind kind, const located_field& f, change_kind change,
              const std::string& failing) {
    const std::string what =
        std::string(name_of(kind)) + ": " + f.path + std::string(name_of_change(change));
    if (change == change_kind::no_value) {
      EXPECT_EQ(failing, kind == item_kind::ballot         ? "journal.chain ballot.elements"
                         : kind == item_kind::mix_elements ? "mix.stages"  // hashed in its stage
                                                           : "record.elements")
          << what << " is no element or scalar";
      return;
    }
    EXPECT_NE(failing, "") << what << " may be changed without a trace";
    const auto row = expected_.find(what);
    if (row == expected_.end()) {
      ADD_FAILURE() << "changed_fields.txt has no line for this field:\n"
                    << what << " -> " << failing;
      return;
    }
    EXPECT_EQ(failing, row->second) << what;
    used_.insert(what);
  }

  std::random_device::result_type seed_ = std::random_device{}();
  ::testing::ScopedTrace trace_{__FILE__, __LINE__, "seed " + std::to_string(seed_)};
  temporary_directory dir_;
  fs::path record_ = dir_.path() / "r";
  std::optional<small_election> whole_;
  std::optional<bytes> raw_head_;
  std::map<std::string, std::string> expected_ = expected_failures();
  std::set<std::string> used_;
};

TEST_F(ChangedFields, FailTheCheckThatIsAboutThem) {
  std::map<item_kind, std::set<std::string>> tried;
  const auto try_item = [&](framed_item& item) { try_changes(item.kind, item, tried[item.kind]); };
  for (scenario each : {every_field_scenario(), laws_scenario()}) {
    begin(std::move(each));
    for (auto& [section, items] : whole_->draft.items) {
      // Of the attempts of the ceremony the last one first: it is that which made the key.
      if (section == record_section::ceremony) {
        std::for_each(items.rbegin(), items.rend(), try_item);
      } else {
        std::for_each(items.begin(), items.end(), try_item);
      }
    }
    framed_item head{item_kind::head, whole_->draft.head.encode()};
    try_changes(item_kind::head, head, tried[item_kind::head]);
  }
  for (std::uint32_t number = 0; number < 1024; ++number) {
    if (!is_item_kind(number)) {
      continue;
    }
    const auto kind = static_cast<item_kind>(number);
    for (const std::string& path : paths_of(kind)) {
      EXPECT_TRUE(tried[kind].contains(path) || changed_elsewhere.contains({name_of(kind), path}))
          << "no " << name_of(kind) << " of these elections has something in " << path;
    }
  }
  for (const auto& [what, failing] : expected_) {
    EXPECT_TRUE(used_.contains(what)) << "changed_fields.txt has a line too many: " << what;
  }
  RecordProperty("changed", std::to_string(used_.size()));
}

}  // namespace
}  // namespace sandoq::testing
