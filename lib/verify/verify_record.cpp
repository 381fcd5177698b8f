#include "sandoq/verify/verify_record.hpp"

#include <chrono>
#include <utility>

#include "lib/verify/verify_state.hpp"
#include "sandoq/record/record_reader.hpp"

namespace sandoq {

namespace {

void run_phase(verify_state& v, std::string_view name, void (*phase)(verify_state&)) {
  const auto start = std::chrono::steady_clock::now();
  phase(v);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  v.out.seconds.push_back({name, taken.count()});
}

}  // namespace

result<record_verdict> verify_record(const std::filesystem::path& directory,
                                     const verify_options& options, executor& workers,
                                     const progress_function& progress) {
  const auto reader = record_reader::open(directory);
  if (!reader) {
    return tl::unexpected<error>(reader.error());
  }
  verify_state v(*reader, options, workers, progress);
  if (options.manifest_hash) {
    v.board.ask_for(check_id::manifest_pin);
  }
  if (options.domain) {
    v.board.ask_for(check_id::manifest_domain);
  }
  run_phase(v, "head", verify_head);
  run_phase(v, "files", verify_files);
  if (v.unreadable) {
    return tl::unexpected<error>(std::move(*v.unreadable));
  }
  run_phase(v, "manifest", verify_manifest);
  run_phase(v, "ceremony", verify_ceremony);
  run_phase(v, "lot", verify_lot);
  run_phase(v, "tree", verify_nodes);
  run_phase(v, "ballots", verify_ballots);
  run_phase(v, "opening", verify_openings);
  v.out.checks = v.board.settle();
  v.out.accepted = v.board.accepts();
  if (v.out.accepted) {
    v.out.ballots = v.head.cast_ballots;
  } else {
    v.out.counts.clear();
    v.out.subtotals.clear();
    v.out.ties.clear();
    v.out.results.clear();
    v.out.place_ballots.clear();
  }
  if (v.out.manifest_hash) {
    v.out.election = std::move(v.election);
  }
  return std::move(v.out);
}

}  // namespace sandoq
