// Faults of what the boards write into the ballot files: recoveries, exclusions, eligibility logs.

#include <algorithm>

#include "sandoq/ballot/eligibility.hpp"
#include "tests/support/record_faults.hpp"

namespace sandoq::testing {

namespace {

// A fault of a record in which all of it occurs.
record_fault eventful(std::string name, check_id fails, small_election::tampering tamper) {
  return {std::move(name), fails, std::move(tamper), {}, eventful_scenario};
}

journal_draft& excluded_journal_of(small_election& e) {
  return *std::find_if(e.draft.journals.begin(), e.draft.journals.end(),
                       [](const journal_draft& j) { return j.exclusion.has_value(); });
}

void give_away_a_signature(quorum& signatures) {
  std::swap(signatures.boards[1][0].signature, signatures.boards[1][1].signature);
}

std::vector<record_fault> recovery_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  const auto at_recovery = [](auto change) {
    return when(stage::recovery, [change](small_election& e) { change(*journal_of(e).recovery); });
  };
  out.push_back(eventful("counters of a recovery", journal_close, at_recovery([](recovery_item& r) {
                           ++r.counters.committed;
                           ++r.counters.voided;
                         })));
  out.push_back(eventful("counters of a recovery that do not add up", journal_close,
                         at_recovery([](recovery_item& r) { ++r.counters.committed; })));
  out.push_back(eventful("the last link of a recovery", journal_close,
                         at_recovery([](recovery_item& r) { flip(r.last_link.octets); })));
  out.push_back(eventful("the boards' signatures of a recovery", journal_close,
                         when(stage::recovery_signed, [](small_election& e) {
                           give_away_a_signature(journal_of(e).recovery->signatures);
                         })));
  out.push_back(eventful("a recovery for another device", journal_order,
                         at_recovery([](recovery_item& r) { r.place.device = device_index(1); })));
  return out;
}

std::vector<record_fault> exclusion_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  const auto at_exclusion = [](auto change) {
    return when(stage::exclusion,
                [change](small_election& e) { change(*journal_of(e).exclusion); });
  };
  for (const std::uint8_t reason : {std::uint8_t{0}, std::uint8_t{6}}) {
    out.push_back(eventful("an exclusion of reason " + std::to_string(reason), journal_exclusions,
                           at_exclusion([reason](exclusion_item& x) {
                             x.reason = static_cast<exclusion_reason>(reason);
                           })));
  }
  out.push_back(eventful("another reason without a remark", journal_exclusions,
                         at_exclusion([](exclusion_item& x) { x.remark.clear(); })));
  out.push_back(eventful("the hash of the evidence", journal_exclusions,
                         at_exclusion([](exclusion_item& x) { flip(x.evidence.octets, 31); })));
  out.push_back(eventful("the boards' signatures of an exclusion", journal_exclusions,
                         when(stage::exclusion_signed, [](small_election& e) {
                           give_away_a_signature(journal_of(e).exclusion->signatures);
                         })));
  out.push_back(eventful("evidence that was exchanged", journal_exclusions,
                         when(stage::nodes, [](small_election& e) {
                           ++excluded_journal_of(e).ballots[0].ballot.time.value;
                         })));
  out.push_back(eventful("an exclusion that swallows the next journal", record_items,
                         at_exclusion([](exclusion_item& x) { ++x.items; })));
  out.push_back(eventful("evidence of another device", journal_order,
                         when(stage::nodes, [](small_election& e) {
                           excluded_journal_of(e).opening.place.device = device_index(2);
                         })));
  out.push_back(
      eventful("an exclusion of a device that is not the next", journal_order,
               at_exclusion([](exclusion_item& x) { x.place.device = device_index(2); })));
  out.push_back(eventful("a signature of an exclusion that is no element", record_elements,
                         when(stage::exclusion_signed, [](small_election& e) {
                           const auto no = bytes_of_no_element();
                           auto& board = journal_of(e).exclusion->signatures.boards[0];
                           std::copy(no.begin(), no.end(), board[0].signature.octets.begin());
                         })));
  return out;
}

// The place of the first eligibility log among the items of the ballot files.
std::size_t first_log(const std::vector<framed_item>& items) {
  const auto at = std::find_if(items.begin(), items.end(), [](const framed_item& item) {
    return item.kind == item_kind::eligibility;
  });
  return static_cast<std::size_t>(at - items.begin());
}

std::vector<record_fault> log_order_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  out.push_back(
      eventful("a log of another branch", journal_order, when(stage::items, [](small_election& e) {
                 auto& items = items_of(e, record_section::ballots);
                 bytes& canonical = items[first_log(items)].canonical;
                 auto log = *eligibility_item::decode(canonical);
                 log.branch = e.context().index().branches()[1];
                 canonical = log.encode();
               })));
  out.push_back(eventful("a journal after the log of its branch", journal_order,
                         when(stage::items, [](small_election& e) {
                           auto& items = items_of(e, record_section::ballots);
                           const std::size_t log = first_log(items);
                           // The branch's second device is left with one ballot: four items.
                           const auto end = items.begin() + static_cast<std::ptrdiff_t>(log);
                           std::rotate(end - 4, end, end + 1);
                         })));
  out.push_back(
      eventful("two logs of a branch", record_items, when(stage::items, [](small_election& e) {
                 auto& items = items_of(e, record_section::ballots);
                 const std::size_t log = first_log(items);
                 const framed_item copy = items[log];
                 items.insert(items.begin() + static_cast<std::ptrdiff_t>(log), copy);
               })));
  return out;
}

std::vector<record_fault> log_faults() {
  using enum check_id;
  std::vector<record_fault> out;
  const auto at_log = [](auto change, int turn = 1) {
    return when(
        stage::eligibility, [change](small_election& e) { change(e.draft.eligibility.back()); },
        turn);
  };
  out.push_back(eventful("a branch without its log", eligibility_logs,
                         when(
                             stage::eligibility_signed,
                             [](small_election& e) { e.draft.eligibility.pop_back(); }, 2)));
  out.push_back(
      {"a log that nobody asked for", eligibility_logs, when(stage::nodes, [](small_election& e) {
         const branch_index last = e.context().index().branches().back();
         auto log = *make_eligibility_log(
             e.context().chain(), last,
             std::vector<accepted_token>{{e.random().octets<32>(), style_index(0)}});
         log.signatures = e.sign_quorum(board_message(e.context().chain(), log));
         e.draft.eligibility.push_back(log);
       })});
  out.push_back(eventful(
      "tokens in the order of voting", eligibility_logs,
      at_log([](eligibility_item& log) { std::swap(log.tokens.front(), log.tokens.back()); })));
  out.push_back(
      eventful("a token of a style that is not given there", eligibility_logs,
               at_log([](eligibility_item& log) { log.tokens[1].style = style_index(0); })));
  out.push_back(eventful("a token of another style than the ballot's", eligibility_logs,
                         at_log(
                             [](eligibility_item& log) {
                               for (used_token& token : log.tokens) {
                                 token.style = style_index(0);
                               }
                             },
                             2)));
  out.push_back(eventful("more ballots than tokens", eligibility_logs,
                         at_log([](eligibility_item& log) { log.tokens.pop_back(); })));
  out.push_back(
      eventful("more tokens than ballots", eligibility_logs, at_log([](eligibility_item& log) {
                 used_token more = log.tokens.back();
                 more.hash.octets.fill(std::byte{255});
                 log.tokens.push_back(more);
               })));
  out.push_back(eventful("the boards' signatures of a log", eligibility_logs,
                         when(stage::eligibility_signed, [](small_election& e) {
                           give_away_a_signature(e.draft.eligibility.back().signatures);
                         })));
  out.push_back(
      eventful("a token twice in one log", eligibility_logs,
               at_log([](eligibility_item& log) { log.tokens[1].hash = log.tokens[0].hash; })));
  out.push_back(eventful("a token used in two branches", eligibility_unique,
                         when(
                             stage::eligibility,
                             [](small_election& e) {
                               auto& tokens = e.draft.eligibility.back().tokens;
                               tokens.front().hash = e.draft.eligibility.front().tokens[0].hash;
                               std::sort(tokens.begin(), tokens.end());
                             },
                             2)));
  return out;
}

}  // namespace

std::vector<record_fault> board_faults() {
  std::vector<record_fault> out = recovery_faults();
  for (auto part : {exclusion_faults(), log_order_faults(), log_faults()}) {
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

}  // namespace sandoq::testing
