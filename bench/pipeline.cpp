// A whole record verified by one thread and by several, in turn, and what the verification of its
// ballots alone takes: how much of the machine the pipeline uses, and how much it loses.

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "lib/kernels/select.hpp"
#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/record/record_reader.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/verify/verify_record.hpp"

namespace {

using namespace sandoq;

constexpr double goal = 1.85;  // of two threads over one

struct times {
  double wall = std::numeric_limits<double>::max();
  double processor = wall;  // of all threads

  void keep_smaller(const times& other) {
    wall = std::min(wall, other.wall);
    processor = std::min(processor, other.processor);
  }
};

template <class Run>
times time_of(Run&& run) {
  const auto processor_seconds = [] {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
  };
  const double processor = processor_seconds();
  const auto wall = std::chrono::steady_clock::now();
  run();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - wall;
  return {taken.count(), processor_seconds() - processor};
}

void give_up(const std::string& why) {
  fmt::print(stderr, "pipeline: {}\n", why);
  std::exit(2);
}

record_verdict verify(const std::filesystem::path& record, executor& workers) {
  auto outcome = verify_record(record, {}, workers);
  if (!outcome || !outcome->accepted) {
    give_up(record.string() + (outcome ? " is rejected" : ": " + to_string(outcome.error())));
  }
  return std::move(*outcome);
}

/// The items of one kind in some files.
template <class Take>
void for_each_item(const record_reader& reader, std::vector<listed_file> files, item_kind kind,
                   Take&& take) {
  item_stream stream(reader, std::move(files));
  segment_item item;
  for (auto more = stream.next(item); more && *more; more = stream.next(item)) {
    if (static_cast<item_kind>(item.kind) == kind) {
      take(item.canonical);
    }
  }
}

/// Everything that is needed to verify the ballots of a record that is accepted.
struct ballots_of {
  std::vector<hashed_ballot> ballots;
  std::unique_ptr<election_context> context;

  ballots_of(const std::filesystem::path& directory, const record_verdict& verdict) {
    const auto reader = *record_reader::open(directory);
    const record_head head = *reader.read_head();
    for_each_item(reader, {listed_file_of(head, ceremony_file_name)}, item_kind::election_key,
                  [&](byte_view canonical) {
                    const auto key = *election_key::decode(canonical);
                    const auto joint = *encoded_element<ristretto255>::decode(key.joint_key.view());
                    context = std::make_unique<election_context>(
                        *election_context::make(*verdict.election, key.election_hash, joint));
                  });
    for_each_item(reader, ballot_files_of(head), item_kind::ballot, [&](byte_view canonical) {
      ballots.push_back(*hashed_ballot::decode(canonical));
    });
  }

  void verify() const {
    const checked_ballots checked = ballot_verifier(*context).verify_hashed(ballots);
    for (const ballot_outcome& outcome : checked.ballots) {
      if (!outcome) {
        give_up("a ballot does not verify");
      }
    }
  }
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Verifies a record by one thread and by several, in turn.");
  std::filesystem::path record;
  std::filesystem::path out;
  unsigned threads = 2;
  int pairs = 5;
  app.add_option("record", record, "a record that is accepted, of some ten thousand ballots")
      ->required();
  app.add_option("--threads", threads, "beside one")->capture_default_str();
  app.add_option("--pairs", pairs, "runs of each")->capture_default_str();
  app.add_option("--out", out, "where to write the results as JSON");
  CLI11_PARSE(app, argc, argv);

  sequential_executor one;
  const auto several = make_executor(threads);
  const ballots_of ballots(record, verify(record, one));
  times alone;
  times together;
  times verifier;
  for (int i = 0; i < pairs; ++i) {
    alone.keep_smaller(time_of([&] { verify(record, one); }));
    together.keep_smaller(time_of([&] { verify(record, *several); }));
    verifier.keep_smaller(time_of([&] { ballots.verify(); }));
  }
  const auto count = static_cast<double>(ballots.ballots.size());
  const auto print = [&](std::string_view what, const times& t) {
    fmt::print("{:<34} {:>8.3f} s {:>8.3f} s {:>9.1f} us {:>10.0f}\n", what, t.wall, t.processor,
               t.wall * 1e6 / count, count / t.wall);
  };
  const std::string_view kernel = kernels::ristretto255_kernel().name;
  fmt::print("{} ballots, kernel {}, smallest of {} runs in turn\n", ballots.ballots.size(), kernel,
             pairs);
  fmt::print("{:<34} {:>10} {:>10} {:>12} {:>10}\n", "", "wall", "processor", "a ballot",
             "a second");
  print("one thread", alone);
  print(fmt::format("{} threads, {}", threads, executor_backend_name()), together);
  print("verifier of ballots alone", verifier);
  fmt::print(
      "{} threads over one: {:.2f}x{}; the ballots' own part of one thread's work: {:.0f} %\n",
      threads, alone.wall / together.wall, threads == 2 ? fmt::format(" (goal {}x)", goal) : "",
      100 * verifier.processor / alone.processor);
  if (!out.empty()) {
    std::ofstream file(out);
    file << nlohmann::json::array({{{"name", "pipeline_threads_" + std::to_string(threads)},
                                    {"kernel", kernel},
                                    {"ours_ns", together.wall * 1e9 / count},
                                    {"baseline", "one thread"},
                                    {"baseline_ns", alone.wall * 1e9 / count},
                                    {"ratio", alone.wall / together.wall},
                                    {"goal", goal}}})
                .dump(1)
         << "\n";
    if (!file.flush()) {
      give_up(out.string() + " cannot be written");
    }
  }
}
