#include "sandoq/verify/verify_record.hpp"

#include <array>
#include <chrono>
#include <utility>

#include "lib/verify/verify_state.hpp"
#include "sandoq/record/record_reader.hpp"

namespace sandoq {

namespace {

struct named_phase {
  std::string_view name;
  void (*run)(verify_state&);
};
constexpr std::array phases{
    named_phase{"head", verify_head},         named_phase{"files", verify_files},
    named_phase{"manifest", verify_manifest}, named_phase{"ceremony", verify_ceremony},
    named_phase{"lot", verify_lot},           named_phase{"tree", verify_nodes},
    named_phase{"ballots", verify_ballots},   named_phase{"mixes", verify_mixes},
    named_phase{"opening", verify_openings}};

void run(verify_state& v, const named_phase& phase) {
  const auto start = std::chrono::steady_clock::now();
  phase.run(v);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  v.out.seconds.push_back({phase.name, taken.count()});
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
  for (const named_phase& phase : phases) {
    run(v, phase);
    if (v.unreadable) {
      return tl::unexpected<error>(std::move(*v.unreadable));
    }
  }
  v.out.checks = v.board.settle();
  v.out.accepted = v.board.accepts();
  if (v.out.accepted) {
    v.out.ballots = v.head.cast_ballots;
  } else {
    v.out.counts.clear();
    v.out.subtotals.clear();
    v.out.ties.clear();
    v.out.groups.clear();
    v.out.write_ins.clear();
    v.out.allocations.clear();
    v.out.results.clear();
    v.out.place_ballots.clear();
  }
  if (v.out.manifest_hash) {
    v.out.election = std::move(v.election);
  }
  return std::move(v.out);
}

}  // namespace sandoq
