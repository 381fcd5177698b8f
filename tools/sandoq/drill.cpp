#include "drill.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "drill_booth.hpp"
#include "drill_opening.hpp"
#include "drill_ties.hpp"
#include "drill_trustees.hpp"
#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/core/system_random.hpp"
#include "sandoq/record/record_writer.hpp"
#include "sandoq/tally/accumulate.hpp"
#include "sandoq/tally/merkle_sum_tree.hpp"
#include "sandoq/threshold/ceremony_check.hpp"

namespace sandoq::tool {
namespace {

/// Devices that vote at the same time; also what bounds the memory of a large drill.
constexpr std::size_t devices_at_once = 64;

template <class T>
result<void> put_all(record_writer& writer, item_kind kind, const std::vector<T>& items) {
  for (const T& item : items) {
    if (auto done = writer.put(kind, item.encode()); !done) {
      return done;
    }
  }
  return {};
}

result<void> put_ceremony(record_writer& writer, const drill_trustees& trustees) {
  const ceremony_items& items = trustees.items();
  auto done = put_all(writer, item_kind::dkg_commit, items.commits);
  done = done ? put_all(writer, item_kind::dkg_reveal, items.reveals) : std::move(done);
  done = done ? put_all(writer, item_kind::dkg_deal, items.deals) : std::move(done);
  done = done ? put_all(writer, item_kind::dkg_confirm, items.confirms) : std::move(done);
  return done ? writer.put(item_kind::election_key, trustees.keys().encode()) : std::move(done);
}

/// The polling day and the count of all branches, in record order.
class polling {
 public:
  polling(const polling_day& day, const manifest& plan, record_writer& writer, executor& workers)
      : day_(day),
        writer_(writer),
        workers_(workers),
        shape_(tally_shape::of(plan)),
        verifier_(day.election),
        context_{day.election.e1(), day.election.domain()},
        eligibility_(plan.eligibility),
        tree_(context_, shape_),
        closings_(day.election.e1()) {}

  /// Devices vote side by side; their journals are written and counted in order.
  result<void> hold(const std::vector<device_queue>& queues, std::uint64_t voters,
                    stopwatch& watch) {
    progress_line line("voting", voters);
    for (std::size_t first = 0; first < queues.size(); first += devices_at_once) {
      const std::size_t count = std::min(devices_at_once, queues.size() - first);
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
    }
    return end_branch();
  }

  /// In node order, as the record wants them.
  [[nodiscard]] std::vector<tally_node> nodes() && {
    std::sort(nodes_.begin(), nodes_.end(),
              [](const auto& a, const auto& b) { return a.node < b.node; });
    return std::move(nodes_);
  }
  [[nodiscard]] const closings_hash& closings() const noexcept { return closings_; }
  [[nodiscard]] const auto& counters() const noexcept { return counters_; }

 private:
  result<void> take(const device_place& place, const device_journal& journal) {
    const node_index branch{place.branch.value()};
    if (branch != counting_) {
      if (auto done = end_branch(); !done) {
        return done;
      }
      branch_.emplace(context_, shape_, branch);
      counting_ = branch;
    }
    for (const auto& [kind, canonical] : journal.items) {
      if (auto done = writer_.put(static_cast<item_kind>(kind), canonical); !done) {
        return done;
      }
      if (kind == journal_kind::close || kind == journal_kind::recovery ||
          kind == journal_kind::exclusion) {
        closings_.add(static_cast<std::uint32_t>(kind), canonical);
      }
    }
    tokens_.insert(tokens_.end(), journal.tokens.begin(), journal.tokens.end());
    counters_.cast += journal.counters.cast;
    counters_.challenged += journal.counters.challenged;
    counters_.voided += journal.counters.voided;
    for (ballot_outcome& outcome : verifier_.verify(journal.cast, workers_)) {
      if (!outcome) {
        return tl::unexpected(std::move(outcome.error().why));
      }
      if (auto added = branch_->add(*outcome); !added) {
        return added;
      }
    }
    return {};
  }

  result<void> end_branch() {
    if (!branch_) {
      return {};
    }
    if (auto done = log_tokens(); !done) {
      return done;
    }
    auto finished = tree_.add_branch(std::move(*branch_).finish(tree_.position()));
    branch_.reset();
    if (!finished) {
      return tl::unexpected(std::move(finished.error()));
    }
    std::move(finished->begin(), finished->end(), std::back_inserter(nodes_));
    return {};
  }

  /// The tokens of the branch that has ended, if the manifest asks for a log of them.
  result<void> log_tokens() {
    const std::vector<accepted_token> tokens = std::exchange(tokens_, {});
    if (eligibility_ == eligibility_log::none) {
      return {};
    }
    const chain_context chain = day_.election.chain();
    auto log = make_eligibility_log(chain, branch_index{counting_->value()}, tokens);
    if (!log) {
      return tl::unexpected(std::move(log.error()));
    }
    auto signatures =
        day_.trustees.sign("eligibility", board_message(chain, *log).digest, day_.random);
    if (!signatures) {
      return tl::unexpected(std::move(signatures.error()));
    }
    log->signatures = std::move(*signatures);
    return writer_.put(item_kind::eligibility, log->encode());
  }

  polling_day day_;
  record_writer& writer_;
  executor& workers_;
  tally_shape shape_;
  ballot_verifier verifier_;
  tally_context context_;
  eligibility_log eligibility_;
  std::vector<accepted_token> tokens_;  // of the present branch
  merkle_sum_tree_builder tree_;
  closings_hash closings_;
  std::optional<branch_tally> branch_;
  std::optional<node_index> counting_;  // the branch of branch_
  std::vector<tally_node> nodes_;
  decltype(drill_outcome::counters) counters_;
};

result<void> put_opening(record_writer& writer, const std::vector<lot_commit>& commits,
                         const opened_election& opened, const tie_items& ties) {
  auto done = put_all(writer, item_kind::lot_commit, commits);
  for (const opened_sum& sum : opened.opened) {
    done = done ? writer.put(item_kind::request, sum.request.encode()) : std::move(done);
    done = done ? put_all(writer, item_kind::partial, sum.answers) : std::move(done);
  }
  done = done ? put_all(writer, item_kind::result, opened.results) : std::move(done);
  done = done ? put_all(writer, item_kind::subtotal, opened.subtotals) : std::move(done);
  done = done ? put_all(writer, item_kind::attributes, ties.attributes) : std::move(done);
  done = done ? put_all(writer, item_kind::lot_reveal, ties.reveals) : std::move(done);
  if (done && ties.beacon) {
    done = writer.put(item_kind::lot_beacon, ties.beacon->encode());
  }
  return done ? put_all(writer, item_kind::resolution, ties.resolutions) : std::move(done);
}

/// A drill from the manifest to the head, with what all its phases share.
class drill {
 public:
  drill(const scenario& s, const counting_wishes& wishes, record_writer writer, executor& workers,
        stopwatch& watch)
      : scenario_(s),
        wishes_(wishes),
        writer_(std::move(writer)),
        workers_(workers),
        watch_(watch) {
    out_.plan = s.plan;
  }

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
    auto enrolled = drill_trustees::enrol(out_.plan, random_);
    if (!enrolled) {
      return tl::unexpected(std::move(enrolled.error()));
    }
    trustees_.emplace(std::move(*enrolled));
    const bytes canonical = out_.plan.encode();
    if (auto good = manifest::decode(canonical); !good) {
      return tl::unexpected(std::move(good.error()));
    }
    out_.manifest_hash = manifest_hash(canonical);
    if (auto put = writer_.put(item_kind::manifest, canonical); !put) {
      return put;
    }
    watch_.begin("ceremony");
    if (auto held = trustees_->hold_ceremony(out_.plan, workers_, random_); !held) {
      return held;
    }
    return put_ceremony(writer_, *trustees_);
  }

  result<void> vote() {
    watch_.begin("voting");
    auto keys = decode_keys(trustees_->keys());
    if (!keys) {
      return tl::unexpected(std::move(keys.error()));
    }
    auto election = election_context::make(out_.plan, keys->election_hash, keys->joint_key);
    if (!election) {
      return tl::unexpected(std::move(election.error()));
    }
    election_.emplace(std::move(*election));
    const ballot_prover prover(election_->proofs());
    polling polls({*election_, prover, *trustees_, random_}, out_.plan, writer_, workers_);
    const auto queues = queues_of(scenario_);
    out_.devices = queues.size();
    if (auto held = polls.hold(queues, scenario_.voters.size(), watch_); !held) {
      return held;
    }
    out_.counters = polls.counters();
    closings_ = polls.closings();
    nodes_ = std::move(polls).nodes();
    return put_all(writer_, item_kind::tally_node, nodes_);
  }

  result<void> open_and_sign() {
    watch_.begin("opening");
    const lot_context lot{election_->e1(), election_->domain()};
    std::vector<lot_commit> commits;
    if (!out_.plan.beacon.empty()) {
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
    auto opened = open_sums({out_.plan, *election_, nodes_, closings}, wishes_.subtotals,
                            *trustees_, workers_, random_);
    if (!opened) {
      return tl::unexpected(std::move(opened.error()));
    }
    auto ties =
        resolve_drill_ties(out_.plan, lot, opened->results, wishes_.ties, *trustees_, random_);
    if (!ties) {
      return tl::unexpected(std::move(ties.error()));
    }
    if (auto put = put_opening(writer_, commits, *opened, *ties); !put) {
      return put;
    }
    out_.results = std::move(opened->results);
    return sign_head();
  }

  result<void> sign_head() {
    record_head head;
    head.domain = out_.plan.domain;
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
  drill_outcome out_;
  std::optional<drill_trustees> trustees_;
  std::optional<election_context> election_;
  std::optional<closings_hash> closings_;
  std::vector<tally_node> nodes_;
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
