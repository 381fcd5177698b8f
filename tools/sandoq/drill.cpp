#include "drill.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "drill_booth.hpp"
#include "drill_mix.hpp"
#include "drill_opening.hpp"
#include "drill_ties.hpp"
#include "drill_trustees.hpp"
#include "journal_count.hpp"
#include "record_parts.hpp"
#include "sandoq/core/system_random.hpp"
#include "sandoq/record/record_writer.hpp"
#include "sandoq/tally/opening_sums.hpp"
#include "sum_count.hpp"

namespace sandoq::tool {
namespace {

/// Devices that vote before their journals are counted and forgotten: so many, or, what bounds the
/// memory of a large drill, those with so many voters together (about 2.5 KB of journal each in the
/// village), but at least one for each thread.
constexpr std::size_t devices_at_once = 64;
constexpr std::size_t voters_at_once = 16'384;

/// How many of the next devices vote at once.
std::size_t next_devices(std::span<const device_queue> queues, std::size_t threads) {
  std::size_t count = 0;
  std::size_t voters = 0;
  while (count < std::min(devices_at_once, queues.size())) {
    voters += queues[count].voters.size();
    if (count >= threads && voters > voters_at_once) {
      break;
    }
    ++count;
  }
  return count;
}

/// The polling day and the count of all branches, in record order.
class polling {
 public:
  polling(const polling_day& day, const manifest& plan, record_writer& writer, executor& workers)
      : day_(day),
        workers_(workers),
        count_(day.election, plan, writer, workers,
               [this](branch_index branch) { return log_tokens(branch); }) {}
  polling(const polling&) = delete;
  polling& operator=(const polling&) = delete;

  /// Devices vote side by side; their journals are written and counted in order.
  result<void> hold(const std::vector<device_queue>& queues, std::uint64_t voters,
                    stopwatch& watch) {
    progress_line line("voting", voters);
    for (std::size_t first = 0; first < queues.size();) {
      const std::size_t count =
          next_devices(std::span(queues).subspan(first), workers_.concurrency());
      std::vector<std::optional<result<device_journal>>> journals(count);
      watch.begin("voting");
      workers_.parallel_for(count, [&](std::size_t i) noexcept {
        journals[i] = serve(day_, queues[first + i]);
        line.add(queues[first + i].voters.size());
      });
      watch.begin("tally");
      for (std::size_t i = 0; i < count; ++i) {
        if (!*journals[i]) {
          return tl::unexpected(std::move(journals[i]->error()));
        }
        if (auto done = take(queues[first + i].place, **journals[i]); !done) {
          return done;
        }
        journals[i].reset();
      }
      first += count;
    }
    return count_.finish();
  }

  [[nodiscard]] journal_count& count() noexcept { return count_; }

 private:
  result<void> take(const device_place& place, const device_journal& journal) {
    // First the journal: with it may end the branch before, whose tokens are still there.
    if (auto done = count_.add(place, journal.items); !done) {
      return done;
    }
    tokens_.insert(tokens_.end(), journal.tokens.begin(), journal.tokens.end());
    return {};
  }

  /// The tokens of the branch that has ended.
  result<bytes> log_tokens(branch_index branch) {
    const std::vector<accepted_token> tokens = std::exchange(tokens_, {});
    const chain_context chain = day_.election.chain();
    auto log = make_eligibility_log(chain, branch, tokens);
    if (!log) {
      return tl::unexpected(std::move(log.error()));
    }
    auto signatures =
        day_.trustees.sign("eligibility", board_message(chain, *log).digest, day_.random);
    if (!signatures) {
      return tl::unexpected(std::move(signatures.error()));
    }
    log->signatures = std::move(*signatures);
    return log->encode();
  }

  polling_day day_;
  executor& workers_;
  std::vector<accepted_token> tokens_;  // of the present branch
  journal_count count_;
};

/// A drill from the manifest to the head, with what all its phases share.
class drill {
 public:
  drill(const scenario& s, const counting_wishes& wishes, record_writer writer, executor& workers,
        stopwatch& watch)
      : scenario_(s),
        wishes_(wishes),
        writer_(std::move(writer)),
        workers_(workers),
        watch_(watch),
        plan_(s.plan) {}

  result<drill_outcome> hold() && {
    auto done = prepare();
    done = done ? vote() : std::move(done);
    done = done ? open_and_sign() : std::move(done);
    if (!done) {
      return tl::unexpected(std::move(done.error()));
    }
    return std::move(out_);
  }

 private:
  result<void> prepare() {
    auto enrolled = drill_trustees::enrol(plan_, random_);
    if (!enrolled) {
      return tl::unexpected(std::move(enrolled.error()));
    }
    trustees_.emplace(std::move(*enrolled));
    const bytes canonical = plan_.encode();
    if (auto good = manifest::decode(canonical); !good) {
      return tl::unexpected(std::move(good.error()));
    }
    out_.manifest_hash = manifest_hash(canonical);
    if (auto put = writer_.put(item_kind::manifest, canonical); !put) {
      return put;
    }
    watch_.begin("ceremony");
    if (auto held = trustees_->hold_ceremony(plan_, workers_, random_); !held) {
      return held;
    }
    return put_ceremony(writer_, std::span(&trustees_->items(), 1), trustees_->keys());
  }

  result<void> vote() {
    watch_.begin("voting");
    auto keys = decode_keys(trustees_->keys());
    if (!keys) {
      return tl::unexpected(std::move(keys.error()));
    }
    auto election = election_context::make(plan_, keys->election_hash, keys->joint_key);
    if (!election) {
      return tl::unexpected(std::move(election.error()));
    }
    election_.emplace(std::move(*election));
    const ballot_prover prover(election_->proofs());
    polling polls({*election_, prover, *trustees_, random_}, plan_, writer_, workers_);
    const auto queues = queues_of(scenario_);
    out_.devices = queues.size();
    if (auto held = polls.hold(queues, scenario_.voters.size(), watch_); !held) {
      return held;
    }
    out_.counters = polls.count().counters();
    closings_ = polls.count().closings();
    inputs_ = std::move(polls.count().inputs());
    nodes_ = std::move(polls.count()).nodes();
    return put_tally(writer_, nodes_);
  }

  result<void> open_and_sign() {
    const lot_context lot{election_->e1(), election_->domain()};
    std::vector<lot_commit> commits;
    if (!plan_.beacon.empty()) {
      auto committed = trustees_->commit_to_lot(lot, random_);
      if (!committed) {
        return tl::unexpected(std::move(committed.error()));
      }
      commits = std::move(*committed);
    }
    for (const lot_commit& commit : commits) {
      closings_->add_lot(commit.encode());
    }
    const digest32 closings = closings_->digest();
    const opening_grounds grounds = grounds_of(plan_, nodes_);
    const counted_election counted{plan_, *election_, nodes_, closings, grounds};
    if (wishes_.subtotals) {
      out_.only_totals = only_totals_in_words(counted, *wishes_.subtotals);
    }
    if (auto done = mix_and_open(counted, commits); !done) {
      return done;
    }
    return sign_head();
  }

  result<void> mix_and_open(const counted_election& counted,
                            const std::vector<lot_commit>& commits) {
    const auto mixed = mix_groups(counted, *inputs_, *trustees_, workers_, random_, watch_);
    if (!mixed) {
      return tl::unexpected(mixed.error());
    }
    watch_.begin("opening");
    const auto opened = open_all(counted, *mixed, wishes_.subtotals, *trustees_, workers_, random_);
    if (!opened) {
      return tl::unexpected(opened.error());
    }
    const auto settled = settle_drill(counted, *opened, commits, wishes_.ties, *trustees_, random_);
    if (!settled) {
      return tl::unexpected(settled.error());
    }
    auto put = put_mix(writer_, *mixed, opened->lists);
    put = put ? put_lot_commits(writer_, commits) : std::move(put);
    return put ? put_opening(writer_, *opened, settled->ties, settled->allocations)
               : std::move(put);
  }

  result<void> sign_head() {
    record_head head;
    head.domain = plan_.domain;
    head.manifest_hash = out_.manifest_hash;
    head.election_hash = election_->e1();
    head.cast_ballots = out_.counters.cast;
    auto written = writer_.finish(std::move(head), [&](const digest32& digest) {
      return trustees_->sign("head", digest, random_);
    });
    if (!written) {
      return tl::unexpected(std::move(written.error()));
    }
    return {};
  }

  const scenario& scenario_;
  const counting_wishes& wishes_;
  record_writer writer_;
  executor& workers_;
  stopwatch& watch_;
  system_random random_;
  manifest plan_;  // with the trustees' keys, once they have them
  drill_outcome out_;
  std::optional<drill_trustees> trustees_;
  std::optional<election_context> election_;
  std::optional<closings_hash> closings_;
  std::vector<tally_node> nodes_;
  std::optional<mix_inputs> inputs_;  // of what has voted
};

}  // namespace

result<drill_outcome> hold_drill(const scenario& s, const counting_wishes& wishes,
                                 const std::filesystem::path& directory, executor& workers,
                                 stopwatch& watch) {
  auto writer = record_writer::create(directory);
  if (!writer) {
    return tl::unexpected(std::move(writer.error()));
  }
  return drill(s, wishes, std::move(*writer), workers, watch).hold();
}

}  // namespace sandoq::tool
