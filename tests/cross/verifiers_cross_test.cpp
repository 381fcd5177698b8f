// The C++ verifier and spec/reference/verify.py give every check the same status, agree on counts
// and ballots, and on the verdict: over good records of either, and over some with one fault.
// SPEC(90.1)

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>
#include <vector>

#include "sandoq/verify/verify_record.hpp"
#include "tests/support/record_faults.hpp"
#include "tests/support/small_election.hpp"
#include "tests/support/source_dir.hpp"
#include "tests/support/temporary_directory.hpp"

namespace sandoq::testing {
namespace {

namespace fs = std::filesystem;
using json = nlohmann::json;

const std::string reference = source_dir() + "/spec/reference/";

// What a program of spec/reference writes to standard output.
std::string output_of(const std::string& arguments) {
  const std::string command = std::string(SANDOQ_PYTHON) + " " + reference + arguments;
  std::string out;
  if (std::FILE* pipe = ::popen(command.c_str(), "r")) {
    char buffer[4096];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
      out.append(buffer, got);
    }
    ::pclose(pipe);
  }
  return out;
}

std::string options_as_arguments(const verify_options& options) {
  std::string out;
  if (options.manifest_hash) {
    out += " --manifest-hash " + to_hex(options.manifest_hash->view());
  }
  if (options.domain) {
    out += std::string(" --domain ").append(name_of(*options.domain));
  }
  return out;
}

// verdict, counts, ballots and statuses of a C++ verification in the form of the JSON report.
json summary_of(const record_verdict& outcome) {
  json out;
  out["verdict"] = outcome.accepted ? "accept" : "reject";
  out["ballots"] = outcome.ballots;
  out["counts"] = json::object();
  for (const contest_counts& contest : outcome.counts) {
    for (const option_count& option : contest.options) {
      out["counts"][contest.contest][option.option] = option.votes;
    }
  }
  for (const check_outcome& check : outcome.checks.checks()) {
    out["checks"].push_back({check.id, name_of(check.status)});
  }
  return out;
}

json summary_of(const json& report) {
  json out;
  for (const char* key : {"verdict", "ballots", "counts"}) {
    out[key] = report.at(key);
  }
  for (const json& check : report.at("checks")) {
    out["checks"].push_back({check.at("id"), check.at("status")});
  }
  return out;
}

record_verdict verify_here(const fs::path& record, const verify_options& options = {}) {
  const auto workers = make_jthread_executor(1);
  auto outcome = verify_record(record, options, *workers);
  EXPECT_TRUE(outcome);
  return *outcome;
}

void expect_agreement(const fs::path& record, const verify_options& options = {}) {
  const json here = summary_of(verify_here(record, options));
  const std::string report =
      output_of("verify.py " + record.string() + " --json" + options_as_arguments(options));
  const json there = summary_of(json::parse(report));
  EXPECT_EQ(here, there) << json::diff(here, there).dump(1);
}

TEST(Verifiers, AgreeOnGoodRecordsMadeHere) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  for (const auto make_scenario : {small_scenario, tiny_scenario}) {
    small_election election(make_scenario(), seed);
    election.make();
    const temporary_directory dir;
    election.write(dir.path() / "r");
    EXPECT_TRUE(verify_here(dir.path() / "r").accepted);
    expect_agreement(dir.path() / "r");
    expect_agreement(dir.path() / "r", {election.draft.e0, election.draft.election.domain});
  }
}

TEST(Verifiers, AgreeOnGoodRecordsMadeThere) {
  const temporary_directory dir;
  for (const std::string arguments :
       {"--ballots 3 --domain real", "--ballots 12 --options 7 --max 3 --file-bytes 4000"}) {
    const fs::path record = dir.path() / std::to_string(arguments.size());
    output_of("make_record.py " + record.string() + " " + arguments);
    EXPECT_TRUE(verify_here(record).accepted) << arguments;
    expect_agreement(record);
  }
}

void expect_agreement_on(const record_fault& fault) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(fault.name + ", seed " + std::to_string(seed));
  small_election election(fault.plan(), seed, fault.tamper);
  election.make();
  const temporary_directory dir;
  election.write(dir.path() / "r");
  expect_agreement(dir.path() / "r", fault.options);
}

// Other ones in every run; that each of them fails its check is for tests/negative, and the records
// on which both verifiers must agree check by check are stored in spec/90-verification/corpus.
TEST(Verifiers, AgreeOnSomeFaults) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed of the choice " + std::to_string(seed));
  std::vector<record_fault> faults = all_faults();
  std::shuffle(faults.begin(), faults.end(), std::mt19937(seed));
  for (std::size_t i = 0; i < 6; ++i) {
    expect_agreement_on(faults[i]);
  }
}

// All of them: a minute or two, so only on request (--gtest_also_run_disabled_tests).
TEST(Verifiers, DISABLED_AgreeOnEveryFault) {
  for (const record_fault& fault : all_faults()) {
    expect_agreement_on(fault);
  }
}

}  // namespace
}  // namespace sandoq::testing
