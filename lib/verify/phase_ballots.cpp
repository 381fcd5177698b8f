// journal.*, eligibility.*, ballot.*, tally.branches and tally.tree: one pass over the ballot
// files, with tally.pb in step, and more only where there are too many alphas or tokens for one.
// SPEC(90.2)

#include <algorithm>
#include <functional>
#include <optional>
#include <string>

#include "lib/verify/ballot_batch.hpp"
#include "lib/verify/journal_pass.hpp"
#include "lib/verify/repeat_table.hpp"
#include "lib/verify/signature_batch.hpp"
#include "lib/verify/tally_compare.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/record_reader.hpp"

namespace sandoq {

namespace {

constexpr std::string_view phase = "ballots";
constexpr std::size_t alpha_capacity = std::size_t{1} << 23;  // 64 MiB of fingerprints
constexpr std::size_t token_capacity = std::size_t{1} << 21;  // 16 MiB
constexpr std::uint64_t items_a_report = 256;

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
        tokens_(fingerprint_key(v.head), v.eligibility_tokens, token_capacity) {
    for (const listed_file& file : ballot_files_of(v.head)) {
      total_bytes_ += file.size_bytes;
    }
  }

  void run() {
    std::optional<tally_compare> tally;
    if (v_.board.is_open(check_id::tally_branches)) {
      tally.emplace(v_);
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

  // False if nothing is left to decide.
  bool main_pass(tally_compare* tally) {
    ballot_batch ballots(v_, tally);
    signature_batch signatures(v_);
    journal_pass journals(v_, ballots, signatures, alphas_, tokens_);
    const bool finished = walk([&](const segment_item& item, const std::string& place, bool) {
      return journals.take(item, place);
    });
    if (!finished) {
      return false;
    }
    journals.finish();
    ballots.flush();
    signatures.flush();
    return v_.board.any_open(journal_checks);
  }

  // take(item, place, is_evidence) for every item of the ballot files, while there is something to
  // decide.
  template <class Take>
  bool walk(Take&& take) {
    item_stream stream(v_.reader, ballot_files_of(v_.head));
    item_order order;
    order.begin_file(record_section::ballots);
    segment_item item;
    std::uint64_t items = 0;
    std::uint64_t read_bytes = 0;
    while (v_.board.any_open(journal_checks)) {
      const auto more = stream.next(item);
      if (!more) {
        v_.board.fail(check_id::record_files, more.error());
        return false;
      }
      if (!*more) {
        return true;
      }
      read_bytes += framed_item_bytes(static_cast<item_kind>(item.kind), item.canonical.size());
      // The first pass has seen all this; a file may have been exchanged since.
      auto ok = order.next(item.kind, item.canonical);
      if (ok) {
        ok = take(item, stream.place(), order.is_evidence());
      }
      if (!ok) {
        v_.board.fail_within(check_id::record_files, stream.place(), ok.error());
        return false;
      }
      if (++items % items_a_report == 0) {
        v_.report(phase, read_bytes, total_bytes_);
      }
    }
    return false;
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
    const auto walk_values = [&](const auto& value) {
      return walk([&](const segment_item& item, const std::string& place, bool is_evidence) {
        return is_evidence ? result<void>{}
                           : each(item, [&](const byte_array<32>& found) { value(found, place); });
      });
    };
    table.end();
    for (std::uint64_t p = 1; p < table.partitions(); ++p) {
      table.begin(p);
      if (!walk_values(
              [&](const byte_array<32>& value, const std::string&) { table.note(value); })) {
        return;
      }
      table.end();
    }
    if (!table.has_suspects()) {
      return;
    }
    walk_values([&](const byte_array<32>& value, const std::string& place) {
      std::string first;
      if (v_.board.is_open(check) && table.seen_before(value, place, first)) {
        v_.board.fail(check, place, finding + first + " already");
      }
    });
  }

  verify_state& v_;
  repeat_table alphas_;
  repeat_table tokens_;
  std::uint64_t total_bytes_ = 0;
};

}  // namespace

void verify_ballots(verify_state& v) {
  if (v.board.any_open(journal_checks)) {
    ballots_phase(v).run();
  }
}

}  // namespace sandoq
