#include "draft_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "../record_parts.hpp"
#include "../scratch_directory.hpp"
#include "mix_state.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/opening_sums.hpp"
#include "sandoq/verify/checks.hpp"
#include "whole_journal.hpp"

namespace sandoq::tool {
namespace {

/// A journal goes by its file's name: that is what people look at and fetch once more.
error in_journal(const polled_device& device, error problem) {
  if (!device.journal ||
      problem.place.compare(0, device.journal->file.size(), device.journal->file) == 0) {
    return problem;
  }
  return fail_within(device.journal->file, std::move(problem)).value();
}

/// Writes one section after another.
class draft_writer {
 public:
  draft_writer(const draft_source& from, record_writer writer, executor& workers)
      : from_(from), writer_(std::move(writer)), workers_(workers) {}

  result<draft_record> write(draft_extent extent, const record_writer::head_signer& sign) && {
    auto done = writer_.put(item_kind::manifest, from_.board.canonical_manifest());
    done = done ? put_ceremony(writer_, from_.election.attempts, from_.election.published)
                : std::move(done);
    done = done ? put_ballots() : std::move(done);
    done = done ? take_lots() : std::move(done);
    if (done) {
      done = extent == draft_extent::whole ? put_rest() : put_lot_commits(writer_, commits_);
    }
    if (!done) {
      return tl::unexpected(std::move(done.error()));
    }
    if (!out_.opening.missing.empty()) {
      return std::move(out_);
    }
    return finish(sign);
  }

 private:
  result<void> put_ballots() {
    journal_count count(from_.election.context, from_.board.plan(), writer_, workers_,
                        [this](branch_index branch) { return eligibility(branch); });
    for (const polled_device& device : from_.polls.devices) {
      const auto items = whole_journal(from_.board, from_.election, device);
      if (!items) {
        return tl::unexpected(in_journal(device, items.error()));
      }
      if (auto done = count.add(device.place, *items); !done) {
        return tl::unexpected(in_journal(device, std::move(done.error())));
      }
    }
    if (auto done = count.finish(); !done) {
      return done;
    }
    closings_ = count.closings();
    out_.counters = count.counters();
    out_.inputs = std::move(count.inputs());
    out_.nodes = std::move(count).nodes();
    return put_tally(writer_, out_.nodes);
  }

  result<bytes> eligibility(branch_index branch) const {
    const auto found = from_.polls.eligibility.find(branch);
    if (found == from_.polls.eligibility.end()) {
      return fail(errc::missing, "branch " + std::to_string(branch.value()),
                  "the log of its tokens is not signed");
    }
    return found->second.item();
  }

  result<void> take_lots() {
    for (const signed_statement& each : from_.polls.lots) {
      auto commit = lot_commit::decode(each.item());
      if (!commit) {
        return fail_within("lot_commit", std::move(commit.error()));
      }
      closings_->add_lot(commit->encode());
      commits_.push_back(std::move(*commit));
    }
    out_.closings = closings_->digest();
    return {};
  }

  /// The mix, and what was opened; nothing is written before all of it is there.
  result<void> put_rest() {
    const opening_grounds grounds = grounds_of(from_.board.plan(), out_.nodes);
    const counted_election counted{from_.board.plan(), from_.election.context, out_.nodes,
                                   out_.closings, grounds};
    auto mixed = mix_of(from_.board, counted, *out_.inputs, workers_);
    out_.inputs.reset();
    if (!mixed) {
      return tl::unexpected(std::move(mixed.error()));
    }
    auto opening = opening_of(from_.board, from_.election, counted, *mixed, commits_, workers_);
    if (!opening) {
      return tl::unexpected(std::move(opening.error()));
    }
    out_.opening = std::move(*opening);
    if (!out_.opening.missing.empty()) {
      return {};
    }
    auto done = put_mix(writer_, mixed->groups, out_.opening.opened.lists);
    done = done ? put_lot_commits(writer_, commits_) : std::move(done);
    return done ? put_opening(writer_, out_.opening.opened, out_.opening.ties,
                              out_.opening.allocations)
                : std::move(done);
  }

  result<draft_record> finish(const record_writer::head_signer& sign) {
    record_head head;
    head.domain = from_.board.plan().domain;
    head.manifest_hash = from_.board.manifest_hash();
    head.election_hash = from_.election.context.e1();
    head.cast_ballots = out_.counters.cast;
    auto written = writer_.finish(std::move(head), sign);
    if (!written) {
      return tl::unexpected(std::move(written.error()));
    }
    out_.head = std::move(*written);
    return std::move(out_);
  }

  const draft_source& from_;
  record_writer writer_;
  executor& workers_;
  std::optional<closings_hash> closings_;
  std::vector<lot_commit> commits_;
  draft_record out_;
};

bool must_pass(std::size_t check, draft_extent extent) {
  const auto id = static_cast<check_id>(check);
  if (id == check_id::record_signatures) {
    return false;
  }
  return extent == draft_extent::whole || id <= check_id::tally_tree ||
         id == check_id::lot_commitments;
}

}  // namespace

result<draft_record> write_draft(const draft_source& from, draft_extent extent,
                                 const std::filesystem::path& directory,
                                 const record_writer::head_signer& sign, executor& workers) {
  if (!from.polls.missing.empty()) {
    return fail(errc::missing, "bulletin",
                fmt::format("the votes cannot be counted yet; missing: {}",
                            fmt::join(from.polls.missing, "; ")));
  }
  auto writer = record_writer::create(directory);
  if (!writer) {
    return tl::unexpected(std::move(writer.error()));
  }
  return draft_writer(from, std::move(*writer), workers).write(extent, sign);
}

result<quorum> placeholder_quorum(const digest32& /*digest*/) {
  return quorum{{{{1, {}}}}};
}

statement state_head(const record_head& head) {
  return state(item_kind::head, head);
}

result<record_verdict> check_draft(const std::filesystem::path& directory, const bulletin& board,
                                   draft_extent extent, executor& workers) {
  auto found = verify_record(directory, {board.manifest_hash(), board.plan().domain}, workers);
  if (!found) {
    return found;
  }
  const auto checks = found->checks.checks();
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (must_pass(i, extent) && checks[i].status != check_status::pass) {
      return fail(errc::mismatch, checks[i].place.empty() ? "the record" : checks[i].place,
                  fmt::format("the check {} does not pass: {}", checks[i].id, checks[i].reason));
    }
  }
  return found;
}

result<draft_record> look_at_draft(const bulletin& board, const running_election& election,
                                   draft_extent extent, executor& workers) {
  const auto polls = polling_of(board, election);
  if (!polls) {
    return tl::unexpected(polls.error());
  }
  auto scratch = scratch_directory::make();
  if (!scratch) {
    return tl::unexpected(std::move(scratch.error()));
  }
  const auto place = scratch->path() / "record";
  auto draft = write_draft({board, election, *polls}, extent, place, placeholder_quorum, workers);
  if (!draft || !draft->head) {
    return draft;
  }
  if (auto checked = check_draft(place, board, extent, workers); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  return draft;
}

}  // namespace sandoq::tool
