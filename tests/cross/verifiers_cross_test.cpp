// The C++ verifier and spec/reference/verify.py give every check the same status, agree on counts
// and ballots, and on the verdict: over good records of either, and over records with one fault.
// SPEC(90.1)

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

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

TEST(Verifiers, AgreeOnOneFaultOfEveryCheck) {
  std::set<check_id> seen;
  for (const record_fault& fault : all_faults()) {
    if (seen.insert(fault.fails).second) {
      expect_agreement_on(fault);
    }
  }
}

// All of them: a minute or two, so only on request (--gtest_also_run_disabled_tests).
TEST(Verifiers, DISABLED_AgreeOnEveryFault) {
  for (const record_fault& fault : all_faults()) {
    expect_agreement_on(fault);
  }
}

void expect_agreement_on_mutations(const std::string& names) {
  const temporary_directory dir;
  output_of("make_mutations.py " + dir.path().string() + " " + names + " 2>/dev/null");
  std::size_t compared = 0;
  for (const auto& entry : fs::directory_iterator(dir.path())) {
    if (entry.path().extension() != ".json") {
      continue;
    }
    std::ifstream in(entry.path());
    const json expected = json::parse(in);
    fs::path record = entry.path();
    record.replace_extension();
    const record_verdict outcome = verify_here(record);
    EXPECT_EQ(outcome.accepted ? "accept" : "reject", expected.at("verdict")) << record;
    for (const check_outcome& check : outcome.checks.checks()) {
      EXPECT_EQ(name_of(check.status), expected.at("statuses").at(check.id).get<std::string>())
          << record << " " << check.id << ": " << check.place << ": " << check.reason;
    }
    ++compared;
  }
  EXPECT_GT(compared, 0U);
}

TEST(Verifiers, AgreeOnSomeMutationsMadeThere) {
  expect_agreement_on_mutations("head-format elected result-missing");
}

TEST(Verifiers, DISABLED_AgreeOnEveryMutationMadeThere) {
  expect_agreement_on_mutations("");
}

}  // namespace
}  // namespace sandoq::testing
