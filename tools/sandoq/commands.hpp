#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language.hpp"

namespace sandoq::tool {

/// Exit codes of all commands: done or accepted; rejected; wrong arguments or unreadable input.
enum class exit_code : int { accepted = 0, rejected = 1, unusable = 2 };

/// Who votes: a profile of made-up voters or a file of real ballots.
struct electorate_options {
  std::string profile;                ///< empty: village, if there are no ballots
  std::string ballots;                ///< path; empty: the profile
  std::optional<std::size_t> limit;   ///< ballots of the file, from its start
  std::optional<std::size_t> voters;  ///< voters of the profile
  std::uint64_t seed = 1;             ///< of the made-up voters and their order; never of a key
  bool all_branches = false;          ///< of the profile open, whether or not voters fill them
};

struct drill_options {
  electorate_options electorate;
  std::string out;           ///< directory of the record; empty: made, verified and discarded
  bool by_commands = false;  ///< everybody by commands in a folder of their own; `out` holds all
  std::string subtotals;     ///< name of the lowest level opened; empty: totals only
  std::uint32_t floor = 10;  ///< of every contest
  std::string beacon;        ///< text that decides lots; empty: the drill's own
  std::vector<std::string> attributes;  ///< "CONTEST/OPTION=V1,V2": what breaks ties before a lot
  std::vector<std::string> lose;        ///< devices whose journals the boards close in their place
  std::vector<std::string> exclude;     ///< devices whose journals the boards exclude
  std::string absent;  ///< trustee who stays away from the ceremony; only by commands
  bool json = false;
  language in = language::english;  ///< in which the report beside the record opens
  unsigned threads = 0;             ///< 0: all cores
};

struct oracle_options {
  electorate_options electorate;
  bool json = false;
};

/// What an election needs, and of which machine.
struct size_options {
  std::string profile = "village";      ///< name, or path of a file with one profile
  std::optional<std::uint64_t> voters;  ///< instead of the profile's
  std::string machine;                  ///< path of what --save wrote elsewhere; empty: measured
  std::string save;                     ///< new file for what was measured
  std::string html;                     ///< file for the page
  bool json = false;
  language in = language::english;
  unsigned threads = 0;
};

/// Which record to verify, and what it must be.
struct record_options {
  std::string directory;
  std::string manifest;       ///< path of the agreed manifest, in any form
  std::string manifest_hash;  ///< its hash in hexadecimal
  std::string domain;         ///< "real", "drill" or empty
  std::string hints;          ///< path of its hints; empty: DIR.hints, if there is one
  bool no_hints = false;
  unsigned threads = 0;
};

struct hint_options {
  std::string directory;  ///< the record
  unsigned threads = 0;
};

struct verify_options {
  record_options record;
  bool json = false;
  language in = language::english;
  std::optional<std::string> html;  ///< where the report goes; empty: beside the record
};

struct export_options {
  record_options record;
  std::string csv;               ///< a new directory, or the file of the results (*.csv)
  bool byte_order_mark = false;  ///< put one in front of each file
};

struct inspect_options {
  std::string path;        ///< a record's directory or one of its files
  std::size_t limit = 20;  ///< items shown of one file
  bool manifest = false;   ///< print the record's manifest as JSON instead
};

struct manifest_check_options {
  std::string file;
  std::string write;  ///< where to put the canonical bytes; empty: nowhere
};

struct manifest_plan_options {
  std::string file;
  bool json = false;
};

[[nodiscard]] exit_code run_drill(const drill_options& options);
[[nodiscard]] exit_code run_oracle(const oracle_options& options);
[[nodiscard]] exit_code run_hint(const hint_options& options);
[[nodiscard]] exit_code run_size(const size_options& options);
[[nodiscard]] exit_code run_verify(const verify_options& options);
[[nodiscard]] exit_code run_export(const export_options& options);
[[nodiscard]] exit_code run_inspect(const inspect_options& options);
[[nodiscard]] exit_code run_manifest_check(const manifest_check_options& options);
[[nodiscard]] exit_code run_manifest_plan(const manifest_plan_options& options);
/// Version, suites, kernels and compiler, one a line.
[[nodiscard]] std::string version_text();
/// "0.1.0"
[[nodiscard]] std::string_view version_number();

}  // namespace sandoq::tool
