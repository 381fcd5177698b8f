// The stored corpus of section 90, applied as its page tells: every check of every vector has the
// status that the reference has computed from the list of checks. SPEC(90.1)

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/verify/checks.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "tests/support/source_dir.hpp"
#include "tests/support/temporary_directory.hpp"

// Under sanitizers, which are many times slower, every so many-th vector is taken, and the first of
// every check; SANDOQ_EVERY=1 in the environment asks for all of them there too.
#ifndef SANDOQ_CORPUS_STRIDE
#define SANDOQ_CORPUS_STRIDE 1
#endif

namespace sandoq::testing {
namespace {

namespace fs = std::filesystem;
using json = nlohmann::json;

fs::path corpus_folder() {
  return fs::path(source_dir()) / "spec" / "90-verification" / "corpus";
}

const json& corpus() {
  static const json index = [] {
    std::ifstream in(corpus_folder() / "corpus.json");
    return json::parse(in, nullptr, false);
  }();
  return index;
}

std::vector<json> chosen_vectors() {
  const std::size_t stride = std::getenv("SANDOQ_EVERY") != nullptr ? 1 : SANDOQ_CORPUS_STRIDE;
  std::vector<json> out;
  std::set<std::string> seen;
  std::size_t position = 0;
  for (const json& vector : corpus().at("vectors")) {
    bool take = position++ % stride == 0;
    for (const json& check : vector.at("fails")) {
      take = seen.insert(check.get<std::string>()).second || take;
    }
    if (take) {
      out.push_back(vector);
    }
  }
  return out;
}

// Copy the base, put the vector's files over it, delete what it names as removed.
void lay_out(const json& vector, const fs::path& target) {
  const fs::path folder = corpus_folder();
  fs::copy(folder / "bases" / vector.at("base").get<std::string>(), target);
  const fs::path own = folder / "vectors" / vector.at("name").get<std::string>();
  std::set<std::string> laid_over;
  if (fs::exists(own)) {
    for (const auto& file : fs::directory_iterator(own)) {
      fs::copy_file(file, target / file.path().filename(), fs::copy_options::overwrite_existing);
      laid_over.insert(file.path().filename().string());
    }
  }
  EXPECT_EQ(laid_over, vector.at("files").get<std::set<std::string>>());
  for (const json& name : vector.at("removed")) {
    EXPECT_TRUE(fs::remove(target / name.get<std::string>())) << name;
  }
}

verify_options options_of(const json& vector) {
  const json& given = vector.at("options");
  verify_options out;
  if (given.contains("manifest_hash")) {
    digest32 pinned;
    EXPECT_TRUE(from_hex_into(pinned.octets, given.at("manifest_hash").get<std::string>()));
    out.manifest_hash = pinned;
  }
  if (given.contains("domain")) {
    const auto domain = given.at("domain").get<std::string>();
    EXPECT_TRUE(domain == "real" || domain == "drill");
    out.domain = domain == "real" ? election_domain::real : election_domain::drill;
  }
  return out;
}

json counts_of(const record_verdict& outcome) {
  json out = json::object();
  for (const contest_counts& contest : outcome.counts) {
    for (const option_count& option : contest.options) {
      out[contest.contest][option.option] = option.votes;
    }
  }
  return out;
}

class Corpus : public ::testing::TestWithParam<json> {};

TEST_P(Corpus, GivesEveryCheckItsStatus) {
  const json& vector = GetParam();
  const temporary_directory dir;
  lay_out(vector, dir.path() / "r");
  sequential_executor alone;
  const auto outcome = verify_record(dir.path() / "r", options_of(vector), alone);
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_EQ(outcome->accepted ? "accept" : "reject", vector.at("verdict"));
  EXPECT_EQ(outcome->ballots, vector.at("ballots").get<std::uint64_t>());
  EXPECT_EQ(counts_of(*outcome), vector.at("counts"));
  const auto checks = outcome->checks.checks();
  EXPECT_EQ(checks.size(), vector.at("statuses").size());
  for (const check_outcome& check : checks) {
    EXPECT_EQ(name_of(check.status), vector.at("statuses").at(check.id).get<std::string>())
        << check.id << ": " << check.place << ": " << check.reason;
  }
}

INSTANTIATE_TEST_SUITE_P(Vectors, Corpus, ::testing::ValuesIn(chosen_vectors()),
                         [](const auto& test) {
                           std::string name = test.param.at("name").template get<std::string>();
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

// Nobody may cut the corpus down unseen.
TEST(CorpusIndex, HasVectorsForEveryCheck) {
  ASSERT_FALSE(corpus().is_discarded()) << "corpus.json is no JSON";
  std::map<std::string, std::size_t> vectors;
  for (const json& vector : corpus().at("vectors")) {
    for (const json& check : vector.at("fails")) {
      ++vectors[check.get<std::string>()];
    }
  }
  for (const check_description& check : check_table) {
    EXPECT_GT(vectors[std::string(check.id)], 0U) << check.id;
  }
  EXPECT_EQ(vectors.size(), check_count);
  EXPECT_GE(corpus().at("vectors").size(), 150U);
}

}  // namespace
}  // namespace sandoq::testing
