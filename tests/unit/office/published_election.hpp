#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/record/segment.hpp"
#include "tests/support/small_election.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tools/sandoq/office/bulletin.hpp"
#include "tools/sandoq/office/list_file.hpp"
#include "tools/sandoq/office/own_count.hpp"
#include "tools/sandoq/office/running_election.hpp"
#include "tools/sandoq/office/statements.hpp"

namespace sandoq::tool {

/// With tokens, a recovery, an exclusion, a subtotal and a tie.
[[nodiscard]] inline testing::scenario eventful() {
  testing::scenario out = testing::tiny_eventful_scenario();
  out.cheats.clear();
  out.absent.clear();
  return out;
}

/// A small election, made by the tests' own means, whose parts are put into a bulletin as people on
/// separate machines would have published them.
class published_election {
 public:
  explicit published_election(testing::scenario plan, std::uint64_t seed = testing::test_seed(),
                              testing::small_election::tampering tamper = {})
      : election(std::move(plan), seed, std::move(tamper)), directory(place_.path() / "bulletin") {
    election.make();
    must(bulletin::create(directory, election.draft.election.encode()));
  }

  /// Messages of the ceremony.
  void publish_ceremony() {
    for (const ceremony_items& items : election.draft.attempts()) {
      put_all(item_kind::dkg_absence, items.absences);
      put_all(item_kind::dkg_commit, items.commits);
      put_all(item_kind::dkg_reveal, items.reveals);
      put_all(item_kind::dkg_deal, items.deals);
      put_all(item_kind::dkg_complaint, items.complaints);
      put_all(item_kind::dkg_confirm, items.confirms);
    }
  }

  /// Announcements, journals without what ends them, endings, tokens, commitments to a lot.
  void publish_polls() {
    for (std::size_t i = 0; i < election.draft.journals.size(); ++i) {
      publish_journal(election.draft.journals[i]);
      publish_tokens(i);
    }
    for (const eligibility_item& each : election.draft.eligibility) {
      publish_signed(item_kind::eligibility, each, election.draft.key.election_hash);
    }
    for (const lot_commit& each : election.draft.lot_commits) {
      const statement what = state(item_kind::lot_commit, each);
      put(what.kind, what.encode());
      for (const quorum_signature& own : each.signatures) {
        put_signature(what, each.board.value(), own, election.draft.key.election_hash);
      }
    }
  }

  /// The stages of every group with their lists.
  void publish_mix() {
    for (const testing::mixed_draft& group : election.draft.mixed) {
      for (const mixed_stage& each : group.stages) {
        messages[item_kind::mix_stage].push_back(put_stage(each));
      }
    }
  }
  std::filesystem::path put_stage(const mixed_stage& each) {
    return put_list(item_kind::mix_stage, each.item.encode(), each.outputs);
  }
  std::filesystem::path put_list(item_kind kind, byte_view canonical, byte_view elements) {
    const auto path = directory / ("l" + std::to_string(++files_) + ".pb");
    must(write_durably(path, list_file(number(kind), canonical, elements)));
    return path;
  }

  /// Requests with their answers, and what breaks ties.
  void publish_openings() {
    for (const testing::mixed_draft& group : election.draft.mixed) {
      publish_signed(item_kind::list_request, group.request, election.draft.key.election_hash);
      for (const list_answer& each : group.answers) {
        messages[item_kind::list_partial].push_back(
            put_list(item_kind::list_partial, each.item.encode(), each.factors));
      }
    }
    for (const testing::opening_draft& each : election.draft.openings) {
      publish_signed(item_kind::request, each.request, election.draft.key.election_hash);
      put_all(item_kind::partial, each.partials);
    }
    put_all(item_kind::attributes, election.draft.ties.attributes);
    put_all(item_kind::lot_reveal, election.draft.ties.reveals);
    if (election.draft.ties.beacon) {
      publish_signed(item_kind::lot_beacon, *election.draft.ties.beacon,
                     election.draft.key.election_hash);
    }
  }

  void publish_all() {
    publish_ceremony();
    publish_polls();
    publish_mix();
    publish_openings();
  }

  [[nodiscard]] bulletin read() const {
    auto out = bulletin::read(directory);
    EXPECT_TRUE(out) << to_string(out.error());
    return std::move(*out);
  }

  /// Writes a message as a file of its own.
  template <class Kind>
  std::filesystem::path put(Kind kind, byte_view canonical) {
    bytes file;
    append_item(file, static_cast<item_kind>(kind), canonical);
    const auto path = directory / ("m" + std::to_string(++files_) + ".pb");
    must(write_durably(path, file));
    return path;
  }

  /// Signs a statement as the trustees of another quorum. \return the files of the signatures.
  std::vector<std::filesystem::path> sign_statement(const statement& what, const quorum& signers) {
    std::vector<std::filesystem::path> out;
    const auto message = message_of(what, {election.draft.election.domain, election.draft.e0,
                                           election.draft.key.election_hash});
    for (std::uint32_t b = 0; b < signers.boards.size(); ++b) {
      for (const quorum_signature& own : signers.boards[b]) {
        const statement_signature signature{what.of, message.value().digest, board_index{b},
                                            trustee_index{own.trustee},
                                            election.sign_as(b, own.trustee, message.value())};
        out.push_back(put(signature.kind, signature.encode()));
      }
    }
    return out;
  }

  /// As the device of that journal of the draft.
  void sign_tokens(std::size_t journal, device_tokens& own) {
    auto signature = sign(election.device_key(journal), own.message(election.context().chain()),
                          election.random());
    must(signature ? result<void>{} : result<void>(tl::unexpected(signature.error())));
    own.signature = signature.value();
  }

  /// Files of the statements of one kind, and of the signatures under them.
  std::map<item_kind, std::vector<std::filesystem::path>> statements;
  std::map<item_kind, std::vector<std::filesystem::path>> signatures;
  std::map<item_kind, std::vector<std::filesystem::path>> messages;
  std::vector<std::filesystem::path> journals;
  std::vector<std::filesystem::path> tokens;

  testing::small_election election;

 private:
  static void must(const result<void>& done) {
    if (!done) {
      ADD_FAILURE() << to_string(done.error());
    }
  }

  template <class Items>
  void put_all(item_kind kind, const Items& items) {
    for (const auto& item : items) {
      messages[kind].push_back(put(kind, item.encode()));
    }
  }

  void put_signature(const statement& what, std::size_t board, const quorum_signature& own,
                     const digest32& e1) {
    const auto message = message_of(what, {election.draft.election.domain, election.draft.e0, e1});
    const statement_signature out{what.of, message.value().digest,
                                  board_index{static_cast<std::uint32_t>(board)},
                                  trustee_index{own.trustee}, own.signature};
    signatures[what.of].push_back(put(out.kind, out.encode()));
  }

  template <class Item>
  void publish_signed(item_kind of, const Item& item, const digest32& e1) {
    const statement what = state(of, item);
    statements[of].push_back(put(what.kind, what.encode()));
    for (std::size_t b = 0; b < item.signatures.boards.size(); ++b) {
      for (const quorum_signature& own : item.signatures.boards[b]) {
        put_signature(what, b, own, e1);
      }
    }
  }

  void publish_journal(const testing::journal_draft& journal) {
    announcement announced{journal.opening};
    announced.opening.board_roots.clear();
    announced.opening.signatures = {};
    put(announced.kind, announced.encode());
    publish_signed(item_kind::opening, journal.opening, election.draft.key.election_hash);
    bytes file;
    for (const journal_entry& entry : journal.entries()) {
      if (entry.kind != journal_kind::close && entry.kind != journal_kind::recovery &&
          entry.kind != journal_kind::exclusion) {
        append_item(file, static_cast<item_kind>(entry.kind), entry.canonical);
      }
    }
    journals.push_back(directory / ("j" + std::to_string(++files_) + ".pb"));
    must(write_durably(journals.back(), file));
    const digest32& e1 = election.draft.key.election_hash;
    if (journal.exclusion) {
      publish_signed(item_kind::exclusion, *journal.exclusion, e1);
    } else if (journal.recovery) {
      publish_signed(item_kind::recovery, *journal.recovery, e1);
    } else {
      publish_signed(item_kind::close, journal.close, e1);
    }
  }

  /// The record tells only the tokens of a branch: its first device has them all.
  void publish_tokens(std::size_t journal) {
    const device_place& place = election.draft.journals[journal].opening.place;
    for (const eligibility_item& log : election.draft.eligibility) {
      if (log.branch == place.branch) {
        device_tokens own{place, {}, {}};
        if (place.device.value() == 1) {
          own.tokens = log.tokens;
        }
        sign_tokens(journal, own);
        tokens.push_back(put(own.kind, own.encode()));
      }
    }
  }

  testing::temporary_directory place_;
  int files_ = 0;

 public:
  std::filesystem::path directory;
};

/// What keeps the program of a trustee with this bulletin from signing a head.
inline result<void> check_head_statement(const bulletin& board, const statement& head,
                                         executor& workers) {
  const auto election = election_of(board, workers);
  return election ? own_count(board, *election, workers).check_head(head)
                  : result<void>(tl::unexpected(election.error()));
}
/// And a log of tokens.
inline result<void> check_eligibility_statement(const bulletin& board, const statement& log,
                                                executor& workers) {
  const auto election = election_of(board, workers);
  return election ? own_count(board, *election, workers).check_log(log)
                  : result<void>(tl::unexpected(election.error()));
}

}  // namespace sandoq::tool
