#include "tools/sandoq/office/draft_record.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "published_election.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/tally/opening_sums.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

bytes content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const byte_view view = bytes_of(text);
  return {view.begin(), view.end()};
}

class DraftRecord : public ::testing::Test {
 protected:
  /// Makes the record and compares it with the one that the tests made by other means.
  void expect_the_same_record(const published_election& all) {
    const bulletin board = all.read();
    const auto election = election_of(board, *workers);
    ASSERT_TRUE(election) << to_string(election.error());
    const auto polls = polling_of(board, *election);
    ASSERT_TRUE(polls) << to_string(polls.error());
    EXPECT_TRUE(polls->missing.empty()) << polls->missing.front();
    const fs::path record = all.directory.parent_path() / "record";
    const auto draft = write_draft(
        {board, *election, *polls}, draft_extent::whole, record,
        [&](const digest32& digest) -> result<quorum> {
          EXPECT_EQ(digest, all.election.draft.head.signed_digest());
          return all.election.draft.head.signatures;
        },
        *workers);
    ASSERT_TRUE(draft) << to_string(draft.error());
    ASSERT_TRUE(draft->head);
    for (const auto& [name, content] : all.election.files()) {
      EXPECT_EQ(content_of(record / name), content) << name;
    }
  }

  /// What is missing once those files are gone.
  std::string missing_without(const std::vector<fs::path>& files, const fs::path& directory) {
    const fs::path aside = directory.parent_path() / "aside.tmp";
    std::string out;
    for (const fs::path& file : files) {
      fs::rename(file, aside);
      const auto board = bulletin::read(directory);
      EXPECT_TRUE(board);
      const auto election = election_of(*board, *workers);
      EXPECT_TRUE(election);
      const auto polls = polling_of(*board, *election);
      EXPECT_TRUE(polls) << to_string(polls.error());
      for (const std::string& each : polls->missing) {
        out += each + "\n";
      }
      fs::rename(aside, file);
    }
    return out;
  }

  /// What is wrong with what people have published.
  std::string refusal(const published_election& all, draft_extent extent) {
    const bulletin board = all.read();
    const auto election = election_of(board, *workers);
    EXPECT_TRUE(election) << to_string(election.error());
    const auto draft = look_at_draft(board, *election, extent, *workers);
    return draft ? "" : to_string(draft.error());
  }

  std::unique_ptr<executor> workers = make_executor(1);
};

TEST_F(DraftRecord, IsByteForByteTheRecordOfTheSameElection) {
  published_election all(testing::eventful_scenario());
  all.publish_all();
  expect_the_same_record(all);
}

struct message_file {
  std::string name;
  std::uint32_t kind;
  bytes canonical;
};

/// Every message that people have published, but for manifest and journals.
std::vector<message_file> messages_in(const published_election& all) {
  std::vector<message_file> out;
  const auto names = message_files_in(all.directory).value();
  for (const std::string& name : names) {
    const bytes whole = content_of(all.directory / name);
    segment_reader reader(memory_source(whole), name);
    segment_item item;
    if (name[0] == 'm' && name != "manifest.pb" && reader.next(item).value_or(false)) {
      out.push_back({name, item.kind, {item.canonical.begin(), item.canonical.end()}});
    }
  }
  return out;
}

/// Puts a copy of every published message with its last bit changed in front of it, and journals
/// that end after their opening. \return the files that must be left aside, each with what it holds
std::map<std::string, std::string> forge_everything(const published_election& all) {
  // An announcement under another key, an answer of a lot, ... are judged.
  const auto unjudged = static_cast<std::uint32_t>(exchange_kind::statement);
  std::map<std::string, std::string> out;
  for (auto [name, kind, changed] : messages_in(all)) {
    changed.back() ^= std::byte{1};
    bytes file;
    append_item(file, static_cast<item_kind>(kind), changed);
    const std::string forged = "a-" + name;
    EXPECT_TRUE(write_durably(all.directory / forged, file));
    if (kind != unjudged) {
      out.emplace(forged, name_of_message(kind));
    }
  }
  for (std::size_t i = 0; i < all.journals.size(); ++i) {
    const testing::journal_draft& journal = all.election.draft.journals[i];
    if (journal.recovery || journal.exclusion) {
      continue;
    }
    bytes opening_alone;
    append_item(opening_alone, item_kind::opening, journal.opening.encode());
    opening_item of_nobody = journal.opening;
    of_nobody.signatures.boards[0][0].signature.octets[40] ^= std::byte{1};
    bytes unsigned_journal;
    append_item(unsigned_journal, item_kind::opening, of_nobody.encode());
    for (const auto& [begin, file] :
         {std::pair{"a-short-", opening_alone}, std::pair{"a-false-", unsigned_journal}}) {
      const std::string name = begin + std::to_string(i) + ".pb";
      EXPECT_TRUE(write_durably(all.directory / name, file));
      out.emplace(name, "journal");
    }
  }
  return out;
}

/// Of every kind of message, and of every kind that is stated, one that is too short, too long, and
/// empty, in front of everything else. \return the files
std::map<std::string, std::string> misshape_every_kind(const published_election& all) {
  std::map<std::string, bytes> kinds;
  for (const auto& [name, kind, message] : messages_in(all)) {
    const auto what = statement::decode(message);
    const bool is_statement = kind == static_cast<std::uint32_t>(statement::kind);
    kinds.emplace(fmt::format("{}-{}", kind, is_statement ? name_of(what->of) : ""), message);
  }
  kinds.emplace("105-", trustee_enrolment{}.encode());
  kinds.emplace("106-", authority_enrolment{}.encode());
  kinds.emplace("107-", agreed_quorum{item_kind::close, {}, {{{{1, {}}}}}}.encode());
  std::map<std::string, std::string> out;
  const auto put = [&](const std::string& key, int shape, const bytes& message) {
    const auto kind = static_cast<std::uint32_t>(std::stoul(key));
    const std::string name = fmt::format("0-{}-{}.pb", key, shape);
    bytes file;
    append_item(file, static_cast<item_kind>(kind), message);
    EXPECT_TRUE(write_durably(all.directory / name, file));
    out.emplace(name, name_of_message(kind));
  };
  for (const auto& [key, message] : kinds) {
    bytes shorter = message;
    shorter.pop_back();
    bytes longer = message;
    longer.push_back(std::byte{0});
    put(key, 0, shorter);
    put(key, 1, longer);
    put(key, 2, {});
    put(key, 3, bytes(3));
    if (auto what = statement::decode(message); what && key.rfind("100-", 0) == 0) {
      what->body.push_back(std::byte{0});
      put(key, 4, what->encode());
      what->body.resize(what->body.size() - 2);
      put(key, 5, what->encode());
    }
  }
  return out;
}

// Whoever carries files can put anything in, under any name: honest people go on, and are told.
TEST_F(DraftRecord, ForgedMessagesChangeNothing) {
  published_election all(testing::tiny_eventful_scenario());
  all.publish_all();
  auto forged = forge_everything(all);
  std::set<std::string> kinds;
  for (const auto& [name, kind] : forged) {
    kinds.insert(kind);
  }
  EXPECT_EQ(kinds,
            (std::set<std::string>{"announcement", "attributes", "dkg_absence", "dkg_commit",
                                   "dkg_complaint", "dkg_confirm", "dkg_deal", "dkg_reveal",
                                   "journal", "lot_reveal", "partial", "signature", "tokens"}));
  auto misshapen = misshape_every_kind(all);
  EXPECT_EQ(misshapen.size(), 108U);
  forged.merge(misshapen);
  const auto board = bulletin::read(all.directory);
  ASSERT_TRUE(board) << to_string(board.error());
  std::set<std::string> left;
  for (const ignored_message& each : board->left_aside()) {
    left.insert(each.file);
  }
  expect_the_same_record(all);
  for (const auto& [name, kind] : forged) {
    EXPECT_TRUE(left.contains(name)) << name << ": " << kind;
  }
}

TEST_F(DraftRecord, TwoListsOfTokensThatADeviceHasSigned) {
  published_election all(testing::eventful_scenario());
  all.publish_ceremony();
  all.publish_polls();
  std::size_t device = 0;
  while (all.election.draft.journals[device].opening.place.device.value() != 1) {
    ++device;
  }
  const auto kind = static_cast<std::uint32_t>(exchange_kind::tokens);
  const device_place& place = all.election.draft.journals[device].opening.place;
  const auto list = [&] {
    const bulletin board = all.read();
    const auto lists = board.all<device_tokens>(kind).value();
    for (const device_tokens& each : lists) {
      if (each.place == place) {
        return each;
      }
    }
    return device_tokens{};
  };
  const device_tokens newest = list();
  ASSERT_FALSE(newest.tokens.empty());
  // An older list, which the newest has grown out of, changes nothing.
  device_tokens older = newest;
  older.tokens.pop_back();
  all.sign_tokens(device, older);
  all.put(older.kind, older.encode());
  EXPECT_EQ(list(), newest);
  // One that was changed by somebody else is none.
  device_tokens forged = newest;
  forged.tokens.back().hash = digest32{all.election.random().octets<32>()};
  std::sort(forged.tokens.begin(), forged.tokens.end());
  const fs::path file = all.put(forged.kind, forged.encode());
  EXPECT_EQ(list(), newest);
  fs::remove(file);
  // Two that the device has signed and that contradict each other stop the work.
  all.sign_tokens(device, forged);
  const fs::path other = all.put(forged.kind, forged.encode());
  const auto two = bulletin::read(all.directory);
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().code, errc::duplicate);
  EXPECT_NE(to_string(two.error()).find(other.filename().string()), std::string::npos);
}

TEST_F(DraftRecord, HasSubtotalsAndTies) {
  published_election all(eventful());
  all.publish_all();
  expect_the_same_record(all);
}

TEST_F(DraftRecord, SaysWhatIsMissing) {
  published_election all(eventful());
  all.publish_all();
  const auto expect = [&](const std::vector<fs::path>& files, const std::string& words) {
    ASSERT_FALSE(files.empty()) << words;
    const std::string missing = missing_without({files.front()}, all.directory);
    EXPECT_NE(missing.find(words), std::string::npos) << missing;
  };
  expect(all.journals, "its journal");
  expect(all.statements[item_kind::close], "its close");
  expect(all.signatures[item_kind::close], "signatures under its close (1 more of board ");
  expect(all.signatures[item_kind::recovery], "signatures under its recovery");
  expect(all.statements[item_kind::eligibility], "the log of its tokens (sandoq close)");
  expect(all.signatures[item_kind::eligibility], "signatures under the log of its tokens");
}

TEST_F(DraftRecord, IsJudgedBeforeAnythingIsOpened) {
  published_election all(eventful());
  all.publish_ceremony();
  all.publish_polls();
  const bulletin board = all.read();
  const auto election = election_of(board, *workers);
  ASSERT_TRUE(election) << to_string(election.error());
  const auto draft = look_at_draft(board, *election, draft_extent::counted, *workers);
  ASSERT_TRUE(draft) << to_string(draft.error());
  EXPECT_EQ(draft->nodes, all.election.draft.nodes);
  EXPECT_EQ(draft->closings, all.election.draft.openings.front().request.closings);
}

TEST_F(DraftRecord, LaterSignaturesChangeNothingThatIsAgreed) {
  published_election all(testing::small_scenario());
  all.publish_ceremony();
  all.publish_polls();
  bulletin board = all.read();
  const auto election = election_of(board, *workers);
  ASSERT_TRUE(election) << to_string(election.error());
  const auto polls = polling_of(board, *election);
  ASSERT_TRUE(polls);
  // Only trustees 2 and 3 of board 0 have signed this close; then trustee 1 does.
  const polled_device& device = polls->devices.front();
  const signed_message message = message_of(*device.ending, election->hashes).value();
  const auto of_trustees = [&](std::initializer_list<std::uint32_t> numbers) {
    std::vector<quorum_signature> out;
    for (const std::uint32_t number : numbers) {
      out.push_back({number, all.election.sign_as(0, number, message)});
    }
    return out;
  };
  quorum late = *device.signatures;
  late.boards[0] = of_trustees({2, 3});
  ASSERT_TRUE(agree(board, *device.ending, late, election->hashes));
  const auto now = polling_of(all.read(), *election);
  ASSERT_TRUE(now);
  EXPECT_EQ(now->devices.front().signatures, late);
  EXPECT_NE(now->devices.front().signatures, device.signatures);
  // Another agreement about the same statement is refused.
  EXPECT_FALSE(agree(board, *device.ending, *device.signatures, election->hashes));
  ASSERT_TRUE(agree_on_all(board, *election, *now));
}

TEST_F(DraftRecord, AnAgreementThatDoesNotHoldIsNone) {
  published_election all(eventful());
  all.publish_ceremony();
  all.publish_polls();
  bulletin board = all.read();
  const auto election = election_of(board, *workers);
  const auto before = polling_of(board, *election);
  ASSERT_TRUE(before);
  for (const polled_device& device : before->devices) {
    quorum bad = *device.signatures;
    bad.boards[0][0].signature.octets[40] ^= std::byte{1};
    ASSERT_TRUE(agree(board, *device.ending, bad, election->hashes));
  }
  // Neither in the bulletin of the program that has taken them up, nor in one that reads them.
  const bulletin again = all.read();
  EXPECT_EQ(again.left_aside().size(), before->devices.size());
  for (const bulletin* each : {static_cast<const bulletin*>(&board), &again}) {
    const auto after = polling_of(*each, *election);
    ASSERT_TRUE(after);
    for (std::size_t i = 0; i < after->devices.size(); ++i) {
      EXPECT_EQ(after->devices[i].signatures, before->devices[i].signatures);
    }
  }
}

TEST_F(DraftRecord, TrusteesSignTheirOwnHeadOnly) {
  published_election all(eventful());
  all.publish_all();
  const statement own = state_head(all.election.draft.head);
  const auto good = check_head_statement(all.read(), own, *workers);
  EXPECT_TRUE(good) << to_string(good.error());
  record_head other = all.election.draft.head;
  ++other.cast_ballots;
  EXPECT_FALSE(check_head_statement(all.read(), state_head(other), *workers));
  ASSERT_FALSE(all.messages[item_kind::partial].empty());
  fs::remove(all.messages[item_kind::partial].front());
  const auto less = check_head_statement(all.read(), own, *workers);
  ASSERT_FALSE(less);
  const std::string board = "(board " + all.election.draft.election.boards[0].id + " has ";
  EXPECT_NE(to_string(less.error()).find(board), std::string::npos) << to_string(less.error());
}

TEST_F(DraftRecord, TrusteesSignTheirOwnLogOfTokensOnly) {
  published_election all(testing::eventful_scenario());
  all.publish_ceremony();
  all.publish_polls();
  ASSERT_FALSE(all.election.draft.eligibility.empty());
  eligibility_item log = all.election.draft.eligibility.front();
  const auto good =
      check_eligibility_statement(all.read(), state(item_kind::eligibility, log), *workers);
  EXPECT_TRUE(good) << to_string(good.error());
  log.tokens.front().style = style_index{log.tokens.front().style.value() ^ 1U};
  EXPECT_FALSE(
      check_eligibility_statement(all.read(), state(item_kind::eligibility, log), *workers));
  fs::remove(all.tokens.front());
  const auto less = check_eligibility_statement(
      all.read(), state(item_kind::eligibility, all.election.draft.eligibility.front()), *workers);
  ASSERT_FALSE(less);
  EXPECT_NE(to_string(less.error()).find("its tokens are not published"), std::string::npos);
}

// Journals that the boards have ended otherwise than their devices: of an exclusion the evidence
// counts, of a recovery the ballots.
TEST_F(DraftRecord, ChangedJournalsAreNoticed) {
  published_election all(testing::eventful_scenario());
  all.publish_ceremony();
  all.publish_polls();
  const fs::path aside = all.directory.parent_path() / "aside.tmp";
  std::size_t changed = 0;
  for (std::size_t i = 0; i < all.journals.size(); ++i) {
    const testing::journal_draft& journal = all.election.draft.journals[i];
    if (!journal.exclusion && !journal.recovery) {
      continue;
    }
    ++changed;
    bytes shorter;
    append_item(shorter, item_kind::opening, journal.opening.encode());
    fs::rename(all.journals[i], aside);
    ASSERT_TRUE(write_durably(all.journals[i], shorter));
    const bulletin board = all.read();
    ASSERT_EQ(board.left_aside().size(), 1U);
    EXPECT_EQ(board.left_aside()[0].file, all.journals[i].filename().string());
    EXPECT_NE(board.left_aside()[0].reason.find("with another journal"), std::string::npos);
    const std::string words = refusal(all, draft_extent::counted);
    EXPECT_NE(words.find(journal.exclusion ? "the record keeps as evidence" : ": its journal ("),
              std::string::npos)
        << words;
    fs::rename(aside, all.journals[i]);
  }
  EXPECT_EQ(changed, 2U);
  EXPECT_EQ(refusal(all, draft_extent::counted), "");
}

// However many heads and logs are stated, the own ones are made once.
TEST_F(DraftRecord, IsMadeOnceForAllThatIsStated) {
  published_election all(eventful());
  all.publish_all();
  const bulletin board = all.read();
  const auto election = election_of(board, *workers);
  ASSERT_TRUE(election) << to_string(election.error());
  own_count own(board, *election, *workers);
  const statement head = state_head(all.election.draft.head);
  const statement log = state(item_kind::eligibility, all.election.draft.eligibility.front());
  const auto signable = [&] { return own.check_head(head) && own.check_log(log); };
  EXPECT_TRUE(signable());
  for (const fs::path& journal : all.journals) {
    fs::remove(journal);
  }
  EXPECT_TRUE(signable()) << "no journal is read a second time";
  own.forget();
  EXPECT_FALSE(own.check_head(head));
  EXPECT_FALSE(own.check_log(log));
}

// A request says of what it is: everybody compares that with the own count.
TEST_F(DraftRecord, RequestsAreOfTheseJournals) {
  published_election all(eventful());
  all.publish_all();
  const std::vector<fs::path>& stated = all.statements[item_kind::request];
  ASSERT_GT(stated.size(), 1U);
  const fs::path aside = all.directory.parent_path() / "aside.tmp";
  fs::rename(stated.front(), aside);
  const std::string gap = "request 1: is not in this bulletin, but a later one is signed";
  EXPECT_NE(refusal(all, draft_extent::whole).find(gap), std::string::npos)
      << refusal(all, draft_extent::whole);
  const opening_request& request = all.election.draft.openings.front().request;
  opening_request others = request;
  others.closings.octets[0] ^= std::byte{1};
  opening_request more = request;
  ++more.ballots;
  for (const auto& [changed, words] :
       {std::pair{others, "when the journals, or the signatures under their ends, were others"},
        std::pair{more, "is not what the journals of this bulletin come to"}}) {
    const statement what = state(item_kind::request, changed);
    std::vector<fs::path> files{all.put(what.kind, what.encode())};
    // Nobody's word for it is nothing; that of the boards stops the work.
    EXPECT_NE(refusal(all, draft_extent::whole).find(gap), std::string::npos);
    for (const fs::path& file : all.sign_statement(what, request.signatures)) {
      files.push_back(file);
    }
    EXPECT_NE(refusal(all, draft_extent::whole).find(words), std::string::npos)
        << refusal(all, draft_extent::whole);
    for (const fs::path& file : files) {
      fs::remove(file);
    }
  }
  fs::rename(aside, stated.front());
  EXPECT_EQ(refusal(all, draft_extent::whole), "");
}

// Before the boards have signed anything, whoever copies a request and changes it stops nobody.
TEST_F(DraftRecord, OnlyRequestsThatFollowFromTheCountAreTaken) {
  published_election all(eventful());
  all.publish_all();
  for (const fs::path& file : all.signatures[item_kind::request]) {
    fs::remove(file);
  }
  const auto election = election_of(all.read(), *workers);
  ASSERT_TRUE(election) << to_string(election.error());
  const opening_grounds grounds = grounds_of(all.election.draft.election, all.election.draft.nodes);
  const auto& openings = all.election.draft.openings;
  const request_test fits =
      fits_count(grounds, all.election.draft.nodes, openings.front().request.closings, {});
  const auto chain = [&](const request_test& test) {
    return requests_of(all.read(), *election, test);
  };
  const auto expect_the_same = [&](const std::string& what) {
    const auto requests = chain(fits);
    ASSERT_TRUE(requests) << what << ": " << to_string(requests.error());
    ASSERT_EQ(requests->size(), openings.size()) << what;
    for (std::size_t i = 0; i < openings.size(); ++i) {
      EXPECT_EQ((*requests)[i].hash(), openings[i].request.hash()) << what;
    }
  };
  const auto put = [&](const opening_request& request) {
    const statement what = state(item_kind::request, request);
    all.put(what.kind, what.encode());
  };
  expect_the_same("unsigned");
  ASSERT_GT(openings.size(), 1U);
  for (const std::size_t at : {std::size_t{0}, openings.size() - 1}) {
    opening_request of_another = openings[at].request;
    of_another.election_hash.octets[31] ^= std::byte{1};
    put(of_another);
    opening_request of_a_drill = openings[at].request;
    of_a_drill.domain =
        of_a_drill.domain == election_domain::real ? election_domain::drill : election_domain::real;
    put(of_a_drill);
    expect_the_same("of another election");
  }
  for (std::size_t i = 1; i < openings.size(); ++i) {
    opening_request out_of_turn = openings[i].request;
    out_of_turn.number = 1;
    out_of_turn.previous = {};
    put(out_of_turn);
  }
  expect_the_same("out of turn");
  for (const auto& each : openings) {
    opening_request again = each.request;
    again.number = static_cast<std::uint32_t>(openings.size()) + 1;
    again.previous = openings.back().request.hash();
    put(again);
  }
  expect_the_same("what the policy forbids");
  // Of two that fit, the one that a trustee has signed; signatures of anybody else are none.
  opening_request rival = openings.front().request;
  rival.closings.octets[0] ^= std::byte{1};
  put(rival);
  const statement genuine = state(item_kind::request, openings.front().request);
  const auto without_a_count = [](const sum_or_list_request& either, const auto&) {
    const auto& request = std::get<opening_request>(either);
    return request.number == 1 && request.places.size() == 1;
  };
  EXPECT_EQ(chain(without_a_count).error().code, errc::duplicate);
  const quorum one{{{openings.front().request.signatures.boards[0].front()}, {}}};
  (void)all.sign_statement(genuine, one);
  const auto preferred = chain(without_a_count);
  ASSERT_TRUE(preferred) << to_string(preferred.error());
  EXPECT_EQ(preferred->front().hash(), openings.front().request.hash());
  (void)all.sign_statement(state(item_kind::request, rival), one);
  EXPECT_EQ(chain(without_a_count).error().code, errc::duplicate);
}

TEST_F(DraftRecord, AttributesAreOfThoseWhoTied) {
  published_election all(testing::eventful_scenario());
  all.publish_all();
  ASSERT_FALSE(all.messages[item_kind::attributes].empty());
  fs::remove(all.messages[item_kind::attributes].front());
  const tie_attributes& whole = all.election.draft.ties.attributes.front();
  const contest_entry& contest = all.election.draft.election.contests[whole.contest.value()];
  const auto put_signed = [&](tie_attributes item) {
    item.signature = sign(all.election.authority_key(),
                          signed_message{"attributes", all.election.context().domain(),
                                         all.election.context().e1(), item.signed_digest()},
                          all.election.random())
                         .value();
    return all.put(item_kind::attributes, item.encode());
  };
  const auto look = [&] {
    const bulletin board = all.read();
    const auto election = election_of(board, *workers);
    return look_at_draft(board, *election, draft_extent::whole, *workers);
  };
  tie_attributes fewer = whole;
  fewer.options.pop_back();
  put_signed(fewer);
  const auto waiting = look();
  ASSERT_TRUE(waiting) << to_string(waiting.error());
  ASSERT_EQ(waiting->opening.tied.size(), 1U);
  EXPECT_NE(waiting->opening.tied[0].find(
                "(" + contest.options[whole.options.back().option.value()].id + ")"),
            std::string::npos)
      << waiting->opening.tied[0];
  EXPECT_TRUE(waiting->opening.ties.empty()) << "of ties that stay open nothing is told";
  // What the authority states later goes before, if it says all that was said.
  put_signed(whole);
  const auto decided = look();
  ASSERT_TRUE(decided) << to_string(decided.error());
  EXPECT_TRUE(decided->opening.tied.empty());
  EXPECT_EQ(decided->opening.ties.attributes.front().options, whole.options);
  tie_attributes more = whole;
  ASSERT_LT(whole.options.size(), contest.options.size());
  for (std::uint32_t o = 0; o < contest.options.size(); ++o) {
    const auto at = std::find_if(more.options.begin(), more.options.end(),
                                 [o](const auto& each) { return each.option.value() >= o; });
    if (at == more.options.end() || at->option.value() != o) {
      more.options.insert(at, {option_index{o}, whole.options.front().values});
    }
  }
  const fs::path too_many = put_signed(more);
  EXPECT_NE(refusal(all, draft_extent::whole).find("are of others too"), std::string::npos);
  fs::remove(too_many);
  tie_attributes other = whole;
  other.options.front().values.front() += 1;
  put_signed(other);
  EXPECT_EQ(bulletin::read(all.directory).error().code, errc::duplicate);
}

TEST_F(DraftRecord, ADeviceEndsInOneWay) {
  published_election all(testing::small_scenario());
  all.publish_ceremony();
  const auto election = election_of(all.read(), *workers);
  ASSERT_TRUE(election) << to_string(election.error());
  const auto none = polling_of(all.read(), *election);
  ASSERT_TRUE(none);
  ASSERT_FALSE(none->missing.empty());
  EXPECT_NE(none->missing.front().find("no device has announced itself"), std::string::npos);
  all.publish_polls();
  recovery_item also;
  also.place = all.election.draft.journals.front().opening.place;
  const statement what = state(item_kind::recovery, also);
  all.put(what.kind, what.encode());
  // Anybody can state a recovery; the boards must not sign it beside the close.
  const auto one = polling_of(all.read(), *election);
  ASSERT_TRUE(one) << to_string(one.error());
  EXPECT_EQ(one->devices.front().ending->of, item_kind::close);
  (void)all.sign_statement(what, all.election.draft.journals.front().close.signatures);
  const auto two = polling_of(all.read(), *election);
  ASSERT_FALSE(two);
  EXPECT_NE(to_string(two.error()).find("(close, recovery) are both signed"), std::string::npos)
      << to_string(two.error());
}

}  // namespace
}  // namespace sandoq::tool
