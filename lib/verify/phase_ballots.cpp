// journal.*, eligibility.*, ballot.*, tally.branches and tally.tree: one pass over the ballot
// files, with tally.pb in step, and more only where there are too many alphas or tokens for one.
// SPEC(90.2)

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/verify/ballot_batch.hpp"
#include "lib/verify/ballot_blocks.hpp"
#include "lib/verify/ballot_walk.hpp"
#include "lib/verify/branch_sums.hpp"
#include "lib/verify/journal_pass.hpp"
#include "lib/verify/repeat_table.hpp"
#include "lib/verify/signature_batch.hpp"
#include "lib/verify/tally_compare.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/ballot/ballot_elements.hpp"
#include "sandoq/ballot/hashed_ballot.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/temporary_store.hpp"

namespace sandoq {

namespace {

constexpr std::string_view phase = "ballots";
constexpr std::size_t alpha_capacity = std::size_t{1} << 23;  // 64 MiB of fingerprints
constexpr std::size_t token_capacity = std::size_t{1} << 21;  // 16 MiB

// Those that this phase can still decide; when none is open it ends.
constexpr std::initializer_list<check_id> journal_checks{
    check_id::journal_order,    check_id::journal_exclusions, check_id::journal_opening,
    check_id::journal_serials,  check_id::journal_chain,      check_id::journal_close,
    check_id::eligibility_logs, check_id::eligibility_unique, check_id::ballot_form,
    check_id::ballot_elements,  check_id::ballot_unique,      check_id::ballot_proof,
    check_id::ballot_challenge};

class ballots_phase {
 public:
  explicit ballots_phase(verify_state& v)
      : v_(v),
        alphas_(fingerprint_key(v.head), v.ballot_ciphertexts, alpha_capacity),
        tokens_(fingerprint_key(v.head), v.eligibility_tokens, token_capacity) {}

  void run() {
    std::optional<tally_compare> tally;
    if (v_.board.is_open(check_id::tally_branches)) {
      tally.emplace(v_);
      v_.inputs.emplace(v_.terms, std::make_unique<temporary_store>());
      if (!v_.inputs->any_mixed()) {
        v_.inputs.reset();
      }
    }
    alphas_.begin(0);
    tokens_.begin(0);
    if (!main_pass(tally ? &*tally : nullptr)) {
      return;
    }
    check_unique(check_id::ballot_unique, alphas_, each_alpha, "has an alpha that stands in ");
    check_unique(check_id::eligibility_unique, tokens_, each_token,
                 "has a token hash that stands in ");
    if (tally) {
      tally->finish();
    }
    v_.board.pass(journal_checks);
    v_.board.pass({check_id::tally_branches, check_id::tally_tree});
  }

 private:
  // Every file's hash goes in, so the key is fixed by all alphas of the record.
  static digest32 fingerprint_key(const record_head& head) {
    framed_hash hash("verify/fingerprints");
    for (const listed_file& file : head.files) {
      hash.update(file.hash.view());
    }
    return hash.digest();
  }

  [[nodiscard]] bool is_anything_open() const { return v_.board.any_open(journal_checks); }

  // What the main pass makes of a block.
  struct followed {
    std::vector<result<hashed_ballot>> ballots;
    std::size_t next = 0;  // of them
    ballot_batch batch;
  };

  // Where the hints of each ballot begin in those of its file.
  struct place_of_hints {
    std::size_t file = 0;
    std::uint64_t elements = 0;

    // Passes over the elements of the next ballot; how many there were before it.
    std::uint64_t advance(std::size_t in_file, std::size_t more) {
      elements = in_file == file ? elements : 0;
      file = in_file;
      return std::exchange(elements, elements + more);
    }
  };

  static void decode(followed& out, const ballot_block& block) {
    out.ballots.clear();
    out.next = 0;
    for (std::size_t i = 0; i < block.items.size(); ++i) {
      if (static_cast<item_kind>(block.items[i].kind) == item_kind::ballot) {
        out.ballots.push_back(hashed_ballot::decode(block.at(i).canonical));
      }
    }
  }

  // False if nothing is left to decide.
  bool main_pass(tally_compare* tally) {
    signature_batch signatures(v_);
    journal_pass journals(v_, signatures, alphas_, tokens_);
    branch_sums sums(v_, tally);
    place_of_hints hints;
    ballot_walk walk(v_, phase);
    std::vector<followed> blocks(walk.slots());
    ballot_walk::stages stages;
    stages.prepare = [&](std::size_t slot, const ballot_block& block) {
      decode(blocks[slot], block);
    };
    stages.begin = [&](std::size_t slot) { journals.begin_batch(blocks[slot].batch); };
    stages.take = [&](std::size_t slot, std::size_t, const segment_item& item,
                      const item_place& place, bool is_evidence) {
      followed& block = blocks[slot];
      if (static_cast<item_kind>(item.kind) != item_kind::ballot) {
        return journals.take(item, place);
      }
      result<hashed_ballot>& ballot = block.ballots[block.next++];
      item_place with_hints = place;
      with_hints.elements_before = hints.advance(
          place.file_index, ballot && !is_evidence ? count_elements(ballot->item()) : 0);
      return journals.take(item, with_hints, std::move(ballot));
    };
    stages.check = [&](std::size_t slot) { blocks[slot].batch.check(v_); };
    stages.settle = [&](std::size_t slot) {
      sums.take(blocks[slot].batch);
      if (v_.out.hints) {
        v_.out.hints->used += blocks[slot].batch.hinted_elements();
      }
      walk.count_ballots(blocks[slot].batch.size());
      blocks[slot].batch.clear();
    };
    stages.is_anything_open = [this] { return is_anything_open(); };
    if (!walk.run(stages)) {
      return false;
    }
    ballot_batch end_of_the_last_branch;
    journals.begin_batch(end_of_the_last_branch);
    journals.finish();
    sums.take(end_of_the_last_branch);
    signatures.flush();
    return is_anything_open();
  }

  using value_function = std::function<void(const byte_array<32>&)>;

  static result<void> each_alpha(const segment_item& item, const value_function& value) {
    if (static_cast<item_kind>(item.kind) != item_kind::ballot) {
      return {};
    }
    const auto ballot = ballot_item::decode(item.canonical);
    if (!ballot) {
      return tl::unexpected<error>(ballot.error());
    }
    for (const contest_ballot& contest : ballot->contests) {
      for (const wire_ciphertext& ciphertext : contest.ciphertexts) {
        value(ciphertext.alpha.octets);
      }
    }
    return {};
  }

  static result<void> each_token(const segment_item& item, const value_function& value) {
    if (static_cast<item_kind>(item.kind) != item_kind::eligibility) {
      return {};
    }
    const auto log = eligibility_item::decode(item.canonical);
    if (!log) {
      return tl::unexpected<error>(log.error());
    }
    for (const digest32& hash : distinct_tokens(*log)) {
      value(hash.octets);
    }
    return {};
  }

  // What the main pass has begun to note: no value stands twice in what is no evidence.
  void check_unique(check_id check, repeat_table& table,
                    result<void> (*each)(const segment_item&, const value_function&),
                    const std::string& finding) {
    if (!v_.board.is_open(check)) {
      return;
    }
    table.end(v_.workers);
    for (std::uint64_t p = 1; p < table.partitions(); ++p) {
      table.begin(p);
      if (!walk_values(
              each, [&](const byte_array<32>& value, const item_place&) { table.note(value); })) {
        return;
      }
      table.end(v_.workers);
    }
    if (!table.has_suspects()) {
      return;
    }
    const auto compare = [&](const byte_array<32>& value, const item_place& place) {
      std::string first;
      if (table.is_suspect(value) && v_.board.is_open(check) &&
          table.seen_before(value, place.text(), first)) {
        v_.board.fail(check, place.text(), finding + first + " already");
      }
    };
    static_cast<void>(walk_values(each, compare));
  }

  // The values of a block, and how many of them belong to its items up to each.
  struct valued {
    std::vector<byte_array<32>> values;
    std::vector<result<std::size_t>> up_to;
  };

  // Hands on, in record order, all values that each item has and that are in no evidence.
  bool walk_values(result<void> (*each)(const segment_item&, const value_function&),
                   const std::function<void(const byte_array<32>&, const item_place&)>& take) {
    ballot_walk walk(v_, phase);
    std::vector<valued> blocks(walk.slots());
    ballot_walk::stages stages;
    stages.prepare = [&](std::size_t slot, const ballot_block& block) {
      valued& out = blocks[slot];
      out.values.clear();
      out.up_to.clear();
      for (std::size_t i = 0; i < block.items.size(); ++i) {
        out.up_to.push_back(each(block.at(i), [&](const byte_array<32>& value) {
                              out.values.push_back(value);
                            }).map([&] { return out.values.size(); }));
      }
    };
    stages.take = [&](std::size_t slot, std::size_t number, const segment_item&,
                      const item_place& place, bool is_evidence) -> result<void> {
      const valued& block = blocks[slot];
      if (is_evidence) {
        return {};
      }
      if (!block.up_to[number]) {
        return tl::unexpected<error>(block.up_to[number].error());
      }
      std::size_t i = number == 0 ? 0 : block.up_to[number - 1].value_or(0);
      for (; i < *block.up_to[number]; ++i) {
        take(block.values[i], place);
      }
      return {};
    };
    stages.is_anything_open = [this] { return is_anything_open(); };
    return walk.run(stages);
  }

  verify_state& v_;
  repeat_table alphas_;
  repeat_table tokens_;
};

}  // namespace

void verify_ballots(verify_state& v) {
  if (v.board.any_open(journal_checks)) {
    ballots_phase(v).run();
  }
}

}  // namespace sandoq
